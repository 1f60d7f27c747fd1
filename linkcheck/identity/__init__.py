"""Identify what a URL names: a work (DOI, arXiv id, page of proceedings), a repository, a video. Pure.

Rules use the URL alone: two URLs with the same identity are the same thing whatever their pages answer. Rules are tables by host;
a new site is a new row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote

from linkcheck.identity.identifiers import arxiv, doi, doi_page
from linkcheck.urls import compare_key, web

__all__ = ["REPOSITORY", "WORKS", "Identity", "arxiv", "doi", "doi_page", "identify", "identities_of"]

WORKS = frozenset({
    "doi", "arxiv", "openreview", "pmlr", "jmlr", "neurips", "cvf", "acl", "hal", "pii", "ieee", "pubmed", "pmc", "jstor",
})  # fmt: skip
"""Kinds that name a work, wherever it is published; the other kinds name one place on the web."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A unique name in normal form. `certain` is False if the URL only makes it likely."""

    kind: str
    key: str
    certain: bool = field(default=True, compare=False)


IdentityOrKey = Identity | str | None
Reader = Callable[[re.Match[str]], IdentityOrKey]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule for the URLs of a host: `pattern` matches path and query as a whole, `read` makes the key from the match."""

    kind: str
    pattern: str
    flags: int
    read: Reader


def _rule(kind: str, pattern: str, read: str | Reader, *, case_sensitive: bool = False) -> _Rule:
    template = read
    reader = (lambda match: match.expand(template).lower()) if isinstance(template, str) else template
    return _Rule(kind, pattern, 0 if case_sensitive else re.IGNORECASE, reader)


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
"""First path segments on github.com that aren't owners: no repository, and the API would deny that there is one."""
_NOT_VIDEOS = frozenset({"videoseries", "live_stream"})


def _arxiv(match: re.Match[str]) -> IdentityOrKey:
    return arxiv(match[1])


def _doi(match: re.Match[str]) -> IdentityOrKey:
    found = doi(f"https://doi.org/{match[1]}")
    return _identity_of_doi(found) if found else None


def _identity_of_doi(found: str) -> Identity:
    """The identity of a DOI; DOIs of arXiv and the ACL Anthology contain their own ids."""
    found_arxiv = arxiv(found) if found.startswith("10.48550/") else None
    if found_arxiv:
        return Identity("arxiv", found_arxiv)
    anthology = re.fullmatch(r"10\.(?:18653|3115)/v1/([a-z]\d{2}-\d{4}|\d{4}\.[a-z\d]+-[a-z\d]+\.\d+)", found)
    if anthology:
        return Identity("acl", anthology[1])
    return Identity("doi", found)


def _nature(match: re.Match[str]) -> IdentityOrKey:
    """The DOI of a page of nature.com, whose last part is the DOI's suffix; two of its journals have the prefix of Palgrave."""
    name = match[1].lower()
    prefix = "10.1057" if name.startswith(("s41599-", "palcomms")) else "10.1038"
    return _identity_of_doi(f"{prefix}/{name}")


def _doi_parameter(match: re.Match[str]) -> IdentityOrKey:
    values = dict(part.partition("=")[::2] for part in match[1].split("&"))
    return _doi_text(unquote(values.get("id", "")))


def _doi_text(text: str) -> IdentityOrKey:
    found = doi(text)
    return _identity_of_doi(found) if found else None


def _pii(match: re.Match[str]) -> IdentityOrKey:
    """A publisher item identifier without its punctuation: S0092-8674(20)30001-0 is S0092867420300010."""
    found = re.sub(r"[^0-9sx]", "", unquote(match[1]).lower())
    return found.upper() if re.fullmatch(r"s\d{15}[\dx]", found) else None


def _repository(match: re.Match[str]) -> IdentityOrKey:
    owner, name = match[1].lower(), match[2].lower().removesuffix(".git")
    return None if owner in _NOT_OWNERS or name in {"", ".", ".."} else f"{owner}/{name}"


def _video(match: re.Match[str]) -> IdentityOrKey:
    return None if match[1] in _NOT_VIDEOS else match[1]


def _openreview_id(match: re.Match[str]) -> IdentityOrKey:
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
_ARXIV = (_rule("arxiv", r"/(?:abs|pdf|html|ps|format|e-print|src)/([^?]+?)" + _QUERY, _arxiv),)
_YOUTUBE = (
    _rule("youtube", r"/watch\?(?:.*&)?v=([\w-]{11})(?:&.*)?", _video, case_sensitive=True),
    _rule("youtube", r"/(?:embed|shorts|live|v|e)/([\w-]{11})" + _QUERY, _video, case_sensitive=True),
)
_DOI_PAGE = (
    _rule(
        "doi",
        r"/doi/(?:(?:abs|full|pdf|epdf|epub|pdfdirect|book|reader)/)?(10\.[^?]+?)(?:/(?:abstract|full|pdf|epdf|summary))?"
        + _QUERY,
        _doi,
    ),
)
_DOI_PATH = (
    _rule(
        "doi",
        r"/(?:[\w.%-]+/)*?(10\.\d{4,9}/[^?]+?)(?:/(?:abstract|full|fulltext|pdf|epub|html|meta))?(?:\.pdf)?" + _QUERY,
        _doi,
    ),
)
"""A DOI anywhere in the path, with what a publisher puts before and after it."""
_PLOS = (
    _rule("doi", r"/(?:[a-z]+/)?article(?:/\w+)?\?(.+)", _doi_parameter),
    _rule("doi", r"/article/(?:info(?::|%3A)doi/)?(10\.1371/[^?]+?)" + _QUERY, _doi),
)
_NATURE = (
    _rule(
        "doi", r"/articles/([\w.-]+?)(?:_reference)?(?:\.pdf|/figures/\d+|/tables/\d+|/metrics|/email/.*)?" + _QUERY, _nature
    ),
    _rule("doi", r"/[a-z]+/journal/(?:[\w.-]+/)+(?:full|abs|pdf)/([a-z]+[\w.-]*?\d)(?:\.html|\.pdf)?" + _QUERY, _nature),
    _rule("doi", r"/(?:doifinder|uidfinder)/(10\.[^?]+)" + _QUERY, _doi),
)
_PII = (
    _rule(
        "pii",
        r"/(?:[\w-]+/)*?(?:pii|fulltext|abstract|pdf|pdfExtended|article)/(?:pii)?(s[\d()x%-]+?)(?:/\w+|\.pdf)?" + _QUERY,
        _pii,
    ),
)
_IEEE = (
    _rule("ieee", r"/(?:abstract/|mobile/|rest/)?document/0*(\d+)(?:/\w+)*" + _QUERY, r"\1"),
    _rule("ieee", r"/(?:stamp|xpls?|xpl/\w+)/?[\w./]*\?(?:.*&)?arnumber=0*(\d+)(?:&.*)?", r"\1"),
    _rule("ieee", r"/(?:iel\w+|ielx?\d+)/(?:\d+/)+0*(\d+)\.pdf" + _QUERY, r"\1"),
)
_PMC = r"(?:pmc/)?articles/pmc(\d+)(?:/[\w./-]*)?"
_NCBI = (
    _rule("pubmed", r"/(?:m/)?pubmed/(\d+)" + _QUERY, r"\1"),
    _rule("pubmed", r"/pubmed/?\?(?:.*&)?(?:term|list_uids)=(\d+)(?:&.*)?", r"\1"),
    _rule("pmc", f"/{_PMC}{_QUERY}", r"\1"),
)
_HAL = (
    _rule(
        "hal",
        r"/(?:[\w-]+/)?((?:hal|tel|inria|cel|dumas|halshs|pastel|ensl|hprints|medihal|jpa|insu|in2p3)-\d{5,8})(?:v\d+)?(?:/.*)?"
        + _QUERY,
        r"\1",
    ),
)
_TWEET = (_rule("tweet", r"/(?:i/web|i|\w{1,20})/status(?:es)?/(\d{5,20})(?:/(?:photo|video)/\d+)?/?" + _QUERY, r"\1"),)
_REDDIT = (
    _rule("reddit", r"/(?:(?:r|user)/[\w.-]+/)?comments/(\w+)(?:/[^/?]*)?" + _QUERY, r"\1"),
    _rule("reddit", r"/(?:(?:r|user)/[\w.-]+/)?comments/(\w+)/[^/?]*/(\w+)" + _QUERY, r"\1/\2"),
)
_QUESTION = (_rule("question", r"/(?:questions|q)/(\d+)(?:/[^/?]*)?" + _QUERY, r"\1"),)
_HOSTED = (
    _rule("git", r"/(~?[\w.-]+(?:/(?!-(?:/|$))[\w.-]+){1,5})" + _QUERY, lambda match: match[1].lower().removesuffix(".git")),
)
_PREPRINT = (_rule("doi", r"/content/(10\.1101/[\d.]+?)(?:v\d+)?(?:\.full|\.abstract)?(?:\.pdf)?" + _QUERY, _doi),)

_BY_HOST: dict[str, tuple[_Rule, ...]] = {
    "doi.org": (_rule("doi", r"/(10\.[^?]+)" + _QUERY, _doi),),
    "arxiv.org": _ARXIV,
    "xxx.lanl.gov": _ARXIV,
    "ar5iv.org": _ARXIV,
    "ar5iv.labs.arxiv.org": _ARXIV,
    "arxiv-vanity.com": (_rule("arxiv", r"/papers/([^?]+?)" + _QUERY, _arxiv),),
    "alphaxiv.org": (_rule("arxiv", r"/(?:abs|pdf|overview|html)/([^?]+?)" + _QUERY, _arxiv),),
    "huggingface.co": (_rule("arxiv", r"/papers/([^?/]+)" + _QUERY, _arxiv),),
    "hf.co": (_rule("arxiv", r"/papers/([^?/]+)" + _QUERY, _arxiv),),
    "scirate.com": (_rule("arxiv", r"/arxiv/([^?]+?)" + _QUERY, _arxiv),),
    "openreview.net": (_rule("openreview", r"/(?:forum|pdf)\?(.+)", _openreview_id, case_sensitive=True),),
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
    "youtu.be": (_rule("youtube", r"/([\w-]{11})" + _QUERY, _video, case_sensitive=True),),
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
    **dict.fromkeys(
        (
            "annualreviews.org",
            "ahajournals.org",
            "ascelibrary.org",
            "degruyter.com",
            "emerald.com",
            "journals.uchicago.edu",
            "liebertpub.com",
            "nejm.org",
            "pubsonline.informs.org",
            "worldscientific.com",
            "iopscience.iop.org",
            "journals.aps.org",
            "link.aps.org",
            "frontiersin.org",
            "drops.dagstuhl.de",
            "journals.asm.org",
            "physiology.org",
            "thieme-connect.com",
            "embopress.org",
            "aip.scitation.org",
        ),
        _DOI_PATH,
    ),
    "nature.com": _NATURE,
    **dict.fromkeys(
        ("journals.plos.org", "plosone.org", "plosbiology.org", "ploscompbiol.org", "plosmedicine.org", "plosgenetics.org"),
        _PLOS,
    ),
    "elifesciences.org": (
        _rule(
            "doi", r"/(?:articles|reviewed-preprints)/(\d{5,6})(?:v\d+)?" + _QUERY, lambda match: f"10.7554/elife.{match[1]}"
        ),
    ),
    "peerj.com": (_rule("doi", r"/articles/(\d+)" + _QUERY, lambda match: f"10.7717/peerj.{match[1]}"),),
    "papers.ssrn.com": (
        _rule("doi", r"/sol3/\w+\.cfm\?(?:.*&)?abstract_?id=(\d+)(?:&.*)?", lambda match: f"10.2139/ssrn.{match[1]}"),
    ),
    "ssrn.com": (_rule("doi", r"/abstract=(\d+)", lambda match: f"10.2139/ssrn.{match[1]}"),),
    **dict.fromkeys(("sciencedirect.com", "linkinghub.elsevier.com", "cell.com", "thelancet.com"), _PII),
    "ieeexplore.ieee.org": _IEEE,
    "pubmed.ncbi.nlm.nih.gov": (_rule("pubmed", r"/(\d+)" + _QUERY, r"\1"),),
    "pmc.ncbi.nlm.nih.gov": _NCBI,
    "ncbi.nlm.nih.gov": _NCBI,
    "europepmc.org": (
        _rule("pubmed", r"/(?:article|abstract)/med/(\d+)" + _QUERY, r"\1"),
        _rule("pmc", r"/(?:article|abstract)/pmc/(?:pmc)?(\d+)" + _QUERY, r"\1"),
        _rule("pmc", f"/{_PMC}{_QUERY}", r"\1"),
    ),
    "jstor.org": (_rule("jstor", r"/(?:stable|pss)/(?:pdf/)?(\d+)(?:\.pdf)?" + _QUERY, r"\1"),),
    **dict.fromkeys(("twitter.com", "x.com", "mobile.twitter.com", "m.twitter.com", "mobile.x.com", "nitter.net"), _TWEET),
    **dict.fromkeys(
        ("reddit.com", "old.reddit.com", "new.reddit.com", "np.reddit.com", "m.reddit.com", "i.reddit.com", "amp.reddit.com"),
        _REDDIT,
    ),
    "redd.it": (_rule("reddit", r"/(\w+)" + _QUERY, r"\1"),),
    **dict.fromkeys(("gitlab.com", "codeberg.org", "bitbucket.org", "git.sr.ht", "gitee.com"), _HOSTED),
    **dict.fromkeys(("stackoverflow.com", "mathoverflow.net", "superuser.com", "serverfault.com", "askubuntu.com"), _QUESTION),
    "biorxiv.org": _PREPRINT,
    "medrxiv.org": _PREPRINT,
    "zenodo.org": (_rule("doi", r"/records?/(\d+)" + _QUERY, lambda match: f"10.5281/zenodo.{match[1]}"),),
}
_ALIASES = {"dx.doi.org": "doi.org"}
_BY_PATTERN = (
    (re.compile(r"(?:[a-z]{2}|export|lanl|browse)\.arxiv\.org"), _ARXIV),
    (re.compile(r"(?:[\w-]+\.)?hal\.science|(?:[\w-]+\.)?archives-ouvertes\.fr|hal\.inria\.fr"), _HAL),
    (re.compile(r"[\w-]+\.(?:biomedcentral|springeropen)\.com"), _DOI_PATH),
    (re.compile(r"[\w-]+\.stackexchange\.com"), _QUESTION),
)
"""Rules for hosts with many names."""
_BY_SITE = frozenset({"git", "question"})
"""Kinds whose keys are unique within a host only."""
_PAGES = re.compile(r"([a-z\d][a-z\d-]{0,38})\.github\.io")
_PROJECT = re.compile(r"/[\w.-]{1,100}", re.ASCII)


def identify(url: str) -> tuple[Identity, ...]:
    """The identities that a URL alone proves; usually none or one. Fragments are ignored.

    Also reads `doi:` and `arxiv:`. Only the GitHub Pages site of a repository is uncertain: a folder of its owner's site can have
    the same URL.
    """
    if not web(url):
        return _from_scheme(url)
    key, _, _ = compare_key(url).partition("#")
    host, slash, rest = key.removeprefix("//").partition("/")
    host, asks, query = host.partition("?") if not slash else (host, "", "")
    host = _ALIASES.get(host, host)
    path = f"/{rest}" if slash else f"/{asks}{query}"
    site = _PAGES.fullmatch(host)
    if site:
        return _github_pages(site[1], path)
    for rule in _BY_HOST.get(host) or next((rules for hosts, rules in _BY_PATTERN if hosts.fullmatch(host)), ()):
        match = _compiled(rule.pattern, rule.flags).fullmatch(path)
        found = rule.read(match) if match else None
        if isinstance(found, Identity):
            return (found,)
        if found:
            return (Identity(rule.kind, f"{host}/{found}" if rule.kind in _BY_SITE else found),)
    return ()


def _from_scheme(url: str) -> tuple[Identity, ...]:
    scheme = url.partition(":")[0].lower()
    if scheme == "arxiv":
        found = arxiv(url)
        return (Identity("arxiv", found),) if found else ()
    found_doi = doi(url) if scheme == "doi" else None
    return (_identity_of_doi(found_doi),) if found_doi else ()


def _github_pages(owner: str, path: str) -> tuple[Identity, ...]:
    if path == "/":
        return (Identity("github", f"{owner}/{owner}.github.io"),)
    if _PROJECT.fullmatch(path) and not path.lower().endswith((".html", ".htm", ".pdf")):
        return (Identity("github", f"{owner}{path.lower()}", certain=False),)
    return ()


def identities_of(doi_field: str | None, arxiv_field: str | None) -> tuple[Identity, ...]:
    """The identities from a work's `doi` and `arxiv` fields; invalid ones give none."""
    found_doi = doi(doi_field) if doi_field else None
    found_arxiv = arxiv(arxiv_field) if arxiv_field else None
    found = [_identity_of_doi(found_doi)] if found_doi else []
    if found_arxiv:
        found.append(Identity("arxiv", found_arxiv))
    return tuple(dict.fromkeys(found))
