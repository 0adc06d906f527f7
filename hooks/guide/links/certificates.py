"""TLS as tolerant as browsers are, no more: they complete a chain of certificates that a site sends in part.

The missing intermediate is the one that the site's certificate names (RFC 5280 §4.2.2.1). It is asked for in plain
HTTP under the guard, and only helps to reach an authority that was already trusted: never is it one itself.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

from guide.links.addresses import Address, AddressError, parse
from guide.links.exchange import Failure
from guide.links.verdict import Reason
from guide.links.wire import CutError, Wire, WireError

_ISSUERS = bytes.fromhex(
    "06082b0601050507300286"
)  # id-ad-caIssuers, then a URI: its length and its text follow
_MISSING = {2, 20, 21}
_STEPS = 3
_LARGEST = 65_536


def is_incomplete(error: BaseException) -> bool:
    return isinstance(error, ssl.SSLCertVerificationError) and error.verify_code in _MISSING


class Certificates:
    """The contexts of a run, made when first needed: loading the authorities takes time."""

    def __init__(self, ca_file: str | None, wire: Wire) -> None:
        self._ca_file, self._wire = ca_file, wire
        self._common: ssl.SSLContext | None = None
        self._completed: dict[str, ssl.SSLContext] = {}
        self._tried: dict[str, asyncio.Task[Failure | None]] = {}

    def context(self, site: str) -> ssl.SSLContext:
        """For a site (host and port): its own once its chain was completed, else everybody's."""
        if self._common is None:
            self._common = self._make()
        return self._completed.get(site, self._common)

    def is_completed(self, site: str) -> bool:
        return site in self._completed

    async def complete(self, address: Address) -> Failure | None:
        """Try to complete the chain of a host. None when it is (the next request will know it), else why it cannot be."""
        task = self._tried.get(address.netloc)
        if task is None:
            task = self._tried[address.netloc] = asyncio.ensure_future(self._complete(address))
        return await asyncio.shield(task)

    async def _complete(self, address: Address) -> Failure | None:
        certificate = await self._leaf(address)
        found: list[bytes] = []
        for _ in range(_STEPS):
            url = _issuer(certificate)
            if not url:
                break
            fetched = await self._fetch(url)
            if isinstance(fetched, str) and not found:
                return Failure(Reason.TLS_INCOMPLETE, fetched)
            if isinstance(fetched, str) or _is_root(fetched):
                break  # what was found may be enough
            certificate = fetched
            found.append(certificate)
        if not found:
            return Failure(Reason.TLS_UNKNOWN)  # the site names no intermediate
        context = self._make()
        for one in found:
            context.load_verify_locations(cadata=one)
        self._completed[address.netloc] = context
        return None

    def _make(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if not context.cert_store_stats()["x509_ca"]:
            try:
                import certifi  # machines without a system store

                context.load_verify_locations(certifi.where())
            except ImportError:
                pass
        if self._ca_file:
            context.load_verify_locations(self._ca_file)
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
        # An intermediate that we fetched must lead to a root, whatever the version of Python thinks of it.
        context.verify_flags &= ~getattr(ssl, "VERIFY_X509_PARTIAL_CHAIN", 0x80000)
        return context

    async def _leaf(self, address: Address) -> bytes:
        """What the site presents, unverified; nothing is said to it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        try:
            line = await self._wire.connect(address, context)
        except (OSError, TimeoutError):
            return b""
        shown: Any = line.transport.get_extra_info("ssl_object")
        line.transport.abort()
        return shown.getpeercert(binary_form=True) or b""

    async def _fetch(self, url: str) -> bytes | str:
        """An intermediate certificate in DER, or why there is none, in French."""
        try:
            address = parse(url)
            if address.scheme != "http":
                return "son certificat intermédiaire n’est pas à une adresse http"
            line = await self._wire.send("GET", address, "", None)
            status, data = line.status, b""
            try:
                while (piece := await line.data()) and len(data) < _LARGEST:
                    data += piece
            finally:
                self._wire.finish(line)
        except (AddressError, WireError, CutError, OSError, TimeoutError) as error:
            return (
                f"son certificat intermédiaire n’a pas pu être demandé : {str(error) or type(error).__name__}"
            )
        if status != 200 or not data:
            return f"son certificat intermédiaire manque aussi : réponse {status}"
        try:
            return ssl.PEM_cert_to_DER_cert(data.decode("ascii")) if data.startswith(b"-----") else data
        except ValueError:
            return "son certificat intermédiaire est illisible"


def _issuer(certificate: bytes) -> str:
    """Where the certificate says that its issuer's can be had."""
    at = certificate.find(_ISSUERS)
    if at < 0:
        return ""
    at += len(_ISSUERS)
    length = certificate[at]
    return certificate[at + 1 : at + 1 + length].decode("ascii", "replace") if length < 0x80 else ""


def _is_root(certificate: bytes) -> bool:
    """True for an authority that vouches for itself (or for what is no certificate of an authority)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cadata=certificate)
    except ssl.SSLError:
        return True
    known = context.get_ca_certs()
    return len(known) != 1 or known[0].get("subject") == known[0].get("issuer")
