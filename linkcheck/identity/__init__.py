"""What a URL names: a work by its DOI or arXiv id, a page of proceedings, a repository, a video. Pure.

A rule says only what the URL alone proves: two URLs with one identity are one thing whatever their pages answer. Rules are
tables by host; a new site is a new row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from linkcheck.identity.identifiers import arxiv, doi, doi_page
from linkcheck.urls import compare_key, web

__all__ = ["REPOSITORY", "WORKS", "Identity", "arxiv", "doi", "doi_page", "identify", "of_work"]

WORKS = frozenset({"doi", "arxiv", "openreview", "pmlr", "jmlr", "neurips", "cvf", "acl"})
"""The kinds that name a work, wherever it may be read; the others name one place on the web."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A name that one thing bears alone, in normal form. `certain` is False where the URL only makes it likely."""

    kind: str
    key: str
    certain: bool = field(default=True, compare=False)


Found = Identity | str | None
Reader = Callable[[re.Match[str]], Found]


@dataclass(frozen=True, slots=True)
class _Rule:
    """`pattern` must match the whole of path and query; `read` makes the key of it, `template` where groups suffice."""

    kind: str
    pattern: str
    flags: int
    read: Reader


def _rule(kind: str, pattern: str, read: str | Reader, *, case: bool = False) -> _Rule:
    template = read
    reader = (lambda match: match.expand(template).lower()) if isinstance(template, str) else template
    return _Rule(kind, pattern, 0 if case else re.IGNORECASE, reader)


# Compiled when a host is first seen: sources are read without any of them.
_compiled = cache(re.compile)


_QUERY = r"(?:\?.*)?"
_FILE = r"[\w.+-]+?"

REPOSITORY = re.compile(r"([a-z\d][a-z\d-]{0,38})/([\w.-]{1,100})", re.IGNORECASE | re.ASCII)
"""The full name of a repository of GitHub: owner and name."""
_NOT_OWNERS = frozenset({
    "about", "accelerator", "account", "advisories", "apps", "assets", "blog", "business", "case-studies", "changelog", "codespaces",
    "collections", "contact", "copilot", "customer-stories", "dashboard", "developer", "discussions", "downloads", "edu", "education",
    "enterprise", "events", "explore", "features", "gist", "github-copilot", "home", "integrations", "issues", "join", "languages",
    "login", "logos", "logout", "marketplace", "mcp", "mobile", "models", "new", "newsroom", "nonprofit", "notifications", "oauth",
    "open-source", "organizations", "orgs", "partners", "personal", "plans", "premium-support", "press", "pricing", "pulls", "raw",
    "readme", "repositories", "resources", "search", "security", "sessions", "settings", "shop", "showcases", "signup", "site",
    "sitemap", "skills", "solutions", "spark", "sponsors", "stars", "status", "store", "styleguide", "support", "team", "terms",
    "topics", "training", "trending", "users", "watching", "welcome", "why-github", "wiki",
})  # fmt: skip
"""First path words of github.com that are its own pages: no repository, and its API would deny that there is one."""
_NOT_VIDEOS = frozenset({"videoseries", "live_stream"})


def _arxiv(match: re.Match[str]) -> Found:
    return arxiv(match[1])


def _doi(match: re.Match[str]) -> Found:
    found = doi(f"https://doi.org/{match[1]}")
    return _registered(found) if found else None


def _registered(found: str) -> Identity:
    """The work behind a DOI: arXiv and the ACL Anthology write their own ids into theirs."""
    preprint = arxiv(found) if found.startswith("10.48550/") else None
    if preprint:
        return Identity("arxiv", preprint)
    anthology = re.fullmatch(r"10\.(?:18653|3115)/v1/([a-z]\d{2}-\d{4}|\d{4}\.[a-z\d]+-[a-z\d]+\.\d+)", found)
    if anthology:
        return Identity("acl", anthology[1])
    return Identity("doi", found)


def _repository(match: re.Match[str]) -> Found:
    owner, name = match[1].lower(), match[2].lower().removesuffix(".git")
    return None if owner in _NOT_OWNERS or name in {"", ".", ".."} else f"{owner}/{name}"


def _video(match: re.Match[str]) -> Found:
    return None if match[1] in _NOT_VIDEOS else match[1]


def _forum(match: re.Match[str]) -> Found:
    values = dict(part.partition("=")[::2] for part in match[1].split("&"))
    return values.get("id") if values.get("noteId") in {None, values.get("id")} else None


_NEURIPS = (
    _rule(
        "neurips",
        r"/paper(?:_files/paper)?/(\d{4})/(?:hash|file)/([0-9a-f]{32})-(?:abstract|paper)([\w-]*)\.(?:html|pdf)" + _QUERY,
        r"\1/\2\3",
    ),
    _rule("neurips", r"/paper/(\d{1,5})-[\w-]+(?:\.pdf|\.html)?" + _QUERY, r"\1"),
)
_PMLR = (
    _rule("pmlr", rf"/(v\d+|r\d+)/({_FILE})(?:\.html|\.pdf)?" + _QUERY, r"\1/\2"),
    _rule("pmlr", rf"/(v\d+|r\d+)/({_FILE})/\2\.pdf" + _QUERY, r"\1/\2"),
)
_JMLR = (
    _rule("jmlr", rf"/papers/v(?:olume)?(\d+)/({_FILE})(?:\.html|\.pdf)?" + _QUERY, r"v\1/\2"),
    _rule("jmlr", rf"/papers/v(?:olume)?(\d+)/({_FILE})/\2\.pdf" + _QUERY, r"v\1/\2"),
    _rule("pmlr", rf"/proceedings/papers/(v\d+)/({_FILE})(?:\.html|\.pdf)?" + _QUERY, r"\1/\2"),
)
_CVF = (_rule("cvf", r"(?:/openaccess)?/content[_/]([\w/]+?)/(?:html|papers)/([^/?]+_paper)\.(?:html|pdf)" + _QUERY, r"\1/\2"),)
_ACL = (
    _rule("acl", r"(?:/anthology)?/([a-z]\d{2}-\d{4})(?:v\d+)?(?:\.pdf)?" + _QUERY, r"\1"),
    _rule("acl", r"(?:/anthology)?/(\d{4}\.[a-z\d]+-[a-z\d]+\.\d+)(?:v\d+)?(?:\.pdf)?" + _QUERY, r"\1"),
    _rule("acl", r"/anthology/(?:papers/)?[a-z]/[a-z]\d{2}/([a-z]\d{2}-\d{4})(?:\.pdf)?" + _QUERY, r"\1"),
)
_ARXIV = (_rule("arxiv", r"/(?:abs|pdf|html|ps|format|e-print)/([^?]+?)" + _QUERY, _arxiv),)
_YOUTUBE = (
    _rule("youtube", r"/watch\?(?:.*&)?v=([\w-]{11})(?:&.*)?", _video, case=True),
    _rule("youtube", r"/(?:embed|shorts|live|v|e)/([\w-]{11})" + _QUERY, _video, case=True),
)
_DOI_PAGE = (
    _rule(
        "doi",
        r"/doi/(?:(?:abs|full|pdf|epdf|epub|pdfdirect|book|reader)/)?(10\.[^?]+?)(?:/(?:abstract|full|pdf|epdf|summary))?"
        + _QUERY,
        _doi,
    ),
)
_PREPRINT = (_rule("doi", r"/content/(10\.1101/[\d.]+?)(?:v\d+)?(?:\.full|\.abstract)?(?:\.pdf)?" + _QUERY, _doi),)

_BY_HOST: dict[str, tuple[_Rule, ...]] = {
    "doi.org": (_rule("doi", r"/(10\.[^?]+)" + _QUERY, _doi),),
    "arxiv.org": _ARXIV,
    "xxx.lanl.gov": _ARXIV,
    "ar5iv.org": _ARXIV,
    "ar5iv.labs.arxiv.org": _ARXIV,
    "arxiv-vanity.com": (_rule("arxiv", r"/papers/([^?]+?)" + _QUERY, _arxiv),),
    "alphaxiv.org": (_rule("arxiv", r"/(?:abs|pdf)/([^?]+?)" + _QUERY, _arxiv),),
    "openreview.net": (_rule("openreview", r"/(?:forum|pdf)\?(.+)", _forum, case=True),),
    "proceedings.mlr.press": _PMLR,
    "raw.githubusercontent.com": (_rule("pmlr", rf"/mlresearch/(v\d+)/main/assets/({_FILE})/\2\.pdf", r"\1/\2"),),
    "jmlr.org": _JMLR,
    "jmlr.csail.mit.edu": _JMLR,
    "papers.nips.cc": _NEURIPS,
    "papers.neurips.cc": _NEURIPS,
    "proceedings.neurips.cc": _NEURIPS,
    "datasets-benchmarks-proceedings.neurips.cc": _NEURIPS,
    "openaccess.thecvf.com": _CVF,
    "cv-foundation.org": _CVF,
    "aclanthology.org": _ACL,
    "aclweb.org": _ACL,
    "github.com": (_rule("github", f"/{REPOSITORY.pattern}{_QUERY}", _repository),),
    "youtube.com": _YOUTUBE,
    "m.youtube.com": _YOUTUBE,
    "music.youtube.com": _YOUTUBE,
    "youtube-nocookie.com": _YOUTUBE,
    "youtu.be": (_rule("youtube", r"/([\w-]{11})" + _QUERY, _video, case=True),),
    "link.springer.com": (
        _rule("doi", r"/(?:article|chapter|book|content/pdf)/(10\.\d+/[^?/]+?)(?:\.pdf|/fulltext\.html)?" + _QUERY, _doi),
    ),
    "dl.acm.org": _DOI_PAGE,
    "epubs.siam.org": _DOI_PAGE,
    "onlinelibrary.wiley.com": _DOI_PAGE,
    "tandfonline.com": _DOI_PAGE,
    "science.org": _DOI_PAGE,
    "pnas.org": _DOI_PAGE,
    "pubs.acs.org": _DOI_PAGE,
    "royalsocietypublishing.org": _DOI_PAGE,
    "journals.sagepub.com": _DOI_PAGE,
    "biorxiv.org": _PREPRINT,
    "medrxiv.org": _PREPRINT,
    "zenodo.org": (_rule("doi", r"/records?/(\d+)" + _QUERY, lambda match: f"10.5281/zenodo.{match[1]}"),),
}
_ALIASES = {"dx.doi.org": "doi.org"}
_ARXIV_MIRROR = re.compile(r"(?:[a-z]{2}|export|lanl|browse)\.arxiv\.org")
_PAGES = re.compile(r"([a-z\d][a-z\d-]{0,38})\.github\.io")
_PROJECT = re.compile(r"/[\w.-]{1,100}", re.ASCII)


def identify(url: str) -> tuple[Identity, ...]:
    """What a URL names, as far as the URL itself proves it; usually nothing or one identity.

    Besides web URLs `doi:` and `arxiv:` are understood. A fragment says where in a thing to look, and is left out here.
    Only the Pages site of a repository below its owner's own site is uncertain: a folder of that site can have the same URL.
    """
    if not web(url):
        return _bare(url)
    where, _, _ = compare_key(url).partition("#")
    host, slash, rest = where.removeprefix("//").partition("/")
    host, asks, query = host.partition("?") if not slash else (host, "", "")
    host = _ALIASES.get(host, host)
    path = f"/{rest}" if slash else f"/{asks}{query}"
    site = _PAGES.fullmatch(host)
    if site:
        return _pages(site[1], path)
    rules = _ARXIV if _ARXIV_MIRROR.fullmatch(host) else _BY_HOST.get(host, ())
    for rule in rules:
        match = _compiled(rule.pattern, rule.flags).fullmatch(path)
        found = rule.read(match) if match else None
        if found:
            return (found if isinstance(found, Identity) else Identity(rule.kind, found),)
    return ()


def _bare(url: str) -> tuple[Identity, ...]:
    scheme = url.partition(":")[0].lower()
    if scheme == "arxiv":
        found = arxiv(url)
        return (Identity("arxiv", found),) if found else ()
    registered = doi(url) if scheme == "doi" else None
    return (_registered(registered),) if registered else ()


def _pages(owner: str, path: str) -> tuple[Identity, ...]:
    if path == "/":
        return (Identity("github", f"{owner}/{owner}.github.io"),)
    if _PROJECT.fullmatch(path) and not path.lower().endswith((".html", ".htm", ".pdf")):
        return (Identity("github", f"{owner}{path.lower()}", certain=False),)
    return ()


def of_work(given_doi: str | None, given_arxiv: str | None) -> tuple[Identity, ...]:
    """The identities that a work's own fields give it; fields that are no identifiers give none."""
    registered = doi(given_doi) if given_doi else None
    preprint = arxiv(given_arxiv) if given_arxiv else None
    found = [_registered(registered)] if registered else []
    if preprint:
        found.append(Identity("arxiv", preprint))
    return tuple(dict.fromkeys(found))
