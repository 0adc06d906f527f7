"""The one way the program asks git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


class GitError(Exception):
    """Git cannot answer; its text says why in French."""


def git(root: Path, *arguments: str) -> str:
    """What git prints when asked in `root`. Raises GitError without git, outside of a repository, or when it refuses."""
    return git_bytes(root, *arguments).decode("utf-8", "replace")


def git_bytes(root: Path, *arguments: str) -> bytes:
    """The same for what is no text, such as an archive."""
    command = ["git", "-c", "core.quotePath=false", "-C", str(root), *arguments]
    environment = {**os.environ, "LC_ALL": "C"}  # its messages are read below
    try:
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    except FileNotFoundError:
        raise GitError("git n’est pas installé") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace")
        if "not a git repository" in said:
            raise GitError("ce dossier n’est pas suivi par git") from None
        if "dubious ownership" in said:
            raise GitError("git refuse ce dossier, qui appartient à un autre compte") from None
        unknown = f"git ne connaît pas la version « {arguments[-1].removesuffix('^{commit}')} »"
        raise GitError(said.strip().removeprefix("fatal: ") or unknown) from None


def require(root: Path, revision: str) -> None:
    """Raises GitError for a revision that git does not know."""
    if revision.startswith("-"):
        raise GitError(f"« {revision} » n’est pas une révision de git")
    git(root, "rev-parse", "--quiet", "--verify", f"{revision}^{{commit}}")
