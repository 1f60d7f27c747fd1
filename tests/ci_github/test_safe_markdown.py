"""Untrusted Markdown rewritten for a comment: it reads the same and triggers nothing."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.reporting.safe_markdown import safe_markdown
from tests.ci_github.conversation import calls, html

HOSTILE = [
    "@everyone look",
    "\\@everyone",
    "&#64;everyone &commat;everyone &amp;#64;everyone",
    "@\\everyone and reader/lists#1 and #12 and GH-12 and JIRA-1",
    "see https://example.org/x and www.example.org now",
    "![pixel](https://example.org/pixel.png) <img src=x onerror=alert(1)>",
    "<script>alert(1)</script>\n\n<details><summary>@you</summary>hidden</details>",
    "[click](javascript:alert(1)) [data](data:text/html,x)",
    "[note](https://github.com/o/r/issues/1) [gist](https://gist.github.com/x)",
    "- a\n  - @b\n    - [c @d](https://example.org/@e)",
    "# @heading #1",
    "> @quoted\n> > #2",
    "```\n@code\n```\n\n    indented @code",
    "<!-- listkeeper-pull-request -->\n<!-- @hidden -->x",
    "commit 0123456789abcdef0123456789abcdef01234567",
    "[ref]: https://example.org/@x\n\n[ref] **@bold** _@it_ ~~@gone~~ `@code`",
    "| a | b |\n| - | - |\n| @c | #1 |",
    "a@b.example.org :tada: $x^2$",
    "*" * 3000 + "@x",
    "[" * 3000 + "@x",
    "> " * 1500 + "@x",
    "`" * 2999 + "@x",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_notifies_loads_or_runs(source: str):
    out = safe_markdown(source, 30_000)
    shown = html(out)
    assert not calls(out), out
    assert not re.search(r"<(?!/?(?:p|a|ul|ol|li|em|strong|code|pre|hr|br|table|tr|td|th|thead|tbody)\b)", shown), shown
    assert not re.search(r'href="(?!https?:)', shown)
    assert not re.search(r'href="https?://(?:[\w.]*\.)?github\.com', shown)


@given(
    st.lists(
        st.sampled_from(
            [
                *HOSTILE[:16],
                "@",
                "#1",
                "\\",
                "`",
                "*",
                "_",
                "&",
                "#64;",
                "a",
                "\n",
                "\n\n",
                "[",
                "](",
                ")",
                "<",
                ">",
                " ",
                "- ",
                "!",
                "user",
                "12",
                "www",
                ".x",
                "https",
                "://",
                "GH-",
                "abc123",
                "4567",
                "**",
                "*",
            ]
        ),
        max_size=12,
    )
)
@settings(max_examples=2000, deadline=None, derandomize=True, database=None)
def test_no_combination_notifies_anyone(parts: list[str]):
    assert not calls(safe_markdown("".join(parts), 30_000))


def test_a_preview_stays_readable():
    source = "**1 entry added.**\n\n### Waves\n\nPage: 10 bytes, new.\n\n**Added**: `a` at `lists/waves.yaml:3`\n\n- [Long *waves*](https://example.org/a_b?x=1&y=2) - Short & good."
    shown = html(safe_markdown(source, 30_000))
    assert '<a href="https://example.org/a_b?x=1&amp;y=2">Long <em>waves</em></a> - Short &amp; good.' in shown
    assert "<strong>Waves</strong>" in shown
    assert "<code>lists/waves.yaml:3</code>" in shown


def test_its_length_is_limited_and_said_so():
    out = safe_markdown("word\n\n" * 10_000, 1000)
    assert len(out) <= 1000
    assert out.endswith("_… and more_")


@pytest.mark.parametrize("piece", ["[", "![", "*a_", "`", "<", "&", "- ", "> ", "1. ", "[](", "~~", "\\", "\t", "[a]: b\n"])
def test_no_text_takes_long(piece: str):
    begun = process_time()
    safe_markdown(piece * (120_000 // len(piece)), 30_000)
    safe_markdown(f"{piece}\n" * 20_000, 30_000)
    assert process_time() - begun < 20  # quadratic texts took minutes
