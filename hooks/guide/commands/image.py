"""image: a photo or a screenshot made light once; a build only copies the result, so that every build has the same bytes."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from guide.data.model.types import identifier
from guide.source import pictures
from guide.text.arguments import FrenchParser
from guide.text.french import sort_key
from guide.text.problems import visible

QUALITIES = (82, 74, 66, 58, 50, 40)


def image(arguments: list[str], root: Path) -> int:
    """Turns, shrinks and compresses a picture; says what it did and the line to copy into a page."""
    parser = FrenchParser(
        "image",
        "Fait d’une photo ou d’une capture d’écran une image légère (WebP) dans docs/assets/images.\n"
        "Le lieu et l’appareil, que les photos portent, n’y sont plus. L’original n’est pas changé.",
        "Exemple : ./scripts/guide image ~/Images/capture.png --name messagerie-envoi",
    )
    parser.add_argument(
        "file", type=Path, metavar="FICHIER", help="photo ou capture : PNG, JPEG, WebP, GIF, TIFF"
    )
    parser.add_argument(
        "--name", metavar="NOM", help="nom de l’image, sans fin (par défaut : celui du fichier)"
    )
    options = parser.parse_args(arguments)
    name = options.name or "-".join(sort_key(options.file.stem).replace("_", " ").split())
    try:
        identifier(name)
    except ValueError:
        print(
            f"« {visible(name)} » : donnez --name, en lettres minuscules sans accent, chiffres et tirets.",
            file=sys.stderr,
        )
        return 2
    target = root / "docs" / pictures.FOLDER / f"{name}{pictures.ENDING}"
    if target.exists():
        print(
            f"{target.relative_to(root)} existe déjà : donnez un autre --name, ou retirez-le d’abord.",
            file=sys.stderr,
        )
        return 2
    original = options.file.read_bytes()  # what the disk refuses is said by `__main__`
    try:
        content, done = light(original)
    except OverflowError:
        print(f"{visible(str(options.file))} : trop de points — réduisez l’image d’abord.", file=sys.stderr)
        return 1
    except (OSError, ValueError, SyntaxError):  # what Pillow raises for a picture that it cannot read
        print(f"{visible(str(options.file))} : ce n’est pas une image que l’on sait lire.", file=sys.stderr)
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    print(f"{target.relative_to(root)} : {done}.")
    print("Dans une page, en disant entre les crochets ce que l’image montre :")
    print(f"![Ce que l’image montre]({target.relative_to(root / 'docs').as_posix()})")
    print(
        "Une page d’un sous-dossier met « ../ » devant « assets ». Personne ni aucun dossier ne doit s’y reconnaître."
    )
    return 0


def light(content: bytes) -> tuple[bytes, str]:
    """The picture as a WebP within the limits, without its metadata, and what was done. Raises OSError, ValueError
    or SyntaxError for what is no picture, OverflowError for one of too many points."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as opened:
            turned = ImageOps.exif_transpose(opened).convert("RGBA")
    except Image.DecompressionBombError:
        raise OverflowError from None
    flat = Image.new("RGB", turned.size, "white")
    flat.paste(turned, mask=turned.getchannel("A"))
    before = flat.size
    flat.thumbnail((pictures.MAX_SIDE, pictures.MAX_SIDE), Image.Resampling.LANCZOS)
    while True:
        for quality in QUALITIES:
            out = io.BytesIO()
            flat.save(out, "WEBP", quality=quality, method=6)
            if out.tell() <= pictures.MAX_BYTES:
                made = out.getvalue()
                shown = " × ".join(map(str, flat.size))
                was = f"{before[0]} × {before[1]} points et {max(1, len(content) // 1000)} ko"
                return made, f"{was} → {shown} points et {max(1, len(made) // 1000)} ko, qualité {quality}"
        flat.thumbnail((flat.width * 4 // 5, flat.height * 4 // 5), Image.Resampling.LANCZOS)
