"""Cancelling while a service is asked: no task is left, and the other waiters get their answers."""

from __future__ import annotations

import asyncio
import gc

import pytest

from linkcheck.registries.asking import CONCURRENCY, RegistryBatcher
from tests.registries.fakes import FakeRegistry, Service, statuses, tasks, until

pytestmark = pytest.mark.anyio


async def cancelled(*waiters):
    for waiter in waiters:
        waiter.cancel()
    return await asyncio.gather(*waiters, return_exceptions=True)


@pytest.mark.parametrize("batch", [1, 100])
@pytest.mark.parametrize("moment", [0.001, 3600])
async def test_no_task_is_left_after_all_waiters_are_cancelled(batch, moment):
    service = Service()
    service.go.clear()
    registries = RegistryBatcher([FakeRegistry(batch=batch)], service, moment=moment)
    waiters = [asyncio.ensure_future(registries.answer(f"shelf:{number}")) for number in range(20)]
    out = CONCURRENCY if batch == 1 else int(moment < 1)
    await until(lambda: tasks() and service.busy == out)
    found = await cancelled(*waiters)
    assert all(isinstance(one, asyncio.CancelledError) for one in found)
    assert not tasks()
    assert (service.busy, service.cancelled) == (0, out)
    service.go.set()
    registries._queues["shelf"].moment = 0.0
    assert await statuses(registries, "shelf:0") == ["exists"]


async def test_other_waiters_get_the_answer_when_one_is_cancelled():
    service = Service()
    service.go.clear()
    registries = RegistryBatcher([FakeRegistry(batch=100)], service, moment=0.001)
    leaver, stayer, shared = (asyncio.ensure_future(registries.answer(f"shelf:{key}")) for key in ("a", "b", "a"))
    await service.begun.wait()
    await cancelled(leaver)
    service.go.set()
    assert [(await stayer).status, (await shared).status] == ["exists", "exists"]
    assert service.asked == [("a", "b")]
    assert not tasks()


async def test_a_key_without_waiters_is_not_asked():
    service = Service()
    registries = RegistryBatcher([FakeRegistry(batch=3)], service, moment=3600)
    leaver, stayer = (asyncio.ensure_future(registries.answer(f"shelf:{key}")) for key in ("a", "b"))
    await until(tasks)
    await cancelled(leaver)
    assert await statuses(registries, "shelf:c", "shelf:d") == ["exists", "exists"]
    assert (await stayer).status == "exists"
    assert service.asked == [("b", "c", "d")]


async def test_a_cancelled_full_queue_does_not_send_the_next_batch_early():
    service = Service()
    service.go.clear()
    registries = RegistryBatcher([FakeRegistry(batch=2)], service, moment=3600)
    leavers = [asyncio.ensure_future(registries.answer(f"shelf:{key}")) for key in "abcd"]
    await service.begun.wait()
    await cancelled(*leavers)
    service.go.set()
    first = asyncio.ensure_future(registries.answer("shelf:e"))
    for _ in range(10):
        await asyncio.sleep(0)
    second = asyncio.ensure_future(registries.answer("shelf:f"))
    assert [(await first).status, (await second).status] == ["exists", "exists"]
    assert service.asked == [("a", "b"), ("e", "f")]


async def test_a_waiter_that_comes_while_all_others_are_cancelled_is_answered():
    service = Service()
    service.go.clear()
    registries = RegistryBatcher([FakeRegistry(batch=100)], service, moment=0.001)
    leaver = asyncio.ensure_future(registries.answer("shelf:a"))
    await service.begun.wait()
    leaver.cancel()
    comer = asyncio.ensure_future(registries.answer("shelf:a"))
    await until(leaver.done)
    other = asyncio.ensure_future(registries.answer("shelf:b"))
    await asyncio.sleep(0)
    await cancelled(other)
    service.go.set()
    assert (await comer).status == "exists"
    assert not tasks()


async def test_an_error_without_waiters_is_not_logged():
    logged = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: logged.append(context))
    service = Service(fails=lambda request: KeyError("ours") if request.keys == ("a",) else None)
    service.go.clear()
    registries = RegistryBatcher([FakeRegistry()], service)
    leaver, stayer = (asyncio.ensure_future(registries.answer(f"shelf:{key}")) for key in ("a", "b"))
    await until(lambda: service.busy == 2)
    await cancelled(leaver)
    service.go.set()
    assert (await stayer).status == "exists"
    await until(lambda: not tasks())
    del leaver
    gc.collect()
    assert logged == []
