"""The guide without a network: a ZIP of the built site that opens from a folder, and one emergency file.

Nothing here imports MkDocs. The ZIP is derived from the built site, so that both say the same; `hooks/offline.py` is the
adapter. The emergency file is rendered from the data, like a page.
"""

from __future__ import annotations

FOLDER = "a-propos/copie-hors-ligne"  # addresses printed on paper: they never change
ZIP = f"{FOLDER}/guide.zip"
EMERGENCY = f"{FOLDER}/urgence.html"
