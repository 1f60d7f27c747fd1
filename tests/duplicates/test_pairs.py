"""Precision and recall of the search for duplicates, on hand-made pairs."""

from pathlib import Path

import pytest
import yaml

from linkcheck.duplicates import clusters
from linkcheck.model import Candidate, Place, Work

PAIRS = yaml.safe_load((Path(__file__).parent / "pairs.yaml").read_text(encoding="utf-8"))


def candidate(line, fields):
    urls = ([fields["url"]] if "url" in fields else []) + fields.get("links", [])
    work = Work(
        fields.get("title"), tuple(fields.get("authors", ())), fields.get("year"), fields.get("doi"), fields.get("arxiv")
    )
    return Candidate(Place("lists/t.yaml", line, 3), tuple(urls), work, id=f"entry-{line}")


def finding(pair):
    found = clusters([candidate(1, pair["a"]), candidate(2, pair["b"])])
    return found[0].certainty if found else "nothing"


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["name"])
def test_a_pair_is_found_with_the_expected_certainty(pair):
    assert finding(pair) == pair["found"]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["name"])
def test_a_pair_is_the_same_in_both_directions(pair):
    assert finding({"a": pair["b"], "b": pair["a"]}) == finding(pair)


def test_there_are_enough_pairs_and_half_are_two_works():
    assert len(PAIRS) >= 60
    assert sum(pair["truth"] == "two" for pair in PAIRS) * 2 >= len(PAIRS) - 4
    assert len({pair["name"] for pair in PAIRS}) == len(PAIRS)


def test_certain_pairs_are_always_one_work():
    certain = [pair for pair in PAIRS if finding(pair) == "certain"]
    assert [pair["name"] for pair in certain if pair["truth"] != "one"] == []


def test_nine_of_ten_true_pairs_are_found():
    true = [pair for pair in PAIRS if pair["truth"] == "one"]
    provable = [pair for pair in true if pair["found"] == "certain"]
    assert sum(finding(pair) == "certain" for pair in provable) >= 0.9 * len(provable)
    assert sum(finding(pair) != "nothing" for pair in true) >= 0.9 * len(true)


def test_all_pairs_in_one_collection_give_the_same_results():
    """One collection of all pairs gives the same results, except for pairs that share a page or work with another pair."""
    entries = [candidate(2 * at + side, pair[key]) for at, pair in enumerate(PAIRS) for side, key in ((0, "a"), (1, "b"))]
    found = clusters(entries)
    lines = {
        member.place.line: number
        for number, cluster in enumerate(found)
        for member in cluster.members
        if cluster.certainty == "certain"
    }
    wrong = [
        pair["name"]
        for at, pair in enumerate(PAIRS)
        if pair["truth"] == "two" and lines.get(2 * at, -1) == lines.get(2 * at + 1, -2)
    ]
    assert wrong == []
