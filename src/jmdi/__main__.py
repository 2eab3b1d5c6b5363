"""``python -m jmdi`` is the same as ``jmdi``."""

from jmdi.cli import main

if __name__ == "__main__":
    main()
