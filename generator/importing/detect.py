"""Files that others' lists lie in, read and recognised: what is in them as topics, or why it isn't read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.importing.csl import is_csl, read_csl, values
from generator.importing.data_table import Row, csv_rows, example, guessed, read_table, rows_of
from generator.importing.imported import Imported
from generator.importing.others import is_best_of, is_hecat, read_best_of, read_hecat
from generator.problems import Place, Problem, Severity, quoted
from generator.publishing.pages import is_moved
from generator.sources.catalogue.ids import slug
from generator.sources.files import decoded, shown

__all__ = ["ReadSource", "page_text", "read_sources"]

_MARKDOWN = frozenset((".md", ".markdown", ".mkd", ".mdown"))
_DATA = frozenset((".json", ".yaml", ".yml"))
_TABLES = frozenset((".csv", ".tsv"))
_RST = re.compile(r"^(?:\.\. [\w-]+::|[=~^\"'`#*+-]{4,}\n[^\n]+\n[=~^\"'`#*+-]{4,}$|`[^`\n]+ <[^>\n]+>`_)", re.MULTILINE)
_INDEX = re.compile(r"<!-- rendered from [^\n]*/ by Listkeeper")
_NAMELESS = frozenset(("readme", "index"))


@dataclass(frozen=True, slots=True)
class ReadSource:
    """One file or folder, and the topics read from it. `page`: whether it is a page, whose links are counted as a reader would."""

    path: str
    text: str
    imported: Imported
    page: bool = True


def read_sources(paths: tuple[Path, ...], mapping: Mapping[str, str] | None = None) -> tuple[list[ReadSource], list[Problem]]:
    """Everything that these files and folders hold, in order; a file that can't be read is a problem, the others are there."""
    found: list[ReadSource] = []
    problems: list[Problem] = []
    for path in paths:
        before = len(found)
        for each in _inside(path) if path.is_dir() else [path]:
            one = _folder(each) if each.is_dir() else _file(each, mapping or {})
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


def page_text(path: Path) -> str:
    """The text of a page; "" where it can't be read."""
    text = _text(path) if path.is_file() else ""
    return text if isinstance(text, str) else ""


def _file(path: Path, mapping: Mapping[str, str]) -> ReadSource | Problem | None:
    kind = path.suffix.lower()
    text = _text(path)
    if isinstance(text, Problem):
        return text
    name = _name(path)
    if kind == ".rst" or (kind not in {*_MARKDOWN, *_DATA, *_TABLES, ".bib"} and _RST.search(text)):
        stem = path.with_suffix("").name
        hint = f"turn it into Markdown first: pandoc -f rst -t gfm {path.name} -o {stem}.md"
        return _refused(path, f"{shown(path)} is reStructuredText, which isn't read", hint)
    if kind in _MARKDOWN:
        from generator.importing.topic import read_page

        if is_moved(text):
            return None
        imported = read_page(text, shown(path), name=slug(name))
        if _INDEX.match(text.removeprefix("\ufeff")) and not any(entry.url for entry in imported.topics[0].walk()):
            return None
        return ReadSource(shown(path), text, imported)
    if kind == ".bib":
        from generator.importing.bibtex import read_bibtex

        return ReadSource(shown(path), text, read_bibtex(text, shown(path), name), page=False)
    if kind in _TABLES:
        return _table(path, csv_rows(text), mapping, name)
    if kind in _DATA:
        return _data(path, text, mapping, name)
    hint = "Markdown (.md), BibTeX (.bib), CSL (.json, .yaml), tables (.csv, .yaml, .json), hecat's folder and best-of's projects.yaml are"
    return _refused(path, f"{shown(path)}: files of this kind ({quoted(kind or path.name)}) aren't read", hint)


def _name(path: Path) -> str:
    """A file's own name, the folder's where it has none."""
    return "" if path.stem.casefold() in _NAMELESS else path.stem


def _table(path: Path, rows: list[Row], mapping: Mapping[str, str], name: str) -> ReadSource | Problem:
    """A table of entries; without a mapping where its columns have our fields' names."""
    columns = list(dict.fromkeys(column for _, row in rows for column in row))
    where = shown(path)
    if not columns:
        return _refused(
            path, f"{where} has no rows", "a table has the names of its columns in its first line, and an entry a row"
        )
    unknown = [column for column in mapping.values() if column not in columns]
    if unknown:
        hint = f"the columns are {', '.join(map(quoted, columns[:12]))}"
        return _refused(path, f"{where} has no column {quoted(unknown[0])}, which --map names", hint)
    known = mapping or guessed(columns)
    if not known:
        message = f"{where} is a table whose columns are not mapped to fields: {', '.join(map(quoted, columns[:12]))}"
        return _refused(path, message, f"say which is which: listkeeper import {path.name} --map {quoted(example(rows))}")
    cells = "\n".join(str(value) for _, row in rows for value in row.values())
    return ReadSource(where, cells, read_table(rows, known, where, name or path.absolute().parent.name), page=False)


def _data(path: Path, text: str, mapping: Mapping[str, str], name: str) -> ReadSource | Problem:
    found, why = values(text)
    if why:
        return _refused(path, f"{shown(path)} can't be read: {why}")
    where = shown(path)
    if is_best_of(found):
        folder = path.absolute().parent.name
        return ReadSource(where, text, read_best_of(found, where, folder if name == "projects" else name), page=False)
    if is_csl(found):
        return ReadSource(where, text, read_csl(found, where, name), page=False)
    if not is_topic(found) and (rows := rows_of(found)):
        return _table(path, rows, mapping, name)
    hint = "CSL needs items with id and title; best-of's file has projects:; a table is a list of mappings; our own topics are copied"
    return _refused(path, f"{where} is neither a CSL bibliography nor best-of's projects.yaml", hint)


def is_topic(found: object) -> bool:
    """Whether data is a topic of ours, which needs no import."""
    return isinstance(found, dict) and ("entries" in found or "sections" in found)


def _folder(path: Path) -> ReadSource | Problem:
    """awesome-selfhosted's data: software/*.yml, tags/*.yml."""
    files = {shown(each): _values(each) for each in sorted((path / "software").glob("*.y*ml"))}
    tags = [found for each in sorted((path / "tags").glob("*.y*ml")) if isinstance(found := _values(each), dict)]
    good = {name: found for name, found in files.items() if isinstance(found, dict) and is_hecat(found)}
    texts = [text for each in sorted((path / "software").glob("*.y*ml")) if isinstance(text := _text(each), str)]
    imported = read_hecat(good, tags, shown(path), path.absolute().name)
    if not good:
        return _refused(path, f"{shown(path)}/software holds no entries with name and website_url")
    return ReadSource(shown(path), "\n".join(texts), imported, page=False)


def _values(path: Path) -> object:
    text = _text(path)
    return None if isinstance(text, Problem) else values(text)[0]
