"""Render a topic as a Markdown page, and the pages at its former names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from generator.markdown import descriptions
from generator.markdown.marker import MARKER, marker
from generator.markdown.text import heading, sentence, text, verbatim
from generator.publishing.pages.entry import item, linked_name, pointer
from generator.publishing.pages.outline import Outline, Part, Pointer, Step, page_name
from generator.sources.catalogue.model import Entry, Topic

__all__ = ["is_moved", "moved_page", "reading_path", "topic_page"]

_ITEM = re.compile(r"\s*[-+*] ")
_HEADING_STOPS = ".,;:!。，；：！"
_MOVED_SOURCE = "the aliases in "
_NOTE = "Entries of other topics that also belong here:"


def topic_page(
    outline: Outline, pointers: tuple[Pointer, ...], topics: Mapping[str, Topic], *, folder: str, index: str, fold: int
) -> str:
    """The Markdown of a topic's page. `topics` are all topics by slug; `index` is the title of the index page.

    Lists of more than `fold` entries are folded (0: none).
    """
    topic = outline.topic
    lines = [marker(f"{folder}{topic.slug}.yaml"), *_lint_exceptions(outline, fold), "", f"# {heading(topic.title)[1]}"]
    _add(lines, verbatim(topic.header))
    _add(lines, *(descriptions.blocks(topic.description) if topic.description else ()))
    if outline.contents:
        _add(lines, "## Contents", "\n".join(_contents(outline)))
    if outline.start:
        _add(lines, f"## {outline.start.markdown}", reading_path(outline.steps))
    _add(lines, _items(outline.unsectioned, fold))
    for part in outline.parts:
        _add(lines, f"{'#' * part.level} {part.markdown}")
        _add(lines, *(descriptions.blocks(part.description) if part.description else ()))
        _add(lines, _items(part.entries, fold))
    if outline.see_also:
        _add(lines, f"## {outline.see_also.markdown}", _NOTE, _see_also(pointers))
    _add(lines, verbatim(topic.footer), "---", _related(topic, topics))
    source = f"{topic.slug}.yaml"
    _add(lines, f"To change this page, edit [its source]({quote(source)}). All topics: [{text(index)}](README.md).")
    return "\n".join(lines) + "\n"


def moved_page(outline: Outline, *, folder: str) -> str:
    """The Markdown of the page at a former name: a link to the topic's page, and to each of its headings under the same anchor.

    `folder` is that of the sources, with "/" at its end, or "".
    """
    topic = outline.topic
    url, (_, title) = page_name(topic.slug), heading(topic.title)
    lines = [marker(f"{_MOVED_SOURCE}{folder}{topic.slug}.yaml"), *_lint_exceptions(outline), "", f"# {title}"]
    lines += ["", f"This page has moved: [{title}]({url}) is its new address."]
    lines += ["", f"## [Contents]({url})"] if outline.contents else []
    for part in outline.headings():
        link = f"{url}#{part.anchor}" if part.anchor else url
        lines += ["", f"{'#' * part.level} [{part.markdown}]({link})"]
    return "\n".join(lines) + "\n"


def is_moved(text: str) -> bool:
    """Whether a file's text is a rendered page at a former name."""
    return text.removeprefix("\ufeff").startswith(MARKER + _MOVED_SOURCE)


def reading_path(steps: Iterable[Step]) -> str:
    """The steps as an ordered list of links to the works themselves."""
    rows = []
    for number, step in enumerate(steps, 1):
        reason = text(step.reason)
        rows.append(f"{number}. {linked_name(step.entry)}" + (f" - {sentence(reason)}" if reason else ""))
    return "\n".join(rows)


def _items(entries: Sequence[Entry], fold: int) -> str:
    rows = "\n".join(map(item, entries))
    if not _is_folded(entries, fold):
        return rows
    return f"<details>\n<summary>{len(entries):,} entries</summary>\n\n{rows}\n\n</details>"


def _is_folded(entries: Sequence[Entry], fold: int) -> bool:
    return 0 < fold < len(entries)


def _add(lines: list[str], *blocks: str) -> None:
    for block in filter(None, blocks):
        # Two adjacent lists would be read as one.
        if block.startswith("- ") and _ITEM.match(lines[-1].rpartition("\n")[2]):
            lines += ["", "<!-- and -->"]
        lines += ["", block]


def _lint_exceptions(outline: Outline, fold: int = 0) -> list[str]:
    """A comment that disables markdownlint rules broken by folded lists and by headings, which are kept as written."""
    titles = [outline.topic.title, *(part.title for part in outline.headings()), *["Contents"] * outline.contents]
    rules = ["MD024"] * (len(set(titles)) < len(titles)) + ["MD026"] * any(title[-1] in _HEADING_STOPS for title in titles)
    folded = any(_is_folded(entries, fold) for entries in (outline.unsectioned, *(part.entries for part in outline.parts)))
    rules += ["MD033"] * folded
    return [f"<!-- markdownlint-disable {' '.join(rules)} -->"] if rules else []


def _contents(outline: Outline) -> Iterator[str]:
    for part in outline.headings():
        if part.level <= 3:
            yield f"{'  ' * (part.level - 2)}- [{part.markdown}](#{part.anchor})"


def _see_also(pointers: tuple[Pointer, ...]) -> str:
    rows = []
    for each in pointers:
        place = page_name(each.topic.slug) + (f"#{each.part.anchor}" if each.part else "")
        rows.append(pointer(each.entry, f"[{_location(each.topic, each.part)}]({place})"))
    return "\n".join(rows)


def _location(topic: Topic, part: Part | None) -> str:
    return f"{heading(topic.title)[1]}: {part.markdown}" if part else heading(topic.title)[1]


def _related(topic: Topic, topics: Mapping[str, Topic]) -> str:
    slugs = [slug for slug in dict.fromkeys(topic.related) if slug in topics and slug != topic.slug]
    links = (f"[{heading(topics[slug].title)[1]}]({page_name(slug)})" for slug in slugs)
    return f"Related topics: {', '.join(links)}." if slugs else ""
