"""What happens to built pages: theme adaptations, security headers, well-known files, clean-up.

Nothing here imports MkDocs: text and folders in, text and files out. `hooks/web.py` is the adapter.
"""
