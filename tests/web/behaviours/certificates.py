"""Handshakes that fail and certificates that nobody should trust: B55 to B58."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.lab import Lab, add, case
from tests.web.prose import academic, article
from tests.web.sites import one

if TYPE_CHECKING:
    from tests.web.visit import Arrival


@case("B55.a")
def two_resets(lab: Lab) -> None:
    title = "Handshakes Among Graphs"

    async def greet(arrival: Arrival) -> bool:
        if arrival.nth > 2:
            return True
        await arrival.wire.read()
        arrival.wire.reset()
        return False

    one(lab, "handshake-graphs.org", "/h", title, article(title), tls="good", greet=greet)


@case("B55.b-de")
def two_silent_ends(lab: Lab) -> None:
    """Closed without a word after the first message, twice."""
    title = "Händeschütteln"

    async def greet(arrival: Arrival) -> bool:
        if arrival.nth > 2:
            return True
        await arrival.wire.read()
        arrival.wire.close()
        return False

    one(lab, "haendeschuetteln.de", "/h", title, academic(title, "", "de"), tls="good", greet=greet, lang="de")


def _bad(identity: str, name: str, kind: str, title: str, lang: str = "en") -> None:
    add(identity, lambda lab: void(one(lab, name, "/doc", title, article(title, name, lang), tls=kind, lang=lang)))


def void(_: object) -> None:
    """Builders return nothing."""


_bad("B56.a", "expired-yesterday.org", "expired", "Forgotten Renewals")
_bad("B56.b-de", "abgelaufen-skripte.de", "expired", "Vergessene Fristen", "de")
_bad("B57.a", "selfsigned-lab.net", "self-signed", "Own Hand, Own Seal")
_bad("B57.b", "wrongname-hosting.com", "wrong-name", "A Room in Somebody's House")
_bad("B57.c", "museum-of-tls.org", "old", "Museum of Ciphers")
_bad("B57.d-de", "selbst-signiert.de", "self-signed", "Eigenes Siegel", "de")
_bad("B58.a", "leaf-only.edu", "no-intermediate", "Leaves Without Branches")
_bad("B58.b-de", "blatt-allein.de", "no-intermediate", "Ein Blatt allein", "de")
