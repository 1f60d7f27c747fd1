"""Outages: of this network, or of one host."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from linkcheck.judging.outage import SiteNight, find_outages, looks_offline
from linkcheck.model import FailureKind, Hop, Observation, RegistryAnswer

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def seen(status=None, failure=None):
    return Observation("k", NOW, (Hop("https://example.org/x", status, failure=failure),))


EARLIER = {True: (seen(200),), False: (seen(500),), None: ()}


def night(*hosts, alive=True):
    """What a run saw: each host as (name, number of links, status or failure); `alive` is what the night before said."""
    sites = {}
    for name, count, what in hosts:
        one = seen(failure=what) if isinstance(what, FailureKind) else seen(what)
        for _ in range(count):
            sites.setdefault(name, SiteNight()).add(one, EARLIER[alive])
    return sites


def run(*hosts, alive=True):
    return find_outages(night(*hosts, alive=alive))


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
def test_a_host_whose_links_all_fail_alike_is_discarded(hosts, voided):
    found, whole = run(*hosts)
    assert (set(found), whole) == (voided, None)


@pytest.mark.parametrize("what", [404, 503, FailureKind.TIMEOUT])
def test_only_the_first_failing_night_of_a_host_is_discarded(what):
    assert run(("a.org", 12, what), ("b.org", 3, 200), alive=False) == ({}, None)


def test_failures_of_most_hosts_discard_the_run():
    down = [(f"h{index}.org", 2, FailureKind.TIMEOUT) for index in range(7)]
    up = [(f"u{index}.org", 2, 200) for index in range(3)]
    _, whole = run(*down, *up)
    assert "7 of 10 hosts" in whole.reason
    _, whole = run(*down[:4], *up)
    assert whole is None


def test_hosts_that_failed_the_night_before_do_not_count():
    failing = [(f"h{index}.org", 2, FailureKind.TIMEOUT) for index in range(7)]
    up = [(f"u{index}.org", 2, 200) for index in range(3)]
    assert run(*failing, *up, alive=False) == ({}, None)
    assert "7 of 10 hosts" in run(*failing, *up, alive=None)[1].reason


def test_names_that_are_missing_while_others_resolve_are_the_links_own():
    gone = [(f"h{index}.org", 1, FailureKind.NO_SUCH_HOST) for index in range(7)]
    sites = night(*gone, ("u1.org", 1, 200), ("u2.org", 1, 200), alive=None)
    assert "7 of 9 hosts" in find_outages(sites)[1].reason
    assert find_outages(sites, names_resolve=True) == ({}, None)


def test_a_night_that_was_discarded_says_nothing_about_the_one_before():
    discarded = replace(seen(500), discarded_reason="offline")
    sites = {"a.org": SiteNight()}
    for _ in range(6):
        sites["a.org"].add(seen(503), (seen(200), discarded))
    assert set(find_outages(sites)[0]) == {"a.org"}


@pytest.mark.parametrize("what", [404, 503, FailureKind.TIMEOUT])
def test_a_night_discarded_for_its_host_is_not_followed_by_another(what):
    """Else a site that is gone would be unchecked for ever."""
    sites = night(("a.org", 12, what), ("b.org", 3, 200))
    one = seen(failure=what) if isinstance(what, FailureKind) else seen(what)
    discarded = replace(one, discarded_reason=find_outages(sites)[0]["a.org"])
    sites["a.org"] = SiteNight()
    for _ in range(12):
        sites["a.org"].add(one, (seen(200), discarded))
    assert find_outages(sites) == ({}, None)


def test_links_that_a_registry_answered_for_are_no_failures():
    sites = {"a.org": SiteNight()}
    for _ in range(6):
        sites["a.org"].add(Observation("k", NOW, registry=RegistryAnswer("doi.org", "missing")), ())
    assert find_outages(sites) == ({}, None)


def test_a_failing_proxy_discards_the_run():
    _, whole = run(("a.org", 1, FailureKind.PROXY), ("b.org", 9, 200))
    assert ("proxy" in whole.reason, whole.kind) == (True, FailureKind.PROXY)


def test_a_failing_proxy_says_why():
    sites = {"b.org": SiteNight(), "a.org": SiteNight()}
    sites["b.org"].add(seen(500), ())
    for detail in ("socks5h:// proxies are not supported", "another"):
        hop = Hop("https://a.org/x", failure=FailureKind.PROXY, detail=detail)
        sites["a.org"].add(Observation("k", NOW, (hop,)), ())
    whole = find_outages(sites, 3)[1]
    assert whole.reason == "the proxy of this network refused or failed (socks5h:// proxies are not supported)"


@pytest.mark.parametrize(
    ("failures", "kind", "words"),
    [
        (
            [FailureKind.TLS_UNKNOWN_ISSUER] * 6,
            FailureKind.TLS_UNKNOWN_ISSUER,
            "6 of 6 hosts showed a certificate of an unknown issuer",
        ),
        (
            [FailureKind.TLS_UNKNOWN_ISSUER] * 4 + [FailureKind.TIMEOUT] * 2,
            FailureKind.TLS_UNKNOWN_ISSUER,
            "4 of 6 hosts showed a certificate",
        ),
        (
            [FailureKind.TLS_UNKNOWN_ISSUER] * 3 + [FailureKind.TIMEOUT] * 3,
            FailureKind.TLS_UNKNOWN_ISSUER,
            "6 of 6 hosts could not be",
        ),
        ([FailureKind.TIMEOUT] * 5, FailureKind.TIMEOUT, "5 of 5 hosts could not be reached"),
        (
            [FailureKind.DNS_FAILURE] * 3 + [FailureKind.NO_DNS] * 3,
            FailureKind.NO_DNS,
            "the names of 6 of 6 hosts could not be resolved",
        ),
        ([FailureKind.NO_SUCH_HOST] * 4 + [FailureKind.REFUSED] * 2, FailureKind.NO_DNS, "the names of 4 of 6 hosts"),
    ],
)
def test_an_outage_is_named_after_what_most_hosts_share(failures, kind, words):
    _, whole = run(*[(f"h{index}.org", 1, failure) for index, failure in enumerate(failures)], alive=None)
    assert (whole.kind, words in whole.reason) == (kind, True), whole.reason


@pytest.mark.parametrize(
    ("failures", "offline"),
    [
        ([], False),
        ([None, FailureKind.DNS_FAILURE], False),
        ([FailureKind.DNS_FAILURE, FailureKind.NO_DNS, FailureKind.UNREACHABLE], True),
        ([FailureKind.TLS_EXPIRED], False),
    ],
)
def test_offline_means_that_no_host_answered(failures, offline):
    assert looks_offline(failures) is offline
