"""`image`: a photo becomes a light WebP that says nothing of where it was taken; the pages may show it."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from guide.commands.image import image
from guide.source import pictures


def photo(path: Path, size: tuple[int, int], **more: object) -> Path:
    """A picture that compresses badly, as photos do."""
    noise = Random(1).randbytes(size[0] * size[1] * 3 // 64)
    small = Image.frombytes("RGB", (size[0] // 8, size[1] // 8), noise[: size[0] // 8 * (size[1] // 8) * 3])
    small.resize(size).save(path, **more)
    return path


def test_a_photo_becomes_light_upright_and_anonymous(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Appareil du cabinet"
    source = photo(tmp_path / "Photo du Poste_1.jpg", (3200, 2400), exif=exif)
    original = source.read_bytes()
    assert image([str(source)], tmp_path) == 0
    made = tmp_path / "docs/assets/images/photo-du-poste-1.webp"
    content = made.read_bytes()
    said = capsys.readouterr().out
    assert "3200" in said and "![Ce que l’image montre](assets/images/photo-du-poste-1.webp)" in said
    assert pictures.wrong(made) is None
    assert pictures.size(content) == Image.open(io.BytesIO(content)).size
    width, height = Image.open(io.BytesIO(content)).size
    assert height > width and b"Appareil" not in content
    assert source.read_bytes() == original
    assert image([str(source)], tmp_path) == 2  # never over another
    assert "existe déjà" in capsys.readouterr().err


def test_a_transparent_screenshot_stands_on_white(tmp_path: Path) -> None:
    source = tmp_path / "écran.png"
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(source)
    assert image([str(source), "--name", "ecran"], tmp_path) == 0
    shown = Image.open(tmp_path / "docs/assets/images/ecran.webp").convert("RGB")
    assert shown.size == (300, 200) and shown.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "name", "code", "words"),
    [(b"bonjour", "x", 1, "pas une image"), (None, "x", 1, "absent.png"), (b"", "Mon Écran", 2, "--name")],
)
def test_what_is_no_picture_is_one_sentence(
    tmp_path: Path,
    content: bytes | None,
    name: str,
    code: int,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    source = tmp_path / "absent.png"
    if content is not None:
        source.write_bytes(content)
    assert image([str(source), "--name", name], tmp_path) == code
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "options", [{"lossless": True}, {"quality": 50}, {"quality": 50, "exif": b"Exif\0\0x"}]
)
def test_the_size_of_every_kind_of_webp_is_read(options: dict[str, object]) -> None:
    out = io.BytesIO()
    Image.new("RGBA" if "exif" in options else "RGB", (321, 123), "red").save(out, "WEBP", **options)
    assert pictures.size(out.getvalue()) == (321, 123)
