"""Small lists in other words and structures than the golden ones: what a maintainer would expect of each line."""

from __future__ import annotations

import pytest

from generator.importing.link_account import account
from generator.importing.topic import read_page

E = "https://e.org/"


def found(text):
    imported = read_page(text, "list.md")
    assert account(text, imported).whole
    return imported.topics[0]


def described(one):
    """The title, authors, year, venue and description of an entry, without what is missing."""
    return tuple(
        part for part in (one.title, ", ".join(author.name for author in one.authors), one.publication_year, one.venue, one.description) if part
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (f"**12 May 2019** — [On Reeds]({E}1), A. Kite", ("On Reeds", "A. Kite", 2019)),
        (f"(2021/03) **Sand and Silt** *Bo Reed, Cy Moor* [[PDF]({E}2)]", ("Sand and Silt", "Bo Reed, Cy Moor", 2021)),
        (f"`2018-11` | Tides in Motion | [Paper]({E}3) | [Code]({E}4)", ("Tides in Motion", 2018)),
        (f"Jan 2022 · **Wind** · NeurIPS · [link]({E}6)", ("Wind", 2022, "NeurIPS")),
        (f"[Vision Science]({E}1) - Stephen E. Palmer 1999", ("Vision Science", "Stephen E. Palmer", 1999)),
        (f"[Models]({E}2) - Daphne Koller and Nir Friedman 2009", ("Models", "Daphne Koller, Nir Friedman", 2009)),
        (f"[Seeing]({E}2) - Learning to See 2019", ("Seeing", "Learning to See 2019.")),
        (
            f"[Sketch]({E}3) Joseph J. Lim, C. Lawrence Zitnick, and Piotr Dollar, Sketch Tokens: A Learned Representation, CVPR 2013.",
            ("Sketch", "Joseph J. Lim, C. Lawrence Zitnick, Piotr Dollar", "Sketch Tokens: A Learned Representation, CVPR 2013."),
        ),
        (
            f"Explaining the Success of Random Forests Abraham J. Wyner, Matthew Olson, Justin Bleich [[Paper]({E}8)]",
            ("Explaining the Success of Random Forests", "Abraham J. Wyner, Matthew Olson, Justin Bleich"),
        ),
        (
            f"Making Trees Interpretable: A Bayesian Approach S. Hara, K. Hayashi, [[Paper]({E}9)]",
            ("Making Trees Interpretable: A Bayesian Approach", "S. Hara, K. Hayashi"),
        ),
        (f"Modelling the tail (NIPS 2017, 70+ citations) [[**Paper**]({E}10)]", ("Modelling the tail", 2017, "NIPS")),
        (f"Learning by Cheating, Chen et al. [CoRL'19]({E}2)", ("Learning by Cheating", "Chen, et al.", 2019, "CoRL")),
        (f"Walking by Night Along Rivers: [ICRA 2020]({E}1)", ("Walking by Night Along Rivers", 2020, "ICRA")),
        (f"Video Generation By Example [[PDF]({E}6)]", ("Video Generation By Example",)),
        (f"[Stand by Me: Robust Tracking]({E}4) by Ann Kite", ("Stand by Me: Robust Tracking", "Ann Kite")),
        (
            f"[Hull](https://github.com/hull)'s [Flip Panel]({E}4)",
            ("Flip Panel", "[Hull](https://github.com/hull)'s."),
        ),
        (f"If you only read one: [Reeds]({E}8)", ("Reeds", "If you only read one.")),
        (f"[Ann Kite](https://kite.example): [Reed Atlas]({E}3)", ("Reed Atlas", "[Ann Kite](https://kite.example).")),
        (f"(iv) [Reeds]({E}8) of ponds", ("Reeds", "Of ponds.")),
        (f"<del>[Off]({E}3) - All of it.</del>", ("Off", "~~All of it.~~")),
        (f"[A]({E}1) - A tool. ![created](https://img.shields.io/a) ![last commit](https://badgen.net/x)", ("A", "A tool.")),
        (f"[Hands]({E}1) - Toby Sharp, Robby T. Tan, and Colby Ham", ("Hands", "Toby Sharp, Robby T. Tan, Colby Ham")),
        (f"[Stone]({E}1) - Edited by Ann Kite, Bo Reed", ("Stone", "Ann Kite, Bo Reed")),
        (f"[Proofs]({E}2) - Paid textbook by Ann Kite, Bo Reed, and Cy Moor.", ("Proofs", "Paid textbook by Ann Kite, Bo Reed, and Cy Moor.")),
        (f"Sand [[arXiv 2 Apr 2019]({E}2)]", ("Sand", 2019, "arXiv")),
        (f"Silt [[arXiv on 19 May 2020]({E}2)]", ("Silt", 2020, "arXiv")),
        (f"Clay | **[Pattern Recognition' 16]** | [[pdf]({E}2)]", ("Clay", 2016, "Pattern Recognition")),
        (f"Loam | [ACM CCS '18] | [[pdf]({E}2)]", ("Loam", 2018, "ACM CCS")),
        (f"Marl | [Rivers of Time, Fall '18] | [[pdf]({E}2)]", ("Marl", "[Rivers of Time, Fall '18].")),
        (f"[CS 1]({E}3) **Systems (Spring 2016)** *Ohio*", ("CS 1", "**Systems (Spring 2016)** _Ohio_.")),
        (f'[CS 2]({E}3) *Ohio* <img src="{E}n.png" width="20" alt="Notes"> <img height="16px" src="{E}v.png" alt="Films">', ("CS 2", "_Ohio_ Notes Films.")),
        (f":de: :jp: [Flags]({E}3): :e-mail: and :1234:", ("Flags", "🇩🇪 🇯🇵 📧 and 🔢.")),
    ],
)  # fmt: skip
def test_a_line_is_understood(line, wanted):
    (one,) = found(f"# T\n\n## S\n\n- {line}\n").walk()
    assert described(one) == wanted


def test_words_around_links_of_a_column_stay_a_sentence():
    text = (
        "# T\n\n| Name | What it does | Home | Source |\n|---|---|---|---|\n"
        f"| alpha | A tool like [gamma]({E}g) for sand | [www]({E}a) | [git]({E}s) |\n"
        f"| beta | plain | [Docs]({E}d) or [Wiki]({E}w) | |\n"
    )
    alpha, beta = found(text).walk()
    assert (alpha.title, alpha.url, alpha.description) == ("alpha", f"{E}a", f"A tool like [gamma]({E}g) for sand.")
    assert (beta.title, beta.url, beta.description, beta.links) == ("beta", f"{E}d", "plain.", (("Wiki", (f"{E}w",)),))


def test_a_column_of_dates_and_one_without_a_name():
    text = f"# T\n\n| Paper | When |\n|---|---|\n| [A]({E}1) | 2019-03 |\n\n## H\n\n<table><tr><td><a href='{E}2'>B</a></td><td>it does</td></tr></table>\n"
    first, second = found(text).walk()
    assert (first.title, first.year) == ("A", 2019)
    assert (second.title, second.description) == ("B", "It does.")


def test_labels_below_an_entry_keep_their_words():
    text = f"# T\n\n- **[Beta]({E}b)**: Two.\n  * [Video]({E}v): an hour.\n  * Blog post: [here]({E}l), with pictures\n  * [Demo]({E}d)\n"
    (one,) = found(text).walk()
    assert one.description == f"Two. [Video]({E}v): an hour. Blog post: [here]({E}l), with pictures."
    assert one.links == (("demo", (f"{E}d",)),)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (
            "Reeds - a survey of what is known of them, with some words on limits",
            ("Reeds", "A survey of what is known of them, with some words on limits."),
        ),
        ("Reeds - a survey of ponds", ("Reeds - a survey of ponds",)),
        (f"3) Reeds [Reeds]({E}1) is a kit that reads ponds", ("Reeds", "Reeds is a kit that reads ponds.")),
    ],
)
def test_a_sentence_in_a_column_of_titles_is_the_description(cell, wanted):
    (one,) = found(f"# T\n\n| Paper | Link |\n|---|---|\n| {cell} | [pdf]({E}9) |\n").walk()
    assert described(one) == wanted


def test_words_before_links_that_recur_below_entries_name_what_belongs_to_them():
    tested = ("[big pond suite]", "[a lake]", "[the wide sea]", "[pond]", "[two of the rivers]")
    rows = [f"- [Work {at}]({E}{at})\n  - Tested on: {name}({E}t{at}), [b]({E}b{at})\n" for at, name in enumerate(tested)]
    topic = found("# T\n\n## S\n\n" + "".join(rows))
    assert [one.title for one in topic.walk()] == [f"Work {at}" for at in range(len(tested))]
    assert next(topic.walk()).description == f"Tested on: [big pond suite]({E}t0), [b]({E}b0)."


@pytest.mark.parametrize("label", ["**Arxiv**", "**Journals**"])
def test_a_title_with_a_colon_below_a_label_is_no_attribute(label):
    topic = found(f"# T\n\n## S\n\n**A**\n- [One]({E}1)\n\n{label}\n- Moths: A Way to See in the Dark [[arXiv 2019]({E}2)]\n")
    assert [one.title for one in topic.walk()] == ["One", "Moths: A Way to See in the Dark"]


@pytest.mark.parametrize("heading", ["Index", "Contents", "目录"])
def test_sections_below_the_heading_of_the_contents_belong_to_no_other(heading):
    text = f"# T\n\n## About\n\n- [Wiki]({E}w)\n\n## {heading}\n\n- [One](#one)\n- [Two](#two)\n\n### One\n\n- [A]({E}1)\n\n### Two\n\n- [B]({E}2)\n"
    assert not found(text).sections[0].sections
    assert [one.title for one in found(text).sections] == ["About", "One", "Two"]


@pytest.mark.parametrize("line", ["**Old ones**", "And some more:", "These are what people ask for most often."])
def test_a_heading_stands_below_no_line_that_is_none(line):
    text = f"# T\n\n## S\n\n- [A]({E}1)\n- [F]({E}4)\n\n{line}\n\n- [B]({E}2)\n\n### Inner\n\n- [C]({E}3)\n"
    (section,) = found(text).sections
    assert [(inner.title, [one.title for one in inner.entries]) for inner in section.sections][1:] == [("Inner", ["C"])]


def test_sentences_without_links_are_a_text_and_no_entries():
    text = (
        "# T\n\n## S\n\n- We recommend doing all of these courses, and to skip one only when you know it.\n"
        "- Students should follow the order of the list as it is written here.\n  - This is so since they build on each other.\n\n"
        f"| Course | Time |\n|---|---|\n| [A]({E}1) | 2 |\n| [B]({E}2) | 3 |\n\n## R\n\n- [C]({E}3)\n- [D]({E}4)\n- [F]({E}5)\n"
    )
    topic = found(text)
    assert [one.title for one in topic.walk()] == ["A", "B", "C", "D", "F"]
    about = topic.sections[0].description
    assert "We recommend" in about
    assert "since they build" in about


def test_boxes_in_boxes_are_sections_without_their_call_to_click():
    text = (
        f"# T\n\n<details open>\n<summary><h3>Classic works</h3></summary>\n\n- [A]({E}1)\n\n</details>\n"
        f"<details><summary>Neue Arbeiten (click to expand)</summary>\n<ul><li><a href='{E}2'>B</a> - b.</li></ul>\n"
        f"<details><summary>Noch neuere</summary>\n\n1. [C]({E}3)\n\n</details>\n</details>\n"
    )
    topic = found(text)
    assert [(one.title, [inner.title for inner in one.sections]) for one in topic.sections] == [
        ("Classic works", []),
        ("Neue Arbeiten", ["Noch neuere"]),
    ]


def test_a_title_above_lines_that_end_in_its_link_is_an_entry_beside_a_list():
    text = f"# T\n\n## S\n\n- [A]({E}1)\n\n**Sand dunes.** <br> Cy Moor and Di Fen <br> <i>TPAMI</i>, 2020 <br> <a href='{E}2'>paper</a>\n"
    first, second = found(text).walk()
    assert (first.title, second.title, second.url, second.year, second.venue) == ("A", "Sand dunes", f"{E}2", 2020, "TPAMI")


@pytest.mark.parametrize(
    "contents",
    [
        "* [Week 1 - 7 June](./#week)\n  * [Day (1)](./#day)\n* [Later](README.md#later)",
        "1. [One](#one) · [Two](#two)",
        '<a href="#a">A</a> | <a href="./#b">B</a>',
        "| [X](#x) | [Y](#y) |\n|---|---|\n| [Z](#z) | |",
        "* [New](#new) : less than 6 months\n* [Old](#old) - before 2012\n* [Books](#books)",
    ],
)
def test_contents_in_any_form_are_no_entries(contents):
    assert [one.title for one in found(f"# T\n\n{contents}\n\n## One\n\n- [A]({E}1)\n").walk()] == ["A"]


@pytest.mark.parametrize("title", ["Unsure how to contribute?", "Guidelines to contribute", "Contributors"])
def test_what_asks_for_contributions_is_footer(title):
    topic = found(f"# T\n\n## S\n\n- [A]({E}1)\n\n## {title}\n\n- see the [guide]({E}2)\n")
    assert [one.title for one in topic.sections] == ["S"]
    assert f"{E}2" in topic.footer


def test_a_section_of_entries_may_be_called_outline():
    assert [one.title for one in found(f"# T\n\n## Outline\n\nWhat is here.\n\n- [A]({E}1)\n").sections] == ["Outline"]


@pytest.mark.parametrize("name", ["G. Peyré", "Ann Lee", "Łukasz Kaiser", "José Muñoz"])
def test_a_sentence_behind_a_name_is_no_part_of_it(name):
    page = f"# T\n\n- [Moss](https://example.org/moss) - Ann Lee, Stéphane d'Ascoli, {name}. Äpfel come first.\n"
    (topic,) = read_page(page, "t.md").topics
    (entry,) = topic.walk()
    assert all("pfel" not in one.name for one in entry.authors)
    assert "Äpfel come first" in (entry.description or "")
