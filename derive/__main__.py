"""`python -m derive`: the same as the command `derive`."""

from __future__ import annotations

import sys

from derive.app.cli import main

if __name__ == "__main__":
    sys.exit(main())
