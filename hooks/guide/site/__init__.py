"""What happens to built pages: theme adaptations, security headers, well-known files, clean-up.

Nothing here imports MkDocs: text and folders in, text and files out. `hooks/web.py` is the adapter.
"""

from __future__ import annotations


class WebError(Exception):
    """The built site cannot be made right. The message is French and says what to do; raised to stop the build."""
