"""Crossref: the registry of most journals, proceedings and books.

https://api.crossref.org (works), https://www.crossref.org/documentation/retrieve-metadata/rest-api/. Forty works are asked for in
one request, by a filter whose values are alternatives; a DOI with a comma, which parts filters, is asked for by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from generator.catalogue.model import Author
from generator.enrich.record import Answer, Headers, Question, Record, Subject
from generator.enrich.words import first, many, mapping, name, names, object_in, plain, year
from linkcheck import LISTKEEPER as VERSION
from linkcheck.identity import doi
from linkcheck.sites.reading import spent

__all__ = ["BATCH", "Crossref", "work"]

BATCH = 40
_KINDS = {
    **dict.fromkeys(("journal-article", "proceedings-article", "book-chapter", "article-journal", "paper-conference", "chapter"),
                    "paper"),
    **dict.fromkeys(("book", "monograph", "edited-book", "reference-book"), "book"),
    **dict.fromkeys(("dissertation", "thesis"), "thesis"),
    "posted-content": "preprint",
    "dataset": "dataset",
    "software": "software",
}  # fmt: skip
_RETRACTED = ("RETRACTED ARTICLE:", "RETRACTED:", "Retracted Article:", "Retracted:", "[Retracted]")
_WITHDRAWN = ("WITHDRAWN:", "Withdrawn:")


@dataclass(frozen=True, slots=True)
class Crossref:
    """Crossref's REST API. A key is a bare DOI in lower case; `contact` an address or URL told to it."""

    endpoint: str
    contact: str = ""
    name: str = "Crossref"

    def key(self, subject: Subject) -> str | None:
        """The DOI; not those of arXiv, which are DataCite's and better known to arXiv itself."""
        return subject.doi if subject.doi and not subject.doi.startswith("10.48550/") else None

    def questions(self, keys: Sequence[str]) -> tuple[Question, ...]:
        """One request for every forty DOIs."""
        alone = [key for key in keys if "," in key]
        others = [key for key in dict.fromkeys(keys) if "," not in key]
        alone += others if len(others) == 1 else []
        batches = [tuple(others[at : at + BATCH]) for at in range(0, len(others), BATCH)] if len(others) > 1 else []
        return (*(self._one(key) for key in dict.fromkeys(alone)), *(self._many(batch) for batch in batches))

    def _one(self, key: str) -> Question:
        return Question(self.name, f"{self.endpoint}/{quote(key, safe='')}", self._headers(), (key,))

    def _many(self, keys: tuple[str, ...]) -> Question:
        values = ",".join(f"doi:{quote(key, safe='')}" for key in keys)
        return Question(self.name, f"{self.endpoint}?filter={values}&rows={len(keys)}", self._headers(), keys)

    def _headers(self) -> tuple[tuple[str, str], ...]:
        # Who gives an address is served by machines of their own, and written to before being shut out.
        mail = "@" in self.contact and "/" not in self.contact
        reach = f" ({'mailto:' if mail else '+'}{self.contact})" if self.contact else ""
        return (("Accept", "application/json"), ("User-Agent", f"Listkeeper/{VERSION}{reach}"))

    def read(self, question: Question, status: int, headers: Headers, body: bytes) -> Answer:
        """The works of an answer, one or many. A DOI that a list leaves out is another registry's, or nobody's."""
        if status == 404 and len(question.keys) == 1:
            return Answer(absent=frozenset(question.keys))
        if status != 200:
            if spent(status, headers):
                return Answer(why="Crossref asks not to be asked now: try again in some minutes")
            return Answer(why=f"Crossref answered {status}")
        found = object_in(body)
        message = mapping(found.get("message")) if found else {}
        items = message.get("items") if found and found.get("message-type") == "work-list" else [message]
        if not isinstance(items, list) or not message or (found or {}).get("status") != "ok":
            return Answer(why="Crossref's answer isn't in the form that is known", odd=True)
        wanted = set(question.keys)
        records = {one.doi: one for item in items if (one := work(mapping(item), self.name)) and one.doi in wanted}
        listed = found is not None and found.get("message-type") == "work-list"
        if not records and not listed:
            return Answer(why="Crossref answered about another work, or in a form that isn't known", odd=True)
        return Answer({key: one for key, one in records.items() if key}, frozenset(wanted - set(records)))


def work(item: Mapping[str, object], source: str) -> Record | None:
    """What a work of Crossref's says, or one of CSL-JSON, which is its cousin; None for what has neither DOI nor title."""
    identifier = doi(written) if isinstance(written := item.get("DOI"), str) else None
    title = first(item.get("title"))
    if identifier is None and title is None:
        return None
    state = None
    for marks, word in ((_RETRACTED, "retracted"), (_WITHDRAWN, "withdrawn")):
        for mark in marks:
            if title and title.startswith(mark):
                title, state = title.removeprefix(mark).strip() or None, word
    kind = item.get("type")
    return Record(
        source,
        title=_whole(title, first(item.get("subtitle"))),
        authors=names([_author(mapping(one)) for one in many(item.get("author"))]),
        year=_year(item),
        venue=first(item.get("container-title")) or plain(mapping(item.get("event")).get("name")),
        doi=identifier,
        kind=_KINDS.get(kind) if isinstance(kind, str) else None,
        state=_updated(item) or state,
        url=f"https://doi.org/{identifier}" if identifier else None,
        published=_publication(item),
        notes=_concerns(item),
    )


def _whole(title: str | None, subtitle: str | None) -> str | None:
    """Title and subtitle; some publishers give the subtitle within the title as well."""
    if title is None or subtitle is None or subtitle.casefold() in title.casefold():
        return title
    return f"{title}{'' if title[-1:] in '.?!:' else ':'} {subtitle}"


def _author(one: Mapping[str, object]) -> Author | None:
    if one.get("name") or one.get("literal"):
        text = plain(one.get("name") or one.get("literal"))
        return Author(literal=text) if text else None
    particle = plain(one.get("non-dropping-particle"))
    family = plain(one.get("family"))
    return name(one.get("given"), f"{particle} {family}" if particle and family else family, one.get("suffix"))


def _year(item: Mapping[str, object]) -> int | None:
    for key in ("issued", "published", "published-print", "published-online", "posted"):
        parts = mapping(item.get(key)).get("date-parts")
        number = parts[0][0] if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] else None
        found = year(int(number) if isinstance(number, str) and number.isdecimal() and len(number) == 4 else number)
        if found:
            return found
    return None


def _updates(item: Mapping[str, object]) -> list[str]:
    return [str(mapping(one).get("type", "")) for one in many(item.get("updated-by"))]


def _updated(item: Mapping[str, object]) -> str | None:
    """What later notices made of a work."""
    kinds = _updates(item)
    if "retraction" in kinds:
        return "retracted"
    return "withdrawn" if {"withdrawal", "removal"} & set(kinds) else None


def _concerns(item: Mapping[str, object]) -> tuple[str, ...]:
    told = ["the publisher has expressed a concern about it"] if "expression_of_concern" in _updates(item) else []
    if any(mapping(one).get("type") == "retraction" for one in many(item.get("update-to"))):
        told.append("this is the notice by which another work was retracted")
    return tuple(told)


def _publication(item: Mapping[str, object]) -> str | None:
    for one in many(mapping(item.get("relation")).get("is-preprint-of")):
        identifier = mapping(one).get("id")
        if mapping(one).get("id-type") == "doi" and isinstance(identifier, str):
            return doi(identifier)
    return None
