"""Batches of requests to services: sharing requests and answers, limits, and failures."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from linkcheck.model import RegistryAnswer
from linkcheck.registries import BatchRequest, Reading
from linkcheck.registries.asking import CONCURRENCY, FAILURES, HOPS, ROUNDS, RegistryBatcher
from tests.registries.fakes import FakeRegistry, Service, statuses, tasks

pytestmark = pytest.mark.anyio


async def test_a_link_without_a_registry_has_no_answer():
    service = Service()
    assert await RegistryBatcher([FakeRegistry()], service).answer("https://example.org/") is None
    assert service.asked == []


async def test_keys_waiting_at_the_same_time_are_one_request():
    service = Service()
    registries = RegistryBatcher([FakeRegistry(batch=100)], service, moment=0.01)
    assert await statuses(registries, *(f"shelf:{number}" for number in range(30))) == ["exists"] * 30
    assert service.asked == [tuple(str(number) for number in range(30))]


async def test_a_full_batch_is_sent_at_once():
    service = Service()
    registries = RegistryBatcher([FakeRegistry(batch=10)], service, moment=3600)
    assert await statuses(registries, *(f"shelf:{number}" for number in range(20))) == ["exists"] * 20
    assert [len(keys) for keys in service.asked] == [10, 10]


async def test_keys_that_come_during_a_request_share_the_next():
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


async def test_answers_are_not_cached():
    service = Service()
    registries = RegistryBatcher([FakeRegistry()], service)
    assert await statuses(registries, "shelf:a") == await statuses(registries, "shelf:a") == ["exists"]
    assert service.asked == [("a",), ("a",)]
    queue = registries._queues["shelf"]
    assert not queue.open
    assert not queue.queue
    assert not queue.workers


async def test_requests_at_the_same_time_are_limited():
    service = Service()
    registries = RegistryBatcher([FakeRegistry()], service)
    assert await statuses(registries, *(f"shelf:{number}" for number in range(50))) == ["exists"] * 50
    assert service.most == CONCURRENCY
    assert sorted(service.asked) == sorted((str(number),) for number in range(50))


async def test_services_do_not_wait_for_each_other():
    service = Service()
    service.go.clear()
    other = Service()

    async def ask(request):
        return await (service if request.site == "shelf" else other)(request)

    registries = RegistryBatcher([FakeRegistry(batch=9), FakeRegistry("rack", 9)], ask, moment=0.001)
    held = asyncio.ensure_future(registries.answer("shelf:a"))
    assert await statuses(registries, "rack:a") == ["exists"]
    service.go.set()
    assert (await held).status == "exists"


@pytest.mark.parametrize(
    "error", [OSError("no route"), TimeoutError(), ConnectionResetError(), asyncio.CancelledError()], ids=repr
)
async def test_a_failed_request_gives_unknown_for_its_own_keys_only(error):
    service = Service(fails=lambda request: error if request.keys == ("b",) else None)
    registries = RegistryBatcher([FakeRegistry()], service)
    assert await statuses(registries, "shelf:a", "shelf:b", "shelf:c") == ["exists", "unknown", "exists"]
    assert not tasks()


async def test_keys_of_a_cancelled_request_get_unknown():
    service = Service(fails=lambda _request: asyncio.CancelledError())
    registries = RegistryBatcher([FakeRegistry()], service)
    assert await statuses(registries, *(f"shelf:{number}" for number in range(5 * CONCURRENCY))) == ["unknown"] * (
        5 * CONCURRENCY
    )
    assert not tasks()


async def test_without_a_status_the_answer_is_unknown():
    assert (
        await statuses(RegistryBatcher([FakeRegistry(batch=5)], Service(status=None), moment=0), "shelf:a", "shelf:b")
        == ["unknown"] * 2
    )


async def test_an_unexpected_exception_is_raised_to_the_waiters():
    service = Service(fails=lambda request: KeyError("ours") if request.keys == ("b",) else None)
    registries = RegistryBatcher([FakeRegistry()], service)
    found = await asyncio.gather(registries.answer("shelf:a"), registries.answer("shelf:b"), return_exceptions=True)
    assert found[0].status == "exists"
    assert isinstance(found[1], KeyError)
    assert await statuses(registries, "shelf:c") == ["exists"]


async def test_keys_left_out_are_asked_again_while_some_are_answered():
    service = Service()
    registry = FakeRegistry(batch=100)

    async def ask(request):
        status, headers, _ = await service(request)
        return status, headers, f"{request.keys[0]}=exists".encode()  # one key an answer, the others are left out

    registries = RegistryBatcher([registry], ask, moment=0.01)
    found = await statuses(registries, *(f"shelf:{number}" for number in range(ROUNDS + 2)))
    assert found == ["exists"] * ROUNDS + ["unknown"] * 2
    assert [len(keys) for keys in service.asked] == [ROUNDS + 2 - number for number in range(ROUNDS)]


async def test_keys_always_left_out_are_asked_twice_at_most():
    service = Service(known={"a"})
    assert await statuses(RegistryBatcher([FakeRegistry(batch=9)], service, moment=0.01), "shelf:a", "shelf:b") == [
        "exists",
        "unknown",
    ]
    assert service.asked == [("a", "b"), ("b",)]


@pytest.mark.parametrize(
    ("status", "headers", "requests"),
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
        (301, (("X-RateLimit-Remaining", "0"),), 1),
    ],
)
async def test_a_failing_service_is_not_asked_for_some_time(status, headers, requests):
    now = 0.0
    service = Service(status=status, headers=headers)
    registries = RegistryBatcher([FakeRegistry()], service, rest=600, clock=lambda: now)
    for number in range(20):
        assert await statuses(registries, f"shelf:{number}") == ["unknown"]
    assert len(service.asked) == requests
    service.status, service.headers = 200, ()
    now = 601.0
    assert await statuses(registries, "shelf:again") == ["exists"]


async def test_waiters_of_a_failing_service_do_not_wait_for_every_failure():
    service = Service(status=500)
    registries = RegistryBatcher([FakeRegistry()], service)
    assert await statuses(registries, *(f"shelf:{number}" for number in range(500))) == ["unknown"] * 500
    assert len(service.asked) <= FAILURES + CONCURRENCY


async def test_only_failures_in_a_row_are_counted():
    service = Service()
    registries = RegistryBatcher([FakeRegistry()], service)
    for number in range(5 * FAILURES):
        service.status = 200 if number % FAILURES == 0 else 500
        await statuses(registries, f"shelf:{number}")
    assert len(service.asked) == 5 * FAILURES


async def test_ten_thousand_links_leave_no_task_and_no_open_key():
    service = Service()
    registries = RegistryBatcher([FakeRegistry(batch=100)], service, moment=0.001)
    assert set(await statuses(registries, *(f"shelf:{number}" for number in range(10_000)))) == {"exists"}
    assert len(service.asked) == 100
    assert not registries._queues["shelf"].open
    assert not tasks()


async def test_a_look_up_shares_requests_and_answers_with_links():
    service = Service()
    registries = RegistryBatcher([FakeRegistry(batch=9)], service, moment=0.01)
    answer, first, second = await asyncio.gather(
        registries.answer("shelf:a"), registries.look_up("shelf", "a"), registries.look_up("shelf", "b")
    )
    assert (answer, first.answer, second.answer.status) == (first.answer, answer, "exists")
    assert service.asked == [("a", "b")]


@pytest.mark.parametrize(
    ("status", "headers", "requests"),
    [(500, (), 2), (None, (), 2), (200, (), 1), (404, (), 1), (429, (), 1), (503, (("Retry-After", "1"),), 1)],
)
async def test_failed_requests_are_retried_but_not_refusals(status, headers, requests):
    service = Service(status=status, headers=headers)
    await statuses(RegistryBatcher([FakeRegistry()], service, attempts=2), "shelf:a")
    assert len(service.asked) == requests


async def test_a_service_that_is_no_longer_asked_keeps_the_reason():
    registries = RegistryBatcher([FakeRegistry()], Service(status=429))
    found = [await registries.look_up("shelf", key) for key in "ab"]
    assert [reading.answer.detail for reading in found] == ["refused: 429"] * 2


@dataclass(frozen=True, slots=True)
class Leading(FakeRegistry):
    """A registry whose answers redirect through `steps` pages."""

    steps: int = 1

    def read(self, request, status, headers, body):
        number = int(request.url.partition("#")[2] or 0)
        if number < self.steps:
            onward = BatchRequest(self.name, f"http://shelf.test/#{number + 1}", (), request.keys)
            return dict.fromkeys(request.keys, Reading(RegistryAnswer(self.name, "unknown"), onward=onward))
        return dict.fromkeys(request.keys, Reading(RegistryAnswer(self.name, "moved", url=request.url)))


@pytest.mark.parametrize(("steps", "status"), [(1, "moved"), (HOPS - 1, "moved"), (HOPS, "unknown"), (10**9, "unknown")])
async def test_redirects_of_answers_are_followed_up_to_a_limit(steps, status):
    service = Service()
    found = await RegistryBatcher([Leading(steps=steps)], service).answer("shelf:a")
    assert (found.status, len(service.asked)) == (status, min(steps + 1, HOPS))
