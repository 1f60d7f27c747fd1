"""Names that don't lead to a server, or only by one of two ways: B52, B53 and B54."""

from __future__ import annotations

from tests.web.dns import NXDOMAIN, OK, SERVFAIL, TIMEOUT, Zone
from tests.web.lab import Lab, add, case
from tests.web.prose import article
from tests.web.sites import one, site

BLACK_HOLE = "::1"
"""There a listener never takes a connection, so that attempts hang as in a network that drops IPv6."""


@case("B52.a")
def no_such_name(lab: Lab) -> None:
    lab.name("vanished-seminar.org", Zone(answer=NXDOMAIN))
    lab.link(f"http://vanished-seminar.org:{lab.ports[0]}/2015/", "The Vanishing Seminar")


@case("B52.b-de")
def no_such_names(lab: Lab) -> None:
    lab.link(f"https://verschwundene-skripte.de:{lab.ports[1]}/ana1.pdf", "Analysis I, Skript")
    lab.link("http://www.nie-gewesen-verlag.de/buch", "Das Buch vom Nichts")


@case("B52.c")
def subdomain_gone(lab: Lab) -> None:
    """The subdomain is gone, the domain is not."""
    lab.host("www.mergers-college.ac.uk", site({"/": article("Mergers College")}))
    lab.link(f"http://maths.mergers-college.ac.uk:{lab.ports[0]}/people/", "People of the Maths Department")


def _one_night(identity: str, name: str, answer: str, title: str, lang: str) -> None:
    def build(lab: Lab) -> None:
        host = one(lab, name, "/start", title, article(title, name, lang), lang=lang)
        lab.name(name, lambda night: Zone(answer=answer) if night == 1 else Zone((host.address,), answer=OK))

    add(identity, build)


_one_night("B53.a", "flaky-names.org", SERVFAIL, "Flaky Names and Stable Sets", "en")
_one_night("B53.b-de", "stumme-namen.de", TIMEOUT, "Stumme Namen", "de")


@case("B54.a")
def black_hole(lab: Lab) -> None:
    title = "Two Families of Addresses"
    host = one(lab, "dual-families.net", "/", title, article(title))
    lab.name(host.name, Zone((host.address,), (BLACK_HOLE,)))


@case("B54.b")
def only_black_hole(lab: Lab) -> None:
    """Only IPv6, which this runner hasn't got."""
    lab.name("six-only.org", Zone((), (BLACK_HOLE,)))
    lab.link(f"http://six-only.org:{lab.ports[0]}/", "Six and Nothing Else")


@case("B54.c-de")
def unanswered_question(lab: Lab) -> None:
    """An old name server that drops questions for IPv6."""
    title = "Alte Namensdienste"
    host = one(lab, "alte-namensdienste.de", "/", title, article(title, "", "de"), lang="de")
    lab.name(host.name, Zone((host.address,), aaaa=TIMEOUT))


@case("B54.d-tls")
def black_hole_tls(lab: Lab) -> None:
    title = "Two Families, Encrypted"
    host = one(lab, "dual-families-tls.com", "/", title, article(title), tls="good")
    lab.name(host.name, Zone((host.address,), (BLACK_HOLE,)))
