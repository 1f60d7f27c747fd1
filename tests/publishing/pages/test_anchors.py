"""Anchors of headings are those of GitHub."""

import json
import subprocess
import unicodedata

import pytest

from generator.markdown.anchors import Anchors, slug
from tests.publishing.pages.node import NODE_MODULES, run_node

TABLE = {
    "Papers": "papers",
    "C++ / CUDA": "c--cuda",
    "What's new?": "whats-new",
    "Équations différentielles": "équations-différentielles",
    "ΑΒΓ Σας": "αβγ-σας",
    "深層学習 入門": "深層学習-入門",
    "हिन्दी": "हिन्दी",
    "🚀 Start": "-start",
    "snake_case & kebab-case": "snake_case--kebab-case",
    "a  b": "a--b",
    "v1.0: (beta)": "v10-beta",
    "x² + Ⅳ + ①": "x--ⅳ--",
    "Ⓐ 🄰": "ⓐ-🄰",
    "İstanbul": "i̇stanbul",
    "tab\there": "tabhere",
    "": "",
}


@pytest.mark.parametrize(("title", "expected"), TABLE.items())
def test_slug(title, expected):
    assert slug(title) == expected


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["Papers", "papers", "PAPERS"], ["papers", "papers-1", "papers-2"]),
        (["Papers", "Papers", "Papers 1"], ["papers", "papers-1", "papers-1-1"]),
        (["Papers 1", "Papers", "Papers"], ["papers-1", "papers", "papers-2"]),
        (["!", "?", "-"], ["", "-1", "-"]),
        (["constructor", "__proto__", "constructor"], ["constructor", "__proto__", "constructor-1"]),
    ],
)
def test_repeated_headings_are_numbered(titles, expected):
    anchors = Anchors()
    assert [anchors.add(title) for title in titles] == expected


@pytest.mark.node
def test_github_slugger_agrees():
    run_node("--version")
    titles = [*TABLE, "Papers", "Papers", "Papers 1", "papers-1", "", "!"]
    # Only characters of Unicode 3.2, which are in every later table.
    chars = [char for char in map(chr, range(0xD800)) if unicodedata.ucd_3_2_0.category(char) != "Cn"]
    script = (
        f"import Slugger, {{slug}} from {json.dumps((NODE_MODULES / 'github-slugger/index.js').as_uri())};"
        "let all = ''; for await (const part of process.stdin) all += part;"
        "const {titles, chars} = JSON.parse(all), page = new Slugger();"
        "console.log(JSON.stringify([titles.map(title => page.slug(title)), chars.map(char => slug(`x${char}y`))]))"
    )
    answer = subprocess.run(
        ["node", "--input-type=module", "-e", script],
        input=json.dumps({"titles": titles, "chars": chars}),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    anchors = Anchors()
    assert [[anchors.add(title) for title in titles], [slug(f"x{char}y") for char in chars]] == json.loads(answer.stdout)
