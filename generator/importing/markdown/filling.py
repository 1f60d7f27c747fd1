"""What stands under a heading, block by block: entries, groups of entries, and text that introduces them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.importing.markdown.about import markdown_of, source_of
from generator.importing.markdown.blocks import Block
from generator.importing.markdown.inline import Token, has_link, links_of, plain
from generator.importing.markdown.items import entries_of_list, tokens_of
from generator.importing.markdown.labels import bracketed
from generator.importing.markdown.marks import Draft, without_images
from generator.importing.markdown.reading import read_item
from generator.importing.markdown.rows import entries_of_table
from generator.importing.markdown.tree import is_toc
from generator.importing.markdown.words import is_label
from generator.markdown import descriptions
from generator.markdown.text import heading, line_start

__all__ = ["Group", "entry_like", "fill", "paragraph"]

_LEAD = re.compile(r"\s*(?:\[[ xX]\]\s+)?(?:\d{1,4}[.)]\s+|#\d+\s+)?(?:[\W_]|(?<=[\[(])[^\])]{1,30}(?=[\])]))*$")
_FOLLOWS = re.compile(r"\s*(?:[-–—:：|·•,，;(（\[/→.★]|$|[^\w\s]|\d|[A-ZА-Я])")
_TALK = (
    "see ", "for ", "this ", "these ", "please ", "the ", "check ", "visit ", "read ", "more ", "inspired", "maintained", "if ",
    "you ", "also ", "image: ",
)  # fmt: skip
_COLON = re.compile(r"[:：]\s*$")


@dataclass(slots=True)
class Group:
    """A section under way: its title, what introduces it, its entries, then its groups."""

    title: str = ""
    intro: list[tuple[str, int]] = field(default_factory=list)
    entries: list[Draft] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    start: int = 0
    line: int = 0
    first: int = -1
    """Where the first and the last block with an entry begin and end, -1 where there is none."""
    last: int = -1
    left: list[tuple[str, str]] = field(default_factory=list)
    moved: list[tuple[int, int]] = field(default_factory=list)
    """Line and offset of texts that stood between entries."""
    own_first: int = -1
    own_last: int = -1

    def mark(self, block: Block) -> None:
        """Note that a block gave an entry."""
        self.first = block.start if self.first < 0 else min(self.first, block.start)
        self.last = max(self.last, block.end)


def fill(group: Group, blocks: list[Block], *, paragraphs: bool = True) -> None:
    """Read blocks into a group. `paragraphs`: whether one that begins with a link is an entry where no list is near."""
    listed = any(block.kind in {"list", "table"} and block.level == 0 and not is_toc(block) for block in blocks)
    _Filling(group, paragraphs=paragraphs and not listed).run(blocks)


class _Filling:
    def __init__(self, group: Group, *, paragraphs: bool) -> None:
        self._top = group
        self._group = group
        self._paragraphs = paragraphs
        self._above: Draft | None = None
        """The last entry of the block above: quotes and images below it are about it."""
        self._single = False
        """Whether it is the only one there: then paragraphs may be, too."""

    def run(self, blocks: list[Block]) -> None:
        for index, block in enumerate(blocks):
            following = next((other for other in blocks[index + 1 :] if other.kind not in {"rule", "comment"}), None)
            self._read(block, following)

    def _read(self, block: Block, following: Block | None, *, quoted: bool = False) -> None:
        if is_toc(block):
            self._top.left += [(url, "an icon that leads about the page") for url in images_of(block)]
            return
        if block.kind in {"rule", "comment", "cell"}:
            return
        match block.kind:
            case "list":
                drafts, groups = entries_of_list(block)
                self._add(block, drafts)
                for title, inner in groups:
                    found = Group(title, entries=inner, start=block.start, line=block.line)
                    for group in (found, self._group, self._top):
                        group.mark(block)
                    self._group.groups.append(found)
                self._above = drafts[-1] if drafts and not groups else None
                self._single = len(drafts) == 1 and len(block.children) == 1
            case "table":
                drafts = entries_of_table(block)
                self._add(block, drafts)
                self._above, self._single = (drafts[-1], len(drafts) == 1) if drafts else (None, False)
            case "quote":
                for child in block.children:
                    self._read(child, None, quoted=True)
            case "code":
                self._text([{"type": "codespan", "raw": " ".join(block.raw.split())}], block) if block.raw.strip() else None
            case "paragraph":
                self._paragraph(block, following, quoted=quoted)
            case _:
                return

    def _add(self, block: Block, drafts: list[Draft]) -> None:
        if drafts:
            self._top.mark(block)
            if self._group.groups:
                self._group = Group("More", start=block.start, line=block.line)
                self._top.groups.append(self._group)
            self._group.mark(block)
            self._group.entries += drafts

    def _paragraph(self, block: Block, following: Block | None, *, quoted: bool) -> None:
        if block.level < 0:
            return self._text(block.inline, block)
        drafts = paragraph(block, alone=self._paragraphs or quoted)
        if drafts:
            self._add(block, drafts)
            self._above, self._single = drafts[-1], True
            return None
        if (
            self._above is not None
            and (quoted or not has_link(block.inline))
            and self._belongs(block, following, quoted=quoted)
        ):
            kept = without_images(block.inline, self._above)
            self._above.about += [{"type": "stop"}, *kept] if kept else []
            self._top.mark(block)
            self._group.mark(block)
            return None
        label = _label(block, following)
        if label is not None and (self._group is not self._top or self._top.entries or self._top.groups or _bold(block)):
            self._group = Group(label, start=block.start, line=block.line)
            self._top.groups.append(self._group)
            self._above = None
            return None
        return self._text(_toned_down(block.inline) if _titling(block) else block.inline, block)

    def _belongs(self, block: Block, following: Block | None, *, quoted: bool) -> bool:
        """Whether text below a single entry is about it: quotes and images are, paragraphs where the next entry follows."""
        if quoted or not plain(block.inline):
            return True
        return (
            self._single
            and _label(block, following) is None
            and (following is None or following.kind != "list" or len(following.children) == 1)
        )

    def _text(self, tokens: list[Token], block: Block) -> None:
        shown = intro_of(tokens, self._top.left)
        if not shown:
            return
        self._above = None
        group = self._group
        if group.entries or group.groups:
            self._top.moved.append((block.line, block.start))
        group.intro.append((shown, block.start))


def intro_of(tokens: list[Token], left: list[tuple[str, str]]) -> str:
    """A paragraph of a section's description, in the form its page shows; "" where nothing is left of it."""
    holder = Draft()
    pictures = [token for token in tokens if token["type"] == "image"]
    rest = [token for token in without_images(tokens, holder) if not token.get("badge")]
    holder.links += [(plain([token]), str(token["attrs"]["url"])) for token in links_of(tokens) if token.get("badge")]
    left += holder.left
    kept: list[Token] = []
    for token in rest:
        inner = token.get("children", [])
        if token["type"] in {"break", "stop"}:
            kept.append({"type": "text", "raw": " "})
        elif token["type"] in {"anchor", "empty"}:
            kept += [{"type": "text", "raw": plain(inner)}]
        elif token["type"] == "other":
            shown = plain(inner)
            kept.append({"type": "text", "raw": f"{shown} ({token['raw']})" if shown != token["raw"] else shown})
        elif token["type"] == "struck":
            kept.append({"type": "text", "raw": f"~~{plain(inner)}~~"})
        else:
            kept.append(token)
    for label, url in holder.links:
        name = next((str(picture["alt"]) for picture in pictures if picture["attrs"]["url"] == url), label) or "image"
        link = {"type": "link", "attrs": {"url": url}, "children": [{"type": "text", "raw": name}]}
        kept += [{"type": "text", "raw": " Image: "}, link]
    shown = line_start(markdown_of(kept))
    return shown if re.search(r"\w", shown) else ""


def described(intro: list[str]) -> str | None:
    """The description of a section, of its paragraphs."""
    text = "\n\n".join(intro)
    bare = source_of(text)
    return (bare if descriptions.blocks(bare) == intro else text) or None


def _bold(block: Block) -> bool:
    said = [token for token in block.inline if re.search(r"\w", plain([token]))]
    return len(said) == 1 and said[0]["type"] == "strong" and not has_link(block.inline)


def _begins(block: Block) -> bool:
    """Whether a block begins with an entry."""
    if block.kind == "quote":
        return bool(block.children) and _begins(block.children[0])
    return block.kind in {"list", "table"} or (block.kind == "paragraph" and entry_like(block.inline, alone=True))


def _label(block: Block, following: Block | None) -> str | None:
    """The title that a paragraph gives to the list below it; None where it is text."""
    if following is None or is_toc(following) or not _begins(following):
        return None
    shown = plain(block.inline)
    return heading(_COLON.sub("", shown).strip(" *_"))[0] if _titling(block) else None


def _titling(block: Block) -> bool:
    """Whether a paragraph has the form of a title: bold and short, or a few words with a colon."""
    shown = plain(block.inline)
    if has_link(block.inline) or any(token["type"] == "image" for token in block.inline) or not re.search(r"\w", shown):
        return False
    words = len(shown.split())
    return (_bold(block) and words <= 10) or (bool(_COLON.search(shown)) and words <= 4)


def _toned_down(tokens: list[Token]) -> list[Token]:
    """A title that stands over nothing as plain text: before a list it would be taken for the list's."""
    return [{"type": "text", "raw": _COLON.sub("", plain(tokens))}]


def paragraph(block: Block, *, alone: bool) -> list[Draft]:
    """The entries of a paragraph: one, one a line, or none."""
    lines = _lines(block.inline)
    like = [entry_like(line, alone=alone) for line in lines]
    if len(lines) > 1 and all(like):
        return [draft for line in lines if (draft := read_item(line, block.line))]
    if like and (like[0] or entry_like(block.inline, alone=alone)):
        draft = read_item(tokens_of(block), block.line)
        return [draft] if draft else []
    return []


def _lines(tokens: list[Token]) -> list[list[Token]]:
    lines: list[list[Token]] = [[]]
    for token in tokens:
        if token["type"] == "break":
            # An image on a line of its own goes with the line below it.
            if plain(lines[-1]) or has_link(lines[-1]):
                lines.append([])
        else:
            lines[-1].append(token)
    if len(lines) > 1 and not plain(lines[-1]) and not has_link(lines[-1]):
        lines[-2:] = [lines[-2] + lines[-1]]
    return [line for line in lines if plain(line) or has_link(line)]


def entry_like(tokens: list[Token], *, alone: bool) -> bool:
    """Whether a line is an entry without its bullet. `alone`: no list is near, so one that begins with a link is."""
    links = [index for index, token in enumerate(tokens) if token["type"] == "link" and not token.get("badge")]
    if not links:
        return False
    if any(bracketed(tokens, index) for index in links):
        return True
    first = links[0]
    lead = tokens[:first]
    said = [token for token in lead if re.search(r"\w", plain([token]))]
    if said and said[0]["type"] == "strong" and alone and not plain(said[:1]).endswith((":", "：")):
        return True
    if not alone:
        return False
    text = plain(lead)
    after = str(tokens[first + 1].get("raw", "")) if first + 1 < len(tokens) else ""
    if _LEAD.match(text) and not re.search(r"[^\W_]{2}", re.sub(r"[\[(【][^\])】]*[\])】]", "", text)):
        return bool(_FOLLOWS.match(after))
    last = tokens[links[-1]]
    ends = not re.search(r"\w", plain(tokens[links[-1] + 1 :]))
    named = is_label(plain([last])) or plain([last]) == last["attrs"]["url"]
    return ends and len(text) < 250 and named and not text.lower().startswith(_TALK)


def images_of(block: Block) -> Iterator[str]:
    """The images in a block."""
    for tokens in (block.inline, *(cell for row in block.rows for cell in row)):
        yield from (str(token["attrs"]["url"]) for token in tokens if token["type"] == "image")
    for child in block.children:
        yield from images_of(child)


def linked(block: Block) -> bool:
    """Whether a link of the web stands anywhere in a block."""
    return (
        has_link(block.inline)
        or any(any(links_of(cell)) for row in block.rows for cell in row)
        or any(map(linked, block.children))
    )
