"""What a change does to the pages, as Markdown for a pull request: the touched entries as they will read, before and after.

The lines come from the renderer, which shows any text as it was written. A conversation on GitHub does more with text than a file:
there it also calls the people and the issues that are named, so names are parted from their sign, and links into GitHub's
conversations stand as code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from html import unescape
from pathlib import PurePosixPath

from generator.markdown.text import code, heading
from generator.publishing.pages.entry import item
from generator.publishing.pages.outline import outlines
from generator.publishing.pages.render_pages import LIMIT as PAGE_LIMIT
from generator.publishing.pages.render_pages import NEAR
from generator.reporting import sanitize
from generator.reporting.phrases import counted
from generator.sources.catalogue.model import Catalogue, Entry, Topic
from generator.sources.catalogue.names import renamed, resolved

__all__ = ["LIMIT", "MARKER", "Sizes", "preview"]

MARKER = "<!-- listkeeper-preview -->"
LIMIT = 60_000
"""Characters of a body; GitHub takes 65,536."""

_LONGEST = 4_000
_NAMED = 20

_TOUCHY = re.compile(
    r"\\."  # an escape holds its character
    r"|(?P<code>(?P<fence>`+)(?!`).*?(?<!`)(?P=fence)(?!`))"
    r"|\]\((?P<to>(?:[^()\\\s]|\\.)*)\)"
    r"|(?P<mention>@(?=\w))"
    r"|(?P<number>(?:#|(?<!\w)GH-)(?=\d))",
    re.IGNORECASE,
)
_CONVERSATION = re.compile(r"https?://(?:[\w.-]*\.)?github\.com(?::\d*)?/[^/?#]+/[^/?#]+/[^?#]", re.IGNORECASE)
_APART = "\u200b"

Sizes = Mapping[str, tuple[int | None, int | None]]
"""The bytes of each page, by its topic: before and after, None where there was or will be no page."""


@dataclass(frozen=True, slots=True)
class _Stand:
    """An entry where it stands: its topic, the heading above it, and the line that shows it."""

    topic: Topic
    part: str
    entry: Entry
    line: str


def preview(before: Catalogue, after: Catalogue, sizes: Sizes, broken: Iterable[str] = ()) -> str:
    """At most `LIMIT` characters of Markdown, beginning with `MARKER`. `broken` are the sources that can't be read as a whole.

    Of those, what is missing isn't called removed: it may only not have been understood.
    """
    unread = set(broken)
    before, after = renamed(before, after), resolved(after)
    pairs = list(_pairs(list(_stands(before)), list(_stands(after))))
    added = [new for old, new in pairs if old is None and new is not None]
    removed = [old for old, new in pairs if old is not None and new is None and old.topic.path not in unread]
    both = [(old, new) for old, new in pairs if old is not None and new is not None and not _same(old.entry, new.entry)]
    moved = [(old, new) for old, new in pairs if old and new and _home(old) != _home(new)]
    changed = [(old, new) for old, new in both if old.line != new.line or old.entry.also_in != new.entry.also_in]
    silent = [new for old, new in both if old.line == new.line and old.entry.also_in == new.entry.also_in]
    topics = _topics(before, after)
    blocks = {slug: _own(*both_of) for slug, both_of in topics.items()}
    for stand in added:
        blocks[stand.topic.slug].append(_block("Added", stand, [_line(stand)]))
    for old, new in changed:
        told = ["- before", f"  {_line(old)}", "- after", f"  {_line(new)}"] if old.line != new.line else [_line(new)]
        blocks[new.topic.slug].append(_block("Changed", new, [*told, *_elsewhere(old, new)]))
    for old, new in moved:
        blocks[new.topic.slug].append(_block(f"Moved here from {_words(_home_words(old, new))}", new, [_line(new)]))
    for stand in removed:
        blocks[stand.topic.slug].append(_block("Removed", stand, [_line(stand)]))
    if silent:
        names = ", ".join(code(sanitize.text(stand.entry.id, 80)) for stand in silent[:_NAMED])
        more = f" and {len(silent) - _NAMED:,} more" if len(silent) > _NAMED else ""
        blocks[""] = [f"Changed in what the pages don't show: {names}{more}."]
    head = _head(len(added), len(changed), len(moved), len(removed), touched=any(blocks.values()))
    return _bounded(head, unread, blocks, topics, sizes)


def _stands(catalogue: Catalogue) -> Iterator[_Stand]:
    for outline, _ in outlines(catalogue):
        for entry, part in outline.places():
            yield _Stand(outline.topic, part.markdown if part else "", entry, item(entry))


def _pairs(before: list[_Stand], after: list[_Stand]) -> Iterator[tuple[_Stand | None, _Stand | None]]:
    """Each entry of now with what it was: by its id, else by its URL, else by its title; then what is gone."""
    left = dict.fromkeys(range(len(before)))
    found: dict[int, _Stand] = {}
    for name in ("id", "url", "title"):
        waiting: dict[str, list[int]] = {}
        for index in reversed(left):
            if value := getattr(before[index].entry, name):
                waiting.setdefault(value, []).append(index)
        for number, stand in enumerate(after):
            same = waiting.get(getattr(stand.entry, name) or "")
            if number not in found and same:
                del left[index := same.pop()]
                found[number] = before[index]
    yield from ((found.get(number), stand) for number, stand in enumerate(after))
    yield from ((before[index], None) for index in left)


def _same(old: Entry, new: Entry) -> bool:
    """Whether two entries say the same, wherever they stand and by whatever id they are derived to have."""
    names = [one.name for one in fields(Entry) if one.compare and one.name not in {"place", "id", "id_given", "aliases"}]
    return all(getattr(old, name) == getattr(new, name) for name in names)


def _home(stand: _Stand) -> tuple[str, str]:
    return stand.topic.slug, stand.part


def _home_words(old: _Stand, new: _Stand) -> str:
    return (old.part or "the top") if old.topic.slug == new.topic.slug else heading(old.topic.title)[1]


def _topics(before: Catalogue, after: Catalogue) -> dict[str, tuple[Topic | None, Topic | None]]:
    old, new = ({topic.slug: topic for topic in catalogue.topics} for catalogue in (before, after))
    return {slug: (old.get(slug), new.get(slug)) for slug in (*new, *(slug for slug in old if slug not in new))}


def _own(old: Topic | None, new: Topic | None) -> list[str]:
    """What else of a page changes, by name."""
    if old is None or new is None:
        return ["New page." if old is None else "The page goes."]
    former, name = (PurePosixPath(topic.path).stem for topic in (old, new))
    told = [
        f"{code(sanitize.path(former, 80))} is called {code(sanitize.path(name, 80))} now; its old page leads to the new one."
    ] * (former != name)
    names = [
        name for name in ("title", "description", "header", "footer", "related") if getattr(old, name) != getattr(new, name)
    ]
    if _headings(old) != _headings(new):
        names.append("sections")
    return [*told, *([f"Also changed on the page: {', '.join(names)}."] if names else [])]


def _headings(topic: Topic) -> list[tuple[str, str | None]]:
    return [(section.title, section.description) for top in topic.sections for section in top.walk()]


def _elsewhere(old: _Stand, new: _Stand) -> list[str]:
    if old.entry.also_in == new.entry.also_in:
        return []
    shown = ", ".join(code(sanitize.text(slug, 80)) for slug in new.entry.also_in) or "no other page"
    return ["", f"Also shown on: {shown}."]


def _block(what: str, stand: _Stand, lines: Iterable[str]) -> str:
    place = stand.entry.place
    where = code(f"{sanitize.path(place.path, 200)}:{place.line}" if place.line else sanitize.path(place.path, 200))
    under = f" under {_words(stand.part)}" if stand.part and what == "Added" else ""
    return "\n".join([f"**{what}**{under}: {code(sanitize.text(stand.entry.id, 80))} at {where}", "", *lines])


def _line(stand: _Stand) -> str:
    line = _words(stand.line)
    return line if len(line) <= _LONGEST else f"- (a line of {len(line):,} characters, too long to show here)"


def _words(markdown: str) -> str:
    """Rendered Markdown for a conversation: nobody is called, and no other conversation is told of it."""
    return _TOUCHY.sub(_tame, markdown)


def _tame(found: re.Match[str]) -> str:
    if found["mention"] or found["number"]:
        return f"{found[0]}{_APART}"
    if found["to"] is not None:
        url = unescape(re.sub(r"\\([\\`()<>])", r"\1", found["to"]))
        return f"] ({code(url)})" if _CONVERSATION.match(url) else found[0]
    return found[0]


def _head(added: int, changed: int, moved: int, removed: int, *, touched: bool) -> str:
    counts = ((added, "added"), (changed, "changed"), (moved, "moved"), (removed, "removed"))
    told = [f"{counted(number, 'entry', 'entries')} {word}" for number, word in counts if number]
    if told:
        return f"**{', '.join(told)}.** The pages are rendered after the merge: nothing needs to be built here."
    return "**No entry reads differently.**" if touched else "**No entry is touched: the pages stay as they are.**"


def _bounded(
    head: str,
    unread: set[str],
    blocks: Mapping[str, list[str]],
    topics: Mapping[str, tuple[Topic | None, Topic | None]],
    sizes: Sizes,
) -> str:
    body = [MARKER, head]
    if unread:
        names = ", ".join(code(sanitize.path(path, 200)) for path in sorted(unread)[:_NAMED])
        body.append(f"Not all could be read, so what follows may miss entries: {names} (`listkeeper validate` says why).")
    room, left = LIMIT - sum(map(len, body)) - 200, 0
    for slug, told in blocks.items():
        old, new = topics.get(slug, (None, None))
        topic = new or old
        if not told:
            continue
        title = [f"### {_words(heading(topic.title)[1])}\n\n{_size(sizes.get(slug, (None, None)))}"] if topic else []
        for index, block in enumerate(told):
            shown = "\n\n".join([*(title if index == 0 else []), block])
            if len(shown) + 2 > room:
                left += 1
                room = 0
                continue
            body.append(shown)
            room -= len(shown) + 2
    if left:
        body.append(f"… and {left:,} more, which there is no room for here.")
    return "\n\n".join(filter(None, body)) + "\n"


def _size(size: tuple[int | None, int | None]) -> str:
    before, after = size
    if after is None:
        return f"Page: {before:,} bytes before, gone after." if before is not None else ""
    told = f"Page: {after:,} bytes, new." if before is None else f"Page: {before:,} bytes before, {after:,} after."
    if after > PAGE_LIMIT:
        return f"{told} GitHub shows only the first {PAGE_LIMIT:,}: divide the topic."
    return f"{told} GitHub shows up to {PAGE_LIMIT:,}: soon the topic should be divided." if after >= NEAR else told
