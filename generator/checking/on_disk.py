"""Prove relative links and `#anchors` of pages on disk, as GitHub resolves them. Nothing outside the root is looked at."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import Enum
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from generator.checking.page_anchors import PageAnchors, anchors_of
from generator.checking.page_links import Kind, PageError, text_of
from generator.sources.files import shown
from linkcheck.model import Link, Outcome, Settled
from linkcheck.urls import relative

__all__ = ["Disk", "prove"]

_ROUTES = (".md", ".mdx", ".markdown", ".html", ".htm", ".rst", ".adoc", ".ipynb", ".qmd")
"""What sites make pages of, whose addresses have another end or none."""
_PAGES = (".html", ".htm", "")
_PLACEHOLDER = re.compile(r"\{\{|\{%|<%|\$\{|\}\}|^\$|^\{")
_LINES = re.compile(r"L(\d+)(?:C\d+)?(?:-L?(\d+)(?:C\d+)?)?")
_ROUTE = re.compile(r"[/!?]|:~:|[^=]{1,40}=")
_FRONT_MATTER = re.compile(r"(?:---|\+\+\+)[ \t]*\r?\n")
_READMES = ("readme.md", "readme.markdown", "readme", "readme.rst", "readme.txt", "readme.adoc", "readme.org")
_LARGEST = 5 * 1024 * 1024
_MOST_NAMES = 2000


class _Found(Enum):
    FILE = "file"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class _Root:
    """The folder that a page's links may not leave, resolved. `is_repository`: `/x` begins there."""

    path: Path
    is_repository: bool


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a link leads: a path from the root ("" is the root), and its fragment."""

    root: Path
    path: str
    fragment: str


class Disk:
    """What was seen of files and folders, each looked at once."""

    def __init__(self, cwd: Path) -> None:
        self._cwd = cwd.resolve()
        self._names: dict[Path, frozenset[str]] = {}
        self._texts: dict[Path, tuple[str, Kind] | None] = {}
        self._anchors: dict[Path, PageAnchors] = {}
        self._roots: dict[Path, _Root] = {}

    def root(self, folder: Path) -> _Root:
        """The repository around a folder; else the current folder if it is inside, else the folder itself."""
        if folder not in self._roots:
            top = next((one for one in (folder, *folder.parents) if os.path.lexists(one / ".git")), None)
            inside = folder == self._cwd or self._cwd in folder.parents
            self._roots[folder] = _Root(top or (self._cwd if inside else folder), is_repository=top is not None)
        return self._roots[folder]

    def names(self, folder: Path) -> frozenset[str]:
        """The names in a folder, without git's own; none if it can't be read."""
        if folder not in self._names:
            try:
                self._names[folder] = frozenset(one.name for one in folder.iterdir()) - {".git"}
            except OSError:
                self._names[folder] = frozenset()
        return self._names[folder]

    def text(self, path: Path) -> tuple[str, Kind] | None:
        """A file's text and kind; None for one that is too large, isn't text, or can't be read."""
        if path not in self._texts:
            self._texts[path] = _read(path)
        return self._texts[path]

    def anchors(self, path: Path) -> PageAnchors | None:
        """The anchors of a Markdown or HTML file; None for any other."""
        found = self.text(path)
        if found is None or found[1] not in {Kind.MARKDOWN, Kind.HTML, Kind.BOOKMARKS}:
            return None
        if path not in self._anchors:
            self._anchors[path] = anchors_of(*found)
        return self._anchors[path]


def _read(path: Path) -> tuple[str, Kind] | None:
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        data = path.read_bytes()
        return None if b"\0" in data[:8000] and data[:2] not in {b"\xff\xfe", b"\xfe\xff"} else text_of(data, path.name)
    except (OSError, PageError):
        return None


def prove(links: Sequence[Link], pages: Sequence[Path], disk: Disk) -> Iterator[Link]:
    """The links, those to files and anchors beside the pages with what the disk says of them.

    Links that lead to one place have one URL, that of the first; where pages write one text for two places, the path tells them apart.
    """
    by_name = {shown(page): page for page in pages}
    settled: dict[object, tuple[str, Settled]] = {}
    taken: dict[str, object] = {}
    for link in links:
        page = by_name.get(link.place.path)
        if page is None or link.settled is not None or not relative(link.url):
            yield link
            continue
        where = page.parent.resolve() / page.name
        root = disk.root(where.parent)
        target, why = _target(link.url, where, root)
        key = target or (where.parent, link.url)
        if key not in settled:
            url = link.url if taken.setdefault(link.url, key) == key else _name(target, where.parent / link.url)
            settled[key] = url, _Proof(disk, root.path, where).of(target, link.url) if target else _unchecked(why)
        url, found = settled[key]
        yield replace(link, url=url, settled=found)


def _name(target: _Target | None, written: Path) -> str:
    """A place by its path from the current folder."""
    if target is None:
        return shown(written)
    path = shown(target.root / target.path) if target.path else shown(target.root)
    return f"{path}#{target.fragment}" if target.fragment else path


def _target(url: str, page: Path, root: _Root) -> tuple[_Target | None, str]:
    """Where a relative link leads, or why that can't be known. Dots are resolved before anything is looked at, as browsers do."""
    if _PLACEHOLDER.search(unquote(url, errors="replace")):
        return None, "it has a placeholder that a program fills in"
    before, _, fragment = url.partition("#")
    path = unquote(before.partition("?")[0], errors="replace")
    fragment = unquote(fragment, errors="replace")
    if page.suffix.lower() in {".html", ".htm", ".xhtml"}:
        path = path.replace("\\", "/")
    if "\0" in path:
        return None, "no path has a NUL character"
    here = page.relative_to(root.path).parts
    if not path:
        return _Target(root.path, "/".join(here), fragment), ""
    if path.startswith("/") and not root.is_repository:
        return None, "it begins at the root of a site, and the page is in no git repository"
    parts = [] if path.startswith("/") else list(here[:-1])
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None, f"it leads outside {'the repository' if root.is_repository else 'the folder'}"
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return _Target(root.path, "/".join(parts), fragment), ""


class _Proof:
    """What the disk says of the targets of one page."""

    def __init__(self, disk: Disk, root: Path, page: Path) -> None:
        self._disk = disk
        self._root = root
        self._page = page

    def of(self, target: _Target, written: str) -> Settled:
        """The verdict on a target; `written` is the link as the page has it."""
        at = self._root
        parts = PurePosixPath(target.path).parts if target.path else ()
        for number, part in enumerate(parts):
            if part not in self._disk.names(at):
                return self._missing(at, parts, number, written)
            at = at / part
            if at.is_symlink() and not _inside(at, self._root):
                return _unchecked(f"{_quoted(part)} is a symbolic link that leads outside")
        try:
            found = _Found.FOLDER if at.is_dir() else _Found.FILE if at.exists() else None
        except OSError:
            found = None
        if found is None:
            return _dead("no-file", f"{_quoted(target.path)} is a symbolic link to nothing")
        if found is _Found.FILE and written.partition("#")[0].partition("?")[0].endswith("/"):
            return _dead("no-file", f"{_quoted(target.path)} is a file, not a folder")
        if not target.fragment:
            return Settled(Outcome.ALIVE, "on-disk", f"the {found.value} is there")
        if found is _Found.FOLDER:
            shown_there = self._index(at)
            if shown_there is None:
                return _unchecked(f"the folder has no page that could have #{target.fragment}", fragment="unknown")
            at = shown_there
        return self._anchor(at, target.fragment, written)

    def _missing(self, folder: Path, parts: Sequence[str], number: int, written: str) -> Settled:
        """The verdict where a name isn't in its folder: other case, a page that a site makes, or nothing."""
        name, names = parts[number], self._disk.names(folder)
        whole = "/".join(parts)
        same = next((one for one in sorted(names) if one.casefold() == name.casefold()), None)
        if same is not None:
            return _dead("no-file", f"{_quoted(whole)} is not there; {_quoted(same)} is, and names are compared with case")
        if number == len(parts) - 1 and (made_of := _source_of(name, names)):
            return _unchecked(f"it may be a page that a site makes of {_quoted(made_of)}")
        if written.startswith("/") and self._is_of_a_site(parts):
            return _unchecked("it begins at the root of a site, which may be another folder")
        near = get_close_matches(name, sorted(names)[:_MOST_NAMES], 1, 0.8)
        hint = f"; did you mean {_quoted(near[0])}?" if near else ""
        if not hint and "/" not in written and re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|edu)", name):
            hint = "; if a web page is meant, write https:// before it"
        return _dead("no-file", f"{_quoted(whole)} is not there{hint}")

    def _is_of_a_site(self, parts: Sequence[str]) -> bool:
        """Whether `/x` on this page is no path of the repository: the page is HTML or has front matter, or a folder around it has it."""
        text = self._disk.text(self._page)
        if text is not None and (text[1] is not Kind.MARKDOWN or _FRONT_MATTER.match(text[0])):
            return True
        folders = self._page.relative_to(self._root).parts[:-1]
        return any(parts[0] in self._disk.names(self._root.joinpath(*folders[:end])) for end in range(1, len(folders) + 1))

    def _index(self, folder: Path) -> Path | None:
        """The page that is shown for a folder: its README on GitHub, index.html beside an HTML page."""
        names = {name.casefold(): name for name in sorted(self._disk.names(folder), reverse=True)}
        wanted = _READMES if self._page.suffix.lower() not in {".html", ".htm"} else ("index.html", "index.htm")
        found = next((names[name] for name in wanted if name in names), None)
        return folder / found if found and _inside(folder / found, self._root) else None

    def _anchor(self, path: Path, fragment: str, written: str) -> Settled:
        if fragment.lower() == "top":
            return Settled(Outcome.ALIVE, "on-disk", "every page has a top", "found")
        anchors = self._disk.anchors(path)
        lines = _LINES.fullmatch(fragment)
        if anchors is not None and not (lines and "plain=1" in written):
            raw = written.partition("#")[2]
            if anchors.has(fragment) or anchors.has(raw) or (fragment.lower() == "readme" and path.stem.lower() == "readme"):
                return Settled(Outcome.ALIVE, "on-disk", "the page has this anchor", "found")
            if anchors.scripts or lines or _ROUTE.match(fragment):
                return _unchecked(f"the page is there; whether it shows #{fragment} can't be read from it", fragment="unknown")
            near = get_close_matches(fragment.lower(), sorted(anchors.names)[:_MOST_NAMES], 1, 0.8)
            hint = f"; did you mean #{near[0]}?" if near else ""
            return _dead("no-anchor", f"{_quoted(path.name)} has no anchor #{fragment}{hint}", fragment="missing")
        text = self._disk.text(path)
        if lines and text is not None:
            count = text[0].count("\n") + (not text[0].endswith("\n"))
            if max(int(number) for number in lines.groups() if number) <= count:
                return Settled(Outcome.ALIVE, "on-disk", "the file has these lines", "found")
            return _dead("no-anchor", f"{_quoted(path.name)} has {count:,} lines", fragment="missing")
        return _unchecked(
            f"the file is there; the anchors of such files ({path.suffix or path.name}) aren't read", fragment="unknown"
        )


def _source_of(name: str, names: frozenset[str]) -> str | None:
    """The file of which a site makes the page `name`: `guide` or `guide.html` of `guide.md`."""
    path = PurePosixPath(name)
    if path.suffix.lower() not in _PAGES:
        return None
    wanted = {f"{path.stem}{one}".casefold() for one in _ROUTES} - {name.casefold()}
    return next((one for one in sorted(names) if one.casefold() in wanted), None)


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _quoted(text: str) -> str:
    return f'"{text}"'


def _dead(rule: str, reason: str, *, fragment: str | None = None) -> Settled:
    return Settled(Outcome.DEAD, rule, reason, fragment)


def _unchecked(reason: str, *, fragment: str | None = None) -> Settled:
    return Settled(Outcome.UNCHECKED, "not-provable", reason, fragment)
