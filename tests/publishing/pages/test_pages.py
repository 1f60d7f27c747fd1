"""Whole pages: parts, anchors, pointers to other topics, and the index."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generator.markdown.anchors import Anchors
from generator.publishing.pages import MARKER, index_block, is_rendered, render_pages, with_index
from tests.publishing.pages.readers import READERS
from tests.publishing.samples import catalogue, entry, handbook, section, topic

GOLDEN = Path(__file__).parent / "golden"
ROOT = Path(__file__).parents[3]


def test_golden_pages():
    """`python -m tests.publishing.pages.test_pages` updates them; read the diff before you commit it."""
    pages = render_pages(handbook())
    assert pages == {f"lists/{path.name}": path.read_bytes().decode() for path in GOLDEN.glob("*.md")}


def test_pages_are_equal_in_every_process():
    program = (
        "import json; from generator.publishing.pages import render_pages; from tests.publishing.samples import handbook;"
        "print(json.dumps(render_pages(handbook())))"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert json.loads(done.stdout) == render_pages(handbook())


@pytest.mark.parametrize(("folder", "prefix"), [("lists", "lists/"), ("a/b/", "a/b/"), ("", ""), (".", "")])
def test_pages_are_beside_their_sources(folder, prefix):
    pages = render_pages(catalogue(topic("x")), folder=folder)
    assert set(pages) == {f"{prefix}x.md", f"{prefix}README.md"}
    assert pages[f"{prefix}x.md"].startswith(f"{MARKER}{prefix}x.yaml by Listkeeper; edit that file")


def test_every_page_is_marked_and_ends_with_one_newline():
    for text in render_pages(handbook()).values():
        assert is_rendered(text)
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert "\r" not in text
        assert not re.search(r"[ \t]$", text, re.MULTILINE)
        assert "\n\n\n" not in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- rendered from lists/x.yaml by Listkeeper; edit that file, not this page -->\n\n# X\n", True),
        ("\ufeff<!-- rendered from lists/x.yaml -->\r\n", True),
        ("# X\n<!-- rendered from lists/x.yaml -->\n", False),
        ("\n<!-- rendered from lists/x.yaml -->\n", False),
        ("This page was rendered from data.\n", False),
        ("", False),
    ],
)
def test_only_the_first_line_marks_a_rendered_page(text, expected):
    assert is_rendered(text) is expected


def test_a_hostile_file_name_stays_inside_the_marker():
    (text, _) = render_pages(catalogue(topic("a--><b>\nc"))).values()
    assert text.splitlines()[0].endswith(" -->")
    for read in READERS.values():
        blocks, unexpected = read(text)
        assert unexpected == []
        assert blocks[0].text == "A ><B> C"


def test_contents_only_where_there_are_several_parts():
    one = render_pages(catalogue(topic("x", section("Papers", entry("T"))), topic("y", entries=[entry("U")])))
    assert "## Contents" not in one["lists/x.md"] + one["lists/y.md"]
    two = render_pages(catalogue(topic("x", section("Papers", entry("T", also_in=("y",)))), topic("y", section("Courses"))))
    assert "## Contents\n\n- [Courses](#courses)\n- [See also](#see-also)\n" in two["lists/y.md"]
    assert "## Contents" not in two["lists/x.md"]


def test_entries_beside_sections_get_a_heading():
    page = render_pages(catalogue(topic("x", section("Papers"), entries=[entry("T")])))["lists/x.md"]
    assert "- [General](#general)\n- [Papers](#papers)\n\n## General\n\n- T\n\n## Papers\n" in page


def test_a_list_in_a_description_is_separated_from_the_entries():
    page = render_pages(catalogue(topic("x", entries=[entry("T")], description="Read:\n\n- a\n- b\n  - c\n")))["lists/x.md"]
    assert "- b\n  - c\n\n<!-- and -->\n\n- T\n" in page
    ordered = render_pages(catalogue(topic("x", entries=[entry("T")], description="1. a\n")))["lists/x.md"]
    assert "1. a\n\n- T\n" in ordered


def test_sections_nest_down_to_heading_level_6():
    deep = section("L9", entry("T"))
    for level in range(8, 1, -1):
        deep = section(f"L{level}", sections=[deep])
    page = render_pages(catalogue(topic("x", deep, section("Other"))))["lists/x.md"]
    assert re.findall(r"^(#+) (L\d)$", page, re.MULTILINE) == [("#" * min(level, 6), f"L{level}") for level in range(2, 10)]
    assert "- [L2](#l2)\n  - [L3](#l3)\n- [Other](#other)\n" in page


def all_links(pages):
    for path, text in pages.items():
        blocks, _ = READERS["github"](text)
        for block in blocks:
            for _, url in block.links:
                yield path, block, url.decode()


def test_every_link_between_pages_has_a_target():
    pages = render_pages(handbook())
    anchors = {}
    for path, text in pages.items():
        blocks, _ = READERS["github"](text)
        page = Anchors()
        anchors[path.removeprefix("lists/")] = [page.add(block.text) for block in blocks if block.kind.startswith("h")]
    seen = 0
    for path, block, url in all_links(pages):
        if url.startswith("https://") or url.endswith(".yaml"):
            continue
        name, _, anchor = url.partition("#")
        assert not anchor or anchor in anchors[name or path.removeprefix("lists/")], (path, block.text, url)
        assert name in anchors or (not name and anchor)
        seen += 1
    assert seen > 15


def test_contents_link_their_headings():
    headings = ["Papers", "papers", "C++ / CUDA", "Übung & Spaß", "🚀 Start", "Contents", "X", "#1 #", "❤️ Love", "`code`"]
    page = render_pages(catalogue(topic("x", *(section(title) for title in headings))))["lists/x.md"]
    blocks, _ = READERS["github"](page)
    anchors = Anchors()
    found = [(anchors.add(block.text), block.text) for block in blocks if block.kind in {"h1", "h2"}]
    contents = [(link[1].decode().removeprefix("#"), link[0]) for block in blocks if block.kind == "li" for link in block.links]
    assert contents == found[2:]
    assert len(contents) == len(headings)


def test_headings_of_a_header_count_for_the_anchors():
    page = render_pages(catalogue(topic("x", section("Papers"), section("Courses"), header="## Papers\n\n<h2>Courses</h2>\n")))[
        "lists/x.md"
    ]
    assert "- [Papers](#papers-1)\n" in page


def test_cross_listed_entries_are_pointers_in_the_order_of_the_topics():
    pages = render_pages(
        catalogue(
            topic(
                "a", section("Papers", entry("One", "https://example.org/1", also_in=("c", "c", "a", "nowhere"))), title="A [x]"
            ),
            topic("b", entries=[entry("Two", "https://example.org/2", authors=["N. N."], year=2020, also_in=("c",))]),
            topic("c", section("Papers"), section("Papers", entry("Three", also_in=("a",)))),
        )
    )
    assert (
        "- [One](https://example.org/1) - In [A \\[x\\]: Papers](a.md#papers).\n"
        "- [Two](https://example.org/2) - N. N., 2020. In [B](b.md).\n" in pages["lists/c.md"]
    )
    assert "- Three - In [C: Papers](c.md#papers-1).\n" in pages["lists/a.md"]
    assert "See also" not in pages["lists/b.md"]


def test_header_and_footer_are_kept_as_written():
    page = render_pages(
        catalogue(topic("x", header="\n<p align=center>*Hi*</p>\r\n\r\nThere\n", footer="<sub>*Bye*</sub>\n", description="D."))
    )["lists/x.md"]
    assert "# X\n\n<p align=center>*Hi*</p>\n\nThere\n\nD.\n" in page
    assert "\n<sub>*Bye*</sub>\n\n---\n" in page


def test_the_last_line_links_the_source():
    page = render_pages(catalogue(topic("x_y z", related=("a", "x_y z", "no", "a")), topic("a", title="A & *B*"), title="All"))
    assert page["lists/x_y z.md"].endswith(
        "---\n\nRelated topics: [A & \\*B\\*](a.md).\n\n"
        "To change this page, edit [its source](x_y%20z.yaml). All topics: [All](README.md).\n"
    )


INDEX = catalogue(
    topic("a", section("P", entry("T"), entry("U")), description="Why *it* works. Then more.\n\nAnd more."),
    topic(
        "b",
        entries=[entry("T")],
        title="B [b]",
        description="By G. H. Hardy et al. and others, e.g. in Cambridge; the rest follows",
    ),
    topic("c"),
    title="Our # lists #",
    description="For *all*.",
    license="CC0-1.0",
)
ROWS = (
    "- [A]({0}a.md) - Why it works. 2 entries.\n"
    "- [B \\[b\\]]({0}b.md) - By G. H. Hardy et al. and others, e.g. in Cambridge; the rest follows. 1 entry.\n"
    "- [C]({0}c.md) - 0 entries."
)


def test_the_index_lists_every_topic_with_its_first_sentence():
    assert render_pages(INDEX)["lists/README.md"] == (
        "<!-- rendered from lists/ by Listkeeper; edit those files, not this page -->\n\n# Our # lists \\#\n\nFor _all_.\n\n"
        + ROWS.format("")
        + "\n\nLicense of the lists: CC0-1.0.\n"
    )


@pytest.mark.parametrize(("folder", "prefix"), [("lists", "lists/"), ("my lists/", "my%20lists/"), ("", ""), (".", "")])
def test_the_index_block_links_into_the_folder(folder, prefix):
    assert index_block(INDEX, folder) == ROWS.format(prefix)


BEGIN, END = "<!-- listkeeper:index -->", "<!-- /listkeeper:index -->"


@pytest.mark.parametrize(
    ("readme", "expected"),
    [
        (f"# R\n\n{BEGIN}\n{END}\nend", f"# R\n\n{BEGIN}\n\n- a\n- b\n\n{END}\nend"),
        (f"{BEGIN}\n\n- old\n\n{END}\n", f"{BEGIN}\n\n- a\n- b\n\n{END}\n"),
        (f"# R\r\n{BEGIN}\r\nold\r\n{END}\r\n", f"# R\r\n{BEGIN}\r\n\r\n- a\r\n- b\r\n\r\n{END}\r\n"),
        (f"```\n{BEGIN}\n{END}\n```\n{BEGIN}\n{END}\n", f"```\n{BEGIN}\n{END}\n```\n{BEGIN}\n\n- a\n- b\n\n{END}\n"),
        (f"a\x0cb\r\nc\n{BEGIN}\n{END}\n", f"a\x0cb\r\nc\n{BEGIN}\n\n- a\n- b\n\n{END}\n"),
        (f"{BEGIN}\n{END}", f"{BEGIN}\n\n- a\n- b\n\n{END}"),
        ("# R\n", None),
        (f"{BEGIN}\nonly one\n", None),
        (f"{END}\n{BEGIN}\n", None),
        (f"Write `{BEGIN}` and `{END}`.\n", None),
        (f"~~~\n{BEGIN}\n{END}\n", None),
        ("", None),
    ],
)
def test_with_index(readme, expected):
    assert with_index(readme, "- a\n- b") == expected
    if expected is not None:
        assert with_index(expected, "- a\n- b") == expected


def test_an_empty_index_keeps_the_markers():
    assert with_index(f"{BEGIN}\nold\n{END}\n", index_block(catalogue(), "lists")) == f"{BEGIN}\n{END}\n"


def test_an_empty_collection_has_an_index():
    assert render_pages(catalogue())["lists/README.md"].endswith("# Reading lists\n")


def test_plain_pages_need_no_markdown_parser():
    program = (
        "import sys; from generator.publishing.pages import render_pages; from tests.publishing.samples import catalogue, entry, topic;"
        "render_pages(catalogue(topic('x', entries=[entry('A [b]', 'https://e.org', description='Fine, really.')], description='Yes.')));"
        "sys.exit(any(name in sys.modules for name in ('mistune', 'httpx', 'yaml', 'click')))"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_replacing_one_entry_changes_its_own_lines_only():
    before = handbook()
    first = before.topics[0]
    changed = replace(first, entries=(replace(first.entries[0], title="Begin with This"), *first.entries[1:]))
    after = replace(before, topics=(changed, *before.topics[1:]))
    old, new = render_pages(before), render_pages(after)
    differing = [
        line
        for path in old
        for line, other in zip(old[path].splitlines(), new[path].splitlines(), strict=True)
        if line != other
    ]
    assert differing == ["- [Start with This](https://example.org/start)"]


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, page in render_pages(handbook()).items():
        (GOLDEN / Path(name).name).write_bytes(page.encode())
