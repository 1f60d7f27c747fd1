"""Rendered pages pass markdownlint with default rules, except for line length."""

import json
import re

import pytest

from generator.publishing.pages import render_pages
from tests.publishing.pages.node import run_tool
from tests.publishing.samples import catalogue, entry, handbook, section, topic

pytestmark = pytest.mark.node


def lint(pages, folder):
    (folder / ".markdownlint-cli2.jsonc").write_text(json.dumps({"config": {"MD013": False}}), encoding="utf-8")
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    done = run_tool("markdownlint-cli2", "**/*.md", cwd=folder)
    return done.returncode, re.findall(r"^(.*?) error (MD\d+)", done.stderr + done.stdout, re.MULTILINE)


def test_the_linter_finds_errors(tmp_path):
    code, found = lint({"x.md": "# X\n\n### Y\n\n[z](#nowhere) <b>\n"}, tmp_path)
    assert code == 1
    assert {rule for _, rule in found} == {"MD001", "MD033", "MD051"}


def test_pages_pass(tmp_path):
    assert lint(render_pages(handbook()), tmp_path) == (0, [])


def test_hostile_headings_pass_and_contents_link_them(tmp_path):
    titles = [
        "C++ / CUDA",
        "Papers",
        "Papers",
        "Übung: Spaß!",
        "🚀 Start",
        "❤️ Love",
        "Ends with #",
        "What?",
        "a_b *c* <d> &amp;",
        "深層学習",
        "Contents",
        "1. One",
        "See also.",
    ]
    first = topic(
        "x",
        *(section(title, entry("T", f"https://example.org/{number}", also_in=("y",))) for number, title in enumerate(titles)),
    )
    deep = section("Deep", sections=[section("Deeper", sections=[section("Deepest", entry("T"))])])
    about = "Some:\n\n1. *one*\n2. two\n   - three\n\nEnd https://example.org/x_y and `code`.\n\n- last"
    second = topic(
        "y",
        deep,
        title="Why. Oh, why.",
        description=about,
        entries=[entry("Loose", "https://example.org/", description="**Bold** claim")],
    )
    assert lint(render_pages(catalogue(first, second, topic("empty"))), tmp_path) == (0, [])
