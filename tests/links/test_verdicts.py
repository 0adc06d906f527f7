"""One row for a verdict: every report, the page, the schema and the manuals follow from the table."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from guide.links.addresses import parse
from guide.links.rules import load_rules
from guide.links.verdict import Reason, contradictions
from guide.text.problems import GuideError

ROOT = Path(__file__).resolve().parents[2]
ROW = """    ODD = (
        "odd", "étrange", "étranges", "Liens étranges", "warning", "by-hand", "Ce lien est étrange.", "Le regarder.",
    )  # fmt: skip
    UNCHECKED = ("""
REASON = """    STRANGE = "strange", Verdict.ODD, "Rien de tel n’a été vu ({words})."
    # blocked"""
PROGRAM = '''
import datetime as dt, json, sys
from pathlib import Path
from guide.data.guide import load
from guide.links.machines import junit, sarif
from guide.links.report import LinkPlace, Report, Result, schema, to_json
from guide.links.show import github_annotations, markdown, text
from guide.links.status import load_report
from guide.links.verdict import Reason, judge, table
from guide.page.blocks.catalogue import MARKERS
from guide.page.view import Options, View

root, folder = Path(sys.argv[1]), Path(sys.argv[2])
guide = load(root)
resource = next(each for each in guide.resources.values() if each.link)
seen = judge(Reason.STRANGE, words="x")
stamp = "2026-11-24T08:00:00+01:00"
link = Result(resource.link, seen.verdict, seen.reason.value, seen.message, False, 200, None, (), stamp, 1, (LinkPlace("data/resources.yml", 3),))
report = Report(stamp, stamp, [link], weeks=[("2026-11-17", {"odd": 2}), ("2026-11-24", {"odd": 1})], before={link.url: "ok"})
(folder / "r.json").write_text(to_json(report), "utf-8")
view = View(guide, Options(dt.date(2026, 11, 24), links=load_report(folder / "r.json")), "ressources/etat-des-liens", {})
page = next(marker for marker in MARKERS if marker.name == "link-status").render(view, {})
result = json.loads(sarif(report))["runs"][0]["results"][0]
assert "Liens étranges (1)" in text(report) and "1 étrange" in text(report) and "→ Le regarder." in text(report)
assert "## Liens étranges (1)" in markdown(report) and "- [ ] `" in markdown(report) and "valide → étrange" in markdown(report)
assert github_annotations(report)[0].startswith("::warning") and result["level"] == "warning"
assert "étrange" in junit(report) and report.exit_code() == 0 and json.loads(to_json(report))["summary"]["odd"] == 1
assert "odd" in schema()["$defs"]["verdict"]["enum"] and "| `odd` | étrange | Ce lien est étrange." in table()
assert 'data-verdict="odd"' in page and "1 étrange" in page and ">étranges</text>" in page and 'value="odd"' in page
'''  # fmt: skip


def test_a_verdict_is_one_row(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "hooks", tmp_path / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    path = tmp_path / "hooks" / "guide" / "links" / "verdict.py"
    source = path.read_text("utf-8")
    changed = source.replace("    UNCHECKED = (", ROW, 1).replace("    # blocked", REASON, 1)
    assert changed.count("ODD") == source.count("ODD") + 2
    path.write_text(changed, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(ROOT), str(tmp_path)],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path / "hooks"), "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_table_contradicts_itself_nowhere() -> None:
    assert [*contradictions()] == []


WRONG = {
    "the same code": (ROW.replace('"odd"', '"suspect"'), "les lignes SUSPECT et ODD portent le même code « suspect »"),
    "the same word": (ROW.replace('"étrange"', '"mort"'), "deux verdicts se disent « mort »"),
    "a trait misspelt": (ROW.replace("by-hand", "by_hand"), "« odd » a un trait qui n’est aucun de fatal, lasting"),
    "no such level": (ROW.replace('"warning"', '"warn"'), "le verdict « odd » a un niveau qui n’est aucun de error, warning"),
    "fatal and mild": (ROW.replace("by-hand", "fatal"), "le verdict « odd » a « fatal » sans le niveau « error »"),
    "good and alarming": (ROW.replace("by-hand", "fine"), "le verdict « odd » a « fine » et un niveau qui alerte"),
    "no heading": (ROW.replace('"Liens étranges"', '""'), "le verdict « odd » a un intitulé sans niveau, ou l’inverse"),
    "nothing fills a blank": (REASON.replace("ODD", "SUSPECT").replace("words", "word"), "la phrase de « strange » a un blanc que rien ne remplit : « word »"),
    "a reason twice": (REASON.replace("ODD", "SUSPECT").replace('"strange"', '"soft-404"'), "les lignes SOFT_404 et STRANGE portent le même code « soft-404 »"),
}  # fmt: skip


def _with(row: str) -> str:
    """The source of the table with a row more."""
    source = (ROOT / "hooks" / "guide" / "links" / "verdict.py").read_text("utf-8")
    return source.replace("    UNCHECKED = (" if "ODD =" in row else "    # blocked", row, 1)


@pytest.mark.parametrize("case", WRONG)
def test_a_row_that_contradicts_another_is_one_sentence(case: str) -> None:
    row, said = WRONG[case]
    module: dict[str, Any] = {"__name__": "table"}
    exec(compile(_with(row), "verdict.py", "exec"), module)
    (sentence,) = module["contradictions"]()
    assert sentence.startswith(said)


def test_it_is_said_at_the_start(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "hooks" / "guide", tmp_path / "guide", ignore=shutil.ignore_patterns("__pycache__", "starter")
    )
    row, said = WRONG["the same code"]
    (tmp_path / "guide" / "links" / "verdict.py").write_text(_with(row), "utf-8")
    (tmp_path / "liste.txt").write_text("tel:17\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "guide", "links", "--from", "liste.txt", "--history", "none"],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert f"hooks/guide/links/verdict.py:1:1: {said} — corrigez l’une des deux" in done.stderr


def test_every_blank_of_a_sentence_is_filled_where_it_is_said() -> None:
    """What a journey brings back as a failure has `detail` and `after`; every other reason is judged with its words."""
    filled: dict[str, set[str]] = {}
    for path in (ROOT / "hooks" / "guide" / "links").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "judge":
                words = {each.arg or "" for each in call.keywords}
                for reason in ast.walk(call.args[0]):
                    if isinstance(reason, ast.Attribute) and reason.attr in Reason.__members__:
                        filled[reason.attr] = filled.get(reason.attr, words) & words
    for reason in Reason:
        blanks = set(re.findall(r"\{(.*?)\}", reason.sentence))
        given = filled.get(reason.name, {"detail", "after"} if "status" not in blanks else {"status"})
        assert blanks <= given | ({"words"} if blanks == {"words"} else set()), reason


RULES = {
    'canaries: {alive: ["https://a.fr/"], dead: ["https://A.fr:443"]}\n': ":1:45: lien témoin à la fois vivant et mort",
    'canaries: {alive: ["https:///x"]}\n': ":1:20: lien témoin mal écrit",
    "hosts:\n  WWW.a.fr: {delay: 2}\n": ":2:13: aucune adresse n’a ce nom de site (trouvé : WWW.a.fr) — écrivez www.a.fr",
    "hosts:\n  https://a.fr/x: {delay: 2}\n": ":2:19: aucune adresse n’a ce nom de site (trouvé : https://a.fr/x) — écrivez a.fr",
    "hosts:\n  été.fr: {delay: 2}\n": "écrivez xn--t-9fab.fr",
    'ignore:\n- {url: "https://a.fr/*", reason: x, until: "2100-01-01", by: x}\n'
    '- {url: "https://a.fr/*", reason: z, until: "2100-02-01", by: z}\n': ":3:9: deux exceptions pour la même adresse",
}  # fmt: skip


def test_every_way_to_name_a_site_is_met(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    text = "hosts:\n" + "".join(
        f"  {name}: {{delay: 2}}\n" for name in ("a.fr", "127.0.0.1", '"::1"', "xn--t-9fab.fr")
    )
    (tmp_path / "data" / "link-rules.yml").write_text(text, "utf-8")
    rules = load_rules(tmp_path)
    for url in ("https://A.fr:8443/x", "http://127.1/", "http://[::1]:80/", "https://été.fr/"):
        assert rules.delay_of(parse(url).host) == 2, url


@pytest.mark.parametrize("rules", RULES)
def test_a_rule_that_contradicts_another_is_said_at_its_line(rules: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "link-rules.yml").write_text(rules, "utf-8")
    with pytest.raises(GuideError) as said:
        load_rules(tmp_path)
    assert len(said.value.problems) == 1 and RULES[rules] in str(said.value)
