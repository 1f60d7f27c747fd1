"""The JSON has every field of the sources, and its schema describes every key."""

from __future__ import annotations

import json

import jsonschema
import pytest

from generator.publishing.data import render_data
from generator.publishing.data.json_ import VERSION, schema
from generator.sources.catalogue.model import KINDS, STATES, STATUSES
from tests.publishing.data.evil import TEXTS, evil
from tests.publishing.samples import catalogue

SCHEMA = schema()
FILES = {
    path: json.loads(text)
    for path, text in render_data(evil()).items()
    if path.endswith(".json") and "csl" not in path and "feed" not in path
}


def closed(part):
    """The schema with unknown keys forbidden."""
    if isinstance(part, dict):
        found = {name: closed(inner) for name, inner in part.items()}
        return (
            found | {"additionalProperties": False} if "properties" in found and "additionalProperties" not in found else found
        )
    return [closed(inner) for inner in part] if isinstance(part, list) else part


@pytest.mark.parametrize("path", sorted(FILES))
def test_every_key_is_described(path):
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert list(jsonschema.Draft7Validator(closed(SCHEMA)).iter_errors(FILES[path])) == []


def test_an_empty_collection_is_valid():
    found = json.loads(render_data(catalogue())["lists/data/all.json"])
    jsonschema.Draft7Validator(SCHEMA).validate(found)
    assert (found["version"], found["topics"], found["entries"]) == (VERSION, [], [])


def test_the_schema_has_our_kinds_and_states():
    entry = SCHEMA["definitions"]["entry"]["properties"]
    assert entry["kind"]["enum"] == list(KINDS)
    assert entry["state"]["enum"] == list(STATES)
    assert entry["status"]["enum"] == [*STATUSES, None]
    assert set(SCHEMA["definitions"]["entry"]["required"]) == set(entry)
    assert SCHEMA["properties"]["version"]["const"] == VERSION


def test_the_schema_refuses_bad_data():
    wrong = json.loads(json.dumps(FILES["lists/data/first.json"]))
    wrong["entries"][0]["year"] = "2019"
    assert not jsonschema.Draft7Validator(SCHEMA).is_valid(wrong)


def test_text_is_kept_with_line_breaks_and_markup():
    found = {each["id"]: each for each in FILES["lists/data/all.json"]["entries"]}
    assert found["text-0"]["abstract"] == TEXTS[0]
    assert found["text-10"]["abstract"] == "two\nlines\nand\nmore"
    assert found["text-3"]["title"].startswith('=HYPERLINK("')
    assert found["text-0"]["description"] == f"About *{TEXTS[0]}*"
    assert found["bare-0"]["title"] is None


def test_sections_and_the_reading_path_name_entries_by_id():
    (first,) = FILES["lists/data/first.json"]["topics"]
    assert first["start"] == [{"id": "same", "reason": TEXTS[3]}, {"id": "poor-book", "reason": ""}]
    (kinds,) = first["sections"]
    assert kinds["entries"][:2] == ["paper-0", "preprint-1"]
    assert kinds["sections"][0]["entries"][0] == "text-0"
    listed = {each["id"]: each for each in FILES["lists/data/first.json"]["entries"]}
    assert listed["text-0"]["sections"] == ["Kinds", TEXTS[0]]
