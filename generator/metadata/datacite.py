"""DataCite: the registry of data, software and theses (Zenodo, figshare, universities).

https://support.datacite.org/docs/api-get-doi; the words are those of https://datacite-metadata-schema.readthedocs.io (4.6).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from generator.metadata.parsing import many, mapping, name, names, object_in, plain, year
from generator.metadata.record import Answer, BatchRequest, Headers, Record, Subject
from generator.sources.catalogue.authors import author
from generator.sources.catalogue.identifiers import doi_page
from generator.sources.catalogue.model import Author
from linkcheck.identity import doi
from linkcheck.registries.reading import spent

__all__ = ["DataCite", "work"]

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
"""What older records, all of them "Text", say in words of their own."""

_SAME_WORK = frozenset(("IsVersionOf", "IsPreviousVersionOf", "IsVariantFormOf"))
_PUBLISHED = frozenset(("JournalArticle", "ConferencePaper", "BookChapter", "Book"))


@dataclass(frozen=True, slots=True)
class DataCite:
    """DataCite's REST API. A key is a bare DOI in lower case."""

    endpoint: str
    name: str = "DataCite"

    def key(self, subject: Subject) -> str | None:
        """The DOI; not those of arXiv, which knows its papers better."""
        return subject.doi if subject.doi and not subject.doi.startswith("10.48550/") else None

    def questions(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for each DOI."""
        headers = (("Accept", "application/vnd.api+json"),)
        return tuple(
            BatchRequest(self.name, f"{self.endpoint}/{quote(key, safe='')}", headers, (key,)) for key in dict.fromkeys(keys)
        )

    def read(self, question: BatchRequest, status: int, headers: Headers, body: bytes) -> Answer:
        """The one work."""
        if status == 404:
            return Answer(absent=frozenset(question.keys))
        if status != 200:
            if spent(status, headers):
                return Answer(why="DataCite asks not to be asked now: try again in some minutes")
            return Answer(why=f"DataCite answered {status}")
        data = mapping((object_in(body) or {}).get("data"))
        found = work(mapping(data.get("attributes"))) if data else None
        if found is None or found.doi not in question.keys:
            return Answer(why="DataCite answered about another work, or in a form that isn't known", odd=True)
        return Answer({found.doi: found})


def work(given: Mapping[str, object]) -> Record | None:
    """What the attributes of a DOI say; None where they aren't those of one."""
    identifier = doi(written) if isinstance(written := given.get("doi"), str) else None
    if identifier is None:
        return None
    kind = _kind(mapping(given.get("types")))
    published = _publication(given, identifier) if kind == "preprint" else None
    return Record(
        "DataCite",
        title=_title(given),
        authors=names([_author(mapping(one)) for one in many(given.get("creators"))]),
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
    """The main title: the one that isn't marked as a subtitle, a translation or another; where all are, the first."""
    titles = [mapping(one) for one in many(given.get("titles"))]
    main = next((one for one in titles if not one.get("titleType")), titles[0] if titles else {})
    return plain(main.get("title"))


def _author(one: Mapping[str, object]) -> Author | None:
    if one.get("nameType") == "Organizational":
        text = plain(one.get("name"))
        return Author(literal=text) if text else None
    found = name(one.get("givenName"), one.get("familyName")) if one.get("familyName") else None
    text = plain(one.get("name"))
    return found or (author(text) if text else None)


def _publication(given: Mapping[str, object], own: str) -> str | None:
    """The publication of a preprint. DataCite has no word for it: it is a version under another registrant's prefix.

    One under the same prefix is the same deposit: repositories give a DOI to each version, and one to all of them.
    """
    for one in map(mapping, many(given.get("relatedIdentifiers"))):
        relation, identifier, kind = (one.get(key) for key in ("relationType", "relatedIdentifier", "resourceTypeGeneral"))
        same = isinstance(relation, str) and relation in _SAME_WORK
        found = doi(identifier) if same and isinstance(identifier, str) else None
        published = kind is None or (isinstance(kind, str) and kind in _PUBLISHED)
        if found and published and found.partition("/")[0] != own.partition("/")[0]:
            return found
    return None
