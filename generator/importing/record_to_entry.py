"""Bibliographies: what BibTeX and CSL say of a work, brought to the fields of an entry; what has no field goes to `extra`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from generator.markdown.text import clean, heading, text
from generator.problems import Place
from generator.sources.catalogue.fields import with_columns
from generator.sources.catalogue.identifiers import arxiv, doi, language
from generator.sources.catalogue.ids import slug
from generator.sources.catalogue.model import Author, Entry, Topic
from linkcheck.urls import fault, web

__all__ = ["ID", "named", "topic_of", "work"]

ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")
_KEY = re.compile(r"[.:;`|]+")
_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20\d\d|21\d\d)(?!\d)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LONGEST = 2000


def work(
    fields: Mapping[str, str], *, kind: str, authors: Iterable[Author], key: str, place: Place, known: Iterable[str] = ()
) -> Entry | None:
    """An entry of plain texts under our names, and `extra` ones under any other; None where neither title nor page is known.

    Our names: title, url, year, date, venue, doi, arxiv, abstract, description, tags (with commas), language.
    """
    texts = {name: value for name, value in fields.items() if clean(value)}
    title = clean(texts.pop("title", "")) or None
    registered = doi(clean(texts.get("doi", "")))
    preprint = arxiv(clean(texts.get("arxiv", "")))
    url = clean(texts.pop("url", "")) or None
    if url and (not web(url) or fault(url) is not None):
        texts["address"], url = url, None
    for name, found in (("doi", registered), ("arxiv", preprint)):
        if found:
            texts.pop(name, None)
    when = _day(texts.pop("date", ""))
    year = _year(texts.pop("year", "")) or (when.year if when else None)
    spoken = language(texts.get("language", ""))
    if spoken:
        texts.pop("language")
    venue = clean(texts.pop("venue", "")) or None
    about, abstract = _prose(texts.pop("description", "")), _prose(texts.pop("abstract", ""))
    tags = tuple(dict.fromkeys(tag for part in re.split(r"[,;]", texts.pop("tags", "")) if (tag := clean(part))))
    extra = {clean(_KEY.sub(" ", name)): clean(value)[:_LONGEST] for name, value in texts.items() if name not in set(known)}
    if title is None and url is None and not registered and not preprint:
        return None
    entry = Entry(
        id="",
        place=place,
        title=title,
        url=url,
        kind=kind,
        authors=tuple(person for person in authors if person.name),
        year=None if when else year,
        date=when,
        venue=venue,
        language=spoken,
        doi=registered,
        arxiv=preprint,
        description=about,
        abstract=abstract,
        tags=tags,
        extra=tuple((name, value) for name, value in extra.items() if name and value),
    )
    entry = with_columns(entry)
    if title is None and url is None:
        entry = replace(entry, url=entry.page[1] if entry.page else None)
    return replace(entry, id=key, id_given=True) if ID.fullmatch(key) else entry


def _prose(value: str) -> str | None:
    return clean(value) or None


def _day(value: str) -> date | None:
    match = _ISO.fullmatch(value.strip())
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _year(value: str) -> int | None:
    match = _YEAR.search(value)
    return int(match[1]) if match else None


def named(name: str) -> str:
    """A title of a file's name: "deep-learning" is "Deep learning"."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return heading(words[:1].upper() + words[1:])[0] if text(words) else "List"


def topic_of(name: str, path: str, entries: Iterable[Entry]) -> Topic:
    """A topic of entries without sections."""
    return Topic(slug(name) or "list", path, named(name), Place(path, 1, 1), entries=tuple(entries))
