"""Fixes that need only the sources: identifiers, quoting, expired exceptions, duplicates, and marking dead entries."""

from __future__ import annotations

import pytest

from tests.editing.collection import answered

AROUND = "title: T\nentries:\n  - title: Before\n{entry}\n  - title: After\n"


def entry(*lines):
    return AROUND.format(entry="\n".join(lines))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("  - {doi: 'https://doi.org/10.1000/AbC', title: A}",), ("  - {doi: '10.1000/abc', title: A}",)),
        (("  - title: A", "    doi: doi:10.1000/x  # checked"), ("  - title: A", "    doi: 10.1000/x  # checked")),
        (("  - title: A", "    arxiv: arXiv:1803.00567v2"), ("  - title: A", '    arxiv: "1803.00567"')),
        (("  - title: A", "    arxiv: 'https://arxiv.org/abs/1803.00567'"), ("  - title: A", "    arxiv: '1803.00567'")),
        (("  - title: A", "    arxiv: https://arxiv.org/pdf/math/0309136v1.pdf"), ("  - title: A", "    arxiv: math/0309136")),
        (("  - title: A", "    arxiv: 1803.00567"), ("  - title: A", '    arxiv: "1803.00567"')),
        (("  - title: 1984", "    year: 1949"), ('  - title: "1984"', "    year: 1949")),
        (("  - title: A", "    tags: [yes, 2019-01-01, deep]"), ("  - title: A", '    tags: ["yes", "2019-01-01", deep]')),
        (("  - title: A", "    tags:", "      - Deep: a Survey  # of it"), ("  - title: A", "    tags:", '      - "Deep: a Survey"  # of it')),
        (("  - title: Deep: a Survey  # of it", "    year: 2019"), ('  - title: "Deep: a Survey"  # of it', "    year: 2019")),
        (('  - title: A: "b"', "    url: https://a.org/"), ("  - title: 'A: \"b\"'", "    url: https://a.org/")),
        (("  - title: '90s and 'later'", "    url: https://a.org/"), ('  - title: "90s and \'later"', "    url: https://a.org/")),
        (("  - title: @home: yes", "    url: https://a.org/"), ('  - title: "@home: yes"', "    url: https://a.org/")),
        (("  - title: A", "\u00a0   year: 2019"), ("  - title: A", "    year: 2019")),
        (("  -\u00a0title:\u3000A", "    ur\u200bl: x", "    \u200byear\u00a0: 2019"), ("  - title: A", "    ur\u200bl: x", "    year : 2019")),
        (("  - title: Notes (part #2)", "    year: 2019"), ('  - title: "Notes (part #2)"', "    year: 2019")),
        (("  - title: A", "    link_check: {accept: [403], reason: shy, until: 2020-01-01}"), ("  - title: A",)),
        (("  - link_check: {accept: [403], reason: shy, until: 2020-01-01}", "    title: A"), ("  - title: A",)),
        (
            ("  - title: A", "    link_check:  # shy", "      accept: [403]", "      reason: shy", "      until: 2020-01-01", "    # kept", "    year: 2019"),
            ("  - title: A", "    # kept", "    year: 2019"),
        ),
    ],
)  # fmt: skip
def test_safe_fixes(collection, before, after):
    collection.write(t=entry(*before))
    assert collection.fix("--dry-run").code == 1
    assert collection.text("t") == entry(*before)
    assert collection.fix().code == 0
    assert collection.text("t") == entry(*after)
    assert collection.fix("--dry-run").code == 0, "a second run has nothing to do"


@pytest.mark.parametrize(
    "lines",
    [
        ("  - title: A", "    doi: 10.1000/AbC"),
        ("  - title: A", '    arxiv: "1803.00567"'),
        ("  - title: A # hidden", "    year: 2019"),
        ("  - title: A", "    url: https://a.org/ #todo"),
        ("  - title: A", "    link_check: {accept: [403], reason: shy, until: 2099-01-01}"),
        ("  - title: A", "    tags: [a"),
        ("  - title: A", "   year: 2019"),
    ],
)
def test_sources_without_a_safe_fix_stay(collection, lines):
    collection.write(t=entry(*lines))
    assert "Left to you" not in collection.fix().out
    assert collection.text("t") == entry(*lines)


def test_only_the_named_class_is_applied(collection):
    text = entry("  - title: 1984", "    doi: doi:10.1000/x")
    collection.write(t=text).fix("--only", "identifiers")
    assert collection.text("t") == text.replace("doi:10", "10")


def test_a_file_with_another_error_is_fixed_where_possible(collection):
    text = entry("  - title: A: b", "  - title: 1984: a Novel", "    tags: [a")
    collection.write(t=text).fix()
    assert collection.text("t") == text.replace("A: b", '"A: b"').replace("1984: a Novel", '"1984: a Novel"')


WORK = "  - title: Computational Optimal Transport\n    url: https://arxiv.org/abs/1803.00567\n"


def test_duplicates_in_two_topics_are_merged(collection):
    second = (
        "title: B\nentries:\n  - title: Only here\n  # the next one\n"
        "  - id: peyre\n    title: Computational optimal transport\n    url: https://arxiv.org/pdf/1803.00567v4\n"
        "    links: {code: https://code.example/, slides: https://slides.example/}\n    tags: [sand]\n    also_in: [c]\n"
    )
    first = (
        "title: A\nentries:\n"
        + WORK
        + "    kind: book\n    authors: [Gabriel Peyré]\n    year: 2019\n    tags: [heaps]  # of it\n    links:\n      code: https://code.example\n"
    )
    collection.write(a=first, b=second, c="title: C\nentries: [https://c.example/]\n")
    assert collection.run("duplicates").code == 1
    assert collection.fix().code == 0
    assert collection.run("duplicates").code == 0
    assert collection.run("validate").code == 0
    assert collection.text("b") == "title: B\nentries:\n  - title: Only here\n  # the next one\n"
    assert collection.text("a") == first.replace("[heaps]  # of it", "[heaps, sand]  # of it\n    also_in: [b, c]").replace(
        WORK, WORK + "    aliases: [peyre]\n"
    ) + ("      pdf: https://arxiv.org/pdf/1803.00567v4\n      slides: https://slides.example/\n")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("    description: One.\n", "description"),
        ("    year: 2018\n", "year"),
        ("    state: retracted\n", "state"),
        ("    title: Transport That Is Optimal\n", "title"),
        ("    extra: {stars: '5'}\n", "extra"),
        ("    authors: [Ann Lee]\n", "authors"),
    ],
)
def test_entries_with_different_values_are_left_to_a_maintainer(collection, more, why):
    first = (
        "title: A\nentries:\n"
        + WORK
        + "    description: Another one.\n    year: 2019\n    kind: book\n    authors: [Bo Li]\n    extra: {stars: '4'}\n"
    )
    second = "title: B\nentries:\n" + (
        WORK.replace("Computational Optimal Transport", "Transport That Is Optimal") if why == "title" else WORK + more
    )
    collection.write(a=first, b=second)
    ran = collection.fix()
    assert f"they differ in {why}" in ran.out
    assert (collection.text("a"), collection.text("b")) == (first, second)


def test_an_entry_with_a_comment_isnt_removed(collection):
    first, second = (
        "title: A\nentries:\n" + WORK + "    also_in: [b]\n",
        "title: B\nentries:\n" + WORK.replace("0567\n", "0567  # the best\n"),
    )
    collection.write(a=first, b=second)
    assert "a comment would be lost" in collection.fix().out
    assert collection.text("b") == second


def test_duplicates_in_two_sections_of_a_topic_need_only(collection):
    text = "title: A\nsections:\n  - title: One\n    entries:\n    - https://example.org/x\n  - title: Two\n    entries:\n    - https://example.org/x/\n    - https://example.org/y\n"
    collection.write(a=text).fix()
    assert collection.text("a") == text
    collection.fix("--only", "duplicates")
    assert collection.text("a") == text.replace("    - https://example.org/x/\n", "")


SHOP = "  - title: Product page\n    url: https://example.org/shop\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Buy A: https://example.org/buy", "Buy B: https://example.org/buy"),
        ("Buy A: https://example.org/buy-a", "Buy B: https://example.org/buy-b"),
        ("manual: https://example.org/a.pdf", "manual: https://example.org/b.pdf"),
        (
            "code: https://example.org/1, Buy A: https://example.org/a",
            "code: https://example.org/1, Buy B: https://example.org/b",
        ),
    ],
)
@pytest.mark.parametrize("only", [(), ("--only", "duplicates")])
def test_entries_with_links_of_two_things_are_left_to_a_maintainer(collection, one, other, only):
    text = f"title: A\nentries:\n{SHOP}    links: {{{one}}}\n{SHOP}    links: {{{other}}}\n"
    ran = collection.write(a=text).fix(*only)
    assert "they differ in links: merge them by hand" in ran.out
    assert collection.text("a") == text


def test_links_that_only_one_entry_has_are_united(collection):
    text = f"title: A\nentries:\n{SHOP}    links: {{code: https://example.org/1, Buy A: https://example.org/a}}\n{SHOP}    links: {{code: https://example.org/1}}\n"
    collection.write(a=text).fix()
    assert collection.text("a") == "\n".join(text.split("\n")[:5]) + "\n"


@pytest.mark.parametrize(
    ("first", "second", "united"),
    [
        ("Manuals", "manuals", True),
        ("Sensor A", "Sensor B", False),
        ("Papers", None, False),
    ],
)
def test_entries_of_two_topics_are_united_where_their_sections_agree(collection, first, second, united):
    def text(name, section):
        return f"title: {name}\n" + (f"sections:\n- title: {section}\n  entries:\n{SHOP}" if section else f"entries:\n{SHOP}")

    collection.write(a=text("A", first), b=text("B", second)).fix()
    assert ("Product page" in collection.text("b")) is not united


PDF = "  - title: Computational Optimal Transport\n    url: https://arxiv.org/pdf/1803.00567v4\n"


@pytest.mark.parametrize("more", ["", "    year: 2019\n    kind: book\n    links: {code: https://code.example}\n"])
@pytest.mark.parametrize("flipped", [False, True])
def test_the_abstract_page_stays_the_url_when_a_pdf_is_united_with_it(collection, more, flipped):
    texts = [WORK, PDF + more]
    collection.write(a="title: A\nentries:\n" + "".join(reversed(texts) if flipped else texts)).fix()
    text = collection.text("a")
    assert text.count("- title") == 1
    assert "url: https://arxiv.org/abs/1803.00567\n" in text
    assert "pdf: https://arxiv.org/pdf/1803.00567v4" in text


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (
            "{title: A Work, url: https://example.org/p}",
            "{title: 'A work!', url: https://example.org/p}",
            'what is lost: its title "A work!"',
        ),
        (
            "{title: A Work, url: https://example.org/p}",
            "{title: A Work, url: https://example.org/p/?utm_source=x}",
            "what is lost: its URL https://example.org/p/?utm_source=x",
        ),
        ("{title: A Work, url: https://example.org/p}", "{title: A Work, url: https://example.org/p, tags: [x]}", ""),
        (
            "{title: A Work, url: https://example.org/p, year: 2019}",
            "{title: A Work, url: https://example.org/p, tags: [x]}",
            "the one that stays gets tags",
        ),
    ],
)
def test_a_message_says_what_is_gained_and_lost(collection, one, other, message):
    ran = collection.write(a=f"title: A\nentries:\n  - {one}\n  - {other}\n").fix()
    assert message in ran.out
    assert ("what is lost" in ran.out) is ("lost" in message)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://de.m.wikipedia.org/wiki/Drachen", "https://de.wikipedia.org/wiki/Drachen"),
        ("https://web.archive.org/web/2020/https://example.org/p", "https://example.org/p"),
        ("https://github.com/ann/odes/tree/main", "https://github.com/ann/odes"),
        ("https://example.org/p?a=1&b=2", "https://example.org/p?b=2&a=1"),
        ("https://pkg.go.dev/ann.example/odes@v1.0.0", "https://pkg.go.dev/ann.example/odes"),
    ],
)
def test_what_is_only_likely_one_work_is_never_united(collection, one, other):
    text = f"title: A\nentries:\n  - title: A Work\n    url: {one}\n  - title: A Work\n    url: {other}\n"
    collection.write(a=text)
    assert collection.run("duplicates").code == 0
    collection.fix("--only", "duplicates")
    assert collection.text("a") == text


def test_an_entry_named_in_not_duplicate_of_is_kept(collection):
    third = "title: C\nentries:\n  - title: Computational Optimal Transportation\n    url: https://ot.example/\n    not_duplicate_of: [{id: mine, reason: another}]\n"
    mine = "title: A\nentries:\n" + WORK.replace("- title", "- id: mine\n    title")
    collection.write(a=mine, b="title: B\nentries:\n" + WORK, c=third).fix()
    assert "id: mine" in collection.text("a")
    assert "entries" not in collection.text("b")


GONE = "https://example.org/gone"


@pytest.mark.parametrize(
    ("lines", "after"),
    [
        (("  - title: A", f"    url: {GONE}"), ("  - title: A", f"    url: {GONE}", "    state: dead")),
        ((f"  - {GONE}  # sad",), (f"  - url: {GONE}  # sad", "    state: dead")),
        (("  - title: A", f"    url: {GONE}", "    state: active"), ("  - title: A", f"    url: {GONE}", "    state: dead")),
        (("  - title: A", f"    url: {GONE}", "    state: deprecated"),) * 2,
    ],
)
def test_dead_entries_are_marked_only_if_asked(collection, lines, after):
    collection.write(t=entry(*lines)).saw(*answered(GONE, 404, 1, 2, 3))
    collection.fix()
    assert collection.text("t") == entry(*lines)
    collection.fix("--only", "dead")
    assert collection.text("t") == entry(*after)


def test_an_entry_not_proven_dead_is_not_marked(collection):
    text = entry("  - title: A", f"    url: {GONE}")
    collection.write(t=text).saw(*answered(GONE, 404, 1, 2)).fix("--only", "dead")
    assert collection.text("t") == text


def test_of_two_spellings_of_a_url_https_is_kept(collection):
    fuller = "{title: A Work, url: http://example.org/p/, year: 2019, links: {code: https://example.org/c}}"
    collection.write(a=f"entries:\n  - {fuller}\n  - {{title: A Work, url: https://example.org/p}}\n")
    assert collection.fix("--only", "duplicates").code == 0
    assert "url: https://example.org/p" in collection.text("a")
    assert "http://" not in collection.text("a")
