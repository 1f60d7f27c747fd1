"""URLs that end in a sign of the sentence they were copied from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

from generator.problems import Problem, Severity, quoted
from generator.sources.catalogue.links import links
from generator.sources.catalogue.model import Catalogue
from linkcheck.urls import fault, web

_PAIRS = {
    ")": "(",
    "]": "[",
    "}": "{",
    ">": "<",
    "）": "（",
    "」": "「",
    "』": "『",
    "】": "【",
    "》": "《",
    "”": "“",
    "’": "‘",
    "»": "«",
}
_SIGNS = frozenset(",.;:\"'*、。，．；：！？…") | _PAIRS.keys()
_ABBREVIATION = re.compile(r"[._][A-Z][a-z]{0,3}\.$")
"""The end of a page's name in a wiki: Washington,_D.C."""
_IN_TEXTS = frozenset({"description", "abstract", "header", "footer"})


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Every URL of an entry that ends in such a sign. A closing bracket that is opened in the URL belongs to it."""
    _ = today
    for link in links(catalogue):
        url = link.url.strip()
        if link.place.field in _IN_TEXTS or url[-1:] not in _SIGNS or not web(url) or fault(url) is not None:
            continue
        bare = _without_signs(url)
        if bare == url:
            continue
        signs = url[len(bare) :]
        # A dot means the same percent-encoded as bare (RFC 3986, section 6.2.2.2), and `quote` leaves it.
        encoded = quote(signs, safe="").replace(".", "%2E")
        message = f"{link.place.field}: the URL ends in {quoted(signs)}: {quoted(url)}"
        hint = f"write {bare}; if the sign belongs to the address, write it as {encoded}"
        yield Problem("trailing-sign", Severity.WARNING, message, link.place, hint)


def _without_signs(url: str) -> str:
    end = len(url)
    while end and url[end - 1] in _SIGNS:
        opening = _PAIRS.get(url[end - 1])
        if opening is not None and url.count(opening, 0, end) >= url.count(url[end - 1], 0, end):
            break
        if _ABBREVIATION.search(url, max(0, end - 8), end):
            break
        end -= 1
    return url[:end]
