"""A web of realistic size and temper, for the benches: many hosts, one of them with most of the links, most links alive.

Shares and latencies are those of one large list, as measured: of 2,000 links 88 are dead, 30 soft 404s, 28 blocked, and one in nine is
alive but awkward; latency is log-normal, median 0.12 s, 99 % under 2 s. The two busiest hosts limit their visitors: by default the
first allows 20 requests a second, the second 5.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from tests.web.answers import Answer, html, nginx, plain, redirect
from tests.web.lab import Lab
from tests.web.prose import article
from tests.web.sites import Bucket

if TYPE_CHECKING:
    from tests.web.visit import Handler, Host, Visit

MEDIAN = 0.12
SIGMA = math.log(2.0 / MEDIAN) / 2.326
KINDS = {"dead": 0.044, "moved": 0.02, "temporary": 0.04, "cookie": 0.01, "nohead": 0.02}
"""Shares of all links; the rest is plainly alive."""
SMALL = {"blocked": 0.029, "unwell": 0.041}
"""Shares only of what stands beside the two big hosts: a refusal or a 503 is a whole host's complaint, and slows a checker down."""
SOFT = 0.015
ROW = {"dead": "R.dead", "blocked": "R.blocked", "moved": "R.moved"}
WORDS = [
    "sparse",
    "convex",
    "random",
    "smooth",
    "spectral",
    "discrete",
    "quantum",
    "neural",
    "causal",
    "latent",
    "optimal",
    "robust",
    "adaptive",
    "implicit",
]


TWICE = frozenset({"dead", "blocked", "moved", "temporary", "cookie", "unwell"})
"""Kinds of links that need two requests: a redirect's second hop, or the second look that confirms a failure."""
QUICK = 0.05
"""Seconds for what a redirect leads to."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a host allows: requests a second, a burst, and whether it says how long to wait."""

    rate: float
    burst: int
    retry_after: bool = True


@dataclass(slots=True)
class Plan:
    """What a lower bound needs to know: the seconds of each answer that a host is asked for, and the hosts' limits."""

    answers: dict[str, list[float]] = field(default_factory=dict)
    limits: dict[str, Limit] = field(default_factory=dict)


DEFAULT = (Limit(20.0, 5), Limit(5.0, 2))


def realistic(
    links: int = 2000, hosts: int = 700, share: float = 0.4, seed: int = 20261121, limits: tuple[Limit, Limit] = DEFAULT
) -> Callable[[Lab], None]:
    """A builder: `share` of the links stand on the first host, a tenth on the second. The plan is left in `lab.data["plan"]`."""
    return partial(_realistic, links, hosts, share, seed, limits)


def random_limits(seed: int) -> tuple[Limit, Limit]:
    """Limits of the two busiest hosts: 3 to 30 requests a second, bursts of 1 to 10, with and without Retry-After."""
    dice = random.Random(f"limits {seed}")
    first, second = (Limit(dice.uniform(3, 30), dice.randint(1, 10), dice.random() < 0.5) for _ in range(2))
    return first, second


def _realistic(links: int, hosts: int, share: float, seed: int, limits: tuple[Limit, Limit], lab: Lab) -> None:
    dice = random.Random(seed)
    plan = Plan()
    lab.data["plan"] = plan
    first, second = round(links * share), round(links * 0.1)
    soft = round(links * SOFT)
    rest = links - first - second - soft
    small = hosts - 2 - soft
    counts = [first, second, *_spread(rest, small, dice), *([1] * soft)]
    for number, count in enumerate(counts):
        name = _name(number)
        limit = limits[number] if number < 2 else None
        is_soft = number >= 2 + small
        pages = {
            f"/{_word(dice)}/{index}": (
                "soft" if is_soft else _kind(dice, KINDS if number < 2 else KINDS | SMALL),
                _latency(dice),
            )
            for index in range(count)
        }
        host = lab.host(name, _handler(lab, pages, limit, soft=is_soft))
        plan.answers[name] = [each for kind, seconds in pages.values() for each in _answers(kind, seconds)]
        if limit:
            plan.limits[name] = limit
        for path, (kind, _) in pages.items():
            lab.link(host.url(path), _title(path), variant="R.soft" if is_soft else ROW.get(kind, "R.alive"))


def good(links: int = 20_000, hosts: int = 2000, size: int = 8192) -> Callable[[Lab], None]:
    """A builder: nothing but good pages of `size` bytes, answered at once."""
    return partial(_good, links, hosts, size)


def _good(links: int, hosts: int, size: int, lab: Lab) -> None:
    words = "<p>" + "good words " * (size // 11) + "</p>"

    def handler(visit: Visit) -> Answer:
        part = visit.path[3:]
        return html(article(f"Good Page {part} of {visit.host.name}", "", body=words)) if part.isdigit() else nginx(404)

    made: list[Host] = [lab.host(f"good-{number}.org", handler) for number in range(hosts)]
    for number in range(links):
        host, part = made[number % hosts], number // hosts
        lab.link(host.url(f"/p/{part}"), f"Good Page {part} of {host.name}", variant="R.alive")


def _handler(lab: Lab, pages: dict[str, tuple[str, float]], limit: Limit | None, *, soft: bool) -> Handler:
    bucket = Bucket(limit.rate, limit.burst) if limit else None
    wait = (("Retry-After", "1"),) if limit and limit.retry_after else ()
    denial = html(article("We could not find that page", "Small Site", body="<p>It may have been removed. Try the search.</p>"))

    async def handler(visit: Visit) -> Answer:
        kind, seconds = pages.get(visit.path, ("", QUICK))
        if bucket is not None and not bucket.take(visit.request.at, lab.scale):
            return plain("Too many requests", 429, *wait)
        await visit.wait(seconds)
        if visit.path.startswith("/new/") and visit.path[4:] in pages:
            return html(article(_title(visit.path[4:]), visit.host.name))
        if soft and visit.path != "/":
            return denial
        return _answer(kind, visit)

    return handler


def _answer(kind: str, visit: Visit) -> Answer:
    page = html(article(_title(visit.path), visit.host.name))
    if kind in {"moved", "temporary"}:
        return redirect(301 if kind == "moved" else 302, "/new" + visit.path)
    if kind == "cookie" and "seen=1" not in visit.header("Cookie"):
        return redirect(302, visit.target, ("Set-Cookie", "seen=1; Path=/"))
    if kind == "unwell" and visit.nth == 1:
        return nginx(503)
    if kind == "nohead" and visit.method == "HEAD":
        return nginx(405)
    if kind == "blocked":
        return nginx(403)
    return page if kind not in {"", "dead"} or visit.path == "/" else nginx(404)


def _answers(kind: str, seconds: float) -> tuple[float, ...]:
    """The seconds of each answer that a link needs."""
    return (seconds, *((QUICK if kind in {"moved", "temporary"} else seconds,) if kind in TWICE else ()))


def _kind(dice: random.Random, kinds: dict[str, float]) -> str:
    at = dice.random()
    for kind, part in kinds.items():
        at -= part
        if at < 0:
            return kind
    return "alive"


def _latency(dice: random.Random) -> float:
    return min(8.0, MEDIAN * math.exp(SIGMA * dice.gauss(0, 1)))


def _spread(links: int, hosts: int, dice: random.Random) -> list[int]:
    """At least one link for each host; the rest falls where it will, mostly on few."""
    counts = [1] * hosts
    for _ in range(links - hosts):
        counts[int(hosts * dice.random() ** 2.5)] += 1
    return counts


def _name(number: int) -> str:
    ending = ("org", "com", "de", "net", "io", "co.uk", "fr", "edu")[number % 8]
    return f"{WORDS[number % len(WORDS)]}-{WORDS[(number // len(WORDS) + 3) % len(WORDS)]}-{number}.{ending}"


def _word(dice: random.Random) -> str:
    return dice.choice(WORDS)


def _title(path: str) -> str:
    word, _, number = path.strip("/").partition("/")
    return f"{word.title()} Methods, Part {number}"
