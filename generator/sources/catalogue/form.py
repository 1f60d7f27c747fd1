"""The issue form "Suggest an entry", with the topics and kinds of the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterable

from generator.sources.catalogue.model import KINDS

__all__ = ["FIRST_LINE", "form"]

FIRST_LINE = "# rendered from the topics of the lists by `listkeeper schema`; edit those, not this form"

_HEAD = """\
name: Suggest an entry
description: A work or resource that a list should recommend
title: "Suggest: "
labels: [suggestion]
body:
  - type: markdown
    attributes:
      value: |
        One suggestion per form, please. A maintainer writes the entry; if you would rather write it yourself, open a pull
        request that edits the topic's YAML file.
"""


def form(topics: Iterable[str]) -> str:
    """The form's text, for topics by title. Every text of the lists is quoted, so that none is read as YAML."""
    fields = [
        _input("title", "Title", "The work's own title.", "Computational Optimal Transport", required=True),
        _input("url", "URL", "The page to read; for arXiv the abs page.", "https://arxiv.org/abs/1803.00567", required=True),
        _dropdown("topic", "Topic", "Where readers would look for it.", [*topics, "None of these"]),
        _dropdown("kind", "Kind", "What it is.", KINDS),
        _input("authors", "Authors", "As the work names them, separated by semicolons.", "Gabriel Peyré; Marco Cuturi"),
        _input("year", "Year", "Of publication.", "2019"),
        _area("why", "Why", "One or two sentences in your own words: who should read it, and what for?"),
        _boxes("checks", "Before you send it", ["It isn't in the lists yet.", "I have read or used it myself.", "I say so if I made it."]),
    ]  # fmt: skip
    return "\n".join([FIRST_LINE, _HEAD.rstrip("\n"), *fields]) + "\n"


def _input(name: str, label: str, description: str, example: str, *, required: bool = False) -> str:
    return _field("input", name, [*_about(label, description), f"placeholder: {_quoted(example)}"], required=required)


def _area(name: str, label: str, description: str) -> str:
    return _field("textarea", name, _about(label, description), required=True)


def _dropdown(name: str, label: str, description: str, options: Iterable[str]) -> str:
    # GitHub rejects a form with the same option twice.
    distinct = dict.fromkeys(" ".join(option.split()) for option in options)
    listed = ["options:", *(f"  - {_quoted(option)}" for option in distinct if option)]
    return _field("dropdown", name, [*_about(label, description), *listed], required=True)


def _boxes(name: str, label: str, boxes: Iterable[str]) -> str:
    listed = [line for box in boxes for line in (f"  - label: {_quoted(box)}", "    required: true")]
    return _field("checkboxes", name, [f"label: {_quoted(label)}", "options:", *listed])


def _about(label: str, description: str) -> list[str]:
    return [f"label: {_quoted(label)}", f"description: {_quoted(description)}"]


def _field(kind: str, name: str, attributes: Iterable[str], *, required: bool = False) -> str:
    lines = [f"  - type: {kind}", f"    id: {name}", "    attributes:", *(f"      {line}" for line in attributes)]
    return "\n".join([*lines, *(["    validations:", "      required: true"] if required else [])])


def _quoted(text: str) -> str:
    """A text as a double-quoted scalar, which JSON's strings are."""
    return json.dumps(text, ensure_ascii=False)
