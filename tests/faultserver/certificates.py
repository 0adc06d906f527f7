"""One healthy certificate and one for each way to spoil TLS, made with trustme."""

from __future__ import annotations

import datetime as dt
import ssl
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ADDRESS = "127.0.0.1"


class Authority:
    """`ca_file` is what `--ca` receives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root = trustme.CA()
        self.ca_file = folder / "autorite.pem"
        self._root.cert_pem.write_to_path(str(self.ca_file))

    def contexts(self) -> dict[str, ssl.SSLContext]:
        """One server context for each `{tls…}` place of the truth table."""
        long_ago, yesterday = dt.datetime(2020, 1, 1), dt.datetime(2021, 1, 1)
        child = self._root.create_child_ca()
        chained = child.issue_cert(ADDRESS)
        return {
            "tls": _context(self._root.issue_cert(ADDRESS, "localhost")),
            "tls_expired": _context(self._root.issue_cert(ADDRESS, not_before=long_ago, not_after=yesterday)),
            "tls_wrong_host": _context(self._root.issue_cert("autre.example")),
            "tls_unknown": _context(trustme.CA().issue_cert(ADDRESS)),
            "tls_chain": _context(chained),
            "tls_incomplete": self._leaf_only(chained),
            "tls_self_signed": self._self_signed(),
        }

    def _load(self, name: str, key: bytes, certificate: bytes) -> ssl.SSLContext:
        path = self._folder / f"{name}.pem"
        path.write_bytes(key + certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _leaf_only(self, leaf: trustme.LeafCert) -> ssl.SSLContext:
        return self._load("incomplet", leaf.private_key_pem.bytes(), leaf.cert_chain_pems[0].bytes())

    def _self_signed(self) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, ADDRESS)])
        now = dt.datetime.now(dt.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=30))
            .sign(key, hashes.SHA256())
        )
        pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
        key_pem = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
        return self._load("auto-signe", key_pem, certificate.public_bytes(pem))


def _context(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return context
