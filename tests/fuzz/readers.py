"""The readers of untrusted input, each as a function of bytes. Problems are results; an exception is a fault."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from generator.checking.page_links import PageError, read_page
from generator.importing import topic as importing
from generator.importing.bibtex import read_bibtex
from generator.importing.csl import is_csl, read_csl, values
from generator.importing.data_table import csv_rows, guessed, read_table, rows_of
from generator.importing.imported import Imported
from generator.importing.link_account import account, account_of_data
from generator.importing.others import is_best_of, is_hecat, read_best_of, read_hecat
from generator.importing.parsing import forget
from generator.publishing.pages import render_pages
from generator.reporting import FORMATS, render
from generator.reporting.reading import Unreadable, join_reports, read_report
from generator.sources.catalogue.parse import assemble
from generator.sources.catalogue.write import topic_text
from generator.sources.files import decoded
from linkcheck import pages
from linkcheck.history import History, HistoryError

__all__ = ["MODULES", "READERS"]

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def read_yaml(data: bytes) -> None:
    """A topic, or the settings of a collection; what is understood is rendered."""
    name = "_collection.yaml" if data.startswith((b"title:", b"check:")) and b"check:" in data else "fuzz.yaml"
    catalogue, problems = assemble({f"lists/{name}": data}, today=TODAY)
    assert all(problem.message for problem in problems)
    render_pages(catalogue, folder="lists")


def read_markdown(data: bytes) -> None:
    """A page to import, whose links are counted, and a page to check."""
    text = decoded(data)
    try:
        imported = importing.read_page(text, "list.md", name="list")
        _accounted(account(text, imported), imported)
    finally:
        forget()
    read_page(data, "list.md")


def read_bibliography(data: bytes) -> None:
    """BibTeX."""
    text = decoded(data)
    imported = read_bibtex(text, "list.bib", "list")
    _accounted(account_of_data(text, imported), imported)


def read_data(data: bytes) -> None:
    """CSL and the other kinds of JSON and YAML that are imported."""
    text = decoded(data)
    found, _ = values(text)
    if is_best_of(found):
        imported = read_best_of(found, "list.yaml", "list")
    elif is_hecat(found):
        imported = read_hecat({"list.yaml": found}, [], "list.yaml", "list")
    elif is_csl(found):
        imported = read_csl(found, "list.json", "list")
    elif rows := rows_of(found):
        columns = dict.fromkeys(column for _, row in rows for column in row)
        imported = read_table(rows, guessed(tuple(columns)), "list.json", "list")
    else:
        return
    _accounted(account_of_data(text, imported), imported)


def read_rows(data: bytes) -> None:
    """A table in CSV."""
    rows = csv_rows(decoded(data))
    columns = tuple(dict.fromkeys(column for _, row in rows for column in row))
    imported = read_table(rows, guessed(columns), "list.csv", "list")
    _accounted(account_of_data("\n".join(str(value) for _, row in rows for value in row.values()), imported), imported)


def _accounted(counted: object, imported: Imported) -> None:
    """Every link is imported or reported, and what is written is read again without an error that it didn't have."""
    assert counted.whole, counted
    for topic in imported.topics:
        assemble({f"lists/{topic.slug}.yaml": topic_text(topic)}, today=TODAY)


def read_answer(data: bytes) -> None:
    """A page of the web: HTML, text, or whatever the first line, which is its Content-Type, calls it."""
    kind, _, body = (
        data.partition(b"\n") if b"/" in data[:40].partition(b"\n")[0] and data[:1] != b"<" else (b"text/html", b"", data)
    )
    headers = (("content-type", kind.decode("latin-1")),)
    for status in (200, 404):
        pages.read(body, headers, "https://example.org/page", status=status, fragments=("top", "a%20b"), complete=status == 200)


def read_address_file(data: bytes) -> None:
    """A file with links to check: HTML, bookmarks, a sitemap or plain text, by how it begins."""
    with suppress(PageError):
        read_page(data, "file")
    with suppress(PageError):
        read_page(data, "file.html")
    with suppress(PageError):
        read_page(data, "file.xml")


def read_json_report(data: bytes) -> None:
    """A report of `check`, in every format again."""
    try:
        report = join_reports([read_report(data)])
    except Unreadable:
        return
    for name in FORMATS:
        render(report, name)


def read_history(data: bytes) -> None:
    """A history to merge, and one that was there before."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        other = Path(folder) / "other.db"
        other.write_bytes(data)
        with History(Path(folder) / "history.db", now=NOW, begin=False) as history:
            with suppress(HistoryError, sqlite3.DatabaseError):
                history.merge(other)
            for key, _ in history.last_seen():
                history.of(key)


READERS: dict[str, Callable[[bytes], None]] = {
    "yaml": read_yaml,
    "markdown": read_markdown,
    "bibtex": read_bibliography,
    "csl": read_data,
    "table": read_rows,
    "page": read_answer,
    "links": read_address_file,
    "report": read_json_report,
    "history": read_history,
}

MODULES: dict[str, tuple[str, ...]] = {
    "yaml": (
        "generator/sources/yaml_tree/*.py",
        "generator/sources/catalogue/**/*.py",
        "generator/sources/config/*.py",
    ),
    "markdown": (
        *(f"generator/importing/{name}/*.py" for name in ("entry", "page", "shapes", "topic")),
        "generator/importing/segment.py",
        "generator/importing/link_*.py",
    ),
    "bibtex": ("generator/importing/bibtex.py", "generator/importing/latex.py", "generator/importing/record_to_entry.py"),
    "csl": ("generator/importing/csl.py", "generator/importing/issued.py", "generator/importing/others.py"),
    "table": ("generator/importing/data_table.py",),
    "page": ("linkcheck/pages/*.py",),
    "links": ("generator/checking/page_links.py",),
    "report": ("generator/reporting/reading.py",),
    "history": ("linkcheck/history/*.py",),
}
"""The files that a reader runs mainly, whose lines are counted when it is fuzzed."""
