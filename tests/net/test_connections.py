"""Connections of a group: reuse, limits, several addresses, and one retry if a reused one is closed."""

from __future__ import annotations

import asyncio
import socket

import pytest

from linkcheck.model import FailureKind
from linkcheck.net.http import Request
from linkcheck.net.http.connection import _close_late
from tests.net.scripted import QUICK, SHORT, Talk, answering, closing, fetching, page, serving

pytestmark = pytest.mark.anyio


async def test_a_group_reuses_its_connection() -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        for _ in range(5):
            await fetcher.fetch(Request(server.url(), group="a"))
    assert (server.connections, fetcher.requests) == (1, 5)


async def test_groups_share_no_connections() -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        for group in "abab":
            await fetcher.fetch(Request(server.url(), group=group))
    assert server.connections == 2


async def test_fresh_opens_a_new_connection() -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        await fetcher.fetch(Request(server.url()))
        await fetcher.fetch(Request(server.url(), fresh=True))
    assert server.connections == 2


async def test_release_closes_and_the_next_request_reconnects() -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        await fetcher.fetch(Request(server.url(), group="a"))
        await fetcher.release("a")
        await fetcher.release("never seen")
        for _ in range(100):
            if not server.open:
                break
            await asyncio.sleep(0.01)
        assert server.open == 0
        assert (await fetcher.fetch(Request(server.url(), group="a"))).hop.status == 200


async def test_a_request_running_at_release_ends_and_is_then_closed() -> None:
    async def slow(talk: Talk) -> None:
        while await talk.request():
            await asyncio.sleep(0.1)
            await talk.send(page())

    async with serving(slow) as server, fetching() as fetcher:
        asking = asyncio.ensure_future(fetcher.fetch(Request(server.url(), group="a")))
        await server.asked.wait()
        await fetcher.release("a")
        assert (await asking).hop.status == 200
        await asyncio.sleep(0.1)
        assert server.open == 0


async def test_a_group_never_exceeds_its_number_of_connections() -> None:
    """Forty subdomains at one address, two requests in parallel: idle connections are closed."""
    names = {f"s{number}.example": ("127.0.0.1",) for number in range(40)}
    async with serving(answering(page())) as server, fetching(names=names, connections=2) as fetcher:
        left = list(names)

        async def worker() -> None:
            while left:
                reply = await fetcher.fetch(Request(server.url("/", left.pop()), group="one"))
                assert reply.hop.status == 200

        await asyncio.gather(worker(), worker())
    assert server.connections == 40
    assert server.peak <= 3  # the server sees a close one iteration after the next connection


async def test_an_idle_connection_is_closed_to_stay_within_the_limit() -> None:
    seen: list[int] = []

    async def looking(talk: Talk) -> None:
        await talk.request()
        await asyncio.sleep(0.1)
        seen.append(first.open)
        await talk.send(page())

    async with serving(answering(page())) as first, serving(looking) as second, fetching(connections=1) as fetcher:
        await fetcher.fetch(Request(first.url(), group="one"))
        assert first.open == 1
        await fetcher.fetch(Request(second.url(), group="one"))
    assert seen == [0]


async def test_a_reused_connection_that_the_server_closed_is_replaced() -> None:
    async with serving(closing(page())) as server, fetching() as fetcher:
        for _ in range(3):
            assert (await fetcher.fetch(Request(server.url()))).hop.status == 200
            await asyncio.sleep(0.05)
    assert server.connections == 3


async def stale(talk: Talk) -> None:
    """Answer the first request, and close on the second without an answer."""
    await talk.request()
    await talk.send(page())
    await talk.request()


async def stale_by_reset(talk: Talk) -> None:
    await talk.request()
    await talk.send(page())
    await talk.request()
    talk.reset()


@pytest.mark.parametrize("script", [stale, stale_by_reset])
async def test_a_request_is_repeated_once_if_a_reused_connection_closes_without_a_byte(script) -> None:
    async with serving(script) as server, fetching() as fetcher:
        first, second = [await fetcher.fetch(Request(server.url(f"/{number}"))) for number in range(2)]
    assert (first.hop.status, second.hop.status) == (200, 200)
    assert server.targets == [b"/0", b"/1", b"/1"]
    assert fetcher.requests == 3


async def test_a_request_is_not_repeated_if_the_answer_breaks_off() -> None:
    async def script(talk: Talk) -> None:
        await talk.request()
        await talk.send(page())
        await talk.request()
        await talk.send(b"HTTP/1.1 200 OK\r\nX-")

    async with serving(script) as server, fetching() as fetcher:
        await fetcher.fetch(Request(server.url()))
        reply = await fetcher.fetch(Request(server.url()))
    assert reply.hop.failure is FailureKind.TRUNCATED
    assert len(server.heads) == 2


async def test_a_request_is_not_repeated_if_a_new_connection_closes() -> None:
    async with serving(closing(b"")) as server, fetching() as fetcher:
        reply = await fetcher.fetch(Request(server.url()))
    assert reply.hop.failure is FailureKind.RESET
    assert (server.connections, fetcher.requests) == (1, 1)


async def test_a_post_uses_a_new_connection() -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        await fetcher.fetch(Request(server.url()))
        await fetcher.fetch(Request(server.url(), method="POST"))
    assert server.connections == 2


@pytest.mark.parametrize("more", [page(b"smuggled"), b"</html>", b"</html>\r\n\r\n", b"\r\n"])
async def test_bytes_after_an_answer_are_not_read_as_the_next_one(more: bytes) -> None:
    async with serving(answering(page(b"mine") + more)) as server, fetching() as fetcher:
        replies = [await fetcher.fetch(Request(server.url(f"/{number}"))) for number in range(3)]
    assert [(reply.hop.status, reply.body) for reply in replies] == [(200, b"mine")] * 3


async def test_connection_close_is_obeyed() -> None:
    async with serving(answering(page(b"x", "200 OK", "Connection: close"))) as server, fetching() as fetcher:
        for _ in range(2):
            assert (await fetcher.fetch(Request(server.url()))).body == b"x"
    assert server.connections == 2


async def test_the_next_address_is_tried_if_one_refuses() -> None:
    async with serving(answering(page()), host="127.0.0.9") as server:
        names = {"a.example": ("127.0.0.7", "127.0.0.8", "127.0.0.9")}
        async with fetching(names=names) as fetcher:
            reply = await fetcher.fetch(Request(server.url("/", "a.example")))
    assert (reply.hop.status, reply.hop.address) == (200, "127.0.0.9")


def full() -> tuple[socket.socket, socket.socket]:
    """A listener with a full queue, which neither accepts nor refuses, like an address that drops packets."""
    listener = socket.socket()
    listener.bind(("127.0.0.3", 0))
    listener.listen(0)
    waiting = socket.socket()
    waiting.setblocking(False)
    waiting.connect_ex(listener.getsockname())
    return listener, waiting


async def test_an_address_that_drops_packets_only_delays() -> None:
    """The first address drops packets, the second answers within the same time limit."""
    hole, waiting = full()
    with hole, waiting:
        port = hole.getsockname()[1]
        async with (
            serving(answering(page()), host="127.0.0.4", port=port) as server,
            fetching(QUICK, names={"a.example": ("127.0.0.3", "127.0.0.4")}) as fetcher,
        ):
            reply = await fetcher.fetch(Request(server.url("/", "a.example")))
    assert (reply.hop.status, reply.hop.address) == (200, "127.0.0.4")


async def test_a_single_address_that_drops_packets_is_a_timeout() -> None:
    hole, waiting = full()
    with hole, waiting:
        async with fetching(SHORT) as fetcher:
            reply = await fetcher.fetch(Request(f"http://127.0.0.3:{hole.getsockname()[1]}/"))
    assert reply.hop.failure is FailureKind.TIMEOUT
    assert "127.0.0.3" in reply.hop.detail


async def test_ipv6_is_tried_first_and_both_families_work() -> None:
    async with serving(answering(page()), host="127.0.0.1") as four:
        try:
            async with serving(answering(page()), host="::1", port=four.port), fetching() as fetcher:
                literal = await fetcher.fetch(Request(f"http://[::1]:{four.port}/"))
            async with (
                serving(answering(page()), host="::1", port=four.port),
                fetching(names={"a.example": ("127.0.0.1", "::1")}) as fetcher,
            ):
                by_name = await fetcher.fetch(Request(four.url("/", "a.example")))
        except OSError as error:
            pytest.skip(f"no IPv6 here: {error}")
        async with fetching(names={"a.example": ("::1", "127.0.0.1")}) as fetcher:
            alone = await fetcher.fetch(Request(four.url("/", "a.example")))
    assert literal.hop.address == by_name.hop.address == "::1"
    assert (alone.hop.status, alone.hop.address) == (200, "127.0.0.1")


async def test_a_connection_that_comes_too_late_is_closed():
    ours, theirs = socket.socketpair()
    with theirs:

        async def late() -> tuple[str, socket.socket]:
            return "127.0.0.1", ours

        task = asyncio.create_task(late())
        await task
        _close_late(task)
        assert ours.fileno() == -1


async def test_a_request_leaves_after_its_connection_is_open() -> None:
    async with serving(answering(page())) as server, fetching() as fetcher:
        seen: list[tuple[int, int]] = []

        async def leave() -> None:
            for _ in range(100):
                if server.connections:
                    break
                await asyncio.sleep(0.01)
            seen.append((server.connections, len(server.heads)))

        await fetcher.fetch(Request(server.url("/1"), group="a", leave=leave))
        await fetcher.fetch(Request(server.url("/2"), group="a", leave=leave))
    assert seen == [(1, 0), (1, 1)], "connected, and nothing sent"


async def test_a_request_that_is_sent_again_has_had_its_turn() -> None:
    async def once(talk: Talk) -> None:
        if await talk.request():
            await talk.send(page())
        await talk.request()  # the second request of a connection gets no answer

    asked = 0

    async def leave() -> None:
        nonlocal asked
        asked += 1

    async with serving(once) as server, fetching() as fetcher:
        for _ in range(2):
            response = await fetcher.fetch(Request(server.url(), group="a", leave=leave))
            assert response.hop.status == 200
    assert (server.connections, asked) == (2, 2)
