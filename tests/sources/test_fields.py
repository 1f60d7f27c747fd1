"""A field is one row: every field, and a made-up one of each shape, passes every writer, check and exporter."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import jsonschema
import pytest

from generator.importing.topic.page import read_page
from generator.problems import errors
from generator.publishing.data import FORMATS, render_data
from generator.publishing.data.json_ import schema
from generator.publishing.pages import entry as page_entry
from generator.publishing.pages import render_pages
from generator.publishing.site import entry as site_entry
from generator.publishing.site import search
from generator.publishing.site.model import Health
from generator.publishing.site.strings import strings
from generator.sources.catalogue.fields import ENTRY, ENTRY_SYNONYMS, Field, columns, left_out, with_columns
from generator.sources.catalogue.links import links
from generator.sources.catalogue.model import ATTRIBUTES, Author, Catalogue, Collection, Entry, NotDuplicate, Topic
from generator.sources.catalogue.parse import parse_topic
from generator.sources.catalogue.schema import topic_schema
from generator.sources.catalogue.shapes import DAY, LABEL, LINE, LINES, PEOPLE, TEXT, URL, YEAR, Exports, Shape
from generator.sources.catalogue.write import entry_lines, same, topic_text
from linkcheck.model import Excuse, Place
from tests.commands.command import listkeeper

HERE = Place("lists/t.yaml", 1, 1)
MORE = {
    "id": "key-1", "title": "Another title", "url": "https://example.org/other", "aliases": ("old",), "kind": "software",
    "authors": (Author("Lee", "Ann"), Author(literal="Group")), "year": 1999, "date": date(2001, 2, 3), "venue": "Annals", "language": "de",
    "doi": "10.1000/xyz", "arxiv": "1803.00567", "description": "About *it*.", "abstract": "We show it.", "tags": ("one", "two"),
    "also_in": ("other",), "not_duplicate_of": (NotDuplicate("x", "another"),), "links": (("pdf", ("https://example.org/a.pdf",)),),
    "archive_url": "https://web.archive.org/web/2020/https://example.org/", "added": date(2020, 1, 2), "status": "submitted",
    "volume": "11", "issue": "5-6", "pages": "355-607", "publisher": "Mills & Looms", "editors": (Author("Lee", "Bo"), Author(literal="Guild")),
    "state": "dead", "link_check": Excuse(("blocked", "403"), "robots", date(2030, 1, 1)), "extra": (("note", "hard"),),
    "citation_key": "Doe:2026img", "cite_as": "incollection", "keep_case": ("Looms",),
}  # fmt: skip
"""A value of each field that differs from its default."""


def minutes() -> Shape:
    """A shape that no field has: a duration in minutes."""

    def read(reader, node, name, _spots):
        number, _, unit = getattr(node, "text", "").partition(" ")
        if number.isdigit() and unit == "min":
            return int(number)
        return reader.wrong_type(node, name, "a span of time", "write 90 min")

    return Shape(
        read,
        {"type": "string", "pattern": r"^\d+ min$"},
        lambda name, value, indent: [f"{' ' * indent}{name}: {value} min"],
        Exports(None, {"type": "integer"}, lambda value: f"{value} min"),
    )


MADE_UP = {
    "line": (LINE, "a: b", "Über # alles", "[x]"),
    "number": (LABEL, "12", "007", "[x]"),
    "text": (TEXT, "Long.", "Longer.", "[x]"),
    "year": (YEAR, 1999, 2001, "soon"),
    "day": (DAY, date(2001, 2, 3), date(2001, 2, 4), "soon"),
    "people": (PEOPLE, (Author("Lee", "Ann"),), (Author("Lee", "Ann"), Author(literal="Group")), "{}"),
    "list": (LINES, ("one",), ("one", "b: c"), "x"),
    "url": (URL, "https://example.org/grade", "https://example.org/grade#2", "[x]"),
    "own shape": (minutes(), 90, 5, "90"),
}
"""For each shape: the shape, two values, and YAML that it must refuse."""


@pytest.fixture(params=MADE_UP)
def made_up(request, monkeypatch):
    shape, value, other, wrong = MADE_UP[request.param]
    monkeypatch.setitem(ENTRY, "grade", Field("grade", shape, "What a reader makes of it."))
    return value, other, wrong


def entry(**values) -> Entry:
    return Entry("e", HERE, title="Looms", url="https://example.org/looms").with_values(values)


def topic(*entries: Entry) -> Topic:
    return Topic("t", "lists/t.yaml", "T", HERE, entries=entries)


def data(*entries: Entry) -> dict[str, str]:
    return {path.partition(".")[2]: text for path, text in render_data(Catalogue(Collection(), (topic(*entries),))).items()}


def parsed(*lines: str) -> tuple[Entry, tuple]:
    found, problems = parse_topic("\n".join(["entries:", "  - title: Looms", *(f"    {line}" for line in lines)]), "t.yaml")
    return next(found.walk()), problems


def as_json(name: str, value: object) -> object:
    found = ENTRY[name].shape.exports.json
    return value if found is None else found(value)


# Every field of the table


def test_every_field_has_a_sample_value():
    assert set(MORE) == ENTRY.keys() == {field.name for field in ENTRY.values()}
    assert set(ENTRY_SYNONYMS).isdisjoint(ENTRY)
    assert ENTRY.keys() >= ATTRIBUTES


@pytest.mark.parametrize("name", MORE)
def test_a_field_is_written_read_back_and_checked_by_editors(name):
    one = replace(entry(**{name: MORE[name]}), id_given=name == "id")
    again, problems = parse_topic(topic_text(topic(one)), "lists/t.yaml")
    assert errors(problems) == []
    assert ENTRY[name].of(next(again.walk())) == MORE[name]
    assert same(again, topic(one))
    assert not same(topic(one), topic(entry()))
    assert name in topic_schema()["definitions"]["entry"]["anyOf"][1]["properties"]


@pytest.mark.parametrize("name", MORE)
def test_a_field_is_in_json_and_csv(name):
    with_it, without = data(entry(**{name: MORE[name]})), data(entry())
    (found,) = json.loads(with_it["json"])["entries"]
    assert found != json.loads(without["json"])["entries"][0]
    assert found[name] == as_json(name, MORE[name])
    jsonschema.validate(json.loads(with_it["json"]), schema())
    (row,) = csv.DictReader(io.StringIO(with_it["csv"]))
    assert row[name]
    assert row != next(csv.DictReader(io.StringIO(without["csv"])))


EXPORTERS: dict[str, tuple[Callable[[Entry], str], Callable[[], tuple[str, ...]]]] = {
    **{end: (lambda one, end=end: data(one)[end], form.omitted) for end, form in FORMATS.items()},
    "page": (lambda one: "".join(render_pages(_shown(one)).values()), lambda: left_out(page_entry.SHOWN, with_columns=True)),
    "site": (lambda one: site_entry.item(one, Health(), "", strings("en"), {}) + str(one.also_in), lambda: left_out(site_entry.SHOWN, with_columns=True)),
    "search": (lambda one: search.search_data([topic(one)], [search.row(topic(one), one)], strings("en")) + str(one.also_in), lambda: left_out(search.SHOWN)),
}  # fmt: skip


def _shown(one: Entry) -> Catalogue:
    return Catalogue(Collection(), (topic(one), replace(topic(), slug="other", path="lists/other.yaml", title="Other")))


@pytest.mark.parametrize("exporter", EXPORTERS)
@pytest.mark.parametrize("name", MORE)
def test_an_exporter_shows_a_field_or_lists_it_as_left_out(exporter, name):
    render, omitted = EXPORTERS[exporter]
    # An archived copy is shown for a dead page, an identifier without a URL, and a day in the feed.
    needed = {"added": date(2019, 1, 1), "state": "dead" if name == "archive_url" else "active"}
    plain = entry(**{other: value for other, value in needed.items() if other != name})
    if name in {"doi", "arxiv"}:
        plain = replace(plain, url=None)
    assert (render(plain.with_values({name: MORE[name]})) != render(plain)) is (name not in omitted())


NAMES = {
    "bib": "BibTeX",
    "csl.json": "CSL-JSON",
    "atom.xml": "Atom",
    "feed.json": "JSON Feed",
    "page": "Markdown pages",
    "site": "site",
    "search": "search of the site",
}


def test_the_guide_lists_the_fields_that_formats_leave_out():
    guide = (Path(__file__).parents[2] / ".github" / "GUIDE.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([\w -]+) \| (`[\w`, ]+`) \|$", guide, re.MULTILINE))
    listed = {name: tuple(re.findall(r"`(\w+)`", rows.get(name, ""))) for name in NAMES.values()}
    assert listed == {NAMES[exporter]: omitted() for exporter, (_, omitted) in EXPORTERS.items() if exporter in NAMES}
    assert all(not omitted() for exporter, (_, omitted) in EXPORTERS.items() if exporter not in NAMES)


# A made-up field


def test_a_made_up_field_is_read_and_its_problems_are_reported(made_up):
    value, _, wrong = made_up
    found, problems = parsed(*(line[4:] for line in entry_lines(entry(grade=value), 2)[2:]))
    assert (found.more, problems) == ({"grade": value}, ())
    assert (found.where("grade").line, found.where("grade").field) == (3, "grade")
    found, problems = parsed(f"grade: {wrong}")
    assert {(problem.place.line, problem.place.field) for problem in problems} == {(3, "grade")}
    _, (problem,) = parsed("grate: x")[0], parsed("grate: 90")[1][:1]
    assert (problem.code, problem.hint) == ("unknown-key", 'did you mean "grade"?')


def test_a_made_up_field_is_written_and_read_back(made_up):
    for value in made_up[:2]:
        one = entry(grade=value)
        again, problems = parse_topic(topic_text(topic(one)), "lists/t.yaml")
        assert problems == ()
        assert next(again.walk()).more == {"grade": value}
        assert same(again, topic(one))
        assert not same(topic(one), topic(entry()))
    assert not same(topic(entry(grade=made_up[0])), topic(entry(grade=made_up[1])))


def test_a_made_up_field_is_in_the_schema_of_sources(made_up):
    del made_up
    found = topic_schema()["definitions"]["entry"]["anyOf"][1]["properties"]["grade"]
    assert found == {"description": "What a reader makes of it."} | ENTRY["grade"].shape.schema


def test_a_made_up_field_is_in_json_and_at_the_end_of_csv(made_up):
    value = made_up[0]
    found = data(entry(grade=value), replace(entry(), id="f"))
    whole = json.loads(found["json"])
    assert [one["grade"] for one in whole["entries"]] == [as_json("grade", value), [] if isinstance(value, tuple) else None]
    jsonschema.validate(whole, schema())
    assert "grade" in schema()["definitions"]["entry"]["required"]
    first, second = csv.DictReader(io.StringIO(found["csv"]))
    assert (list(first)[-1], first["grade"], second["grade"]) == ("grade", ENTRY["grade"].shape.exports.cell(value), "")


def test_a_made_up_field_is_shown_by_pages_and_kept_by_the_import_of_them(made_up):
    for value in made_up[:2]:
        one = replace(entry(grade=value, extra=(("note", "hard"),)), id="")
        assert columns(one)[0] == ("grade", ENTRY["grade"].shape.exports.cell(value))
        page = render_pages(Catalogue(Collection(), (topic(one),)))["lists/t.md"]
        (again,) = read_page(page, "t.md").topics
        assert same(again, topic(one))
        assert ENTRY["grade"].shape.exports.cell(value).partition("#")[0] in site_entry.item(
            one, Health(), "", strings("en"), {}
        )


def test_a_made_up_field_is_shown_by_an_exporter_or_listed_as_left_out(made_up):
    named = {exporter for exporter, (_, omitted) in EXPORTERS.items() if "grade" in omitted()}
    assert named == {"bib", "csl.json", "atom.xml", "feed.json", "search"}
    for exporter, (render, _) in EXPORTERS.items():
        assert (render(entry(grade=made_up[0])) == render(entry())) is (exporter in named)


LISTS = {
    "one": "title: One\nentries:\n  - title: Looms\n    url: http://example.org/looms\n",
    "two": "title: Two\nentries:\n  - title: Looms\n    url: https://example.org/looms\n    year: 1990\n",
}


@pytest.fixture
def lists(tmp_path, monkeypatch):
    def write(**more: str):
        for name, text in LISTS.items():
            (tmp_path / "lists").mkdir(exist_ok=True)
            (tmp_path / "lists" / f"{name}.yaml").write_text(text + more.get(name, ""), encoding="utf-8")
        return tmp_path / "lists"

    write.run = partial(listkeeper, monkeypatch, tmp_path)
    return write


def grade_in(path):
    topic, problems = parse_topic(path.read_bytes(), path.name)
    assert errors(problems) == []
    return [one.more.get("grade") for one in topic.walk()]


def lines_of(value):
    return "".join(f"{line}\n" for line in entry_lines(entry(grade=value), 2)[2:])


@pytest.mark.parametrize("more", ["", "    venue: Annals\n    language: de\n"])
def test_a_made_up_field_is_kept_by_fix_whichever_entry_is_kept(made_up, lists, more):
    folder = lists(one=lines_of(made_up[0]), two=more)
    done = lists.run("fix", "--only", "duplicates")
    found = [*grade_in(folder / "one.yaml"), *grade_in(folder / "two.yaml")]
    assert (found, done.code) == ([made_up[0]], 0)


def test_fix_never_drops_a_made_up_field_of_the_removed_entry(made_up, lists):
    both = {"one": lines_of(made_up[0]) + "    venue: Annals\n", "two": lines_of(made_up[1])}
    folder = lists(**both)
    done = lists.run("fix", "--only", "duplicates")
    assert [*grade_in(folder / "one.yaml"), *grade_in(folder / "two.yaml")] == [made_up[0], made_up[1]]
    assert "they differ in grade" in done.out


def test_a_made_up_field_is_kept_by_move(made_up, lists):
    folder = lists(one=lines_of(made_up[0]) + "    id: looms\n  - {title: Mills, id: mills}\n")
    assert lists.run("move", "looms", "--to", "two", "--yes").code == 0
    assert grade_in(folder / "two.yaml") == [None, made_up[0]]


@pytest.mark.parametrize("name", ["year", "day", "own shape"])
def test_a_column_that_does_not_fit_the_field_stays_in_extra(monkeypatch, name):
    shape, _, _, wrong = MADE_UP[name]
    monkeypatch.setitem(ENTRY, "grade", Field("grade", shape, "What a reader makes of it."))
    pairs = (("grade", wrong), ("note", "hard"))
    found = with_columns(entry(extra=pairs))
    assert (found.extra, found.more) == (pairs, {})


def test_a_made_up_url_is_a_link(monkeypatch):
    monkeypatch.setitem(ENTRY, "grade", Field("grade", URL, "A page of grades."))
    found = links(Catalogue(Collection(), (topic(entry(grade="https://example.org/grade")),)))
    assert [link.url for link in found] == ["https://example.org/looms", "https://example.org/grade"]
