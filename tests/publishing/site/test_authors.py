"""Pages of authors: who has one, at which address, and what is on it."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.publishing.site import Settings, render_site
from tests.publishing.site.sample import catalogue


def pages(*authors: str, each: int = 1) -> dict[str, str]:
    """The site of entries with these authors, in YAML; each is on `each` entries."""
    rows = [
        f"{{id: e{number}-{copy}, title: T{number}-{copy}, year: {1800 + copy}, authors: [{one}]}}"
        for number, one in enumerate(authors)
        for copy in range(each)
    ]
    return render_site(
        catalogue({"lists/a.yaml": f"title: A\nentries: [{', '.join(rows)}]\n"}), settings=Settings(base_url="https://e.org/")
    )


def addresses(files: dict[str, str]) -> set[str]:
    return {path.removeprefix("authors/") for path in files if path.startswith("authors/")}


@pytest.mark.parametrize(
    ("authors", "found"),
    [
        (("Ann Lee", "Ann Lee"), {"ann-lee.html"}),
        (("Ann Lee", "'Lee, Ann'"), {"ann-lee.html"}),
        (("Ann Lee",), set()),
        (("'Ann Lee, Ann Lee'",), set()),
        (("A. Lee", "A. Lee"), set()),
        (("A. Lee", "Ann Lee"), set()),
        (("A. B. Lee", "A. B. Lee"), set()),
        (("J.-P. Lee", "J.-P. Lee"), set()),
        (("{family: Lee}", "{family: Lee}"), set()),
        (("Ann B. Lee", "Ann B. Lee"), {"ann-b-lee.html"}),
        (("Ann Lee", "Ann B. Lee"), set()),
        (("{literal: The Group}", "{literal: The Group}"), {"the-group.html"}),
        (("Łucja Kość", "Łucja Kość"), {"łucja-kość.html"}),
        (("{literal: '王小明'}", "{literal: '王小明'}"), {"王小明.html"}),
    ],
)  # fmt: skip
def test_only_equal_full_names_have_a_page(authors, found):
    assert addresses(pages(*authors)) == found


def test_names_with_one_address_are_kept_apart():
    files = pages("Ann Lee", "Ann Lee", "Ann LEE", "Ann LEE")
    found = addresses(files)
    assert len(found) == 2
    assert all(path.startswith("ann-lee-") for path in found)
    assert {LexborHTMLParser(files[f"authors/{path}"]).css_first("h1").text() for path in found} == {"Ann Lee", "Ann LEE"}


def test_hostile_names_are_escaped_and_stay_in_their_folder():
    files = pages(*["{literal: '../../<script>alert(1)</script>'}"] * 2)
    (path,) = addresses(files)
    assert "/" not in path
    page = LexborHTMLParser(files[f"authors/{path}"])
    assert page.css_first("h1").text() == "../../<script>alert(1)</script>"
    assert all(node.attributes.get("src") for node in page.css("script"))


def test_a_page_has_the_newest_entries_and_a_search_for_the_others():
    page = LexborHTMLParser(pages("Ann Lee", each=205)["authors/ann-lee.html"])
    assert [node.text() for node in page.css(".entry .title")][:2] == ["T0-204", "T0-203"]
    assert len(page.css(".entry")) == 200
    assert page.css_first(".note a").text() == "5 more entries"
    assert page.css_first(".note a").attributes["href"] == "../index.html?q=%22Ann+Lee%22"
    assert page.css_first(".count").text() == "205 entries"


def test_authors_are_linked_listed_and_in_the_sitemap():
    files = pages("Ann Lee", "Ann Lee", "Bo Abel", "Bo Abel", "Cy Dee")
    listed = LexborHTMLParser(files["authors.html"]).css(".people a")
    assert [(node.text(), node.attributes["href"]) for node in listed] == [
        ("Bo Abel", "authors/bo-abel.html"),
        ("Ann Lee", "authors/ann-lee.html"),
    ]
    linked = LexborHTMLParser(files["topics/a.html"]).css(".origin a")
    assert {node.attributes["href"] for node in linked} == {"../authors/ann-lee.html", "../authors/bo-abel.html"}
    assert "https://e.org/authors/ann-lee.html" in files["sitemap.xml"]


def test_without_such_authors_there_is_no_page_and_no_link():
    files = pages("Ann Lee")
    assert "authors.html" not in files
    assert "authors.html" not in files["index.html"]
