"""A reader with a browser, who notes what goes wrong: messages of the console, errors of scripts, requests off the site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@contextmanager
def reading(browser: Browser, base: str, **options: object) -> Iterator[Page]:
    """A page of a fresh browser context; at the end nothing may have gone wrong."""
    context = browser.new_context(**options)
    wrong: list[str] = []
    context.on("request", lambda request: request.url.startswith((base, "data:")) or wrong.append(f"request: {request.url}"))
    page = context.new_page()
    page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.set_default_timeout(10_000)
    try:
        yield page
        assert page.evaluate("window.broken === undefined")
    finally:
        context.close()
    assert not wrong, wrong


def titles(page: Page) -> list[str]:
    """What the search shows."""
    return page.locator(".hits .title").all_inner_texts()
