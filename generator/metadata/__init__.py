"""What services know of a work: identifiers in, records with their source out. Readers are pure; asking is passed in.

One file for each service. A record says nothing that its source doesn't, and what can't be understood is a reason, not a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from generator.metadata.arxiv import ArxivWorks
from generator.metadata.crossref import Crossref
from generator.metadata.datacite import DataCite
from generator.metadata.facts import Fact, facts
from generator.metadata.github import Repositories
from generator.metadata.pages import Pages
from generator.metadata.record import Answer, Record, Service, Subject
from generator.metadata.subjects import proven, subject_of, subject_of_entry
from generator.metadata.youtube import Videos
from linkcheck.registries import ENDPOINTS as SITES

__all__ = [
    "ENDPOINTS", "Answer", "Fact", "Record", "Service", "Subject", "facts", "proven", "services", "subject_of",
    "subject_of_entry",
]  # fmt: skip

ENDPOINTS: Mapping[str, str] = MappingProxyType({
    "arxiv": SITES["arxiv"],
    "crossref": "https://api.crossref.org/works",
    "datacite": "https://api.datacite.org/dois",
    "github": SITES["github"],
    "youtube": SITES["youtube"],
})  # fmt: skip
"""Where each service is asked."""


def services(
    endpoints: Mapping[str, str] = ENDPOINTS, *, github_token: str = "", contact: str = "", without: Iterable[str] = ()
) -> tuple[Service, ...]:
    """All services, in the order in which they are asked. `endpoints` replaces the addresses of some, by the names in `ENDPOINTS`.

    `contact` is the address that Crossref asks programs to give; `without` names services that aren't asked.
    """
    at = {name: endpoints.get(name, given).rstrip("/") for name, given in ENDPOINTS.items()}
    found: tuple[Service, ...] = (
        ArxivWorks(at["arxiv"]),
        Crossref(at["crossref"], contact),
        DataCite(at["datacite"]),
        Repositories(at["github"], github_token.strip()),
        Videos(at["youtube"]),
        Pages(),
    )
    left_out = frozenset(without)
    return tuple(service for service in found if service.name not in left_out)
