"""Addresses that usually lead to one page: mobile and archived copies, parameters in another order, versions of a package. Pure.

Nothing here is certain: a site may answer differently at each of them. Rules are tables; a new site is a new row.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from linkcheck.identity import identify
from linkcheck.urls import compare_key, web

__all__ = ["main_address"]

_ARCHIVED = re.compile(
    r"(?:https?:)?//(?:web\.archive\.org/(?:web/)?(?:\d{4,14}|\*)(?:[a-z]{2}_)?\*?|(?:www\.)?archive\.org/(?:web/)?wayback/\d{4,14}"
    r"|archive\.(?:today|ph|is|li|vn|fo|md)/(?:o/\w+|\d{4,14}|newest)|webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]{12}:)?)/?"
    r"(?P<page>.+)",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?:m|mobile|touch|wap|amp)\.(?=[\w-]+\.)|(?P<language>[a-z-]{2,12}\.)m\.(?=wiki)")
_AMP = re.compile(r"(?<=.)(?:/amp|\.amp)$|[?&](?:amp(?:=1)?|outputType=amp)$")
_BRANCH = re.compile(
    r"(//(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org|gitee\.com)/[^?]+?)/(?:-/)?"
    r"(?:(?:tree|src/branch|src)/(?:main|master|HEAD)|(?:blob|src/branch|src)/(?:main|master|HEAD)/readme(?:\.\w+)?)(?:\?.*)?",
    re.IGNORECASE,
)
_PACKAGES = tuple(
    (re.compile(pattern, re.IGNORECASE), name)
    for pattern, name in (
        (r"//(?:pypi\.org/project|pypi\.python\.org/pypi|pypi\.org/pypi)/([\w.-]+)(?:/[\w.+!-]+)?", "pypi"),
        (r"//(?:npmjs\.com/package|npmjs\.org/package)/((?:@[\w.~-]+/)?[\w.~-]+)(?:/v/[\w.+-]+)?(?:\?activetab=\w+)?", "npm"),
        (r"//crates\.io/crates/([\w-]+)(?:/\d[\w.+-]*)?", "crates"),
        (r"//rubygems\.org/gems/([\w.-]+)(?:/versions(?:/[\w.-]+)?)?", "rubygems"),
        (r"//(?:cran|cloud)\.r-project\.org/(?:web/packages/([\w.]+)|package=([\w.]+))", "cran"),
        (r"//nuget\.org/packages/([\w.-]+?)(?:/\d[\w.+-]*)?", "nuget"),
        (r"//packagist\.org/packages/([\w.-]+/[\w.-]+)", "packagist"),
        (r"//hex\.pm/packages/(\w+)(?:/\d[\w.+-]*)?", "hex"),
        (r"//hackage\.haskell\.org/package/([\w-]+?)(?:-\d[\d.]*)?", "hackage"),
        (r"//pkg\.go\.dev/([^@?]+?)(?:@v[\w.+-]+)?", "go"),
        (r"//anaconda\.org/([\w-]+/[\w.-]+)", "anaconda"),
    )
)
_ONE_SLASH = re.compile(r"^(https?:)/+", re.IGNORECASE)
_SEPARATORS = re.compile(r"[-_.]+")


def main_address(url: str) -> tuple[str, str]:
    """A key that the variants of a page's address share, and what makes this one a variant ("" where nothing does)."""
    found = _ARCHIVED.fullmatch(url)
    if not found:
        return _page(url)
    page = found["page"] if "://" in found["page"] else unquote(found["page"])
    page = _ONE_SLASH.sub(r"\1//", page)
    return _page(page if web(page) else f"https://{page}")[0], "an archived copy"


def _page(url: str) -> tuple[str, str]:
    """The key of a URL that isn't an archived copy."""
    key = compare_key(url)
    for pattern, name in _PACKAGES:
        if match := pattern.fullmatch(key):
            return f"{name}:{_SEPARATORS.sub('-', next(filter(None, match.groups()))).lower()}", "a page of the same package"
    if match := _BRANCH.fullmatch(key):
        return _name(match[1]), "its main branch"
    host, slash, path = key.removeprefix("//").partition("/")
    bare = _MOBILE.sub(lambda part: part["language"] or "", host, count=1)
    path, amp = _AMP.subn("", path)
    before, asks, query = path.partition("?")
    ordered = "&".join(sorted(query.split("&")))
    why = "the same page with its parameters in another order" if ordered != query else ""
    return _name(f"//{bare}{slash}{before}{asks}{ordered}"), "the page for small screens" if amp or bare != host else why


def _name(key: str) -> str:
    """A key as such, or the identity that it names."""
    return next((f"{found.kind}:{found.key}" for found in identify(f"https:{key}") if found.certain), key)
