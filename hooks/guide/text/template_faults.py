"""Where a template failed, in one French sentence."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError

HOOKS = Path(__file__).resolve().parents[2]


def fault(error: Exception) -> str:
    """« hooks/theme/partials/head.html:12 : ce modèle échoue ('x' is undefined) — corrigez-le. »"""
    if isinstance(error, TemplateNotFound):
        return f"hooks/theme : le modèle « {error.name} » n’existe pas — rétablissez-le."
    if isinstance(error, TemplateSyntaxError):
        file: str | None = error.filename or error.name
        line: int | None = error.lineno
    else:  # the innermost frame that Jinja rewrote to stand in a template
        frames = traceback.extract_tb(error.__traceback__)
        templates = [frame for frame in frames if frame.filename.endswith((".html", ".j2", ".xml"))]
        file, line = (templates[-1].filename, templates[-1].lineno) if templates else (None, None)
    where = Path(file) if file else HOOKS
    shown = f"hooks/{where.relative_to(HOOKS).as_posix()}" if where.is_relative_to(HOOKS) else str(where)
    return f"{shown}:{line or 1} : ce modèle échoue ({error}) — corrigez-le."
