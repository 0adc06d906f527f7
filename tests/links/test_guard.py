"""No address of the inside is ever reached, however it is written."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.links.guard import Guard, UnsafeAddressError

GUARD = Guard()
REFUSED = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
           "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "168.63.129.16", "192.0.0.192", "192.88.99.1", "3fff::1", "::", "::1",
           "fe80::1%eth0", "fd00:ec2::254", "ff02::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "64:ff9b::808:808",
           "64:ff9b:1::1", "2002:7f00:1::", "2001:0:1::1", "fec0::1", "::127.0.0.1", "2001:db8::1"]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_refused(address: str) -> None:
    assert GUARD.refuses(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "91.198.174.192", "2a00:1450:4007:80e::200e", "2606:4700::1"])
def test_public(address: str) -> None:
    assert not GUARD.refuses(address)


@given(st.ip_addresses(v=4))
def test_every_hidden_form_of_an_ipv4_address_is_refused(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    for prefix in ("::ffff:0:0", "64:ff9b::"):
        assert GUARD.refuses(str(ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) + number)))


def test_an_allowed_network_opens_nothing_else() -> None:
    guard = Guard([ipaddress.ip_network("127.0.0.0/24")])
    assert not guard.refuses("127.0.0.9")
    assert guard.refuses("127.0.1.1") and guard.refuses("::ffff:127.0.0.9") and guard.refuses("10.0.0.1")


def test_one_private_answer_condemns_a_name_but_a_nat64_synonym_does_not() -> None:
    with pytest.raises(UnsafeAddressError):
        GUARD.keep("x.fr", ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(UnsafeAddressError):
        GUARD.keep("x.fr", ["64:ff9b::a00:1"])
    assert GUARD.keep("x.fr", ["64:ff9b::808:808", "8.8.8.8"]) == ["8.8.8.8"]


def test_metadata_services_are_known_by_name() -> None:
    with pytest.raises(UnsafeAddressError):
        GUARD.check_literal("metadata.google.internal")


@pytest.mark.parametrize("name", ["localhost", "localhost.", "site.localhost"])
def test_the_names_of_this_machine_are_refused_whatever_the_dns_says(name: str) -> None:
    with pytest.raises(UnsafeAddressError):
        GUARD.check_literal(name)
    Guard([ipaddress.ip_network("127.0.0.0/8")]).check_literal(name)


def test_the_last_check_is_on_the_address_itself() -> None:
    with pytest.raises(UnsafeAddressError):
        GUARD.check_literal("10.0.0.1")
