"""How a host's pace follows its answers: on a simulated clock, against servers with token buckets of their own."""

from __future__ import annotations

import itertools
import math
import random
from heapq import heappop, heappush

import pytest

from linkcheck.engine.pacing.host_pace import Feedback, HostPace, Learned
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


def run(server, links, *, limits=PACES["normal"], learned=None, seconds=lambda: 0.1, opening=lambda: 0.0):
    """Ask until all links are answered; returns (instants at which requests left, complaints, the pace, the end).

    `opening` is what a request takes from its start until it has a connection.
    """
    pace, now, left, running, order, leaving, complaints = (
        HostPace(limits, learned, 0.0),
        0.0,
        links,
        0,
        itertools.count(),
        [],
        0,
    )
    events = []
    while left or running:
        while left and running < limits.connections and pace.ready_at(now) <= now:
            left, running = left - 1, running + 1
            heappush(events, (now + opening(), next(order), pace.spend(now), None, False))
        if left and running < limits.connections and (not events or pace.ready_at(now) < events[0][0]):
            now = pace.ready_at(now)
            continue
        now, _, start, said, waited = heappop(events)
        if said is not None:
            running -= 1
            left += not said.healthy
            complaints += said.complaint
            pace.answered(start, now, now - start.at, said)
        elif (later := pace.leaves_at(now)) > now:
            heappush(events, (later, next(order), start, None, True))
        else:
            start = pace.leave(start, now, waited=waited)
            said = server(now, len(leaving))
            leaving.append(now)
            heappush(events, (now + (seconds() if said.healthy else 0.02), next(order), start, said, False))
    return leaving, complaints, pace, now


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


def ask(pace, now, said):
    """Ask once, as soon as the pace allows; returns when."""
    now = pace.ready_at(now)
    pace.answered(pace.leave(pace.spend(now), now, waited=False), now + 0.01, 0.01, said)
    return now


def test_after_a_refused_rate_the_pace_starts_below_the_one_that_held_and_climbs_to_just_below_the_refused_one():
    pace, now = HostPace(Pace(connections=2, burst=1, rate=1.0, ceiling=20.0), None, 0.0), 0.0
    for _ in range(40):  # ten at 1, ten at 2, ten at 4, ten at 8
        now = ask(pace, now, Feedback())
    assert pace.rate == 16
    now = ask(pace, now, LIMIT)
    assert 4 < pace.rate < 8, "8 is the fastest rate that held"
    rates = []
    for _ in range(200):
        now = ask(pace, now, Feedback())
        rates.append(pace.rate)
    assert rates == sorted(rates)
    assert 14 < rates[-1] < 16


def test_the_rate_that_is_known_to_pass_is_kept_and_a_faster_one_is_tried_ever_more_rarely():
    allowed, pace, now, refused = 7.0, HostPace(Pace(connections=2, burst=1, rate=1.0, ceiling=20.0), None, 0.0), 0.0, []
    for number in range(6000):
        said = LIMIT if pace.rate > allowed else Feedback()
        refused += [number] if said is LIMIT else []
        now = ask(pace, now, said)
    assert len(refused) <= 12
    assert refused[-1] - refused[-2] > 700
    assert 0.85 * allowed < pace.rate <= allowed


def test_no_faster_rate_is_tried_for_the_last_requests():
    pace, now = HostPace(Pace(connections=4, burst=1, rate=1.0, ceiling=20.0), Learned(3.0, 3.2, 1), 0.0), 0.0
    for left in range(399, -1, -1):
        now = pace.ready_at(now)
        pace.answered(pace.leave(pace.spend(now), now, waited=False), now + 0.01, 0.01, Feedback(), left)
    assert pace.rate == 3.0
    for _ in range(400):
        now = ask(pace, now, Feedback())
    assert pace.rate > 3.0, "but for many"


def test_a_host_that_allows_more_than_it_did_is_asked_faster_again():
    pace, now = HostPace(Pace(connections=4, burst=1, rate=1.0, ceiling=20.0), Learned(3.0, 3.2, 1), 0.0), 0.0
    for _ in range(1500):
        now = ask(pace, now, Feedback())
    assert pace.rate > 6
    assert pace.learned.rate > 5


def test_complaints_about_requests_that_were_under_way_count_once():
    pace, starts, now = HostPace(Pace(connections=4, burst=1, rate=8.0, ceiling=8.0), None, 0.0), [], 0.0
    for _ in range(20):
        now = ask(pace, now, Feedback())
    for _ in range(4):
        now = pace.ready_at(now)
        starts.append(pace.leave(pace.spend(now), now, waited=False))
    for start in starts:
        pace.answered(start, now + 0.01, 0.1, LIMIT)
    assert pace.rate == pytest.approx(0.45 * 8.0)


def test_a_complaint_right_at_the_start_costs_the_burst_and_says_nothing_about_the_limit():
    pace = HostPace(PACES["normal"], None, 0.0)
    starts = [pace.leave(pace.spend(0.0), 0.0, waited=False) for _ in range(3)]
    for start, said in zip(starts, (LIMIT, Feedback(), LIMIT), strict=True):  # the second arrived first
        pace.answered(start, 0.2, 0.2, said)
    assert (pace.limits.burst, pace.rate, pace.learned.refused) == (1, 1.0, None)
    ask(pace, 1.0, LIMIT)
    assert pace.rate == pytest.approx(0.7), "with no burst left, it is the rate"


def test_requests_are_kept_apart_where_they_leave():
    dice = random.Random(7)
    limits = Pace(connections=4, burst=1, rate=5.0, ceiling=5.0)
    leaving, *_ = run(Server(), 200, limits=limits, opening=lambda: dice.choice((0.0, 0.3)))
    assert min(gaps(leaving)) >= 0.2 - 1e-9
    assert leaving[-1] <= 1.3 * 200 / 5, "waiting for the turn to leave must not add up"


def test_a_request_with_its_connection_waits_for_a_short_pause_only():
    pace = HostPace(PACES["normal"], None, 0.0)
    start = pace.leave(pace.spend(0.0), 0.0, waited=False)
    pace.answered(start, 0.1, 0.1, Feedback(healthy=False, complaint=True, rate_limited=True, wait=3.0))
    assert pace.leaves_at(0.2) == pytest.approx(3.1)
    pace.answered(start, 0.2, 0.2, Feedback(healthy=False, complaint=True, rate_limited=True, wait=50.0))
    assert pace.leaves_at(0.3) < 5


def test_refusals_without_a_limit_slow_down_but_teach_no_limit():
    pace, now, rates = HostPace(PACES["normal"], None, 0.0), 0.0, []
    for number in range(300):
        now = max(now, pace.ready_at(now))
        pace.answered(
            pace.leave(pace.spend(now), now, waited=False), now + 0.1, 0.1, REFUSAL if number % 40 == 39 else Feedback()
        )
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


def test_a_complaint_never_makes_a_crawl_delay_shorter():
    pace = HostPace(PACES["normal"], None, 0.0)
    starts = [pace.leave(pace.spend(0.0), 0.0, waited=False) for _ in range(2)]
    pace.answered(starts[0], 0.1, 0.1, Feedback())
    pace.slow(1 / 30)
    pace.answered(starts[1], 0.2, 0.2, LIMIT)
    assert pace.rate == pytest.approx(1 / 30)
    now = 0.2
    for _ in range(3):
        now = ask(pace, now, LIMIT)
    assert pace.rate == pytest.approx(1 / 30), "it is slow enough"


def test_requests_that_leave_in_a_pause_are_refused_once():
    pace, now = HostPace(Pace(connections=4, burst=1, rate=8.0, ceiling=8.0), None, 0.0), 0.0
    for _ in range(20):
        now = ask(pace, now, Feedback())
    starts = []
    for _ in range(3):
        now = pace.ready_at(now)
        starts.append(pace.spend(now))
    refused = Feedback(healthy=False, complaint=True, rate_limited=True, wait=30.0)
    pace.answered(pace.leave(starts[0], now, waited=False), now, 0.1, refused)
    rate = pace.rate
    for start in starts[1:]:
        now = pace.leaves_at(now)
        pace.answered(pace.leave(start, now, waited=True), now + 0.1, 0.1, refused)
    assert pace.rate == rate


def test_two_hosts_at_one_address_get_the_stricter_of_everything():
    one = HostPace(Pace(connections=1, burst=1, rate=1 / 3, ceiling=1 / 3), None, 0.0)
    other = HostPace(PACES["normal"], Learned(3.0, 3.2, 2), 0.0)
    other.slow(1 / 30)
    one.join(other)
    assert (one.limits.connections, one.limits.burst) == (1, 1)
    assert one.rate == one.ceiling == pytest.approx(1 / 30)
    lax, strict = (HostPace(PACES["brisk"], Learned(rate, rate, 3), 0.0) for rate in (18.0, 3.0))
    lax.join(strict)
    assert lax.learned.refused == 3.0
