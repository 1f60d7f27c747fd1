"""Slots: handed out by host, given back, refused; on a real loop with a schedule that has nothing to wait for."""

from __future__ import annotations

import asyncio
import itertools
import time

import pytest

from linkcheck.engine.dispatcher import Dispatcher, SlotRequest
from linkcheck.engine.pacing.host_pace import Feedback
from linkcheck.engine.pacing.schedule import Schedule
from linkcheck.engine.targets import target_of
from linkcheck.policy import PACES, Pace

pytestmark = pytest.mark.anyio


def dispatcher(pace=PACES["none"], concurrency=10):
    return Dispatcher(Schedule[SlotRequest](lambda _host: pace, concurrency), time.monotonic)


def targets(*urls):
    return [target_of(url, []) for url in urls]


async def handed_out(found, *, refused=False):
    rows = []
    async for slot, target in found:
        rows.append((target.url, slot.refusal) if refused else target.url)
        found.release(slot)
    return rows


async def test_every_target_is_handed_out_once_and_the_iteration_ends():
    found = dispatcher()
    for one in targets("http://a.org/1", "http://b.org/1", "http://a.org/2"):
        found.put(one, "203.0.113.1")
    found.close()
    assert sorted(await handed_out(found)) == ["http://a.org/1", "http://a.org/2", "http://b.org/1"]


async def test_targets_that_come_late_are_handed_out_too():
    found = dispatcher()

    async def bring():
        for one in targets("http://a.org/1", "http://a.org/2"):
            await asyncio.sleep(0.01)
            found.put(one, "203.0.113.1")
        found.close()

    _, rows = await asyncio.gather(bring(), handed_out(found))
    assert rows == ["http://a.org/1", "http://a.org/2"]


async def test_no_more_slots_are_granted_than_may_be_held():
    found, held = dispatcher(concurrency=2), []
    for one in targets(*(f"http://h{number}.org/" for number in range(5))):
        found.put(one, f"203.0.113.{one.host[1]}")
    found.close()
    iterator = aiter(found)
    held += [await anext(iterator), await anext(iterator)]
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(iterator), 0.05)
    async with held[0][0]:
        pass
    assert (await anext(iterator))[1].host


async def test_a_later_hop_waits_for_its_slot_and_goes_before_targets():
    found, order = dispatcher(Pace(connections=1, burst=1, rate=1e6, ceiling=1e6)), []
    first, second = targets("http://a.org/1", "http://a.org/2")
    found.put(first, "203.0.113.1")
    found.put(second, "203.0.113.1")
    found.close()
    slot, _ = await anext(aiter(found))

    async def hop():
        async with found.slot("a.org", "203.0.113.1", "a.org") as later:
            order.append("hop")
            later.feedback = Feedback()

    waiting = asyncio.ensure_future(hop())
    await asyncio.sleep(0.01)
    assert order == []
    found.release(slot)
    order += await handed_out(found)
    await waiting
    assert order == ["hop", "http://a.org/2"]


async def test_a_cancelled_wait_gives_its_slot_back():
    found = dispatcher(Pace(connections=1, burst=5, rate=1e6, ceiling=1e6))
    async with found.slot("a.org", "203.0.113.1", "a.org"):

        async def wait():
            async with found.slot("a.org", "203.0.113.1", "a.org"):
                pytest.fail("it was cancelled")

        waiting = asyncio.ensure_future(wait())
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    async with asyncio.timeout(1), found.slot("a.org", "203.0.113.1", "a.org") as slot:
        assert slot.group


async def test_a_slot_that_was_granted_to_a_task_cancelled_at_that_moment_comes_back():
    found = dispatcher(Pace(connections=1, burst=5, rate=1e6, ceiling=1e6))
    async with found.slot("a.org", "203.0.113.1", "a.org") as held:
        waiting = asyncio.ensure_future(found.slot("a.org", "203.0.113.1", "a.org").__aenter__())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        found.release(held)  # grants it to the waiting task, which hasn't run since
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    async with asyncio.timeout(1), found.slot("a.org", "203.0.113.1", "a.org") as slot:
        assert slot.group


async def test_a_refused_site_is_handed_out_with_the_reason_and_others_at_its_address_stay():
    found = dispatcher(Pace(connections=1, burst=5, rate=1e6, ceiling=1e6))
    for one in targets("http://a.org/1", "http://a.org/2", "http://b.org/1"):
        found.put(one, "203.0.113.1")
    slot, _ = await anext(aiter(found))

    async def hop():
        async with found.slot("a.org", "203.0.113.1", "a.org") as later:
            return later.refusal

    waiting = asyncio.ensure_future(hop())
    await asyncio.sleep(0.01)
    found.refuse_site("a.org", slot.group, "asks to wait")
    found.put(targets("http://a.org/3")[0], "203.0.113.1")
    found.close()
    found.release(slot)
    assert sorted(await handed_out(found, refused=True)) == [
        ("http://a.org/2", "asks to wait"),
        ("http://a.org/3", "asks to wait"),
        ("http://b.org/1", ""),
    ]
    assert await waiting == "asks to wait"
    assert await hop() == "asks to wait"


async def test_what_needs_no_slot_is_handed_out_at_once():
    found = dispatcher(concurrency=1)
    busy, unresolved = targets("http://a.org/", "http://missing.org/")
    found.put(busy, "203.0.113.1")
    await anext(aiter(found))
    found.put_unresolved(unresolved)
    slot, target = await anext(aiter(found))
    assert (slot.group, slot.refusal, target.host) == ("", "", "missing.org")


async def test_the_timer_grants_what_had_to_wait_for_the_pace():
    found = dispatcher(Pace(connections=2, burst=1, rate=20.0, ceiling=20.0))
    for one in targets("http://a.org/1", "http://a.org/2", "http://a.org/3"):
        found.put(one, "203.0.113.1")
    found.close()
    begun = time.monotonic()
    assert len(await handed_out(found)) == 3
    assert time.monotonic() - begun >= 0.09


async def started(found, *names):
    """Slots of one host whose requests have started."""
    for one in targets(*(f"http://a.org/{name}" for name in names)):
        found.put(one, "203.0.113.1")
    found.close()
    return [slot async for slot, _ in found]


async def test_requests_that_get_their_connections_at_once_leave_one_after_the_other():
    found, left = dispatcher(Pace(connections=4, burst=1, rate=20.0, ceiling=20.0)), []
    slots = await started(found, 1, 2, 3)

    async def leave(slot):
        await slot.leave()
        left.append((time.monotonic(), slot.start.left))

    await asyncio.gather(*map(leave, slots))
    assert min(later - sooner for (sooner, _), (later, _) in itertools.pairwise(left)) >= 0.045
    assert [start for _, start in left] == sorted(start for _, start in left), "the start says when its request left"


async def test_a_request_that_is_cancelled_while_it_waits_to_leave_gives_its_slot_back():
    found = dispatcher(Pace(connections=2, burst=2, rate=0.5, ceiling=0.5))
    one, two = await started(found, 1, 2)
    await one.leave()
    found.schedule.slow(one.group, time.monotonic(), 0.1)

    async def ask():
        async with two:
            await two.leave()

    asking = asyncio.ensure_future(ask())
    await asyncio.sleep(0.02)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert asking.cancelled()
    found.release(one)
    assert found.schedule.running == 0


async def test_a_slot_without_a_group_leaves_at_once():
    found = dispatcher()
    found.put_unresolved(targets("http://missing.org/")[0])
    slot, _ = await anext(aiter(found))
    await slot.leave()
