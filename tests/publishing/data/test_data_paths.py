"""The data files: paths, keys, entries, and the same bytes for the same sources."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from generator.publishing.data import FORMATS, render_data
from tests.publishing.data.evil import evil
from tests.publishing.samples import catalogue, entry, topic

FILES = render_data(evil())


def ids(path, files=FILES):
    return [row["id"] for row in csv.DictReader(io.StringIO(files[path]))]


def test_every_format_is_written_for_the_whole_and_each_topic_and_the_citation_once():
    names = {f"lists/data/{slug}.{end}" for slug in ("all", "first", "second", "third", "empty") for end in FORMATS}
    assert set(FILES) == names | {"lists/data/CITATION.cff"}


def test_the_folder_is_a_parameter():
    assert "data/all.bib" in render_data(catalogue(), folder="")
    assert "more/lists/data/all.bib" in render_data(catalogue(), folder="more/lists/")


def test_the_whole_has_each_entry_once_and_a_topic_also_those_shown_there():
    everything = [one.id for _, one in evil().entries()]
    assert ids("lists/data/all.csv") == everything
    home = [one.id for one in evil().topics[1].walk()]
    shown = [one.id for one in evil().topics[0].walk() if "second" in one.also_in]
    assert shown
    assert ids("lists/data/second.csv") == home + shown


@pytest.mark.parametrize("path", sorted(FILES))
def test_files_are_text_that_any_program_can_read(path):
    text = FILES[path]
    text.encode()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text
    assert not {char for char in text if not char.isprintable() and char not in "\n\u202e"} - {"\u2028"}
    assert render_data(evil())[path] == text


def test_a_topic_named_all_has_no_files():
    files = render_data(catalogue(topic("all", entries=[entry("One", id="one")]), topic("b", entries=[entry("Two", id="two")])))
    assert ids("lists/data/all.csv", files) == ["one", "two"]
    assert {path.partition(".")[0] for path in files} == {"lists/data/all", "lists/data/b", "lists/data/CITATION"}


def test_the_files_of_a_renamed_topic_are_also_at_its_former_names():
    one = topic("second", entries=[entry("One", id="one")], aliases=("first", "all"))
    files = render_data(catalogue(one, topic("b", entries=[entry("Two", id="two", also_in=("first",))])))
    for end in FORMATS:
        assert files[f"lists/data/first.{end}"] == files[f"lists/data/second.{end}"]
    assert ids("lists/data/first.csv", files) == ["one", "two"]
    assert ids("lists/data/all.csv", files) == ["one", "two"]
    before = render_data(catalogue(topic("first", title="Second", entries=[entry("One", id="one")])))
    feeds = (
        found.partition("<id>")[2].partition("</id>")[0]
        for found in (files["lists/data/second.atom.xml"], before["lists/data/first.atom.xml"])
    )
    assert len(set(feeds)) == 1, "a feed keeps its id for ever"


def test_keys_that_differ_only_by_case_are_made_unique_in_every_format():
    keys = [one["id"] for one in json.loads(FILES["lists/data/third.csl.json"])]
    assert len({key.casefold() for key in keys}) == 3
    assert "same" in keys
    assert set(keys) <= {one["id"] for one in json.loads(FILES["lists/data/all.csl.json"])}


def test_a_day_missing_in_the_source_can_be_given():
    lists = catalogue(topic("a", entries=[entry("New", id="new"), entry("Old", id="old", added=date(2020, 1, 1))]))
    rows = list(csv.DictReader(io.StringIO(render_data(lists, first_seen={"new": date(2026, 2, 3), "old": date(2026, 2, 3)})["lists/data/a.csv"])))  # fmt: skip
    assert [row["added"] for row in rows] == ["2026-02-03", "2020-01-01"]
