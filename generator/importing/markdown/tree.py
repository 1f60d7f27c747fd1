"""A page's blocks under their headings: a tree of parts, and the page's title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.importing.markdown.blocks import Block
from generator.importing.markdown.inline import Token, links_of, plain
from generator.importing.markdown.words import is_contents, is_counter
from generator.markdown.text import heading

__all__ = ["Part", "is_toc", "parts_of", "title_of"]

_BOX = 0.5
_COUNTS = re.compile(r"\s*\(\d+\)\s*$")
# In an HTML heading Markdown is text, as which no title means it.
_BADGE = re.compile(r"(?:\[!\[[^\]]*\]\([^()\s]*\)\]|!\[[^\]]*\])\([^()\s]*\)")
_RETURN = re.compile(
    r"[\W_]*(?:back to (?:the )?(?:top|index|contents|toc|table of contents)|top|toc|回到顶部|返回\S*|index)?[\W_]*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Part:
    """A heading, a box or a label with the blocks directly under it. `level` is that of HTML, plus a half in a box."""

    title: str = ""
    level: float = 0
    inline: list[Token] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    box: bool = False
    start: int = 0
    end: int = 0
    line: int = 0
    content: list[Block | Part] = field(default_factory=list)
    """Blocks and parts in the order in which they stand."""

    def add(self, block: Block) -> None:
        """Put a block under the heading."""
        self.blocks.append(block)
        self.content.append(block)


def title_of(inline: list[Token]) -> str:
    """A heading's own text: without images, counts, and links back to the top."""
    kept = [token for token in inline if not (token["type"] == "anchor" and _RETURN.fullmatch(plain([token])))]
    kept = [token for token in kept if not token.get("badge")]
    shown = plain([token for token in kept if not is_counter(plain([token]))]) or plain(kept)
    shown = _BADGE.sub("", shown).strip() or shown
    return heading(_COUNTS.sub("", shown) or shown)[0] if shown else ""


def parts_of(blocks: tuple[Block, ...]) -> tuple[str | None, Part]:
    """The page's title, None where it has none, and the root of its parts."""
    root = Part()
    title: str | None = None
    open_ = [root]
    only_h1 = [block for block in blocks if block.kind == "heading" and block.level == 1 and title_of(block.inline)]
    for block in blocks:
        if block.kind == "heading":
            shown = title_of(block.inline)
            if title is None and only_h1 and block is only_h1[0] and _bare(root, single=len(only_h1) == 1):
                title = shown
                # Headings before the title are of banners and sponsors: a page's header holds them.
                root.parts.clear()
                del open_[1:]
                root.content = [*root.blocks, block]
                continue
            if not shown:
                open_[-1].add(Block("paragraph", block.inline, line=block.line, start=block.start, end=block.end))
                continue
            while len(open_) > 1 and open_[-1].level >= block.level:
                open_.pop()
            _open(open_, Part(shown, block.level, block.inline, start=block.start, end=block.end, line=block.line))
        elif block.kind == "open":
            shown = title_of(block.inline)
            _open(
                open_,
                Part(shown, open_[-1].level + _BOX, block.inline, box=True, start=block.start, end=block.end, line=block.line),
            )
        elif block.kind == "close":
            boxes = [index for index, part in enumerate(open_) if part.box]
            if boxes:
                del open_[boxes[-1] :]
        else:
            open_[-1].add(block)
    return title, _lifted(root)


def _open(open_: list[Part], part: Part) -> None:
    open_[-1].parts.append(part)
    open_[-1].content.append(part)
    open_.append(part)


def _bare(root: Part, *, single: bool) -> bool:
    """Whether what stands before a heading of the first level leaves it the page's title. `single`: it is the only one."""
    if _listed(root) or (root.parts and not single):
        return False
    return all(_bare(part, single=True) for part in root.parts)


def _listed(root: Part) -> bool:
    return any(block.kind in {"list", "table"} and not is_toc(block) and _linked(block) for block in root.blocks)


def _linked(block: Block) -> bool:
    return (
        any(links_of(block.inline))
        or any(any(links_of(cell)) for row in block.rows for cell in row)
        or any(_linked(child) for child in block.children)
    )


def is_toc(block: Block) -> bool:
    """Whether a block only leads to anchors of the page: a table of contents, a way back to the top."""
    if not block.anchored or _linked(block):
        return False
    texts = _anchors(block)
    return any(anchor for _, anchor in texts) and all(anchor or not shown.strip() for shown, anchor in texts)


def _anchors(block: Block) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    if block.kind in {"paragraph", "heading"}:
        found.append(_anchored(block.inline))
    for row in block.rows:
        found += [_anchored(cell) for cell in row]
    for child in block.children:
        inner = _anchors(child)
        # A chapter of the contents may itself lead nowhere; its sections do.
        found += [pair for pair in inner if pair[1] or child.kind != "item" or not any(anchor for _, anchor in inner)]
    return [pair for pair in found if pair[0]] if block.kind in {"list", "item", "quote", "table"} else found


def _anchored(inline: list[Token]) -> tuple[str, bool]:
    if not any(token["type"] == "anchor" for token in inline):
        shown = plain(inline) or ("image" if any(token["type"] == "image" for token in inline) else "")
        return shown, False
    rest = plain([token for token in inline if token["type"] != "anchor"])
    rest = "" if is_counter(rest) else _COUNTS.sub("", rest)
    return plain(inline) or "^", not any(links_of(inline)) and not re.search(r"[^\W_]{2}", rest)


def _lifted(part: Part) -> Part:
    """The same tree, where the parts under a heading "Contents" stand in its place."""
    parts: list[Part] = []
    content: list[Block | Part] = []
    for each in part.content:
        if isinstance(each, Block):
            content.append(each)
            continue
        inner = _lifted(each)
        own = [block for block in inner.blocks if not is_toc(block) and block.kind not in {"rule", "comment"}]
        if is_contents(inner.title) and not any(map(_linked, own)):
            for block in own:
                block.level = -1
            lifted: list[Block | Part] = [*own, *inner.parts]
        else:
            lifted = [inner]
        content += lifted
        parts += [one for one in lifted if isinstance(one, Part)]
    part.parts, part.content = parts, content
    part.blocks = [each for each in content if isinstance(each, Block)]
    return part
