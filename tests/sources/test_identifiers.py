"""Names, identifiers and derived keys read from the forms that people write."""

from __future__ import annotations

import pytest

from generator.sources.catalogue.authors import author, people_text, read_people
from generator.sources.catalogue.identifiers import arxiv, doi, doi_page, language
from generator.sources.catalogue.ids import derive, fold, slug
from generator.sources.catalogue.model import Author


@pytest.mark.parametrize(
    ("written", "family", "given", "literal"),
    [
        ("Ann Lee", "Lee", "Ann", ""), ("Lee, Ann", "Lee", "Ann", ""), ("Plato", "", "", "Plato"), ("A. B. Lee", "Lee", "A. B.", ""),
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig", ""), ("Ana de la Cruz", "de la Cruz", "Ana", ""),
        ("van der Berg, Jan", "van der Berg", "Jan", ""), ("Martin Luther King Jr.", "King", "Martin Luther", ""),
        ("Martin King, Jr.", "King", "Martin", ""), ("Ann Lee et al.", "", "", "Ann Lee et al."), ("Łukasz Kaiser", "Kaiser", "Łukasz", ""),
        ("Van Nguyen", "Nguyen", "Van", ""), ("de Finetti", "de Finetti", "", ""),
    ],
)  # fmt: skip
def test_names_are_split(written, family, given, literal):
    found = author(written)
    assert (found.family, found.given, found.literal) == (family, given, literal)


@pytest.mark.parametrize(
    ("written", "name"),
    [("Martin Luther King Jr.", "Martin Luther King Jr."), ("King, Jr., Martin", "Martin King Jr."), ("Martin King, III", "Martin King III"),
     ("Lee, Ann, PhD", "Ann, PhD Lee")],
)  # fmt: skip
def test_suffixes_come_last_in_a_name(written, name):
    assert author(written).name == name


@pytest.mark.parametrize(
    "people",
    [
        (Author("Lee", "Ann"), Author(literal="Acme, Inc.; and Co")), (Author("King", "Martin", suffix="Jr."),), (Author("Al", "Bo", suffix="Esq."),),
        (Author(literal="Plato"), Author("van der Berg", "Jan")),
    ],
)  # fmt: skip
def test_people_of_one_text_are_read_back(people):
    assert read_people(people_text(people)) == people


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("10.1000/xyz", "10.1000/xyz"), ("10.1000/XYZ", "10.1000/xyz"), ("doi:10.1000/xyz", "10.1000/xyz"), ("DOI: 10.1000/x", "10.1000/x"),
        ("https://doi.org/10.1000/xyz", "10.1000/xyz"), ("http://dx.doi.org/10.1000/a%3Cb", "10.1000/a<b"), ("10.1000.10/x(1)y", "10.1000.10/x(1)y"),
        ("10.1/x", None), ("10.1000/", None), ("10.1000/a b", None), ("https://example.org/10.1000/x", None), ("", None),
    ],
)  # fmt: skip
def test_dois_are_normalised(written, bare):
    assert doi(written) == bare


@pytest.mark.parametrize(
    ("bare", "page"),
    [
        ("10.1000/xyz", "https://doi.org/10.1000/xyz"),
        ("10.1002/(sici)1097<20::aid-1>3.0.co;2-f", "https://doi.org/10.1002/(sici)1097%3C20::aid-1%3E3.0.co;2-f"),
        ("10.1000/a#b?c%d", "https://doi.org/10.1000/a%23b%3Fc%25d"),
        ("10.1000/é", "https://doi.org/10.1000/%C3%A9"),
    ],
)
def test_the_page_of_a_doi_has_the_same_doi(bare, page):
    assert doi_page(bare) == page
    assert doi(page) == bare


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("1803.00567", "1803.00567"), ("1803.00567v3", "1803.00567"), ("arXiv:1803.00567", "1803.00567"), ("0704.0001", "0704.0001"),
        ("https://arxiv.org/abs/1803.00567v2", "1803.00567"), ("http://arxiv.org/pdf/1803.00567v2.pdf", "1803.00567"),
        ("https://doi.org/10.48550/arXiv.1803.00567", "1803.00567"), ("math/0309136", "math/0309136"), ("math.GT/0309136v1", "math/0309136"),
        ("arXiv:1803.00567v1 [stat.ML]", "1803.00567"), ("hep-th/9711200", "hep-th/9711200"),
        ("1803.0567", None), ("0704.00012", None), ("1813.00567", None), ("0601.0001", None), ("9801119", None), ("", None),
    ],
)  # fmt: skip
def test_arxiv_identifiers_are_normalised(written, bare):
    assert arxiv(written) == bare


@pytest.mark.parametrize(
    ("written", "good"),
    [("de", True), ("pt-BR", True), ("zh-Hant-TW", True), ("en_US", False), ("English", False), ("", False)],
)
def test_language_tags(written, good):
    assert (language(written) is not None) is good


@pytest.mark.parametrize(
    ("title", "url", "names", "year", "key"),
    [
        ("Deep Learning", None, ["Ann Lee"], 2019, "lee2019deep"),
        ("On the Theory of It", "https://example.org/", ["Émile Zöe"], 2019, "zoe2019theory"),
        ("Über die Øster", None, ["Łukasz Straße"], 2019, "strasse2019uber"),
        ("1984", None, ["George Orwell"], 1949, "orwell19491984"),
        ("Theory", "https://www.example.org/a/Notes.html?x=1#top", [], 2019, "example-org-a-notes-x-1"),
        ("Theory", "https://www.example.org/a/index.html", ["Ann Lee"], None, "example-org-a"),
        (None, "https://example.org/", [], None, "example-org"),
        ("A Title: Alone", None, [], None, "a-title-alone"),
        ("日本語", None, ["山田 太郎"], 2019, None),
    ],
)  # fmt: skip
def test_keys_are_derived_from_the_work(title, url, names, year, key):
    found = derive(title, url, [author(name) for name in names], year)
    if key is None:
        assert found.startswith("entry-")
    else:
        assert found == key


def test_derived_keys_are_short_and_ascii():
    long = derive(None, "https://example.org/" + "a/" * 200, (), None)
    assert len(long) <= 60
    assert derive(None, "https://example.org/" + "a/" * 201, (), None) != long
    assert fold("Ærø Łódź ß") == "aero lodz ss"
    assert slug("C++ / CUDA") == "c-cuda"
