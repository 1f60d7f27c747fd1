"""The reading path of a page that was rendered from a topic comes back with the page."""

from __future__ import annotations

from generator.importing.link_account import account
from generator.importing.topic import read_page
from generator.publishing.pages import render_pages
from generator.sources.catalogue.model import Start
from tests.publishing.samples import catalogue, entry, section, topic

WORKS = section(
    "Works",
    entry("One", "https://example.org/(1)", id="one"),
    entry("# Two", id="two"),
    entry("Three - again", "https://example.org/3", id="three"),
    entry("One", "https://example.org/other", id="other"),
)
ELSEWHERE = section("Elsewhere", entry("Four", "https://example.org/4", id="four"))
PATH = (Start("three", "Because - why."), Start("one", "Why *not*."), Start("two", ""), Start("three", "Twice."))


def page(*steps):
    return render_pages(catalogue(topic("t", WORKS, start=steps), topic("u", ELSEWHERE)))["lists/t.md"]


def test_a_path_is_read_back_once_with_its_reasons():
    rendered = page(*PATH)
    found = read_page(rendered, "t.md")
    (back,) = found.topics
    assert [step.reason for step in back.start] == [step.reason for step in PATH]
    assert [one.title for one in back.walk()] == [one.title for one in WORKS.entries]
    assert render_pages(catalogue(back))["lists/t.md"] == rendered
    told = account(rendered, found)
    assert (told.found, told.imported, told.left) == (6, 6, ())


def test_entries_behind_a_path_keep_their_lines():
    rendered = page(*PATH)
    (back,) = read_page(rendered, "t.md").topics
    lines = rendered.splitlines()
    assert [lines[one.place.line - 1].startswith("- ") for one in back.walk()] == [True] * len(WORKS.entries)


def test_a_step_to_another_page_is_told():
    rendered = page(*PATH[:1], Start("four", "It is elsewhere."))
    found = read_page(rendered, "t.md")
    assert [step.reason for step in found.topics[0].start] == ["Because - why."]
    told = account(rendered, found)
    assert (told.found, told.imported) == (5, 4)
    (left,) = told.left
    assert left.url == "https://example.org/4"
    assert "reading path" in left.reason
    assert rendered.splitlines()[left.line - 1] == "2. [Four](https://example.org/4) - It is elsewhere."


def test_a_heading_of_that_name_in_a_page_of_ones_own_is_a_section():
    own = "# Mine\n\n## Start here\n\n1. [One](https://example.org/1) - Good.\n2. [Two](https://example.org/2) - Better.\n"
    (topic_,) = read_page(own, "README.md").topics
    assert topic_.start == ()
    assert [one.title for one in topic_.walk()] == ["One", "Two"]
