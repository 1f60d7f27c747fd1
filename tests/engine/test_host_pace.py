"""How a host's pace follows its answers: on a simulated clock, against servers with token buckets of their own."""

from __future__ import annotations

import itertools
import math
import random
from heapq import heappop, heappush

import pytest

from linkcheck.engine.pacing.host_pace import Feedback, HostPace
from linkcheck.policy import PACES, Pace

LIMIT = Feedback(healthy=False, complaint=True, rate_limited=True)
REFUSAL = Feedback(healthy=False, complaint=True)


class Server:
    """Refuses what exceeds `rate` requests a second, after a burst."""

    def __init__(self, rate=math.inf, burst=1, retry_after=0.0):
        self.rate, self.burst, self.retry_after = rate, burst, retry_after
        self.tokens, self.at = float(burst), 0.0

    def __call__(self, now, _number):
        if self.rate == math.inf:
            return Feedback()
        self.tokens, self.at = min(self.burst, self.tokens + (now - self.at) * self.rate), now
        if self.tokens < 1:
            return Feedback(healthy=False, complaint=True, rate_limited=True, wait=self.retry_after)
        self.tokens -= 1
        return Feedback()


def run(server, links, *, limits=PACES["normal"], learned=None, seconds=lambda: 0.1):
    """Ask until all links are answered; returns (instants of the starts, complaints, the pace, the end)."""
    pace, now, left, running, ending, starts, complaints = HostPace(limits, learned, 0.0), 0.0, links, 0, [], [], 0
    while left or running:
        while left and running < limits.connections and pace.ready_at(now) <= now + 1e-12:
            said = server(now, len(starts))
            starts.append(now)
            left, running = left - 1, running + 1
            heappush(ending, (now + (seconds() if said.healthy else 0.02), len(starts), pace.spend(now), said))
        ahead = [ending[0][0]] if ending else []
        if left and running < limits.connections:
            ahead.append(pace.ready_at(now))
        now = max(now, min(ahead))
        while ending and ending[0][0] <= now:
            at, _, start, said = heappop(ending)
            running -= 1
            left += not said.healthy
            complaints += said.complaint
            pace.answered(start, at, at - start.at, said)
    return starts, complaints, pace, now


def gaps(starts):
    return [later - sooner for sooner, later in itertools.pairwise(starts)]


def test_the_rate_doubles_while_all_is_well_and_stops_at_the_ceiling():
    starts, _, pace, _ = run(Server(), 200)
    assert sum(start < 1.0 for start in starts) <= 4
    assert pace.rate == PACES["normal"].ceiling
    assert min(gaps(starts[-50:])) == pytest.approx(1 / PACES["normal"].ceiling)


def test_the_rate_never_exceeds_what_the_connections_can_answer():
    starts, *_ = run(Server(), 60, seconds=lambda: 1.0)
    assert starts[-1] - starts[-21] >= 10 - 1e-9


@pytest.mark.parametrize(("seconds", "rate"), [(4.0, 1.0), (1.0, 2.0), (0.8, 2.5), (0.5, 4.0), (0.1, 5.0)])
def test_the_rate_grows_to_what_two_connections_can_answer(seconds, rate):
    _, _, pace, _ = run(Server(), 100, seconds=lambda: seconds)
    assert pace.rate == pytest.approx(rate)


class Spaced:
    """Refuses what comes within 0.15 seconds of the request before."""

    last = -1.0

    def __call__(self, now, _number):
        ahead, self.last = now - self.last < 0.15, now
        return LIMIT if ahead else Feedback()


def test_a_complaint_within_the_burst_costs_the_burst_not_the_pace():
    starts, complaints, pace, _ = run(Spaced(), 60)
    assert complaints <= 4
    assert pace.limits.burst < PACES["normal"].burst
    assert pace.rate == PACES["normal"].ceiling
    assert pace.learned.refused is None
    assert min(gaps(starts[5:])) >= 0.19


def test_a_complaint_lowers_the_ceiling_to_the_middle_and_the_rate_below_it():
    pace, now = HostPace(Pace(connections=2, burst=1, rate=1.0, ceiling=20.0), None, 0.0), 0.0
    for _ in range(40):  # ten at 1, ten at 2, ten at 4, ten at 8
        now = pace.ready_at(now)
        start = pace.spend(now)
        pace.answered(start, now + 0.01, 0.01, Feedback())
    assert pace.rate == 16
    now = pace.ready_at(now)
    pace.answered(pace.spend(now), now + 0.01, 0.01, LIMIT)
    assert pace.ceiling == (8 + 16) / 2, "8 is the fastest rate that held"
    assert pace.rate == pytest.approx(0.7 * pace.ceiling)
    rates = []
    for _ in range(60):
        now = pace.ready_at(now)
        pace.answered(pace.spend(now), now + 0.01, 0.01, Feedback())
        rates.append(pace.rate)
    assert rates == sorted(rates)
    assert rates[-1] > 12, "what holds is followed by a step towards the refused rate"
    assert rates[-1] < 16


def test_complaints_about_requests_that_were_under_way_count_once():
    pace = HostPace(Pace(connections=4, burst=1, rate=8.0, ceiling=8.0), None, 0.0)
    starts = [pace.spend(number / 8) for number in range(4)]
    for start in starts:
        pace.answered(start, 0.5, 0.1, LIMIT)
    assert pace.rate == pytest.approx(8.0 * 0.8 * 0.7)


def test_refusals_without_a_limit_slow_down_but_teach_no_limit():
    pace, now, rates = HostPace(PACES["normal"], None, 0.0), 0.0, []
    for number in range(300):
        now = max(now, pace.ready_at(now))
        pace.answered(pace.spend(now), now + 0.1, 0.1, REFUSAL if number % 40 == 39 else Feedback())
        rates.append(pace.rate)
        now += 0.1
    assert pace.learned.refused is None
    assert sum(rates[-100:]) / 100 > 3
    for _ in range(50):
        now = pace.ready_at(now)
        pace.answered(pace.spend(now), now + 0.1, 0.1, REFUSAL)
    assert pace.rate == pytest.approx(0.5), "never below half of the first rate"


def test_a_wait_asked_for_is_kept():
    said = iter([Feedback(healthy=False, complaint=True, rate_limited=True, wait=30.0)] + [Feedback()] * 100)
    starts, *_ = run(lambda *_: next(said), 6)
    assert max(gaps(starts)) >= 29.0


@pytest.mark.parametrize("rate", [3.0, 3.7, 4.6, 6.2, 11.0, 29.0])
@pytest.mark.parametrize("burst", [1, 3, 10])
@pytest.mark.parametrize("retry_after", [0.0, 1.0])
def test_a_limited_host_is_asked_nearly_as_fast_as_it_allows(rate, burst, retry_after):
    dice = random.Random(f"{rate} {burst} {retry_after}")
    latency = lambda: min(8.0, 0.12 * math.exp(0.8 * dice.gauss(0, 1)))  # noqa: E731
    _, complaints, pace, end = run(Server(rate, burst, retry_after), 800, seconds=latency)
    fastest = min(rate, PACES["normal"].ceiling)
    assert complaints <= 5
    assert end <= 1.15 * (800 / fastest + 12), "twelve seconds is the ramp"
    server = Server(rate, burst, retry_after)
    _, again, _, end = run(server, 800, learned=pace.learned, seconds=latency)
    assert again <= 1
    assert end <= 1.12 * 800 / fastest


def test_what_was_learnt_never_exceeds_tonights_limits():
    _, _, pace, _ = run(Server(), 200, limits=PACES["brisk"])
    gentle = HostPace(PACES["gentle"], pace.learned, 0.0)
    assert gentle.rate == 1.0


def test_a_crawl_delay_holds():
    pace = HostPace(PACES["normal"], None, 0.0)
    pace.slow(0.1)
    now, starts = 0.0, []
    for _ in range(30):
        now = pace.ready_at(now)
        starts.append(now)
        pace.answered(pace.spend(now), now + 0.1, 0.1, Feedback())
    assert min(gaps(starts)) == pytest.approx(10.0)
