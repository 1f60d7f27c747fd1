"""Hypothesis strategies for each reader of `readers.py`: hostile fragments of its format, joined, nested and mutated."""

from __future__ import annotations

import json
import random
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from linkcheck.history import History
from linkcheck.model import Hop, Observation, PageSignals, RegistryAnswer, Soft404Probe

__all__ = ["inputs", "variants"]

_MAX = 20_000

_URLS = (
    "https://example.org/a", "http://EXAMPLE.org:80/%7Eb?c=1#d", "https://doi.org/10.1000/a.b", "10.1000/182", "arXiv:1803.00567v2",
    "https://arxiv.org/abs/math/0211159", "https://github.com/a/b", "//example.org", "javascript:alert(1)", "mailto:a@example.org",
    "http://[::1", "http://127.0.0.1/", "https://exämple.org/ä", "https://example.org/(a)_[b]", "https://example.org/a)", "http://",
    "https://a:b@example.org", "www.example.org", "https://example.org/\u202e", "#top", "../x.md", "http://1", "https://xn--a/",
)  # fmt: skip
_WORDS = (
    "a", "A title", "Ünïcode", "日本語", "\u202eRTL", "🎉", "&amp;", "&#0;", "&#x110000;", "\\", "\\[", "<b>", "</b>", "`", "``", "*", "**",
    "__", "[", "]", "(", ")", "{", "}", "|", "#", ">", "-", ":", "::", ";", ",", "'", '"', "\t", " ", "  ", "\u00a0", "\x00", "\x85",
    "\ufeff", "\u2028", "\u200b", "\x1b[31m", "2019", "0", "-1", "1e999", "١٩", "9" * 30, "null", "true", "~", "=", "!", "?", "et al.", "and",
)  # fmt: skip
_FIELDS = (
    "title", "url", "id", "aliases", "kind", "authors", "year", "date", "venue", "language", "doi", "arxiv", "description", "abstract",
    "tags", "also_in", "not_duplicate_of", "links", "archive_url", "added", "status", "state", "link_check", "volume", "issue", "pages",
    "publisher", "editors", "extra", "entries", "sections", "related", "header", "footer", "check", "topics", "license", "repository",
    "vocabularies", "reason", "until", "accept", "hosts", "pace", "family", "given", "literal", "timeout", "confirm", "allow_private",
)  # fmt: skip
_YAML = (
    "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "\n    - ", ": ", ":", " #", "&a ", "*a", "!!int ", "!!binary ", "!x ", "<<: *a", "? ", "|\n  ",
    ">-\n  ", "---\n", "...\n", "%YAML 1.1\n", "{a: ", "}", "[", "]", ", ", "'", '"', "\\x00", "\\U0010ffff", "@", "0o17", "0x1f", "1:30", ".inf",
    "2019-02-30", "2019-01-01", "no", "NO", "\t", "\r\n", "\r", "title: ", "\nentries:\n- title: ", "\nentries:\n- url: ", "\nsections:\n- title: ",
)  # fmt: skip
_MARKDOWN = (
    "\n", "\n\n", "# ", "\n## ", "\n### ", "\n- ", "\n  - ", "\n    - ", "\n* ", "\n1. ", "\n> ", "\n---\n", "\n===\n", "\n| ", " | ", "\n|---|---|\n",
    "[a](", "[a][b]", "\n[b]: ", "![a](", "[![a](b)](", ")", ") - ", ") — ", ") by ", "<!-- ", " -->", "<!-- listkeeper: ignore -->",
    "\n```\n", "\n~~~\n", "\n    ", '<a href="', '">', "</a>", "<details>", "<summary>", "</details>", "<br>", "<img src=x>", "<table><tr><td>",
    "</td></tr></table>", "\n:   ", "[^1]", "\n[^1]: ", "**[", "](", ")**", "*by A. Name*", " (2019)", "[pdf](", "[code](", "$x^2$", "<", ">",
    "\n+++\n", "- [ ] ", "- [x] ", "[TOC]", "## Contents\n\n- [a](#a)\n", "&lt;", ":smile:", "\\\n", "  \n", "~~",
)  # fmt: skip
_BIBTEX = (
    "@book{", "@article{a,", "@string{", "@comment{", "@preamble{", "@misc(", "@", "\n", ",", " = ", "{", "}", '"', " # ", "title = {", "author = {",
    "author = ", "year = ", "url = {", "doi = {", "eprint = {", "archiveprefix = {arXiv}", "crossref = {a}", "xdata = {a}", "month = jan", "jan",
    "\\'e", '\\"{o}', "\\emph{", "\\url{", "\\ss", "{\\", "$\\alpha$", "\\", "%", " and ", "and others", ", Jr., ", "{{A and B}}", "howpublished = {\\url{",
    "note = {", "date = {2019-01-01/..}", "date = {18uu}", "keywords = {a,b;c}", "~", "--", "editor = {", "@string{a = b}",
)  # fmt: skip
_KEYS = (
    *_FIELDS, "type", "DOI", "URL", "author", "editor", "issued", "date-parts", "raw", "season", "circa", "container-title", "page", "note", "name",
    "projects", "categories", "category", "configuration", "labels", "github_id", "homepage", "website_url", "source_code_url", "licenses",
    "platforms", "version", "tool", "run", "summary", "verdicts", "duplicates", "problems", "outcome", "seen", "rule", "status", "final_url",
    "fragment", "changed", "from", "to", "nights", "excused", "hops", "seconds", "places", "path", "line", "column", "entry", "field", "list", "class",
    "certainty", "why", "code", "severity", "message", "hint", "place", "started", "offline", "void", "requests", "links", "alive", "dead",
)  # fmt: skip
_CSL = (
    "type", "title", "DOI", "URL", "author", "editor", "issued", "accessed", "container-title", "collection-title", "page", "volume", "issue", "note",
    "annote", "status", "language", "publisher", "publisher-place", "event-title", "genre", "number", "archive", "archive_location", "abstract", "keyword",
    "custom", "ISBN", "medium", "original-date", "citation-key", "shortTitle", "name", "description", "tags", "labels", "category", "categories",
    "github_id", "website_url", "source_code_url", "homepage", "licenses", "platforms", "group", "resource", "pypi_id", "archived",
)  # fmt: skip
_HTML = (
    "<!doctype html>", "<html lang=en>", "<head>", "<title>", "</title>", "<body>", "<meta charset=", "<meta http-equiv=refresh content='0;url=",
    "<link rel=canonical href='", "<base href='", "<meta property=og:title content='", "<script type=application/ld+json>", "</script>", "<style>",
    "</style>", "<!--", "-->", "<![CDATA[", "<p>", "<h1>", "<a name=top>", "<div id='", "'>", "<form><input type=password>", "<template>", "<svg>",
    "<noscript>", "<iframe src='", "<textarea>", "<plaintext>", "404 Not Found", "page not found", "domain is for sale", "captcha", "<frameset>", "\x00",
    "&", "&#x0;", "<a href='", "<img srcset='", "<?xml version='1.0'?>", "<urlset><url><loc>", "</loc>", "<!DOCTYPE NETSCAPE-Bookmark-file-1>",
    "<!ENTITY a 'b'>", "&a;", '<DT><A HREF="', "text/html; charset=utf-7\n", "application/pdf\n%PDF-1.4 /Title (", "application/json\n{", "text/plain\n",
)  # fmt: skip
_TABLE = (
    ",",
    "\n",
    ";",
    "\t",
    '"',
    '""',
    '"\n"',
    "\r",
    "\r\n",
    "title",
    "url",
    "authors",
    "year",
    "tags",
    "kind",
    "description",
    "doi",
    "Name",
    "Link",
)
_SQL = (
    "update seen set key = {}", "update seen set nights = {}", "update seen set fact = {}", "update seen set void = {}", "update seen set first = {}",
    "update seen set last = {}", "update note set name = {}", "update note set value = {}", "update note set at = {}", "update run set started = {}",
    "insert into note values ('pace ' || {0}, {0}, {0})", "insert into seen (key, run, first, last, nights, fact) values ({0}, {0}, {0}, {0}, {0}, {0})",
    "alter table seen rename column fact to fakt", "drop table note", "drop table run", "create view v as select * from seen", "pragma user_version = 999",
    "create trigger t after insert on seen begin delete from seen; end",
)  # fmt: skip
_FACTS = (
    '"{}"', '"[]"', '"{\\"hops\\": [[]]}"', "x'ff00'", "null", "1e999", "-1", "9223372036854775807", "''", "'2026-02-01T00:00:00+00:00'", "'2026-02-30'",
    "'9999-12-31T23:59:59+14:00'", "'0001-01-01T00:00:00+14:00'", "'https://example.org/'", "replace(fact, '200', '{}')", "replace(fact, '\"', '')",
    "'2026-02-01T00:00:00'", "'pace example.org'", "'{\"rate\": 1e999}'", "zeroblob(100)", "hex(randomblob(4))", "char(0)", "fact || fact",
)  # fmt: skip


_HOSTILE = "".join((*_WORDS, *_URLS)).encode()


def inputs(reader: str) -> SearchStrategy[bytes]:
    """Inputs for a reader: bytes of any kind, and documents of its format."""
    made = st.one_of(*_documents(reader))
    return st.one_of(made, made, made, st.binary(max_size=300), st.text(max_size=100).map(_encoded))


def variants(data: bytes, corpus: Sequence[bytes], number: int) -> Iterator[bytes]:
    """Mutations of an input, crossed with inputs of the corpus: the same for the same arguments.

    Hypothesis takes most of the time of a run for making an input; these cost little.
    """
    chance = random.Random(data)
    for _ in range(number if corpus else 0):
        whole = chance.choice((data, *chance.choices(corpus, k=2)))
        for _ in range(chance.randint(1, 4)):
            at, other = chance.randint(0, len(whole)), chance.choice((data, chance.choice(corpus), _HOSTILE))
            start, size = chance.randint(0, len(other)), chance.choice((0, 1, 2, 5, 20, 100, 1_000))
            old = whole[at : at + size]
            new = chance.choice(
                (b"", old * chance.choice((2, 3, 50)), other[start : start + size], bytes([chance.randrange(256)]))
            )
            whole = (whole[:at] + new + whole[at + size :])[:_MAX]
        yield whole


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _documents(reader: str) -> tuple[SearchStrategy[bytes], ...]:
    match reader:
        case "yaml":
            fields = tuple(f"\n{indent}{name}: " for name in _FIELDS for indent in ("", "  ", "    "))
            return _joined(_YAML, fields), _entries(), _json(_FIELDS), _laid_out()
        case "markdown":
            return _joined(_MARKDOWN), _joined(_MARKDOWN, _HTML)
        case "bibtex":
            return _joined(_BIBTEX), _records()
        case "csl":
            return _bibliographies(), _json(_KEYS), _joined(_YAML, tuple(f"\n  {key}: " for key in _KEYS))
        case "table":
            return (_joined(_TABLE),)
        case "page":
            return _joined(_HTML), _joined(_HTML, _MARKDOWN)
        case "links":
            return _joined(_HTML), _joined(_MARKDOWN)
        case "report":
            return _json(_KEYS), _reports()
        case "history":
            return (st.lists(st.tuples(st.sampled_from(_SQL), st.sampled_from(_FACTS)), max_size=4).map(_database),)
    raise ValueError(reader)


def _scalars() -> SearchStrategy[str]:
    return st.one_of(
        st.lists(st.sampled_from(_WORDS), max_size=5).map("".join),
        st.sampled_from(_URLS),
        st.text(max_size=8),
        st.builds(lambda word, times: word * times, st.sampled_from(_WORDS), st.integers(2, 60)),
    )


def _joined(*fragments: tuple[str, ...]) -> SearchStrategy[bytes]:
    piece = st.one_of(*(st.sampled_from(each) for each in fragments), _scalars())
    return st.lists(piece, max_size=40).map("".join).map(_encoded)


def _values(keys: Sequence[str]) -> SearchStrategy[object]:
    numbers = st.one_of(st.integers(-1, 2030), st.sampled_from((1e308, -0.0, float("nan"), float("inf"), 10**30)))
    leaf = st.one_of(st.none(), st.booleans(), numbers, _scalars())
    key = st.one_of(st.sampled_from(keys), _scalars())
    return st.recursive(
        leaf, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(key, inner, max_size=5), max_leaves=25
    )


def _json(keys: Sequence[str]) -> SearchStrategy[bytes]:
    items = st.lists(st.dictionaries(st.sampled_from(keys), _values(keys), min_size=1, max_size=6), max_size=4)
    return st.one_of(_values(keys), items).map(lambda value: json.dumps(value).encode())


def _entries() -> SearchStrategy[bytes]:
    """A topic or the settings, of the right outer form, with values of any type."""
    fields = st.dictionaries(st.sampled_from(_FIELDS), _values(_FIELDS), min_size=1, max_size=6)
    topic = st.fixed_dictionaries(
        {"title": _scalars(), "entries": st.lists(fields | _scalars(), max_size=4)},
        optional={"sections": st.lists(fields, max_size=2), "check": fields, "description": _scalars()},
    )
    return topic.map(lambda value: json.dumps(value).encode())


def _laid_out() -> SearchStrategy[bytes]:
    """Fields line by line, plainly or wrongly indented."""
    indent = st.sampled_from(("  ", "  - ", "    ", "", "- ", "\u00a0 ", "\t"))
    line = st.builds("{}{}: {}".format, indent, st.sampled_from(_FIELDS), _scalars())
    return st.lists(line, max_size=12).map(
        lambda lines: "\n".join(("title: T", "entries:", "  - title: A", *lines)).encode("utf-8", "surrogatepass")
    )


def _records() -> SearchStrategy[bytes]:
    names = st.sampled_from(
        ("title", "author", "editor", "year", "url", "doi", "eprint", "month", "date", "note", "pages", "crossref", "series")
    )
    field = st.builds(
        "{} = {}{}{}".format,
        names,
        st.sampled_from('{"'),
        _joined(_BIBTEX).map(bytes.decode) | _scalars(),
        st.sampled_from('}"'),
    )
    kind = st.sampled_from(("book", "article", "inbook", "misc", "online", "string", "xdata", "set"))
    record = st.builds("@{}{{{},\n{}}}\n".format, kind, _scalars(), st.lists(field, max_size=6).map(",\n".join))
    return st.lists(record, max_size=4).map("".join).map(_encoded)


def _bibliographies() -> SearchStrategy[bytes]:
    """CSL, or a list of projects of another tool, of the right outer form with values of any type."""
    fields = st.dictionaries(st.sampled_from(_CSL), _values(_CSL) | _people() | _dates(), max_size=8)
    item = st.builds(lambda inner, key, title: {"id": key, "title": title, **inner}, fields, _scalars(), _scalars())
    project = st.builds(lambda inner, name: {"name": name, **inner}, fields, _scalars())
    whole = st.one_of(
        st.lists(item, min_size=1, max_size=4),
        st.builds(lambda items: {"references": items}, st.lists(item, max_size=3)),
        st.builds(lambda some, inner: {**inner, "projects": some}, st.lists(project | _values(_CSL), max_size=4), fields),
        st.builds(lambda one, url: {"website_url": url, **one}, project, _scalars()),
        st.lists(fields, max_size=3),
    )
    return whole.map(lambda value: json.dumps(value).encode())


def _people() -> SearchStrategy[object]:
    parts = st.sampled_from(("family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle", "name"))
    return st.lists(st.dictionaries(parts, _scalars(), max_size=3), max_size=3)


def _dates() -> SearchStrategy[object]:
    number = st.integers(-50, 2030) | st.sampled_from(("2019", "x", None, 13, 1.5))
    parts = st.lists(st.lists(number, max_size=4), max_size=3)
    return st.fixed_dictionaries(
        {}, optional={"date-parts": parts, "raw": _scalars(), "season": number, "circa": number, "literal": _scalars()}
    )


def _reports() -> SearchStrategy[bytes]:
    """A report of the right form in which some values are of any type."""
    any_value = _values(_KEYS)
    place = {"list": "lists", "path": "lists/a.yaml", "line": 1, "column": 1, "entry": "a", "field": "url"}
    verdict = {
        "url": "https://example.org/", "outcome": "dead", "seen": "dead", "rule": "gone", "reason": "410", "status": 410, "final_url": None,
        "title": "T", "fragment": None, "changed": None, "nights": 1, "excused": None,
        "hops": [{"url": "https://example.org/", "status": 410, "seconds": 0.1}], "places": [place],
    }  # fmt: skip
    problem = {"code": "a", "severity": "error", "message": "m", "hint": "", "place": place}
    cluster = {"class": "same-url", "certainty": "certain", "why": "w", "places": [place, place]}
    run = {"started": "2026-03-01T00:00:00+00:00", "seconds": 1.0, "offline": False, "void": None, "requests": 1, "confirm": 1}

    def changed(whole: dict[str, object]) -> SearchStrategy[dict[str, object]]:
        some = st.dictionaries(st.sampled_from(tuple(whole)), any_value, max_size=2)
        return some.map(lambda others: {**whole, **others})

    return st.builds(
        lambda top, verdicts, problems, clusters, times: json.dumps(
            {**top, "run": times, "verdicts": verdicts, "problems": problems, "duplicates": clusters}
        ).encode(),
        changed({"version": 1, "tool": "listkeeper 0.1.0", "summary": {"links": 1, "dead": 1}}),
        st.lists(changed(verdict), max_size=3),
        st.lists(changed(problem), max_size=3),
        st.lists(changed(cluster), max_size=2),
        changed(run),
    )


@cache
def _history() -> bytes:
    """A valid history of two nights."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / "history.db"
        for day in (1, 2):
            now = datetime(2026, 2, day, tzinfo=UTC)
            with History(path, now=now) as history:
                for key, status in (("https://example.org/", 200), ("https://example.org/a", 404)):
                    hop = Hop(key, status, 0.1)
                    signals = PageSignals(title="A title", words=80) if status == 200 else None
                    probe = Soft404Probe("https://example.org/b", 404) if status == 404 else None
                    answer = RegistryAnswer("doi", "exists")
                    history.add(Observation(key, now, (hop,), signals, probe, answer))
                history.remember("pace example.org", '{"rate": 1.0}', now)
                history.finish(now, None)
        return path.read_bytes()


def _database(changes: Sequence[tuple[str, str]]) -> bytes:
    """The bytes of a valid history after SQL statements; those that fail change nothing."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.deserialize(_history())
    for statement, value in changes:
        try:
            database.execute(statement.format(value))
        except sqlite3.Error:
            continue
    data = database.serialize()
    database.close()
    return data
