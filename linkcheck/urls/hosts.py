"""Host names: ASCII form, IP addresses, private addresses, registrable domains. Pure; nothing is resolved."""

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
"""Longer texts can't be a host in any encoding, and aren't decoded."""

_LOOPBACK = (IPv4Address("127.0.0.1"), IPv6Address("::1"))
_LOCALHOST = ("localhost", "localhost.localdomain", "localhost6", "ip6-localhost", "ip6-loopback")
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
_IPV4_EMBEDDINGS = ((IPv6Network("64:ff9b::/96"), 0), (IPv6Network("::/96"), 0), (IPv6Network("2002::/16"), 80))
"""IPv6 ranges that embed an IPv4 address (NAT64, IPv4-compatible, 6to4), and the number of bits to its right."""


@lru_cache(maxsize=8192)
def ascii_host(host: str) -> str | None:
    """The ASCII form of a host as sent to DNS and servers, or None if the text can't be a host.

    Names are percent-decoded and lower-cased. Non-ASCII names are mapped by UTS 46 and encoded by IDNA 2008 (RFC 5891), or by
    Punycode alone if that refuses a label that browsers accept (an emoji). Underscores and outer hyphens are accepted. Addresses
    become canonical, without brackets (from `0x7f.1`, `2130706433`, `[::0001]`).
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
    import idna  # large tables, needed only for non-ASCII names

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
    """An IPv4 address from one to four decimal, octal or hexadecimal numbers, as inet_aton and browsers read them."""
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
    """Why `ascii_host` is None for a host, as the end of a sentence; "" for a valid host."""
    if ascii_host(host) is not None:
        return ""
    if not host:
        return "it is empty"
    if host.startswith("["):
        return "the text in brackets is not an IPv6 address"
    name = unquote(host, errors="replace").lower()
    labels = name.removesuffix(".").split(".")
    if "" in labels:
        return "it has two dots in a row, or begins with a dot"
    if len(host) > _MAX_ENCODED or (name.isascii() and len(name) > _MAX_LENGTH):
        return f"it is longer than {_MAX_LENGTH} characters"
    if any(len(label) > 63 for label in labels):
        return "a part between dots is longer than 63 characters"
    bad = next((char for char in name if char.isascii() and not (char.isalnum() or char in "-_.")), None)
    if bad is not None:
        return f"a host name can't contain {bad!r}"
    if any(not label.strip("-_") for label in labels):
        return "a part between dots has no letter or digit"
    if _NUMBER.fullmatch(labels[-1]):
        return "it ends in a number, but is not an IPv4 address"
    return "it contains a character that host names can't have"


@lru_cache(maxsize=4096)
def address(host: str) -> Address | None:
    """The IP address that an ASCII host is, or None for a name. Reads canonical forms only, as `ascii_host` returns them."""
    try:
        return IPv6Address(host) if ":" in host else IPv4Address(host)
    except AddressValueError:
        return None


def is_private(ip: Address, allowed: Iterable[Network] = ()) -> bool:
    """Whether an address isn't globally reachable (RFC 6890) or is multicast, so that it must not be connected to.

    For IPv6 addresses that embed an IPv4 address (mapped, NAT64, 6to4) that address counts, too. Addresses in `allowed` networks
    aren't private.
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
    """Whether an ASCII host is a private address or `localhost` (RFC 6761), without resolving names."""
    name = host.removesuffix(".")
    if name in _LOCALHOST or name.endswith(".localhost"):
        networks = tuple(allowed)
        return not any(one.version == net.version and one in net for one in _LOOPBACK for net in networks)
    ip = address(name)
    return ip is not None and is_private(ip, allowed)


@cache
def _suffix_list() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # takes 39 ms, and offline commands don't need it

    return PublicSuffixList()


@lru_cache(maxsize=16_384)
def host_key(host: str) -> str:
    """The registrable domain of a host by the Public Suffix List, private suffixes included (`foo.github.io` is one).

    Addresses, single labels, public suffixes and texts that are no host are returned as they are.
    """
    name = ascii_host(host) or ascii_host(f"[{host}]") or host
    if address(name) is not None:
        return name
    name = name.removesuffix(".")
    if "." not in name or not name.isascii():
        return name
    return _suffix_list().privatesuffix(name) or name
