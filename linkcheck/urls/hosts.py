"""Hosts: their ASCII form, the addresses they spell, which of these are private, and who owns a name. Pure, no resolving."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_LABEL = re.compile(r"(?!.{64})[_-]*[a-z0-9][a-z0-9_-]*")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_MAX_LENGTH = 253
_MAX_ENCODED = 4 * _MAX_LENGTH
"""Texts above this are no host in any encoding; they aren't even decoded."""

_LOOPBACK = (IPv4Address("127.0.0.1"), IPv6Address("::1"))
_LOCALHOST = ("localhost", "localhost.localdomain", "localhost6", "ip6-localhost", "ip6-loopback")
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
_IPV4_EMBEDDINGS = ((IPv6Network("64:ff9b::/96"), 0), (IPv6Network("::/96"), 0), (IPv6Network("2002::/16"), 80))
"""Ranges that carry an IPv4 address (NAT64, IPv4-compatible, 6to4), and the bits to its right."""


@lru_cache(maxsize=8192)
def ascii_host(host: str) -> str | None:
    """The form of a host that goes on the wire, or None where the text can't be a host.

    Names are percent-decoded and lower-cased; others than ASCII are mapped by UTS 46 and encoded by IDNA 2008 (RFC 5891), and
    where that refuses a label that browsers take (an emoji), by Punycode alone. Underscores and outer hyphens exist in the wild
    and stay. Addresses come out canonical and without brackets, whatever their spelling (`0x7f.1`, `2130706433`, `[::0001]`).
    """
    if not host or len(host) > _MAX_ENCODED:
        return None
    if host.startswith("["):
        return _ipv6(host)
    name = unquote(host, errors="replace") if "%" in host else host
    mapped = name.lower() if name.isascii() else _to_ascii(name)
    if mapped is None:
        return None
    labels = mapped.removesuffix(".").split(".")
    if len(mapped.removesuffix(".")) > _MAX_LENGTH or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(labels)
    return mapped


def _to_ascii(name: str) -> str | None:
    import idna  # its tables are large, and only non-ASCII names need them

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        pass
    try:
        labels = idna.uts46_remap(name, std3_rules=False, transitional=False).split(".")
        return ".".join(label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii") for label in labels)
    except (idna.IDNAError, UnicodeError):
        return None


def _ipv6(host: str) -> str | None:
    try:
        return str(IPv6Address(host[1:-1])) if host.endswith("]") and "%" not in host else None
    except AddressValueError:
        return None


def _ipv4(labels: list[str]) -> str | None:
    """One to four numbers, decimal, octal or hexadecimal; the last fills what is left (as inet_aton and browsers read them)."""
    numbers: list[int] = []
    for label in labels:
        if not _NUMBER.fullmatch(label):
            return None
        digits, base = (label[2:] or "0", 16) if label.startswith("0x") else (label, 8 if label[0] == "0" else 10)
        try:
            numbers.append(int(digits, base))
        except ValueError:
            return None
    if len(numbers) > 4 or any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        return None
    return str(IPv4Address(sum(number << 8 * (3 - at) for at, number in enumerate(numbers[:-1])) + numbers[-1]))


def host_problem(host: str) -> str:
    """What is wrong with a host for which `ascii_host` is None, as the end of a sentence; "" for a good one."""
    if ascii_host(host) is not None:
        return ""
    if not host:
        return "it is empty"
    if host.startswith("["):
        return "what stands in brackets is no IPv6 address"
    name = unquote(host, errors="replace").lower()
    labels = name.removesuffix(".").split(".")
    if "" in labels:
        return "two dots in a row, or one at its beginning"
    if len(host) > _MAX_ENCODED or (name.isascii() and len(name) > _MAX_LENGTH):
        return f"longer than {_MAX_LENGTH} characters"
    if any(len(label) > 63 for label in labels):
        return "a part between two dots has more than 63 characters"
    bad = next((char for char in name if char.isascii() and not (char.isalnum() or char in "-_.")), None)
    if bad is not None:
        return f"{bad!r} can't stand in a host name"
    if any(not label.strip("-_") for label in labels):
        return "a part between two dots has neither letter nor digit"
    if _NUMBER.fullmatch(labels[-1]):
        return "it ends in a number and is no IPv4 address"
    return "it has a character that no host name can have"


@lru_cache(maxsize=4096)
def address(host: str) -> Address | None:
    """The address that an ASCII host is, or None for a name. Canonical forms only, as `ascii_host` returns them."""
    try:
        return IPv6Address(host) if ":" in host else IPv4Address(host)
    except AddressValueError:
        return None


def is_private(ip: Address, allowed: Iterable[Network] = ()) -> bool:
    """Whether an address leads to a machine or network of one's own (RFC 6890, and multicast): never to be connected to.

    IPv6 addresses that carry an IPv4 address (mapped, NAT64, 6to4) are judged by it as well. `allowed` networks aren't private.
    """
    embedded = _embedded_ipv4(ip)
    addresses = (ip,) if embedded is None else (ip, embedded)
    if any(one.version == network.version and one in network for network in allowed for one in addresses):
        return False
    if isinstance(ip, IPv6Address):
        if embedded is not None:
            return is_private(embedded)
        if ip.is_site_local or ip in _LOCAL_NAT64:
            return True
    return not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified


def _embedded_ipv4(ip: Address) -> IPv4Address | None:
    if isinstance(ip, IPv4Address):
        return None
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if int(ip) <= 1:
        return None
    for network, shift in _IPV4_EMBEDDINGS:
        if ip in network:
            return IPv4Address(int(ip) >> shift & 0xFFFFFFFF)
    return None


def private_host(host: str, allowed: Iterable[Network] = ()) -> bool:
    """Whether an ASCII host says without any resolving that it is private: a private address, or `localhost` (RFC 6761)."""
    name = host.removesuffix(".")
    if name in _LOCALHOST or name.endswith(".localhost"):
        networks = tuple(allowed)
        return not any(one.version == net.version and one in net for one in _LOOPBACK for net in networks)
    ip = address(name)
    return ip is not None and is_private(ip, allowed)


@cache
def _suffix_list() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # 39 ms to build (CPU, measured), which no command needs that asks nothing

    return PublicSuffixList()


@lru_cache(maxsize=65536)
def host_key(host: str) -> str:
    """Whose a host is: its registrable domain by the Public Suffix List, private suffixes included (`foo.github.io` is one).

    Addresses, single labels and public suffixes stand for themselves; so does a text that is no host.
    """
    name = ascii_host(host) or ascii_host(f"[{host}]") or host
    if address(name) is not None:
        return name
    name = name.removesuffix(".")
    if "." not in name or not name.isascii():
        return name
    return _suffix_list().privatesuffix(name) or name
