"""One JSON document. For `check` it is a published contract: `check.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from generator.reporting.data import document, verdict_data
from generator.results import Report

__all__ = ["render"]


def render(report: Report) -> Iterator[str]:
    """The report as indented JSON, in parts; non-ASCII characters are not escaped. Verdicts are read as they are written."""
    before = "{\n  "
    for key, value in document(report).items():
        yield f"{before}{json.dumps(key)}: "
        yield from _array(map(verdict_data, report.verdicts)) if key == "verdicts" else [_indented(value, 1)]
        before = ",\n  "
    yield "\n}\n"


def _array(items: Iterable[object]) -> Iterator[str]:
    """The items of a list that is a value of the document."""
    before = "[\n    "
    for item in items:
        yield before + _indented(item, 2)
        before = ",\n    "
    yield "[]" if before.startswith("[") else "\n  ]"


def _indented(value: object, depth: int) -> str:
    """A value as JSON at a depth of two spaces each; in JSON a line ends only between values."""
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + "  " * depth)
