"""Single requests: what counts towards the time of a link, with a stand-in for the network."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from linkcheck.engine.dispatcher import Dispatcher, SlotRequest
from linkcheck.engine.pacing.schedule import Schedule
from linkcheck.engine.sender import PageRequest, Sender
from linkcheck.model import Hop
from linkcheck.net.guard import Guard
from linkcheck.net.http import Response
from linkcheck.policy import Bounds, Pace, Policy
from tests.net.scripted import Names

pytestmark = pytest.mark.anyio


class Network:
    """Takes `opening` seconds for the first connection and none for later ones, and `answer` seconds for every answer but the first."""

    def __init__(self, opening, answer):
        self.opening, self.answer = opening, answer
        self.waited = []

    async def fetch(self, request):
        opening, self.opening = self.opening, 0.0
        await asyncio.sleep(opening)
        begun = time.monotonic()
        await request.leave()
        self.waited.append(time.monotonic() - begun)
        await asyncio.sleep(0.0 if opening else self.answer)
        return Response(Hop(request.url, 200))

    async def release(self, group):
        pass


async def test_what_a_request_waits_for_its_turn_is_not_the_time_of_its_link():
    policy = replace(Policy(), bounds=Bounds(link=0.7), pace=Pace(connections=2, burst=1, rate=1.0, ceiling=1.0))
    network, guard = Network(opening=0.45, answer=0.45), Guard(Names({"a.example": ("8.8.8.8",)}))
    dispatcher = Dispatcher(Schedule[SlotRequest](lambda _host: policy.pace, 10), time.monotonic)
    sender = Sender(dispatcher, network, guard, policy, time.monotonic)
    urls = ["http://a.example/1", "http://a.example/2"]
    found = await asyncio.gather(*(sender.send(PageRequest(url, url)) for url in urls))
    assert [response.hop.status for response in found] == [200, 200]
    assert max(network.waited) > 0.2
    await guard.aclose()
