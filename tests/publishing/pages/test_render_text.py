"""Escaped text is shown as written, by two parsers."""

import pytest

from generator.markdown.text import clean, code, destination, heading, line_start, link, sentence, text
from tests.publishing.pages.readers import address, in_one_line, inline_text

HOSTILE = [
    "plain words, (parentheses) and 100 %",
    "[brackets] [a](javascript:alert(1)) ![img](x) [ref][x] [^1]",
    "](javascript:alert(1)",
    "*a* _b_ **c** __d__ ~e~ ~~f~~ ==g==",
    "snake_case_name and 2*3*4",
    "`code` ``more`` ` `` lone",
    "<b>bold</b> <script>alert(1)</script> <!-- x --> <https://example.org> <?php ?>",
    "&amp; &copy; &#35; &#x22; &notanentity; AT&T a & b &copy",
    "C:\\path\\ \\* \\\\ \\",
    "a | b | c",
    "http://example.org https://example.org/a_b ftp://example.org www.example.org WWW.example.org",
    "mail me@example.org, x+y.z@a-b.example.co.uk or mailto:me@example.org!",
    "`me@example.org`",
    "foo://me@example.org/x a@b@c.d 0@.a x@y..z x@y.-z.",
    ":smile: :+1: 10:30:45 std::vector::iterator :100: a:b",
    ":a:b@example.org:c:",
    "$x_1$ costs $5, $$y$$ and $6",
    "@mention #123 GH-1 owner/repo#1",
    "Łukasz Kaiser, 深層学習, हिन्दी",
    "! [x]",
    "a\\`b`c`",
]
LINE_STARTS = ["# a", "####### a", "#a", "- a", "+ a", "* a", "-", "1. a", "12) a", "1.5 a", "> a", ">a", "===", "---", "- - -", "***", "___",
               "```x", "~~~", "    a", "\ta", "[x]: http://example.org", "[ ] task", "| a |", "<div>", ":a", "=a", "1234567890. a", "--- a"]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_text_is_shown_as_written_without_links(value):
    shown = inline_text(text(value))
    assert shown.text == in_one_line(value)
    assert shown.links == []


@pytest.mark.parametrize("value", HOSTILE)
def test_text_is_shown_as_written_in_links_emphasis_and_headings(value):
    for markdown in (f"[{text(value)}](https://example.org/)", f"- _{text(value)}_, 2019", f"# {heading(value)[1]}"):
        shown = inline_text(markdown)
        assert shown.text.removesuffix(", 2019") == in_one_line(value)
        assert shown.links == ([(in_one_line(value), b"https://example.org/")] if markdown.startswith("[") else [])


@pytest.mark.parametrize("value", [*LINE_STARTS, *HOSTILE])
@pytest.mark.parametrize("before", ["", "- "])
def test_text_at_a_line_start_opens_no_block(before, value):
    shown = inline_text(before + line_start(text(value)))
    assert shown.text == in_one_line(value.strip())
    assert shown.kind == ("li" if before else "p")


@pytest.mark.parametrize("value", ["C #", "#", "## a ##", "a #b", "C\\#", "# "])
def test_a_heading_keeps_its_number_signs(value):
    shown = inline_text(f"## {heading(value)[1]}")
    assert (shown.kind, shown.text) == ("h2", value.strip())


def test_a_heading_has_text_and_no_variation_selector():
    assert heading("❤️ Papers") == ("❤ Papers", "❤ Papers")
    assert heading("\u202e") == ("Untitled", "Untitled")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  a  b\n c\t", "a b c"),
        ("a\u00a0b\u2028c\x85d", "a b c d"),
        ("a\x00b\x1b[31mc\x7f\x9b", "ab[31mc"),
        ("\u202eabc\u202c \u2066x\u2069\u200e\u200f\u061c", "abc x"),
        ("\ufeffa", "a"),
        ("a\ud800b", "a\ufffdb"),
        ("👩\u200d🔬 می\u200cخواهم", "👩\u200d🔬 می\u200cخواهم"),
        (" \n ", ""),
    ],
)
def test_clean(value, expected):
    assert clean(value) == expected


@pytest.mark.parametrize("value", ["a", "`", "``", "a`b", "`a", "a` ``b``", "\\", "<b>&amp;", "x|y"])
def test_code_spans_contain_any_text(value):
    shown = inline_text(f"x {code(value)} y")
    assert shown.text == f"x {value} y"


URLS = [
    "https://example.org",
    "http://example.org/a_b*c~d?x=1&y=2#frag",
    "https://en.example.org/wiki/Transport_(theory)",
    "https://example.org/unbalanced(((",
    "https://example.org/)",
    "https://example.org/a%20b%2Fc%zz",
    "https://example.org/?a=1&copy=2",
    "https://example.org/?a=1&copy;=2&amp;x&#35;",
    "https://example.org/?a;b&c;d",
    "https://example.org/a\\b",
    "https://example.org/<a>/`b`/\"c\"/'d'/{e}/|f|/^g",
    "https://example.org/[a](b)",
    "https://[::1]:8080/",
    "https://example.org//@http://example.com",
    "HTTPS://EXAMPLE.ORG/X",
    "https://пример.example/путь",
    "https://user:pass@example.org/",
]


@pytest.mark.parametrize("url", URLS)
def test_a_url_is_read_back(url):
    assert inline_text(f"[x]({destination(url)}) y").links == [("x", address(url))]


@pytest.mark.parametrize(
    "url", ["https://example.org/a b", "https://example.org/a\nb", "https://example.org/\u202e\x00\x9f\u3000"]
)
def test_characters_not_allowed_in_urls_are_encoded(url):
    target = destination(url)
    assert target.isprintable()
    assert inline_text(f"[x]({target})").links == [("x", address(url))]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "/a", "a.md", "#a", "//example.org",
     "mailto:me@example.org", "ftp://example.org", "https:example.org", "https:///x", "http://", "", " ", "https://\\x", "java\nscript:x"],
)  # fmt: skip
def test_only_http_urls_are_linked(url):
    assert destination(url) is None
    shown = inline_text(f"x {link('pdf', url)}.")
    assert shown.links == []
    assert shown.text == f"x pdf ({clean(url)})."


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [("a", "a."), ("a.", "a."), ("a?", "a?"), ("a…", "a…"), ("a et al.", "a et al."), ('"a."', '"a."'), ('"a"', '"a".'), ("(a)", "(a)."),
     ("(a.)", "(a.)"), ("_a._", "_a._"), ("_a_", "_a_."), ("`a`", "`a`."), ("終わり。", "終わり。"), ("a,", "a,.")],
)  # fmt: skip
def test_sentence(markdown, expected):
    assert sentence(markdown) == expected
