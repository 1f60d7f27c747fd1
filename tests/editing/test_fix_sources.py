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
        ("    title: Something Else Entirely\n", "title"),
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
        WORK.replace("Computational Optimal Transport", "Something Else Entirely") if why == "title" else WORK + more
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
