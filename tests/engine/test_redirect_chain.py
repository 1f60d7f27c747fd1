"""What goes along a chain of hops and around the passes: cookies, retries, second looks, prober."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from linkcheck.engine.pacing.retry_after import requested_wait
from linkcheck.engine.redirect_chain import Chain, retry_in
from linkcheck.engine.second_pass import known_well_enough, merge_passes, priority, worth_asking_again
from linkcheck.engine.soft404_probe import Soft404Prober, directory
from linkcheck.engine.targets import group_links, links_by_url, rule_for, target_of
from linkcheck.judging.classify import Finding, Proof
from linkcheck.model import Excuse, FailureKind, Hop, Link, Observation, Outcome, PageSignals, Place
from linkcheck.net.cookies import CookieJar
from linkcheck.policy import HostRule, Policy

NOW = datetime(2026, 11, 1, 3, tzinfo=UTC)
POLICY = Policy()


@pytest.mark.parametrize(
    ("set_by", "cookie", "sent_to", "header"),
    [
        ("https://a.org/x", "id=1", "https://a.org/y", "id=1"),
        ("https://a.org/x", "id=1; Path=/z", "https://a.org/y", "id=1"),
        ("https://a.org/x", "id=1", "https://b.a.org/", ""),
        ("https://www.a.org/x", "id=1; Domain=a.org", "https://b.a.org/", "id=1"),
        ("https://a.org/x", "id=1; Domain=b.org", "https://b.org/", ""),
        ("https://a.github.io/x", "id=1; Domain=github.io", "https://b.github.io/", ""),
        ("https://a.org/x", "id=1; Secure", "http://a.org/", ""),
        ("https://a.org/x", "id=1; Max-Age=0", "https://a.org/", ""),
        ("https://a.org/x", "nonsense", "https://a.org/", ""),
        ("https://a.org/x", "id=\x00evil", "https://a.org/", ""),
        ("https://a.org/x", "id=" + "x" * 5000, "https://a.org/", ""),
    ],
)
def test_cookies_go_back_where_they_came_from(set_by, cookie, sent_to, header):
    jar = CookieJar()
    jar.store(set_by, [("set-cookie", cookie)])
    assert jar.header(sent_to) == header


@pytest.mark.parametrize("age", ["0", "00", ""])
def test_a_cookie_without_a_lifetime_is_forgotten(age):
    jar = CookieJar()
    jar.store("https://a.org/", [("set-cookie", "id=1"), ("set-cookie", "lang=en")])
    jar.store("https://a.org/", [("set-cookie", f"id=2; Max-Age={age}")])
    assert jar.header("https://a.org/") == "lang=en"


@pytest.mark.parametrize(
    ("hop", "headers", "wait"),
    [
        (Hop("u", 200), (), None),
        (Hop("u", 404), (), None),
        (Hop("u", 429, retry_after=30.0), (), 30.0),
        (Hop("u", 429, retry_after=86400.0), (), None),
        (Hop("u", 503, retry_after=3600.0), (), None),
        (Hop("u", 403), (("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "20")), 20.0),
        (Hop("u", 403), (("x-ratelimit-remaining", "5"), ("x-ratelimit-reset", "20")), None),
        (Hop("u", None, failure=FailureKind.TIMEOUT), (), None),
        (Hop("u", None, failure=FailureKind.NO_SUCH_HOST), (), None),
        (Hop("u", 501), (), None),
        (Hop("u", 505), (), None),
        (Hop("u", None, failure=FailureKind.CLIENT_CERTIFICATE), (), None),
    ],
)
def test_what_is_asked_again_in_the_same_pass(hop, headers, wait):
    assert retry_in(hop, headers, 0, POLICY) == wait


@pytest.mark.parametrize(
    "hop",
    [Hop("u", 500), Hop("u", 503), Hop("u", None, failure=FailureKind.RESET), Hop("u", None, failure=FailureKind.TLS_FAILED)],
)
def test_trouble_is_asked_again_after_a_jittered_wait(hop):
    waits = [retry_in(hop, (), attempt, POLICY) for attempt in (0, 1) for _ in range(50)]
    assert all(0 <= wait <= POLICY.retry_wait for wait in waits[:50])
    assert max(waits[50:]) > POLICY.retry_wait
    assert len(set(waits)) > 50


def test_a_reset_in_seconds_of_the_epoch_is_measured_by_the_servers_clock():
    headers = (("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1793502030"), ("date", "Sun, 01 Nov 2026 03:00:00 GMT"))
    assert requested_wait(Hop("u", 403), headers) == pytest.approx(1793502030 - NOW.timestamp())


@pytest.mark.parametrize(
    "date", ["", "soon", "Mon, 01 Jan 99999999999999999999 00:00:00 GMT", f"Sun, 01 Nov 2026 03:00:00 +{'9' * 30}"]
)
def test_without_a_clock_of_the_server_the_reset_is_measured_by_ours(date):
    headers = (("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "99999999999"), ("date", date))
    assert requested_wait(Hop("u", 429), headers) > 1e9


def finding(outcome, rule="x", proof=Proof.NONE):
    return Finding(Outcome(outcome), rule, "", proof)


def seen(at=NOW, **more):
    return Observation("https://a.org/", at, (Hop("https://a.org/", 404),), **more)


@pytest.mark.parametrize(
    ("first", "second", "kept", "times"),
    [
        (finding("failing", "not-found", Proof.DENIAL), finding("failing", "not-found", Proof.DENIAL), "not-found", 2),
        (finding("failing", "not-found", Proof.DENIAL), finding("alive", "answered"), "answered", 1),
        (finding("failing", "gone", Proof.AUTHORITY), finding("failing", "server-error", Proof.TROUBLE), "server-error", 1),
        (finding("blocked", "forbidden"), finding("failing", "not-found", Proof.DENIAL), "forbidden", 1),
    ],
)
def test_of_two_answers_the_nearer_to_life_counts(first, second, kept, times):
    observation, found = merge_passes((seen(), first), (seen(), second))
    assert (found.rule, observation.times) == (kept, times)


@pytest.mark.parametrize(
    ("found", "again"),
    [
        (finding("alive"), False),
        (finding("failing", "timeout"), True),
        (finding("blocked", "forbidden"), True),
        (finding("blocked", "challenge"), False),
        (finding("blocked", "refused"), False),
        (finding("blocked", "script-shell"), False),
        (finding("blocked", "client-certificate"), False),
        (finding("blocked", "http-version"), False),
        (finding("blocked", "private-address"), False),
    ],
)
def test_the_second_pass_is_for_what_it_could_change(found, again):
    assert worth_asking_again(found) is again


def links(*states):
    return [Link("https://a.org/", Place("x", index), state=state) for index, state in enumerate(states)]


@pytest.mark.parametrize(
    ("states", "outcome", "days", "fresh_days", "known"),
    [
        ([None], "alive", 1, 0.0, False),
        ([None], "alive", 1, 7.0, True),
        ([None], "alive", 12, 7.0, False),
        ([None], "failing", 1, 7.0, False),
        (["dead"], "failing", 10, 0.0, True),
        (["dead"], "failing", 30, 0.0, False),
        (["dead", None], "failing", 10, 0.0, False),
        ([None], "alive", -1, 7.0, False),
    ],
)
def test_what_is_fresh_or_declared_dead_needs_no_asking(states, outcome, days, fresh_days, known):
    last = seen(NOW - timedelta(days=days))
    about = target_of("https://a.org/", links(*states))
    assert known_well_enough(about, last, finding(outcome), Policy(fresh_days=fresh_days), NOW) is known


def test_failing_first_then_never_asked_then_the_longest_unasked():
    old, new = seen(NOW - timedelta(days=9)), seen(NOW)
    order = sorted(
        [
            priority(new, finding("alive")),
            priority(None, None),
            priority(old, finding("alive")),
            priority(new, finding("failing")),
        ]
    )
    assert [rank for rank, _ in order] == [0, 1, 2, 2]
    assert order[2][1] < order[3][1]


@pytest.mark.parametrize(
    ("host", "found"),
    [("a.org", "a.org"), ("y.a.org", ".a.org"), ("deep.x.a.org", ".x.a.org"), ("b.org", None), ("xa.org", None)],
)
def test_the_nearest_host_rule_applies(host, found):
    rules = tuple(HostRule(name) for name in ("a.org", ".a.org", ".x.a.org"))
    rule = rule_for(host, rules)
    assert (rule and rule.host) == found


def test_links_of_one_page_are_one_resource_and_the_rest_is_settled():
    given = [
        Link(url, Place("x", line))
        for line, url in enumerate(
            ["https://a.org/p#x", "HTTPS://A.org/p#y", "mailto:a@b.org", "mailto:a@b.org", "htp://c.org"]
        )
    ]
    given.append(Link("https://skip.org/", Place("x", 9), excuse=Excuse((), "r")))
    resources, settled = group_links(given, Policy(hosts=(HostRule("skip.org", skip="asked us not to"),)))
    assert [(one.url, one.fragments) for one in resources.values()] == [("https://a.org/p", ("x", "y"))]
    assert [(found.outcome, found.rule, len(found.places)) for found in settled] == [
        ("unchecked", "not-web", 2),
        ("invalid", "mistyped-scheme", 1),
        ("unchecked", "host-rule", 1),
    ]


def test_an_excuse_of_one_entry_hides_nothing_of_another():
    excused = Link("https://a.org/", Place("x", 1), excuse=Excuse(("404",), "r"))
    plain = Link("https://a.org/", Place("x", 2))
    for given in ([excused, plain], [plain, excused]):
        assert [(link, len(places)) for link, places in links_by_url(given)] == [(plain, 2)]


class Notebook(dict):
    def note(self, name, now, keep_days):
        at, text = self.get(name, (None, None))
        return text if at and now - at <= timedelta(days=keep_days) else None

    def remember(self, name, value, now):
        self[name] = (now, value)


@pytest.mark.anyio
async def test_a_neighbour_is_asked_once_per_directory_and_month():
    asked, notes, today = [], Notebook(), [NOW]

    async def ask(url):
        asked.append(url)
        return Chain((Hop(url, 404),), PageSignals(title="Not found"))

    def run():
        return Soft404Prober(ask, notes, lambda: today[0])

    first = run()
    assert (await first.probe("https://a.org/d/1", "p")).status == 404
    await first.probe("https://a.org/d/2", "p")
    await first.probe("https://a.org/e/1", "p")
    assert [directory(url) for url in asked] == ["https://a.org/d/", "https://a.org/e/"]
    await run().probe("https://a.org/d/1", "p")
    assert len(asked) == 2
    await run().probe("https://a.org/d/1", "changed")
    assert len(asked) == 3, "a page that changed is measured anew"
    today[0] += timedelta(days=31)
    await run().probe("https://a.org/d/1", "p")
    assert len(asked) == 4


@pytest.mark.anyio
async def test_a_run_that_ends_leaves_no_neighbour_behind():
    ended = []

    async def ask(url):
        try:
            await asyncio.sleep(3600)
        finally:
            ended.append(url)

    prober = Soft404Prober(ask, None, lambda: NOW)
    waiter = asyncio.ensure_future(prober.probe("https://a.org/d/1", "p"))
    await asyncio.sleep(0.01)
    waiter.cancel()
    await prober.aclose()
    assert [directory(url) for url in ended] == ["https://a.org/d/"]
