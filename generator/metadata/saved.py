"""Read answers that were saved to files; their form says which service they are from. Pure."""

from __future__ import annotations

import json

from generator.metadata.pages import page
from linkcheck.registries import Record, Subject, registries
from linkcheck.registries.atom import feed
from linkcheck.registries.reading import LARGEST

__all__ = ["concerns", "saved"]


def saved(data: bytes, url: str = "") -> tuple[Record, ...] | str:
    """The records of a saved answer, or why there are none. `url` is the address of the page, if the answer is one.

    Accepted are the answers of all services (arXiv's Atom feed, the JSON of the others), CSL-JSON, and HTML.
    """
    body = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if len(body) > 8 * LARGEST:
        return "it is too large for an answer about works"
    if body[:1] in {b"{", b"["}:
        try:
            found = json.loads(body)
        except (ValueError, RecursionError) as error:
            return f"it isn't JSON ({error})"
        return _records(found) or "it is JSON, but not the answer of a known service"
    if body[:1] == b"<":
        found = feed(body)
        if found is not None:
            return _records(found) or "the feed has no paper"
        if b"<feed" in body[:2000] and b"<html" not in body[:2000]:
            return "it is a feed that can't be read"
        shown = page(body, (("content-type", "text/html"),), url or "http://localhost/")
        return shown if isinstance(shown, str) else (shown,)
    return "it is neither JSON, nor an Atom feed, nor HTML"


def _records(found: object) -> tuple[Record, ...]:
    """The records of each answer in a list of them, or of one alone."""
    sites = registries()
    answers = found if isinstance(found, list) else [found]
    return tuple(record for one in answers for record in next(filter(None, (site.records(one) for site in sites)), ()))


def concerns(record: Record, subject: Subject, *, alone: bool) -> bool:
    """Whether a saved record is about a subject: by a common identifier; without one, only if both are `alone`."""
    pairs = ((record.arxiv, subject.arxiv), (record.doi, subject.doi), (record.published, subject.doi))
    known = [(one, other) for one, other in pairs if one and other]
    if known:
        return any(one == other for one, other in known)
    places = [
        site.record_key(Subject(url=url)) for site in registries() if site.kind for url in (record.url or "", subject.url)
    ]
    hosts = [(places[at], places[at + 1]) for at in range(0, len(places), 2) if places[at] or places[at + 1]]
    return any(one == other for one, other in hosts) if hosts else alone
