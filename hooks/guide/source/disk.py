"""What the system refuses to read or write, in French."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

_REASONS = {
    errno.ENOSPC: ("le disque est plein", "libérez de la place"),
    errno.EDQUOT: ("votre part du disque est pleine", "libérez de la place"),
    errno.EFBIG: ("le fichier est trop gros pour ce disque", "libérez de la place ou changez de disque"),
    errno.EACCES: ("accès refusé", "donnez-vous le droit d’y lire et d’y écrire"),
    errno.EPERM: ("accès refusé", "donnez-vous le droit d’y lire et d’y écrire"),
    errno.EROFS: ("ce disque est en lecture seule", "choisissez un autre dossier"),
    errno.ENOTDIR: ("un fichier porte le nom d’un dossier", "renommez-le ou choisissez un autre dossier"),
    errno.EEXIST: ("un fichier porte déjà ce nom", "renommez-le ou choisissez un autre dossier"),
    errno.EISDIR: ("un dossier porte ce nom", "renommez-le ou choisissez un autre nom"),
    errno.ENOENT: ("fichier ou dossier absent", "vérifiez son nom"),
    errno.ELOOP: ("lien qui tourne en rond", "retirez ce lien"),
    errno.ENAMETOOLONG: ("nom trop long", "raccourcissez-le"),
    errno.ENOTEMPTY: ("une autre construction écrit dans ce dossier", "attendez sa fin, puis recommencez"),
    errno.EIO: ("le disque ne répond pas", "vérifiez-le ou changez de disque"),
}


def has(path: Path) -> bool:
    """Whether something is there; what the system cannot even be asked for, such as a name too long, is not."""
    return os.path.exists(path)  # noqa: PTH110  # `Path.exists` raises for such a name


def has_file(path: Path) -> bool:
    """Whether a file is there, in the same way."""
    return os.path.isfile(path)  # noqa: PTH113


def sentence(error: OSError) -> str | None:
    """One French sentence with a remedy; None for what is no everyday refusal of the system."""
    if error.errno not in _REASONS:
        return None
    what, remedy = _REASONS[error.errno]
    name = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes, os.PathLike)) else ""
    return f"{name + ' : ' if name else ''}{what} — {remedy}."


def reason(error: OSError) -> str:
    """What the system refuses, in French; in its own words where it is no everyday refusal."""
    return _REASONS[error.errno][0] if error.errno in _REASONS else error.strerror or str(error)


def write_text(path: Path, text: str) -> None:
    """Write atomically, making the folder: a killed run, or a power cut, leaves the former text whole."""
    if path.exists() and not path.is_file():  # a pipe, a terminal: it must not be replaced
        path.write_text(text, "utf-8", newline="\n")
        return
    real = Path(os.path.realpath(path))  # a link stays one
    temporary = real.with_name(f".{real.name}.{os.getpid()}")
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(real)
    except OSError as error:
        error.filename = str(path)  # what was asked for, not what stands beside or above it
        with suppress(OSError):  # the first refusal is the one to tell
            temporary.unlink()
        raise
