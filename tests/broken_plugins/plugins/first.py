"""Has a metric of the same name as another plugin."""

import jmdi


@jmdi.hookimpl
def jmdi_metrics():
    return [jmdi.Metric("shared:size", len, on="dataset")]
