"""More data than one machine holds: registries as Parquet tables, and what counts on them.

```python
import jmdi_tables as jt

with jt.open("registry.parquet") as tables:
    tables["initiative"].count().to_pandas()
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jmdi_tables.opening import open_tables as open
    from jmdi_tables.tables import Tables

__all__ = ["Tables", "open"]


def __getattr__(name: str) -> Any:
    """Loads what opens tables when it is asked for: Ibis takes over a second."""
    if name not in __all__:
        raise AttributeError(f"module 'jmdi_tables' has no attribute {name!r}")
    from jmdi_tables.opening import open_tables
    from jmdi_tables.tables import Tables

    return open_tables if name == "open" else Tables
