"""Lines that satisfy awesome-lint, by rule."""

from __future__ import annotations

import pytest

from generator.markdown import strict


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('plain "paired" text', 'plain "paired" text'),
        ('5" screens', '5`"` screens'),
        ('a "b" c "', 'a "b" c `"`'),
        ("“curly” and “open", "“curly” and `“`open"),
        ("closed” first", "closed`”` first"),
        ("‘single’ quotes", "'single’ quotes"),
        ("it’s the students’ own", "it’s the students’ own"),
        ("（full） 》wide", "（full） `》`wide"),
        ("Why?? Really!!", "Why`??` Really`!!`"),
        ("\\~\\~tildes\\~\\~", "`~~`tildes`~~`"),
        ("a, b, c", "a, b, c"),
        ('`"` in code and "', '`"` in code and `"`'),
        ('`code`" next', '`code` `"` next'),
        ('[a "b](https://example.org/"x) c"', '[a "b](https://example.org/"x) c"'),
        ("_emphasis_ un*frigging*believable **strong**", "_emphasis_ unfriggingbelievable **strong**"),
        ("see https\\://example.org/x?y.", "see `https://example.org/x?y`."),
        ("[at www\\.example.org](https://example.org)", "[at www\\.example.org](https://example.org)"),
    ],
)
def test_inline(line, expected):
    assert strict.inline(line) == expected
    assert strict.inline(expected) == expected


@pytest.mark.parametrize(
    ("head", "description", "expected"),
    [
        ("Title", "", ""),
        ("Title", "A sentence.", " - A sentence."),
        ("Title", "Title of a thing.", " - <!-- -->Title of a thing."),
        ("Title", "k-means.", " - k-means. <!-- -->"),
        ("Title", "O'Neill.", " - O'Neill."),
        ("Title", "See [this](https://example.org).", " - See [this](https://example.org)."),
        ("Title", "See [this](https://example.org)", " - See [this](https://example.org)"),
        ("Title", "深い。", " - 深い。 <!-- -->"),
        ("Title", "It said 'so.'", " - It said 'so.' <!-- -->"),
        ("Title", 'It said "so.".', ' - It said "so.". <!-- -->'),
        ("Title", "What??", " - What`??` <!-- -->"),
    ],
)
def test_described(head, description, expected):
    assert strict.described(head, description) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("- Title - Gone.", "- Title - Gone."), ("- `$x$` - Gone.", "- Titled `$x$` - Gone."), ('- "x', '- Titled `"`x')],
)
def test_unlinked_items(line, expected):
    assert strict.unlinked_item(line) == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("A paragraph.", "A paragraph."),
        ("**Bold**", "**Bold**&#8203;"),
        ("_So_ and _so_", "_So_ and _so_&#8203;"),
        ("- one\n- two", "<!-- lint ignore awesome-list-item -->\n\n- one\n- two"),
        ("1. one", "<!-- lint ignore awesome-list-item -->\n\n1. one"),
    ],
)
def test_blocks(block, expected):
    assert strict.block(block) == expected


def test_links_are_replaced_outside_code_only():
    assert strict.relinked("[a](x) `[b](y)` \\](z) [c](p\\)q)", lambda url: f"<{url}>") == "[a]<x> `[b](y)` \\](z) [c]<p\\)q>"
