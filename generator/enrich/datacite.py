"""DataCite: the registry of data, software and theses (Zenodo, figshare, universities).

https://support.datacite.org/docs/api-get-doi
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from generator.catalogue.authors import author
from generator.catalogue.model import Author
from generator.enrich.record import Answer, Headers, Question, Record, Subject
from generator.enrich.words import many, mapping, name, names, object_in, plain, year
from linkcheck.identity import doi
from linkcheck.sites.reading import spent

__all__ = ["DataCite", "work"]

_KINDS = {
    "audiovisual": "video",
    "book": "book",
    "bookchapter": "paper",
    "computationalnotebook": "software",
    "conferencepaper": "paper",
    "datapaper": "paper",
    "dataset": "dataset",
    "dissertation": "thesis",
    "journalarticle": "paper",
    "preprint": "preprint",
    "software": "software",
}


@dataclass(frozen=True, slots=True)
class DataCite:
    """DataCite's REST API. A key is a bare DOI in lower case."""

    endpoint: str
    name: str = "DataCite"

    def key(self, subject: Subject) -> str | None:
        """The DOI; not those of arXiv, which knows its papers better."""
        return subject.doi if subject.doi and not subject.doi.startswith("10.48550/") else None

    def questions(self, keys: Sequence[str]) -> tuple[Question, ...]:
        """One request for each DOI."""
        headers = (("Accept", "application/vnd.api+json"),)
        return tuple(
            Question(self.name, f"{self.endpoint}/{quote(key, safe='')}", headers, (key,)) for key in dict.fromkeys(keys)
        )

    def read(self, question: Question, status: int, headers: Headers, body: bytes) -> Answer:
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
    kind = mapping(given.get("types")).get("resourceTypeGeneral")
    return Record(
        "DataCite",
        title=_title(given),
        authors=names([_author(mapping(one)) for one in many(given.get("creators"))]),
        year=year(given.get("publicationYear")) or year(str(given.get("publicationYear") or "")),
        venue=plain(mapping(given.get("container")).get("title")),
        doi=identifier,
        kind=_KINDS.get(kind.lower()) if isinstance(kind, str) else None,
        url=f"https://doi.org/{identifier}",
        published=_publication(given),
    )


def _title(given: Mapping[str, object]) -> str | None:
    """The main title: the one that isn't marked as a subtitle, a translation or another."""
    titles = [mapping(one) for one in many(given.get("titles"))]
    main = next((one for one in titles if not one.get("titleType")), None)
    return plain((main or {}).get("title"))


def _author(one: Mapping[str, object]) -> Author | None:
    if one.get("nameType") == "Organizational":
        text = plain(one.get("name"))
        return Author(literal=text) if text else None
    found = name(one.get("givenName"), one.get("familyName")) if one.get("familyName") else None
    text = plain(one.get("name"))
    return found or (author(text) if text else None)


def _publication(given: Mapping[str, object]) -> str | None:
    for one in map(mapping, many(given.get("relatedIdentifiers"))):
        identifier = one.get("relatedIdentifier")
        if one.get("relationType") == "IsPreprintOf" and isinstance(identifier, str):
            return doi(identifier)
    return None
