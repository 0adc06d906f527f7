"""A page that is one file: its own style and script inside, and a policy that allows these and nothing else."""

from __future__ import annotations

from html import escape

from guide.site.csp import hashes, style_hashes

_CHARSET = '<meta charset="utf-8">'


def sealed(html: str, *, scripts: str = "") -> str:
    """The page with its policy; `scripts` adds the sources of scripts beside it. Opened from a disk or a server alike."""
    allowed = " ".join(sorted(hashes(html)) + scripts.split()) or "'none'"
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src {' '.join(sorted(style_hashes(html)))}; "
        "base-uri 'none'; form-action 'none'"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">'
    return html.replace(_CHARSET, f'{_CHARSET}{meta}<meta name="referrer" content="no-referrer">', 1)
