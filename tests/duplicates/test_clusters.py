"""Clusters: order, reasons, and entries declared different."""

import pytest

from linkcheck.duplicates import clusters
from linkcheck.duplicates.near import candidate_pairs, features_of
from linkcheck.model import Candidate, Place, Work


def entry(line, *urls, name="", apart=(), **work):
    return Candidate(
        Place("lists/a.yaml", line, 3, name or None), urls, Work(**work), id=name or f"e{line}", not_duplicate_of=apart
    )


def lines(cluster):
    return [member.place.line for member in cluster.members]


def test_clusters_are_sorted_by_place():
    entries = [
        entry(1, "https://a.org/x"),
        entry(2, "https://arxiv.org/abs/1706.03762"),
        entry(3, "https://arxiv.org/pdf/1706.03762v2"),
        entry(4, "https://a.org/x"),
        entry(5, "https://a.org/x/"),
    ]
    found = clusters(entries)
    assert [(cluster.kind, lines(cluster)) for cluster in found] == [("same-resource", [1, 4, 5]), ("same-work", [2, 3])]
    assert clusters(reversed(entries)) == found


def test_a_cluster_joined_by_several_reasons_gives_them_all():
    (found,) = clusters(
        [
            entry(1, "https://e.org/paper", doi="10.1000/a", title="Flows"),
            entry(2, "https://e.org/paper"),
            entry(3, "https://arxiv.org/abs/1706.03762", doi="https://doi.org/10.1000/A", title="Flows"),
            entry(4, "https://arxiv.org/pdf/1706.03762"),
        ]
    )
    assert (found.kind, found.certainty, lines(found)) == ("same-work", "certain", [1, 2, 3, 4])
    assert all(part in found.why for part in ("https://e.org/paper", "the DOI 10.1000/a", "the arXiv id 1706.03762"))


def test_reasons_are_sentences_with_the_evidence():
    reasons = {
        "same-url": clusters([entry(1, "https://e.org/a"), entry(2, "https://e.org/a")])[0].why,
        "same-resource": clusters([entry(1, "http://e.org/a"), entry(2, "https://www.e.org/a/")])[0].why,
        "same-work": clusters([entry(1, "https://arxiv.org/abs/1706.03762"), entry(2, "https://arxiv.org/pdf/1706.03762")])[
            0
        ].why,
        "near-title": clusters(
            [
                entry(1, title="Gradient Flows in Metric Spaces", authors=("Ambrosio",), year=2005),
                entry(2, title="Gradient flows in metric spaces", authors=("Luigi Ambrosio",), year=2005),
            ]
        )[0].why,
    }
    assert reasons == {
        "same-url": "Both have the URL https://e.org/a.",
        "same-resource": "Both have the URL http://e.org/a, in spellings that lead to the same page (https://www.e.org/a/).",
        "same-work": "Both have the arXiv id 1706.03762.",
        "near-title": "The titles are equal except for case, accents and punctuation; the authors agree (Ambrosio), and so do the years (2005).",
    }


def test_not_duplicate_of_works_in_both_directions():
    for first, second in ((("b",), ()), ((), ("a",))):
        assert (
            clusters([entry(1, "https://e.org/", name="a", apart=first), entry(2, "https://e.org/", name="b", apart=second)])
            == ()
        )


def test_not_duplicate_of_applies_to_near_titles_and_repository_sites():
    title = {"title": "Gradient Flows in Metric Spaces", "authors": ("Ambrosio",)}
    assert clusters([entry(1, name="a", apart=("b",), **title), entry(2, name="b", **title)]) == ()
    assert (
        clusters(
            [entry(1, "https://ann.github.io/odes", name="a", apart=("b",)), entry(2, "https://github.com/ann/odes", name="b")]
        )
        == ()
    )


def test_a_third_entry_does_not_join_two_kept_apart():
    found = clusters(
        [
            entry(1, "https://e.org/", name="a", apart=("c",)),
            entry(2, "https://e.org/", name="b"),
            entry(3, "https://e.org/", name="c"),
            entry(4, "https://e.org/", name="d"),
        ]
    )
    assert all(not {1, 3} <= set(lines(cluster)) for cluster in found)
    assert found[0].certainty == "certain"


def test_probable_and_certain_clusters_together():
    work = {"title": "Gradient Flows in Metric Spaces", "authors": ("Ambrosio",)}
    found = clusters(
        [entry(1, "https://a.org/1", **work), entry(2, "https://a.org/1", **work), entry(3, "https://b.org/2", **work)]
    )
    assert [(cluster.certainty, lines(cluster)) for cluster in found] == [("certain", [1, 2]), ("probable", [1, 3])]


def test_places_without_entry_or_line_are_sorted():
    found = clusters(
        [Candidate(Place("b.md"), ("https://e.org/",)), Candidate(Place("a.yaml", 3, 1, "x"), ("https://e.org/",))]
    )
    assert [member.place.path for member in found[0].members] == ["a.yaml", "b.md"]


def test_other_links_are_not_compared():
    assert clusters([entry(1, "#"), entry(2, "#"), entry(3, "./a.md"), entry(4, "./a.md"), entry(5), entry(6)]) == ()


def test_no_entry_and_one_entry_have_no_clusters():
    assert clusters([]) == ()
    assert clusters([entry(1, "https://e.org/", title="One")]) == ()


def test_each_of_many_equal_titles_is_compared_with_few():
    def compared(count):
        return len(
            list(candidate_pairs([features_of(entry(at, title="Gradient Flows in Metric Spaces"), ()) for at in range(count)]))
        )

    assert 0 < compared(2000) <= 4.2 * compared(500)


def test_a_page_with_many_works_makes_no_certain_cluster():
    people = ("Ann", "Bob", "Cleo", "Dan", "Eve", "Fay", "Gil", "Hal", "Ida", "Jon", "Kay", "Leo", "Mia", "Ned", "Oda", "Pia")
    found = clusters(
        [entry(at, "https://e.org/", title=f"On the Flow of {who}", authors=(who,)) for at, who in enumerate(people)]
    )
    assert {cluster.certainty for cluster in found} == {"probable"}


@pytest.mark.parametrize(
    "piece",
    [
        " ",
        "\u00a0",
        "\u2003",
        "\t",
        " \u2014",
        " :",
        "\u00a8",
        "\\'",
        "\\' ",
        "\\em ",
        "{",
        "$",
        "&",
        "&#",
        "a ",
        "al ",
        "\u0391",
        "a-",
    ],
)
def test_long_titles_take_linear_time(piece):
    clusters([entry(line, f"https://a.org/{line}", title=f"a{piece * (200_000 // len(piece))}b{line}") for line in (1, 2)])


@pytest.mark.parametrize("titles", [("Deep Learning for Cats", "Quantum Gravity Explained"), ("Kites", "Knots and Links")])
def test_one_url_under_two_clearly_different_titles_is_a_wrong_link(titles):
    found = clusters(
        Candidate(Place("a.yaml", line), ("https://example.org/p",), Work(title), id=title)
        for line, title in enumerate(titles, 1)
    )
    (one,) = found
    assert (one.kind, one.certainty) == ("same-url", "probable")
    assert "one of the two links is wrong" in one.why
