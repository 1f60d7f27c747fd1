"""A small web with a host that needs a key, one that doesn't, and a redirect to a host that a worker asks."""

from __future__ import annotations

from tests.web.answers import html, redirect
from tests.web.lab import Lab
from tests.web.prose import article


def vault(lab: Lab) -> None:
    """Build it; its links are those of the three hosts, in this order."""
    arriving = lab.host("arriving.example", lambda _visit: html(article("A title")))
    for host, path, answer in (
        ("vault.example", "/a", html(article("A title"))),
        ("open.example", "/b", html(article("A title"))),
        ("leaving.example", "/c", redirect(302, f"{arriving.url('/d')}?token=rose-21")),
    ):
        there = lab.host(host, lambda _visit, answer=answer: answer)  # type: ignore[misc]
        lab.link(there.url(path), "A title", variant="R.alive")
