"""Five thousand plain YAML values: those that a reader or a schema takes in silence for something else than `check` does.

python benchmarks/yaml/run.py      # needs what `./scripts/guide test` needs; about a minute
"""

from __future__ import annotations

import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from scalars import generated, ours, schema_differences, silent_differences  # noqa: E402


def main() -> int:
    """Prints the counts and each difference; exit code 0 when there is none."""
    texts = generated(5000)
    quoted = sum(ours(text)[1] for text in texts)
    print(", ".join(f"{name} {version(name)}" for name in ("PyYAML", "ruamel.yaml", "check-jsonschema")))
    print(f"{len(texts)} valeurs, dont {quoted} pour lesquelles check demande autre chose")
    with tempfile.TemporaryDirectory() as folder:
        found = [*silent_differences(texts), *schema_differences(texts, Path(folder))]
    print(f"{len(found)} désaccord(s) sans un mot")
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
