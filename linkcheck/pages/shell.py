"""Detect pages that are empty until scripts fill them. Pure.

A page that was cut isn't called empty, nor one whose text came with it and is hidden by a style until a script shows it.
"""

from __future__ import annotations

import re

from linkcheck.pages.page import Page

_MAX_WORDS = 40
"""Maximum visible words of such a page: "Loading ..." and a footer."""
_MAX_HIDDEN = 20
"""Maximum hidden words of such a page: a message for errors."""
_LOADING = 12
_NONE = 5

_MOUNT = re.compile(
    r"<(?:div|main|section|body)\b[^>]{0,300}?\b(?:id|class)\s*=\s*[\"']?(?:root|app|app-root|react-root|react-app|__next|__nuxt|___gatsby|q-app|svelte|mount"
    r"|main-app|main-root|application|app-container|app-mount|spa-root|redoc|swagger-ui|ember-app|page-root|store-app|reactroot)(?=[\"'\s>])"
    r"|<(?:app-root|my-app|app-main|ion-app|[a-z]+-app)\b|\bdata-reactroot\b|\bng-app\b|\bng-version\b|\bdata-page=|\bdata-server-rendered\b",
    re.IGNORECASE,
)
_NOSCRIPT = re.compile(r"<noscript\b[^<>]{0,300}>(.{0,2000}?)</noscript", re.IGNORECASE | re.DOTALL)
_VISIBLE = "img,video,audio,iframe,frame,frameset,object,embed,canvas,table,form,picture"
_LINK = 'a[href]:not([href^="#"]):not([href^="javascript:" i])'
_TAG = re.compile(r"<[^<>]*>")
_SCRIPT = re.compile(
    r"<script\b(?![^<>]*\stype\s*=\s*[\"']?(?:[a-z]+/(?:[a-z]+\+)?json|importmap|speculationrules|text/(?:html|(?:x-)?template|x-[a-z-]*template))\b)"
)
"""A script that runs, not a block of data."""


def shell(page: Page) -> bool:
    """Whether the page has scripts that run, but no content."""
    if page.words > _MAX_WORDS or page.tree is None or page.cut or page.received - page.words > _MAX_HIDDEN:
        return False
    if _SCRIPT.search(page.lower) is None:
        return False
    if page.words <= _NONE and page.tree.css_first(_VISIBLE) is None:
        bare = not page.headings and page.tree.css_first(_LINK) is None
        return bare or _MOUNT.search(page.source) is not None or _asks_for_scripts(page)
    return _without_content(page) and (_MOUNT.search(page.source) is not None or _asks_for_scripts(page))


def _asks_for_scripts(page: Page) -> bool:
    """Whether a `noscript` element asks for JavaScript; a tracking pixel doesn't."""
    noscript_text = " ".join(_TAG.sub(" ", found[1]) for found in _NOSCRIPT.finditer(page.source)).lower()
    return "javascript" in noscript_text or "java script" in noscript_text or "джаваскрипт" in noscript_text


def _without_content(page: Page) -> bool:
    """Whether the page has no heading and, beyond "Loading ...", no paragraph."""
    if page.headings or page.tree is None:
        return False
    return page.words <= _LOADING or page.tree.css_first("p,li,article,dd,blockquote,pre") is None
