"""Who counts as one, who is this machine, and how proxies are named."""

from ipaddress import ip_address, ip_network

import pytest

from dateline.domain.addresses import house_of, is_here, networks_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:0DB8:1:2:ffff::9"),
        ("203.0.113.9", "::ffff:203.0.113.9"),
        ("fe80::1%eth0", "fe80::2"),
    ],
)
def test_one_house(one: str, other: str) -> None:
    """Who changes the address within a network of IPv6, or its spelling, is the same."""
    assert house_of(one) == house_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("203.0.113.9", "203.0.113.10"),
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ("::ffff:203.0.113.9", "::ffff:203.0.113.10"),
        ("testclient", "other"),
    ],
)
def test_two_houses(one: str, other: str) -> None:
    """Others are others, also those of IPv4 on a socket that takes both."""
    assert house_of(one) != house_of(other)


def test_this_machine() -> None:
    """Loopback in each spelling, and what has no address; nobody else."""
    assert all(map(is_here, ("127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "")))
    assert not any(map(is_here, ("10.0.0.1", "2001:db8::1", "localhost", "127.0.0.1, 10.0.0.1")))


def test_proxies() -> None:
    """Addresses and networks of both families; IPv4 also where it comes as IPv6."""
    networks = [ip_network(one) for one in networks_of("10.1.0.0/16, ::1,192.0.2.1")]
    for address in ("10.1.2.3", "::ffff:10.1.2.3", "::1", "192.0.2.1", "::ffff:192.0.2.1"):
        assert any(ip_address(address) in network for network in networks), address
    for address in ("10.2.0.1", "::ffff:10.2.0.1", "::2"):
        assert not any(ip_address(address) in network for network in networks), address


@pytest.mark.parametrize("named", ["", "proxy.example", "10.0.0.1/8", "*", "10.0.0.1,,10.0.0.2"])
def test_no_proxies(named: str) -> None:
    """What is no address, or a network with bits of a host, is said to be none."""
    with pytest.raises(ValueError, match=r"\S"):
        networks_of(named)
