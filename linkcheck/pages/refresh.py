"""Read redirects by `Refresh`, as a header or meta element (WHATWG HTML 4.2.5.3). Pure."""

from __future__ import annotations

import re

from linkcheck.pages.page import Page

MAX_DELAY = 10
"""Maximum seconds; with a longer delay the page itself is the content."""

_VALUE = re.compile(
    r"\s*(\d{0,6})(?:\.[\d.]*)?\s*(?:[;,]\s*|\s+)(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(.*))", re.IGNORECASE | re.DOTALL
)


def refresh(page: Page) -> str:
    """The target address as written; "" without one, or if the delay is too long."""
    value = page.headers.get("refresh", "")
    if not value and "refresh" in page.lower and page.tree is not None:
        nodes = page.tree.css('meta[http-equiv="refresh" i]')
        value = next((node.attributes.get("content") or "" for node in nodes), "")
    return target(value) if value else ""


def target(value: str) -> str:
    """The target address of a refresh value such as `0; url=/new`, or ""."""
    found = _VALUE.match(value[:4096])
    if found is None or int(found[1] or 0) > MAX_DELAY:
        return ""
    return (found[2] or found[3] or found[4] or "").strip()
