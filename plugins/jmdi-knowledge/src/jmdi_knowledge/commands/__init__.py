"""Commands of the plugin: ``jmdi trace``, ``jmdi impact``, ``jmdi gaps``."""
