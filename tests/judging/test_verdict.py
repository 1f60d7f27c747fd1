"""Verdicts from single observations and from many nights."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

import linkcheck.judging.classify as classify_module
from linkcheck.judging.classify import classify, most_deny, needs_soft404_probe, root_denies
from linkcheck.judging.redirect_kind import redirect_kind
from linkcheck.judging.verdict import excused, verdict
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
from linkcheck.policy import Policy

URL = "https://example.org/notes/deep"
FIRST = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
POLICY = Policy()


def link(url=URL, title="Deep Notes on Learning", **more):
    return Link(url, Place("lists/a.yaml", 3, 5, "deep", "url"), Work(title=title), **more)


def seen(status=200, *, at=FIRST, to=None, via=(301,), failure=None, times=1, signals=None, url=URL, **more):
    hops = [Hop(url, status, failure=failure)]
    if to:
        path = [url, *(f"{to}?hop={index}" for index in range(len(via) - 1)), to]
        hops = [*(Hop(one, code, location=nxt) for one, code, nxt in zip(path, via, path[1:], strict=False)), Hop(to, status)]
    if signals is None and failure is None:
        signals = PageSignals(title="Deep Notes on Learning", digest="page")
    return Observation(url, at, tuple(hops), signals, times=times, **more)


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
        (seen(400), "blocked", "client-error"),
        (seen(418), "blocked", "client-error"),
        (seen(426), "blocked", "http-version"),
        (seen(464), "blocked", "http-version"),
        (seen(496), "blocked", "client-certificate"),
        (seen(505), "blocked", "http-version"),
        (seen(511), "blocked", "unauthorized"),
        (seen(503, signals=PageSignals(refusal="automated requests")), "blocked", "refusal"),
        (seen(200, signals=PageSignals(refusal="automated requests")), "blocked", "refusal"),
        (seen(404, signals=PageSignals(not_found="404")), "failing", "not-found"),
        (seen(failure=FailureKind.CLIENT_CERTIFICATE, status=None), "blocked", "client-certificate"),
        (seen(failure=FailureKind.HTTP2_ONLY, status=None), "blocked", "http-version"),
        (seen(failure=FailureKind.RESET, status=None), "failing", "connection-reset"),
        (seen(failure=FailureKind.RESET, status=None, signals=PageSignals(challenge="DataDome")), "blocked", "challenge"),
        (
            seen(failure=FailureKind.REFUSED, status=None, signals=PageSignals(challenge="DataDome")),
            "failing",
            "connection-refused",
        ),
        (seen(500), "failing", "server-error"),
        (seen(503), "failing", "server-error"),
        (seen(302), "blocked", "bad-location"),
        (seen(failure=FailureKind.TIMEOUT, status=None), "failing", "timeout"),
        (seen(failure=FailureKind.NO_SUCH_HOST, status=None), "failing", "no-such-host"),
        (seen(failure=FailureKind.TLS_EXPIRED, status=None), "failing", "tls-expired"),
        (seen(failure=FailureKind.TLS_SELF_SIGNED, status=None), "blocked", "tls-untrusted"),
        (seen(failure=FailureKind.PRIVATE_ADDRESS, status=None), "blocked", "private-address"),
        (seen(failure=FailureKind.HEADERS_TOO_LARGE, status=None), "blocked", "headers-too-large"),
        (seen(failure=FailureKind.REDIRECT_LOOP, status=302), "failing", "redirect-loop"),
        (seen(200, signals=PageSignals(challenge="Cloudflare")), "blocked", "challenge"),
        (seen(503, signals=PageSignals(challenge="Cloudflare")), "blocked", "challenge"),
        (seen(200, signals=PageSignals(login="password field")), "blocked", "login"),
        (seen(404, signals=PageSignals(tombstone="account suspended")), "failing", "tombstone"),
        (seen(403, signals=PageSignals(challenge="Cloudflare"), status_accepted=True), "alive", "accepted"),
        (seen(404, signals=PageSignals(tombstone="account suspended"), status_accepted=True), "alive", "accepted"),
        (seen(200, signals=PageSignals(challenge="Cloudflare"), status_accepted=True), "blocked", "challenge"),
        (seen(200, signals=PageSignals(shell=True)), "blocked", "script-shell"),
        (seen(200, signals=PageSignals(shell=True, title="Deep notes on learning")), "alive", "answered"),
        (seen(403, registry=RegistryAnswer("doi.org", "exists")), "alive", "registry-exists"),
        (seen(200, registry=RegistryAnswer("YouTube", "missing"), times=2), "dead", "registry-missing"),
        (seen(200, registry=RegistryAnswer("YouTube", "missing")), "failing", "registry-missing"),
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


def test_permanent_identifiers_never_move():
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
def test_death_needs_nights_in_a_row_that_agree(statuses, gap, outcome, counted, needed):
    found = verdict(link(), nights(*statuses, gap=gap), POLICY, FIRST, confirm=3)
    assert (found.outcome, found.nights, found.needed) == (outcome, counted, needed)


GONE, LOST = (404, True), (404, False)
"""A 404 while the whole site denies, and while the rest of it lives."""


@pytest.mark.parametrize(
    ("days", "what", "confirm", "outcome", "counted"),
    [
        ((0, 1, 2), (LOST, LOST, LOST), 3, "dead", 3),
        ((0, 1, 2), (GONE, GONE, GONE), 3, "failing", 3),
        ((0, 1, 2, 3, 4, 5), (GONE,) * 6, 3, "failing", 6),
        ((0, 1, 2, 3, 4, 5, 6), (GONE,) * 7, 3, "dead", 7),
        ((0, 3, 6), (GONE, GONE, GONE), 3, "dead", 3),
        ((0, 6), (GONE, GONE), 3, "failing", 2),
        ((0, 6), (GONE, GONE), 2, "dead", 2),
        ((0, 1), (GONE, GONE), 2, "failing", 2),
        ((0, 1, 2), (GONE, GONE, LOST), 3, "failing", 3),
        ((0, 1, 2, 3, 4), (GONE, GONE, LOST, LOST, LOST), 3, "dead", 3),
        ((0, 1, 2, 3, 4), (LOST, GONE, LOST, GONE, LOST), 3, "dead", 3),
        ((0, 1, 2, 6), (LOST, LOST, GONE, GONE), 3, "dead", 4),
        ((0, 1, 2, 6), (GONE, GONE, (200, False), GONE), 3, "failing", 1),
        ((0, 4, 8), (GONE, GONE, GONE), 10, "failing", 3),
        ((0,), (GONE,), 1, "dead", 1),
        ((0,), ((410, True),), 3, "dead", 1),
    ],
)
def test_denials_of_a_site_that_denies_as_a_whole_span_six_days(days, what, confirm, outcome, counted):
    told = [
        seen(status, at=FIRST + day * NIGHT, times=2, site_denies=denies)
        for day, (status, denies) in zip(days, what, strict=True)
    ]
    found = verdict(link(), told, POLICY, FIRST, confirm=confirm)
    assert (found.outcome, found.nights) == (outcome, counted)
    assert ("must span 6 days" in found.reason) is (outcome == "failing" and told[-1].site_denies)


LOST_PAGE = PageSignals(title="Oops", not_found="page not found", digest="x")
SAME = Soft404Probe("https://example.org/q", 200, "https://example.org/q", "Oops", "x")


@pytest.mark.parametrize(
    ("root", "denial", "denies"),
    [
        (seen(404), seen(404), True),
        (seen(410), seen(404), True),
        (seen(None, failure=FailureKind.REDIRECT_LOOP), seen(404), True),
        (seen(None, failure=FailureKind.TOO_MANY_HOPS), seen(404), True),
        (seen(200, signals=LOST_PAGE), seen(200, signals=LOST_PAGE, soft404=SAME), True),
        (seen(200, signals=LOST_PAGE), seen(404), False),
        (seen(200), seen(404), False),
        (seen(200), seen(200, signals=LOST_PAGE, soft404=SAME), False),
        (seen(403), seen(404), False),
        (seen(503), seen(404), False),
        (seen(404, signals=PageSignals(challenge="Cloudflare")), seen(404), False),
        (seen(None, failure=FailureKind.TIMEOUT), seen(404), False),
        (seen(None, failure=FailureKind.LEFT_ALONE), seen(404), False),
        (seen(200, to="https://example.org/en/", signals=PageSignals(title="Oops")), seen(200, soft404=SAME), False),
        (seen(404, signals=PageSignals(tombstone="suspended")), seen(404), False),
    ],
)
def test_what_denies_at_the_root_of_a_site(root, denial, denies):
    assert root_denies(replace(root, key="https://example.org/"), denial) is denies


LOST_LOOK = seen(200, signals=LOST_PAGE, soft404=SAME)
AT_ROOT = seen(
    200, to="https://example.org/", signals=PageSignals(title="Home"), soft404=replace(SAME, final_url="https://example.org/")
)


@pytest.mark.parametrize(
    ("links", "looks", "denies"),
    [
        (4, [seen(404)] * 4, True),
        (4, [seen(404)] * 3, True),
        (4, [seen(404)] * 2, False),
        (3, [seen(404)] * 3, False),
        (5, [seen(404), seen(410), LOST_LOOK], True),
        (7, [seen(404), seen(410), LOST_LOOK], False),
        (5, [seen(None, failure=FailureKind.REDIRECT_LOOP)] * 3, True),
        (5, [seen(404)] * 2 + [seen(500)] * 3, False),
        (5, [seen(403)] * 5, False),
        (5, [seen(None, failure=FailureKind.TIMEOUT)] * 5, False),
        (5, [seen(None, failure=FailureKind.NO_SUCH_HOST)] * 5, False),
        (5, [seen(404, signals=PageSignals(tombstone="suspended"))] * 5, False),
        (5, [seen(200, signals=PageSignals(parked="Sedo", digest="x"), soft404=SAME)] * 5, False),
        (5, [AT_ROOT] * 5, False),
        (0, [], False),
    ],
)
def test_when_most_links_of_a_site_deny(links, looks, denies):
    assert most_deny(links, [(look, classify(look, link())) for look in looks]) is denies


EMPTY = PageSignals(title="Deep Notes", shell=True)
LOGIN = PageSignals(title="Log in", login="Log in", digest="l")
BOT_CHECK = PageSignals(title="Just a moment", challenge="Cloudflare", digest="c")


def story(*what):
    """Nights in a row: each a status, a page (with 200), or a failure."""
    for index, each in enumerate(what):
        at = FIRST + index * NIGHT
        if isinstance(each, FailureKind):
            yield seen(None, failure=each, at=at)
        elif isinstance(each, PageSignals):
            yield seen(200, signals=each, at=at)
        elif isinstance(each, tuple):
            yield seen(each[0], signals=each[1], at=at)
        else:
            yield seen(each, at=at)


@pytest.mark.parametrize(
    ("what", "outcome", "counted", "of_nights"),
    [
        ((404, 404, 404), "dead", 3, 3),
        ((404, EMPTY, 404, 404), "failing", 2, 2),
        ((404, LOGIN, 404, 404), "failing", 2, 2),
        ((404, BOT_CHECK, 404, 404), "failing", 2, 2),
        ((404, 404, EMPTY, 404), "failing", 1, 1),
        ((404, EMPTY, 404, LOGIN, 404, BOT_CHECK, 404), "failing", 1, 1),
        ((EMPTY, 404, 404, 404), "dead", 3, 3),
        ((404, 403, 404, 404), "dead", 3, 4),
        ((404, (403, BOT_CHECK), 404, 404), "dead", 3, 4),
        ((404, (503, BOT_CHECK), 404, 404), "dead", 3, 4),
        ((404, 500, 403, 404, FailureKind.TIMEOUT, 429, 404), "dead", 3, 7),
        ((500, 404, 500, 404), "failing", 2, 3),
        ((404, 500), "failing", 2, 2),
        ((*(500,) * 15, 403, *(500,) * 14), "failing", 14, 14),
        ((*(500,) * 15, EMPTY, *(500,) * 14), "failing", 14, 14),
        ((403, *(500,) * 29), "dead", 29, 29),
        ((*(FailureKind.RESET,) * 20, (403, BOT_CHECK), *(FailureKind.RESET,) * 20), "failing", 20, 20),
    ],
)
def test_a_page_of_its_own_ends_a_trail_and_the_rest_is_counted(what, outcome, counted, of_nights):
    found = verdict(link(title="Another"), list(story(*what)), POLICY, FIRST, confirm=3)
    assert (found.outcome, found.nights, found.of_nights) == (outcome, counted, of_nights)


@pytest.mark.parametrize(
    ("what", "last_alive"),
    [((200, EMPTY, 404), FIRST), ((200, 200, LOGIN, 404, 403), FIRST + NIGHT), ((EMPTY, 404), None), ((404, 404), None)],
)
def test_only_content_counts_as_last_seen_alive(what, last_alive):
    found = verdict(link(title="Another"), list(story(*what)), POLICY, FIRST, confirm=3)
    assert found.last_alive == (last_alive and last_alive.date())


def titled(title, **more):
    return PageSignals(title=title, digest=title, **more)


NOTES, NOTES_2, DOUGH = titled("Notes on Learning"), titled("Notes on Learning, 2nd edition"), titled("Sourdough for Beginners")


@pytest.mark.parametrize(
    ("what", "gap", "title", "before"),
    [
        ((NOTES, NOTES, DOUGH), NIGHT, "Another", "Notes on Learning"),
        ((NOTES, NOTES_2, DOUGH), NIGHT, None, "Notes on Learning, 2nd edition"),
        (
            (titled("Matrizen"), titled("Matrizen – Skript"), titled("Ferienhäuser an der See")),
            NIGHT,
            "Another",
            "Matrizen – Skript",
        ),
        ((titled("最適輸送入門"), titled("最適輸送入門"), titled("格安ホテル予約")), NIGHT, "Another", "最適輸送入門"),
        ((NOTES, 404, EMPTY, NOTES, 500, DOUGH), NIGHT, "Another", "Notes on Learning"),
        ((NOTES, NOTES, NOTES_2), NIGHT, "Another", ""),
        ((NOTES, NOTES, titled("NOTES ON LEARNING")), NIGHT, "Another", ""),
        ((titled("★"), titled("★"), titled("★")), NIGHT, "Another", ""),
        ((DOUGH, NOTES, NOTES, DOUGH), NIGHT, "Another", ""),
        ((NOTES, NOTES, DOUGH, DOUGH), NIGHT, "Another", ""),
        ((NOTES, DOUGH), NIGHT, "Another", ""),
        ((NOTES, NOTES, DOUGH), NIGHT / 8, "Another", ""),
        ((NOTES, NOTES, titled("")), NIGHT, "Another", ""),
        ((titled(""), NOTES, DOUGH), NIGHT, "Another", ""),
        ((BOT_CHECK, LOGIN, DOUGH), NIGHT, "Another", ""),
        ((NOTES, NOTES, DOUGH), NIGHT, "Sourdough, for the very beginners", ""),
        ((NOTES, NOTES, titled("Home", heading="Deep Learning: a Course")), NIGHT, "Deep Learning, a Course", ""),
    ],
)
def test_a_page_with_another_title_than_on_all_earlier_nights_is_changed(what, gap, title, before):
    told = [replace(night, at=FIRST + index * gap) for index, night in enumerate(story(*what))]
    found = verdict(link(title=title), told, POLICY, FIRST, confirm=3)
    assert (found.outcome, found.changed_from) == (Outcome.ALIVE, before)


@pytest.mark.parametrize("statuses", [(200, 404, 500, 403, 404), (404, 404), (200, 200), (403, 200, 403)])
def test_each_night_is_classified_at_most_once(statuses, monkeypatch):
    classified = []
    rules = (lambda observation, *_: classified.append(observation.at), *classify_module._RULES)
    monkeypatch.setattr(classify_module, "_RULES", rules)
    verdict(link(), nights(*statuses), Policy(), FIRST, confirm=3)
    assert len(classified) == len(set(classified))


def test_a_missing_name_takes_two_nights():
    gone = [seen(None, failure=FailureKind.NO_SUCH_HOST, at=FIRST + index * NIGHT) for index in range(2)]
    first, second = (verdict(link(), gone[:count], POLICY, FIRST, confirm=3) for count in (1, 2))
    assert (first.outcome, first.nights, first.needed) == (Outcome.FAILING, 1, 2)
    assert (second.outcome, second.nights, second.needed) == (Outcome.DEAD, 2, 2)


def test_without_a_history_one_run_decides():
    found = verdict(link(), [seen(404, times=2)], POLICY, FIRST, confirm=1)
    assert (found.outcome, found.seen) == (Outcome.DEAD, Outcome.DEAD)
    with_past = verdict(link(), [seen(404, times=2)], POLICY, FIRST, confirm=3)
    assert (with_past.outcome, with_past.seen) == (Outcome.FAILING, Outcome.DEAD)


def test_server_errors_alone_are_not_dead_in_one_run():
    assert verdict(link(), [seen(503, times=2)], POLICY, FIRST, confirm=1).outcome is Outcome.FAILING


def test_a_clock_set_back_adds_no_night():
    back = [seen(404, at=FIRST), seen(404, at=FIRST + NIGHT), seen(404, at=FIRST - NIGHT)]
    assert verdict(link(), back, POLICY, FIRST, confirm=3).outcome is Outcome.FAILING


def test_discarded_observations_do_not_count():
    history = nights(404, 404, 404)
    history[1] = Observation(URL, history[1].at, history[1].hops, discarded_reason="host was down")
    assert verdict(link(), history, POLICY, FIRST, confirm=3).outcome is Outcome.FAILING


def test_a_soft_404_is_dead_after_enough_nights():
    lost = PageSignals(title="Page not found", not_found="page not found", digest="x")
    fake = [
        seen(
            200,
            signals=lost,
            at=FIRST + index * NIGHT,
            soft404=Soft404Probe("https://example.org/q", 200, "https://example.org/q", "Page not found", "x"),
        )
        for index in range(3)
    ]
    assert classify(fake[0], link()).rule == "soft-404"
    assert verdict(link(), fake, POLICY, FIRST, confirm=3).outcome is Outcome.DEAD
    honest = seen(200, signals=lost, soft404=Soft404Probe("https://example.org/q", 404, "https://example.org/q"))
    assert classify(honest, link()).outcome is Outcome.ALIVE


def test_a_site_that_redirects_every_address_to_its_home_page():
    home = seen(
        200,
        to="https://example.org/",
        signals=PageSignals(title="Example"),
        soft404=Soft404Probe("s", 200, "https://example.org/", "Example"),
    )
    assert classify(home, link()).rule == "soft-404"
    honest = seen(200, to="https://example.org/", signals=PageSignals(title="Example"), soft404=Soft404Probe("s", 404, "s"))
    assert classify(honest, link()).outcome is Outcome.MOVED


def test_a_hijack_needs_two_pieces_of_evidence():
    casino = PageSignals(title="Slot Gacor 88", gambling="slot gacor, casino")
    assert classify(seen(200, to="https://lucky.example.com/", signals=casino), link()).rule == "hijacked"
    assert classify(seen(200, signals=casino), link()).outcome is Outcome.ALIVE
    earlier = [seen(200)]
    assert classify(seen(200, signals=casino), link(), earlier).rule == "hijacked"
    lasting = "https://hdl.handle.net/1887/3"
    assert (
        classify(seen(200, url=lasting, to="https://repository.example.com/", signals=casino), link(lasting)).outcome
        is Outcome.ALIVE
    )
    paper = link(title="Slot Gacor 88: casino probability")
    assert classify(seen(200, to="https://lucky.example.com/", signals=casino), paper).outcome is Outcome.MOVED


def test_parking_needs_the_same_page_at_a_made_up_address():
    parked = PageSignals(title="example.org", parked="Sedo", digest="p")
    assert classify(seen(200, signals=parked, soft404=Soft404Probe("s", 200, "s", "", "p")), link()).rule == "parked"
    assert classify(seen(200, signals=parked, soft404=Soft404Probe("s", 404, "s")), link()).outcome is Outcome.ALIVE


@pytest.mark.parametrize(
    ("excuse", "state", "status", "outcome", "excused"),
    [
        (Excuse((), "shy"), None, 403, "unchecked", "shy"),
        (Excuse((), "shy"), None, 404, "unchecked", "shy"),
        (Excuse((), "shy"), None, 200, "alive", None),
        (Excuse(("403",), "shy"), None, 403, "unchecked", "shy"),
        (Excuse(("blocked",), "shy"), None, 403, "unchecked", "shy"),
        (Excuse(("403",), "shy"), None, 404, "failing", None),
        (Excuse(("403",), "shy", date(2026, 10, 1)), None, 403, "blocked", None),
        (Excuse(("403",), "shy", date(2026, 11, 1)), None, 403, "unchecked", "shy"),
        (None, "dead", 404, "unchecked", "its entry says `state: dead`"),
        (None, "dead", 200, "alive", None),
    ],
)
def test_exceptions_apply_to_what_they_name_until_their_last_day(excuse, state, status, outcome, excused):
    found = verdict(link(excuse=excuse, state=state), [seen(status)], POLICY, FIRST, confirm=3)
    assert (found.outcome, found.excused) == (outcome, excused)


@pytest.mark.parametrize(
    ("decision", "outcome"),
    [({"state": "dead"}, "unchecked"), ({"excuse": Excuse(("invalid",), "as cited")}, "unchecked"), ({}, "invalid")],
)
def test_a_decision_applies_to_invalid_urls(decision, outcome):
    malformed = Verdict(URL, Outcome.INVALID, Outcome.INVALID, "malformed-url", "no host")
    assert excused(malformed, link(**decision), FIRST).outcome == outcome


@pytest.mark.parametrize(
    ("observation", "suspects"),
    [
        (seen(200), False),
        (seen(404), False),
        (seen(200, signals=PageSignals(title="404", not_found="404")), True),
        (seen(200, to="https://example.org/", signals=PageSignals(title="Example")), True),
        (seen(200, to="https://other.net/", signals=PageSignals(title="Other")), True),
        (seen(200, to="https://other.net/a/deep", signals=PageSignals(title="Deep Notes on Learning")), False),
        (seen(200, signals=PageSignals(title="Buy this domain", sale="buy this domain")), True),
        (seen(200, to="http://www.example.org/notes/deep/", signals=PageSignals(title="?")), False),
    ],
)
def test_a_soft_404_probe_is_made_only_on_suspicion(observation, suspects):
    assert bool(needs_soft404_probe(observation, link())) is suspects


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
def test_kinds_of_redirects(old, new, how):
    assert redirect_kind(old, new) == how
