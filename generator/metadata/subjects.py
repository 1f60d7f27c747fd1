"""Subjects of look-ups: from a text or an entry, and what their identifiers prove without a request. Pure."""

from __future__ import annotations

import re
from functools import cache

from generator.sources.catalogue.model import Entry
from linkcheck.identity import REPOSITORY, Identity, arxiv, doi, doi_page, identify
from linkcheck.registries import Record, Registry, Subject, registries
from linkcheck.urls import web

__all__ = ["hosted", "proven", "subject_of", "subject_of_entry"]

_CLONED = re.compile(r"(?:github:|git@github\.com:)?(.+?)(?:\.git)?")
"""A repository of GitHub as `owner/repository`, or as an address for git."""
_GIT_ENDING = re.compile(r"\.git/?$", re.IGNORECASE)


def subject_of(text: str) -> Subject | None:
    """The subject of a text: a URL, an arXiv id, a DOI, or `owner/repository`; None for any other text."""
    given = text.strip()
    if web(given):
        return _of_url(given)
    preprint = arxiv(given)
    if preprint:
        return Subject(url=f"https://arxiv.org/abs/{preprint}", arxiv=preprint)
    registered = doi(given)
    if registered:
        return Subject(url=doi_page(registered), doi=registered)
    if given.startswith("www.") or given.partition("/")[0] in {"github.com", "arxiv.org", "doi.org"}:
        return _of_url(f"https://{given}") if web(f"https://{given}") else None
    cloned = _CLONED.fullmatch(given)
    return _of_url(f"https://github.com/{cloned[1]}") if cloned and REPOSITORY.fullmatch(cloned[1]) else None


def subject_of_entry(entry: Entry) -> Subject:
    """The subject of an entry, by its fields and its page."""
    own = _of_url(entry.url or "") if entry.url and web(entry.url) else Subject(url=entry.url or "")
    found = entry.doi or own.doi
    return Subject(own.url, entry.arxiv or own.arxiv or _preprint(found), found)


def _preprint(registered: str) -> str:
    return (arxiv(registered) or "") if registered.startswith("10.48550/") else ""


def _of_url(url: str) -> Subject:
    named = {one.kind: one for one in identify(url) if one.certain}
    if "arxiv" in named:
        return Subject(url=_plain_page(url, named["arxiv"]), arxiv=named["arxiv"].key)
    if "doi" in named:
        return Subject(url=url, doi=named["doi"].key)
    site = hosted(Subject(url=url))
    # The page of a repository is at the address for cloning, without the ending.
    return Subject(url=_GIT_ENDING.sub("", url) if site and site.kind == "software" else url)


def _plain_page(url: str, named: Identity) -> str:
    """The abs page of a paper, for a URL of any of its forms."""
    return url if "/abs/" in url and arxiv(url) == url.rpartition("/abs/")[2] else f"https://arxiv.org/abs/{named.key}"


@cache
def _sites() -> tuple[Registry, ...]:
    return registries()


def hosted(subject: Subject) -> Registry | None:
    """The service whose page the subject is, if the address shows that it is a repository or a video."""
    return next((site for site in _sites() if site.kind and site.record_key(subject)), None) if subject.url else None


def proven(subject: Subject) -> Record:
    """The record that the identifiers prove without a request."""
    url = subject.url or None
    if subject.arxiv:
        return Record("its arXiv id", arxiv=subject.arxiv, kind="preprint", year=_first_year(subject.arxiv), url=url)
    if subject.doi:
        return Record("its DOI", doi=subject.doi, url=url)
    site = hosted(subject)
    if site is not None and site.kind == "software":
        return Record(
            "its address", title=subject.url.partition("?")[0].rstrip("/").rpartition("/")[2], kind=site.kind, url=url
        )
    return Record("its address", kind=site.kind if site else None, url=url)


def _first_year(identifier: str) -> int | None:
    """The year of an arXiv id, which is part of it."""
    digits = identifier.rpartition("/")[2][:2]
    if not digits.isdigit():
        return None
    number = int(digits)
    return (1900 if number > 90 else 2000) + number
