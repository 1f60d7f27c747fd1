"""DataCite: the registry of data, software and theses (Zenodo, figshare, universities).

https://support.datacite.org/docs/api-get-doi; the words are those of https://datacite-metadata-schema.readthedocs.io (4.6).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from linkcheck.identity import doi, doi_page
from linkcheck.model import RegistryAnswer
from linkcheck.registries.protocol import Access, BatchRequest, Headers, Person, Reading, Record, Subject, unknown
from linkcheck.registries.reading import LARGEST_BATCH, json_object, many, mapping, name, no_answer, plain, year

__all__ = ["Adapter"]

_KINDS = {
    "audiovisual": "video",
    "book": "book",
    "bookchapter": "paper",
    "computationalnotebook": "software",
    "conferencepaper": "paper",
    "conferenceproceeding": "book",
    "datapaper": "paper",
    "dataset": "dataset",
    "dissertation": "thesis",
    "journalarticle": "paper",
    "preprint": "preprint",
    "presentation": "lecture",
    "project": "project",
    "software": "software",
}
_TEXTS = {
    "article": "paper",
    "bookchapter": "paper",
    "conferencearticle": "paper",
    "doctoralthesis": "thesis",
    "journalpaper": "paper",
    "lecture": "lecture",
    "masterthesis": "thesis",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "thesis": "thesis",
    "workingpaper": "preprint",
}
"""Kinds by the free text of older records, which all have the type "Text"."""

_SAME_WORK = frozenset(("IsVersionOf", "IsPreviousVersionOf", "IsVariantFormOf"))
_PUBLISHED = frozenset(("JournalArticle", "ConferencePaper", "BookChapter", "Book"))


@dataclass(frozen=True, slots=True)
class Adapter:
    """DataCite's REST API. A key is a bare DOI in lower case."""

    endpoint: str
    access: Access = field(default=Access(), repr=False)
    name: str = "DataCite"
    batch: int = 1
    kind: str = ""

    def key(self, url: str) -> None:
        """None: the handle system says whether a DOI exists; not all DOIs are DataCite's."""
        del url

    def record_key(self, subject: Subject) -> str | None:
        """The DOI, except those of arXiv, which arXiv knows better."""
        return subject.doi if subject.doi and not subject.doi.startswith("10.48550/") else None

    def requests(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for each DOI."""
        headers = (("Accept", "application/vnd.api+json"),)
        return tuple(
            BatchRequest(self.name, self.endpoint.replace("{doi}", quote(key, safe="")), headers, (key,))
            for key in dict.fromkeys(keys)
        )

    def read(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, Reading]:
        """The one work."""
        return dict.fromkeys(request.keys, self._reading(request, status, headers, body))

    def _reading(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> Reading:
        if status == 404:
            return Reading(RegistryAnswer(self.name, "missing", "DataCite knows no such DOI"))
        if status != 200:
            return no_answer(self.name, status, headers)
        data = mapping((json_object(body, LARGEST_BATCH) or {}).get("data"))
        found = _record(mapping(data.get("attributes"))) if data else None
        if found is None or found.doi not in request.keys:
            return unknown(self.name, "DataCite answered about another work, or in an unknown form", odd=True)
        return Reading(RegistryAnswer(self.name, "exists"), found)

    def records(self, saved: object) -> tuple[Record, ...]:
        """The works of an answer."""
        rows = (mapping(mapping(each).get("attributes")) for each in many(mapping(saved).get("data")))
        return tuple(found for row in rows if (found := _record(row)))


def _record(given: Mapping[str, object]) -> Record | None:
    """The record of a DOI's attributes; None if there is no DOI in them."""
    identifier = doi(written) if isinstance(written := given.get("doi"), str) else None
    if identifier is None:
        return None
    kind = _kind(mapping(given.get("types")))
    published = _publication(given, identifier) if kind == "preprint" else None
    return Record(
        "DataCite",
        title=_title(given),
        authors=tuple(filter(None, (_author(mapping(one)) for one in many(given.get("creators"))))),
        year=year(given.get("publicationYear")) or year(str(given.get("publicationYear") or "")),
        venue=plain(mapping(given.get("container")).get("title")),
        doi=identifier,
        kind=kind,
        url=doi_page(identifier),
        published=published,
        notes=(f"it is the preprint of {doi_page(published)}",) if published else (),
    )


def _kind(types: Mapping[str, object]) -> str | None:
    general, own = (re.sub(r"[^a-z]", "", one.lower()) if isinstance(one, str) else "" for one in
                    (types.get("resourceTypeGeneral"), types.get("resourceType")))  # fmt: skip
    return _KINDS.get(general) or (_KINDS.get(own) or _TEXTS.get(own) if general in {"text", "other", ""} else None)


def _title(given: Mapping[str, object]) -> str | None:
    """The main title: the first that isn't marked as a subtitle, translation or other, or else the first."""
    titles = [mapping(one) for one in many(given.get("titles"))]
    main = next((one for one in titles if not one.get("titleType")), titles[0] if titles else {})
    return plain(main.get("title"))


def _author(one: Mapping[str, object]) -> Person | None:
    if one.get("nameType") == "Organizational":
        text = plain(one.get("name"))
        return Person(literal=text) if text else None
    found = name(one.get("givenName"), one.get("familyName")) if one.get("familyName") else None
    text = plain(one.get("name"))
    return found or (Person(written=text) if text else None)


def _publication(given: Mapping[str, object], own: str) -> str | None:
    """The publication of a preprint. DataCite has no relation for it: it is a version with the prefix of another registrant.

    One with the same prefix is the same deposit: repositories give a DOI to each version, and one to all of them.
    """
    for one in map(mapping, many(given.get("relatedIdentifiers"))):
        relation, identifier, kind = (one.get(key) for key in ("relationType", "relatedIdentifier", "resourceTypeGeneral"))
        same = isinstance(relation, str) and relation in _SAME_WORK
        found = doi(identifier) if same and isinstance(identifier, str) else None
        published = kind is None or (isinstance(kind, str) and kind in _PUBLISHED)
        if found and published and found.partition("/")[0] != own.partition("/")[0]:
            return found
    return None
