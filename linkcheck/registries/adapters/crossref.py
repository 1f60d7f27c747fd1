"""Crossref: the registry of most journals, proceedings and books.

https://api.crossref.org (works), https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md. One request asks for
forty works, by a filter with alternatives; a DOI with characters that filters use themselves, or lose, has a request of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from linkcheck import LISTKEEPER as VERSION
from linkcheck.identity import doi, doi_page
from linkcheck.model import RegistryAnswer
from linkcheck.registries.protocol import Access, BatchRequest, Headers, Person, Reading, Record, Subject, unknown
from linkcheck.registries.reading import LARGEST_BATCH, first, json_object, many, mapping, name, no_answer, plain, year

__all__ = ["BATCH", "Adapter"]

BATCH = 40
_SELECTED = (
    "DOI", "type", "title", "subtitle", "author", "container-title", "event", "issued", "published", "published-print",
    "published-online", "posted", "approved", "relation", "update-to", "updated-by",
)  # fmt: skip
"""The fields that are requested for each work of a list: with their references forty works are too large for one answer."""

_KINDS = {
    **dict.fromkeys(("journal-article", "proceedings-article", "book-chapter", "book-section", "book-part", "reference-entry",
                     "article-journal", "paper-conference", "chapter", "entry", "entry-encyclopedia"), "paper"),
    **dict.fromkeys(("book", "monograph", "edited-book", "reference-book", "book-set", "book-series", "proceedings"), "book"),
    **dict.fromkeys(("dissertation", "thesis"), "thesis"),
    **dict.fromkeys(("dataset", "database"), "dataset"),
    **dict.fromkeys(("article", "manuscript"), "preprint"),
    **dict.fromkeys(("post", "post-weblog"), "blog"),
    "posted-content": "preprint",
    "software": "software",
    "speech": "lecture",
    "motion_picture": "video",
}  # fmt: skip
"""Kinds by the types of Crossref (https://api.crossref.org/types) and of CSL; reports and standards have no kind."""

_SAFE = re.compile(r"[a-z0-9./_();-]+")
"""DOIs that a filter finds: it doesn't find those with colons or angle brackets."""

_IN_VOLUMES = frozenset(("proceedings-article", "book-chapter", "book-section", "book-part", "reference-entry"))
_NO_JOURNALS = frozenset(("ssrn electronic journal",))
"""Servers of preprints that are registered as journals."""

_DATES = ("published-print", "issued", "published", "published-online", "posted", "approved")
"""The print date comes first: it is the one of the volume by which a work is cited. Theses have `approved`."""
_RETRACTED = ("RETRACTED ARTICLE:", "RETRACTED:", "Retracted Article:", "Retracted:", "[Retracted]")
_WITHDRAWN = ("WITHDRAWN:", "Withdrawn:")


@dataclass(frozen=True, slots=True)
class Adapter:
    """Crossref's REST API. A key is a bare DOI in lower case."""

    endpoint: str
    access: Access = field(default=Access(), repr=False)
    name: str = "Crossref"
    batch: int = BATCH
    kind: str = ""

    def key(self, url: str) -> None:
        """None: the handle system says whether a DOI exists; not all DOIs are Crossref's."""
        del url

    def record_key(self, subject: Subject) -> str | None:
        """The DOI, except those of arXiv, which arXiv knows better."""
        return subject.doi if subject.doi and not subject.doi.startswith("10.48550/") else None

    def requests(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for every forty DOIs."""
        alone = [key for key in keys if not _SAFE.fullmatch(key)]
        others = [key for key in dict.fromkeys(keys) if key not in alone]
        alone += others if len(others) == 1 else []
        batches = [tuple(others[at : at + BATCH]) for at in range(0, len(others), BATCH)] if len(others) > 1 else []
        return (*(self._one(key) for key in dict.fromkeys(alone)), *(self._many(batch) for batch in batches))

    def _one(self, key: str) -> BatchRequest:
        return self._request(f"/{quote(key, safe='')}", (key,))

    def _many(self, keys: tuple[str, ...]) -> BatchRequest:
        values = ",".join(f"doi:{quote(key, safe='')}" for key in keys)
        return self._request(f"?filter={values}&select={','.join(_SELECTED)}&rows={len(keys)}", keys)

    def _request(self, query: str, keys: tuple[str, ...]) -> BatchRequest:
        # Programs that give an address are served by a separate pool of servers, and are contacted before they are blocked.
        contact = self.access.contact
        mail = "@" in contact and "/" not in contact
        reach = f" ({'mailto:' if mail else '+'}{contact})" if contact else ""
        headers = (("Accept", "application/json"), ("User-Agent", f"Listkeeper/{VERSION}{reach}"))
        return BatchRequest(self.name, self.endpoint.replace("{query}", query), headers, keys)

    def read(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, Reading]:
        """The works of an answer, one or many. A DOI that is missing from a list isn't Crossref's."""
        missing = Reading(RegistryAnswer(self.name, "missing", "Crossref knows no such DOI"))
        if status == 404 and len(request.keys) == 1:
            return dict.fromkeys(request.keys, missing)
        if status != 200:
            return dict.fromkeys(request.keys, no_answer(self.name, status, headers, _refusal(body)))
        works = list(_works(body))
        if not works:
            return dict.fromkeys(request.keys, no_answer(self.name, 200, ()))
        records = {
            found.doi: found for work in works if work and (found := _record(work, self.name)) and found.doi in request.keys
        }
        if not records and len(request.keys) == 1:
            why = "Crossref answered about another work, or in an unknown form"
            return dict.fromkeys(request.keys, unknown(self.name, why, odd=True))
        there = RegistryAnswer(self.name, "exists")
        return {key: Reading(there, records[key]) if key in records else missing for key in request.keys}

    def records(self, saved: object) -> tuple[Record, ...]:
        """The works of an answer, one or many; or those of CSL-JSON, which is similar."""
        return tuple(_saved(saved))


def _works(body: bytes) -> Iterator[Mapping[str, object]]:
    """The works of an answer, after an empty mapping for a list; nothing for an answer in another form."""
    found = json_object(body, LARGEST_BATCH)
    message = mapping(found.get("message")) if found else {}
    if not found or not message or found.get("status") != "ok":
        return
    if found.get("message-type") != "work-list":
        yield message
    elif isinstance(items := message.get("items"), list):
        yield {}
        yield from map(mapping, items)


def _saved(saved: object) -> Iterator[Record]:
    for given in map(mapping, many(saved)):
        message = given.get("message")
        if "message-type" in given or isinstance(message, dict):
            items = mapping(message).get("items", [message])
            yield from filter(None, (_record(mapping(each), "Crossref") for each in many(items)))
        elif {"title", "DOI"} & given.keys() and (
            {"issued", "author", "DOI"} & given.keys() or _word(given.get("type")) in _KINDS
        ):
            yield from filter(None, [_record(given, "the saved record")])


def _record(item: Mapping[str, object], source: str) -> Record | None:
    """The record of a work of Crossref or of CSL-JSON; None if it has neither a DOI nor a title."""
    identifier = doi(written) if isinstance(written := item.get("DOI"), str) else None
    title = first(item.get("title"))
    if identifier is None and title is None:
        return None
    own, others = _updated(item, identifier)
    state = None
    for marks, word in ((_RETRACTED, "retracted"), (_WITHDRAWN, "withdrawn")):
        for mark in marks:
            # Some publishers give a retraction notice the title of the retracted work, with the mark before it.
            if title and title.startswith(mark) and not others:
                title, state = title.removeprefix(mark).strip() or None, word
    where, published = _venue(item), _publication(item)
    kind = _kind(item)
    if where and where.casefold() in _NO_JOURNALS:
        where, kind = None, "preprint"
    return Record(
        source,
        title=_whole(title, first(item.get("subtitle"))),
        authors=tuple(filter(None, (_author(mapping(one)) for one in many(item.get("author"))))),
        year=_year(item),
        venue=where,
        doi=identifier,
        kind=kind,
        state=_state(own) or state,
        url=doi_page(identifier) if identifier else None,
        published=published,
        notes=_notes(own, others, published),
    )


def _refusal(body: bytes) -> str:
    """Why a request was refused, as far as Crossref says it."""
    said = [plain(mapping(one).get("message")) for one in many((json_object(body, LARGEST_BATCH) or {}).get("message"))]
    return said[0] or "" if said else ""


def _kind(item: Mapping[str, object]) -> str | None:
    kind = _word(item.get("type"))
    if kind == "posted-content" and _word(item.get("subtype")) not in {"", "preprint", "working_paper"}:
        return None
    return _KINDS.get(kind)


def _word(value: object) -> str:
    """A text; "" for anything else."""
    return value if isinstance(value, str) else ""


def _venue(item: Mapping[str, object]) -> str | None:
    """The journal, or the volume of a chapter: of several titles the series comes first, the volume last."""
    titles = [text for one in many(item.get("container-title")) if (text := plain(one))]
    if not titles:
        return plain(mapping(item.get("event")).get("name"))
    return titles[-1] if _word(item.get("type")) in _IN_VOLUMES else titles[0]


def _whole(title: str | None, subtitle: str | None) -> str | None:
    """Title and subtitle; some publishers have the subtitle in the title as well."""
    if title is None or subtitle is None or subtitle.casefold() in title.casefold():
        return title
    return f"{title}{'' if title[-1:] in '.?!:' else ':'} {subtitle}"


def _author(one: Mapping[str, object]) -> Person | None:
    if one.get("name") or one.get("literal"):
        text = plain(one.get("name") or one.get("literal"))
        return Person(literal=text) if text else None
    particle = plain(one.get("non-dropping-particle"))
    family = plain(one.get("family"))
    return name(one.get("given"), f"{particle} {family}" if particle and family else family, one.get("suffix"))


def _year(item: Mapping[str, object]) -> int | None:
    for key in _DATES:
        parts = mapping(item.get(key)).get("date-parts")
        number = parts[0][0] if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] else None
        found = year(int(number) if isinstance(number, str) and number.isdecimal() and len(number) == 4 else number)
        if found:
            return found
    return None


def _updated(item: Mapping[str, object], own: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """What notices say about this work, and what this work, if it is a notice, says about others.

    A publisher that updates a work in place names the work's own DOI as what is updated.
    """
    to = [mapping(one) for one in many(item.get("update-to"))]
    mine = [one for one in to if isinstance(given := one.get("DOI"), str) and doi(given) == own]
    by = [mapping(one) for one in many(item.get("updated-by"))]
    kinds = [frozenset(str(one.get("type", "")).lower().replace("-", "_") for one in ones)
             for ones in ([*by, *mine], [one for one in to if one not in mine])]  # fmt: skip
    return kinds[0], kinds[1] & {"retraction", "withdrawal", "removal"}


def _state(updates: frozenset[str]) -> str | None:
    if "retraction" in updates:
        return "retracted"
    return "withdrawn" if {"withdrawal", "removal"} & updates else None


def _notes(updates: frozenset[str], others: frozenset[str], published: str | None) -> tuple[str, ...]:
    notes = ["the publisher has expressed a concern about it"] if "expression_of_concern" in updates else []
    if "partial_retraction" in updates:
        notes.append("a part of it was retracted")
    if others:
        notes.append("this is the retraction notice of another work")
    if published:
        notes.append(f"it is the preprint of {doi_page(published)}")
    return tuple(notes)


def _publication(item: Mapping[str, object]) -> str | None:
    for one in many(mapping(item.get("relation")).get("is-preprint-of")):
        identifier = mapping(one).get("id")
        if mapping(one).get("id-type") == "doi" and isinstance(identifier, str):
            return doi(identifier)
    return None
