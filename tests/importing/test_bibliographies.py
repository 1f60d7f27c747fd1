"""BibTeX, CSL and the YAML of other list managers as topics."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.importing.bibtex import read_bibtex
from generator.importing.detect import read_sources
from generator.importing.link_account import account_of_data
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
    found, problems = read_sources((path,))
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


def one_of(record, rest=""):
    imported = read_bibtex(f"{rest}\n{record}", "x.bib")
    return list(imported.topics[0].walk())[-1], imported


@pytest.mark.parametrize(
    ("fields", "year", "day", "issued", "status"),
    [
        ("year = 2019", 2019, None, None, None),
        ("year = {2019}, month = mar", 2019, None, "2019-03", None),
        ("year = 2019, month = {March 4}", None, date(2019, 3, 4), None, None),
        ('year = 2019, month = "10~" # jan', None, date(2019, 1, 10), None, None),
        ("year = 2019, month = jun # {--} # jul", 2019, None, "2019-06/2019-07", None),
        ("date = {2021-03-04}", None, date(2021, 3, 4), None, None),
        ("date = {2021-03}", 2021, None, "2021-03", None),
        ("date = {2019/2021}", 2019, None, "2019/2021", None),
        ("date = {2021-24}", 2021, None, "2021-24", None),
        ("date = {199X}", None, None, "199X", None),
        ("date = {-0054}", None, None, "-0054", None),
        ("date = {2004~}", 2004, None, "2004~", None),
        ("date = {2021-02-31}", 2021, None, "2021-02-31", None),
        ("year = {forthcoming}", None, None, None, "in-press"),
        ("year = {To appear}", None, None, None, "in-press"),
        ("year = {2020}, pubstate = {submitted}", 2020, None, None, "submitted"),
        ("year = {c. 1850}", 1850, None, "c. 1850", None),
        ("year = {476}", None, None, "476", None),
    ],
)
def test_dates_are_read_or_kept(fields, year, day, issued, status):
    entry, _ = one_of(f"@book{{a, title = {{T}}, {fields}}}")
    assert (entry.year, entry.date, dict(entry.extra).get("issued"), entry.status) == (year, day, issued, status)


@pytest.mark.parametrize(
    ("fields", "arxiv", "venue", "extra"),
    [
        ("howpublished = {arXiv:2101.00001}", "2101.00001", None, {}),
        ("journal = {CoRR abs/2105.00005}", "2105.00005", None, {}),
        ("journal = {CoRR}, volume = {abs/2105.00005}", "2105.00005", None, {}),
        ("journal = {arXiv e-prints}, pages = {arXiv:2106.00006}", "2106.00006", None, {}),
        ("journal = {arXiv preprint arXiv:2106.00006v2}", "2106.00006", None, {}),
        ("journal = {ArXiv}, volume = {abs/2106.00006}", "2106.00006", None, {}),
        ("note = {arXiv:hep-th/9711200 [hep-th]}", "hep-th/9711200", None, {}),
        ("eprint = {hep-th/9711200}", "hep-th/9711200", None, {}),
        (
            "eprint = {2106.00006}, archivePrefix = {arXiv}, primaryClass = {cs.LG}",
            "2106.00006",
            None,
            {"eprintclass": "cs.LG"},
        ),
        (
            "journal = {Nature}, note = {Also arXiv:2106.00006, extended}",
            "2106.00006",
            "Nature",
            {"note": "Also arXiv:2106.00006, extended"},
        ),
        (
            "journal = {Nature}, eprint = {12345}, eprinttype = {jstor}",
            None,
            "Nature",
            {"eprint": "12345", "eprinttype": "jstor"},
        ),
        ("journal = {Annals}, volume = {2106}, pages = {1--6}", None, "Annals", {}),
        ("journal = {arXiv}", None, "arXiv", {}),
    ],
)
def test_arxiv_ids_are_found_where_reference_managers_write_them(fields, arxiv, venue, extra):
    entry, _ = one_of(f"@article{{a, title = {{T}}, author = {{Doe, Jane}}, {fields}}}")
    assert (entry.arxiv, entry.venue, dict(entry.extra)) == (arxiv, venue, extra)


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("Ana da Costa Kite", [Author("da Costa Kite", "Ana")]),
        ("Karl Otto de la Valle Moor", [Author("de la Valle Moor", "Karl Otto")]),
        ("Reed, Jr., Bo", [Author("Reed", "Bo", suffix="Jr.")]),
        ("Bo Reed Jr.", [Author("Reed", "Bo", suffix="Jr.")]),
        ("Reed III, Bo", [Author("Reed", "Bo", suffix="III")]),
        ("{Sand Dune}, Rana", [Author("Sand Dune", "Rana")]),
        ("{Barnes and Noble}", [Author(literal="Barnes and Noble")]),
        ("Ortega y Gasset, Jos{\\'e}", [Author("Ortega y Gasset", "José")]),
        ("A. B. AND\n C. D. and others", [Author("B.", "A."), Author("D.", "C."), Author(literal="et al.")]),
        ("Plato", [Author(literal="Plato")]),
        ("", []),
    ],
)
def test_names_follow_bibtexs_rules(written, people):
    entry, _ = one_of(f"@book{{a, title = {{T}}, author = {{{written}}}}}".replace("\\\\", "\\"))
    assert list(entry.authors) == people


@pytest.mark.parametrize(
    ("record", "field", "value", "note"),
    [
        (
            "@article{a, title = {T} author = {Doe, Jane}, year = 2020}",
            "authors",
            (Author("Doe", "Jane"),),
            "a comma is missing before author",
        ),
        ('@article{a, title = "T" journal = {J} , year = 2020}', "venue", "J", "a comma is missing before journal"),
        (
            "@article{a, title = {T}, journal = {J}, journal = {K}}",
            "venue",
            "J",
            'journal stands twice: the first counts, the other is "K"',
        ),
        ("@article{a, title = {T}, journal = nope}", "venue", "nope", 'the abbreviation "nope" isn\'t defined'),
        ("@article{a, title = {T}, crossref = {nope}}", "title", "T", 'crossref: there is no record "nope"'),
        ("@gadget{a, title = {T}}", "title", "T", "@gadget isn't a type of biblatex"),
        ("@book{a, title = {T}, file = {/home/x.pdf}}", "extra", (), "fields of a reference manager's own are not taken over"),
        ("@book{a, title = {T \\Foo}}", "title", "T Foo", "the command isn't known"),
        ("@book{a, title = {T}, ids = {old, b:c}}", "aliases", ("old",), "can't be aliases"),
    ],
)
def test_what_is_doubtful_is_read_and_reported(record, field, value, note):
    entry, imported = one_of(record.replace("\\\\", "\\"))
    assert getattr(entry, field) == value
    assert imported.left == ()
    assert [note in each.reason for each in imported.notes] == [True]


def test_abbreviations_count_from_where_they_stand():
    text = '@string{j = "One"}\n@article{a, title = {A}, journal = j}\n@string{j = {Two}}\n@article{b, title = {B}, journal = j # { } # j}'
    imported = read_bibtex(text, "x.bib")
    assert [entry.venue for entry in imported.topics[0].walk()] == ["One", "Two Two"]
    assert [(note.line, "defined twice" in note.reason) for note in imported.notes] == [(3, True)]


def test_a_record_inherits_from_the_one_that_crossref_names():
    parent = "@proceedings{p, title = {Kites}, subtitle = {A meeting}, editor = {Roe, Rick}, publisher = {Press}, year = 2001, note = {Own}}"
    entry, _ = one_of("@inproceedings{a, title = {T}, crossref = {P}, pages = {1--2}}", parent)
    assert (entry.venue, entry.year, entry.more["editors"], entry.more["publisher"]) == (
        "Kites",
        2001,
        (Author("Roe", "Rick"),),
        "Press",
    )
    assert dict(entry.extra) == {"booksubtitle": "A meeting"}


@pytest.mark.parametrize("links", ["crossref = {a}", "crossref = {b}", "xdata = {a, b}"])
def test_records_that_name_each_other_end(links):
    assert one_of("@book{b, title = {B}, crossref = {a}}", f"@book{{a, title = {{A}}, {links}}}")[0].title == "B"


@pytest.mark.parametrize("key", ["Doe:2026img", "DBLP:conf/x/Doe20", "Müller2024a", "_x", "a+b", "x" * 120, "a'b"])
def test_keys_that_are_no_ids_are_kept(key):
    entry, _ = one_of(f"@book{{{key}, title = {{T}}}}")
    assert (entry.citation_key, entry.id_given) == (key, False)


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
    found, problems = read_sources((path,))
    assert found == []
    assert [problem.code for problem in problems] == ["foreign-format"]


@pytest.mark.parametrize("text", ["", "@", "@article{", "@article{x, author = {and and}}", "{{{{", "@article{x, title = {\\"])
def test_broken_bibtex_never_raises(tmp_path, text):
    path = tmp_path / "x.bib"
    path.write_text(text, encoding="utf-8")
    found, _ = read_sources((path,))
    assert list(found[0].imported.topics[0].walk()) == []
