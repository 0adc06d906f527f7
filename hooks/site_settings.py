"""What MkDocs says of its settings, without building anything."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.config.defaults import MkDocsConfig


def refused(file: Path, values: dict[str, Any]) -> list[str]:
    """The fields that MkDocs refuses, or warns about, among the `values` of its settings."""
    config = MkDocsConfig(str(file))
    config.load_dict(values)
    errors, warnings = config.validate()
    return [field for field, _ in (*errors, *warnings)]
