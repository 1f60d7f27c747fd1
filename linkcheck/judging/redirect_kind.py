"""Compare the URLs before and after a redirect. Pure."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from linkcheck.urls import host_key


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
