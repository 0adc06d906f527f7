"""Which addresses may be connected to. Checked on the resolved IP, at connect time, for every hop.

Refused: private, loopback, link-local (metadata services among them), multicast, reserved, and every form that
hides an IPv4 address in an IPv6 one (mapped, NAT64, 6to4, Teredo). Source: IANA special-purpose registries.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Iterable

from guide.links.options import Network

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_HIDING = tuple(
    ipaddress.IPv6Network(block)
    for block in (
        "::ffff:0:0/96", "::ffff:0:0:0/96", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10",
    )
)  # fmt: skip
# Special-purpose blocks that `ipaddress` takes for public ones, depending on the version of Python.
_SPECIAL = tuple(
    ipaddress.ip_network(block)
    for block in (
        "168.63.129.16/32",  # Azure's internal service, in a public range
        "192.0.0.0/24",  # IETF protocol assignments; 192.0.0.192 is Oracle's metadata service
        "192.88.99.0/24",  # 6to4 relays, withdrawn (RFC 7526)
        "3fff::/20",  # documentation (RFC 9637)
    )
)
_METADATA_NAMES = frozenset({"metadata.google.internal", "metadata.goog", "metadata", "instance-data"})
# RFC 6761: these domains never exist in the public DNS, whatever a broken resolver answers.
_NEVER = (".invalid", ".example", ".localhost")


class UnsafeAddressError(OSError):
    """Raised at connect time by the guard; the link is `unsafe` and nothing was sent."""


class UnknownDomainError(OSError):
    """The name does not exist, or has no address."""


class ResolverError(OSError):
    """The DNS could not answer (SERVFAIL, no resolver)."""


class Guard:
    """`allowed`: networks that `--allow-private` opens."""

    def __init__(self, allowed: Iterable[Network] = ()) -> None:
        self._allowed = tuple(allowed)
        self._lookups = asyncio.Semaphore(16)
        self._known: dict[str, bool] = {}

    def refuses(self, address: str) -> bool:
        """True when nothing may be sent to this IP address. Raises ValueError for what is none."""
        if address not in self._known:
            self._known[address] = self._refuses(address)
        return self._known[address]

    def _refuses(self, address: str) -> bool:
        ip = ipaddress.ip_address(address.partition("%")[0])
        if any(ip.version == network.version and ip in network for network in self._allowed):
            return False
        if isinstance(ip, ipaddress.IPv6Address) and any(ip in block for block in _HIDING):
            return True
        special = any(ip.version == block.version and ip in block for block in _SPECIAL)
        return special or not ip.is_global or ip.is_multicast or ip.is_reserved

    def check_literal(self, host: str) -> int | None:
        """The family of a literal IP address, None for a name. Raises UnsafeAddressError for a refused address, or a
        name that only means such a one: a metadata service, or this machine (RFC 6761 §6.3), whatever the DNS says."""
        try:
            refused = self.refuses(host)
        except ValueError:
            name = host.rstrip(".")
            local = name == "localhost" or name.endswith(".localhost")
            refused = name in _METADATA_NAMES or (local and self.refuses("127.0.0.1"))
            if refused:
                raise UnsafeAddressError(host) from None
            return None
        if refused:
            raise UnsafeAddressError(host)
        return int(socket.AF_INET6 if ":" in host else socket.AF_INET)

    def is_refused(self, host: str) -> bool:
        """Whether `check_literal` refuses the host."""
        try:
            self.check_literal(host)
        except UnsafeAddressError:
            return True
        return False

    def keep(self, host: str, addresses: list[str]) -> list[str]:
        """The addresses of `host` that may be used. One refused address condemns the name (DNS rebinding),
        except NAT64 synonyms of public addresses, which IPv6-only networks add to every name."""
        kept = []
        for address in addresses:
            if not self.refuses(address):
                kept.append(address)
            elif not self._is_public_nat64(address):
                raise UnsafeAddressError(f"{host} → {address}")
        if not kept:
            raise UnsafeAddressError(f"{host} → {addresses[0]}")
        return kept

    def _is_public_nat64(self, address: str) -> bool:
        ip = ipaddress.ip_address(address.partition("%")[0])
        if not isinstance(ip, ipaddress.IPv6Address) or ip not in NAT64:
            return False
        return not self.refuses(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))

    async def resolve(self, host: str, port: int) -> list[tuple[int, str]]:
        """(family, address) pairs that may be used. Raises UnsafeAddressError, UnknownDomainError, ResolverError."""
        if (family := self.check_literal(host)) is not None:
            return [(family, host)]
        try:
            async with self._lookups:
                found = await _in_thread(host, port)
        except socket.gaierror as error:
            if _does_not_exist(host, error):
                raise UnknownDomainError(host) from None
            raise ResolverError(host) from None
        except UnicodeError:
            raise UnknownDomainError(host) from None
        families = {address: family for family, address in found}
        return [(families[address], address) for address in self.keep(host, list(families))]


def _in_thread(host: str, port: int) -> asyncio.Future[list[tuple[int, str]]]:
    """The system's lookup, in a thread that nobody waits for at the end: a silent DNS must not hold a run that
    is over, and the system's lookup cannot be interrupted (executors wait for their threads)."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[tuple[int, str]]] = loop.create_future()

    def settle(found: list[tuple[int, str]], error: Exception | None) -> None:
        if not future.done():
            future.set_exception(error) if error else future.set_result(found)

    def work() -> None:
        found, failure = [], None
        try:
            found = _lookup(host, port)
        except (OSError, UnicodeError) as error:
            failure = error
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            loop.call_soon_threadsafe(settle, found, failure)

    threading.Thread(target=work, name=f"dns {host}", daemon=True).start()
    return future


def _lookup(host: str, port: int) -> list[tuple[int, str]]:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [(int(family), str(address[0])) for family, _, _, _, address in answers]


def _does_not_exist(host: str, error: socket.gaierror) -> bool:
    if error.errno == socket.EAI_NONAME or error.errno == getattr(socket, "EAI_NODATA", None):
        return True
    return host.rstrip(".").endswith(_NEVER)
