"""BibTeX, CSL and the YAML of other list managers as topics."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.importing.detect import foreign
from generator.importing.round_trip_checks import account_of_data
from generator.problems import errors
from generator.sources.catalogue.model import Author
from generator.sources.catalogue.parse import parse_topic
from generator.sources.catalogue.write import same, topic_text

BIB = r"""
@string{shores = "Annals of Shores"}
@article{weiss2019coast,
  title = {A {C}oastline Has No {L}ength of \L{}{\'o}d{\'z} \& more},
  author = {Weiss, Nora and {The Tide Group} and Jan van der Berg},
  journal = shores, year = 2019, doi = {https://doi.org/10.1000/XYZ.7},
  url = {https://example.org/coast?a=1\&b=2_c}, pages = {1--20}, abstract = {Long.}, keywords = {coast, length},
}
@misc{sol2021, title = {Waves}, author = {Sol, Lena and others}, eprint = {2101.00001}, archivePrefix = {arXiv}, date = {2021-03-04}}
@phdthesis{thesis, title = "Sand", howpublished = {\url{https://example.org/sand}}}
@article{weiss2019coast, title = {The same key}}
@book{broken, title = {No end
@book{after, title = {After the broken one}, note = {See https://example.org/after.}}
"""


def read(path):
    found, problems = foreign((path,))
    assert problems == []
    one = found[0]
    topic = one.imported.topics[0]
    again, told = parse_topic(topic_text(topic), "x.yaml")
    assert errors(told) == []
    assert same(again, topic), "what is written is read back as it is"
    return one, topic, {entry.title: entry for entry in topic.walk()}


@pytest.fixture
def bib(tmp_path):
    path = tmp_path / "tides.bib"
    path.write_text(BIB, encoding="utf-8")
    return read(path)


def test_bibtex_fields_become_ours(bib):
    _, topic, entries = bib
    coast = entries["A Coastline Has No Length of Łódź & more"]
    assert topic.slug == "tides"
    assert coast.id == "weiss2019coast"
    assert coast.kind == "paper"
    assert coast.authors == (Author("Weiss", "Nora"), Author(literal="The Tide Group"), Author("van der Berg", "Jan"))
    assert (coast.year, coast.venue, coast.doi) == (2019, "Annals of Shores", "10.1000/xyz.7")
    assert coast.url == "https://example.org/coast?a=1&b=2_c"
    assert coast.more == {"pages": "1–20"}
    assert coast.tags == ("coast", "length")
    assert (entries["Waves"].arxiv, entries["Waves"].date, entries["Waves"].kind) == (
        "2101.00001",
        date(2021, 3, 4),
        "preprint",
    )
    assert entries["Waves"].authors == (Author("Sol", "Lena"), Author(literal="et al."))
    assert (entries["Sand"].url, entries["Sand"].kind) == ("https://example.org/sand", "thesis")


def test_bibtex_order_is_kept_and_broken_records_are_named(bib):
    one, _, entries = bib
    assert list(entries) == [
        "A Coastline Has No Length of Łódź & more",
        "Waves",
        "Sand",
        "The same key",
        "After the broken one",
    ]
    assert not entries["The same key"].id_given
    assert [(left.line, "broken" in left.what) for left in one.imported.left] == [(12, True)]


def test_bibtex_links_are_accounted_for(bib):
    one, *_ = bib
    told = account_of_data(one.text, one.imported)
    assert (told.found, told.left) == (4, ())


def test_csl_json_of_zotero(tmp_path):
    items = [
        {"id": "http://zotero.org/users/1/items/ABC", "citation-key": "lee2020", "type": "paper-conference", "title": "On <i>E. coli</i>",
         "author": [{"family": "Lee", "given": "Ann"}, {"literal": "WHO"}, {"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}],
         "issued": {"date-parts": [["2020", 5]]}, "container-title": "ICML", "URL": "https://example.org/lee", "DOI": "10.1/X", "volume": 7},
        {"id": "b", "type": "book", "title": "B", "issued": {"date-parts": [[2019, 1, 2]]}},
        {"id": "c", "type": "webpage"},
    ]  # fmt: skip
    path = tmp_path / "refs.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    one, _, entries = read(path)
    lee = entries["On E. coli"]
    assert (lee.id, lee.kind, lee.year, lee.venue, lee.doi) == ("lee2020", "paper", 2020, "ICML", None)
    assert lee.authors == (Author("Lee", "Ann"), Author(literal="WHO"), Author("van den Berg", "Jan"))
    assert (dict(lee.extra), lee.more) == ({"doi": "10.1/X", "issued": "2020-05"}, {"volume": "7"})
    assert entries["B"].date == date(2019, 1, 2)
    assert [left.what for left in one.imported.left] == ["item 3"]


def test_csl_yaml_of_better_bibtex(tmp_path):
    path = tmp_path / "refs.yaml"
    path.write_text(
        "references:\n- id: lee2020\n  type: article-journal\n  title: 'Tides: a view'\n  author:\n  - family: Lee\n    given: Ann\n"
        "  issued:\n  - year: 2020\n    month: 5\n  URL: https://example.org/lee\n  DOI: 10.1000/abc\n",
        encoding="utf-8",
    )
    _, _, entries = read(path)
    lee = entries["Tides: a view"]
    assert (lee.id, lee.year, lee.doi, lee.url) == ("lee2020", 2020, "10.1000/abc", "https://example.org/lee")


def test_hecats_folder(tmp_path):
    for folder in ("software", "tags"):
        (tmp_path / "data" / folder).mkdir(parents=True)
    (tmp_path / "data/software/soup.yml").write_text(
        "name: Soup\nwebsite_url: https://soup.example.org\nsource_code_url: https://github.com/example/soup\ndescription: Cooks.\n"
        "licenses: [MIT, GPL-3.0]\nplatforms: [Go]\ntags: [Kitchen, Web]\nstargazers_count: 12\narchived: true\n",
        encoding="utf-8",
    )
    (tmp_path / "data/tags/kitchen.yml").write_text("name: Kitchen\ndescription: Pots and pans.\n", encoding="utf-8")
    _, topic, entries = read(tmp_path / "data")
    soup = entries["Soup"]
    assert [(section.title, section.description) for section in topic.sections] == [("Kitchen", "Pots and pans.")]
    assert (soup.url, soup.links, soup.tags, soup.state) == (
        "https://soup.example.org", (("source", ("https://github.com/example/soup",)),), ("Web",), "deprecated",
    )  # fmt: skip
    assert dict(soup.extra) == {"licenses": "MIT, GPL-3.0", "platforms": "Go"}


def test_best_ofs_projects(tmp_path):
    path = tmp_path / "projects.yaml"
    path.write_text(
        "configuration: {top: 3}\ncategories:\n- category: ml\n  title: Machine Learning\n  subtitle: It learns.\nprojects:\n"
        "- name: torch\n  github_id: pytorch/pytorch\n  pypi_id: torch\n  category: ml\n  labels: [python]\n- name: Guide\n  category: ml\n"
        "  resource: true\n  homepage: https://example.org/guide\n",
        encoding="utf-8",
    )
    one, topic, entries = read(path)
    assert [(section.title, section.description) for section in topic.sections] == [("Machine Learning", "It learns.")]
    assert (entries["torch"].url, entries["torch"].kind) == ("https://github.com/pytorch/pytorch", "software")
    assert dict(entries["torch"].extra) == {"pypi_id": "torch"}
    assert (entries["Guide"].url, entries["Guide"].kind) == ("https://example.org/guide", "other")
    assert one.imported.notes


@pytest.mark.parametrize("text", ["[1, 2", "{}", "[]", "title: x\nentries: []\n", "- a\n- b\n", '{"items": 7}'])
def test_data_of_no_known_kind_is_a_problem_and_no_crash(tmp_path, text):
    path = tmp_path / "data.json"
    path.write_text(text, encoding="utf-8")
    found, problems = foreign((path,))
    assert found == []
    assert [problem.code for problem in problems] == ["foreign-format"]


@pytest.mark.parametrize("text", ["", "@", "@article{", "@article{x, author = {and and}}", "{{{{", "@article{x, title = {\\"])
def test_broken_bibtex_never_raises(tmp_path, text):
    path = tmp_path / "x.bib"
    path.write_text(text, encoding="utf-8")
    found, _ = foreign((path,))
    assert list(found[0].imported.topics[0].walk()) == []
