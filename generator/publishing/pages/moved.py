"""The page at a topic's former address: where the topic is now, under the same headings, so that links to these lead on as well."""

from __future__ import annotations

from generator.markdown.marker import MARKER, marker
from generator.markdown.text import heading
from generator.publishing.pages.outline import Outline, page_name
from generator.publishing.pages.page import exceptions

__all__ = ["is_moved", "moved_page"]

_SOURCE = "the aliases in "


def moved_page(outline: Outline, *, folder: str) -> str:
    """The text of the page; `folder` is that of the sources, with a "/" at its end, or "".

    Entries have no anchors in Markdown, so headings are all that a link can name.
    """
    topic = outline.topic
    page, (_, title) = page_name(topic.slug), heading(topic.title)
    lines = [marker(f"{_SOURCE}{folder}{topic.slug}.yaml"), *exceptions(outline), "", f"# {title}"]
    lines += ["", f"This page has moved: [{title}]({page}) is its new address."]
    lines += ["", f"## [Contents]({page})"] if outline.contents else []
    for part in outline.headed():
        target = f"{page}#{part.anchor}" if part.anchor else page
        lines += ["", f"{'#' * part.level} [{part.markdown}]({target})"]
    return "\n".join(lines) + "\n"


def is_moved(text: str) -> bool:
    """Whether a file's text is such a page."""
    return text.removeprefix("\ufeff").startswith(MARKER + _SOURCE)
