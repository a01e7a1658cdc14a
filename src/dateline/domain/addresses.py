"""Where somebody comes from on the network, as limits count it."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address, ip_network

_MAPPED_BITS = 96


def house_of(address: str) -> str:
    """Whom a limit is for: an address of IPv4; of IPv6 a network, for a house has a whole one."""
    known = _known(address)
    if isinstance(known, IPv6Address):
        return str(ip_network((known, 64), strict=False))
    return str(known) if known else address


def is_here(address: str) -> bool:
    """Whether it is this machine: a proxy that does not say whom it speaks for, or its owner."""
    known = _known(address)
    # No address at all: a socket of this machine.
    return known.is_loopback if known else not address


def networks_of(named: str) -> list[str]:
    """The addresses and networks of a list with commas; those of IPv4 also as a socket spells them
    that takes both.

    :raises ValueError: one of them is none.
    """
    found = []
    for one in named.split(","):
        network = ip_network(one.strip())
        found.append(str(network))
        if isinstance(network, IPv4Network):
            bits = _MAPPED_BITS + network.prefixlen
            found.append(str(ip_network(f"::ffff:{network.network_address}/{bits}")))
    return found


def _known(address: str) -> IPv4Address | IPv6Address | None:
    try:
        known = ip_address(address)
    except ValueError:
        return None
    return (known.ipv4_mapped or known) if isinstance(known, IPv6Address) else known
