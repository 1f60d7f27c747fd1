"""The system's resolver in threads: error numbers and time limits."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from linkcheck.model import FailureKind
from linkcheck.net.dns import Answer, ThreadResolver, answer_for_error

pytestmark = pytest.mark.anyio

NOTHING, SICK = FailureKind.NO_SUCH_HOST, FailureKind.DNS_FAILURE


@pytest.mark.parametrize(
    ("platform", "number", "failure", "words"),
    [
        ("linux", -2, NOTHING, "does not exist"), ("linux", -5, SICK, "no address"), ("linux", -3, SICK, "SERVFAIL"),
        ("linux", -4, SICK, "refused"), ("linux", -11, SICK, "-11"), ("linux", None, SICK, "failed"),
        ("darwin", 8, NOTHING, "does not exist"), ("darwin", 7, SICK, "no address"), ("darwin", 2, SICK, "SERVFAIL"),
        ("freebsd14", 8, NOTHING, "does not exist"), ("darwin", -2, SICK, "-2"),
        ("win32", 11001, NOTHING, "does not exist"), ("win32", 11002, SICK, "SERVFAIL"), ("win32", 11003, SICK, "refused"),
        ("win32", 11004, SICK, "no address"), ("win32", -2, SICK, "-2"),
    ],
)  # fmt: skip
def test_error_numbers(platform: str, number: int | None, failure: FailureKind, words: str) -> None:
    answer = answer_for_error(number, platform)
    assert (answer.addresses, answer.failure) == ((), failure)
    assert words in answer.detail


async def test_the_hosts_file_is_read() -> None:
    resolver = ThreadResolver()
    answer = await resolver.resolve("localhost")
    resolver.close()
    assert {"127.0.0.1", "::1"} & set(answer.addresses)


@pytest.mark.parametrize(
    "host", ["no-such-name.invalid", "a..b", "x" * 64 + ".example", "ünicode.example", "", "a b", "nul\0.example"]
)
async def test_names_that_do_not_exist(host: str) -> None:
    resolver = ThreadResolver(deadline=30.0)
    answer = await resolver.resolve(host)
    resolver.close()
    assert answer.addresses == ()
    assert answer.failure in {NOTHING, SICK}
    assert answer.detail


async def test_addresses_are_distinct() -> None:
    resolver = ThreadResolver()
    answer = await resolver.resolve("127.0.0.1")
    resolver.close()
    assert answer.addresses == ("127.0.0.1",)


async def test_names_are_resolved_in_parallel() -> None:
    lock, now, most = threading.Lock(), [0], [0]

    def ask(host: str) -> Answer:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.02)
        with lock:
            now[0] -= 1
        return Answer((host,))

    resolver = ThreadResolver(threads=16, ask=ask)
    answers = await asyncio.gather(*(resolver.resolve(str(number)) for number in range(200)))
    resolver.close()
    assert [answer.addresses for answer in answers] == [(str(number),) for number in range(200)]
    assert 8 < most[0] <= 16


async def test_a_queue_behind_a_slow_resolver_is_no_failure() -> None:
    def ask(host: str) -> Answer:
        time.sleep(0.05)
        return Answer((host,))

    resolver = ThreadResolver(deadline=0.4, threads=2, ask=ask)
    answers = await asyncio.gather(*(resolver.resolve(str(number)) for number in range(40)))  # one second in the queue
    resolver.close()
    assert all(answer.addresses for answer in answers)


async def test_a_dead_resolver_delays_by_at_most_twice_its_deadline() -> None:
    gate = threading.Event()

    def ask(host: str) -> Answer:
        gate.wait(20)
        return Answer((host,))

    resolver = ThreadResolver(deadline=0.1, threads=2, ask=ask)
    answers = await asyncio.gather(*(resolver.resolve(str(number)) for number in range(6)))
    assert {answer.failure for answer in answers} == {SICK}
    gate.set()
    assert (await resolver.resolve("later")).addresses == ("later",)
    resolver.close()


async def test_closing_ends_the_threads() -> None:
    resolver = ThreadResolver(threads=3, ask=lambda host: Answer((host,)))
    before = set(threading.enumerate())
    await asyncio.gather(*(resolver.resolve(str(number)) for number in range(9)))
    mine = set(threading.enumerate()) - before
    assert 1 <= len(mine) <= 3
    assert all(thread.daemon for thread in mine)  # else Python would wait for a hanging lookup at exit
    resolver.close()
    for thread in mine:
        thread.join(10)
    assert not any(thread.is_alive() for thread in mine)
