"""The recipes of hooks/README.md, followed to the letter: what they name is written, and nothing else of the program."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.__main__ import main
from guide.commands import table
from support import ROOT, copy_project, environment

RECIPES = {
    title: {name for name in re.findall(r"`([\w./-]+)`", text) if (ROOT / name).exists()}
    for title, text in re.findall(
        r"^- \*\*(.+?)\*\*(.*?)(?=^- |^$)",
        (ROOT / "hooks/README.md").read_text(encoding="utf-8").partition("\n## Recipes\n")[2],
        re.MULTILINE | re.DOTALL,
    )
}
"""Title of a recipe → the files and folders that it names."""


class Recipe:
    """One recipe, followed in a tree: it writes only what it names."""

    def __init__(self, root: Path, title: str) -> None:
        self.root, self.title = root, title
        self.done: set[str] = set()

    def write(self, name: str, text: str) -> None:
        """A new file."""
        path = self._named(name)
        assert not path.exists()
        path.write_text(text, encoding="utf-8")

    def put(self, name: str, before: str, added: str) -> None:
        """Lines in a file that is there, above a line of it."""
        path = self._named(name)
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1, (name, before)
        path.write_text(text.replace(before, added + before), encoding="utf-8")

    def _named(self, name: str) -> Path:
        named = [
            each for each in RECIPES[self.title] if name == each or each == f"{name.rpartition('/')[0]}/"
        ]
        assert named, f"« {self.title} » does not name {name}"
        self.done.update(named)
        return self.root / name


def guide(root: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    variables = {**environment(), "PYTHONPATH": str(root / "hooks"), "GUIDE_DATE": "2026-11-24"}
    command = [sys.executable, "-m", "guide", *arguments]
    return subprocess.run(
        command, cwd=root, env=variables, input=typed, capture_output=True, text=True, check=False
    )


def a_kind_of_data(recipe: Recipe) -> None:
    model = (
        "from pydantic import Field\n\nfrom guide.data.model.types import Dated, Id, Prose\n\n\n"
        'class Advice(Dated):\n    id: Id\n    text: Prose = Field(description="Le conseil")\n'
    )
    row = '    advices: Mapping[str, Advice] = row("advice", "un conseil", Advice, sentence="text", signs=SIGNS)\n'
    recipe.write("hooks/guide/data/model/advice.py", model)
    recipe.put("hooks/guide/data/guide.py", "    site: Site = row(", row)
    recipe.put("hooks/guide/data/guide.py", "from guide.data.model.assessment", "from guide.data.model.advice import Advice\n")  # fmt: skip
    recipe.write("data/advices.yml", "[]\n")


def a_block(recipe: Recipe) -> None:
    function = (
        "def _advices(view: View, arguments: Mapping[str, str]) -> str:\n"
        '    return view.render("advices", advices=view.guide.advices.values(), word=arguments["word"])\n\n\n'
    )
    row = '    Marker("advices", "Les conseils", _advices, {"word": Argument(required=True)}),\n'
    file = "hooks/guide/page/blocks/may_i.py"
    recipe.put(file, "MARKERS = (\n", function)
    recipe.put(file, '    Marker("questions", ', row)
    template = '{% for each in advices %}\n<p id="{{ each.id }}">{{ word }} : {{ each.text | prose }}</p>\n{% endfor %}\n'
    recipe.write("hooks/guide/page/templates/advices.html.j2", template)


def a_page(recipe: Recipe) -> None:
    head = "---\ntitle: Nos conseils\ndescription: Les conseils, en une page.\nsearch: {weight: 150}\n---\n\n"
    recipe.write("docs/conseils.md", f"{head}# Nos conseils\n\n<!-- guide:advices word=Conseil -->\n")
    recipe.put("mkdocs.yml", "      - Que faire maintenant ?: urgence/decider.md\n", "      - conseils.md\n")


def a_sheet(recipe: Recipe) -> None:
    entry = "- {id: agenda, title: Agenda, use: Pour tous., place: Au mur., path: imprimer/agenda.pdf, content: agenda, pages: 2, landscape: true}\n"
    content = '    Content("agenda", partial(sections.job, parts=sections.log)),\n'
    recipe.put("data/sheets.yml", "- id: affiche\n", entry)
    recipe.put("hooks/guide/paper/make.py", '    Content("booklet", None),\n', content)


def a_command(recipe: Recipe) -> None:
    function = (
        "from pathlib import Path\n\nfrom guide.text.arguments import FrenchParser\n\n\n"
        "def hello(arguments: list[str], root: Path) -> int:\n"
        '    parser = FrenchParser("hello", "Salue.")\n    parser.add_argument("--loud", action="store_true")\n'
        '    parser.parse_args(arguments)\n    print("Bonjour")\n    return 0\n'
    )
    row = '    Command("hello", "", "guide.commands.hello:hello", "salue", "a greeting"),\n'
    recipe.put("hooks/guide/commands/table.py", '    Command("doctor"', row)
    recipe.write("hooks/guide/commands/hello.py", function)


def a_verdict(recipe: Recipe) -> None:
    row = '    ODD = (\n        "odd", "étrange", "étranges", "Liens étranges", "warning", "by-hand", "Étrange.", "Regarder.",\n    )\n'
    recipe.put("hooks/guide/links/verdict.py", "    UNCHECKED = (", row)
    recipe.put(
        "hooks/guide/links/verdict.py",
        "    # blocked\n",
        '    STRANGE = "strange", Verdict.ODD, "Rien de tel."\n',
    )


FOLLOWED: dict[str, Callable[[Recipe], None]] = {
    "A block": a_block,
    "A verdict": a_verdict,
    "A kind of data": a_kind_of_data,
    "A sheet": a_sheet,
    "A command": a_command,
    "A page": a_page,
}


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with every recipe followed once, what follows from the tables written, one entry asked for and staged."""
    root = copy_project(tmp_path_factory.mktemp("recipes"))
    shutil.copytree(ROOT / ".vscode", root / ".vscode")
    shutil.copy(ROOT / "README.md", root)
    for title, follow in FOLLOWED.items():
        recipe = Recipe(root, title)
        follow(recipe)
        assert recipe.done == RECIPES[title], title
    done = guide(root, "schema")
    assert done.returncode == 0, done.stderr
    done = guide(root, "new", "advice", typed="Relire la sauvegarde.\nClaire Martin\n\n\no\n")
    assert done.returncode == 0, done.stdout + done.stderr
    done = guide(root, "stage", "--draft", str(root / "staged"))
    assert done.returncode == 0, done.stderr
    return root


def text(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def test_every_recipe_is_followed() -> None:
    assert sorted(RECIPES) == sorted(FOLLOWED)
    most = {"A verdict": 1, "A kind of data": 3, "A command": 2, "A sheet": 2, "A block": 2, "A page": 2}
    assert {title: len(names) for title, names in RECIPES.items()} == most


def test_a_kind_of_data_has_its_schema_its_questions_and_its_reviews(followed: Path) -> None:
    described = json.loads(text(followed, ".vscode/schemas/advices.json"))
    assert described["$defs"]["Advice"]["properties"]["text"]["description"] == "Le conseil"
    assert "advices.yml" in text(followed, ".vscode/settings.json")
    manual = text(followed, "hooks/MAINTENIR.md")
    assert "| `./scripts/guide new advice` | un conseil | `data/advices.yml` |" in manual
    assert (
        "### advices.yml : un conseil\n\n| Champ | Ce qu’il contient |\n| --- | --- |\n| `text` | Le conseil. |"
        in manual
    )
    assert "- id: relire-sauvegarde\n  text: Relire la sauvegarde." in text(followed, "data/advices.yml")
    assert "relire-sauvegarde (conseil)" in guide(followed, "review", "--days", "400").stdout
    wrong = followed / "data/advices.yml"
    before = wrong.read_text(encoding="utf-8")
    wrong.write_text(f"{before}- id: relire-sauvegarde\n  texte: x\n", encoding="utf-8")
    refused = guide(followed, "check").stderr
    wrong.write_text(before, encoding="utf-8")
    assert re.search(r"data/advices\.yml:6:\d+: identifiant déjà pris", refused)
    assert "champ « texte » inconnu" in refused


def test_a_new_guide_has_the_new_kind_of_data(followed: Path, tmp_path: Path) -> None:
    done = guide(followed, "init", str(tmp_path / "other"))
    assert done.returncode == 0, done.stderr
    assert text(tmp_path, "other/data/advices.yml") == "[]\n"


def test_a_block_is_shown_by_a_page_and_explained(followed: Path) -> None:
    shown = '<p id="relire-sauvegarde">Conseil\u00a0: Relire la sauvegarde.</p>'
    assert shown.replace("\u00a0", " ") in text(followed, "staged/conseils.md").replace("\u00a0", " ")
    assert "\n| `advices` | Les conseils. | `word` |\n" in text(followed, "hooks/MAINTENIR.md")
    page = followed / "docs/conseils.md"
    before = page.read_text(encoding="utf-8")
    page.write_text(before.replace(" word=Conseil", ""), encoding="utf-8")
    refused = guide(followed, "check", "conseils.md").stderr
    page.write_text(before, encoding="utf-8")
    assert "docs/conseils.md:9:" in refused and "« word »" in refused


def test_a_page_is_in_the_plan_at_its_place(followed: Path) -> None:
    plan = text(followed, "staged/a-propos/plan.md")
    assert (
        '<li><a href="../../conseils/">Nos conseils</a></li>\n<li><a href="../../urgence/decider/">' in plan
    )


def test_a_sheet_is_set_and_offered(followed: Path) -> None:
    assert (followed / "staged/imprimer/agenda.pdf").read_bytes().startswith(b"%PDF")
    assert 'href="agenda.pdf">Agenda' in text(followed, "staged/imprimer.md")
    assert '"agenda"' in text(followed, ".vscode/schemas/sheets.json")


def test_a_command_answers_and_is_explained(followed: Path) -> None:
    assert guide(followed, "hello").stdout == "Bonjour\n"
    assert "| `./scripts/guide hello` | a greeting |" in text(followed, "README.md")
    assert "| `./scripts/guide hello` | Salue. | `--loud` |" in text(followed, "hooks/MAINTENIR.md")
    shutil.copytree(ROOT / "scripts", followed / "scripts", dirs_exist_ok=True)
    usage = [sys.executable, "scripts/guide", "--help"]
    said = subprocess.run(usage, cwd=followed, capture_output=True, text=True, check=True)
    assert "  hello              salue\n" in said.stdout


def test_a_verdict_is_explained(followed: Path) -> None:
    """What reports and pages make of it is in links/test_verdicts.py."""
    row = "| `odd` | étrange | Étrange. | Regarder. |"
    assert row in text(followed, "hooks/MAINTENIR.md")
    assert row in guide(followed, "links", "--verdicts").stdout


# Module → the line above which rows are put (« ( »: below it), and rows with what must be said of each.
TABLES = {
    "data/guide.py": ("    site: Site", [
        ('others: tuple[Change, ...] = row("change", "une autre", Change, "more")', "cet identifiant est à 2 lignes de la table (trouvé : change) — gardez-en une"),
        ('page: tuple[Change, ...] = row("page", "une page", Change, "more2")', "cet identifiant est à 2 lignes de la table (trouvé : page)"),
        ('files: tuple[Change, ...] = row("files", "un fichier", Change, "changes")', "ce fichier de data/ est à 2 lignes de la table (trouvé : changes)"),
        ('rules: tuple[Change, ...] = row("rules", "une règle", Change, "link-rules")', "ce fichier de data/ est à 2 lignes de la table (trouvé : link-rules)"),
        ('said: tuple[Change, ...] = row("said", "un mot", Change, sentence="statement")', "Change n’a pas de champ checked_on, id, review_by, statement (trouvé : said)"),
        ('sorted: tuple[Change, ...] = row("sorted", "un rang", Change, order=("-day",))', "Change n’a pas de champ day (trouvé : sorted)"),
        ('held: Mapping[str, Change] = row("held", "un autre", Change)', "Change n’a pas de champ id (trouvé : held)"),
        ('mute: tuple[Change, ...] = row("mute", "autre", Change)', "ce genre n’a pas de nom avec son article (trouvé : mute)"),
        ('part: Training = row("part", "une part", Training, lessons=("lesson", "une leçon"))', "data/part.yml n’a pas de liste « lessons » (trouvé : lesson)"),
        ('typo: tuple[Change, ...] = row("typo", "un oubli", Change, sentense="text")', "data/typo.yml n’a pas de liste « sentense » (trouvé : sentense)"),
    ]),
    "paper/make.py": ('    Content("booklet"', [
        ('Content("role", None),', "ce nom est à 2 lignes de la table (trouvé : role) — gardez-en une"),
    ]),
    "page/blocks/printed.py": ("MARKERS = (", [
        ('Marker("facts", "x", lambda view, given: ""),', "ce marqueur est déjà dans hooks/guide/page/blocks/about.py (trouvé : facts) — renommez l’un des deux"),
        ('Marker("odd", "x", lambda view, given: "", {"id": Argument("zebra")}),', "l’argument « id » prend un genre inconnu, « zebra » (trouvé : odd)"),
    ]),
    "commands/table.py": ('    Command("doctor"', [
        ('Command("site", "", "x:y", "", ""),', "ce nom est à 2 lignes de la table (trouvé : site) — gardez-en une"),
    ]),
}  # fmt: skip


@pytest.mark.parametrize("module", TABLES)
def test_rows_that_contradict_each_other_are_one_sentence_each(project: Path, module: str) -> None:
    """Said before anything is built, by `check` and by what writes the tables; all at once, each at its line."""
    before, rows = TABLES[module]
    path = project / "hooks/guide" / module
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(rank for rank, line in enumerate(lines) if line.startswith(before)) + before.endswith("(")
    lines[at:at] = [f"    {row}" for row, _ in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    said = guide(project, "check").stderr
    assert "Traceback" not in said
    for rank, (_, sentence) in enumerate(rows, at + 1):
        assert f"hooks/guide/{module}:{rank}:1: {sentence}" in said
    assert said.count("\nhooks/guide/") == len(rows)


@pytest.mark.parametrize(
    "place", ["guide.commands.x:y", "guide.other.x:y", "guide.commands.site", "guide.commands.site:no", "guide.commands.table:COMMANDS"]
)  # fmt: skip
def test_a_command_without_function_is_one_sentence(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = table.Command("doctor", "", place, "", "")
    monkeypatch.setattr(table, "COMMANDS", (row,))
    assert main(["doctor"], ROOT) == 1
    said = capsys.readouterr().err
    assert (
        f"cette commande mène à « {place} », qui n’est pas une fonction du programme (trouvé : doctor)"
        in said
    )
    assert re.search(r"^hooks/guide/commands/table\.py:\d+:1: ", said, re.MULTILINE)
