"""Servers that count: B35 to B41."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

from tests.web.answers import Answer, html, nginx, plain
from tests.web.lab import Lab, add, case
from tests.web.prose import article
from tests.web.sites import Bucket

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.visit import Arrival, Host, Visit


def _after(lab: Lab, name: str, title: str, wait: float, refusal: Callable[[Visit], Answer], lang: str = "en") -> Host:
    """The first request tonight is refused, and every other before `wait` seconds are over."""

    def handler(visit: Visit) -> Answer:
        first = "first" not in visit.host.state
        if visit.since() < wait or first:
            return refusal(visit)
        return html(article(title, name, lang)) if visit.path == "/page" else nginx(404)

    host = lab.host(name, handler)
    lab.link(host.url("/page"), title)
    return host


def _too_many(value: str, lang: str = "en") -> Answer:
    text = {"en": "Too many requests, slow down.", "de": "Zu viele Anfragen, bitte warten Sie einen Moment."}[lang]
    return html(article("429", "", lang, f"<p>{text}</p>"), 429, ("Retry-After", value))


@case("B35.a")
def short_wait(lab: Lab) -> None:
    _after(lab, "busy-bees.org", "Swarm Optimisation", 1.9, lambda _: _too_many("2"))


@case("B35.b-de")
def short_wait_german(lab: Lab) -> None:
    _after(lab, "fleissige-bienen.de", "Schwarmverfahren", 4.8, lambda _: _too_many("5", "de"), "de")


@case("B36.a")
def day(lab: Lab) -> None:
    lab.link(lab.host("come-back-tomorrow.com", lambda _: _too_many("86400")).url("/x"), "Patience, a Manual")


@case("B36.b-de")
def day_german(lab: Lab) -> None:
    lab.link(lab.host("morgen-wieder.de", lambda _: _too_many("21600", "de")).url("/x"), "Geduld, ein Handbuch")


def _odd(identity: str, name: str, value: Callable[[Visit], str], wait: float = 0.0) -> None:
    add(identity, lambda lab: void(_after(lab, name, f"Odd Waits {identity[4:]}", wait, lambda visit: _too_many(value(visit)))))


def void(_: object) -> None:
    """Builders return nothing."""


def _date(seconds: float) -> Callable[[Visit], str]:
    return lambda visit: format_datetime(visit.clock.now() + timedelta(seconds=seconds), usegmt=True)


_odd("B37.a", "dated-waits.org", _date(3), 1.9)
_odd("B37.b", "past-waits.org", _date(-86_400))
_odd("B37.c", "spoken-waits.org", lambda _: "1m30s")
_odd("B37.d", "negative-waits.org", lambda _: "-1")
_odd("B37.e", "empty-waits.org", lambda _: "")
_odd("B37.f", "float-waits.org", lambda _: "1e9")
_odd(
    "B37.g",
    "ancient-waits.org",
    lambda visit: (visit.clock.now() + timedelta(seconds=2)).strftime("%A, %d-%b-%y %H:%M:%S GMT"),
    1.0,
)


@case("B38.a")
def budget_spent(lab: Lab) -> None:
    def refusal(visit: Visit) -> Answer:
        reset = str(int(visit.clock.now().timestamp()) + 3)
        headers = (
            ("x-ratelimit-limit", "60"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-used", "60"),
            ("x-ratelimit-reset", reset),
        )
        return plain(
            '{"message":"API rate limit exceeded for this address."}', 403, *headers, kind="application/json; charset=utf-8"
        )

    _after(lab, "code.forgehub.dev", "forge/solver: A Solver", 1.9, refusal)


@case("B38.b")
def second_limit(lab: Lab) -> None:
    def refusal(_: Visit) -> Answer:
        text = "<p>You have exceeded a secondary rate limit. Please wait a few minutes before you try again.</p>"
        return html(
            article("Too many requests", "gitnest", body=text), 403, ("Retry-After", "3"), ("x-ratelimit-remaining", "0")
        )

    _after(lab, "www.gitnest.io", "nest/egg: Eggs in Nests", 2.9, refusal)


def _burst(identity: str, name: str, links: int, rate: float, burst: float, refusal: Answer, lang: str = "en") -> None:
    """Pages that exist, for those who ask slowly."""

    def build(lab: Lab) -> None:
        bucket = Bucket(rate, burst)

        def handler(visit: Visit) -> Answer:
            if not bucket.take(visit.request.at, lab.scale):
                return refusal
            return html(article(f"Chapter {visit.path[3:]}", name, lang)) if visit.path[3:].isdigit() else nginx(404)

        host = lab.host(name, handler)
        for number in range(1, links + 1):
            lab.link(host.url(f"/c/{number}"), f"Chapter {number}")

    add(identity, build)


_burst("B39.a", "shy-server.org", 5, 1.25, 2, nginx(404))
_burst(
    "B39.b-de",
    "scheuer-server.de",
    4,
    1.25,
    2,
    html(article("Seite nicht gefunden", "", "de", "<p>Diese Seite gibt es nicht.</p>"), 404),
    "de",
)


@case("B40.a")
def few_connections(lab: Lab) -> None:
    async def greet(arrival: Arrival) -> bool:
        if arrival.open > 2:
            arrival.wire.reset()
            return False
        return True

    async def handler(visit: Visit) -> Answer:
        await visit.wait(0.4)
        return html(article(f"Lecture {visit.path[3:]}")) if visit.path[3:].isdigit() else nginx(404)

    host = lab.host("two-at-a-time.net", handler, greet=greet)
    for number in range(1, 7):
        lab.link(host.url(f"/l/{number}"), f"Lecture {number}")


def _shared(identity: str, names: list[str]) -> None:
    """Many names on one machine with one limit."""

    def build(lab: Lab) -> None:
        bucket = Bucket(2, 4)
        first: Host | None = None

        def handler(visit: Visit) -> Answer:
            if not bucket.take(visit.request.at, lab.scale):
                return plain("Too Many Requests", 429)
            name = visit.host.name.partition(".")[0]
            return html(article(f"Notebook of {name}")) if visit.path == "/" else nginx(404)

        for name in names:
            host = lab.host(name, handler, at=first)
            first = first or host
            lab.link(host.url("/"), f"Notebook of {name.partition('.')[0]}")

    add(identity, build)


_shared("B41.a", [f"author{number:02}.shared-pages.com" for number in range(1, 41)])
_shared("B41.b", ["amara-keller.com", "bruno-lindt.de", "chiara-rossi.it", "dag-solheim.no", "ewa-nowak.pl", "farid-azimi.org"])
