"""An answer that was saved to a file, for work without a network: which service gave it is seen from its form. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.metadata import crossref, datacite
from generator.metadata.arxiv import record
from generator.metadata.github import repository
from generator.metadata.pages import page
from generator.metadata.parsing import many, mapping
from generator.metadata.record import Record, Subject
from generator.metadata.youtube import video
from linkcheck.registries.atom import feed
from linkcheck.registries.reading import LARGEST

__all__ = ["concerns", "saved"]


def saved(data: bytes, url: str = "") -> tuple[Record, ...] | str:
    """The records of a saved answer, or why there are none. `url` is the address of a page, where it is one.

    Taken are arXiv's Atom feed, the JSON of Crossref, DataCite, GitHub and YouTube (oEmbed), CSL-JSON, and HTML.
    """
    body = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if len(body) > 8 * LARGEST:
        return "it is too large for an answer about works"
    if body[:1] in {b"{", b"["}:
        try:
            found = json.loads(body)
        except (ValueError, RecursionError) as error:
            return f"it isn't JSON ({error})"
        records = tuple(_of_json(found))
        return records or "it is JSON, but of none of the services that are known"
    if body[:1] == b"<":
        found = feed(body)
        if found is not None:
            return tuple(one for paper in found.entries if (one := record(paper))) or "the feed holds no paper"
        if b"<feed" in body[:2000] and b"<html" not in body[:2000]:
            return "it is a feed that can't be read"
        shown = page(body, (("content-type", "text/html"),), url or "http://localhost/")
        return shown if isinstance(shown, str) else (shown,)
    return "it is neither JSON, nor an Atom feed, nor HTML"


def _of_json(found: object) -> Iterator[Record]:
    for one in many(found):
        given = mapping(one)
        message, data = given.get("message"), given.get("data")
        if "message-type" in given or isinstance(message, dict):
            items = mapping(message).get("items", [message])
            yield from (item for each in many(items) if (item := crossref.work(mapping(each), "Crossref")))
        elif data is not None:
            rows = (mapping(mapping(each).get("attributes")) for each in many(data))
            yield from (item for row in rows if (item := datacite.work(row)))
        elif "full_name" in given:
            yield from filter(None, [repository(given)])
        elif "provider_name" in given or "author_url" in given:
            yield from filter(None, [video(given)])
        elif {"title", "DOI"} & given.keys() and {"type", "issued", "author", "DOI"} & given.keys():
            yield from filter(None, [crossref.work(given, "the saved record")])


def concerns(record: Record, subject: Subject, *, alone: bool) -> bool:
    """Whether a saved record is about a subject: by an identifier; where it has none in common, only if it is the one there is."""
    pairs = ((record.arxiv, subject.arxiv), (record.doi, subject.doi), (record.published, subject.doi))
    known = [(one, other) for one, other in pairs if one and other]
    if known:
        return any(one == other for one, other in known)
    address = (record.url or "").lower()
    if subject.repository or address.startswith("https://github.com/"):
        return address.removeprefix("https://github.com/") == subject.repository
    return alone
