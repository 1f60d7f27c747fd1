"""A record's spans as one text with places: a part of the text is a part of the spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from generator.importing.page.spans import Break, Image, Link, Span, Spans, Text

__all__ = ["Flat", "Region", "flat_of"]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the text in one style, or one link."""

    start: int
    end: int
    span: Text | Link

    @property
    def link(self) -> Link | None:
        """The link that it is, if it is one."""
        return self.span if isinstance(self.span, Link) else None


@dataclass(frozen=True, slots=True)
class Flat:
    """The text of spans, with line feeds at hard breaks (two at the end of a paragraph), and which part of it is which span."""

    text: str
    regions: tuple[Region, ...]
    starts: tuple[int, ...]

    def styled(self, style: str) -> Iterator[tuple[int, int]]:
        """The parts in a style, neighbouring regions as one."""
        begin = end = -1
        for region in self.regions:
            if not region.span.text.strip() and region.link is None:
                continue
            if style in region.span.style and begin >= 0 and not self.text[end : region.start].strip():
                end = region.end
                continue
            if begin >= 0:
                yield begin, end
            begin, end = (region.start, region.end) if style in region.span.style else (-1, -1)
        if begin >= 0:
            yield begin, end

    def part(self, start: int, end: int) -> Spans:
        """The spans between two places; a link is in it if its beginning is, a text that is cut loses what lies outside."""
        out: list[Span] = []
        at = max(0, bisect_right(self.starts, start) - 1)
        last = start
        for region in self.regions[at:]:
            if region.start >= end:
                break
            out += _breaks(self.text[last : max(last, region.start)])
            last = max(last, region.end)
            if isinstance(region.span, Link):
                out += [region.span] if start <= region.start else []
            elif shown := self.text[max(start, region.start) : min(end, region.end)]:
                out.append(Text(shown, region.span.style) if len(shown) != region.end - region.start else region.span)
        out += _breaks(self.text[last : max(last, min(end, len(self.text)))])
        return tuple(out)


def _breaks(gap: str) -> list[Span]:
    return [Break("block")] if "\n\n" in gap else [Break("hard")] if "\n" in gap else []


def flat_of(spans: Spans) -> Flat:
    """The text of spans. Images are left out, soft breaks are spaces."""
    parts: list[str] = []
    regions: list[Region] = []
    at = 0
    for span in spans:
        if isinstance(span, Image):
            continue
        shown = {"soft": " ", "hard": "\n", "block": "\n\n"}[span.kind] if isinstance(span, Break) else span.text
        if not isinstance(span, Break):
            regions.append(Region(at, at + len(shown), span))
        elif span.kind == "soft":
            regions.append(Region(at, at + 1, Text(" ")))
        parts.append(shown)
        at += len(shown)
    return Flat("".join(parts), tuple(regions), tuple(region.start for region in regions))
