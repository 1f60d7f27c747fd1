"""Claims and texts in the order of the page, as a tree of sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

from generator.importing.entry.build import is_badge
from generator.importing.entry.record import Record, joined
from generator.importing.imported import LeftOut
from generator.importing.page.blocks import Block
from generator.importing.page.spans import Image, Link, Span, Spans, Text, has_link, links_of, markdown_of, plain, stripped
from generator.importing.page.words import is_contents, is_housekeeping, is_label
from generator.importing.segment import Segment
from generator.importing.shapes.model import Group, Node
from generator.importing.shapes.signs import is_bold
from generator.importing.topic.contents import title_of
from generator.markdown.text import heading, line_start

__all__ = ["Part", "intro_of", "outline"]

_MORE = "More"
_COLON = re.compile(r"[:：]\s*$")
_TITLE_WORDS = 14
_DEEPEST = 24
"""More boxes within boxes than that are not opened."""


@dataclass(slots=True)
class Part:
    """A section under way. `level` is that of HTML, in fractions for boxes (0.5) and for groups without a heading (0.25).

    `kind`: "heading", "box", "group" (of items, or below an entry), "label" (a line above a list), "text" (what stood before more
    entries), "more". `first` and `last` are where its entries begin and end in the page, -1 where it has none.
    """

    title: str = ""
    level: float = 0
    line: int = 0
    start: int = 0
    kind: str = "heading"
    head: Record | None = None
    records: list[Record] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    intro: list[tuple[str, int, int]] = field(default_factory=list)
    """Paragraphs with their line and start."""
    pending: list[tuple[str, int, int]] = field(default_factory=list)
    """Texts behind entries: they introduce what follows, if anything does."""
    first: int = -1
    last: int = -1
    headed: bool = False
    """Whether a heading is an entry in it."""

    def walk(self) -> Iterator[Part]:
        """This part and all below."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def edges(self) -> tuple[int, int]:
        """Where the entries of it and all below begin and end."""
        inner = [part.edges() for part in self.parts]
        begin = [at for at in (self.first, *(one for one, _ in inner)) if at >= 0]
        return (min(begin), max(self.last, *(end for _, end in inner), -1)) if begin else (-1, -1)


@dataclass(slots=True)
class _Building:
    blocks: Sequence[Block]
    root: Part
    open: list[Part]
    left: list[LeftOut]
    notes: list[LeftOut]


def outline(
    blocks: Sequence[Block], segments: Sequence[Segment], title: Block | None, first: int
) -> tuple[Part, list[LeftOut], list[LeftOut]]:
    """The root of all sections; what could not be kept of texts; and notes on order and contents."""
    root = Part()
    doing = _Building(blocks, root, [root], [], [])
    for number, segment in enumerate(segments):
        block = blocks[segment.start]
        if block is title or (segment.start < first and block.kind in {"heading", "open", "close"}):
            continue
        if _leads(blocks, segments, number):
            _close(doing, block.level)
            continue
        if segment.claim is None:
            _block(doing, block, segments[number + 1] if number + 1 < len(segments) else None)
            continue
        if block.kind == "heading" and not (doing.open[-1].headed and doing.open[-1].level == block.level):
            _close(doing, block.level)
        begin, end = block.start, blocks[segment.claim.end - 1].end
        for node in _opened(segment.claim.nodes):
            _add(doing, node, begin, end, title_of(block.spans) if block.kind == "heading" else "")
        doing.open[-1].headed |= block.kind == "heading"
    _close(doing, 0, everything=True)
    return root, doing.left, doing.notes


def _leads(blocks: Sequence[Block], segments: Sequence[Segment], number: int) -> bool:
    """Whether a block is the heading of a table of contents: titled so, without entries below it."""
    block = blocks[segments[number].start]
    if block.kind != "heading" or segments[number].claim or not is_contents(title_of(block.spans)):
        return False
    below = takewhile(lambda one: blocks[one.start].kind != "heading", islice(segments, number + 1, None))
    return not any(one.claim for one in below)


def _block(doing: _Building, block: Block, following: Segment | None) -> None:
    """A block that no shape claims: a heading, a box, a text."""
    kind = block.kind
    if kind == "heading":
        _heading(doing, block)
    elif kind == "open" and len(doing.open) < _DEEPEST:
        current = doing.open[-1]
        shown = title_of(block.spans) or "Details"
        part = Part(shown, current.level + 0.5, block.line, block.start, "box")
        _title_links(doing, part, block)
        _push(doing, part)
    elif kind == "close":
        at = next((at for at in range(len(doing.open) - 1, 0, -1) if doing.open[at].kind == "box"), 0)
        if at:
            _pop(doing, at)
    elif kind == "toc":
        _contents(doing, block)
    elif kind == "quote":
        for child in block.children:
            _text(doing, child.spans, child, None)
    elif kind == "code" and block.raw.strip():
        _code(doing, block)
    elif kind == "prose":
        rows = [intro_of(joined(item.walk()), item.line, doing.left) for item in block.children]
        doing.open[-1].pending.append(("\n".join(f"- {row}" for row in rows if row), block.line, block.start))
    elif kind == "verbatim":
        doing.open[-1].pending.append((block.raw, block.line, block.start))
    elif kind in {"paragraph", "term", "definition", "item"}:
        spans = block.spans or next((child.spans for child in block.children), ())
        _text(doing, spans, block, following)


def _heading(doing: _Building, block: Block) -> None:
    shown = title_of(block.spans)
    if not shown:
        _text(doing, block.spans, block, None)
        return
    _close(doing, block.level)
    part = Part(shown, block.level, block.line, block.start)
    _push(doing, part)
    if not (len(doing.open) == 2 and is_housekeeping(shown)):
        _title_links(doing, part, block)


def _title_links(doing: _Building, part: Part, block: Block) -> None:
    """The links of a section's heading are its first entries."""
    kept = _pictured(block.spans, block.line, doing.left)
    for link in links_of(kept, "web", "file"):
        text = part.title if is_label(link.text) or not link.text.strip() else link.text
        part.records.append(Record(block.line, (Link(text, link.url, link.role),)))
        part.first, part.last = block.start, block.end


def _push(doing: _Building, part: Part) -> None:
    parent = doing.open[-1]
    if parent.pending:
        _settle(doing, parent)
    parent.parts.append(part)
    doing.open.append(part)


def _close(doing: _Building, level: float, *, everything: bool = False) -> None:
    """Leave the parts that a heading of this level ends: those of its level or below, and those under a line that is no heading."""
    while len(doing.open) > 1 and (everything or doing.open[-1].level >= level or doing.open[-1].kind in {"label", "text"}):
        _pop(doing, len(doing.open) - 1)
    if everything:
        _settle(doing, doing.root)


def _pop(doing: _Building, at: int) -> None:
    while len(doing.open) > at:
        _settle(doing, doing.open.pop())


def _settle(doing: _Building, part: Part) -> None:
    """Texts behind the last entries of a part: they stand before its entries on the page, which is a note."""
    if part.pending and (part.records or part.parts):
        doing.notes += [_moved(line) for _, line, _ in part.pending]
    part.intro += part.pending
    part.pending = []


def _moved(line: int) -> LeftOut:
    return LeftOut("text between entries", "it stands before the entries of its section now", line, kind="text")


def _contents(doing: _Building, block: Block) -> None:
    anchors = [span for spans in block.walk() for span in spans if isinstance(span, Link) and span.role == "anchor"]
    if len(anchors) > 1:
        doing.notes.append(
            LeftOut(f"a table of contents with {len(anchors)} links", "a page makes its own", block.line, kind="contents")
        )
    for spans in block.walk():
        for span in spans:
            if isinstance(span, Image):
                doing.left.append(LeftOut(span.url, "an icon that leads about the page", block.line, span.url, kind="badge"))


def _add(doing: _Building, node: Node, begin: int, end: int, title: str) -> None:
    """Put a record or a group where it belongs: behind texts that introduce it, into a part of its own where order asks for one."""
    current = doing.open[-1]
    if current.pending:
        current = _introduced(doing, current)
    if isinstance(node, Record):
        if any(part.kind != "group" for part in current.parts):
            current = _behind(current, node, title, begin)
        _put(current, node, begin, end)
    else:
        current.parts.append(_grouped(node, current.level + 0.25, begin, end))


def _opened(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes, those of groups without a title in the groups' place."""
    for node in nodes:
        if isinstance(node, Group) and node.head is None and not node.title:
            yield from _opened(node.nodes)
        else:
            yield node


def _grouped(group: Group, level: float, begin: int, end: int) -> Part:
    shown = _COLON.sub("", title_of(group.title))
    title, dash, about = shown.partition(" - ")
    described = dash and about.endswith((".", "!", "…"))
    part = Part(title if described else shown, level, group.line, begin, "group", group.head)
    part.intro += [(line_start(markdown_of((Text(about),))), group.line, begin)] if described else []
    if group.head:
        _put(part, group.head, begin, end)
    for node in _opened(group.nodes):
        if isinstance(node, Record):
            _put(part, node, begin, end)
        else:
            part.parts.append(_grouped(node, level + 0.25, begin, end))
    part.first = begin if part.first < 0 else part.first
    part.last = max(part.last, end)
    return part


def _put(part: Part, record: Record, begin: int, end: int) -> None:
    part.records.append(record)
    part.first = begin if part.first < 0 else part.first
    part.last = max(part.last, end)


def _behind(current: Part, record: Record, title: str, begin: int) -> Part:
    """A part for an entry that stands behind sections: of its heading's title, else one for all such."""
    last = current.parts[-1]
    if last.kind == "more" and not title:
        return last
    part = Part(title or _MORE, current.level + 0.25, record.line, begin, "more")
    current.parts.append(part)
    return part


def _introduced(doing: _Building, current: Part) -> Part:
    """The part that texts between entries introduce: the same one where nothing stands before them, else a new one."""
    if not current.records and not current.parts:
        current.intro += current.pending
        current.pending = []
        return current
    texts, current.pending = current.pending, []
    parent = current
    if current.kind == "text":
        _pop(doing, len(doing.open) - 1)
        parent = doing.open[-1]
    shown, line, start = texts[0]
    bare = _COLON.sub("", _unmarked(shown)).rstrip(".。 ")
    titled = len(bare.split()) <= _TITLE_WORDS and "](" not in shown and bool(bare)
    title = heading(bare)[0] if titled else _MORE
    part = Part(title, parent.level + 0.25, line, start, "text", intro=texts[1:] if titled else texts)
    parent.parts.append(part)
    doing.open.append(part)
    return part


def _unmarked(shown: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", re.sub(r"(?<!\\)[*_`]+", "", shown))


def _text(doing: _Building, spans: Spans, block: Block, following: Segment | None) -> None:
    """A text: the title of the list below it, or a paragraph that introduces what follows."""
    current = doing.open[-1]
    label = _label(spans, following)
    if label is not None and (current.kind == "label" or current.records or current.parts or is_bold(spans)):
        if current.kind in {"label", "text"}:
            _pop(doing, len(doing.open) - 1)
        parent = doing.open[-1]
        _push(doing, Part(label, parent.level + 0.25, block.line, block.start, "label"))
        return
    if shown := intro_of(spans, block.line, doing.left):
        current.pending.append((shown, block.line, block.start))


def _code(doing: _Building, block: Block) -> None:
    """A block of code: it says nothing of what follows, so it stands with its section's introduction."""
    current = doing.open[-1]
    shown = intro_of((Text(" ".join(block.raw.split()), "c"),), block.line, doing.left)
    if current.records or current.parts:
        doing.notes.append(_moved(block.line))
    current.intro += [(shown, block.line, block.start)] if shown else []


def _label(spans: Spans, following: Segment | None) -> str | None:
    """The title that a paragraph gives to the list below it; None where it is text."""
    if (
        following is None
        or following.claim is None
        or following.claim.shape in {"heading with body", "box", "rendered item"}
        or not _titling(spans)
    ):
        return None
    return heading(_COLON.sub("", plain(spans)).strip(" *_"))[0]


def _titling(spans: Spans) -> bool:
    """Whether a paragraph has the form of a title: bold and short, or a few words with a colon."""
    shown = plain(spans)
    if has_link(spans) or any(isinstance(span, Image) for span in spans) or not re.search(r"\w", shown):
        return False
    count = len(shown.split())
    return (is_bold(spans) and count <= 10) or (bool(_COLON.search(shown)) and count <= 4)


def _pictured(spans: Spans, line: int, left: list[LeftOut]) -> Spans:
    """Spans without badges, which are reported."""
    out: list[Span] = []
    for span in spans:
        if isinstance(span, Image) and is_badge(span):
            left.append(LeftOut(span.url, "a badge", line, span.url, kind="badge"))
        elif isinstance(span, Link) and span.badge and (not span.text.strip() or span.role != "web"):
            out += [span] if span.role == "web" else []
        else:
            out.append(span)
    return tuple(out)


def intro_of(spans: Spans, line: int, left: list[LeftOut]) -> str:
    """A paragraph of a section's description, as Markdown; "" where nothing is left of it. Pictures become links in it."""
    kept: list[Span] = []
    images: list[Image] = []
    for span in _pictured(spans, line, left):
        if isinstance(span, Image):
            images.append(span)
        elif isinstance(span, Link) and span.role == "anchor":
            left.append(LeftOut(span.url, "a link within the page", line, span.url, kind="anchor"))
            kept.append(Text(span.text, span.style))
        elif isinstance(span, Link) and span.role != "web":
            if span.role in {"file", "other", "bad"}:
                why = "it leads to no page of the web; a text keeps its words"
                left.append(LeftOut(span.url, why, line, span.url, "link" if span.role == "bad" else "text"))
            path = span.url.removeprefix("mailto:")
            named = span.role == "file" and path not in {"", span.text}
            kept.append(Text(f"{span.text} ({path})" if named else span.text or path, span.style))
        else:
            kept.append(span)
    for image in images:
        if image.role != "web":
            left.append(LeftOut(image.url, "a picture of the repository in a text", line, image.url, kind="text"))
            continue
        kept += [Text(" Image: " if kept else "Image: "), Link(image.alt or "image", image.url, image.role)]
    shown = line_start(markdown_of(stripped(kept)))
    return shown if re.search(r"\w", shown) else ""
