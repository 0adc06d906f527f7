"""Every value of the form × four programs that fill it × three readers: what is cut, off its line, or no longer PDF/UA.

python benchmarks/forms/run.py      # needs what `./scripts/guide test` needs; about two minutes
"""

from __future__ import annotations

import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

import datetime as dt  # noqa: E402

import page  # noqa: E402

from formfilling import FILLERS, PICTURES, VALUES, faults, fillings  # noqa: E402
from guide.data.guide import load  # noqa: E402
from guide.page.view import Options  # noqa: E402
from guide.paper.make import sheets  # noqa: E402


def main() -> int:
    """Prints one line a program and reader; exit code 0 when nothing is wrong."""
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        form = folder / "formulaire.pdf"
        made = sheets(load(ROOT), Options(dt.date(2026, 11, 29)), folder / "cache")
        form.write_bytes(next(sheet.pdf for sheet in made if sheet.id == "affiche-formulaire"))
        print(", ".join(f"{each} {version(each)}" for each in ("pypdf", "PyMuPDF", "pypdfium2")))
        print(f"{len(VALUES)} valeurs, {sum(map(len, fillings()))} champs remplis par programme\n")
        print("| programme | lecteur | champs | en faute | PDF/UA |\n| --- | --- | --- | --- | --- |")
        for filler, fill in FILLERS.items():
            filled = []
            for rank, values in enumerate(fillings()):
                out = folder / f"{filler}-{rank}.pdf"
                fill(form, values, out)
                filled.append((out, values))
            failures = sum(
                not page.is_pdf_compliant_bytes(out.read_bytes(), profile="ua1") for out, _ in filled
            )
            for reader in PICTURES:
                found = [
                    fault for out, values in filled for fault in faults(form, out, values, reader, folder)
                ]
                fields = sum(len(values) for _, values in filled)
                print(f"| {filler} | {reader} | {fields} | {len(found)} | {failures} échec |", flush=True)
                for fault in found:
                    print(f"  {fault}")
                wrong += len(found)
            wrong += failures
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
