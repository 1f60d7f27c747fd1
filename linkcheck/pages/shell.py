"""Detect pages that are empty until scripts fill them. Pure."""

from __future__ import annotations

import re

from linkcheck.pages.page import Page

_MAX_WORDS = 40
"""Maximum visible words of such a page: "Loading ..." and a footer."""
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
_TAG = re.compile(r"<[^<>]*>")


def shell(page: Page) -> bool:
    """Whether the page has scripts, but no content."""
    if page.words > _MAX_WORDS or page.tree is None or "<script" not in page.lower:
        return False
    if page.words <= _NONE and page.tree.css_first(_VISIBLE) is None:
        return True
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
