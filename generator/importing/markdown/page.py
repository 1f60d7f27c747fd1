"""A Markdown list as a topic: header, sections with their entries, footer; and what could not be kept, with why."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from generator.importing.imported import Imported, LeftOut
from generator.importing.markdown.attributes import joined
from generator.importing.markdown.blocks import Block, read_blocks
from generator.importing.markdown.entries import drafts_of, entry_of_draft, sections_of
from generator.importing.markdown.filling import Group, described, intro_of
from generator.importing.markdown.groups import group_of
from generator.importing.markdown.inline import Token, plain
from generator.importing.markdown.loose import tightened
from generator.importing.markdown.path import with_path, without_path
from generator.importing.markdown.tree import parts_of
from generator.importing.markdown.verbatim import Chunk, chunks, verbatim, without_contents
from generator.importing.markdown.words import is_housekeeping
from generator.markdown.text import heading
from generator.problems import Place
from generator.publishing.pages import MARKER, is_rendered
from generator.sources.catalogue.ids import slug
from generator.sources.catalogue.model import Section, Topic

__all__ = ["own_slug", "read_page"]

_TRAILER = re.compile(r"\n---\n\n(?:Related topics: [^\n]*\n\n)?To change this page, edit \[[^\n]*\n?\Z")
_SEE_ALSO = re.compile(
    r"\n## See also\n\n(?:Entries of other topics that also belong here|On other pages, but about this as well):\n"
    r"(?:\n|- [^\n]*\n)*(?:\[[^\n]*\]: [^\n]*\n)*"
)
_LINT = re.compile(r"<!-- markdownlint-disable [^\n]* -->\n")
_PLAIN = frozenset(("text", "codespan", "emphasis", "strong", "link", "break"))
_BEHIND = 1 << 59
_NAMELESS = frozenset(("readme", "index", "list"))


def own_slug(text: str) -> str | None:
    """The topic that a rendered page was rendered from; None for a page of somebody's own."""
    if not is_rendered(text):
        return None
    source = text.removeprefix("\ufeff").removeprefix(MARKER).partition(" by Listkeeper")[0]
    return PurePosixPath(unquote(source)).name.removesuffix(".yaml")


def read_page(text: str, path: str, *, name: str = "") -> Imported:
    """The topic of a Markdown page. `name` is its slug where the page itself gives none; nothing raises for any text."""
    own = own_slug(text)
    text, steps = without_path(_without_frame(text)) if own else (text, ())
    page = read_blocks(text)
    title, root = parts_of(joined(list(tightened(page.blocks))))
    top = group_of(root)
    stem = PurePosixPath(path).stem
    shown = heading(
        (title or "").rstrip(" :：") or (_named(stem) if stem.casefold() not in _NAMELESS else "") or _named(name) or "List"
    )[0]
    begin, end = _edges(top)
    groups = [_within(group, end) for group in top.groups if begin <= group.start < end]
    pieces = list(chunks(page))
    named = next((block for block in root.content if isinstance(block, Block) and block.kind == "heading"), None)
    head = without_contents([chunk for chunk in pieces if chunk[0].start < begin])
    foot = _foot(without_contents(chunk for chunk in pieces if chunk[0].start >= end))
    head.sort(key=lambda chunk: all(block is not named for block in chunk))
    presented = [block for chunk in head for block in chunk if block is not named]
    head, described_by = _introduction(head, named)
    entries = tuple(entry for draft in top.entries if (entry := entry_of_draft(draft, path)))
    sections = sections_of(groups, path)
    if entries and (sections or _runs_on(presented)):
        general = Section("General", Place(path), None, described([it for it, at in top.intro if begin <= at < end]), entries)
        entries, sections = (), (general, *sections)
    else:
        described_by += [piece for piece, at in top.intro if begin <= at < end]
    topic = Topic(
        slug=own or name or slug(shown) or "list",
        path=path,
        title=shown,
        place=Place(path, 1, 1),
        description=described(described_by),
        header=verbatim(page, head, named),
        footer=verbatim(page, foot),
        entries=entries,
        sections=sections,
    )
    topic, astray = with_path(topic, steps)
    left = [*astray, *(LeftOut(url, why, draft.line, url) for draft in drafts_of(top) for url, why in draft.left)]
    left += [LeftOut(url, why, group.line, url) for group in _walk(top) for url, why in group.left]
    notes = [LeftOut("text between entries", "it stands before the entries of its section now", line) for group in _walk(top)
             for line, at in group.moved if begin <= at < end]  # fmt: skip
    return Imported(path, (topic,), tuple(left), tuple(notes))


def _without_frame(text: str) -> str:
    """A rendered page without what is ours on it: its first line, pointers to other pages, the way to its source."""
    _, newline, rest = text.replace("\r\n", "\n").partition("\n")
    body = _TRAILER.sub("\n", rest)
    if "\n## See also\n" in body:
        body = _SEE_ALSO.sub("\n", body)
    return newline + _LINT.sub("\n", body, count=1)


def _named(stem: str) -> str:
    name = stem.replace("-", " ").replace("_", " ").strip()
    return name[:1].upper() + name[1:]


def _walk(group: Group) -> list[Group]:
    return [group, *(inner for each in group.groups for inner in _walk(each))]


def _edges(top: Group) -> tuple[int, int]:
    """Where the list begins and where it ends: before is the header, behind the footer. What has no entry can't be the edge."""
    own = [block for block in (top.own_first,) if block >= 0]
    real = [group for group in top.groups if group.first >= 0]
    while real and is_housekeeping(real[0].title):
        real.pop(0)
    while real and is_housekeeping(real[-1].title):
        real.pop()
    begin = min([*own, *(group.start for group in real[:1])], default=-1)
    if begin < 0:
        return 1 << 60, 1 << 60
    return begin, max([top.own_last, *map(_end, real)])


def _end(group: Group) -> int:
    """Where the last entry of a group ends, without what stands last and is about the list itself."""
    inner = [each for each in group.groups if each.first >= 0]
    while inner and is_housekeeping(inner[-1].title):
        inner.pop()
    return max([group.own_last, *map(_end, inner)])


def _within(group: Group, end: int) -> Group:
    """A group without what stands behind the end of the list."""
    group.intro = [(shown, at) for shown, at in group.intro if at < end]
    group.groups = [_within(inner, end) for inner in group.groups if inner.start < end]
    return group


def _foot(behind: list[Chunk]) -> list[Chunk]:
    """What stands behind the last entry, from the first piece on that says something."""
    while behind and all(block.kind in {"rule", "close", "comment"} or not _says(block) for block in behind[0]):
        behind.pop(0)
    return behind


def _says(block: Block) -> bool:
    return block.kind != "paragraph" or any(
        token["type"] != "break" and (plain([token]) or token["type"] == "image") for token in block.inline
    )


def _runs_on(head: list[Block]) -> bool:
    """Whether a header would be read as entries or sections if entries without a heading came behind it."""
    if any(block.kind == "heading" for block in head):
        return True
    link = Block("paragraph", [{"type": "link", "attrs": {"url": "https://example.org"}, "children": []}])
    behind = Block("list", children=[Block("item", children=[link])], start=_BEHIND)
    first = group_of(parts_of(joined(list(tightened([*head, behind]))))[1]).first
    return 0 <= first < _BEHIND


def _introduction(head: list[Chunk], title: Block | None) -> tuple[list[Chunk], list[str]]:
    """The header without the plain paragraphs at its end, and those: the topic's description."""
    if any(chunk[0].kind in {"heading", "open"} and all(block is not title for block in chunk) for chunk in head):
        return head, []
    found: list[str] = []
    kept = list(head)
    while kept and all(block.kind == "rule" for block in kept[-1]):
        kept.pop()
    while kept and len(kept[-1]) == 1 and kept[-1][0].kind == "paragraph" and _is_plain(kept[-1][0].inline):
        shown = intro_of(kept[-1][0].inline, [])
        if not shown:
            break
        found.insert(0, shown)
        kept.pop()
    return kept, found


def _is_plain(tokens: list[Token]) -> bool:
    return all(token["type"] in _PLAIN and not token.get("badge") and _is_plain(token.get("children", [])) for token in tokens)
