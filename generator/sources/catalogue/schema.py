"""JSON Schemas of the sources, for editors: made from the field tables that the reader follows.

Draft-07, since the YAML language servers know it best. They complete and check as one types; `validate` has the last word, for
a schema can't know other files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.sources import config
from generator.sources.catalogue import fields as table
from generator.sources.catalogue.entries import ACCEPTED, ID, YEARS
from generator.sources.yaml_tree.reader import Field

_Schema = dict[str, Any]
_FILLED = {"type": "string", "pattern": r"\S"}
_FILLED_LIST = {"type": "array", "items": _FILLED}
_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_ID = {"type": "string", "pattern": f"^{ID.pattern}"}
_SPAN = {"type": ["string", "integer", "number"], "pattern": r"^\d", "exclusiveMinimum": 0}
_CODE = {"type": "integer", "minimum": 100, "maximum": 999}
_URL = {"type": "string", "format": "uri", "pattern": r"\S"}
_ACCEPTABLE: list[_Schema] = [{"enum": list(ACCEPTED)}, _CODE]


def topic_schema() -> _Schema:
    """The schema of a topic file."""
    entry = _object(table.ENTRY) | {"anyOf": [{"required": ["title"]}, {"required": ["url"]}]}
    author = _object(table.AUTHOR) | {"anyOf": [{"required": [field.name]} for field in table.AUTHOR]}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Listkeeper topic",
        **_object(table.TOPIC),
        "definitions": {
            "entry": {"anyOf": [{"type": "string", "pattern": r"\S", "description": "A bare URL is an entry."}, entry]},
            "section": _object(table.SECTION),
            "author": {"anyOf": [_FILLED, author]},
            "not_duplicate": _object(table.NOT_DUPLICATE),
            "start": _object(table.START),
            "link_check": _object(table.EXCUSE),
        },
    }


def collection_schema() -> _Schema:
    """The schema of `_collection.yaml`."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Listkeeper collection",
        **_object(config.COLLECTION),
        "definitions": {"check": _object(config.CHECK), "host": _object(config.HOST)},
    }


def schema_text(schema: _Schema) -> str:
    """The text of a schema file: the same for the same schema, two spaces a level, one line break at its end."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _object(fields: Iterable[Field]) -> _Schema:
    fields = tuple(fields)
    schema: _Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: {"description": field.doc, **_shape(field)} for field in fields},
    }
    required = [field.name for field in fields if field.required]
    return schema | {"required": required} if required else schema


def _shape(field: Field) -> _Schema:
    if field.shape == "choice":
        return {"type": "string", "enum": list(field.choices)}
    return _SHAPES[field.shape]


def _list_of(definition: str) -> _Schema:
    return {"type": "array", "items": {"$ref": f"#/definitions/{definition}"}}


# A `$ref` hides its neighbours in draft-07; within `allOf` the description beside it stays.
_SHAPES: dict[str, _Schema] = {
    "line": _FILLED,
    "text": _FILLED,
    "url": _URL,
    "id": _ID,
    "ids": {"type": "array", "items": _ID},
    "lines": _FILLED_LIST,
    "topics": _FILLED_LIST,
    "authors": _list_of("author"),
    "year": {"type": "integer", "minimum": YEARS.start, "maximum": YEARS.stop - 1},
    "date": _DAY,
    "language": {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
    "doi": {"type": "string", "pattern": r"10\.\d{4,9}(\.\d+)*/\S+$"},
    "arxiv": {"type": "string", "pattern": r"(\d{4}\.\d{4,5}|[a-z][a-z-]+(\.[A-Z]{2})?/\d{7})(v\d+)?(\.pdf)?$"},
    "not_duplicates": {"anyOf": [{"$ref": "#/definitions/not_duplicate"}, _list_of("not_duplicate")]},
    "starts": {"anyOf": [{"$ref": "#/definitions/start"}, _list_of("start")]},
    "links": {"type": "object", "additionalProperties": {"anyOf": [_URL, _FILLED_LIST]}},
    "accept": {"anyOf": [*_ACCEPTABLE, {"type": "array", "items": {"anyOf": _ACCEPTABLE}}]},
    "excuse": {"allOf": [{"$ref": "#/definitions/link_check"}]},
    "extra": {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "null"]}},
    "entries": _list_of("entry"),
    "sections": _list_of("section"),
    "vocabularies": {
        "type": "object",
        "additionalProperties": False,
        "properties": dict.fromkeys(config.VOCABULARY_FIELDS, _FILLED_LIST),
    },
    "check": {"allOf": [{"$ref": "#/definitions/check"}]},
    "count": {"type": "integer", "minimum": 1},
    "number": {"type": "number", "minimum": 0},
    "duration": _SPAN,
    "networks": _FILLED_LIST,
    "hosts": {"type": "object", "additionalProperties": {"$ref": "#/definitions/host"}},
    "headers": {"type": "object", "additionalProperties": _FILLED},
    "addresses": {"type": "object", "additionalProperties": _FILLED, "propertyNames": {"enum": list(config.SITES)}},
    "codes": {"anyOf": [_CODE, {"type": "array", "items": _CODE}]},
}
