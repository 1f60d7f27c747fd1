"""Link health from the history: each night is judged by the observations up to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from generator.publishing.link_health import link_health
from linkcheck.history import History
from linkcheck.model import Hop, Link, Observation, Outcome, PageSignals, Place
from linkcheck.policy import Policy
from linkcheck.urls import fetch_key

FIRST = datetime(2026, 11, 1, 3, tzinfo=UTC)
GOOD, LOST = "https://example.org/good", "https://example.org/lost"


def link(url: str) -> Link:
    return Link(url, Place("lists/a.yaml", entry="e"))


def night(number: int) -> datetime:
    return FIRST + timedelta(days=number)


def observed(url: str, number: int, status: int = 200, discarded: str = "") -> Observation:
    signals = PageSignals(title="A page", words=300) if status == 200 else None
    return Observation(fetch_key(url), night(number), (Hop(url, status),), signals, discarded_reason=discarded)


def history_of(path, observations: Iterable[Observation]):
    with History(path, now=FIRST) as history:
        for one in observations:
            history.add(one)
    return path


def counts(health) -> list[dict[str, int]]:
    return [dict(one.counts) for one in health.nights]


def test_without_a_history_there_is_no_health(tmp_path):
    health, problems = link_health([link(GOOD)], Policy(), tmp_path / "none.db", night(0))
    assert (health.known, health.links, problems) == (False, {}, ())


def test_a_link_fails_before_it_is_dead(tmp_path):
    nights = [observed(GOOD, n) for n in range(5)] + [observed(LOST, n, 200 if n < 2 else 404) for n in range(5)]
    health, _ = link_health([link(GOOD), link(LOST)], Policy(), history_of(tmp_path / "h.db", nights), night(5))
    assert [one.day for one in health.nights] == [date(2026, 11, day) for day in range(1, 6)]
    assert counts(health) == [
        {Outcome.ALIVE: 2},
        {Outcome.ALIVE: 2},
        {Outcome.ALIVE: 1, Outcome.FAILING: 1},
        {Outcome.ALIVE: 1, Outcome.FAILING: 1},
        {Outcome.ALIVE: 1, Outcome.DEAD: 1},
    ]
    lost = health.links[LOST]
    assert (lost.outcome, lost.seen, lost.last_alive) == (Outcome.DEAD, date(2026, 11, 5), date(2026, 11, 2))
    assert health.links[GOOD].outcome is Outcome.ALIVE


def test_a_link_is_unchecked_before_its_first_observation(tmp_path):
    nights = [observed(GOOD, 0), observed(GOOD, 1), observed(LOST, 1)]
    health, _ = link_health([link(GOOD), link(LOST)], Policy(), history_of(tmp_path / "h.db", nights), night(2))
    assert counts(health) == [{Outcome.ALIVE: 1, Outcome.UNCHECKED: 1}, {Outcome.ALIVE: 2}]


def test_discarded_observations_are_ignored(tmp_path):
    nights = [observed(GOOD, 0), observed(GOOD, 1, 404, discarded="the host failed as one")]
    health, _ = link_health([link(GOOD)], Policy(), history_of(tmp_path / "h.db", nights), night(2))
    assert counts(health) == [{Outcome.ALIVE: 1}]
    assert health.links[GOOD].outcome is Outcome.ALIVE


def test_links_that_cant_be_requested_are_counted(tmp_path):
    links = [link(GOOD), link("mailto:someone@example.org"), link("http://10.0.0.1/")]
    health, _ = link_health(links, Policy(), history_of(tmp_path / "h.db", [observed(GOOD, 0)]), night(1))
    assert counts(health) == [{Outcome.ALIVE: 1, Outcome.UNCHECKED: 1, Outcome.INVALID: 1}]
    assert list(health.links) == [one.url for one in links]


def test_links_removed_from_the_lists_are_not_counted(tmp_path):
    nights = [observed(GOOD, 0), observed(LOST, 0, 404)]
    health, _ = link_health([link(GOOD)], Policy(), history_of(tmp_path / "h.db", nights), night(1))
    assert counts(health) == [{Outcome.ALIVE: 1}]


def test_of_many_nights_a_sample_with_the_last_is_shown(tmp_path):
    nights = [observed(GOOD, n, 200 if n % 3 else 404) for n in range(150)]
    health, _ = link_health([link(GOOD)], Policy(), history_of(tmp_path / "h.db", nights), night(150))
    days = [one.day for one in health.nights]
    assert (len(days), health.total_nights) == (60, 150)
    assert days == sorted(set(days))
    assert days[-1] == night(149).date()


def test_a_damaged_history_is_a_warning(tmp_path):
    path = tmp_path / "h.db"
    path.write_bytes(b"no database" * 500)
    health, problems = link_health([link(GOOD)], Policy(), path, night(0))
    assert not health.known
    assert [one.code for one in problems] == ["damaged-history"]
