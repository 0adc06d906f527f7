"""One row for a verdict: every report, the page, the schema and the manuals follow from the table."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from guide.links.verdict import Verdict

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
    for verdict in Verdict:
        assert not (verdict.fine and verdict.level in {"error", "warning"}), verdict
        assert (verdict.level == "none") == (verdict.heading == ""), verdict
        assert not verdict.fatal or verdict.level == "error", verdict
