"""Pictures of the pages: WebP files that `./scripts/guide image` has made light once; a build only copies and measures them."""

from __future__ import annotations

import struct
from pathlib import Path

from guide.source.disk import has_file

FOLDER = "assets/images/"
ENDING = ".webp"
MAX_BYTES = 150_000
MAX_SIDE = 1600  # pixels


def size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a still WebP file (RFC 9649, §2.5 to 2.7); None for anything else."""
    if len(content) < 30 or content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    kind = content[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X" and not content[20] & 0x02:  # not moving
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    return None


def wrong(path: Path) -> tuple[str, str] | None:
    """What keeps a picture from being published and the remedy; None when it is as it must be."""
    remake = "refaites-la avec ./scripts/guide image FICHIER"
    if not has_file(path):
        return (
            "cette image n’existe pas",
            "mettez-la dans docs/assets/images avec ./scripts/guide image FICHIER",
        )
    content = path.read_bytes()
    measured = size(content)
    if measured is None:
        return "cette image n’est pas un fichier WebP immobile", remake
    if max(measured) > MAX_SIDE:
        return f"image trop grande : {measured[0]} × {measured[1]} points, {MAX_SIDE} au plus", remake
    if len(content) > MAX_BYTES:
        return f"image trop lourde : {len(content) // 1000} ko, {MAX_BYTES // 1000} au plus", remake
    return None
