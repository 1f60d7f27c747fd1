"""What hit everything was the runner's; what hit a whole host was the host's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from linkcheck.judging.outage import find_outages, looks_offline
from linkcheck.model import FailureKind, Hop, Observation

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def seen(status=None, failure=None):
    return Observation("k", NOW, (Hop("https://example.org/x", status, failure=failure),))


def run(*hosts, alive=True):
    """Each host as (name, number of links, status or trouble); `alive` is what the night before said."""
    rows = []
    for name, count, what in hosts:
        one = seen(failure=what) if isinstance(what, FailureKind) else seen(what)
        rows += [(name, one, lambda: alive)] * count
    return find_outages(rows)


@pytest.mark.parametrize(
    ("hosts", "voided"),
    [
        ([("a.org", 12, 503), ("b.org", 3, 200)], {"a.org"}),
        ([("a.org", 12, FailureKind.TIMEOUT), ("b.org", 3, 200)], {"a.org"}),
        ([("a.org", 12, 404), ("b.org", 3, 200)], {"a.org"}),
        ([("a.org", 4, 503), ("b.org", 3, 200)], set()),
        ([("a.org", 12, 410), ("b.org", 3, 200)], set()),
        ([("a.org", 12, FailureKind.NO_SUCH_HOST), ("b.org", 3, 200)], set()),
        ([("a.org", 11, 503), ("a.org", 1, 200), ("b.org", 3, 200)], set()),
        ([("a.org", 12, 200)], set()),
    ],
)
def test_a_host_that_fails_as_one_is_void(hosts, voided):
    found, whole = run(*hosts)
    assert (set(found), whole) == (voided, None)


@pytest.mark.parametrize("what", [404, 503, FailureKind.TIMEOUT])
def test_a_site_that_stays_gone_is_not_void_for_ever(what):
    assert run(("a.org", 12, what), ("b.org", 3, 200), alive=False) == ({}, None)


def test_a_network_that_fails_most_hosts_is_the_runners():
    down = [(f"h{index}.org", 2, FailureKind.TIMEOUT) for index in range(7)]
    up = [(f"u{index}.org", 2, 200) for index in range(3)]
    _, whole = run(*down, *up)
    assert "7 of 10 hosts" in whole
    _, whole = run(*down[:4], *up)
    assert whole is None


def test_what_failed_the_night_before_says_nothing_of_tonights_network():
    failing = [(f"h{index}.org", 2, FailureKind.TIMEOUT) for index in range(7)]
    up = [(f"u{index}.org", 2, 200) for index in range(3)]
    assert run(*failing, *up, alive=False) == ({}, None)
    assert "7 of 10 hosts" in run(*failing, *up, alive=None)[1]


def test_names_that_are_missing_while_others_resolve_are_the_links_own():
    gone = [seen(failure=FailureKind.NO_SUCH_HOST) for _ in range(7)]
    rows = [(f"h{index}.org", one, lambda: None) for index, one in enumerate([*gone, seen(200), seen(200)])]
    assert "7 of 9 hosts" in find_outages(rows)[1]
    assert find_outages(rows, names_resolve=True) == ({}, None)


def test_a_failing_proxy_voids_the_run():
    _, whole = run(("a.org", 1, FailureKind.PROXY), ("b.org", 9, 200))
    assert "proxy" in whole


@pytest.mark.parametrize(
    ("troubles", "offline"),
    [
        ([], False),
        ([None, FailureKind.DNS_FAILURE], False),
        ([FailureKind.DNS_FAILURE, FailureKind.NO_DNS, FailureKind.UNREACHABLE], True),
        ([FailureKind.TLS_EXPIRED], False),
    ],
)
def test_offline_is_when_nothing_answers(troubles, offline):
    assert looks_offline(troubles) is offline
