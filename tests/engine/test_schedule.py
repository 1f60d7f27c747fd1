"""Politeness in pure code: a simulated clock, no loop, no sleeping."""

from __future__ import annotations

import itertools
from heapq import heappop, heappush

import pytest

from linkcheck.engine.pacing.host_pace import Feedback, Learned
from linkcheck.engine.pacing.limits import learned_pace, pace_note, pace_of
from linkcheck.engine.pacing.schedule import Schedule
from linkcheck.policy import PACES, HostRule, Pace, Policy

NORMAL = Pace()


def simulate(jobs, *, pace=NORMAL, concurrency=100, seconds=0.1, addresses=None):
    """Run a schedule to its end on a clock of its own; returns [(instant, host)] of the starts and the most at once by host."""
    schedule = Schedule(pace if callable(pace) else lambda _host: pace, concurrency)
    addresses = addresses or {}
    for host, count in jobs.items():
        for index in range(count):
            group = schedule.group(host, addresses.get(host, ""), 0.0)
            schedule.put(group, (host, index), 0.0)
    now, ending, starts, open_, most = 0.0, [], [], {}, {}
    while True:
        while (grant := schedule.take(now)) is not None:
            host, _ = grant.job
            starts.append((now, host))
            open_[host] = open_.get(host, 0) + 1
            most[host] = max(most.get(host, 0), open_[host])
            heappush(ending, (now + seconds, len(starts), host, grant))
        following = min(schedule.wake(), ending[0][0] if ending else float("inf"))
        if following == float("inf"):
            return starts, most, schedule
        now = max(now, following)
        while ending and ending[0][0] <= now:
            _, _, host, grant = heappop(ending)
            open_[host] -= 1
            schedule.done(grant.group, grant.start, now, Feedback())


def per_second(starts, host):
    at = [when for when, who in starts if who == host]
    return max(sum(1 for other in at if when <= other < when + 1.0) for when in at)


def test_a_host_sees_a_burst_then_one_a_second():
    starts, most, _ = simulate({"a.org": 8})
    times = [round(when, 3) for when, _ in starts]
    assert times[:2] == [0.0, 0.0]
    assert times[2] == pytest.approx(0.1)
    assert [later - sooner for sooner, later in itertools.pairwise(times[3:])] == pytest.approx([1.0] * 4, abs=0.11)
    assert most == {"a.org": 2}


def test_hosts_at_one_address_share_a_limiter():
    hosts = {f"site{index}.org": 3 for index in range(10)}
    starts, _, _ = simulate(hosts, addresses=dict.fromkeys(hosts, "203.0.113.7"))
    in_first_second = [host for when, host in starts if when < 1.0]
    assert len(in_first_second) <= 4


def test_hosts_at_two_addresses_do_not():
    starts, _, _ = simulate({"a.org": 3, "b.org": 3}, addresses={"a.org": "203.0.113.1", "b.org": "203.0.113.2"})
    assert len([host for when, host in starts if when < 0.5]) == 6


def test_the_host_with_the_most_work_goes_first_when_slots_are_few():
    starts, _, _ = simulate({"small.org": 1, "big.org": 5, "middle.org": 3}, concurrency=1)
    assert [host for _, host in starts[:2]] == ["big.org", "big.org"]


def test_a_waiting_host_costs_the_others_nothing():
    starts, _, _ = simulate({"one.org": 40, **{f"h{index}.org": 1 for index in range(300)}}, concurrency=10)
    others = [when for when, host in starts if host != "one.org"]
    assert max(others) <= 300 * 0.1 / 8 + 1


def test_connections_are_bounded_over_all_hosts():
    schedule = Schedule(lambda _host: NORMAL, 3)
    for index in range(9):
        schedule.put(schedule.group(f"h{index}.org", "", 0.0), index, 0.0)
    assert [schedule.take(0.0) is not None for _ in range(4)] == [True, True, True, False]


def test_what_has_begun_goes_before_what_has_not():
    schedule = Schedule(lambda _host: NORMAL, 10)
    group = schedule.group("a.org", "", 0.0)
    schedule.put(group, "new", 0.0)
    schedule.put(group, "redirect", 0.0, first=True)
    assert schedule.take(0.0).job == "redirect"


def test_dropping_a_group_gives_its_jobs_back():
    schedule = Schedule(lambda _host: NORMAL, 10)
    group = schedule.group("a.org", "", 0.0)
    for index in range(3):
        schedule.put(group, index, 0.0)
    assert schedule.drop(group) == [0, 1, 2]
    assert schedule.take(0.0) is None
    assert schedule.waiting == 0


def test_uniting_two_groups_keeps_every_job_and_the_stricter_pace():
    paces = {"strict.org": Pace(connections=1, burst=1, rate=0.5, ceiling=0.5)}
    schedule = Schedule(lambda host: paces.get(host, NORMAL), 10)
    first = schedule.group("lax.org", "203.0.113.9", 0.0)
    other = schedule.group("strict.org", "", 0.0)
    schedule.put(first, "x", 0.0)
    schedule.put(other, "y", 0.0)
    both = schedule.group("strict.org", "203.0.113.9", 0.0)
    assert both == schedule.group("lax.org", "", 0.0)
    taken = [grant for second in range(10) if (grant := schedule.take(float(second)))]
    assert len(taken) == 1, "one connection only"
    schedule.done(both, taken[0].start, 10.0, Feedback())
    assert schedule.take(12.0) is not None


def test_links_that_wait_elsewhere_count_as_work():
    schedule = Schedule(lambda _host: NORMAL, 1)
    for host, backlog in (("small.org", 0), ("big.org", 500)):
        group = schedule.group(host)
        schedule.expect(group, backlog)
        schedule.put(group, host, 0.0)
    assert schedule.queues(0.0) == [("big.org", 501, 0.0), ("small.org", 1, 0.0)]
    assert schedule.take(0.0).job == "big.org"
    assert not schedule.empty("big.org")


def test_a_schedule_of_many_hosts_is_linear():
    """Counted, not timed: what is pushed to the heaps grows with the jobs, not with their square."""
    import linkcheck.engine.pacing.schedule as module

    pushed = 0
    real = module.heappush

    def counting(heap, item):
        nonlocal pushed
        pushed += 1
        real(heap, item)

    module.heappush = counting
    try:
        simulate({f"h{index}.org": 5 for index in range(400)}, pace=PACES["none"], seconds=0.0)
    finally:
        module.heappush = real
    assert pushed <= 6 * 2000


def ask_once(schedule, host, now, said=None):
    """Ask a host once and end it at the same instant."""
    schedule.put(schedule.group(host, f"address of {host}", now), host, now)
    grant = schedule.take(now)
    schedule.done(grant.group, grant.start, now, said or Feedback())


def test_of_many_hosts_those_that_taught_nothing_are_forgotten_after_a_while():
    schedule = Schedule(lambda _host: NORMAL, 10)
    ask_once(schedule, "complained.org", 0.0, Feedback(healthy=False, complaint=True))
    ask_once(schedule, "slow.org", 0.0)
    schedule.slow("slow.org", 0.0, 0.1)
    for second in range(30):
        ask_once(schedule, "busy.org", second / 0.5)
    schedule.expect(schedule.group("waits.org"), 3)
    for index in range(6000):
        ask_once(schedule, f"h{index}.org", 60.0)
    assert {tally.host for tally in schedule.tallies()} >= {"h0.org", "slow.org"}, "not before they have been idle for a minute"
    for index in range(2000):
        ask_once(schedule, f"late{index}.org", 200.0)
    assert {tally.host for tally in schedule.tallies()} == {"complained.org", "busy.org"}
    assert not schedule.empty("waits.org")
    assert schedule.queues(200.0)[0][:2] == ("waits.org", 3)
    ask_once(schedule, "slow.org", 200.0)
    schedule.put("slow.org", "again", 200.0)
    assert schedule.queues(200.0)[1][2] > 1, "what robots.txt asked for is kept"


def test_a_forgotten_host_is_asked_like_a_new_one():
    schedule = Schedule(lambda _host: NORMAL, 10)
    for index in range(12_000):
        ask_once(schedule, f"h{index}.org", 100.0 * (index // 6000))
    ask_once(schedule, "h0.org", 101.0)
    assert schedule.group("other.org", "address of h0.org", 101.0) == "h0.org", "they still share a pace by their address"


def test_a_host_with_several_addresses_can_be_forgotten():
    schedule = Schedule(lambda _host: NORMAL, 10)
    for address in ("203.0.113.1", "203.0.113.2"):
        schedule.group("both.org", address, 0.0)
    schedule.group("united.org", "203.0.113.9", 0.0)
    schedule.group("other.org", "203.0.113.3", 0.0)
    schedule.group("other.org", "203.0.113.9", 0.0)
    for host in ("both.org", "united.org"):
        ask_once(schedule, host, 0.0)
    for index in range(6000):
        ask_once(schedule, f"h{index}.org", 100.0)
    assert schedule.empty("both.org")
    assert schedule.idle("both.org")
    for host, address in (("new.org", "203.0.113.1"), ("newer.org", "203.0.113.2"), ("newest.org", "203.0.113.3")):
        assert schedule.group(host, address, 100.0) == host
    schedule.group("other.org", "", 100.0)


def test_a_united_host_that_was_forgotten_keeps_the_published_limit():
    paces = {"arxiv.org": Pace(connections=1, burst=1, rate=1 / 3, ceiling=1 / 3)}
    schedule = Schedule(lambda host: paces.get(host, NORMAL), 10)
    schedule.group("arxiv.org", "203.0.113.9", 0.0)
    schedule.group("mirror.org", "203.0.113.9", 0.0)
    ask_once(schedule, "arxiv.org", 0.0)
    for index in range(6000):
        ask_once(schedule, f"h{index}.org", 100.0)
    for _ in range(4):
        schedule.put(schedule.group("mirror.org", "", 100.0), "x", 100.0)
    assert schedule.take(100.0) is not None
    assert schedule.take(100.0) is None


def test_a_slow_host_is_forgotten_only_when_it_may_be_asked_again():
    paces = {"slow.org": Pace(connections=1, burst=1, rate=0.005, ceiling=0.005)}
    schedule = Schedule(lambda host: paces.get(host, NORMAL), 10)
    ask_once(schedule, "slow.org", 0.0)
    for index in range(6000):
        ask_once(schedule, f"h{index}.org", 100.0)
    schedule.put(schedule.group("slow.org", "", 100.0), "x", 100.0)
    assert schedule.take(100.0) is None
    assert schedule.wake() == pytest.approx(200.0)


@pytest.mark.parametrize(
    ("host", "pace", "connections", "rate"),
    [
        ("arxiv.org", "normal", 1, 1 / 3),
        ("github.com", "brisk", 1, 1.0),
        ("example.org", "gentle", 2, 1.0),
        ("arxiv.org", "none", 64, 1e9),
    ],
)
def test_published_limits_win(host, pace, connections, rate):
    found = pace_of(host, Policy(pace=PACES[pace]))
    assert (found.connections, found.rate) == (connections, pytest.approx(rate))


@pytest.mark.parametrize(
    ("rules", "rate", "connections"),
    [
        ({"example.org": {"rate": 0.5}}, 0.5, 2),
        ({"docs.example.org": {"rate": 0.5}}, 0.5, 2),
        ({".docs.example.org": {"rate": 0.5}}, 0.5, 2),
        ({".example.org": {"connections": 1}}, 1.0, 1),
        ({".org": {"rate": 0.25}}, 0.25, 2),
        (
            {"a.example.org": {"rate": 0.5}, "b.example.org": {"rate": 0.2, "connections": 1}, "example.org": {"rate": 3.0}},
            0.2,
            1,
        ),
        ({"example.net": {"rate": 0.5}, "otherexample.org": {"rate": 0.5}, "org": {"rate": 0.5}}, 1.0, 2),
    ],
)
def test_the_strictest_rule_in_a_group_holds_for_it(rules, rate, connections):
    policy = Policy(hosts=tuple(HostRule(host, **values) for host, values in rules.items()))
    pace = pace_of("example.org", policy)
    assert (pace.rate, pace.connections) == (rate, connections)


@pytest.mark.parametrize("learned", [Learned(2.5, 3.0, 1), Learned(5.0, None, 3)])
def test_what_a_host_taught_survives_its_note(learned):
    name, text = pace_note("example.org", learned)
    assert learned_pace("example.org", {name: text}.get) == learned


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"rate": "x", "refused": 1, "burst": 1}', '{"rate": 1, "refused": [], "burst": null}']
)
def test_a_note_that_cannot_be_read_teaches_nothing(text):
    assert learned_pace("example.org", lambda _name: text) is None
