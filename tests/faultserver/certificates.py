"""One healthy certificate and one for each way to spoil TLS, made with trustme."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

ADDRESS = "127.0.0.1"
# What `/intermediaire.der/NAME` answers, in DER.
INTERMEDIATE: dict[str, bytes] = {}


class Authority:
    """`ca_file` is what `--ca` receives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root = trustme.CA()
        self.ca_file = folder / "autorite.pem"
        self._root.cert_pem.write_to_path(str(self.ca_file))

    def contexts(self, port: int) -> dict[str, ssl.SSLContext]:
        """One server context for each `{tls…}` place of the truth table; `port` serves the intermediates."""
        long_ago, yesterday = dt.datetime(2020, 1, 1), dt.datetime(2021, 1, 1)
        child = self._root.create_child_ca()
        chained = child.issue_cert(ADDRESS)
        return {
            "tls": _context(self._root.issue_cert(ADDRESS, "localhost")),
            "tls_expired": _context(self._root.issue_cert(ADDRESS, not_before=long_ago, not_after=yesterday)),
            "tls_wrong_host": _context(self._root.issue_cert("autre.example")),
            "tls_unknown": _context(trustme.CA().issue_cert(ADDRESS)),
            "tls_chain": _context(chained),
            "tls_incomplete": self._named("good", port),
            "tls_lost": self._named("perdu", port),
            "tls_half": self._named("half", port),
            "tls_unknown_named": self._named("unknown", port),
            "tls_root_named": self._named("root", port),
            "tls_self_signed": self._self_signed(),
        }

    def _load(self, name: str, key: bytes, certificate: bytes) -> ssl.SSLContext:
        path = self._folder / f"{name}.pem"
        path.write_bytes(key + certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _named(self, name: str, port: int) -> ssl.SSLContext:
        """A leaf alone, that names where its issuer's certificate is: a good intermediate, none, one whose own
        issuer cannot be had, one of an unknown authority, or an unknown authority itself."""
        now, der = dt.datetime.now(dt.UTC), serialization.Encoding.DER
        top_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        top_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Intermédiaire {name}")])
        known = name in {"good", "perdu", "half"}
        if known:
            signer = serialization.load_pem_private_key(self._root.private_key_pem.bytes(), None)
            issuer = x509.load_pem_x509_certificate(self._root.cert_pem.bytes()).subject
        else:
            signer = top_key if name == "root" else ec.generate_private_key(ec.SECP256R1())
            issuer = (
                top_name
                if name == "root"
                else x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ailleurs")])
            )
        assert isinstance(signer, ec.EllipticCurvePrivateKey)

        def certificate(
            subject: x509.Name, public: ec.EllipticCurvePublicKey, by: x509.Name
        ) -> x509.CertificateBuilder:
            return (
                x509.CertificateBuilder()
                .subject_name(subject)
                .issuer_name(by)
                .public_key(public)
                .serial_number(x509.random_serial_number())
                .not_valid_before(now - dt.timedelta(days=1))
                .not_valid_after(now + dt.timedelta(days=30))
            )

        top = certificate(top_name, top_key.public_key(), issuer)
        top = top.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        top = top.add_extension(
            x509.KeyUsage(False, False, False, False, False, True, True, False, False), critical=True
        )  # fmt: skip
        if name == "half":
            top = top.add_extension(
                _issuer_at(f"http://{ADDRESS}:{port}/intermediaire.der/x/perdu"), critical=False
            )
        if name != "perdu":
            INTERMEDIATE[name] = top.sign(signer, hashes.SHA256()).public_bytes(der)
        leaf = certificate(x509.Name([]), key.public_key(), top_name)
        leaf = leaf.add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(ADDRESS))]), critical=True
        )
        where = f"http://{ADDRESS}:{port}/intermediaire.der/x/{name}"
        leaf = leaf.add_extension(_issuer_at(where), critical=False)
        pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
        key_pem = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
        return self._load(f"nomme-{name}", key_pem, leaf.sign(top_key, hashes.SHA256()).public_bytes(pem))

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


def _issuer_at(url: str) -> x509.AuthorityInformationAccess:
    where = x509.UniformResourceIdentifier(url)
    return x509.AuthorityInformationAccess(
        [x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, where)]
    )


def _context(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return context
