"""Plain YAML values as an editor types them, and what five readers make of each."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML

from guide.data.model.types import Day, Flag, Id, Number, PartialDate, Text
from guide.source.yaml_source import Source, parse
from support import ROOT

SCRIPT = ROOT / "tests" / "readers" / "yaml.mjs"

KNOWN = (
    "0145000000", "01 45 00 00 00", "3018", "17", "2026-02-30", "2026-11-29", "2026-1-2", "2022-03", "2022", "12:30",
    "1_000", "0o17", "017", "0x1F", "0b101", ".5", "1.", "1.5", "1e3", "1E3", "1e+3", "+5", "-5", "-0", "+0", "00", "08",
    "09:15", "190:20:30", "190:20:30.15", "1:2", "12:60", ".inf", "-.INF", ".NaN", ".nan", "nan", "inf", "~", "null",
    "Null", "NULL", "nUll", "true", "True", "TRUE", "tRue", "yes", "No", "ON", "off", "y", "N", "oui", "Non", "<<", "=",
    "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5", "2026-11-29T10:00:00Z", "2026-11-29 10:00",
    "1.2.3", "2026.1", "3-2-1", "1-2", "+33 1 23", "+33123456789", "1,5", "1 000", "99999999999999999999", "1e400",
    "123456789012345678", "_1", "1_", "0_0", "0x", "0b", "0o", "0o8", "0b2", "0xg", "1e", "e3", ".", "..", "...x", "+", "-x",
    "--", "1__0", "1_000.5", "-1_0", "0.1e-3", ".e3", "5.e3", "1.e", "0:0", "1:0:0", "a:b", "a b", "L. 1111-8", "n° 3",
    "0145000000 x", "10%", "1/2", "2026/11/29", "29/11/2026", "29-11-2026", "2026-11", "20261129", "1970-01-01", "0001-1-1",
    "2026-13-01", "2026-00-10", "2026-11-29T", "2026-11-29 x", "10:00:00", "24:00", "7:5", "-1:30", "+1:30", "1:30.5",
)  # fmt: skip
_LETTERS = "0123456789" * 4 + "____....::::----++++" + "eEoOxXbBtTzZ" + "abcdf" + "TZ ~<=/%,"


def generated(count: int, seed: int = 2026) -> list[str]:
    """`count` distinct plain values: known traps, and short mixtures of what numbers and dates are made of."""
    dice, found = random.Random(seed), dict.fromkeys((*KNOWN, *(json.dumps(text) for text in KNOWN)))
    while len(found) < count:
        text = "".join(dice.choice(_LETTERS) for _ in range(dice.randint(1, dice.choice((4, 6, 10, 20)))))
        if dice.random() < 0.3:
            year, month, day = dice.randint(1, 9999), dice.randint(0, 14), dice.randint(0, 33)
            text = f"{year:04}-{month:0{dice.randint(1, 2)}}-{day:0{dice.randint(1, 2)}}" + dice.choice(
                ("", "", " " + text, "T" + text)
            )
        if text == text.strip() and text:
            found[text] = None
    return list(found)


def document(text: str) -> str:
    return f"v: {text}\n"


def ours(text: str) -> tuple[Any, bool]:
    """What we read, and whether `check` complains."""
    source = Source("data/x.yml")
    parse(document(text), source)
    value = source.value.get("v") if isinstance(source.value, dict) else None
    return value, bool(source.problems)


def silent_differences(texts: Sequence[str]) -> Iterator[str]:
    """Each value of which `check` says nothing and that some reader does not read as we do."""
    kept = [(text, value) for text in texts for value, complains in (ours(text),) if not complains]
    answers = _js_yaml([text for text, _ in kept])
    for (text, value), answer in zip(kept, answers, strict=True):
        for name, theirs in (
            ("PyYAML", _python(text, yaml.safe_load)),
            ("ruamel.yaml", _python(text, _ruamel)),
            ("js-yaml", answer.get("value", answer.get("error"))),
        ):
            if type(theirs) is not type(value) or theirs != value:
                yield f"{text} : {value!r} pour nous, {theirs!r} pour {name}"


def _python(text: str, load: Any) -> Any:
    try:
        return load(document(text))["v"]
    except Exception as error:  # a reader that stops does not read as we do, whatever its reason
        return error


def _ruamel(text: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return YAML(typ="safe", pure=True).load(io.StringIO(text))


def _js_yaml(texts: list[str]) -> list[dict[str, Any]]:
    job = json.dumps([document(text) for text in texts])
    done = subprocess.run(["node", str(SCRIPT)], input=job, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def schema_differences(texts: Sequence[str], folder: Path) -> Iterator[str]:
    """Each value that the published schemas and our models do not both admit, or both refuse, in a field of each kind.

    The schemas are asked through check-jsonschema, which reads YAML by itself; a value that `check` wants in quotes is
    left out, since nobody keeps it.
    """
    kept = [text for text in texts if not ours(text)[1]]
    adapters: dict[str, TypeAdapter[Any]] = {
        kind: TypeAdapter(annotation)
        for kind, annotation in {
            "texte": Text,
            "jour": Day,
            "date": PartialDate,
            "nombre": Number,
            "oui_ou_non": Flag,
            "id": Id,
        }.items()
    }
    schema, data = folder / "schema.json", folder / "data.yml"
    lists = {
        kind: {"type": "array", "items": {"type": "object", "properties": {"v": adapter.json_schema()}}}
        for kind, adapter in adapters.items()
    }
    schema.write_text(json.dumps({"type": "object", "properties": lists}), encoding="utf-8")
    items = "".join(f"- {document(text)}" for text in kept)
    data.write_text("".join(f"{kind}:\n{items}" for kind in adapters), encoding="utf-8")
    refused = _refused_by_schema(schema, data)
    for kind, adapter in adapters.items():
        for rank, text in enumerate(kept):
            try:
                adapter.validate_python(ours(text)[0])
                admitted = True
            except ValidationError:
                admitted = False
            if admitted is ((kind, rank) in refused):
                yield f"{text} : {'admis' if admitted else 'refusé'} par check dans un champ « {kind} », pas par le schéma"


def _refused_by_schema(schema: Path, data: Path) -> set[tuple[str, int]]:
    """Field and rank of each value that the schema refuses."""
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--schemafile",
        str(schema),
        "-o",
        "json",
        "-vv",
        str(data),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    answer = json.loads(done.stdout)
    assert not answer.get("parse_errors"), answer["parse_errors"]
    found = (
        error["path"].removeprefix("$.").split("[") for error in answer.get("errors", ())
    )  # $.texte[3].v
    return {(kind, int(rest.partition("]")[0])) for kind, rest in found}
