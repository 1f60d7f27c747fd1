"""Where a page sends its reader on by itself: `Refresh` as a header or a meta element (WHATWG HTML 4.2.5.3). Pure."""

from __future__ import annotations

import re

from linkcheck.pages.page import Page

MAX_DELAY = 10
"""Seconds; a page that stays longer is a page of its own."""

_VALUE = re.compile(
    r"\s*(\d{0,6})(?:\.[\d.]*)?\s*(?:[;,]\s*|\s+)(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(.*))", re.IGNORECASE | re.DOTALL
)


def refresh(page: Page) -> str:
    """The address as written, or "": none, too long a delay, or only the page itself again."""
    value = page.headers.get("refresh", "")
    if not value and "refresh" in page.lower and page.tree is not None:
        nodes = page.tree.css('meta[http-equiv="refresh" i]')
        value = next((node.attributes.get("content") or "" for node in nodes), "")
    return target(value) if value else ""


def target(value: str) -> str:
    """The address in a refresh value such as `0; url=/new`, or ""."""
    found = _VALUE.match(value[:4096])
    if found is None or int(found[1] or 0) > MAX_DELAY:
        return ""
    return (found[2] or found[3] or found[4] or "").strip()
