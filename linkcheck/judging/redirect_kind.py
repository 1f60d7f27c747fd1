"""Compare the URLs before and after a redirect. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from linkcheck.urls import host_key

_LANGUAGE = re.compile(
    r"(a[fmrsz]|b[egns]|c[aosy]|d[aev]|e[lnostu]|f[aifry]|g[aldu]|h[eirtuy]|i[dst]|ja|k[akmnoy]|l[aotv]|m[gklnrst]|n[belno]|p[alst]|r[ouw]|s[iklqrv]"
    r"|t[aeghklrt]|u[gkrz]|vi|z[hu]|w[oy]|yi|yo|xh|eng?|deu|ger|fra|fre|spa|ita|por|nld|rus|jpn|zho|kor)(?:[-_](?:[a-z]{2,4}|419))?"
)
"""Codes of languages (ISO 639), maybe with a region or a script."""
_LANGUAGE_NAMES = frozenset(
    {"lang", "language", "hl", "locale", "lc", "l", "ln", "lng", "setlang", "uselang", "mkt", "lr", "culture"}
)
"""Query parameters for the language."""


def redirect_kind(old: str, new: str) -> str | None:
    """What a redirect changes: "trivial" (scheme, slash, www), "path" (same registrable domain) or "domain"; None: nothing."""
    if old.partition("#")[0] == new.partition("#")[0]:
        return None
    if same_page(old, new):
        return "trivial"
    return "path" if site(old) == site(new) else "domain"


@lru_cache(maxsize=1024)
def site(url: str) -> str:
    """The registrable domain of a URL."""
    return host_key(urlsplit(url).hostname or "")


def is_followed(old: str, new: str, *, names_work: bool = False) -> bool:
    """Whether a permanent redirect is followed without asking: within one site, not from https to http, and not to its home page.

    `names_work`: the page at its end names the work, so that a home page may be it.
    """
    kind = redirect_kind(old, new)
    insecure = old.startswith("https:") and new.startswith("http:")
    # A redirect to the home page is often all that is left after a relaunch.
    to_home_page = kind == "path" and path_depth(new) == 0 and not names_work
    return kind is not None and kind != "domain" and not insecure and not to_home_page


def names_other_language(old: str, new: str) -> bool:
    """Whether a URL names a language that the older one doesn't."""
    return bool(_languages(new) - _languages(old))


def _languages(url: str) -> set[str]:
    """The languages in the path, the query and the host name of a URL."""
    parts = urlsplit(url.lower())
    values = (value for name, _, value in (field.partition("=") for field in parts.query.split("&")) if name in _LANGUAGE_NAMES)
    labels = (parts.hostname or "").split(".")[:-2]
    return {
        found[1]
        for part in (*parts.path.split("/"), *values, *labels)
        if (found := _LANGUAGE.fullmatch(part.partition(".html")[0]))
    }


def without_fragment(url: str) -> str:
    """A URL without its fragment."""
    return url.partition("#")[0]


def path_depth(url: str) -> int:
    """The number of segments in a URL's path."""
    return len([part for part in urlsplit(url).path.split("/") if part])


def same_page(old: str, new: str) -> bool:
    """Whether two URLs differ by scheme, slash or `www.` only."""
    one, other = urlsplit(old), urlsplit(new)
    hosts = [(part.hostname or "").removeprefix("www.") for part in (one, other)]
    return hosts[0] == hosts[1] and one.path.rstrip("/") == other.path.rstrip("/") and one.query == other.query
