"""Bibliographies: what BibTeX and CSL say of a work, brought to the fields of an entry; what has no field goes to `extra`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.importing.issued import Issued, issued_of
from generator.markdown.text import clean, heading, text
from generator.problems import Place
from generator.sources.catalogue.fields import with_columns
from generator.sources.catalogue.identifiers import arxiv, doi, language
from generator.sources.catalogue.ids import slug
from generator.sources.catalogue.model import Author, Entry, Topic
from linkcheck.urls import fault, web

__all__ = ["ID", "Record", "arxiv_in", "entry_of", "named", "topic_of", "work"]

ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")
_KEY = re.compile(r"[.:;`|]+")
_LONGEST = 2000
_NUMBER = r"(?P<id>\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?(?:\s*\[[\w.\-]+\])?"
_ARXIV = re.compile(
    rf"(?:\barxiv(?:\.org)?\b|\bcorr\b|\babs/)(?:[\s:,./()]|e-?prints?|preprints?|abs|pdf|id|arxiv|corr|volume|vol)*{_NUMBER}",
    re.IGNORECASE,
)
_ONLY_ARXIV = re.compile(
    rf"(?:[\s:,./()\[\]-]|https?|www|e-?prints?|preprints?|org|abs|pdf|id|arxiv|corr|volume|vol|in|{_NUMBER})*", re.IGNORECASE
)
_ARXIV_FIELDS = (
    "venue",
    "volume",
    "pages",
    "journaltitle",
    "howpublished",
    "eid",
    "number",
    "note",
    "series",
    "eprint",
    "archive_location",
)


@dataclass(slots=True)
class Record:
    """What a bibliography says of a work: plain texts by the names of our fields, and `extra` by the names of `Variable`s.

    `texts`: title, url, doi, arxiv, venue, volume, issue, pages, publisher, language, abstract, description, tags (with commas).
    `links` are further addresses with their labels.
    """

    key: str
    place: Place
    kind: str = "other"
    texts: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    authors: tuple[Author, ...] = ()
    editors: tuple[Author, ...] = ()
    issued: Issued = field(default_factory=Issued)
    status: str | None = None
    state: str = "active"
    cite_as: str | None = None
    keep_case: tuple[str, ...] = ()
    links: list[tuple[str, str]] = field(default_factory=list)


def arxiv_in(record: Record) -> None:
    """Move an arXiv id that stands in a field for something else, as reference managers write it, to `arxiv`.

    A field that says nothing else ("arXiv preprint arXiv:2101.00001", "CoRR") is emptied then.
    """
    places = [(name, where[name]) for name in _ARXIV_FIELDS for where in (record.texts, record.extra) if where.get(name)]
    if not record.texts.get("arxiv"):
        whole = " ".join(text for name, text in places if name in {"venue", "volume", "journaltitle"})
        found = [arxiv(match["id"]) for text in (*(text for _, text in places), whole) if (match := _ARXIV.search(text))]
        record.texts["arxiv"] = next(filter(None, found), "")
    if not arxiv(record.texts.get("arxiv", "")):
        return
    for name, shown in places:
        if _ONLY_ARXIV.fullmatch(shown) and re.search(r"arxiv|corr|abs/|\d{4}\.\d{4,5}", shown, re.IGNORECASE):
            for where in (record.texts, record.extra):
                if where.get(name) == shown:
                    del where[name]


def work(
    fields: Mapping[str, str], *, kind: str, authors: Iterable[Author], key: str, place: Place, known: Iterable[str] = ()
) -> Entry | None:
    """An entry of plain texts under our names (see `Record`; year and date too), and `extra` ones under any other."""
    texts = {name: value for name, value in fields.items() if clean(value)}
    issued = issued_of(clean(texts.pop("date", "")))
    year = issued_of(clean(texts.pop("year", "")))
    own: dict[str, str] = {
        name: texts.pop(name)
        for name in ("title", "url", "doi", "arxiv", "venue", "language", "abstract", "description", "tags")
        if name in texts
    }
    extra = {name: value for name, value in texts.items() if name not in set(known)}
    record = Record(key, place, kind, own, extra, tuple(authors), issued=issued if issued.day else replace(year, text=""))
    return entry_of(record)


def entry_of(record: Record) -> Entry | None:
    """The entry of a record; None where neither title nor page is known."""
    texts, extra = record.texts, dict(record.extra)
    title = clean(texts.get("title", "")) or None
    url = clean(texts.get("url", "")) or None
    if url and (not web(url) or fault(url) is not None):
        extra["address"], url = url, None
    identifiers = {"doi": doi(clean(texts.get("doi", ""))), "arxiv": arxiv(clean(texts.get("arxiv", "")))}
    extra |= {
        ("eprint" if name == "arxiv" else name): texts[name]
        for name, found in identifiers.items()
        if not found and clean(texts.get(name, ""))
    }
    spoken = language(texts.get("language", ""))
    if not spoken and texts.get("language"):
        extra["language"] = texts["language"]
    if title is None and url is None and not any(identifiers.values()):
        return None
    issued = record.issued
    year = None if issued.day else issued.year
    if issued.text and issued.text != str(year or ""):
        extra["issued"] = issued.text
    entry = Entry(
        id="",
        place=record.place,
        title=title,
        url=url,
        kind=record.kind,
        authors=tuple(person for person in record.authors if person.name),
        year=year,
        date=issued.day,
        venue=clean(texts.get("venue", "")) or None,
        language=spoken,
        doi=identifiers["doi"],
        arxiv=identifiers["arxiv"],
        description=clean(texts.get("description", "")) or None,
        abstract=clean(texts.get("abstract", "")) or None,
        tags=_tags(texts.get("tags", "")),
        status=record.status or issued.status,
        state=record.state,
        cite_as=record.cite_as,
        keep_case=record.keep_case,
        links=_links(record.links, url),
        extra=tuple((name, value) for name, value in _cleaned(extra).items() if name and value),
    )
    more: dict[str, Any] = {name: clean(texts.get(name, "")) or None for name in ("volume", "issue", "pages", "publisher")}
    entry = with_columns(entry.with_values({**more, "editors": tuple(person for person in record.editors if person.name)}))
    if title is None and url is None:
        entry = replace(entry, url=entry.page[1] if entry.page else None)
    key = " ".join(record.key.split())
    if ID.fullmatch(key):
        return replace(entry, id=key, id_given=True)
    return replace(entry, citation_key=key) if key else entry


def _links(links: Iterable[tuple[str, str]], page: str | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, tuple[str, ...]] = {}
    for label, address in links:
        if web(address) and fault(address) is None and address != page:
            found[label] = (*found.get(label, ()), address)
    return tuple(found.items())


def _cleaned(extra: Mapping[str, str]) -> dict[str, str]:
    return {clean(_KEY.sub(" ", name)): clean(value)[:_LONGEST] for name, value in extra.items()}


def _tags(shown: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for part in re.split(r"[,;]", shown) if (tag := clean(part))))


def named(name: str) -> str:
    """A title of a file's name: "deep-learning" is "Deep learning"."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return heading(words[:1].upper() + words[1:])[0] if text(words) else "List"


def topic_of(name: str, path: str, entries: Iterable[Entry]) -> Topic:
    """A topic of entries without sections."""
    return Topic(slug(name) or "list", path, named(name), Place(path, 1, 1), entries=tuple(entries))
