"""A Markdown list as a topic: read, cut into claims, put under its headings, each record made an entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import PurePosixPath

from generator.importing.entry.build import Made, built, source_form
from generator.importing.entry.record import Record
from generator.importing.entry.rendered import rendered
from generator.importing.imported import Imported, LeftOut
from generator.importing.page.blocks import Block, Page, read_blocks
from generator.importing.page.spans import Image, Link, Spans, Text, has_link, plain
from generator.importing.page.words import is_housekeeping
from generator.importing.record_to_entry import named
from generator.importing.segment import Segment, facts_of, segments
from generator.importing.shapes.signs import linked
from generator.importing.topic.contents import flattened, marked, title_of
from generator.importing.topic.outline import Part, intro_of, outline
from generator.importing.topic.own_page import contents_of, list_begin, opened, own_slug, rendered_segments, without_frame
from generator.importing.topic.reading_path import with_path, without_path
from generator.importing.topic.verbatim import Chunk, chunks, verbatim, without_contents
from generator.markdown import descriptions
from generator.markdown.text import heading
from generator.problems import Place, counted
from generator.sources.catalogue.ids import slug
from generator.sources.catalogue.model import Entry, Section, Topic

__all__ = ["explained", "read_page", "segments_of"]

_NAMELESS = frozenset(("readme", "index", "list"))
_SURE_SHARE, _SURE_COUNT = 0.08, 3
_END = 1 << 60


@dataclass(frozen=True, slots=True)
class _Read:
    """A page with its blocks cut into segments, and which of them is the title."""

    page: Page
    pieces: tuple[Block, ...]
    flat: list[Block]
    segments: list[Segment]
    title: Block | None
    first: int


def _read(text: str, *, own: bool = False) -> _Read:
    page = read_blocks(text)
    pieces = tuple(marked(page.blocks))
    if own:
        flat = list(opened(pieces, page))
        return _Read(page, pieces, flat, rendered_segments(flat), _title(flat), 0)
    flat = list(flattened(pieces))
    title = _title(flat)
    first = _first(flat, title)
    return _Read(page, pieces, flat, segments(flat, facts_of(flat, first)), title, first)


def segments_of(text: str) -> list[Segment]:
    """The segments of a page: which shape claims which of its blocks."""
    return _read(text).segments


def _title(flat: Sequence[Block]) -> Block | None:
    """The heading that is the page's title: the first of level 1, if no entry stands before it, nor a section of a page with several."""
    tops = [at for at, block in enumerate(flat) if block.kind == "heading" and block.level == 1 and title_of(block.spans)]
    if not tops:
        return None
    before = flat[: tops[0]]
    if any(block.kind in {"item", "table"} and linked(block) for block in before):
        return None
    return (
        None if len(tops) > 1 and any(block.kind == "heading" and title_of(block.spans) for block in before) else flat[tops[0]]
    )


def _first(flat: Sequence[Block], title: Block | None) -> int:
    """The block from which on entries may stand without a list: the first heading below title and contents, banners left out."""
    at = next((index + 1 for index, block in enumerate(flat) if block is title), 0)
    contents = next((index + 1 for index, block in enumerate(flat) if block.kind == "toc" and _is_long(block)), 0)
    if contents > at and not any(block.kind in {"item", "table"} and linked(block) for block in flat[at:contents]):
        at = contents
    headings = [
        index for index in range(at, len(flat)) if flat[index].kind in {"heading", "open"} and title_of(flat[index].spans)
    ]
    levels = [flat[index].level for index in headings if flat[index].kind == "heading"]
    highest = min(levels, default=0)
    banners = list(takewhile(lambda index: flat[index].kind == "heading" and flat[index].level > highest, headings))
    rest = headings[len(banners) :]
    before = flat[at : rest[0]] if rest else []
    lists = any(block.kind in {"item", "table"} and linked(block) for block in before)
    if not rest or lists or 2 * sum(map(linked, before)) > sum(map(linked, flat[at:])):
        rest = headings
    return rest[0] if rest else at


def _is_long(block: Block) -> bool:
    """Whether a table of contents has several links, and is no way back to the top."""
    return sum(isinstance(span, Link) and span.role == "anchor" for spans in block.walk() for span in spans) > 2


def read_page(text: str, path: str, *, name: str = "") -> Imported:
    """The topic of a Markdown page. `name` is its slug where the page itself gives none; nothing raises for any text."""
    own = own_slug(text)
    text, steps = without_path(without_frame(text)) if own is not None else (text, ())
    read = _read(text, own=own is not None)
    root, left, notes = outline(read.flat, read.segments, read.title, read.first)
    begin, end = _edges(root) if own is None else _own_edges(root, read.flat)
    making = _Making(path, own=own is not None)
    root.parts = [_within(part, end) for part in root.parts if begin <= part.start < end]
    making.learn(root)
    title = title_of(read.title.spans).rstrip(" :：") if read.title else ""
    stem = PurePosixPath(path).stem
    shown = heading(title)[0] if title else named(name if stem.casefold() in _NAMELESS else stem)
    described, header, footer, headed = _frame(read, begin, end)
    entries, sections = making.sections(root)
    if entries and (sections or headed):
        general = Section(
            "General", Place(path), None, _described([one for one, _, at in root.intro if begin <= at < end]), entries
        )
        entries, sections = (), (general, *sections)
    else:
        described += [one for one, _, at in root.intro if begin <= at < end]
    topic = Topic(
        slug=own or name or slug(shown) or "list",
        path=path,
        title=shown,
        place=Place(path, 1, 1),
        description=_described(described),
        header=header,
        footer=footer,
        entries=entries,
        sections=sections,
    )
    topic, astray = with_path(topic, steps)
    inside = {line for part in root.walk() for _, line, _ in part.intro}
    notes = [*(note for note in notes if note.kind == "contents" or note.line in inside), *making.notes]
    return Imported(path, (topic,), (*astray, *left, *making.left), tuple(sorted(notes, key=lambda note: note.line)))


def _edges(root: Part) -> tuple[int, int]:
    """Where the list begins and where it ends: before is the header, behind the footer. What has no entry can't be the edge."""
    real = [part for part in root.parts if part.edges()[0] >= 0]
    while real and is_housekeeping(real[0].title):
        real.pop(0)
    while real and is_housekeeping(real[-1].title):
        real.pop()
    starts = [part.start for part in real[:1]]
    if root.records and real and root.last <= real[0].start and not any(map(_linked, root.records)):
        # Items without links before sections that have some present the list.
        root.records, root.first, root.last = [], -1, -1
    if root.first >= 0:
        starts.append(root.first)
    if not starts:
        return _END, _END
    return min(starts), max([root.last, *map(_last, real)])


def _own_edges(root: Part, blocks: Sequence[Block]) -> tuple[int, int]:
    """The same for a rendered page, whose sections are those in its contents."""
    after, titles = contents_of(blocks)
    begin = after or list_begin(blocks)
    root.parts = [part for part in root.parts if part.start >= begin]
    while titles and root.parts and root.parts[-1].title not in titles:
        root.parts.pop()
    if begin:
        root.records, root.first, root.last = [], -1, -1
    first, end = root.edges()
    if first < 0:
        return _END, _END
    return begin or min([first, *(part.start for part in root.parts[:1])]), end


def _linked(record: Record) -> bool:
    return any(has_link(spans) for spans in (record.spans, record.title, *(value for _, value in record.named)))


def _last(part: Part) -> int:
    """Where the last entry of a part ends, without what stands last and is about the list itself."""
    inner = [each for each in part.parts if each.edges()[0] >= 0]
    while inner and is_housekeeping(inner[-1].title):
        inner.pop()
    return max([part.last, *map(_last, inner)])


def _within(part: Part, end: int) -> Part:
    """A part without what stands behind the end of the list."""
    part.intro = [one for one in part.intro if one[2] < end]
    part.parts = [_within(inner, end) for inner in part.parts if inner.start < end]
    return part


def _frame(read: _Read, begin: int, end: int) -> tuple[list[str], str | None, str | None, bool]:
    """The paragraphs that describe the topic, its header and its footer; and whether a heading stands in the header."""
    pieces = list(chunks(read.pieces))
    head = without_contents(chunk for chunk in pieces if chunk[0].start < begin)
    foot = without_contents(chunk for chunk in pieces if chunk[0].start >= end)
    head.sort(key=lambda chunk: all(block is not read.title for block in chunk))
    head, described = _introduction(head, read.title)
    while foot and all(block.kind in {"rule", "close", "comment"} or not _says(block) for block in foot[0]):
        foot.pop(0)
    headed = any(block.kind == "heading" and block is not read.title for chunk in head for block in chunk)
    return described, verbatim(read.page, head, read.title), verbatim(read.page, foot), headed


def _says(block: Block) -> bool:
    return block.kind != "paragraph" or bool(plain(block.spans)) or any(isinstance(span, Image) for span in block.spans)


def _introduction(head: list[Chunk], title: Block | None) -> tuple[list[Chunk], list[str]]:
    """The header without the plain paragraphs at its end, and those: the topic's description."""
    if any(chunk[0].kind in {"heading", "open"} and all(block is not title for block in chunk) for chunk in head):
        return head, []
    found: list[str] = []
    kept = list(head)
    while kept and all(block.kind in {"rule", "toc"} for block in kept[-1]):
        kept.pop()
    while kept and len(kept[-1]) == 1 and kept[-1][0].kind == "paragraph" and _is_plain(kept[-1][0].spans):
        shown = intro_of(kept[-1][0].spans, 0, [])
        if not shown:
            break
        found.insert(0, shown)
        kept.pop()
    return kept, found


def _is_plain(spans: Spans) -> bool:
    return all(
        not isinstance(span, Image)
        and not (isinstance(span, Link) and (span.badge or span.role != "web"))
        and not (isinstance(span, Text) and "s" in span.style)
        for span in spans
    )


def _described(intro: Iterable[str]) -> str | None:
    """The description of a section, of its paragraphs."""
    paragraphs = list(intro)
    text = "\n\n".join(paragraphs)
    bare = source_form(text) if "\\" in text else text
    return (bare if descriptions.blocks(bare) == paragraphs else text) or None


@dataclass(slots=True)
class _Making:
    """Makes records entries. Names alone count as authors on a page on which other entries surely have authors."""

    path: str
    own: bool = False
    weak: bool = False
    made: dict[int, Made | None] = field(default_factory=dict)
    left: list[LeftOut] = field(default_factory=list)
    notes: list[LeftOut] = field(default_factory=list)

    def learn(self, root: Part) -> None:
        records = [record for part in root.walk() for record in part.records]
        for record in records:
            self.made[id(record)] = _made(record, self.path, own=self.own)
        done = [made for made in self.made.values() if made]
        sure = sum(made.sure for made in done)
        if sure >= max(_SURE_COUNT, _SURE_SHARE * len(done)):
            for record in records:
                if (made := self.made[id(record)]) and made.weak:
                    self.made[id(record)] = _made(record, self.path, own=self.own, weak=True)

    def entries(self, records: Iterable[Record]) -> Iterator[Entry]:
        for record in records:
            if (made := self.made[id(record)]) is not None:
                self.left += made.left
                yield made.entry

    def sections(self, part: Part) -> tuple[tuple[Entry, ...], tuple[Section, ...]]:
        """The entries and the sections of a part."""
        entries = tuple(self.entries(part.records))
        sections = tuple(section for inner in part.parts for section in self._section(inner))
        nested = [inner for inner in part.parts if inner.kind == "group"]
        if nested and any(record.line > nested[0].line for record in part.records):
            why = "each is a sub-section now; items of the same list that have none stand before"
            self.notes.append(LeftOut(counted(len(nested), "nested list"), why, nested[0].line, kind="order"))
        return entries, sections

    def _section(self, part: Part) -> Iterator[Section]:
        entries, sections = self.sections(part)
        made = self.made.get(id(part.head)) if part.head else None
        title = (made.entry.title or made.entry.url if made else None) or part.title
        if not title or (part.kind in {"box", "group", "more", "text"} and not entries and not sections and not part.intro):
            return
        yield Section(
            heading(title)[0],
            Place(self.path, part.line, 1),
            None,
            _described([one for one, _, _ in part.intro]),
            entries,
            sections,
        )


def _made(record: Record, path: str, *, own: bool, weak: bool = False) -> Made | None:
    return (rendered(record, path, weak=weak) if own else None) or built(record, path, weak=weak)


def explained(text: str, path: str, line: int) -> list[str]:
    """How the block on a line is read: the scores of shapes with reasons, and the candidates for its title; one text a line."""
    own = own_slug(text) is not None
    read = _read(without_frame(text) if own else text, own=own)
    rows: list[str] = []
    last = text.rstrip("\n").count("\n") + 1
    for segment in read.segments if line <= last else ():
        end = segment.claim.end if segment.claim else segment.start + 1
        blocks = read.flat[segment.start : end]
        following = read.flat[end].line if end < len(read.flat) else _END
        if not blocks or not blocks[0].line <= line < max(following, blocks[0].line + 1):
            continue
        place = f"{path}:{blocks[0].line}"
        if segment.claim is None:
            kept = "section" if blocks[0].kind in {"heading", "open"} else "text"
            rows.append(f"{place}: {blocks[0].kind}, claimed by no shape: it stays a {kept}")
            rows += [
                f"  {claim.shape}: {claim.score:.1f} ({claim.why}), less than the blocks score otherwise"
                for claim in segment.others
            ]
            continue
        claim = segment.claim
        count = f"{len(blocks)} block{'s' * (len(blocks) > 1)}"
        rows.append(f"{place}: {claim.shape} wins with {claim.score:.1f} over {count} ({claim.why})")
        rows += [f"  {other.shape}: {other.score:.1f} ({other.why})" for other in segment.others]
        for record in _records(claim.nodes):
            if record.line > line and rows[-1].startswith("    "):
                break
            if len(claim.nodes) == 1 or record.line == line:
                rows += _explained_record(record, path, own=own)
    return rows or [f"{path}:{line}: nothing of a list stands there"]


def _records(nodes: Iterable[object]) -> Iterator[Record]:
    for node in nodes:
        if isinstance(node, Record):
            yield node
        else:
            yield from _records([*([node.head] if node.head else []), *node.nodes])  # type: ignore[attr-defined]


def _explained_record(record: Record, path: str, *, own: bool) -> Iterator[str]:
    made = _made(record, path, own=own)
    if made is None:
        yield f"  line {record.line}: neither a title nor a page is in it"
        return
    entry = made.entry
    yield f"  line {record.line}: title {entry.title!r}, page {entry.url or 'none'}"
    for score, text, why in made.why:
        yield f"    {score:4.1f}  {' '.join(text.split())[:80]!r}: {why}"
