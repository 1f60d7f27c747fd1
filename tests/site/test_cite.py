"""The BibTeX beside an entry: the record of the data files under the same key, without what is ours."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from generator.render.data import render_data
from generator.render.site import render_site
from generator.render.site.cite import citation, keys
from tests.site.sample import SOURCES, catalogue

TWINS = {"lists/a.yaml": "entries: [{id: Key, title: One}, {id: key, title: Two}]\n"}


def test_what_is_ours_is_left_out():
    topic = catalogue().topics[0]
    entry = next(one for one in topic.walk() if one.id == "peyre2019")
    text = citation(entry, topic, "peyre2019")
    assert text.startswith("@book{peyre2019,")
    assert "Peyré, Gabriel and Cuturi, Marco" in text
    assert "Algorithms first" not in text


def test_keys_are_those_of_the_data_files():
    found = catalogue(TWINS)
    assert list(keys(found)) == ["Key"]
    data = render_data(found, folder="", first_seen={})["data/all.bib"]
    page = LexborHTMLParser(render_site(found)["topics/a.html"])
    cited = [node.text().partition(",")[0] for node in page.css("details pre")]
    assert len(cited) == 2
    assert all(first in data for first in cited)


def test_every_entry_can_be_cited():
    files = render_site(catalogue())
    pages = [LexborHTMLParser(text) for path, text in files.items() if path.startswith("topics/")]
    cited = [node.text() for page in pages for node in page.css("details pre")]
    entries = sum(source.count("- id:") for source in SOURCES.values()) + 1
    assert len(cited) == entries
    assert all(text.startswith("@") and text.endswith("}") and text.count("\n") > 1 for text in cited)
