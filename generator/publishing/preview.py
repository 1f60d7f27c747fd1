"""A Markdown comment for a pull request: the changed entries as rendered, before and after.

Unlike in files, GitHub notifies people (@name) and links issues (#1) in comments. A zero-width space after the sign prevents that,
and links into GitHub repositories are shown as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from html import unescape
from pathlib import PurePosixPath

from generator.markdown.text import code, heading
from generator.problems import counted
from generator.publishing.pages.entry import item
from generator.publishing.pages.outline import outlines
from generator.publishing.pages.render_pages import LIMIT as PAGE_LIMIT
from generator.publishing.pages.render_pages import NEAR
from generator.reporting import sanitize
from generator.sources.catalogue.model import Catalogue, Entry, Topic
from generator.sources.catalogue.names import renamed, resolved

__all__ = ["LIMIT", "MARKER", "NO_CHANGES", "Sizes", "preview"]

MARKER = "<!-- listkeeper-preview -->"
NO_CHANGES = "**No entry changes: the pages stay the same.**"
LIMIT = 60_000
"""Maximum number of characters of the comment; GitHub accepts 65,536."""

_MAX_LINE = 4_000
_MAX_NAMES = 20

_REFERENCES = re.compile(
    r"\\."  # an escaped character
    r"|(?P<code>(?P<fence>`+)(?!`).*?(?<!`)(?P=fence)(?!`))"
    r"|\]\((?P<to>(?:[^()\\\s]|\\.)*)\)"
    r"|(?P<mention>@(?=\w))"
    r"|(?P<number>(?:#|(?<!\w)GH-)(?=\d))",
    re.IGNORECASE,
)
_CONVERSATION = re.compile(r"https?://(?:[\w.-]*\.)?github\.com(?::\d*)?/[^/?#]+/[^/?#]+/[^?#]", re.IGNORECASE)
_ZERO_WIDTH_SPACE = "\u200b"

Sizes = Mapping[str, tuple[int | None, int | None]]
"""The bytes of each page before and after, by topic slug; None where there is no page."""


@dataclass(frozen=True, slots=True)
class _Listing:
    """An entry on a page: its topic, the heading above it, and its rendered line."""

    topic: Topic
    part: str
    entry: Entry
    line: str


def preview(before: Catalogue, after: Catalogue, sizes: Sizes, broken: Iterable[str] = ()) -> str:
    """The comment: at most `LIMIT` characters, beginning with `MARKER`.

    `broken` are the paths of sources that couldn't be parsed completely; entries missing there aren't called removed.
    """
    unread = set(broken)
    before, after = renamed(before, after), resolved(after)
    pairs = list(_pairs(list(_listings(before)), list(_listings(after))))
    added = [new for old, new in pairs if old is None and new is not None]
    removed = [old for old, new in pairs if old is not None and new is None and old.topic.path not in unread]
    both = [(old, new) for old, new in pairs if old is not None and new is not None and not _equal(old.entry, new.entry)]
    moved = [(old, new) for old, new in pairs if old and new and _section_of(old) != _section_of(new)]
    changed = [(old, new) for old, new in both if old.line != new.line or old.entry.also_in != new.entry.also_in]
    invisible = [new for old, new in both if old.line == new.line and old.entry.also_in == new.entry.also_in]
    topics = _topic_pairs(before, after)
    blocks = {slug: _page_changes(*both_of) for slug, both_of in topics.items()}
    for listing in added:
        blocks[listing.topic.slug].append(_block("Added", listing, [_line(listing)]))
    for old, new in changed:
        lines = ["- before", f"  {_line(old)}", "- after", f"  {_line(new)}"] if old.line != new.line else [_line(new)]
        blocks[new.topic.slug].append(_block("Changed", new, [*lines, *_also_in_lines(old, new)]))
    for old, new in moved:
        blocks[new.topic.slug].append(_block(f"Moved here from {_for_comment(_former_section(old, new))}", new, [_line(new)]))
    for listing in removed:
        blocks[listing.topic.slug].append(_block("Removed", listing, [_line(listing)]))
    if invisible:
        names = ", ".join(code(sanitize.text(listing.entry.id, 80)) for listing in invisible[:_MAX_NAMES])
        more = f" and {len(invisible) - _MAX_NAMES:,} more" if len(invisible) > _MAX_NAMES else ""
        blocks[""] = [f"Changed only in fields that the pages don't show: {names}{more}."]
    head = _head(len(added), len(changed), len(moved), len(removed), touched=any(blocks.values()))
    return _within_limit(head, unread, blocks, topics, sizes)


def _listings(catalogue: Catalogue) -> Iterator[_Listing]:
    for outline, _ in outlines(catalogue):
        for entry, part in outline.places():
            yield _Listing(outline.topic, part.markdown if part else "", entry, item(entry))


def _pairs(before: list[_Listing], after: list[_Listing]) -> Iterator[tuple[_Listing | None, _Listing | None]]:
    """Pairs of old and new listings, matched by id, else URL, else title; then the removed ones."""
    omitted = dict.fromkeys(range(len(before)))
    found: dict[int, _Listing] = {}
    for name in ("id", "url", "title"):
        waiting: dict[str, list[int]] = {}
        for index in reversed(omitted):
            if value := getattr(before[index].entry, name):
                waiting.setdefault(value, []).append(index)
        for number, listing in enumerate(after):
            same = waiting.get(getattr(listing.entry, name) or "")
            if number not in found and same:
                del omitted[index := same.pop()]
                found[number] = before[index]
    yield from ((found.get(number), listing) for number, listing in enumerate(after))
    yield from ((before[index], None) for index in omitted)


def _equal(old: Entry, new: Entry) -> bool:
    """Whether two entries have equal fields, apart from their place, id and aliases."""
    names = [one.name for one in fields(Entry) if one.compare and one.name not in {"place", "id", "id_given", "aliases"}]
    return all(getattr(old, name) == getattr(new, name) for name in names)


def _section_of(listing: _Listing) -> tuple[str, str]:
    return listing.topic.slug, listing.part


def _former_section(old: _Listing, new: _Listing) -> str:
    return (old.part or "the top") if old.topic.slug == new.topic.slug else heading(old.topic.title)[1]


def _topic_pairs(before: Catalogue, after: Catalogue) -> dict[str, tuple[Topic | None, Topic | None]]:
    old, new = ({topic.slug: topic for topic in catalogue.topics} for catalogue in (before, after))
    return {slug: (old.get(slug), new.get(slug)) for slug in (*new, *(slug for slug in old if slug not in new))}


def _page_changes(old: Topic | None, new: Topic | None) -> list[str]:
    """Sentences about changes of a page besides its entries."""
    if old is None or new is None:
        return ["New page." if old is None else "The page is removed."]
    former, name = (PurePosixPath(topic.path).stem for topic in (old, new))
    lines = [
        f"{code(sanitize.path(former, 80))} is now {code(sanitize.path(name, 80))}; its old page links to the new one."
    ] * (former != name)
    names = [
        name for name in ("title", "description", "header", "footer", "related") if getattr(old, name) != getattr(new, name)
    ]
    if _section_texts(old) != _section_texts(new):
        names.append("sections")
    return [*lines, *([f"Also changed on the page: {', '.join(names)}."] if names else [])]


def _section_texts(topic: Topic) -> list[tuple[str, str | None]]:
    return [(section.title, section.description) for top in topic.sections for section in top.walk()]


def _also_in_lines(old: _Listing, new: _Listing) -> list[str]:
    if old.entry.also_in == new.entry.also_in:
        return []
    shown = ", ".join(code(sanitize.text(slug, 80)) for slug in new.entry.also_in) or "no other page"
    return ["", f"Also shown on: {shown}."]


def _block(what: str, listing: _Listing, lines: Iterable[str]) -> str:
    place = listing.entry.place
    where = code(f"{sanitize.path(place.path, 200)}:{place.line}" if place.line else sanitize.path(place.path, 200))
    under = f" under {_for_comment(listing.part)}" if listing.part and what == "Added" else ""
    return "\n".join([f"**{what}**{under}: {code(sanitize.text(listing.entry.id, 80))} at {where}", "", *lines])


def _line(listing: _Listing) -> str:
    line = _for_comment(listing.line)
    return line if len(line) <= _MAX_LINE else f"- (a line of {len(line):,} characters, too long to show here)"


def _for_comment(markdown: str) -> str:
    """Rendered Markdown whose mentions and references are plain text, so that GitHub sends no notifications."""
    return _REFERENCES.sub(_defuse, markdown)


def _defuse(found: re.Match[str]) -> str:
    if found["mention"] or found["number"]:
        return f"{found[0]}{_ZERO_WIDTH_SPACE}"
    if found["to"] is not None:
        url = unescape(re.sub(r"\\([\\`()<>])", r"\1", found["to"]))
        return f"] ({code(url)})" if _CONVERSATION.match(url) else found[0]
    return found[0]


def _head(added: int, changed: int, moved: int, removed: int, *, touched: bool) -> str:
    counts = ((added, "added"), (changed, "changed"), (moved, "moved"), (removed, "removed"))
    lines = [f"{counted(number, 'entry', 'entries')} {word}" for number, word in counts if number]
    if lines:
        return f"**{', '.join(lines)}.** The pages are rendered after the merge; you don't need to build them."
    return "**No rendered entry changes.**" if touched else NO_CHANGES


def _within_limit(
    head: str,
    unread: set[str],
    blocks: Mapping[str, list[str]],
    topics: Mapping[str, tuple[Topic | None, Topic | None]],
    sizes: Sizes,
) -> str:
    body = [MARKER, head]
    if unread:
        names = ", ".join(code(sanitize.path(path, 200)) for path in sorted(unread)[:_MAX_NAMES])
        body.append(
            f"Some sources couldn't be parsed completely, so entries may be missing below: {names} (`listkeeper validate` says why)."
        )
    room, omitted = LIMIT - sum(map(len, body)) - 200, 0
    for slug, lines in blocks.items():
        old, new = topics.get(slug, (None, None))
        topic = new or old
        if not lines:
            continue
        title = [f"### {_for_comment(heading(topic.title)[1])}\n\n{_size_note(sizes.get(slug, (None, None)))}"] if topic else []
        for index, block in enumerate(lines):
            shown = "\n\n".join([*(title if index == 0 else []), block])
            if len(shown) + 2 > room:
                omitted += 1
                room = 0
                continue
            body.append(shown)
            room -= len(shown) + 2
    if omitted:
        body.append(f"… and {omitted:,} more changes, which don't fit here.")
    return "\n\n".join(filter(None, body)) + "\n"


def _size_note(size: tuple[int | None, int | None]) -> str:
    before, after = size
    if after is None:
        return f"Page: {before:,} bytes before, removed after." if before is not None else ""
    lines = f"Page: {after:,} bytes, new." if before is None else f"Page: {before:,} bytes before, {after:,} after."
    if after > PAGE_LIMIT:
        return f"{lines} GitHub shows only the first {PAGE_LIMIT:,}: split the topic."
    return f"{lines} GitHub shows up to {PAGE_LIMIT:,}: split the topic soon." if after >= NEAR else lines
