"""Each way of publishing of the manual, run exactly as it is printed there, on the real site with the real servers.

Nothing of the manual is copied here: a block that changes there is the one that runs here.
"""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import yaml

import manual
from guide.site import headers
from releases import URGENT, URL, commit, decide, expire
from serversupport import MODULES, Answer, Served, serving
from shared import Once
from support import ROOT, environment
from wantedheaders import FILES, OWN, path_of, wrong
from websupport import pages_of

pytestmark = pytest.mark.servers

# What the manual asks of Apache, what the server needs to start, and what compresses where the host has it.
ASKED = ("mpm_event", "authz_core", "dir", "mime", "headers", "alias", "socache_shmcb", "ssl")
ENCODINGS = {
    "nginx": ("identity", "gzip"),
    "apache": ("identity", "gzip", "br"),
    "apache-deflate": ("identity", "gzip"),
    "apache-bare": ("identity",),
    "container": ("identity", "gzip"),
}


def apache(root: Path) -> str:
    (block,) = manual.blocks("Apache", "apache")
    return block.replace(manual.FOLDER, str(root))


def nginx(root: Path) -> str:
    (block,) = manual.blocks("nginx", "nginx")
    return block.replace(manual.FOLDER, str(root))


def containerfile() -> list[list[str]]:
    """The instructions of the container's recipe, in words."""
    (command,) = [
        line for block in manual.blocks("Conteneur", "sh") for line in block.splitlines() if "build" in line
    ]
    recipe = re.search(r"--file (\S+)", command)
    assert recipe
    lines = (ROOT / recipe[1]).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def copied() -> dict[str, str]:
    """What the recipe copies, and where."""
    return {words[-2]: words[-1] for words in containerfile() if words[0] == "COPY"}


def container(root: Path) -> str:
    """The lines of the container's server, with the place of its site and its port taken out: both are checked below."""
    (settings,) = [source for source in copied() if source.endswith(".conf")]
    text = (ROOT / settings).read_text(encoding="utf-8")
    (body,) = re.findall(r"^server \{\n(.*)^\}$", text, re.DOTALL | re.MULTILINE)
    body = re.sub(r"^\s*listen .*\n", "", body, flags=re.MULTILINE)
    place = copied()["site/"].rstrip("/")
    assert body.count(place) >= 2
    return body.replace(place, f"{root}/courant")


@pytest.fixture(scope="module")
def hosts(site: Path) -> Iterator[dict[str, Served]]:
    """Every host of the manual that runs a server of its own; Apache with and without what compresses."""
    plan: dict[str, tuple[str, Callable[[Path], str], tuple[str, ...]]] = {
        "nginx": ("nginx", nginx, ()),
        "apache": ("apache2", apache, MODULES),
        "apache-deflate": ("apache2", apache, (*ASKED, "filter", "deflate")),
        "apache-bare": ("apache2", apache, ASKED),
        "container": ("nginx", container, ()),
    }
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(serving(kind, site, settings=settings, modules=modules))
            for name, (kind, settings, modules) in plan.items()
        }


@pytest.fixture(params=ENCODINGS)
def host(request: pytest.FixtureRequest, hosts: dict[str, Served]) -> tuple[str, Served]:
    """Each of them in turn."""
    return request.param, hosts[request.param]


def test_every_page_opens_with_its_headers(site: Path, host: tuple[str, Served]) -> None:
    _, server = host
    pages = pages_of(site)
    assert len(pages) > 40
    for page in pages:
        answer = server.ask("/" + page)
        assert (answer.status, wrong(answer, "no-cache", OWN)) == (200, []), page
        file = page if page.endswith(".html") else f"{page}index.html"
        assert answer.body == (site / file).read_bytes()


def test_every_kind_of_file_comes_with_its_headers(site: Path, host: tuple[str, Served]) -> None:
    for pattern, _, cache, more in FILES:
        if not pattern.startswith("."):
            answer = host[1].ask(path_of(site, pattern))
            assert (answer.status, wrong(answer, cache, more)) == (200, []), pattern


def test_what_has_not_changed_is_not_sent_again(site: Path, host: tuple[str, Served]) -> None:
    """Asked again with the tag of its own encoding, alone or in a list, weak or strong, each file is « not modified »."""
    name, server = host
    for path in (
        "/",
        "/urgence/",
        *(path_of(site, p) for p in ("donnees/resources.json", "assets/js/tools.*.min.js")),
    ):
        for encoding in ENCODINGS[name]:
            first = server.ask(path, Accept_Encoding=encoding)
            assert first.one("Content-Encoding") == (None if encoding == "identity" else encoding), (
                path,
                encoding,
            )
            tag = first.one("ETag") or ""
            for asked in (tag, f'"autre", {tag}', "W/" + tag.removeprefix("W/")):
                again = server.ask(path, Accept_Encoding=encoding, If_None_Match=asked)
                assert (again.status, again.body) == (304, b""), (path, encoding, asked)
            other = server.ask(path, Accept_Encoding=encoding, If_None_Match=tag.replace('"', '"0', 1))
            assert (other.status, other.body) == (200, first.body), (path, encoding)


def test_browsers_get_the_smallest_encoding_that_the_host_has(host: tuple[str, Served]) -> None:
    name, server = host
    found = server.ask("/urgence/", Accept_Encoding="gzip, deflate, br, zstd").one("Content-Encoding")
    assert found == (ENCODINGS[name][-1] if len(ENCODINGS[name]) > 1 else None)


def test_nothing_else_is_shown(site: Path, host: tuple[str, Served]) -> None:
    """Neither a folder, nor a hidden file, nor what the server reads; each with our own page."""
    ours = (site / "404.html").read_bytes()
    for path, status in {
        "/assets/": 403, "/donnees/": 403, "/nulle-part/": 404, "/.htaccess": 404, "/_headers": 404, "/.git/config": 404,
        "/nginx-headers.conf": 404,
    }.items():  # fmt: skip
        answer = host[1].ask(path)
        assert (answer.status, answer.body == ours, wrong(answer, "no-cache", OWN)) == (status, True, []), (
            path
        )


def test_the_right_that_the_manual_gives_to_apache_is_all_that_the_site_uses(
    site: Path, tmp_path: Path
) -> None:
    """A directive of another kind in .htaccess is what made every page answer 500; the server says so here."""
    (block,) = manual.blocks("Apache", "apache")
    assert re.findall(r"AllowOverride (.*)", block) == ["FileInfo"]
    broken = Path(shutil.copytree(site, tmp_path / "site"))
    with (broken / ".htaccess").open("a", encoding="utf-8") as settings:
        settings.write("Options -Indexes\n")
    with serving("apache2", broken, settings=apache, modules=MODULES) as server:
        assert server.ask("/urgence/").status == 500


# The container


def test_the_recipe_of_the_container_and_its_settings_agree() -> None:
    """The site is copied where the settings look for it, and the open port is the one that they and the manual name."""
    text = (ROOT / ".container/nginx.conf").read_text(encoding="utf-8")
    place = copied()["site/"].rstrip("/")
    assert f"root {place};" in text
    assert f"include {place}/nginx-headers.conf;" in text
    (port,) = re.findall(r"listen (\d+);", text)
    assert [["EXPOSE", port]] == [words for words in containerfile() if words[0] == "EXPOSE"]
    assert f":{port} guide" in "".join(manual.blocks("Conteneur", "sh"))


# GitHub Pages and GitLab Pages


@pytest.fixture
def decided(project: Path, once: Once) -> Path:
    """A committed project whose identity has been decided, with a `scripts/guide` that needs no installation."""
    return decide(project, once.base)


def forge(
    project: Path, shell: tuple[str, ...], script: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Runs a step as the forge does."""
    known = {**environment(), **variables}
    return subprocess.run(
        [*shell, "-c", script], cwd=project, env=known, capture_output=True, text=True, check=False
    )


def test_gitlab_publishes_what_its_file_says(decided: Path) -> None:
    assert "`.gitlab-ci.yml`" in manual.section("GitHub Pages, GitLab Pages")
    job = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))["pages"]
    (published,) = job["artifacts"]["paths"]
    assert published == "public"  # the only folder that GitLab Pages serves, for a job of this name
    done = forge(decided, ("bash", "-eo", "pipefail"), "\n".join(job["script"]))
    assert done.returncode == 0, done.stderr
    complete(decided / published)
    (decided / "data/site.yml").write_text("name: x\n", encoding="utf-8")
    assert forge(decided, ("bash", "-eo", "pipefail"), "\n".join(job["script"])).returncode != 0


def test_github_publishes_what_its_file_says(decided: Path) -> None:
    (name,) = re.findall(r"`(\.github/workflows/\S+)`", manual.section("GitHub Pages, GitLab Pages"))
    steps = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))["jobs"]["release"]["steps"]
    (build,) = [step for step in steps if "run" in step]
    (upload,) = [step["with"] for step in steps if "upload-pages-artifact" in step.get("uses", "")]
    done = forge(decided, ("bash", "-e"), build["run"], URGENT="")
    assert done.returncode == 0, done.stderr
    complete(decided / upload["path"])
    assert upload["include-hidden-files"] is True
    expire(decided)
    commit(decided)
    done = forge(decided, ("bash", "-e"), build["run"], URGENT=URGENT)
    assert done.returncode == 0, done.stderr
    assert URGENT in (decided / upload["path"] / "version.json").read_text(encoding="utf-8")


def complete(site: Path) -> None:
    """Every page is there, for the folder of the host, with the policy inside, as these hosts take no headers."""
    assert len(pages_of(site)) > 40
    assert (site / ".nojekyll").exists()
    for page in pages_of(site):
        if page.endswith(".html"):
            continue
        html = (site / page / "index.html").read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="{URL}/{page}">' in html, page
        assert '<meta http-equiv="Content-Security-Policy"' in html, page
    lost = (site / "404.html").read_text(encoding="utf-8")
    assert set(re.findall(r'href="(/[a-z]*)', lost)) == {"/guide"}


# Object storage


def test_the_table_for_object_storage_says_what_the_servers_send(
    site: Path, hosts: dict[str, Served]
) -> None:
    rows = manual.rows("Stockage et réseau de diffusion")
    assert len(rows) == 3
    rules = [(patterns(cell), re.findall(r"`([^`]*)`", value)[0]) for cell, value in rows]
    assert rules[-1][0] == [], "the last row is for all the rest"
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    met = set()
    for file in files:
        told = next(value for found, value in rules if not found or any(fits(file, each) for each in found))
        met.add(told)
        assert headers.varying("/" + file)["Cache-Control"] == told, file
    assert met == {value for _, value in rules}
    sample: Answer = hosts["nginx"].ask(path_of(site, "assets/fonts/*400*.woff2"))
    assert sample.one("Cache-Control") == rules[1][1]


def patterns(cell: str) -> list[str]:
    """The files of a row of the table; « empreinte » asks for one in the name."""
    found = re.findall(r"`([^`]*)`", cell)
    kept = [each for each in found if "*" in each]
    return [each.replace("*.min", "*.????????.min") if "empreinte" in cell else each for each in kept]


def fits(file: str, pattern: str) -> bool:
    digest = re.search(r"\.(\w{8})\.min\.", file)
    if "????????" in pattern and not (digest and re.fullmatch("[0-9a-f]{8}", digest[1])):
        return False
    return fnmatch.fnmatchcase(file, pattern.replace("**/", "*"))


def test_the_manual_names_no_block_that_is_not_run_here() -> None:
    """A new host in the manual needs its own test: these are all the blocks of settings and commands."""
    page = manual.PAGE.read_text(encoding="utf-8")
    languages = re.findall(r"^```(\w+)$", page, re.MULTILINE)
    assert sorted(languages) == sorted(["sh"] * 4 + ["apache", "nginx"])
