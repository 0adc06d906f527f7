"""The guide without a network: a ZIP of the built site that opens from a folder, and one emergency file.

Nothing here imports MkDocs. The ZIP is derived from the pages of the site, so that both say the same; `hooks/offline.py`
is the adapter. The emergency file is rendered from the data, like a page.
"""
