"""Every code has a page whose first example has the problem and whose second doesn't."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import generator
from generator.reporting.explanations import explain, known_codes
from generator.sources.catalogue.parse import assemble
from linkcheck.urls import FAULTS

SOURCES = Path(generator.__file__).parent
BLOCK = re.compile(r"```(\w+)\n(.*?)\n```", re.DOTALL)
TOLD = re.compile(r"(?:Problem|tell|report|_report|Repair|_problem)\(\s*(?:\w+, \w+, )?\"([a-z0-9]+(?:-[a-z0-9]+)*)\"")


def blocks(code):
    return BLOCK.findall(explain(code))


def codes_of(text):
    if text.startswith("# _collection.yaml"):
        sources = {"_collection.yaml": text + "\n"}
    elif text.startswith("- "):
        rows = [
            "title: Theory",
            "entries:",
            *(row if row.startswith(("<", "=", ">", "\t")) else f"  {row}" for row in text.splitlines()),
        ]
        sources = {"theory.yaml": "\n".join(rows) + "\n"}
    else:
        sources = {"theory.yaml": text + "\n"}
    sources["topology.yaml"] = "title: Topology\nentries:\n  - title: Another\n"
    _, problems = assemble(sources, today=date(2026, 11, 21))
    return {problem.code for problem in problems}


@pytest.mark.parametrize("code", known_codes())
def test_page_has_its_parts(code):
    page = explain(code)
    assert page.startswith(f"# {code}\n\n")
    assert "\nBefore:\n" in page
    assert "\nAfter:\n" in page
    assert "\nTo fix it: " in page
    assert len(blocks(code)) == 2


@pytest.mark.parametrize("code", [code for code in known_codes() if blocks(code)[0][0] == "yaml"])
def test_the_first_example_has_the_problem_and_the_second_does_not(code):
    (_, before), (_, after) = blocks(code)
    assert code in codes_of(before)
    assert not codes_of(after) - {"missing-title"}, "the fixed example still has a problem"


def test_every_code_has_a_page_and_every_page_a_code():
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    assert {*FAULTS, *TOLD.findall(text)} - set(known_codes()) == set()
    choices = {"unknown-kind", "unknown-state", "unknown-status"}
    assert [code for code in known_codes() if code not in {*FAULTS, *choices} and f'"{code}"' not in text] == []


def test_unknown_codes_have_no_page():
    assert explain("no-such-code") is None
    assert explain("../codes/tab") is None
