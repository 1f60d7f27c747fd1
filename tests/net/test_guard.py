"""Public addresses, approval of hosts, and caching of lookups."""

from __future__ import annotations

import asyncio
from ipaddress import ip_network

import pytest

from linkcheck.model import FailureKind
from linkcheck.net.dns import Answer
from linkcheck.net.guard import Approval, Guard, interleaved, is_public
from linkcheck.net.proxy import Proxies
from tests.net.scripted import Names

pytestmark = pytest.mark.anyio

PUBLIC = [
    "93.184.216.34", "8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "223.255.255.255",
    "2606:4700::1111", "2a00:1450:4001::200e", "64:ff9b::8.8.8.8", "2002:808:808::1", "::ffff:8.8.8.8",
]  # fmt: skip
PRIVATE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.51.100.7", "203.0.113.9", "198.18.0.1", "198.19.255.255", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fe80::1%eth0", "2606:4700::1111%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1",
    "3fff::1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "64:ff9b:1::1", "64:ff9b::10.0.0.1", "64:ff9b::7f00:1",
    "2002:7f00:1::", "2002:a00:1::1", "2002:c0a8:101::1", "::ffff:127.0.0.1", "::ffff:192.168.0.1", "::127.0.0.1", "::10.0.0.1",
    "4000::1", "5f00::1", "8000::1", "0200::1",
    "", "localhost", "256.1.1.1", "1.2.3", "2130706433", "0x7f000001", "127.1", "[::1]", "8.8.8.8 ", "8.8.8.8:80",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("address", "network", "allowed"),
    [
        ("127.0.0.1", "127.0.0.0/8", True), ("127.0.0.1", "127.0.0.2/32", False), ("10.1.2.3", "10.0.0.0/8", True),
        ("::1", "127.0.0.0/8", False), ("::1", "::1/128", True), ("fd00::1", "fd00::/8", True),
        ("::ffff:10.1.2.3", "10.0.0.0/8", True), ("192.168.0.1", "10.0.0.0/8", False), ("8.8.8.8", "10.0.0.0/8", True),
    ],
)  # fmt: skip
def test_allowed_networks_are_public(address: str, network: str, allowed: bool) -> None:
    assert is_public(address, [ip_network(network)]) is allowed


def test_families_alternate() -> None:
    assert interleaved(["4.0.0.1", "4.0.0.2", "6::1", "4.0.0.1", "6::2", "6::3"]) == (
        "6::1",
        "4.0.0.1",
        "6::2",
        "4.0.0.2",
        "6::3",
    )
    assert interleaved(["4.0.0.1", "4.0.0.2"]) == ("4.0.0.1", "4.0.0.2")
    assert interleaved([]) == ()


DOWN = Answer(failure=FailureKind.DNS_FAILURE, detail="SERVFAIL")
TABLE = {
    "good.example": ("8.8.8.8", "2606:4700::1"),
    "mixed.example": ("10.0.0.1", "8.8.8.8", "::1"),
    "inside.example": ("10.0.0.1", "127.0.0.1"),
    "metadata.example": ("169.254.169.254",),
    "down.example": DOWN,
    "empty.example": Answer(),
}


@pytest.mark.parametrize(
    ("host", "addresses", "failure"),
    [
        ("good.example", ("2606:4700::1", "8.8.8.8"), None),
        ("mixed.example", ("8.8.8.8",), None),
        ("inside.example", (), FailureKind.PRIVATE_ADDRESS),
        ("metadata.example", (), FailureKind.PRIVATE_ADDRESS),
        ("down.example", (), FailureKind.DNS_FAILURE),
        ("empty.example", (), FailureKind.DNS_FAILURE),
        ("none.example", (), FailureKind.NO_SUCH_HOST),
        ("8.8.8.8", ("8.8.8.8",), None),
        ("2606:4700::1", ("2606:4700::1",), None),
        ("192.168.0.1", (), FailureKind.PRIVATE_ADDRESS),
        ("::ffff:10.0.0.1", (), FailureKind.PRIVATE_ADDRESS),
        ("localhost", (), FailureKind.PRIVATE_ADDRESS),
        ("x.localhost.", (), FailureKind.PRIVATE_ADDRESS),
    ],
)
async def test_approval(host: str, addresses: tuple[str, ...], failure: FailureKind | None) -> None:
    approval = await Guard(Names(TABLE)).approve(host, 443)
    assert (approval.addresses, approval.failure) == (addresses, failure)
    assert bool(approval.detail) is (failure is not None)


async def test_addresses_and_localhost_are_never_resolved() -> None:
    names = Names(TABLE)
    guard = Guard(names)
    for host in ("8.8.8.8", "::1", "localhost", "10.0.0.1"):
        await guard.approve(host, 80)
    assert names.asked == []


async def test_a_name_is_resolved_once_for_parallel_requests() -> None:
    names = Names(TABLE)
    guard = Guard(names)
    waiting = [guard.approve(host, port) for port in range(50) for host in TABLE]
    await asyncio.gather(*waiting)
    await guard.approve("good.example", 80)
    assert sorted(names.asked) == sorted(TABLE)


async def test_answers_are_cached_for_their_ttl() -> None:
    now = [0.0]
    names = Names(TABLE)
    guard = Guard(names, ttl=10.0, clock=lambda: now[0])
    for second in (0.0, 9.0, 11.0, 12.0):
        now[0] = second
        await guard.approve("good.example", 80)
    assert len(names.asked) == 2


async def test_only_the_latest_answers_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkcheck.net.guard._KEPT", 2)
    names = Names({f"{letter}.example": ("8.8.8.8",) for letter in "abc"})
    now = [0.0]
    guard = Guard(names, ttl=10.0, clock=lambda: now[0])
    for second, letter in enumerate("abac"):
        now[0] = 9.0 * second
        await guard.approve(f"{letter}.example", 80)
    await guard.approve("a.example", 80)
    await guard.approve("c.example", 80)
    assert names.asked == [f"{letter}.example" for letter in "abac"], "b is the one that was looked up longest ago"
    await guard.approve("b.example", 80)
    assert names.asked[-1] == "b.example"


async def test_fresh_resolves_again_only_after_a_failure() -> None:
    names = Names({"a.example": DOWN})
    guard = Guard(names)
    assert (await guard.approve("a.example", 80)).failure is FailureKind.DNS_FAILURE
    names.table["a.example"] = ("8.8.8.8",)
    assert (await guard.approve("a.example", 80)).failure is FailureKind.DNS_FAILURE
    assert (await guard.approve("a.example", 80, fresh=True)).addresses == ("8.8.8.8",)
    assert (await guard.approve("a.example", 80, fresh=True)).addresses == ("8.8.8.8",)
    assert len(names.asked) == 2
    names.table["a.example"] = ("8.8.4.4",)
    guard.forget("a.example")
    guard.forget("never.met")
    assert (await guard.approve("a.example", 80)).addresses == ("8.8.4.4",)


class Gate:
    """A resolver that answers when the test allows it."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.asked = 0

    async def resolve(self, _host: str) -> Answer:
        self.asked += 1
        await self.open.wait()
        return Answer(("8.8.8.8",))

    def close(self) -> None:
        self.open.set()


async def test_cancelling_one_request_keeps_the_lookup_for_others() -> None:
    gate = Gate()
    guard = Guard(gate)
    first, second = [asyncio.ensure_future(guard.approve("a.example", 80)) for _ in range(2)]
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    guard.forget("a.example")
    gate.open.set()
    assert (await second) == Approval(("8.8.8.8",))
    assert first.cancelled()
    assert gate.asked == 1


async def test_closing_cancels_lookups() -> None:
    gate = Gate()
    guard = Guard(gate)
    waiting = asyncio.ensure_future(guard.approve("a.example", 80))
    await asyncio.sleep(0.01)
    await guard.aclose()
    assert gate.open.is_set()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_through_a_proxy_names_are_not_resolved_but_private_literals_refused() -> None:
    names = Names(TABLE)
    guard = Guard(names)
    guard.use_proxies(Proxies({"https": "http://proxy:3128", "no": "good.example"}))
    assert (await guard.approve("inside.example", 443)).addresses == ("inside.example",)
    assert (await guard.approve("none.example", 8443, scheme="https")).addresses == ("none.example",)
    assert (await guard.approve("10.0.0.1", 443)).failure is FailureKind.PRIVATE_ADDRESS
    assert names.asked == []
    assert (await guard.approve("good.example", 443)).addresses == ("2606:4700::1", "8.8.8.8")
    assert (await guard.approve("inside.example", 80)).failure is FailureKind.PRIVATE_ADDRESS
