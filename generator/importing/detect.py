"""Files that others' lists lie in, read and recognised: what is in them as topics, or why it isn't read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.importing.csl import is_csl, read_csl, values
from generator.importing.imported import Imported
from generator.importing.others import is_best_of, is_hecat, read_best_of, read_hecat
from generator.problems import Place, Problem, Severity, quoted
from generator.publishing.pages import is_moved, is_rendered
from generator.sources.catalogue.ids import slug
from generator.sources.files import decoded, shown

__all__ = ["Foreign", "foreign"]

_MARKDOWN = frozenset((".md", ".markdown", ".mkd", ".mdown"))
_DATA = frozenset((".json", ".yaml", ".yml"))
_RST = re.compile(r"^(?:\.\. [\w-]+::|[=~^\"'`#*+-]{4,}\n[^\n]+\n[=~^\"'`#*+-]{4,}$|`[^`\n]+ <[^>\n]+>`_)", re.MULTILINE)
_INDEX = re.compile(r"<!-- rendered from [^\n]*/ by Listkeeper")
_NAMELESS = frozenset(("readme", "index"))


@dataclass(frozen=True, slots=True)
class Foreign:
    """One source with what was made of it. `page`: whether it is a page, whose links are counted as a reader would."""

    path: str
    text: str
    imported: Imported
    page: bool = True


def foreign(paths: tuple[Path, ...]) -> tuple[list[Foreign], list[Problem]]:
    """Everything that these files and folders hold, in order; a file that can't be read is a problem, the others are there."""
    found: list[Foreign] = []
    problems: list[Problem] = []
    for path in paths:
        before = len(found)
        for each in _inside(path) if path.is_dir() else [path]:
            one = _folder(each) if each.is_dir() else _file(each)
            if isinstance(one, Problem):
                problems.append(one)
            elif one is not None:
                found.append(one)
        if path.is_dir() and len(found) == before and not problems:
            problems.append(
                _refused(path, f"no list was found in {shown(path)}/", "name a Markdown file, or a folder that holds some")
            )
    return found, problems


def _inside(path: Path) -> Iterator[Path]:
    """The lists of a folder: itself if it is another manager's, else its Markdown files and bibliographies."""
    if (path / "software").is_dir() and any((path / "software").glob("*.y*ml")):
        yield path
        return
    for each in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") or part == "node_modules" for part in each.relative_to(path).parts)
        if each.is_file() and not hidden and each.suffix.lower() in {*_MARKDOWN, ".bib"}:
            yield each


def _refused(path: Path, message: str, hint: str = "") -> Problem:
    return Problem("foreign-format", Severity.ERROR, message, Place(shown(path)), hint)


def _text(path: Path) -> str | Problem:
    try:
        return decoded(path.read_bytes())
    except OSError as error:
        return Problem("unreadable-file", Severity.ERROR, f"{shown(path)} can't be read: {error.strerror}", Place(shown(path)))


def _file(path: Path) -> Foreign | Problem | None:
    kind = path.suffix.lower()
    text = _text(path)
    if isinstance(text, Problem):
        return text
    name = _name(path)
    if kind == ".rst" or (kind not in {*_MARKDOWN, *_DATA, ".bib"} and _RST.search(text)):
        stem = path.with_suffix("").name
        hint = f"turn it into Markdown first: pandoc -f rst -t gfm {path.name} -o {stem}.md"
        return _refused(path, f"{shown(path)} is reStructuredText, which isn't read", hint)
    if kind in _MARKDOWN:
        from generator.importing.markdown import read_page

        if is_moved(text) or (is_rendered(text) and _INDEX.match(text.removeprefix("\ufeff"))):
            return None
        return Foreign(shown(path), text, read_page(text, shown(path), name=slug(name)))
    if kind == ".bib":
        from generator.importing.bibtex import read_bibtex

        return Foreign(shown(path), text, read_bibtex(text, shown(path), name), page=False)
    if kind in _DATA:
        return _data(path, text, name)
    hint = "Markdown (.md), BibTeX (.bib), CSL (.json, .yaml), hecat's folder and best-of's projects.yaml are"
    return _refused(path, f"{shown(path)}: files of this kind ({quoted(kind or path.name)}) aren't read", hint)


def _name(path: Path) -> str:
    """A file's own name, the folder's where it has none."""
    return "" if path.stem.casefold() in _NAMELESS else path.stem


def _data(path: Path, text: str, name: str) -> Foreign | Problem:
    found, why = values(text)
    if why:
        return _refused(path, f"{shown(path)} can't be read: {why}")
    where = shown(path)
    if is_best_of(found):
        folder = path.absolute().parent.name
        return Foreign(where, text, read_best_of(found, where, folder if name == "projects" else name), page=False)
    if is_csl(found):
        return Foreign(where, text, read_csl(found, where, name), page=False)
    hint = "CSL needs items with id and title; best-of's file has projects:; our own topics are copied as they are"
    return _refused(path, f"{where} is neither a CSL bibliography nor best-of's projects.yaml", hint)


def _folder(path: Path) -> Foreign | Problem:
    """awesome-selfhosted's data: software/*.yml, tags/*.yml."""
    files = {shown(each): _values(each) for each in sorted((path / "software").glob("*.y*ml"))}
    tags = [found for each in sorted((path / "tags").glob("*.y*ml")) if isinstance(found := _values(each), dict)]
    good = {name: found for name, found in files.items() if isinstance(found, dict) and is_hecat(found)}
    texts = [text for each in sorted((path / "software").glob("*.y*ml")) if isinstance(text := _text(each), str)]
    imported = read_hecat(good, tags, shown(path), path.absolute().name)
    if not good:
        return _refused(path, f"{shown(path)}/software holds no entries with name and website_url")
    return Foreign(shown(path), "\n".join(texts), imported, page=False)


def _values(path: Path) -> object:
    text = _text(path)
    return None if isinstance(text, Problem) else values(text)[0]
