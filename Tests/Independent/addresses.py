"""Which addresses may be delivered to: public ones, and this machine when that is allowed."""

import ipaddress
import socket


class AddressRefused(OSError):
    """A name stands for an address that no endpoint may have."""


NAT64 = ipaddress.ip_network("64:ff9b::/96")


def embedded(address):
    """The IPv4 address that an IPv6 address stands for, or the address itself."""
    if address.version == 4:
        return address
    if address in NAT64:
        return ipaddress.ip_address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address


def is_allowed(text, allow_loopback):
    """Whether a numeric address may be connected to."""
    address = embedded(ipaddress.ip_address(text.partition("%")[0]))
    return address.is_global and not address.is_multicast or allow_loopback and address.is_loopback


def resolve(host, port, allow_loopback):
    """All addresses of a host that may be connected to.

    What was checked is what is connected to, so that a name cannot change its mind in between.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    allowed = [entry for entry in found if is_allowed(entry[4][0], allow_loopback)]
    if not allowed:
        raise AddressRefused(f"{host} is not a public address")
    return allowed
