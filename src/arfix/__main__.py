"""``python -m arfix`` is the command ``arfix``."""

from __future__ import annotations

import sys

from arfix.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
