"""`serve`: the guide on this computer, rebuilt and shown at each change, with what to repair over the last good pages."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileModifiedEvent, FileSystemEventHandler

from generator import NotBuiltError, run
from guide.page.offline_copy import ZIP
from guide.site import csp, repair
from guide.site.build import prepare
from guide.site.build_options import Asked
from guide.site.copy import archive
from guide.text.problems import GuideError

WATCHED = (
    "docs",
    "data",
    "mkdocs.yml",
    "hooks/theme",
    "hooks/guide/page/templates",
    "hooks/guide/paper/typst",
)

# Left out of what is served: it would stop the script of MkDocs by which a saved page shows itself.
_POLICY = f'<meta http-equiv="Content-Security-Policy" content="{csp.policy([csp.first_paint()], header=False)}">'.encode()
_EVERY = 0.15  # seconds between two looks at the files


class Preview:
    """The site being edited. A build that fails changes nothing but what the pages show on top."""

    def __init__(self, root: Path, asked: Asked, folder: Path) -> None:
        self.root, self.asked, self.folder = root, asked, folder
        self.site = folder / "site"
        self.pages: dict[str, bytes] = {}
        self.later: dict[str, Callable[[], str]] = {}
        self.memory: dict[str, tuple[str, Any]] = {}

    def build(self) -> None:
        """Puts a fresh site in the place of the last one, or its problems over its pages. Raises nothing."""
        fresh, old = self.folder / "fresh", self.folder / "old"
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            build = prepare(self.root, self.asked, preview=True, memory=self.memory)
            run(build, fresh, strict=False)
        except GuideError as error:
            return self._show(error.lines())
        except NotBuiltError as error:
            return self._show(error.lines)
        except Exception as error:  # a fault of the program must not leave every page waiting for ever
            return self._show(
                [f"hooks:1:1: {type(error).__name__}: {error} — fermez puis relancez « serve »"]
            )
        self.pages, self.later = build.pages, build.later
        if self.site.exists():
            self.site.rename(old)
        fresh.rename(self.site)
        shutil.rmtree(old, ignore_errors=True)

    def _show(self, problems: list[str]) -> None:
        print("\n".join(problems), file=sys.stderr, flush=True)
        for path, html in (self.pages or {"index.html": repair.NOTHING_YET.encode()}).items():
            page = self.site / path
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(repair.over(html.decode(), problems), encoding="utf-8")

    def ask(self, path: str) -> None:
        """Makes what waits until somebody asks for it: the index of the search, the ZIP of the offline copy."""
        for wanted in [each for each in self.later if path in (each, ZIP)]:
            target = self.site / wanted
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(self.later.pop(wanted)(), encoding="utf-8")
        if path == ZIP and self.pages and not (self.site / ZIP).exists():
            archive.write(self.site, self.pages, None)


class Watch(threading.Thread):
    """Looks at the files again and again, in the place of the observer of MkDocs, which goes blind for good where a folder is
    away for a moment (another branch of git)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._handlers: dict[str, FileSystemEventHandler] = {}
        self._over = threading.Event()

    def schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool) -> str:
        """As MkDocs asks it."""
        self._handlers[path] = handler
        return path

    def run(self) -> None:
        seen = {path: _state(path) for path in self._handlers}
        while not self._over.wait(_EVERY):
            for path, handler in self._handlers.items():
                if (now := _state(path)) != seen[path]:
                    seen[path] = now
                    handler.dispatch(FileModifiedEvent(path))

    def stop(self) -> None:
        """For good."""
        self._over.set()


def _state(path: str) -> dict[str, tuple[int, int]]:
    """Each file at a path, or below it, with its time and its size; none where there is nothing."""
    files = [path, *(f"{parent}/{each}" for parent, _, names in os.walk(path) for each in names)]
    found = {}
    for file in files:
        with contextlib.suppress(OSError):  # gone between two looks
            seen = os.stat(file)  # noqa: PTH116  # a thousand of them, five times a second
            found[file] = seen.st_mtime_ns, seen.st_size
    return found


class Server(LiveReloadServer):
    """MkDocs' server, which makes what is asked for and answers at any address while there is no page yet."""

    def __init__(self, preview: Preview, port: int) -> None:
        super().__init__(preview.build, "127.0.0.1", port, str(preview.site))
        self.preview = preview
        self.build_delay = 0.05
        self.observer = Watch()  # type: ignore[assignment]  # all that MkDocs asks of it
        self.error_handler = self._missing

    def serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.preview.ask(environ["PATH_INFO"].lstrip("/"))
        # While nothing was ever right: at any address the one page there is, which reloads itself.
        if not self.preview.pages and environ["PATH_INFO"].endswith("/"):
            environ = {**environ, "PATH_INFO": "/index.html"}
        answer = super().serve_request(environ, start_response)
        if not environ["PATH_INFO"].endswith(("/", ".html")):
            return answer
        return [b"".join(answer).replace(_POLICY, b" " * len(_POLICY))]  # its announced length stays true

    def _missing(self, code: int) -> bytes | None:
        page = self.preview.site / ("404.html" if self.preview.pages else "index.html")
        return page.read_bytes() if page.exists() else None


def serve(root: Path, asked: Asked, port: int) -> int:
    """Until Ctrl+C."""
    with tempfile.TemporaryDirectory(prefix="guide-serve-") as folder:
        preview = Preview(root, asked, Path(folder))
        preview.build()
        server = Server(preview, port)
        for path in WATCHED:
            server.watch(str(root / path))
        try:
            print(f"Le guide s’ouvre à l’adresse http://127.0.0.1:{port}/ (Ctrl+C pour arrêter)", flush=True)
            server.serve()  # type: ignore[no-untyped-call]  # MkDocs leaves it without types
        except KeyboardInterrupt:
            print("Arrêté.", file=sys.stderr)
        finally:
            server.shutdown()
    return 0
