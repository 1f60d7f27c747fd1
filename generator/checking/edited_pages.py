"""Find edits of rendered pages, and the place in the sources where each edit belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path

from generator.checking.since import Change, is_source
from generator.markdown.descriptions import blocks
from generator.markdown.text import destination, heading
from generator.problems import Place, Problem, Severity, counted
from generator.publishing.pages import index_block, is_rendered, render_pages, with_index
from generator.publishing.pages.entry import item, pointer
from generator.publishing.pages.outline import Outline, Pointer, outlines, page_name
from generator.publishing.pages.topic_page import reading_path
from generator.sources import git
from generator.sources.catalogue.model import Catalogue, Entry, Topic
from generator.sources.catalogue.names import former, resolved
from generator.sources.catalogue.parse import assemble
from generator.sources.files import shown, written
from generator.sources.loading import COLLECTION, Loaded

__all__ = ["edited_pages"]

_MAX_PROBLEMS = 20
_MAX_LINES = 20_000
_MAX_COMMITS = 20
"""Commits of the branch, the latest first, of which a page may be a build."""
_STEP = re.compile(r"\d+\. ")


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a line of a page comes from: its place in the sources, and its entry if it shows one."""

    place: Place
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class _Lines:
    """The sources of a page's lines: by the whole line, by its beginning, and entries by the URLs they show."""

    whole: Mapping[str, _Source]
    prefixes: tuple[tuple[str, _Source], ...]
    urls: Mapping[str, _Source]
    default: Place

    def source_of(self, line: str) -> _Source | None:
        """The source of a rendered line; None if it has none of its own."""
        if found := self.whole.get(line):
            return found
        return next((source for start, source in self.prefixes if line.startswith(start)), None)

    def by_url(self, line: str) -> _Source | None:
        """The entry whose URL a line shows, even if the rest of the line was edited."""
        return next((source for url, source in self.urls.items() if f"]({url})" in line), None)


def edited_pages(loaded: Loaded, since: Change) -> tuple[Problem, ...] | Problem:
    """A problem for each line of a rendered page that was edited by hand: the next build would undo the edit.

    A page that was only built, now or earlier on the branch, doesn't count as edited, nor does one that was removed.
    """
    wanted = _rendered_pages(loaded)
    changed = {path: before for path, before in since.files.items() if path in wanted}
    texts = git.read(since.base, [before for before in changed.values() if before])
    if isinstance(texts, Problem):
        return texts
    lines = _line_sources(loaded)
    history = _History(loaded, since)
    found: list[Problem] = []
    for path, before in sorted(changed.items()):
        old = texts.get(before or "", b"").decode("utf-8", "replace")
        try:
            now = Path(path).read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        readme = path not in lines
        if readme or is_rendered(old) or is_rendered(now):
            known = lines.get(path) or _index_lines(loaded)
            right = _Right.of([wanted[path]])
            edits = list(_edits(path, old, now, right, known))
            if edits:
                right = _Right.of([wanted[path], *history.renders(path)])
                edits = list(_edits(path, old, now, right, known))
            found += edits[:_MAX_PROBLEMS]
            if len(edits) > _MAX_PROBLEMS:
                message = f"{path} has {counted(len(edits) - _MAX_PROBLEMS, 'more such edit')}"
                found.append(
                    Problem("page-edited", Severity.ERROR, message, Place(path), "edit the sources instead of the page")
                )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Right:
    """The lines of a page as its sources give or gave it: those of any version, and those of all."""

    some: frozenset[str]
    all: frozenset[str]

    @classmethod
    def of(cls, versions: Sequence[str]) -> _Right:
        found = [frozenset(text.splitlines()) for text in versions]
        return cls(frozenset().union(*found), found[0].intersection(*found[1:]))


class _History:
    """The pages that the branch's commits would have rendered. Each commit is read once, and only where a page needs it."""

    def __init__(self, loaded: Loaded, since: Change) -> None:
        self._loaded = loaded
        self._since = since

    def renders(self, path: str) -> Iterator[str]:
        """The versions of a page that was built somewhere between the base and now."""
        return (pages[path] for pages in self._pages if path in pages)

    @cached_property
    def _pages(self) -> list[dict[str, str]]:
        base, folder = self._since.base, self._loaded.folder
        name = git.inner(base, folder)
        commits = () if name is None else git.commits_since(base, name)
        found = [self._at(replace(base, commit=commit), name or "") for commit in commits[:_MAX_COMMITS]]
        return [pages for pages in found if pages]

    def _at(self, at: git.Base, name: str) -> dict[str, str]:
        """The pages of a commit; none if its sources can't be read."""
        listed = git.listed(at, name)
        texts = listed if isinstance(listed, Problem) else git.read(at, [one for one in listed if is_source(one, name)])
        if isinstance(texts, Problem):
            return {}
        catalogue = assemble({one.rpartition("/")[2]: data for one, data in texts.items()}, today=date.min)[0]
        return _pages_of(catalogue, self._loaded.folder)


def _rendered_pages(loaded: Loaded) -> dict[str, str]:
    """Every page as the sources give it, by its path in reports; of the README only its block is rendered."""
    return _pages_of(loaded.catalogue, loaded.folder)


def _pages_of(catalogue: Catalogue, folder: Path) -> dict[str, str]:
    name = written(folder.absolute().name)
    pages = render_pages(catalogue, folder=name)
    wanted = {shown(folder.absolute() / Path(inner).relative_to(name)): text for inner, text in pages.items()}
    readme = folder.absolute().parent / "README.md"
    try:
        old = readme.read_bytes().decode("utf-8", "replace")
    except OSError:
        return wanted
    new = with_index(old, index_block(catalogue, name))
    return wanted if new is None else wanted | {shown(readme): new}


def _edits(path: str, old: str, now: str, right: _Right, lines: _Lines) -> Iterator[Problem]:
    """The edited, added and removed lines of a page."""
    before, after = old.splitlines(), now.splitlines()
    if max(len(before), len(after)) > _MAX_LINES:
        if set(after) - set(before) - right.some:
            yield _problem(path, 1, "was edited", lines.default, "make the same edit there")
        return
    for kind, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        taken = set[int]()
        for number in range(start, end):
            if not after[number].strip() or after[number] in right.some:
                continue
            # A step of the reading path has the URL of its entry, but its text is in `start`.
            source = None if _STEP.match(after[number]) else lines.by_url(after[number])
            pair = first + number - start
            if source is None and pair < last and pair not in taken:
                source = lines.source_of(before[pair])
            if source is None and kind == "replace" and last - first == 1:
                source = lines.source_of(before[first])
            if pair < last:
                taken.add(pair)
            yield _changed(path, number + 1, source, after, lines)
        for number in range(first + max(end - start, 0), last):
            if before[number].strip() and before[number] in right.all and before[number] not in after:
                yield _removed(path, min(start + 1, max(len(after), 1)), lines.source_of(before[number]), lines)


def _changed(path: str, line: int, source: _Source | None, after: list[str], lines: _Lines) -> Problem:
    if source is not None:
        return _problem(path, line, "was edited", source.place, "edit there", source.entry)
    above = next((known for number in range(line - 2, -1, -1) if (known := lines.source_of(after[number]))), None)
    if above is not None and above.entry is not None and after[line - 1].lstrip().startswith(("-", "*", "+")):
        return _problem(path, line, "was added", above.place, "add an entry after the one there", above.entry)
    return _problem(path, line, "was edited", above.place if above else lines.default, "make the same edit there")


def _removed(path: str, line: int, source: _Source | None, lines: _Lines) -> Problem:
    entry = source.entry if source else None
    advice = "remove the entry there" if entry else "make the same edit there"
    return _problem(path, line, "was removed", source.place if source else lines.default, advice, entry)


def _problem(path: str, line: int, what: str, source: Place, advice: str, entry: Entry | None = None) -> Problem:
    where = f"{source.path}, line {source.line}" if source.line else source.path
    named = f" (entry {entry.id})" if entry else ""
    message = f"a line of {path} {what}, but the page is rendered from a source: the next build would undo it"
    hint = f"{advice}: {where}{named}; the page is rendered again after the merge"
    return Problem("page-edited", Severity.ERROR, message, Place(path, line, 0, entry.id if entry else None), hint)


def _line_sources(loaded: Loaded) -> dict[str, _Lines]:
    """For every page of a topic and the index, the sources of its lines."""
    found = {
        shown(loaded.folder.absolute() / f"{outline.topic.slug}.md"): _topic_lines(outline, pointers)
        for outline, pointers in outlines(resolved(loaded.catalogue))
    }
    for alias, topic in former(loaded.catalogue.topics).items():
        found[shown(loaded.folder.absolute() / f"{alias}.md")] = _Lines({}, (), {}, topic.places.get("aliases", topic.place))
    return found | {shown(loaded.folder.absolute() / "README.md"): _index_lines(loaded)}


def _topic_lines(outline: Outline, pointers: tuple[Pointer, ...]) -> _Lines:
    topic = outline.topic
    whole: dict[str, _Source] = {f"# {heading(topic.title)[1]}": _at(topic, "title")}
    for block in blocks(topic.description) if topic.description else ():
        whole.update(dict.fromkeys(block.splitlines(), _at(topic, "description")))
    sections = [section for top in topic.sections for section in top.walk()]
    for part in outline.parts:
        section = next((one for one in sections if heading(one.title)[1] == part.markdown), None)
        if section is not None:
            whole[f"{'#' * part.level} {part.markdown}"] = _Source(section.places.get("title", section.place))
            for block in blocks(section.description) if section.description else ():
                source = _Source(section.places.get("description", section.place))
                whole.update(dict.fromkeys(block.splitlines(), source))
    for index, line in enumerate(reading_path(outline.steps).splitlines()):
        whole[line] = _at(topic, f"start.{index}")
    urls: dict[str, _Source] = {}
    for entry, _ in outline.places():
        source = _Source(entry.place, entry)
        whole[item(entry)] = source
        for url in (entry.url, *(url for _, several in entry.links for url in several)):
            if target := destination(url or ""):
                urls.setdefault(target, source)
    prefixes = tuple((pointer(each.entry, "\0").partition("\0")[0], _Source(each.entry.place, each.entry)) for each in pointers)
    return _Lines(whole, prefixes, urls, topic.place)


def _index_lines(loaded: Loaded) -> _Lines:
    urls = {}
    for topic in loaded.catalogue.topics:
        for target in (page_name(topic.slug), f"{loaded.folder.absolute().name}/{page_name(topic.slug)}"):
            urls[target] = _at(topic, "description")
    return _Lines({}, (), urls, Place(shown(loaded.folder / COLLECTION)))


def _at(topic: Topic, name: str) -> _Source:
    return _Source(topic.places.get(name, topic.place))
