"""Descriptions: supported markup is kept, everything else is shown as written."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from generator.markdown.descriptions import blocks, first_paragraph, headings, line
from tests.publishing.pages.readers import by_github, by_mistune

ROOT = Path(__file__).parents[3]
LINES = [
    ("Plain words; R&D, 50 % (so far).", "Plain words; R&D, 50 % (so far)."),
    ("Two\nlines", "Two lines"),
    ("*a* _b_ **c** __d__ ***e***", "_a_ _b_ **c** **d** _**e**_"),
    ("un*frigging*believable", "un*frigging*believable"),
    ("[a *b*](https://example.org/x 'title') and <https://example.org/y>", "[a _b_](https://example.org/x) and [https\\://example.org/y](https://example.org/y)"),
    ("See www.example.org/x for more.", "See [www\\.example.org/x](http://www.example.org/x) for more."),
    ("see https://example.org/a_b.", "see [https\\://example.org/a\\_b](https://example.org/a_b)."),
    ("[a][1]\n\n[1]: https://example.org/x", "[a](https://example.org/x)"),
    ("`x*y`, `` a`b ``", "`x*y`, ``a`b``"),
    ("[a](javascript:alert(1)) [b](other.md)", "\\[a\\](javascript:alert(1)) \\[b\\](other.md)"),
    ("![alt](https://example.org/x.png)", "!\\[alt\\](https://example.org/x.png)".replace("https:", "https\\:")),
    ("<b>bold</b> <script>alert(1)</script>", "\\<b>bold\\</b> \\<script>alert(1)\\</script>"),
    ("a &amp; b &lt;i&gt; \\&amp; &copy;", "a & b \\<i> \\&amp; ©"),
    ("~~gone~~ $x$ me@example.org", "~~gone~~ $`x`$ `me@example.org`"),
    ("~~**a** b~~ c ~d~", "~~**a** b~~ c \\~d\\~"),
    ("# Title\n\n- one\n- two\n\n> quoted\n\n    code\n\n---\n<div>x</div>\n", "Title one two quoted `code` \\<div>x\\</div>"),
    ("wow![x](https://example.org/)", "wow!\\[x\\](https\\://example.org/)"),
    ("wow\\![x](https://example.org/)", "wow\\![x](https://example.org/)"),
    ("*\u202e*", ""),
    ("****(* b c***", "_**( b c**_"),
    ("*a [b *c*](https://e.org/)*", "_a [b c](https://e.org/)_"),
    ("_a_*b*", "*a*b"),
    ("*_*__b c__", "\\_**b c**"),
    ("**a**__b__", "**a**b"),
    ("a*me@example.org*c", "a`me@example.org`c"),
    ("`x`me@example.org", "`x` `me@example.org`"),
    ("R&D & <3; a: b", "R&D & \\<3; a: b"),
    ("a|b $5 ~x~", "a\\|b \\$5 \\~x\\~"),
    ("[](https://example.org/x)", "[https\\://example.org/x](https://example.org/x)"),
    ("Let $a*b*c$, $`a_b`$ and $\\{x\\}$ be", "Let $`a*b*c`$, $`a_b`$ and $`\\{x\\}`$ be"),
    ("\\$x\\$ or \\$5", "`$x$` or \\$5"),
    ("$5 and $10; US$5 or US$ 6; $HOME/$USER", "\\$5 and \\$10; US\\$5 or US\\$ 6; \\$HOME/\\$USER"),
    ("Note.[^1]\n\n[^1]: The end.", "Note. (The end.)"),
    ("", ""),
    ("\n \n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), LINES)
def test_line(source, expected):
    assert line(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One\nparagraph.\n\nAnother.\n", ["One paragraph.", "Another."]),
        ("Read:\n\n- *a*,\n- b:\n  1. c\n  2. d\n\nEnd.", ["Read:", "- _a_,\n- b:\n  1. c\n  2. d", "End."]),
        ("3) x\n4) y", ["3. x\n4. y"]),
        ("# Not a heading\n\n```\ncode\n```\n\n> quote\n", ["Not a heading", "```text\ncode\n```", "> quote"]),
        ("2019\\. A year", ["2019\\. A year"]),
        ("a\n\\# b\n\n\\- c", ["a # b", "\\- c"]),
        ("<div>\n\n</div>", ["\\<div>", "\\</div>"]),
        ("*", []),
        ("-\n  - a\n-\n- b\n", ["- a\n- b"]),
        ("- [x] a\n- [ ] b", ["- [x] a\n- [ ] b"]),
        (
            "| a | long |\n|:-:|--:|\n| `x\\|y` | $n$ |\n\nc | d\n--|--\ne | f",
            [
                "| a      | long  |\n| :----: | ----: |\n| `x\\|y` | $`n`$ |",
                "| c   | d   |\n| --- | --- |\n| e   | f   |",
            ],
        ),
        ("Note.[^1] Again.[^1]\n\n[^1]: The *end*.", ["Note. (The _end_.) Again."]),
        ("$$\nx \\\\\ny\n$$\n\n$$z$$\n\nIn $$a$$ line", ["```math\nx \\\\\ny\n```", "```math\nz\n```", "In $`a`$ line"]),
        ("```py\n[a](b)\n```\n\n````\n```\n````", ["```py\n[a](b)\n```", "````text\n```\n````"]),
        ("[up](#papers) [out](x.md)", ["[up](#papers) \\[out\\](x.md)"]),
        ("", []),
    ],
)
def test_blocks(source, expected):
    assert blocks(source) == expected


def test_the_first_paragraph_without_markup():
    assert first_paragraph("How *to* [go](https://example.org).\n\nMore.") == "How to go."
    assert first_paragraph("How to\ngo.\n\nMore.") == "How to go."
    assert first_paragraph("<!-- x -->") == "<!-- x -->"
    assert first_paragraph("\n") == ""


def test_headings_are_found():
    assert headings("# A *b*\n\ntext\n\nC\n---\n") == ["A b", "C"]


def test_plain_descriptions_never_import_mistune():
    program = "import sys; from generator.markdown.descriptions import line, blocks; line('A, b: c (d) 5 % - e.'); blocks('A\\n\\nB'); sys.exit('mistune' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


PIECES = st.sampled_from(
    [
        "a",
        "b c",
        " ",
        "*",
        "_",
        "**",
        "__",
        "`",
        "[",
        "](https://e.org/x)",
        "!",
        "\\",
        "&amp;",
        "(",
        ")",
        ".",
        "é",
        "\n",
        "<",
        ">",
        "~",
    ]
)


@settings(max_examples=400, derandomize=True, deadline=None, database=None)
@given(st.lists(PIECES, max_size=14).map("".join))
@example("a*b*_c_")
@example("*a**b*")
@example("**a**b**")
@example("_a *b* c_")
@example("`a``b` `c")
def test_a_line_is_the_same_for_both_parsers_and_links_only_http(source):
    shown = line(source)
    assert "\n" not in shown
    ours, unexpected = by_mistune(f"x {shown} y")
    theirs, others = by_github(f"x {shown} y")
    assert unexpected == others == []
    assert [block.text for block in ours] == [block.text for block in theirs]
    assert [block.links for block in ours] == [block.links for block in theirs]
    assert all(url.startswith(b"https://e.org/x") for block in ours for _, url in block.links)


@settings(max_examples=400, derandomize=True, deadline=None, database=None)
@given(st.lists(PIECES.filter(lambda piece: piece not in "<>&amp;!~\n"), max_size=12).map("".join))
@example("*a* **b** `c`")
def test_rendering_keeps_text_and_links(source):
    (before,), _ = by_mistune(f"x {source} y")
    assume(all(text.strip() for text, _ in before.links))
    (after,), _ = by_mistune(line(f"x {source} y"))
    # Spaces at the ends of a code span may be removed.
    assert "".join(after.text.split()) == "".join(before.text.split())
    assert [("".join(text.split()), url) for text, url in after.links] == [
        ("".join(text.split()), url) for text, url in before.links
    ]
