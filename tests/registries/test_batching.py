"""Asking sites: who shares a request and an answer, and what a failure costs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from linkcheck.model import RegistryAnswer
from linkcheck.registries import BatchRequest, Reading
from linkcheck.registries.asking import CONCURRENCY, FAILURES, HOPS, ROUNDS, RegistryBatcher
from tests.registries.fakes import FakeRegistry, Service, statuses, tasks

pytestmark = pytest.mark.anyio


async def test_a_link_of_no_site_has_no_word():
    service = Service()
    assert await RegistryBatcher([FakeRegistry()], service).answer("https://example.org/") is None
    assert service.asked == []


async def test_keys_that_wait_together_are_one_question():
    service = Service()
    registries = RegistryBatcher([FakeRegistry(batch=100)], service, moment=0.01)
    assert await statuses(registries, *(f"shelf:{number}" for number in range(30))) == ["exists"] * 30
    assert service.asked == [tuple(str(number) for number in range(30))]


async def test_a_full_batch_waits_for_nobody():
    service = Service()
    registries = RegistryBatcher([FakeRegistry(batch=10)], service, moment=3600)
    assert await statuses(registries, *(f"shelf:{number}" for number in range(20))) == ["exists"] * 20
    assert [len(keys) for keys in service.asked] == [10, 10]


async def test_what_comes_while_a_question_is_out_gathers_for_the_next():
    service = Service()
    service.go.clear()
    registries = RegistryBatcher([FakeRegistry(batch=100)], service, moment=0.01)
    first = asyncio.ensure_future(registries.answer("shelf:a"))
    await service.begun.wait()
    others = [asyncio.ensure_future(registries.answer(f"shelf:{number}")) for number in range(5)]
    await asyncio.sleep(0.05)
    service.go.set()
    await asyncio.gather(first, *others)
    assert service.asked == [("a",), ("0", "1", "2", "3", "4")]


async def test_waiters_for_one_key_share_its_answer():
    service = Service()
    service.go.clear()
    registries = RegistryBatcher([FakeRegistry()], service)
    waiters = [asyncio.ensure_future(registries.answer("shelf:a")) for _ in range(5)]
    await service.begun.wait()
    waiters.append(asyncio.ensure_future(registries.answer("shelf:a")))
    await asyncio.sleep(0)
    service.go.set()
    assert {found.status for found in await asyncio.gather(*waiters)} == {"exists"}
    assert service.asked == [("a",)]


async def test_nothing_is_remembered():
    service = Service()
    registries = RegistryBatcher([FakeRegistry()], service)
    assert await statuses(registries, "shelf:a") == await statuses(registries, "shelf:a") == ["exists"]
    assert service.asked == [("a",), ("a",)]
    queue = registries._queues["shelf"]
    assert not queue.open
    assert not queue.queue
    assert not queue.workers


async def test_only_so_many_questions_are_out_at_once():
    service = Service()
    registries = RegistryBatcher([FakeRegistry()], service)
    assert await statuses(registries, *(f"shelf:{number}" for number in range(50))) == ["exists"] * 50
    assert service.most == CONCURRENCY
    assert sorted(service.asked) == sorted((str(number),) for number in range(50))


async def test_sites_do_not_wait_for_each_other():
    service = Service()
    service.go.clear()
    other = Service()

    async def ask(question):
        return await (service if question.site == "shelf" else other)(question)

    registries = RegistryBatcher([FakeRegistry(batch=9), FakeRegistry("rack", 9)], ask, moment=0.001)
    held = asyncio.ensure_future(registries.answer("shelf:a"))
    assert await statuses(registries, "rack:a") == ["exists"]
    service.go.set()
    assert (await held).status == "exists"


@pytest.mark.parametrize(
    "error", [OSError("no route"), TimeoutError(), ConnectionResetError(), asyncio.CancelledError()], ids=repr
)
async def test_a_failed_question_is_unknown_to_its_keys_alone(error):
    service = Service(fails=lambda question: error if question.keys == ("b",) else None)
    registries = RegistryBatcher([FakeRegistry()], service)
    assert await statuses(registries, "shelf:a", "shelf:b", "shelf:c") == ["exists", "unknown", "exists"]
    assert not tasks()


async def test_turns_that_are_taken_away_leave_nobody_waiting():
    service = Service(fails=lambda _question: asyncio.CancelledError())
    registries = RegistryBatcher([FakeRegistry()], service)
    assert await statuses(registries, *(f"shelf:{number}" for number in range(5 * CONCURRENCY))) == ["unknown"] * (
        5 * CONCURRENCY
    )
    assert not tasks()


async def test_no_status_is_unknown():
    assert (
        await statuses(RegistryBatcher([FakeRegistry(batch=5)], Service(status=None), moment=0), "shelf:a", "shelf:b")
        == ["unknown"] * 2
    )


async def test_a_mistake_of_ours_reaches_those_who_wait():
    service = Service(fails=lambda question: KeyError("ours") if question.keys == ("b",) else None)
    registries = RegistryBatcher([FakeRegistry()], service)
    found = await asyncio.gather(registries.answer("shelf:a"), registries.answer("shelf:b"), return_exceptions=True)
    assert found[0].status == "exists"
    assert isinstance(found[1], KeyError)
    assert await statuses(registries, "shelf:c") == ["exists"]


async def test_keys_left_out_are_asked_again_while_that_helps():
    service = Service()
    registry = FakeRegistry(batch=100)

    async def ask(question):
        status, headers, _ = await service(question)
        return status, headers, f"{question.keys[0]}=exists".encode()  # one key an answer, the others are left out

    registries = RegistryBatcher([registry], ask, moment=0.01)
    found = await statuses(registries, *(f"shelf:{number}" for number in range(ROUNDS + 2)))
    assert found == ["exists"] * ROUNDS + ["unknown"] * 2
    assert [len(keys) for keys in service.asked] == [ROUNDS + 2 - number for number in range(ROUNDS)]


async def test_keys_that_are_always_left_out_are_asked_twice_at_most():
    service = Service(words={"a"})
    assert await statuses(RegistryBatcher([FakeRegistry(batch=9)], service, moment=0.01), "shelf:a", "shelf:b") == [
        "exists",
        "unknown",
    ]
    assert service.asked == [("a", "b"), ("b",)]


@pytest.mark.parametrize(
    ("status", "headers", "questions"),
    [
        (500, (), FAILURES),
        (None, (), FAILURES),
        (401, (), FAILURES),
        (403, (), FAILURES),
        (429, (), 1),
        (403, (("X-RateLimit-Remaining", "0"),), 1),
        (503, (("Retry-After", "30"),), 1),
        (451, (), 20),
        (301, (), 20),
    ],
)
async def test_a_site_that_does_not_answer_is_left_alone_for_a_while(status, headers, questions):
    now = 0.0
    service = Service(status=status, headers=headers)
    registries = RegistryBatcher([FakeRegistry()], service, rest=600, clock=lambda: now)
    for number in range(20):
        assert await statuses(registries, f"shelf:{number}") == ["unknown"]
    assert len(service.asked) == questions
    service.status, service.headers = 200, ()
    now = 601.0
    assert await statuses(registries, "shelf:again") == ["exists"]


async def test_those_who_queue_at_a_site_that_fails_do_not_wait_for_each_failure():
    service = Service(status=500)
    registries = RegistryBatcher([FakeRegistry()], service)
    assert await statuses(registries, *(f"shelf:{number}" for number in range(500))) == ["unknown"] * 500
    assert len(service.asked) <= FAILURES + CONCURRENCY


async def test_failures_count_only_in_a_row():
    service = Service()
    registries = RegistryBatcher([FakeRegistry()], service)
    for number in range(5 * FAILURES):
        service.status = 200 if number % FAILURES == 0 else 500
        await statuses(registries, f"shelf:{number}")
    assert len(service.asked) == 5 * FAILURES


async def test_ten_thousand_links_leave_nothing_behind():
    service = Service()
    registries = RegistryBatcher([FakeRegistry(batch=100)], service, moment=0.001)
    assert set(await statuses(registries, *(f"shelf:{number}" for number in range(10_000)))) == {"exists"}
    assert len(service.asked) == 100
    assert not registries._queues["shelf"].open
    assert not tasks()


async def test_a_look_up_shares_requests_and_answers_with_links():
    service = Service()
    registries = RegistryBatcher([FakeRegistry(batch=9)], service, moment=0.01)
    word, first, second = await asyncio.gather(
        registries.answer("shelf:a"), registries.look_up("shelf", "a"), registries.look_up("shelf", "b")
    )
    assert (word, first.answer, second.answer.status) == (first.answer, word, "exists")
    assert service.asked == [("a", "b")]


@pytest.mark.parametrize(
    ("status", "headers", "requests"),
    [(500, (), 2), (None, (), 2), (200, (), 1), (404, (), 1), (429, (), 1), (503, (("Retry-After", "1"),), 1)],
)
async def test_a_failed_request_is_made_again_where_that_is_wanted(status, headers, requests):
    service = Service(status=status, headers=headers)
    await statuses(RegistryBatcher([FakeRegistry()], service, attempts=2), "shelf:a")
    assert len(service.asked) == requests


async def test_a_service_that_is_left_alone_says_why():
    registries = RegistryBatcher([FakeRegistry()], Service(status=429))
    found = [await registries.look_up("shelf", key) for key in "ab"]
    assert [reading.answer.detail for reading in found] == ["refused: 429"] * 2


@dataclass(frozen=True, slots=True)
class Leading(FakeRegistry):
    """Answers that lead on: 301 to the next of `steps` pages."""

    steps: int = 1

    def read(self, request, status, headers, body):
        number = int(request.url.partition("#")[2] or 0)
        if number < self.steps:
            onward = BatchRequest(self.name, f"http://shelf.test/#{number + 1}", (), request.keys)
            return dict.fromkeys(request.keys, Reading(RegistryAnswer(self.name, "unknown"), onward=onward))
        return dict.fromkeys(request.keys, Reading(RegistryAnswer(self.name, "moved", url=request.url)))


@pytest.mark.parametrize(("steps", "status"), [(1, "moved"), (HOPS - 1, "moved"), (HOPS, "unknown"), (10**9, "unknown")])
async def test_answers_that_lead_on_are_followed_but_not_without_end(steps, status):
    service = Service()
    found = await RegistryBatcher([Leading(steps=steps)], service).answer("shelf:a")
    assert (found.status, len(service.asked)) == (status, min(steps + 1, HOPS))
