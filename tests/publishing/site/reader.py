"""A reader with a browser, who notes what goes wrong: messages of the console, errors of scripts, requests off the site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request

_PLAIN: WeakKeyDictionary[Browser, Page] = WeakKeyDictionary()
"""The page of readers without wishes: a window of one's own takes longer to open than most tests to run."""


@contextmanager
def reading(browser: Browser, base: str, **options: object) -> Iterator[Page]:
    """A page on which nothing was read before, remembered or set; at the end nothing may have gone wrong.

    With options it has a window of its own.
    """
    page = browser.new_context(**options).new_page() if options else _plain(browser)
    context, wrong = page.context, list[str]()

    def asked(request: Request) -> None:
        if not request.url.startswith((base, "data:")):
            wrong.append(f"request: {request.url}")

    def said(message: ConsoleMessage) -> None:
        wrong.append(f"{message.type}: {message.text}")

    def failed(error: Error) -> None:
        wrong.append(f"error: {error}")

    heard = ((context, "request", asked), (page, "console", said), (page, "pageerror", failed))
    for of, event, note in heard:
        of.on(event, note)
    page.set_default_timeout(10_000)
    try:
        yield page
        if options.get("java_script_enabled", True):
            assert page.evaluate("localStorage.clear() ?? sessionStorage.clear() ?? window.broken === undefined")
    except BaseException:
        _PLAIN.pop(browser, None)  # whatever is left there is nobody else's trouble
        raise
    finally:
        if options:
            context.close()
        else:
            page.goto("about:blank")
        for of, event, note in heard:
            of.remove_listener(event, note)
    assert not wrong, wrong


def _plain(browser: Browser) -> Page:
    page = _PLAIN.get(browser)
    if page is None:
        page = _PLAIN[browser] = browser.new_context().new_page()
    page.emulate_media(media="null", color_scheme="null")
    return page


def titles(page: Page) -> list[str]:
    """What the search shows."""
    return page.locator(".hits .title").all_inner_texts()
