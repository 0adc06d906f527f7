"""`python -m guide.linkcheck …` checks the project of the current folder."""

from __future__ import annotations

import sys
from pathlib import Path

from .cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path.cwd()))
