"""Read redirects by `Refresh`, as a header or meta element (WHATWG HTML 4.2.5.3). Pure."""

from __future__ import annotations

import re

from linkcheck.pages.page import Page
from linkcheck.urls import join, lasting

MAX_DELAY = 10
"""Maximum seconds; with a longer delay the page itself is the content."""

_VALUE = re.compile(
    r"\s*(\d{0,6})(?:\.[\d.]*)?\s*(?:[;,]\s*|\s+)(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(.*))", re.IGNORECASE | re.DOTALL
)


def refresh(page: Page) -> str:
    """The target address as written; "" without one, if the delay is too long, or if the page loads itself again."""
    value = page.headers.get("refresh", "")
    if not value and "refresh" in page.lower and page.tree is not None:
        nodes = page.tree.css('meta[http-equiv="refresh" i]')
        value = next((node.attributes.get("content") or "" for node in nodes), "")
    return target(value, page.url) if value else ""


def target(value: str, url: str) -> str:
    """The target address of a refresh value such as `0; url=/new` at a URL, or "".

    A page that loads itself again, after a while with any query, is no redirect.
    """
    found = _VALUE.match(value[:4096])
    delay = int(found[1] or 0) if found is not None else 0
    if found is None or delay > MAX_DELAY:
        return ""
    address = (found[2] or found[3] or found[4] or "").strip()
    following = join(url, address) if address else None
    if following is None:
        return address
    here, there = url.partition("#")[0], lasting(following, url).partition("#")[0]
    reloads = here == there or (delay > 0 and here.partition("?")[0] == there.partition("?")[0])
    return "" if reloads else address
