"""`listkeeper add -`: BibTeX from standard input."""

from __future__ import annotations

from generator.sources.catalogue.parse import parse_topic
from tests.curation.envelopes import work
from tests.curation.services import collection

RECORDS = r"""
@Article{lovelace:1843,
  author = {Lovelace, Ada and Pey{\'e}r{\'{e}}, G.},
  title  = "{N}otes on the {Analytical} Engine", volume = 3, pages = {1--2},
  year = 1843, doi = {https://doi.org/10.1000/ABC},
}
@misc{looms, title={Looms}, eprint={1803.00567v2}, archivePrefix={arXiv}, primaryClass={cs.LG}}
@article{arx, title={On arXiv}, journal={arXiv preprint arXiv:1901.00001}, url={https://arxiv.org/abs/1901.00001}, year=2019}
@inproceedings{vaswani2017attention, title={Attention is all you need}, author={Vaswani, Ashish}, booktitle={NIPS}, year={2017}}
"""


def topic(tmp_path):
    found, problems = parse_topic((tmp_path / "lists" / "t.yaml").read_bytes(), "t.yaml")
    assert not problems
    return {entry.title: entry for entry in found.entries}


def test_records_become_entries_and_missing_fields_are_looked_up(tmp_path, run, services):
    collection(tmp_path, services.settings(), t="title: T\nentries:\n  - title: One\n")
    services.works["10.1000/abc"] = work("10.1000/abc", "Other words")
    ran = run("add", "-", "--topic", "t", "-y", stdin=RECORDS.encode())
    assert ran.code == 0, ran.err
    found = topic(tmp_path)
    notes = found["Notes on the Analytical Engine"]
    assert (notes.year, notes.venue, notes.doi, notes.extra) == (1843, "Annals of Engines", "10.1000/abc", ())
    assert [author.name for author in notes.authors] == ["Ada Lovelace", "G. Peyéré"]
    assert notes.url == "https://doi.org/10.1000/abc"
    assert (found["Looms"].arxiv, found["Looms"].kind, found["Looms"].url) == (
        "1803.00567",
        "preprint",
        "https://arxiv.org/abs/1803.00567",
    )
    assert (found["On arXiv"].venue, found["On arXiv"].kind) == (None, "preprint")
    assert found["Attention is all you need"].id == "vaswani2017attention"


def test_listed_records_are_reported_and_the_others_added(tmp_path, run, services):
    listed = "title: T\nentries:\n  - title: Looms\n    url: https://arxiv.org/abs/1803.00567\n"
    collection(tmp_path, services.settings(), t=listed)
    ran = run("add", "-", "--topic", "t", "--offline", "-y", stdin=(RECORDS + RECORDS.replace("looms", "again")).encode())
    assert ran.code == 1
    assert "warning[listed-already]" in ran.err
    assert len(topic(tmp_path)) == 4


def test_text_without_a_record_is_a_usage_error(tmp_path, run, services):
    collection(tmp_path, services.settings(), t="title: T\n")
    for text in (b"hello", b"", b"@article{x", "é".encode("latin-1")):
        assert run("add", "-", "--topic", "t", stdin=text).code == 2


BROKEN = b"""@misc{a, title={Spaced}, url={http://example.org/x y}}
@misc{b, title={Bare}, url={www.example.org/b}}
@misc{c, title={Numbered}, doi={nonsense}}
@book{d, title={Town}, address={New York}}
"""


def test_invalid_addresses_and_identifiers_are_reported_with_their_record(tmp_path, run, services):
    collection(tmp_path, services.settings(), t="title: T\n")
    ran = run("add", "-", "--topic", "t", "--offline", "-y", stdin=BROKEN)
    assert ran.code == 1
    assert set(topic(tmp_path)) == {"Spaced", "Bare", "Numbered", "Town"}
    for output in ('-:1: warning[space-in-url] "a"', '-:2: warning[missing-scheme] "b"', '-:3: warning[bad-doi] "c"'):
        assert output in ran.err
    assert "New York" not in ran.err
    assert "not-looked-up" not in ran.err
