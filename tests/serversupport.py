"""The real nginx and Apache of Debian, as ordinary processes on loopback ports, with a raw HTTP client.

Nothing of the system's configuration is used but nginx's own mime.types; no service is started or touched. As root the
servers run as « nobody », since Apache refuses to serve as root: they get a readable copy of the site.
"""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

from guide.commands import tools
from support import ROOT

# Where `test` unpacks what the machine lacks, with a launcher for each program.
BESIDE = tools.beside(ROOT)
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", str(BESIDE / "bin")])
MODULES = (
    "mpm_event", "authz_core", "dir", "mime", "headers", "alias", "autoindex", "filter", "deflate", "brotli", "socache_shmcb", "ssl",
)  # fmt: skip

NGINX = """\
{user}daemon off;
pid {run}/nginx.pid;
error_log {run}/error.log;
events {{ }}
http {{
  include {system}/etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log off;
  client_body_temp_path {run}; proxy_temp_path {run}; fastcgi_temp_path {run}; uwsgi_temp_path {run}; scgi_temp_path {run};
  server {{
    listen 127.0.0.1:{plain};
    listen 127.0.0.1:{secure} ssl;
    ssl_certificate {run}/certificate.pem;
    ssl_certificate_key {run}/key.pem;
    {settings}
  }}
}}
"""
OWN_NGINX = "root {root};\n    include {root}{base}nginx-headers.conf;"

APACHE = """\
{user}ServerRoot {run}
ServerName 127.0.0.1
DefaultRuntimeDir {run}
PidFile {run}/apache.pid
ErrorLog {run}/error.log
ServerTokens Prod
TraceEnable Off
TypesConfig {system}/etc/mime.types
{modules}
Listen 127.0.0.1:{plain}
Listen 127.0.0.1:{secure}
# As Debian has it: nothing is allowed that the settings below do not allow.
<Directory />
  Options FollowSymLinks
  AllowOverride None
  Require all denied
</Directory>
{settings}
<VirtualHost 127.0.0.1:{secure}>
  SSLEngine on
  SSLCertificateFile {run}/certificate.pem
  SSLCertificateKeyFile {run}/key.pem
</VirtualHost>
"""
# A host that allows the site more than the manual asks for, and lists folders.
OWN_APACHE = """\
DocumentRoot {root}
<Directory {root}>
  Options Indexes
  AllowOverride All
  Require all granted
</Directory>"""


@dataclass(frozen=True)
class Answer:
    """What a server said: every header line, in order, duplicates kept."""

    status: int
    lines: tuple[tuple[str, str], ...]
    body: bytes

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for found, value in self.lines if found.lower() == name.lower()]

    def one(self, name: str) -> str | None:
        """The only value of a header, or None; two lines of it are an error."""
        found = self.all(name)
        assert len(found) <= 1, (name, found)
        return found[0] if found else None


@dataclass(frozen=True)
class Served:
    """A running server: its address over http and over https, with the certificate to trust."""

    plain: int
    secure: int
    trust: ssl.SSLContext

    @property
    def url(self) -> str:
        """Address over http, ending with /."""
        return f"http://127.0.0.1:{self.plain}/"

    @property
    def secure_url(self) -> str:
        """Address over https, ending with /."""
        return f"https://127.0.0.1:{self.secure}/"

    def ask(self, path: str, method: str = "GET", *, secure: bool = False, **headers: str) -> Answer:
        """One request, sent as it is written; `If_None_Match="…"` names a header."""
        if secure:
            wire: http.client.HTTPConnection = http.client.HTTPSConnection(
                "127.0.0.1", self.secure, context=self.trust, timeout=10
            )
        else:
            wire = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=10)
        try:
            wire.request(
                method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
            )
            answer = wire.getresponse()
            return Answer(answer.status, tuple(answer.getheaders()), answer.read())
        finally:
            wire.close()


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def program(name: str) -> str:
    """Where a server is installed; its absence is a failure that says what to do."""
    found = shutil.which(name, path=PLACES)
    assert found, f"{name} manque : lancez ./scripts/guide test, ou excluez ces tests par --without-servers"
    return found


def system_of(kind: str) -> str:
    """What stands before /etc and /usr/lib in the paths of a server's files: nothing when it is installed."""
    return str(BESIDE) if Path(program(kind)).is_relative_to(BESIDE) else ""


@contextmanager
def serving(
    kind: str,
    site: Path,
    base: str = "/",
    settings: Callable[[Path], str] | None = None,
    modules: Sequence[str] = MODULES,
) -> Iterator[Served]:
    """`kind` is nginx or apache2; the site is served under `base`, with the files that the build wrote in it.

    `settings` makes the host's own lines from the folder of the versions, as the manual lays it out: the site is in
    `versions/1`, and `courant` leads there. `modules` are those of Apache.
    """
    with tempfile.TemporaryDirectory(prefix="guide-") as folder:
        run, root = Path(folder) / "run", Path(folder) / "root"
        if settings is None:
            shutil.copytree(site, root.joinpath(*base.split("/")))
            own = (OWN_NGINX if kind == "nginx" else OWN_APACHE).format(root=root, base=base)
        else:
            shutil.copytree(site, root / "versions/1")
            (root / "courant").symlink_to("versions/1")
            own = settings(root)
        run.mkdir()
        plain, secure = _free_ports()
        authority = trustme.CA()
        certificate = authority.issue_cert("127.0.0.1")
        certificate.private_key_pem.write_to_path(str(run / "key.pem"))
        for blob in certificate.cert_chain_pems:
            blob.write_to_path(str(run / "certificate.pem"), append=True)
        system = system_of(kind)
        loaded = "\n".join(
            f"LoadModule {name}_module {system}/usr/lib/apache2/modules/mod_{name}.so" for name in modules
        )
        user = ""
        if os.geteuid() == 0:
            user = "user nobody nogroup;\n" if kind == "nginx" else "User nobody\nGroup nogroup\n"
        written = run / "server.conf"
        template = NGINX if kind == "nginx" else APACHE
        written.write_text(
            template.format(
                run=run, plain=plain, secure=secure, modules=loaded, settings=own, system=system, user=user
            ),
            encoding="utf-8",
        )
        if user:
            for path in (Path(folder), *Path(folder).rglob("*")):
                shutil.chown(path, "nobody")
        more = ["-e", str(run / "error.log"), "-p", str(run)] if kind == "nginx" else ["-D", "FOREGROUND"]
        process = subprocess.Popen(
            [program(kind), *more, "-c" if kind == "nginx" else "-f", str(written)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        try:
            _wait(process, (plain, secure), run / "error.log")
            trust = ssl.create_default_context()
            authority.configure_trust(trust)
            yield Served(plain, secure, trust)
        finally:
            process.terminate()
            process.communicate(timeout=20)


def _wait(process: subprocess.Popen[str], ports: tuple[int, ...], log: Path) -> None:
    for _ in range(200):
        assert process.poll() is None, (process.communicate()[0], log.read_text() if log.exists() else "")
        try:
            for port in ports:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{process.args} ne répond pas")
