"""What leaves the checker: `--fix`, SARIF, the JSON schema, the site's view, the offline checks."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from guide.links.ask import Seen
from guide.links.fix import fix, rewrite
from guide.links.known import load_catalogue, user_agent
from guide.links.machines import sarif
from guide.links.offline import check_offline
from guide.links.remember import History
from guide.links.report import LinkPlace, Report, Result, Shard, schema, to_json
from guide.links.rules import load_rules
from guide.links.show import github_annotations, markdown
from guide.links.status import load_report
from guide.links.verdict import Reason, Verdict, judge
from guide.source.disk import write_text
from guide.text.problems import GuideError
from messages import Said

HERE = Path(__file__).resolve()
ROOM = HERE.parents[2] / "hooks" / "guide" / "links"
RESOURCES = """\
# En-tête gardé.
- id: demenagee   # commentaire gardé
  title: "Titre  avec   espaces"
  publisher: agence
  url: 'https://www.agence.fr/ancienne#partie'
  description: >-
    Un texte replié
    sur deux lignes.

- id: detournee
  title: Autre
  publisher: agence
  url: https://www.agence.fr/autre
"""


def _result(url: str, verdict: Verdict, reason: Reason, message: str = "Phrase.", **more: Any) -> Result:
    values: dict[str, Any] = {
        "confirmed": True, "status": 200, "final_url": None, "redirects": (), "checked_on": "2026-11-24T08:00:00+01:00",
        "attempts": 1, "places": (LinkPlace("data/resources.yml", 4, "[0].url"),),
    }  # fmt: skip
    return Result(url, verdict, reason.value, message, **(values | more))


def _report(*links: Result) -> Report:
    return Report("2026-11-24T08:00:00+01:00", "2026-11-24T08:10:00+01:00", list(links))


def _moved(url: str, target: str, status: int = 301) -> Result:
    return _result(
        url, Verdict.MOVED, Reason.PERMANENT_REDIRECT, redirects=((status, target),), final_url=target
    )


def _guide(root: Path) -> Path:
    (root / "data").mkdir()
    (root / "data" / "resources.yml").write_text(RESOURCES, "utf-8")
    (root / "data" / "publishers.yml").write_text(
        "- {id: agence, name: Agence, short: AG, hosts: [www.agence.fr, nouveau.agence.fr]}\n", "utf-8"
    )
    return root


def test_fix_writes_only_to_hosts_of_the_publisher_and_changes_nothing_else(
    tmp_path: Path, said: Said
) -> None:
    root = _guide(tmp_path)
    report = _report(
        _moved("https://www.agence.fr/ancienne#partie", "https://nouveau.agence.fr/page"),
        _moved("https://www.agence.fr/autre", "https://pirate.example/"),
    )
    notes = fix(report, load_catalogue(root), root)
    written = (root / "data" / "resources.yml").read_text("utf-8")
    assert written == RESOURCES.replace(
        "https://www.agence.fr/ancienne#partie", "https://nouveau.agence.fr/page#partie"
    )
    said("\n".join(notes))


def test_fix_never_goes_back_to_plain_http_nor_to_another_port(tmp_path: Path) -> None:
    root = _guide(tmp_path)
    for target in ("http://nouveau.agence.fr/x", "https://nouveau.agence.fr:8443/x"):
        fix(_report(_moved("https://www.agence.fr/autre", target)), load_catalogue(root), root)
        assert (root / "data" / "resources.yml").read_text("utf-8") == RESOURCES


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("/page;jsessionid=AB12CD34", "/page"),
        ("/page?PHPSESSID=a1b2&lang=fr", "/page?lang=fr"),
        ("/page?utm_source=x&utm_medium=y", "/page"),
        ("/page?xtor=AL-1#part", "/page#part"),
        ("/consentement-cookies?retour=%2Fpage", None),
        ("/maintenance", None),
        ("/connexion?next=/page", None),
        ("/?sid=3", None),
        ("/autre?utm_source=x", None),
    ],
)
def test_fix_writes_pages_and_never_visits(
    tmp_path: Path, said: Said, target: str, written: str | None
) -> None:
    root = _guide(tmp_path)
    moved = _moved("https://www.agence.fr/autre", f"https://nouveau.agence.fr{target}")
    if target.startswith("/autre"):
        moved = _moved("https://www.agence.fr/autre", f"https://www.agence.fr{target}")
    (note,) = fix(_report(moved), load_catalogue(root), root)
    said(note)
    text = (root / "data" / "resources.yml").read_text("utf-8")
    if written is None:
        assert text == RESOURCES
    else:
        assert f"url: https://nouveau.agence.fr{written}\n" in text


def test_rewrite_leaves_look_alikes_alone() -> None:
    text = "- {id: a, url: https://a.fr/x, note: https://a.fr/x}\n- id: b\n  url: https://a.fr/xy\n"
    changed, written = rewrite(text, {"https://a.fr/x": "https://b.fr/z"})
    assert changed.count("https://b.fr/z") == 1 and written == {"https://a.fr/x"}


def test_what_could_not_be_written_is_not_said_to_be(tmp_path: Path) -> None:
    root, file = _guide(tmp_path), tmp_path / "data" / "resources.yml"
    folded = RESOURCES.replace(
        "  url: https://www.agence.fr/autre\n", '  url: "https://www.agence.fr\\\n    /autre"\n'
    )
    file.write_text(folded, "utf-8")
    (note,) = fix(
        _report(_moved("https://www.agence.fr/autre", "https://nouveau.agence.fr/x")),
        load_catalogue(root),
        root,
    )
    assert file.read_text("utf-8") == folded and note.endswith(
        ": écrite sur plusieurs lignes dans data/resources.yml, à corriger à la main."
    )


def test_sarif_has_what_the_standard_requires() -> None:
    """Structural: the properties that SARIF 2.1.0 requires, its enumerations, and indexes that point somewhere."""
    report = _report(
        _result("https://a.fr/é", Verdict.BROKEN, Reason.NOT_FOUND),
        _result("https://b.fr", Verdict.SUSPECT, Reason.SOFT_404, places=(LinkPlace("docs/une page.md", 1),)),
        _result("https://c.fr", Verdict.OK, Reason.FOUND),
    )
    document = json.loads(sarif(report))
    assert document["version"] == "2.1.0" and set(document) <= {"$schema", "version", "runs"}
    (run,) = document["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] and len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    assert isinstance(run["invocations"][0]["executionSuccessful"], bool)
    assert run["invocations"][0]["startTimeUtc"].endswith("Z")
    assert len(run["results"]) == 2
    for result in run["results"]:
        assert result["message"]["text"] and result["level"] in {"none", "note", "warning", "error"}
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for location in result["locations"]:
            physical = location["physicalLocation"]
            assert " " not in physical["artifactLocation"]["uri"] and physical["region"]["startLine"] >= 1


def _conforms(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    """The few keywords that our schema uses."""
    schema = root["$defs"][schema["$ref"].rsplit("/")[-1]] | schema if "$ref" in schema else schema
    kinds = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "boolean": bool,
        "null": type(None),
    }
    wanted = schema.get("type", list(kinds))
    if not isinstance(
        value, tuple(kinds[kind] for kind in ([wanted] if isinstance(wanted, str) else wanted))
    ):
        return False
    if ("const" in schema and value != schema["const"]) or ("enum" in schema and value not in schema["enum"]):
        return False
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        extra = schema.get("additionalProperties", True)
        return set(schema.get("required", ())) <= set(value) and all(
            _conforms(item, properties[key], root)
            if key in properties
            else extra and (extra is True or _conforms(item, extra, root))
            for key, item in value.items()
        )
    return not isinstance(value, list) or all(_conforms(item, schema["items"], root) for item in value)


def test_the_json_follows_its_schema() -> None:
    known = schema()
    report = _report(
        _moved("https://a.fr", "https://b.fr"),
        _result("tel:17", Verdict.UNCHECKED, Reason.PHONE, status=None),
    )
    assert _conforms(json.loads(to_json(report)), known, known)
    assert _conforms(json.loads(to_json(_report())), known, known)
    report.shard, report.missing, report.no_network = Shard(1, (("a.fr",), ()), "0"), ["Une partie."], True
    report.weeks, report.before = [("2026-11-17", {"ok": 3})], {"https://a.fr": "ok"}
    assert _conforms(json.loads(to_json(report)), known, known)


def test_the_site_reads_the_report_and_says_never_checked_without_one(tmp_path: Path) -> None:
    root = _guide(tmp_path)
    dead = "https://www.agence.fr/autre"
    write_text(
        tmp_path / "r.json",
        to_json(_report(_result(dead, Verdict.BROKEN, Reason.NOT_FOUND, "La page n’existe pas."))),
    )
    report = load_report(tmp_path / "r.json")
    status = report.by_url[dead]
    assert (status.verdict, status.checked_on) == (Verdict.BROKEN, dt.date(2026, 11, 24))
    assert "https://inconnue.fr" not in report.by_url
    assert load_catalogue(root).hint(dead).search == "« Autre » AG"
    assert not load_report(None) and load_report(None).by_url == {}


def test_offline_checks_name_the_line_and_what_to_do(tmp_path: Path, said: Said) -> None:
    root = _guide(tmp_path)
    with (root / "data" / "resources.yml").open("a", encoding="utf-8") as file:
        file.write("- {id: jumelle, title: x, publisher: agence, url: https://WWW.agence.fr/autre}\n"
                   "- {id: claire, title: x, publisher: agence, url: http://agence.fr}\n"
                   "- {id: fausse, title: x, publisher: agence, url: https:///x}\n")  # fmt: skip
    (root / "docs").mkdir()
    (root / "docs" / "p.md").write_text("texte\n\n[x](https://brute.fr)\n")
    (root / "data" / "link-rules.yml").write_text(
        'ignore:\n- {url: "https://x.fr/", reason: x, until: "2020-01-01", by: x}\n'
    )
    problems = check_offline(root, dt.date(2026, 11, 24))
    assert sum(problem.error for problem in problems) == 1
    said("\n".join(str(problem) for problem in problems))


def test_strangers_titles_cannot_write_in_our_issue() -> None:
    evil = _result(
        "https://a.fr/`x`", Verdict.SUSPECT, Reason.SOFT_404, "Titre <img src=x> @tous [x](y)\n::error::z"
    )
    issue = markdown(_report(evil))
    assert evil.verdict.todo in issue
    assert "<img" not in issue and "@tous" not in issue and "\\[x\\](y)" in issue
    assert all("\n" not in line for line in github_annotations(_report(evil)))


def test_every_verdict_and_reason_has_french_words() -> None:
    assert all(verdict.label and verdict.meaning.endswith(".") for verdict in Verdict)
    assert all(verdict.todo.endswith(".") for verdict in Verdict if verdict.heading)
    assert all(reason.verdict in Verdict and reason.sentence for reason in Reason)


def test_the_agent_is_honest_with_and_without_a_contact() -> None:
    assert "contact: liens@exemple.fr" in user_agent("liens@exemple.fr")
    assert "no contact address set yet" in user_agent(None)


def test_the_rules_of_this_repository_are_readable_and_not_expired() -> None:
    rules = load_rules(HERE.parents[2])
    assert rules.canaries_alive and rules.canaries_dead and rules.soft_titles
    assert not [rule for rule in rules.ignore if rule.expired(dt.date.today())]


def test_the_data_of_this_repository_pass_the_offline_checks() -> None:
    assert [str(one) for one in check_offline(HERE.parents[2], dt.date.today()) if one.error] == []


def test_the_checker_loads_no_page_and_no_generator() -> None:
    """Nor what only a request needs, before the first one is made."""
    program = "import sys, guide.links.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOM.parents[1])},
        capture_output=True, encoding="utf-8", check=True,
    ).stdout.split()  # fmt: skip
    for name in (
        "mkdocs",
        "jinja2",
        "pydantic",
        "guide.page",
        "httptools",
        "asyncio",
        "ssl",
        "pyromark",
        "idna",
    ):
        assert name not in loaded, name


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("finished",), 3),
        (("finished",), "hier"),
        (("links", 0, "checked_on"), 3),
        (("links", 0, "redirects"), 3),
        (("weeks",), [{"on": 3, "counts": {}}]),
        (("run", "shard"), {"part": 1, "hosts": 3, "whole": "x"}),
        (("run", "shard"), {"part": 9, "hosts": [["a"]], "whole": "x"}),
        (("schema",), 2),
    ],
    ids=str,
)
def test_a_damaged_report_is_one_sentence(
    tmp_path: Path, where: tuple[str | int, ...], value: object
) -> None:
    content = json.loads(
        to_json(_report(_result("https://a.fr", Verdict.BROKEN, Reason.NOT_FOUND, "Absente.")))
    )
    place: Any = content
    for step in where[:-1]:
        place = place.setdefault(step, {}) if isinstance(place, dict) else place[step]
    place[where[-1]] = value
    (tmp_path / "r.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(GuideError) as refused:
        load_report(tmp_path / "r.json")
    (problem,) = refused.value.problems
    assert problem.place.file == str(tmp_path / "r.json")
    assert problem.remedy == "redonnez le fichier écrit par « links --json »"


def test_a_report_of_a_later_program_is_read(tmp_path: Path) -> None:
    """What it says more is left aside."""
    content = json.loads(
        to_json(_report(_result("https://a.fr", Verdict.BROKEN, Reason.NOT_FOUND, "Absente.")))
    )
    content["links"][0]["new"] = content["links"][0]["places"][0]["new"] = 1
    (tmp_path / "r.json").write_text(json.dumps(content), "utf-8")
    assert set(load_report(tmp_path / "r.json").by_url) == {"https://a.fr"}


def test_a_damaged_publisher_is_left_to_check(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/publishers.yml").write_text("- {id: [a]}\n- {id: b, hosts: 3}\n", "utf-8")
    (tmp_path / "data/resources.yml").write_text(
        "- {id: r, url: 'https://a.fr', publisher: b}\n- {id: s, url: 'https://b.fr', publisher: [a]}\n",
        "utf-8",
    )
    assert [each.hosts for each in load_catalogue(tmp_path).resources] == [(), ()]


@pytest.mark.parametrize("reason", [Reason.FOUND, Reason.TLS_INCOMPLETE])
def test_another_title_is_noticed_wherever_the_page_came(tmp_path: Path, reason: Reason) -> None:
    """Also from a site whose chain of certificates had to be completed."""
    url, rules, now = "https://a.fr/", load_rules(tmp_path), dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    history = History(tmp_path / "m.jsonl")
    said = [
        history.judged(url, judge(reason, detail="x"), now, rules, Seen((), 200, url, (), title, 1))[0].reason
        for title in ("Sauvegarder son cabinet", "Sauvegarder son cabinet", "Domaine à vendre")
    ]
    assert said == [reason, reason, Reason.TITLE_CHANGED]
