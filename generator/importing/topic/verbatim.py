"""Header and footer of a page: a maintainer's own Markdown, kept as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.importing.page.blocks import Block, Page
from generator.importing.page.spans import Image, has_link, plain
from generator.importing.page.words import is_contents
from generator.importing.topic.contents import title_of
from linkcheck.urls import fault

__all__ = ["Chunk", "chunks", "verbatim", "without_contents"]

Chunk = list[Block]
"""The blocks that one piece of the text gave (HTML gives several)."""

_H1 = re.compile(r"<h1\b[^>]*>.*?</h1\s*>[ \t]*\n?", re.DOTALL | re.IGNORECASE)
_LINKED = re.compile(
    r"(?<!\\)(?:\[!\[[^\[\]]*\][(\[][^)\]]*[)\]]\](?:\([^)]*\)|\[[^\[\]]*\])|!?\[[^\[\]]*\]\([^)]*\)|<a\b.*?</a>|<img\b[^>]*>|(?<![(\[<\"])https?://[^\s<>\])]+)",
    re.DOTALL,
)
_WRAPPER = re.compile(r"</?(?:div|p|center|header|span|br)\b[^>]*>", re.IGNORECASE)
_REFERENCE = re.compile(r"\[((?:[^\\\[\]]|\\.){1,999})\]")
_DESTINATION = re.compile(r"\]\(\s*<?([^()<>\s]*)>?")
_DEFINED = re.compile(r"^ {0,3}\[((?:[^\\\[\]]|\\.){1,999})\]:[ \t]*\S[^\n]*\n?", re.MULTILINE)


def chunks(blocks: Iterable[Block]) -> Iterator[Chunk]:
    """The blocks, those of one piece of text together."""
    chunk: Chunk = []
    for block in blocks:
        if chunk and chunk[0].start != block.start:
            yield chunk
            chunk = []
        chunk.append(block)
    if chunk:
        yield chunk


def without_contents(parts: Iterable[Chunk]) -> list[Chunk]:
    """The chunks without tables of contents, their headings and boxes: a page has its own."""
    kept: list[Chunk] = []
    boxed = False
    pieces = list(parts)
    for index, chunk in enumerate(pieces):
        kinds = {block.kind for block in chunk}
        box = any(block.kind == "open" and is_contents(title_of(block.spans)) for block in chunk)
        if boxed and kinds == {"close"}:
            boxed = False
        elif box:
            boxed = "close" not in kinds
        elif kinds <= {"toc", "comment", "rule"} and "toc" in kinds:
            if kept and kept[-1] is pieces[index - 1] and _over_contents(kept[-1], pieces[index + 1 : index + 2]):
                kept.pop()
        elif not (chunk[0].kind == "heading" and is_contents(title_of(chunk[0].spans))):
            kept.append(chunk)
    return kept


def _over_contents(above: Chunk, below: list[Chunk]) -> bool:
    """Whether a piece is but the title of the table of contents that follows it."""
    if len(above) != 1 or has_link(above[0].spans) or any(isinstance(span, Image) for span in above[0].spans):
        return False
    shown = plain(above[0].spans)
    ended = not below or below[0][0].kind in {"heading", "rule"}
    return is_contents(shown) or (above[0].kind == "heading" and above[0].level > 1 and ended)


def verbatim(page: Page, parts: Iterable[Chunk], title: Block | None = None) -> str | None:
    """The text of chunks as written, without the title, whose badges stay; None where nothing is left."""
    texts: list[str] = []
    last = -1
    for chunk in _edged(list(parts)):
        first = chunk[0]
        raw = page.text[first.start : first.end]
        if title is not None and any(block is title for block in chunk):
            raw = _H1.sub(lambda h1: _badges_of(h1[0]), raw, count=1) if "<h1" in raw.lower() else _badges_of(raw)
            if not re.search(r"[^\s<>/]", _WRAPPER.sub("", raw)):
                continue
            raw = f"{raw.rstrip()}\n\n"
        if last == first.start:
            texts[-1] += raw
        else:
            texts.append(raw)
        last = first.end
    return _whole("\n\n".join(piece.strip("\n") for piece in texts if piece.strip()), page)


def _edged(parts: list[Chunk]) -> list[Chunk]:
    """Without rules at both ends: a page draws its own."""
    while parts and all(block.kind == "rule" for block in parts[0]):
        parts = parts[1:]
    while parts and all(block.kind == "rule" for block in parts[-1]):
        parts = parts[:-1]
    return parts


def _badges_of(raw: str) -> str:
    """The links and images of a heading, side by side."""
    return " ".join(found[0] for found in _LINKED.finditer(raw))


def _whole(text: str, page: Page) -> str | None:
    text = _DEFINED.sub(lambda line: "" if _key(line[1]) in page.definitions else line[0], text)
    text = _linkable(text.strip("\n"))
    wanted = {_key(found[1]) for found in _REFERENCE.finditer(text)}
    lines = [line for key, line in page.definitions.items() if key in wanted]
    # An indented text at the start of a source loses its indent, and would no longer be code.
    begun = f"<!-- -->\n\n{text}" if text.startswith(("    ", "\t")) else text
    return "\n\n".join(filter(None, (begun, "\n".join(lines)))).strip() or None


def _key(label: str) -> str:
    return " ".join(label.split()).lower().upper()


def _linkable(text: str) -> str:
    """The text without links that no build would let pass: `www.` gets its scheme, others lose their brackets' meaning."""

    def fixed(match: re.Match[str]) -> str:
        url = match[1]
        broken = fault(url) if url else None
        if broken is None or broken.code in {"private-address", "empty-url"}:
            return match[0]
        whole = match[0]
        return whole.replace(url, f"https://{url}", 1) if broken.code == "missing-scheme" else f"] {whole[1:]}"

    return _DESTINATION.sub(fixed, text)
