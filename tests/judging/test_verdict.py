"""What observations mean: single answers, and nights."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from linkcheck.judging.classify import find, suspicion
from linkcheck.judging.redirect_kind import level
from linkcheck.judging.verdict import excused, verdict
from linkcheck.model import Excuse, Hop, Link, Marks, Observation, Outcome, Place, Registry, Sibling, Trouble, Verdict, Work
from linkcheck.policy import Policy

URL = "https://example.org/notes/deep"
FIRST = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
POLICY = Policy()


def link(url=URL, title="Deep Notes on Learning", **more):
    return Link(url, Place("lists/a.yaml", 3, 5, "deep", "url"), Work(title=title), **more)


def seen(status=200, *, at=FIRST, to=None, via=(301,), trouble=None, times=1, marks=None, url=URL, **more):
    hops = [Hop(url, status, trouble=trouble)]
    if to:
        path = [url, *(f"{to}?hop={index}" for index in range(len(via) - 1)), to]
        hops = [*(Hop(one, code, location=nxt) for one, code, nxt in zip(path, via, path[1:], strict=False)), Hop(to, status)]
    if marks is None and trouble is None:
        marks = Marks(title="Deep Notes on Learning", digest="page")
    return Observation(url, at, tuple(hops), marks, times=times, **more)


@pytest.mark.parametrize(
    ("observation", "outcome", "rule"),
    [
        (seen(200), "alive", "answered"),
        (seen(204), "alive", "answered"),
        (seen(206), "alive", "answered"),
        (seen(404), "failing", "not-found"),
        (seen(410), "failing", "gone"),
        (seen(410, times=2), "dead", "gone"),
        (seen(401), "blocked", "unauthorized"),
        (seen(402), "blocked", "payment-required"),
        (seen(403), "blocked", "forbidden"),
        (seen(407), "blocked", "unauthorized"),
        (seen(429), "blocked", "rate-limited"),
        (seen(451), "blocked", "legal"),
        (seen(999), "blocked", "refused"),
        (seen(500), "failing", "server-error"),
        (seen(503), "failing", "server-error"),
        (seen(302), "blocked", "bad-location"),
        (seen(trouble=Trouble.TIMEOUT, status=None), "failing", "timeout"),
        (seen(trouble=Trouble.NO_SUCH_HOST, status=None), "failing", "no-such-host"),
        (seen(trouble=Trouble.TLS_EXPIRED, status=None), "failing", "tls-expired"),
        (seen(trouble=Trouble.TLS_SELF_SIGNED, status=None), "blocked", "tls-untrusted"),
        (seen(trouble=Trouble.PRIVATE_ADDRESS, status=None), "blocked", "private-address"),
        (seen(trouble=Trouble.HEADERS_TOO_LARGE, status=None), "blocked", "headers-too-large"),
        (seen(trouble=Trouble.REDIRECT_LOOP, status=302), "failing", "redirect-loop"),
        (seen(200, marks=Marks(challenge="Cloudflare")), "blocked", "challenge"),
        (seen(503, marks=Marks(challenge="Cloudflare")), "blocked", "challenge"),
        (seen(200, marks=Marks(login="password field")), "blocked", "login"),
        (seen(404, marks=Marks(tombstone="account suspended")), "failing", "tombstone"),
        (seen(403, marks=Marks(challenge="Cloudflare"), accepted=True), "alive", "accepted"),
        (seen(404, marks=Marks(tombstone="account suspended"), accepted=True), "alive", "accepted"),
        (seen(200, marks=Marks(challenge="Cloudflare"), accepted=True), "blocked", "challenge"),
        (seen(200, marks=Marks(shell=True)), "blocked", "script-shell"),
        (seen(200, marks=Marks(shell=True, title="Deep notes on learning")), "alive", "answered"),
        (seen(403, registry=Registry("doi.org", "exists")), "alive", "registry-exists"),
        (seen(200, registry=Registry("YouTube", "missing"), times=2), "dead", "registry-missing"),
        (seen(200, registry=Registry("YouTube", "missing")), "failing", "registry-missing"),
    ],
)
def test_one_answer_alone(observation, outcome, rule):
    found = verdict(link(), [observation], POLICY, FIRST, confirm=3)
    assert (found.outcome, found.rule) == (outcome, rule)


@pytest.mark.parametrize(
    ("via", "to", "outcome", "rule"),
    [
        ((301,), "https://example.org/new", "moved", "moved-path"),
        ((308, 301), "https://example.org/new", "moved", "moved-path"),
        ((302,), "https://example.org/new", "alive", "answered"),
        ((301, 302), "https://example.org/new", "alive", "answered"),
        ((302, 301), "https://example.org/new", "alive", "answered"),
        ((301,), "http://www.example.org/notes/deep/", "moved", "moved-trivial"),
        ((301,), "https://elsewhere.net/deep", "moved", "moved-domain"),
    ],
)
def test_only_permanent_hops_move_a_link(via, to, outcome, rule):
    found = verdict(link(), [seen(200, to=to, via=via)], POLICY, FIRST, confirm=3)
    assert (found.outcome, found.rule) == (outcome, rule)


def test_a_resolver_never_moves():
    doi = "https://doi.org/10.1000/182"
    found = verdict(link(doi), [seen(200, url=doi, to="https://publisher.com/x")], POLICY, FIRST, confirm=3)
    assert found.outcome is Outcome.ALIVE


NIGHT = timedelta(days=1)


def nights(*statuses, gap=NIGHT):
    return [seen(status, at=FIRST + index * gap) for index, status in enumerate(statuses)]


@pytest.mark.parametrize(
    ("statuses", "gap", "outcome", "counted", "needed"),
    [
        ((404,), NIGHT, "failing", 1, 3),
        ((404, 404), NIGHT, "failing", 2, 3),
        ((404, 404, 404), NIGHT, "dead", 3, 3),
        ((404, 404, 404), timedelta(hours=12), "failing", 3, 3),
        ((404, 404, 404, 404, 404), timedelta(hours=12), "dead", 5, 3),
        ((404, 404, 404), timedelta(hours=3), "failing", 1, 3),
        ((404, 404, 200), NIGHT, "alive", 0, 0),
        ((404, 404, 200, 404), NIGHT, "failing", 1, 3),
        ((404, 403, 404, 404), NIGHT, "dead", 3, 3),
        ((500, 500, 500), NIGHT, "failing", 3, 10),
        ((500, 500, 404), NIGHT, "failing", 1, 3),
        ((500, 404, 500, 404), NIGHT, "failing", 2, 3),
        ((404, 404, 500), NIGHT, "failing", 3, 10),
        ((404, 500, 404, 404), NIGHT, "dead", 3, 3),
        ((500,) * 28, NIGHT, "failing", 28, 10),
        ((500,) * 29, NIGHT, "dead", 29, 10),
        ((*(500,) * 28, 404), NIGHT, "dead", 29, 10),
    ],
)
def test_nights_must_agree_and_only_those_count_that_prove_something(statuses, gap, outcome, counted, needed):
    found = verdict(link(), nights(*statuses, gap=gap), POLICY, FIRST, confirm=3)
    assert (found.outcome, found.nights, found.needed) == (outcome, counted, needed)


def test_a_missing_name_takes_two_nights():
    gone = [seen(None, trouble=Trouble.NO_SUCH_HOST, at=FIRST + index * NIGHT) for index in range(2)]
    first, second = (verdict(link(), gone[:count], POLICY, FIRST, confirm=3) for count in (1, 2))
    assert (first.outcome, first.nights, first.needed) == (Outcome.FAILING, 1, 2)
    assert (second.outcome, second.nights, second.needed) == (Outcome.DEAD, 2, 2)


def test_without_a_past_one_run_decides_and_seen_says_the_same():
    found = verdict(link(), [seen(404, times=2)], POLICY, FIRST, confirm=1)
    assert (found.outcome, found.seen) == (Outcome.DEAD, Outcome.DEAD)
    with_past = verdict(link(), [seen(404, times=2)], POLICY, FIRST, confirm=3)
    assert (with_past.outcome, with_past.seen) == (Outcome.FAILING, Outcome.DEAD)


def test_trouble_alone_never_kills_in_one_run():
    assert verdict(link(), [seen(503, times=2)], POLICY, FIRST, confirm=1).outcome is Outcome.FAILING


def test_a_clock_set_back_counts_no_night():
    back = [seen(404, at=FIRST), seen(404, at=FIRST + NIGHT), seen(404, at=FIRST - NIGHT)]
    assert verdict(link(), back, POLICY, FIRST, confirm=3).outcome is Outcome.FAILING


def test_void_observations_count_for_nothing():
    history = nights(404, 404, 404)
    history[1] = Observation(URL, history[1].at, history[1].hops, void="host was down")
    assert verdict(link(), history, POLICY, FIRST, confirm=3).outcome is Outcome.FAILING


def test_a_page_that_answers_anything_with_the_same_not_found_is_dead_after_nights():
    lost = Marks(title="Page not found", not_found="page not found", digest="x")
    fake = [
        seen(
            200,
            marks=lost,
            at=FIRST + index * NIGHT,
            sibling=Sibling("https://example.org/q", 200, "https://example.org/q", "Page not found", "x"),
        )
        for index in range(3)
    ]
    assert find(fake[0], link()).rule == "soft-404"
    assert verdict(link(), fake, POLICY, FIRST, confirm=3).outcome is Outcome.DEAD
    honest = seen(200, marks=lost, sibling=Sibling("https://example.org/q", 404, "https://example.org/q"))
    assert find(honest, link()).outcome is Outcome.ALIVE


def test_everything_leads_home():
    home = seen(
        200,
        to="https://example.org/",
        marks=Marks(title="Example"),
        sibling=Sibling("s", 200, "https://example.org/", "Example"),
    )
    assert find(home, link()).rule == "soft-404"
    honest = seen(200, to="https://example.org/", marks=Marks(title="Example"), sibling=Sibling("s", 404, "s"))
    assert find(honest, link()).outcome is Outcome.MOVED


def test_a_hijack_needs_two_marks():
    casino = Marks(title="Slot Gacor 88", gambling="slot gacor, casino")
    assert find(seen(200, to="https://lucky.example.com/", marks=casino), link()).rule == "hijacked"
    assert find(seen(200, marks=casino), link()).outcome is Outcome.ALIVE
    earlier = [seen(200)]
    assert find(seen(200, marks=casino), link(), earlier).rule == "hijacked"
    lasting = "https://hdl.handle.net/1887/3"
    assert (
        find(seen(200, url=lasting, to="https://repository.example.com/", marks=casino), link(lasting)).outcome is Outcome.ALIVE
    )
    paper = link(title="Slot Gacor 88: casino probability")
    assert find(seen(200, to="https://lucky.example.com/", marks=casino), paper).outcome is Outcome.MOVED


def test_parking_is_believed_when_any_address_shows_it():
    parked = Marks(title="example.org", parked="Sedo", digest="p")
    assert find(seen(200, marks=parked, sibling=Sibling("s", 200, "s", "", "p")), link()).rule == "parked"
    assert find(seen(200, marks=parked, sibling=Sibling("s", 404, "s")), link()).outcome is Outcome.ALIVE


@pytest.mark.parametrize(
    ("excuse", "state", "status", "outcome", "excused"),
    [
        (Excuse(("403",), "shy"), None, 403, "unchecked", "shy"),
        (Excuse(("blocked",), "shy"), None, 403, "unchecked", "shy"),
        (Excuse(("403",), "shy"), None, 404, "failing", None),
        (Excuse(("403",), "shy", date(2026, 10, 1)), None, 403, "blocked", None),
        (Excuse(("403",), "shy", date(2026, 11, 1)), None, 403, "unchecked", "shy"),
        (None, "dead", 404, "unchecked", "its entry says `state: dead`"),
        (None, "dead", 200, "alive", None),
    ],
)
def test_exceptions_accept_what_they_name_until_their_day(excuse, state, status, outcome, excused):
    found = verdict(link(excuse=excuse, state=state), [seen(status)], POLICY, FIRST, confirm=3)
    assert (found.outcome, found.excused) == (outcome, excused)


@pytest.mark.parametrize(
    ("decision", "outcome"),
    [({"state": "dead"}, "unchecked"), ({"excuse": Excuse(("invalid",), "as cited")}, "unchecked"), ({}, "invalid")],
)
def test_a_decision_holds_for_what_cannot_be_asked(decision, outcome):
    malformed = Verdict(URL, Outcome.INVALID, Outcome.INVALID, "malformed-url", "no host")
    assert excused(malformed, link(**decision), FIRST).outcome == outcome


@pytest.mark.parametrize(
    ("observation", "suspects"),
    [
        (seen(200), False),
        (seen(404), False),
        (seen(200, marks=Marks(title="404", not_found="404")), True),
        (seen(200, to="https://example.org/", marks=Marks(title="Example")), True),
        (seen(200, to="https://other.net/", marks=Marks(title="Other")), True),
        (seen(200, to="https://other.net/a/deep", marks=Marks(title="Deep Notes on Learning")), False),
        (seen(200, marks=Marks(title="Buy this domain", sale="buy this domain")), True),
        (seen(200, to="http://www.example.org/notes/deep/", marks=Marks(title="?")), False),
    ],
)
def test_a_sibling_is_asked_only_on_suspicion(observation, suspects):
    assert bool(suspicion(observation, link())) is suspects


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("http://a.org/x", "https://a.org/x", "trivial"),
        ("http://a.org/x", "https://www.a.org/x/", "trivial"),
        ("http://a.org/x", "https://docs.a.org/x", "path"),
        ("http://a.org/x?id=1", "http://a.org/x?id=2", "path"),
        ("http://a.org/x", "http://b.org/x", "domain"),
        ("http://ann.github.io/x", "http://bob.github.io/x", "domain"),
        ("http://a.org/x", "http://a.org/x#top", None),
    ],
)
def test_levels_of_a_redirect(old, new, how):
    assert level(old, new) == how
