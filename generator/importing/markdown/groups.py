"""The tree of a page's parts as groups of entries, in the order of the page."""

from __future__ import annotations

from itertools import takewhile

from generator.importing.markdown.blocks import Block
from generator.importing.markdown.filling import Group, fill, linked, paragraph
from generator.importing.markdown.headed import entry_of, has_row, is_remark
from generator.importing.markdown.inline import has_link, links_of, plain
from generator.importing.markdown.marks import Draft, without_images
from generator.importing.markdown.reading import read_item
from generator.importing.markdown.tree import Part
from generator.importing.markdown.words import is_housekeeping, is_label

__all__ = ["group_of"]

_MORE = "More"


def group_of(root: Part) -> Group:
    """All groups below the page's title."""
    rows = sum(has_row(part) or (not part.box and entry_of(part) is not None) for part in _walk(root)) > 1
    group = _group(root, rows=rows, top=True)
    return _bounded(group)


def _walk(part: Part) -> list[Part]:
    return [part, *(inner for each in part.parts for inner in _walk(each))]


def _group(part: Part, *, rows: bool, top: bool = False) -> Group:
    group = Group(part.title, start=part.start, line=part.line)
    if not top:
        _title_links(group, part)
    held: list[Block] = []
    begun = False
    banners = _banners(part) if top else []
    read = {id(each): None if top and is_housekeeping(each.title) else _drafts(each, rows=rows) for each in part.parts}
    sectioned = _sectioned(part, read)
    for each in part.content:
        if any(each is banner for banner in banners):
            continue
        if isinstance(each, Block):
            held.append(each)
            continue
        _flush(
            group, _without_presentation(part, held) if top and not begun else held, begun=begun, top=top, alone=not part.parts
        )
        begun, held = True, []
        drafts = read[id(each)]
        if drafts is None:
            group.groups.append(_group(each, rows=rows))
            continue
        if sectioned and not each.box and not has_link(each.inline):
            alone = Group(each.title, start=each.start, line=each.line, entries=drafts, first=each.start, last=_end(each))
            group.groups.append(alone)
            continue
        holder = _rest(group, each) if each.box else _deepest(group)
        holder.entries += drafts
        holder.first = each.start if holder.first < 0 else holder.first
        holder.last = max(holder.last, _end(each))
    _flush(group, held, begun=begun, top=top, alone=not part.parts)
    return group


def _banners(root: Part) -> list[Part]:
    """Headings that stand first and are deeper than the sections: of sponsors, say. A page's header holds them."""
    highest = min((part.level for part in root.parts), default=0)
    leading = list(takewhile(lambda part: part.level > highest and not part.box, root.parts))
    if any(map(_listing, root.blocks)) or not all(map(_plainly, leading)):
        return []
    return leading if any(map(_linked_below, root.parts[len(leading) :])) else []


def _plainly(part: Part) -> bool:
    """Whether there are no lists of links in a part."""
    return not any(linked(block) and block.kind in {"list", "table"} for block in part.blocks) and all(
        map(_plainly, part.parts)
    )


def _without_presentation(root: Part, blocks: list[Block]) -> list[Block]:
    """The blocks before the first section without lists that have no link: where the sections have some, those present the list."""
    if any(map(_listing, blocks)) or not any(_linked_below(part) for part in root.parts):
        return blocks
    return [block for block in blocks if block.kind not in {"list", "table"} or linked(block)]


def _listing(block: Block, *, quoted: bool = False) -> bool:
    """Whether a block before the sections gives entries."""
    if block.kind == "quote":
        return any(_listing(child, quoted=True) for child in block.children)
    return linked(block) and (block.kind in {"list", "table"} or bool(paragraph(block, alone=quoted)))


def _linked_below(part: Part) -> bool:
    return any(map(linked, part.blocks)) or any(map(_linked_below, part.parts))


def _drafts(part: Part, *, rows: bool) -> list[Draft] | None:
    """The entries of a part that is one, and of parts below it that are, too (where levels were skipped); None for a section."""
    parts = [child for child in part.parts if not is_remark(child)]
    inner = [_drafts(child, rows=rows) for child in parts]
    if any(found is None for found in inner) or (parts and not part.blocks):
        return None
    own = entry_of(part, rows=rows)
    return None if own is None else [own, *(draft for found in inner if found for draft in found)]


def _flush(group: Group, blocks: list[Block], *, begun: bool, top: bool, alone: bool) -> None:
    """Read the blocks between two parts; entries behind a box that is closed get a group of their own, so that order stays."""
    blocks = [block for block in blocks if block.kind != "heading"]
    if not begun:
        fill(group, blocks, paragraphs=alone or not top)
        return
    more = Group(_MORE)
    fill(more, blocks, paragraphs=True)
    if more.entries or more.groups:
        more.start, more.line = more.first, blocks[0].line
        group.groups.append(more)
        return
    group.intro += more.intro
    group.moved += [(line, at) for line, at in more.moved] or [(block.line, block.start) for block in blocks[:1] if more.intro]
    group.left += more.left


def _title_links(group: Group, part: Part) -> None:
    """A heading that is a link, too: the link is the first entry below it."""
    holder = Draft(line=part.line)
    kept = without_images(part.inline, holder)
    group.left += holder.left
    for link in links_of(kept):
        draft = read_item([link], part.line) or Draft(plain([link]) or part.title, str(link["attrs"]["url"]))
        draft.title = draft.title if draft.title and not is_label(draft.title) else part.title
        draft.line = part.line
        group.entries.append(draft)
    for _, url in holder.links:
        group.entries.append(Draft(part.title, url, line=part.line))
    if group.entries:
        group.first, group.last = part.start, part.end


def _sectioned(parent: Part, read: dict[int, list[Draft] | None]) -> bool:
    """Whether half of the headings below one are sections, or more: then one that is an entry has a section of its own, too."""
    told = [read[id(part)] for part in parent.parts if not part.box and (read[id(part)] or _linked_below(part))]
    return 0 < len(told) <= sum(drafts is None for drafts in told) * 2


def _deepest(group: Group) -> Group:
    while group.groups:
        group = group.groups[-1]
    return group


def _rest(group: Group, part: Part) -> Group:
    """Where a box goes that is an entry: with its group, in a part of its own behind groups that are closed already."""
    if group.groups and (group.groups[-1].title != _MORE or group.groups[-1].groups):
        group.groups.append(Group(_MORE, start=part.start, line=part.line))
    return group.groups[-1] if group.groups else group


def _end(part: Part) -> int:
    return max([part.end, *(block.end for block in part.blocks), *map(_end, part.parts)])


def _bounded(group: Group) -> Group:
    """The same group, knowing where the entries of all under it begin and end."""
    group.own_first, group.own_last = group.first, group.last
    for inner in map(_bounded, group.groups):
        if inner.first >= 0:
            group.first = inner.first if group.first < 0 else min(group.first, inner.first)
        group.last = max(group.last, inner.last)
    return group
