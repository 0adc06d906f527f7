"""`image`: a photo becomes a light WebP that says nothing of where it was taken; the pages may show it."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from guide.commands.image import image
from guide.source import pictures
from messages import Said
from support import run_guide


def photo(path: Path, size: tuple[int, int], **more: object) -> Path:
    """A picture that compresses badly, as photos do."""
    width, height = size[0] // 16, size[1] // 16
    small = Image.frombytes("RGB", (width, height), Random(1).randbytes(width * height * 3))
    small.resize(size).save(path, **more)
    return path


def test_a_photo_becomes_light_upright_and_anonymous(
    tmp_path: Path, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Appareil du cabinet"
    source = photo(tmp_path / "Photo du Poste_1.jpg", (2000, 1500), exif=exif)
    original = source.read_bytes()
    assert image([str(source)], tmp_path) == 0
    made = tmp_path / "docs/assets/images/photo-du-poste-1.webp"
    content = made.read_bytes()
    told = capsys.readouterr().out
    assert "1500 × 2000" in told and "](assets/images/photo-du-poste-1.webp)" in told
    assert pictures.wrong(made) is None
    assert pictures.size(content) == Image.open(io.BytesIO(content)).size
    width, height = Image.open(io.BytesIO(content)).size
    assert height > width and b"Appareil" not in content
    assert source.read_bytes() == original
    assert image([str(source)], tmp_path) == 2  # never over another
    said(capsys.readouterr().err)


def test_a_transparent_screenshot_stands_on_white(tmp_path: Path) -> None:
    source = tmp_path / "écran.png"
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(source)
    assert image([str(source), "--name", "ecran"], tmp_path) == 0
    shown = Image.open(tmp_path / "docs/assets/images/ecran.webp").convert("RGB")
    assert shown.size == (300, 200) and shown.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"bonjour", "x", 1),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "x", 1),
        (None, "x", 1),
        (b"", "Mon Écran", 2),
    ],
    ids=["text", "broken", "absent", "name"],
)
def test_what_is_no_picture_is_one_sentence(
    tmp_path: Path,
    content: bytes | None,
    name: str,
    code: int,
    said: Said,
) -> None:
    source = tmp_path / "absent.png"
    if content is not None:
        source.write_bytes(content)
    done = run_guide("image", str(source), "--name", name, root=tmp_path)
    assert done.returncode == code
    said(done.stderr)


@pytest.mark.parametrize(
    "options", [{"lossless": True}, {"quality": 50}, {"quality": 50, "exif": b"Exif\0\0x"}]
)
def test_the_size_of_every_kind_of_webp_is_read(options: dict[str, object]) -> None:
    out = io.BytesIO()
    Image.new("RGBA" if "exif" in options else "RGB", (321, 123), "red").save(out, "WEBP", **options)
    assert pictures.size(out.getvalue()) == (321, 123)


def test_a_picture_of_too_many_points_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only its head says so: no memory is asked for."""
    out = io.BytesIO()
    Image.new("RGB", (1, 1)).save(out, "PNG")
    head = struct.pack(">4sII5B", b"IHDR", 60_000, 60_000, 8, 2, 0, 0, 0)
    content = out.getvalue()
    source = tmp_path / "grand.png"
    source.write_bytes(content[:12] + head + struct.pack(">I", zlib.crc32(head)) + content[33:])
    assert image([str(source)], tmp_path) == 1
    assert "trop de points" in capsys.readouterr().err
