"""Format values as YAML, keeping the style of the text they replace. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

from generator.editing.edit.model import Value
from generator.sources.yaml_tree import Mapping as Pairs
from generator.sources.yaml_tree import Node, Scalar, read
from generator.sources.yaml_tree.traps import quote

_ODD = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def scalar(text: str, *, flow: bool = False) -> str:
    """A string as YAML: without quotes where YAML reads it back as the same string."""
    if _ODD.search(text) or not text:
        return json.dumps(text, ensure_ascii=not text.isprintable())
    return text if text.strip() == text and reads_as(text, text, flow=flow) else quote(text)


def format_value(value: Value, *, flow: bool = False) -> str:
    """A value on one line; lists and mappings in flow style."""
    if isinstance(value, Mapping):
        pairs = (f"{scalar(key, flow=True)}: {scalar(text, flow=True)}" for key, text in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, tuple):
        return f"[{', '.join(scalar(text, flow=True) for text in value)}]"
    return scalar(value, flow=flow) if isinstance(value, str) else str(value)


def format_field(key: str, value: Value, indent: str, newline: str) -> str:
    """A key and its value as lines of a block mapping; the first is not indented, the last has no line break."""
    if isinstance(value, Mapping):
        rows = [f"{indent}  {scalar(name)}: {scalar(text)}" for name, text in value.items()]
        return newline.join([f"{key}:", *rows])
    if isinstance(value, str) and "\n" in value and not _ODD.search(value.replace("\n", "")) and value.strip() == value:
        rows = [f"{indent}  {row}".rstrip() for row in value.split("\n")]
        return newline.join([f"{key}: |-", *rows])
    return f"{key}: {format_value(value)}"


def rewrite_scalar(raw: str, old: str, new: str, *, flow: bool) -> str | None:
    """The source text `raw` of the scalar `old`, changed so that its value is `new`; None where its style doesn't allow it.

    Where old and new have the same number of words, only the words that differ are replaced.
    """
    attempt = _replace_words(raw, old.split(), new.split())
    if attempt is not None and (raw[:1] in {"|", ">"} or reads_as(attempt, new, flow=flow)):
        return attempt
    if raw[:1] in {"|", ">"} or "\n" in raw or "\r" in raw:
        return None
    if raw[:1] == "'":
        return "'" + new.replace("'", "''") + "'"
    if raw[:1] == '"':
        return json.dumps(new, ensure_ascii=False) if reads_as(json.dumps(new, ensure_ascii=False), new, flow=flow) else None
    return scalar(new, flow=flow)


def _replace_words(raw: str, old: list[str], new: list[str]) -> str | None:
    """`raw` with the differing words replaced; None unless it contains the words of `old` one by one."""
    if len(old) != len(new):
        return None
    spans = [match.span() for match in re.finditer(r"\S+", raw)]
    if raw[:1] in {"|", ">"}:
        head = re.match(r"[^\r\n]*", raw)
        spans = [span for span in spans if head is None or span[0] >= head.end()]
    marks = (raw[0], raw[-1]) if raw[:1] in {"'", '"'} else ("", "")
    if len(spans) != len(old):
        return None
    for number in range(len(old) - 1, -1, -1):
        if old[number] == new[number]:
            continue
        start, end = spans[number]
        start += len(marks[0]) if number == 0 else 0
        end -= len(marks[1]) if number == len(old) - 1 else 0
        if raw[start:end] != old[number] or (marks[0] and {"'", '"', "\\"} & set(new[number])):
            return None
        raw = raw[:start] + new[number] + raw[end:]
    return raw


def reads_as(raw: str, text: str, *, flow: bool) -> bool:
    """Whether YAML reads `raw` as the string `text`, white space aside."""
    tree = read(f"[{raw}]" if flow else f"k: {raw}", "")
    node: Node | None = None if tree.problems else tree.root
    if isinstance(node, Pairs):
        node = node.items[0][1] if len(node.items) == 1 else None
    elif node is not None and not isinstance(node, Scalar):
        node = node.items[0] if len(node.items) == 1 else None
    return isinstance(node, Scalar) and node.kind == "str" and node.text.split() == text.split()


def kind_of(value: str | int | date) -> str:
    """The YAML type of a scalar written from this value: "str", "int" or "date"."""
    if isinstance(value, str):
        return "str"
    return "date" if isinstance(value, date) else "int"
