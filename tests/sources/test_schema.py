"""The JSON Schemas and the reader accept the same samples and have the same fields."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from generator.problems import errors
from generator.sources.catalogue import fields as table
from generator.sources.catalogue.authors import AUTHOR_KEYS
from generator.sources.catalogue.model import Author, Collection, Entry, NotDuplicate, Section, Start, Topic
from generator.sources.catalogue.parse import assemble, parse_topic
from generator.sources.catalogue.schema import collection_schema, schema_text, topic_schema
from generator.sources.catalogue.shapes import EXCEPTION_KEYS, NOT_DUPLICATE_KEYS
from generator.sources.config import read_collection
from generator.sources.yaml_tree import Mapping, Sequence, read
from linkcheck.model import Excuse

TOPIC = jsonschema.Draft7Validator(topic_schema())
COLLECTION = jsonschema.Draft7Validator(collection_schema())
LISTS = Path(__file__).parents[2] / "lists"
INTERNAL = {"place", "places", "path", "slug", "id_given"}


def value(node):
    """A node as an editor's language server reads it (in YAML 1.2 dates are texts)."""
    if isinstance(node, Mapping):
        return {key.text: value(item) for key, item in node.items}
    if isinstance(node, Sequence):
        return [value(item) for item in node.items]
    if node.kind == "int" and node.text.isdigit():
        return int(node.text)
    if node.kind == "float":
        return float(node.text)
    return {"bool": node.text.lower() in {"yes", "true", "on"}, "null": None}.get(node.kind, node.text)


GOOD = [
    "https://example.org/a",
    "{title: A}",
    "{url: 'https://example.org/'}",
    "{title: A, kind: book, state: dead, status: published}",
    "{title: A, authors: [Ann Lee, {family: Lee, given: Ann}, {literal: Group}]}",
    "{title: A, year: 2019, date: 2019-05-03, added: '2020-01-01'}",
    "{title: A, doi: 10.1000/xyz, arxiv: '1803.00567', language: pt-BR}",
    "{title: A, doi: 'https://doi.org/10.1000/xyz', arxiv: 'arXiv:math.GT/0309136v1'}",
    "{title: A, tags: [one, two], also_in: [geometry], aliases: [a1]}",
    "{title: A, links: {pdf: 'https://example.org/a', code: ['https://example.org/b', 'https://example.org/c']}}",
    "{title: A, not_duplicate_of: {id: b, reason: other year}}",
    "{title: A, not_duplicate_of: [{id: b, reason: other year}]}",
    "{title: A, link_check: {accept: [blocked, 403], reason: robots, until: 2027-01-01}}",
    "{title: A, link_check: {accept: dead, reason: back soon}}",
    "{title: A, extra: {pages: 12, note: x}}",
    "{id: a.b-c_1, title: A, abstract: Long, description: Short, venue: ICLR, archive_url: 'https://web.archive.org/'}",
]
BAD = [
    "{year: 2019}",
    "[https://example.org/]",
    "{title: A, yaer: 2019}",
    "{title: [A]}",
    "{title: 1984}",
    "{title: ''}",
    "{title: '  '}",
    "{title: }",
    "{title: A, kind: article}",
    "{title: A, state: published}",
    "{title: A, status: dead}",
    "{title: A, authors: Ann Lee}",
    "{title: A, authors: [{first: Ann}]}",
    "{title: A, authors: [{}]}",
    "{title: A, year: '2019'}",
    "{title: A, year: 19}",
    "{title: A, year: 2019-05-03}",
    "{title: A, date: 2019-05}",
    "{title: A, doi: 10.1/x}",
    "{title: A, arxiv: 1803.00567}",
    "{title: A, arxiv: '9801119'}",
    "{title: A, language: en_US}",
    "{title: A, tags: one}",
    "{title: A, also_in: geometry}",
    "{title: A, id: a b}",
    "{title: A, links: 'https://example.org/'}",
    "{title: A, links: {pdf: }}",
    "{title: A, not_duplicate_of: b}",
    "{title: A, not_duplicate_of: {id: b}}",
    "{title: A, link_check: {accept: [blocked]}}",
    "{title: A, link_check: {reason: x}}",
    "{title: A, link_check: {accept: [nothing], reason: x}}",
    "{title: A, link_check: {accept: [40], reason: x}}",
    "{title: A, extra: x}",
    "{title: A, extra: {a: [b]}}",
]


@pytest.mark.parametrize(("entry", "good"), [(entry, True) for entry in GOOD] + [(entry, False) for entry in BAD])
def test_entries_are_accepted_by_both_or_neither(entry, good):
    text = f"entries:\n  - {entry}\n"
    _, problems = parse_topic(text, "theory.yaml")
    assert (not errors(problems)) is good, problems
    assert TOPIC.is_valid(value(read(text, "theory.yaml").root)) is good


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("title: T\ndescription: D\nrelated: [a]\nheader: H\nfooter: F\n", True),
        ("sections: [{title: S, id: s, description: D, entries: [{title: A}], sections: [{title: U}]}]", True),
        ("start: [{id: a, reason: R}]\nentries: [{id: a, title: A}]", True),
        ("start: {id: a, reason: R}", True),
        ("start: [a]", False),
        ("start: [{id: a}]", False),
        ("start: [{id: a, reason: R, note: N}]", False),
        ("sections: [{entries: [{title: A}]}]", False),
        ("sections: [S]", False),
        ("sections: {title: S}", False),
        ("entries: {title: A}", False),
        ("related: a", False),
        ("titel: T", False),
        ("title: ", False),
        ("sections: [{title: S, sections: [{title: U, entries: [{}]}]}]", False),
    ],
)
def test_topics_are_accepted_by_both_or_neither(text, good):
    _, problems = parse_topic(text, "theory.yaml")
    assert (not errors(problems)) is good, problems
    assert TOPIC.is_valid(value(read(text, "theory.yaml").root)) is good


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("title: T\ndescription: D\nlicense: CC0-1.0\nrepository: https://example.org/r\ntopics: [a, b]\n", True),
        ("vocabularies: {tags: [a], venue: [b]}", True),
        ("header: H\nfooter: F\norder: year\n", True),
        ("order: newest", False),
        ("order: [a, b]", False),
        (
            "check: {confirm: 3, pace: gentle, budget: 20m, concurrency: 50, timeout: 30s, fresh_days: 1.5, contact: me@example.org}",
            True,
        ),
        ("check: {timeout: 30, allow_private: [10.0.0.0/8]}", True),
        (
            "check: {hosts: {example.org: {headers: {Accept: text/html}, method: GET, rate: 0.5, connections: 1, accept: [403], skip: asked}}}",
            True,
        ),
        ("titel: T", False),
        ("topics: a", False),
        ("license: 0", False),
        ("vocabularies: {colours: [a]}", False),
        ("check: {pace: quick}", False),
        ("check: {confirm: 0}", False),
        ("check: {confirm: many}", False),
        ("check: {budget: soon}", False),
        ("check: {budget: 0}", False),
        ("check: {fresh_days: few}", False),
        ("check: {hosts: [example.org]}", False),
        ("check: {hosts: {example.org: {rate: slow}}}", False),
        ("check: {hosts: {example.org: {method: POST}}}", False),
        ("check: {hosts: {example.org: {accept: [99]}}}", False),
        ("check: {hosts: {example.org: {colour: red}}}", False),
        ("checks: {}", False),
    ],
)
def test_collections_are_accepted_by_both_or_neither(text, good):
    _, _, problems = read_collection(text, "_collection.yaml")
    assert (not errors(problems)) is good, problems
    assert COLLECTION.is_valid(value(read(text, "_collection.yaml").root)) is good


def names(model):
    return {field.name for field in dataclasses.fields(model)} - INTERNAL


@pytest.mark.parametrize(
    ("model", "schema", "fields"),
    [
        (Topic, topic_schema(), table.TOPIC),
        (Section, topic_schema()["definitions"]["section"], table.SECTION),
        (Author, topic_schema()["definitions"]["author"]["anyOf"][1], AUTHOR_KEYS),
        (NotDuplicate, topic_schema()["definitions"]["not_duplicate"], NOT_DUPLICATE_KEYS),
        (Start, topic_schema()["definitions"]["start"], table.START),
        (Excuse, topic_schema()["definitions"]["link_check"], EXCEPTION_KEYS),
    ],
)
def test_every_field_of_the_model_is_in_table_and_schema(model, schema, fields):
    assert names(model) == {field.name for field in fields} == set(schema["properties"])
    assert all(part["description"] for part in schema["properties"].values())
    assert schema["additionalProperties"] is False


def test_every_field_of_an_entry_is_in_its_schema():
    found = topic_schema()["definitions"]["entry"]["anyOf"][1]
    assert names(Entry) - {"more"} <= table.ENTRY.keys() == set(found["properties"])
    assert all(part["description"] for part in found["properties"].values())
    assert found["additionalProperties"] is False


def test_every_field_of_the_collection_is_in_its_schema():
    assert names(Collection) | {"check"} == set(collection_schema()["properties"])


def test_the_schemas_are_valid_and_deterministic():
    for schema in (topic_schema(), collection_schema()):
        jsonschema.Draft7Validator.check_schema(schema)
        text = schema_text(schema)
        assert json.loads(text) == schema
        assert text == schema_text(json.loads(text))
        assert text.endswith("}\n")


def test_our_lists_are_accepted_by_both():
    paths = sorted(LISTS.glob("*.yaml"))
    sources = {f"lists/{path.name}": path.read_bytes() for path in paths}
    _, problems = assemble(sources, today=date(2026, 11, 21))
    assert errors(problems) == []
    for path, data in sources.items():
        validator = COLLECTION if path.endswith("_collection.yaml") else TOPIC
        assert list(validator.iter_errors(value(read(data, path).root))) == []
