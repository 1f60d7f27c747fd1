"""The lines of entries, in every form."""

from datetime import date

import pytest

from generator.publishing.pages.entry import item, pointer
from generator.sources.catalogue.model import Author
from tests.publishing.samples import entry

U = "https://example.org/x"
PEOPLE = ["A. One", "B. Two", "C. Three", "D. Four", "E. Five", "F. Six", "G. Seven"]

LINES = [
    (entry("Title", U), "- [Title](https://example.org/x)"),
    (entry(url="https://people.csail.mit.edu/madry/6.883/"), "- [people.csail.mit.edu: madry/6.883](https://people.csail.mit.edu/madry/6.883/)"),
    (entry("\u202e", U), "- [example.org: x](https://example.org/x)"),
    (entry("Title"), "- Title"),
    (entry("\u202e", id="key"), "- key"),
    (entry("1. Title"), "- 1\\. Title"),
    (entry("Title", U, authors=[Author("Peyré", "Gabriel"), Author("Cuturi", "Marco")], year=2019, venue="FnT"),
     "- [Title](https://example.org/x) - Gabriel Peyré, Marco Cuturi. _FnT_, 2019."),
    (entry("Title", U, authors=PEOPLE[:6], year=2019), f"- [Title](https://example.org/x) - {', '.join(PEOPLE[:6])}, 2019."),
    (entry("Title", U, authors=PEOPLE, year=2019), "- [Title](https://example.org/x) - A. One, B. Two, C. Three et al., 2019."),
    (entry("Title", U, authors=PEOPLE, venue="V."), "- [Title](https://example.org/x) - A. One, B. Two, C. Three et al. _V._"),
    (entry("Title", U, venue="NeurIPS 2021", year=2021), "- [Title](https://example.org/x) - _NeurIPS 2021_."),
    (entry("Title", U, venue="12021 Letters", year=2021), "- [Title](https://example.org/x) - _12021 Letters_, 2021."),
    (entry("Title", U, date=date(2020, 5, 1)), "- [Title](https://example.org/x) - 2020."),
    (entry("Title of 2020", U, year=2020), "- [Title of 2020](https://example.org/x)"),
    (entry("Title of 2020", U, year=2020, authors=["A. One"]), "- [Title of 2020](https://example.org/x) - A. One, 2020."),
    (entry("Title", U, description="Good *book*"), "- [Title](https://example.org/x) - Good _book_."),
    (entry("Title", U, links=(("pdf", (U + "1",)), ("code", (U + "2", U + "3")))),
     "- [Title](https://example.org/x) - [pdf](https://example.org/x1) · [code](https://example.org/x2) · [code 2](https://example.org/x3)"),
    (entry("Title", U, description="a library for arrays"), "- [Title](https://example.org/x) - A library for arrays."),
    (entry("Title", U, description="jq and an editor"), "- [Title](https://example.org/x) - _jq_ and an editor."),
    (entry("Title", U, links=(("pdf", ("notes.pdf",)),)), "- [Title](https://example.org/x) - _pdf_ (notes.pdf)."),
    (entry("Title", "mailto:a@example.org"), "- Title - page (mailto:`a@example.org`)."),
    (entry(url="#anchor"), "- #anchor"),
    (entry("Title", doi="10.1000/a(b)<c>"), "- [Title](https://doi.org/10.1000/a\\(b\\)%3Cc%3E)"),
    (entry("Title", arxiv="math/9801119"), "- [Title](https://arxiv.org/abs/math/9801119)"),
    (entry("Title", U, doi="10.1000/1", arxiv="1234.5678"), "- [Title](https://example.org/x)"),
    (entry("Title", U, state="dead"), "- Title - The page is gone."),
    (entry("Title", U, state="dead", archive_url=U + "a", links=(("pdf", (U,)),), authors=["A. One"], description="Was good."),
     "- Title - A. One. Was good. The page is gone ([archived copy](https://example.org/xa))."),
    (entry("Title", state="dead", doi="10.1000/1", archive_url="javascript:alert(1)"), "- Title - The page is gone (archived copy (javascript:alert(1)))."),
    (entry("Title", U, state="retracted", authors=["A. One"]), "- [Title](https://example.org/x) - **Retracted.** A. One."),
    (entry("Title", U, state="deprecated", archive_url=U + "a"), "- [Title](https://example.org/x) - **Deprecated.** [archived copy](https://example.org/xa)"),
    (entry("Title", U, archive_url=U + "a"), "- [Title](https://example.org/x)"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), LINES)
def test_line(given, expected):
    assert item(given) == expected


@pytest.mark.parametrize(
    ("name", "fields", "tail"),
    [
        ("Title", {"authors": ["Łukasz Kaiser"]}, "By Łukasz Kaiser."),
        ("Title", {"authors": ["van den Oord"], "year": 2020}, "By van den Oord, 2020."),
        ("Title", {"authors": ["van den Oord"], "venue": "NeurIPS"}, "van den Oord. _NeurIPS_."),
        ("Title", {"authors": ["iPhone Team"]}, "iPhone Team."),
        ("Title", {"authors": ["凌泽南"]}, "凌泽南."),
        ("Title", {"authors": ["3M Labs"]}, "3M Labs."),
        ("Jane Doe", {"authors": ["Jane Doe"], "year": 2020}, "By Jane Doe, 2020."),
        ("Title", {"description": "k-means, quickly"}, "_k-means,_ quickly."),
        ("Title", {"description": "Élan."}, "_Élan._"),
        ("Title", {"description": "GANs for all."}, "GANs for all."),
        ("Title", {"description": "see [this](https://example.org/y)"}, "see [this](https://example.org/y)."),
        ("Title", {"description": "(yes) \\_no\\_."}, "(yes) \\_no\\_."),
    ],
)
def test_text_without_markup_begins_as_awesome_lint_wants(name, fields, tail):
    assert item(entry(name, U, **fields)) == f"- [{name}]({U}) - {tail}"


def test_pointers_name_the_work_and_link_its_topic():
    assert pointer(entry("Title", U), "[Home][x]") == f"- [Title]({U}) - In [Home][x]."
    assert pointer(entry("# T", U, authors=PEOPLE, year=2019, venue="V"), "[Home][x]") == (
        f"- [# T]({U}) - A. One, B. Two, C. Three et al., 2019. In [Home][x]."
    )
    assert pointer(entry("Title", U, year=2019), "[Home][x]") == f"- [Title]({U}) - 2019. In [Home][x]."
    assert pointer(entry(url=U), "[Home][x]") == f"- [example.org: x]({U}) - In [Home][x]."
    assert pointer(entry("Title", U, state="dead"), "[Home][x]") == "- Title - In [Home][x]."
    assert pointer(entry("- Title"), "[Home][x]") == "- \\- Title - In [Home][x]."
