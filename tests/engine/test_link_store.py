"""The links of a run on disk: what goes in comes out, in order, and targets are taken by host."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from linkcheck.engine.link_store import LinkStore, StoredVerdicts, Tonight
from linkcheck.model import (
    Excuse,
    FailureKind,
    Hop,
    Link,
    Observation,
    Outcome,
    PageSignals,
    Place,
    RegistryAnswer,
    Soft404Probe,
    Verdict,
    Work,
)
from linkcheck.policy import HostRule, Policy

NOW = datetime(2026, 11, 1, 3, tzinfo=UTC)
WORK = Work("Notes on “Ångström”", ("Ann Lee", "Bo"), 2019, "10.1000/x", "1803.00567", date(2026, 1, 2))
LINKS = [
    Link("https://a.org/p#x", Place("lists/x.yaml", 3, 5, "entry", "url")),
    Link("mailto:a@b.org", Place("lists/x.yaml", 4)),
    Link("HTTPS://A.org/p#y", Place("lists/x.yaml", 9, 2), WORK),
    Link("https://b.org/", Place("lists/y.yaml"), WORK, Excuse(("404", "blocked"), "known", date(2027, 1, 1)), "dead"),
    Link("https://a.org/q", Place("lists/y.yaml", 2), Work()),
    Link("https://a.org/p#x", Place("lists/y.yaml", 1)),
    Link("https://skip.org/", Place("lists/y.yaml", 8)),
]


@pytest.fixture
def store():
    made = LinkStore()
    made.read(LINKS, Policy(hosts=(HostRule("skip.org", skip="asked us not to"),)))
    yield made
    made.close()


def test_every_distinct_url_comes_back_with_all_its_places_in_order(store):
    rows = [(link.url, [place.line for place in places], key) for link, places, key in store.urls()]
    assert rows == [
        ("https://a.org/p#x", [3, 1], "https://a.org/p"),
        ("mailto:a@b.org", [4], None),
        ("HTTPS://A.org/p#y", [9], "https://a.org/p"),
        ("https://b.org/", [0], "https://b.org/"),
        ("https://a.org/q", [2], "https://a.org/q"),
        ("https://skip.org/", [8], None),
    ]


def test_a_link_keeps_its_work_its_exception_and_its_state(store):
    found = {link.url: link for link, _, _ in store.urls()}
    assert [found[link.url] for link in LINKS[:5]] == LINKS[:5]


def test_targets_are_taken_by_host_the_most_urgent_first(store):
    assert store.count() == {"a.org": 2, "b.org": 1}
    assert store.asked == 3
    assert list(store.hosts()) == [("a.org", 2), ("b.org", 1)]
    store.prioritise("https://a.org/q", 0, "2026-10-01")
    assert [one.key for one in store.peek("a.org")] == ["https://a.org/q"]
    assert [one.key for one in store.take("a.org", 1)] == ["https://a.org/q"]
    (left,) = store.take("a.org", 5)
    assert (left.key, left.fragments, left.link.work) == ("https://a.org/p", ("x", "y"), WORK)
    assert store.take("a.org", 5) == []


def test_what_needs_no_asking_or_a_registry_is_not_taken_by_host(store):
    store.settle_early("https://b.org/")
    store.leave_to_registry("https://a.org/q")
    assert store.count() == {"a.org": 2}
    assert list(store.hosts()) == [("a.org", 1)]
    assert [one.key for one in store.take_for_registries(5)] == ["https://a.org/q"]
    assert store.take_for_registries(5) == []


def test_the_first_of_two_equal_pages_is_seen_nowhere_else(store):
    assert [store.seen_elsewhere(digest, key) for digest, key in (("d", "1"), ("d", "1"), ("d", "2"), ("", "3"), ("", "4"))] == [
        False, False, True, False, False,
    ]  # fmt: skip


SEEN = [
    Observation(
        "k", NOW, (Hop("https://a.org/", 301, 0.25, "/b"), Hop("https://a.org/b", 200, 1.5)), PageSignals("T", words=9)
    ),
    Observation("k", NOW, (Hop("https://a.org/", None, 2.0, None, FailureKind.TIMEOUT, "slow"),), times=2),
    Observation("k", NOW, (Hop("https://a.org/", 403, 0.1),), status_accepted=True, soft404=Soft404Probe("s", 404, "s")),
    Observation("k", NOW, registry=RegistryAnswer("doi.org", "missing", "not there")),
    Observation("k", NOW, (Hop("https://a.org/", 200, 0.1),), discarded_reason="offline"),
]


@pytest.mark.parametrize("seen", SEEN)
def test_what_was_seen_tonight_comes_back_with_its_seconds(store, seen):
    store.keep(seen)
    assert store.tonight("k") == Tonight(seen)


def test_a_second_look_replaces_the_first(store):
    store.keep(SEEN[1])
    store.keep(SEEN[0])
    assert store.tonight("k").seen == SEEN[0]


def test_reasons_are_kept_where_nothing_was_seen(store):
    store.settle_early("https://b.org/")
    store.skip("https://a.org/q", "asks to wait")
    store.skip_rest("the budget is spent")
    assert store.tonight("https://a.org/q") == Tonight(reason="asks to wait")
    assert store.tonight("https://a.org/p") == Tonight(reason="the budget is spent")
    assert store.tonight("https://b.org/") == Tonight(reason="not asked")


def test_what_an_outage_explains_is_discarded_by_site_or_as_a_whole(store):
    for key in ("https://a.org/p", "https://b.org/"):
        store.keep(Observation(key, NOW, (Hop(key, 503),)))
    store.skip("https://a.org/q", "asks to wait")
    store.discard("b.org", "down")
    assert dict(store.discarded()) == {"https://b.org/": "down"}
    store.discard(None, "offline")
    assert dict(store.discarded()) == {"https://b.org/": "offline", "https://a.org/p": "offline"}
    assert store.tonight("https://a.org/q").reason == "asks to wait"


VERDICTS = [
    Verdict("https://a.org/", Outcome.DEAD, Outcome.FAILING, "not-found", "why", 404, "https://a.org/b", "T", None, 3, None,
            SEEN[1].hops, (Place("x", 1, 2, "e", "url"), Place("y")), date(2026, 1, 2), 3),
    Verdict("https://b.org/", Outcome.UNCHECKED, Outcome.UNCHECKED, "excused", "why", excused="known", fragment="missing"),
]  # fmt: skip


def test_verdicts_are_read_from_the_store_each_time(store):
    for verdict in VERDICTS:
        store.keep_verdict(verdict)
    found = StoredVerdicts(store)
    assert list(found) == VERDICTS
    assert list(found) == VERDICTS, "a second time"
    assert (len(found), found[1], found[:1]) == (2, VERDICTS[1], (VERDICTS[0],))


def test_links_with_exceptions_are_told_apart(store):
    assert [link.url for link in store.links_with_exceptions()] == ["https://b.org/"]


def test_busy_sites_are_those_with_more_to_ask_than_a_number(store):
    assert store.busy_sites(0) == {"a.org", "b.org"}
    assert store.busy_sites(1) == {"a.org"}
    assert store.busy_sites(2) == frozenset()
    store.leave_to_registry("https://a.org/q")
    assert store.busy_sites(1) == {"a.org"}, "what a registry may not know is asked, too"
    store.settle_early("https://a.org/q")
    assert store.busy_sites(1) == frozenset()
