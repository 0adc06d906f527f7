"""`python -m guide.links …` checks the project of the current folder."""

from __future__ import annotations

import sys
from pathlib import Path

from guide.links.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path.cwd()))
