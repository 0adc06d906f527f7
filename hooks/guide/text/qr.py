"""QR codes as SVG, for a phone held in front of the wall."""

from __future__ import annotations

import io
from functools import cache


@cache
def svg(address: str) -> str:
    """The code of an address at level M, black, without margin: the template leaves four modules of white paper."""
    import segno  # loaded only where a sheet is set or a page shows a code

    out = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        out, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True, dark="#000"
    )
    return out.getvalue().decode()
