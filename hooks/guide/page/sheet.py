"""What one printed sheet is, once made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """A PDF of the guide with its preview. `path` is its address from the root of the site; sizes are in pixels."""

    id: str
    title: str
    use: str
    place: str
    path: str
    pdf: bytes
    pages: int
    preview: bytes
    width: int
    height: int

    @property
    def preview_path(self) -> str:
        """Address of the preview, beside the PDF."""
        return self.path.removesuffix(".pdf") + ".png"
