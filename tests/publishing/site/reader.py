"""Pages in a browser that fail the test on console messages, script errors and requests to other sites."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request

_PLAIN: WeakKeyDictionary[Browser, Page] = WeakKeyDictionary()
"""One page a browser, shared by tests without options, since opening a context takes longer than most tests."""


@contextmanager
def reading(browser: Browser, base: str, **options: object) -> Iterator[Page]:
    """A blank page with empty storage; fails at the end if anything went wrong. With options it has its own context."""
    page = browser.new_context(**options).new_page() if options else _plain(browser)
    context, wrong = page.context, list[str]()

    def on_request(request: Request) -> None:
        if not request.url.startswith((base, "data:")):
            wrong.append(f"request: {request.url}")

    def on_message(message: ConsoleMessage) -> None:
        wrong.append(f"{message.type}: {message.text}")

    def on_error(error: Error) -> None:
        wrong.append(f"error: {error}")

    listeners = ((context, "request", on_request), (page, "console", on_message), (page, "pageerror", on_error))
    for target, event, handler in listeners:
        target.on(event, handler)
    page.set_default_timeout(10_000)
    try:
        yield page
        if options.get("java_script_enabled", True):
            assert page.evaluate("localStorage.clear() ?? sessionStorage.clear() ?? window.broken === undefined")
    except BaseException:
        _PLAIN.pop(browser, None)  # other tests get a new page
        raise
    finally:
        if options:
            context.close()
        else:
            page.goto("about:blank")
        for target, event, handler in listeners:
            target.remove_listener(event, handler)
    assert not wrong, wrong


def _plain(browser: Browser) -> Page:
    page = _PLAIN.get(browser)
    if page is None:
        page = _PLAIN[browser] = browser.new_context().new_page()
    page.emulate_media(media="null", color_scheme="null")
    return page


def titles(page: Page) -> list[str]:
    """The titles of the search results."""
    return page.locator(".hits .title").all_inner_texts()
