"""What one printed sheet is, once made."""

from __future__ import annotations

from dataclasses import dataclass

from guide.data.model.sheets import PrintedSheet


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

    @classmethod
    def of(
        cls,
        entry: PrintedSheet,
        pdf: bytes = b"",
        pages: int = 0,
        preview: bytes = b"",
        width: int = 1,
        height: int = 1,
    ) -> Sheet:
        """An entry of `sheets.yml` with its file; without, as the pages list it before it is made."""
        said = (entry.id, entry.title, entry.use, entry.place, entry.path)
        return cls(*said, pdf, pages or entry.pages, preview, width, height)

    @property
    def preview_path(self) -> str:
        """Address of the preview, beside the PDF."""
        return self.path.removesuffix(".pdf") + ".png"
