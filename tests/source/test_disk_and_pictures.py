"""What the disk, git, pictures and settings refuse: one sentence each, and what is no business of theirs let pass."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from guide.source import nav, pictures, tree
from guide.source.disk import sentence
from guide.source.git import GitError, git
from guide.source.html_tree import drop, parse, words
from guide.text.problems import GuideError


def webp(size: tuple[int, int], **options: object) -> bytes:
    """A picture of noise: nothing that compresses."""
    out = io.BytesIO()
    Image.effect_noise(size, 100).convert("RGB").save(out, "WEBP", **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "n’est pas un fichier WebP immobile"),
        (b"GIF89a" + bytes(40), "n’est pas un fichier WebP immobile"),
        (webp((8, 8), save_all=True, append_images=[Image.new("RGB", (8, 8))]), "n’est pas un fichier WebP immobile"),
        (webp((1601, 2)), "image trop grande : 1601 × 2 points, 1600 au plus"),
        (webp((700, 700), quality=100), "image trop lourde"),
    ],
    ids=["empty", "GIF", "moving", "wide", "heavy"],
)  # fmt: skip
def test_a_picture_that_cannot_be_published(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "photo.webp"
    path.write_bytes(content)
    wrong = pictures.wrong(path)
    assert wrong is not None
    assert said in wrong[0]
    assert "./scripts/guide image" in wrong[1]


def test_a_folder_of_sources_is_no_link(tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "docs").symlink_to(tmp_path / "ailleurs")
    (tmp_path / "data").mkdir()
    (problem,) = tree.problems(tmp_path)
    assert (problem.place.file, problem.what) == ("docs", "ce dossier est un lien")


def test_settings_are_a_block_of_fields(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("- nav\n", encoding="utf-8")
    with pytest.raises(GuideError) as refused:
        nav.load(tmp_path)
    (problem,) = refused.value.problems
    assert (problem.place.file, problem.what) == ("mkdocs.yml", "ce fichier doit être un bloc de champs")


def test_only_what_people_can_mend_is_a_sentence() -> None:
    assert (
        sentence(OSError(28, "No space left on device", "a.pdf"))
        == "a.pdf : le disque est plein — libérez de la place."
    )
    assert sentence(OSError(107, "Transport endpoint is not connected")) is None


def test_a_machine_without_git_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="git n’est pas installé"):
        git(tmp_path, "status")


def test_a_folder_of_another_account_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As git says it; which account the tests have is not asked."""

    def refuse(command: list[str], **_: object) -> None:
        raise subprocess.CalledProcessError(
            128, command, b"", b"fatal: detected dubious ownership in repository"
        )

    monkeypatch.setattr(subprocess, "run", refuse)
    with pytest.raises(GitError, match="appartient à un autre compte"):
        git(tmp_path, "status")


@pytest.mark.parametrize(
    "html", ["<b>un</b> deux <i>trois</i> quatre", "zéro <b>un</b> deux <i>trois</i> quatre"]
)
def test_what_follows_an_element_that_is_taken_away_stays(html: str) -> None:
    root = parse(html)
    for element in list(root):
        drop(element)
    assert words(root).split() == [word for word in html.split() if "<" not in word]
