"""JSON Schemas of the sources, for editors, from the tables by which sources are read.

They are draft-07, which YAML language servers support best. A schema can't see other files, so `validate` finds more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from generator.sources import config
from generator.sources.catalogue import fields as table
from generator.sources.catalogue.authors import AUTHOR_KEYS
from generator.sources.catalogue.shapes import (
    DAY,
    ENTRY_ID,
    EXCEPTION_KEYS,
    NOT_DUPLICATE_KEYS,
    Schema,
    filled,
    filled_list,
    list_of,
)
from generator.sources.config.values import ACCEPTED
from generator.sources.yaml_tree.reader import Key
from linkcheck.services import ENDPOINTS

_SPAN = {"type": ["string", "integer", "number"], "pattern": r"^\d", "exclusiveMinimum": 0}
_CODE = {"type": "integer", "minimum": 100, "maximum": 999}
_ACCEPTABLE: list[Schema] = [{"enum": list(ACCEPTED)}, _CODE]
_EXCUSES: Schema = {"type": "object", "additionalProperties": {"anyOf": [filled, {"$ref": "#/definitions/excuse_of_url"}]}}


def topic_schema() -> Schema:
    """The schema of a topic file."""
    properties = {field.name: {"description": field.doc, **field.shape.schema} for field in table.ENTRY.values()}
    entry = {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "anyOf": [{"required": ["title"]}, {"required": ["url"]}],
    }
    author = _object(AUTHOR_KEYS) | {"anyOf": [{"required": [key.name]} for key in AUTHOR_KEYS if key.name != "suffix"]}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Listkeeper topic",
        **_object(table.TOPIC),
        "definitions": {
            "entry": {"anyOf": [{"type": "string", "pattern": r"\S", "description": "A bare URL is an entry."}, entry]},
            "section": _object(table.SECTION),
            "author": {"anyOf": [filled, author]},
            "not_duplicate": _object(NOT_DUPLICATE_KEYS),
            "start": _object(table.START),
            "link_check": _object(EXCEPTION_KEYS),
        },
    }


def collection_schema() -> Schema:
    """The schema of `_collection.yaml`."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Listkeeper collection",
        **_object(config.COLLECTION),
        "definitions": {
            "check": _object(config.CHECK),
            "host": _object(config.HOST),
            "excuse": _object(config.EXCUSE),
            "excuse_of_url": _object(key for key in config.EXCUSE if key.name != "url"),
            "site": _object(config.SITE),
            "pages": _object(config.PAGES),
            "accent": _object(config.ACCENT),
        },
    }


def schema_text(schema: Schema) -> str:
    """The text of a schema file: indented by two spaces, with a final newline."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _object(keys: Iterable[Key]) -> Schema:
    keys = tuple(keys)
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: {"description": key.doc, **_shape(key)} for key in keys},
    }
    required = [key.name for key in keys if key.required]
    return schema | {"required": required} if required else schema


def _shape(key: Key) -> Schema:
    if key.shape == "choice":
        return {"type": "string", "enum": list(key.choices)}
    return _SHAPES[key.shape]


# A `$ref` hides its neighbours in draft-07; within `allOf` the description beside it stays.
_SHAPES: dict[str, Schema] = {
    "line": filled,
    "text": filled,
    "id": ENTRY_ID.schema,
    "lines": filled_list,
    "topics": filled_list,
    "date": DAY.schema,
    "starts": {"anyOf": [{"$ref": "#/definitions/start"}, list_of("start")]},
    "accept": {"anyOf": [*_ACCEPTABLE, {"type": "array", "items": {"anyOf": _ACCEPTABLE}}]},
    "entries": list_of("entry"),
    "sections": list_of("section"),
    "vocabularies": {
        "type": "object",
        "additionalProperties": False,
        "properties": dict.fromkeys(config.VOCABULARY_FIELDS, filled_list),
    },
    "check": {"allOf": [{"$ref": "#/definitions/check"}]},
    "accent": {"anyOf": [{"type": "string", "pattern": r"^#([0-9A-Fa-f]{3}){1,2}$"}, {"$ref": "#/definitions/accent"}]},
    "pages": {"allOf": [{"$ref": "#/definitions/pages"}]},
    "whole": {"type": "integer", "minimum": 0},
    "site": {"allOf": [{"$ref": "#/definitions/site"}]},
    "count": {"type": "integer", "minimum": 1},
    "number": {"type": "number", "minimum": 0},
    "duration": _SPAN,
    "networks": filled_list,
    "excuses": {"anyOf": [list_of("excuse"), _EXCUSES]},
    "hosts": {"type": "object", "additionalProperties": {"$ref": "#/definitions/host"}},
    "headers": {"type": "object", "additionalProperties": filled},
    "addresses": {"type": "object", "additionalProperties": filled, "propertyNames": {"enum": list(ENDPOINTS)}},
    "codes": {"anyOf": [_CODE, {"type": "array", "items": _CODE}]},
}
