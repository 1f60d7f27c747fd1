"""What a text or an entry names, and what an identifier proves by itself, without asking anybody. Pure."""

from __future__ import annotations

import re

from generator.metadata.arxiv import first_year
from generator.metadata.record import Record, Subject
from generator.sources.catalogue.identifiers import doi_page
from generator.sources.catalogue.model import Entry
from linkcheck.identity import Identity, arxiv, doi, identify
from linkcheck.urls import web

__all__ = ["proven", "subject_of", "subject_of_entry"]

_REPOSITORY = re.compile(r"(?:github:|git@github\.com:)?([A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}?)(?:\.git)?")

_ROOT = re.compile(r"^(https?://(?:www\.)?github\.com/[^/?#]+/[^/?#]+?)\.git/?$", re.IGNORECASE)
"""The address by which a repository is cloned; its page is the same without the ending."""


def subject_of(text: str) -> Subject | None:
    """What a maintainer names: a URL, an arXiv id, a DOI, or `owner/repository`; None where the text is none of them."""
    given = text.strip()
    if web(given):
        return _of_url(given)
    preprint = arxiv(given)
    if preprint:
        return Subject(url=f"https://arxiv.org/abs/{preprint}", arxiv=preprint)
    registered = doi(given)
    if registered:
        return Subject(url=doi_page(registered), doi=registered)
    if given.startswith(("www.", "github.com/", "arxiv.org/", "doi.org/")) and web(f"https://{given}"):
        return _of_url(f"https://{given}")
    repository = _REPOSITORY.fullmatch(given)
    if repository:
        return _of_url(f"https://github.com/{repository[1]}")
    return None


def subject_of_entry(entry: Entry) -> Subject:
    """What an entry names by its fields and by its page."""
    own = _of_url(entry.url or "") if entry.url and web(entry.url) else Subject(url=entry.url or "")
    found = entry.doi or own.doi
    return Subject(own.url, entry.arxiv or own.arxiv or _preprint(found), found, own.repository, own.video)


def _preprint(registered: str) -> str:
    return (arxiv(registered) or "") if registered.startswith("10.48550/") else ""


def _of_url(url: str) -> Subject:
    named = {one.kind: one for one in identify(url) if one.certain}
    if "arxiv" in named:
        return Subject(url=_plain_page(url, named["arxiv"]), arxiv=named["arxiv"].key)
    if "doi" in named:
        return Subject(url=url, doi=named["doi"].key)
    if "github" in named and "github.com/" in url.lower():
        return Subject(url=_ROOT.sub(r"\1", url), repository=named["github"].key)
    return Subject(url=url, video=named["youtube"].key) if "youtube" in named else Subject(url=url)


def _plain_page(url: str, named: Identity) -> str:
    """The abs page of a paper, where a URL leads to another form of it."""
    return url if "/abs/" in url and arxiv(url) == url.rpartition("/abs/")[2] else f"https://arxiv.org/abs/{named.key}"


def proven(subject: Subject) -> Record:
    """What the identifiers prove by themselves."""
    if subject.arxiv:
        return Record(
            "its arXiv id", arxiv=subject.arxiv, kind="preprint", year=first_year(subject.arxiv), url=subject.url or None
        )
    if subject.doi:
        return Record("its DOI", doi=subject.doi, url=subject.url or None)
    if subject.repository:
        short = subject.url.rstrip("/").rpartition("/")[2].removesuffix(".git") or subject.repository.partition("/")[2]
        return Record("its address", title=short, kind="software", url=subject.url or None)
    return Record("its address", kind="video" if subject.video else None, url=subject.url or None)
