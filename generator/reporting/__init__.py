"""Report formats: one pure function each, from a `Report` to text; imported only when used."""

from __future__ import annotations

import json
import re
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from generator.results import Report

__all__ = ["ESCAPES", "FORMATS", "parts", "render"]

FORMATS = {
    "text": "generator.reporting.formats.text:render",
    "json": "generator.reporting.formats.json_:render",
    "jsonl": "generator.reporting.formats.jsonl:render",
    "github": "generator.reporting.formats.github:render",
    "sarif": "generator.reporting.formats.sarif:render",
    "codequality": "generator.reporting.formats.codequality:render",
    "junit": "generator.reporting.formats.junit:render",
    "markdown": "generator.reporting.formats.markdown:render",
}
"""Each format's name and its function as "module:function". A new format is a file and a line here."""


def _json_in_ascii(text: str) -> str:
    return re.sub(r"[^\x00-\x7f]", lambda found: json.dumps(found[0])[1:-1], text)


def _xml_in_ascii(text: str) -> str:
    return text.encode("ascii", "xmlcharrefreplace").decode()


ESCAPES: Mapping[str, Callable[[str], str]] = MappingProxyType({
    **dict.fromkeys(("json", "jsonl", "sarif", "codequality"), _json_in_ascii),
    "junit": _xml_in_ascii,
})  # fmt: skip
"""By format for programs, the function that rewrites a report in ASCII with the same meaning."""


def render(report: Report, name: str) -> str:
    """A whole report in one of `FORMATS`, ending in a newline; KeyError for another name."""
    return "".join(parts(report, name))


def parts(report: Report, name: str) -> Iterable[str]:
    """The same in parts: formats for programs give them one by one, so that a large report is never in memory as a whole."""
    module, _, function = FORMATS[name].partition(":")
    to_text: Callable[[Report], str | Iterable[str]] = getattr(import_module(module), function)
    found = to_text(report)
    return (found,) if isinstance(found, str) else found
