"""A maintainer's Markdown and formulas on the site: nothing is lost, and nothing that runs or loads comes through."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from generator.markdown.anchors import Anchors
from generator.publishing.site import Settings, render_site
from generator.publishing.site.prose import blocks, line, title_html, verbatim
from generator.publishing.site.strings import strings
from generator.sources.site_files import SiteFiles
from tests.publishing.site.reader import reading
from tests.publishing.site.sample import catalogue, search_data

EN = strings("en")
FORMULA = "<math><msup><mi>x</mi><mn>2</mn></msup></math>"


def header(markdown, resolve=lambda url: f"https://example.org/{url}"):
    return LexborHTMLParser(verbatim(markdown, Anchors(), EN, where="header", resolve=resolve))


@pytest.mark.parametrize(
    ("source", "css", "text"),
    [
        ("| a | b |\n|:-|-:|\n| `x\\|y` | d |", "table td[align=left] code", "x|y"),
        ("~~gone~~", "del", "gone"),
        ("- [x] done\n- [ ] open", "li:first-child > input[type=checkbox][checked][disabled][aria-label=done]", ""),
        ("- [x] done\n- [ ] open", "li:last-child > input:not([checked])", ""),
        ("> quoted", "blockquote p", "quoted"),
        ("3. third", "ol[start='3'] li", "third"),
        ("*a*  \nb", "br", ""),
        ("[x](#papers)", "a[href='#papers']", "x"),
        ("$$\nx^2\n$$", "[role=group] > math[display=block]", "x2"),
        ("```math\nx^2\n```", "math[display=block]", "x2"),
        ("$$x^2$$", "math[display=block]", "x2"),
    ],
)
def test_markdown_of_descriptions_and_headers_is_shown(source, css, text):
    for html in (blocks(source, EN), verbatim(source, Anchors(), EN, where="header")):
        found = LexborHTMLParser(html).css(css)
        assert [node.text() for node in found] == [text], html


def test_a_footnote_is_a_note_of_a_header_and_stands_in_brackets_in_a_description():
    source = "Text.[^1] Again.[^1]\n\n[^1]: The *note*."
    page = header(source)
    assert [node.attributes["href"] for node in page.css("sup a")] == ["#header-note-1"] * 2
    assert [node.attributes["href"] for node in page.css("li#header-note-1 a")] == ["#header-ref-1"]
    assert len(page.css("#header-ref-1")) == 1
    assert blocks(source, EN) == "<p>Text. (The <em>note</em>.) Again.</p>"


def test_headings_of_a_header_have_the_anchors_of_githubs_page_and_leave_no_gaps():
    page = header("# One $x$\n\n#### Deep\n\n# One $x$\n\n<h1 id='raw'>Raw</h1>")
    found = [(node.tag, node.attributes["id"]) for node in page.css("h1, h2, h3, h4, h5, h6")]
    assert found == [("h2", "one-x"), ("h3", "deep"), ("h2", "one-x-1"), ("h2", "raw")]


@pytest.mark.parametrize(
    ("markdown", "href"),
    [
        ("[a](geometry.md#x)", "geometry.html#x"),
        ("[a](./geometry.md)", "geometry.html"),
        ("[a](README.md)", "../index.html"),
        ("[a](../docs/a.md)", "https://github.com/e/l/blob/HEAD/docs/a.md"),
        ('<a href="geometry.md">a</a>', "geometry.html"),
        ("[a](../../out.md)", None),
        ("[a](/etc/passwd)", None),
        ("[a](javascript:alert(1))", None),
        ('<a href="data:text/html,x">a</a>', None),
        ("[a](//example.org)", None),
        ("[a](mailto:a@example.org)", "mailto:a@example.org"),
        ("[a](#user-content-x)", "#x"),
    ],
)
def test_links_of_a_header_lead_to_the_site_or_the_repository(markdown, href):
    topic = f"header: |\n  {markdown}\n\n  Text.\nentries: [{{title: A, id: a}}]\n"
    sources = {"lists/_collection.yaml": "repository: https://github.com/e/l\n", "lists/geometry.yaml": topic}
    page = LexborHTMLParser(render_site(catalogue(sources))["topics/geometry.html"])
    assert [node.attributes.get("href") for node in page.css(".verbatim a[href]")] == ([href] if href else [])
    assert "a" in page.css_first(".verbatim").text()


HOSTILE = [
    "<script>window.broken = 1</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)><script>alert(1)</script></svg>", "<style>*{}</style>",
    '<a href="jav&#x09;ascript:alert(1)">x</a>', '<p style="position:fixed">x</p>', "<iframe src=https://example.org></iframe>", "<form><input name=q></form>",
    '<a href="https://example.org" onclick="alert(1)" target=_blank>x</a>', "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>x</details>",
    '<a id="ui:search">x</a><a name="entry/x">y</a><a id=listkeeper>z</a>', "<base href=https://example.org>", "<meta http-equiv=refresh content=0>", "![x](https://example.org/x.png)",
    "</div></header></main><p>out", "<!-- <script>alert(1)</script> -->", "<video src=https://example.org/v></video><picture><source srcset=https://example.org/s></picture>",
    r"$\href{javascript:alert(1)}{x}$ $\text{<script>alert(1)</script>}$", "\ue0000\ue001 $x$", "<link rel=stylesheet href=https://example.org/s.css>", "<h1>x</h1>", "<button popovertarget=x>x</button>",
]  # fmt: skip


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_that_runs_loads_or_escapes_comes_through(source):
    for markdown in (source, f"- {source}", f"| {source} |\n|---|\n| {source} |", f"<div>\n\n{source}\n\n</div>"):
        html = verbatim(markdown, Anchors(), EN, where="header")
        page = LexborHTMLParser(f"<main>{html}<p id=last>.</p></main>")
        assert not page.css("script, style, img, svg, iframe, form, input, base, meta, link, video, source, object, h1, button")
        names = {name for node in page.css(".verbatim *") for name in node.attributes}
        assert not {
            name for name in names if name.startswith("on") or name in {"style", "src", "srcset", "target", "class"}
        } - {"class"}
        assert all(re.match(r"https?://|#|mailto:", node.attributes["href"]) for node in page.css("a[href]"))
        assert not [node for node in page.css("[id]") if re.search("[:/]|^listkeeper$", node.id)]
        assert page.css_first("#last").parent.tag == "main"
        assert "\ue000" not in html


def test_texts_stand_for_pictures_and_badges_without_text_are_dropped():
    page = header(
        "[![](https://b.example/s.svg)](https://b.example) [![Build](https://b.example/b.svg)](https://b.example/b)\n\n![A stone](stone.png)"
    )
    assert page.css_first("div").text().split() == ["Build", "A", "stone"]
    assert [node.attributes["href"] for node in page.css("a")] == ["https://b.example/b"]


def test_a_giant_table_is_shown_whole_in_a_moment():
    page = header("| a | b |\n|---|---|\n" + "| <b>x</b> | $x$ |\n" * 5000)
    assert len(page.css("td")) == 10_000


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("On $x^2$-things", f"On {FORMULA}-things"),
        ("On $$x^2$$ things", f"On {FORMULA} things"),
        ("On $`x^2`$ things", f"On {FORMULA} things"),
        ("$5 and $10", "$5 and $10"),
        ("US$5 or US$ 6, $HOME/$USER & more", "US$5 or US$ 6, $HOME/$USER &amp; more"),
        ("Costs $5 or CA$ 6", "Costs $5 or CA$ 6"),
        (r"Set $\{x\}$", 'Set <math><mo stretchy="false">{</mo><mi>x</mi><mo stretchy="false">}</mo></math>'),
        (r"A $\frac{1$ b", 'A <code class="tex" title="Expected closing token &quot;}&quot;, but reached end of input.">$\\frac{1$</code> b'),
        (r"A $\unknown$ b", 'A <code class="tex" title="Unknown command &quot;\\unknown&quot;.">$\\unknown$</code> b'),
        (r"$x^2$", f'<span aria-hidden="true">{FORMULA}</span><span class="visually-hidden">x^2</span>'),
    ],
)  # fmt: skip
def test_formulas_of_titles_are_mathml(value, html):
    assert title_html(value) == html


@pytest.mark.parametrize("tex", ["{" * 400 + "}" * 400, r"\left(" * 90 + r"\right)" * 90, r"\newcommand{\a}{\a\a}\a", r"\def\a{\a}\a", r"\begin{matrix}" * 60, "^" * 999, r"\sqrt" * 180])  # fmt: skip
def test_a_formula_that_would_use_up_the_machine_stays_as_code(tex):
    assert title_html(f"a ${tex}$ b").startswith('a <code class="tex" title="')


def test_a_formula_of_a_description_keeps_its_backslashes_and_signs():
    assert line(r"Let $a_1+b+c_2$ and $\{x\}$ be.") == (
        "Let <math><msub><mi>a</mi><mn>1</mn></msub><mo>+</mo><mi>b</mi><mo>+</mo><msub><mi>c</mi><mn>2</mn></msub></math> and "
        '<math><mo stretchy="false">{</mo><mi>x</mi><mo stretchy="false">}</mo></math> be.'
    )
    assert line(r"It costs \$5\$ or $5 and $10.") == "It costs $5$ or $5 and $10."


def test_programs_get_formulas_as_unicode_and_bibtex_as_they_are():
    topic = r"""
title: On $\alpha$
description: About $\beta$.
entries:
  - {id: a, title: 'The $\mathcal{H}_\infty$ and $\unknown{x}$ norm of $\lambda$', added: 2026-01-01, description: 'With $\gamma$.'}
"""
    files = render_site(catalogue({"lists/t.yaml": topic}))
    wanted = r"The ℋ_∞ and $\unknown{x}$ norm of λ"
    assert wanted in files["data/t.atom.xml"]
    assert "<summary>With γ.</summary>" in files["data/t.atom.xml"] or "<content>With γ.</content>" in files["data/t.atom.xml"]
    assert search_data(files)["entries"][0][0] == wanted
    page = LexborHTMLParser(files["topics/t.html"])
    assert page.css_first("title").text().startswith("On α ·")
    assert (
        json.loads(page.css_first("script[type='application/ld+json']").text())["itemListElement"][0]["item"]["name"] == wanted
    )
    assert page.css_first("meta[name=description]").attributes["content"] == "About β."
    assert r"$\lambda$" in files["data/t.bib"]
    assert json.loads(files["data/t.json"])["entries"][0]["title"].startswith(r"The $\mathcal{H}_\infty$")


PICTURES = (("a b.svg", "data:image/svg+xml;base64,PHN2Zy8+"),)


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("![A *logo*](a%20b.svg)", '<p><img src="{}" alt="A logo"></p>'),
        ("[![](./a%20b.svg?raw=1)](https://e.org/)", '<p><a href="https://e.org/"><img src="{}" alt="a b"></a></p>'),
        (
            '<p><img src="a b.svg" alt="&quot;<b>" width="90" height="9%" onload="x()"></p>',
            '<p><img src="{}" alt="&quot;&lt;b&gt;" width="90"></p>',
        ),
        ("![Other](b.svg) ![Remote](https://e.org/a%20b.svg)", "<p>Other Remote</p>"),
        ("![Data](data:image/png;base64,AA)", "<p>Data</p>"),
    ],
)
def test_pictures_beside_the_sources_are_part_of_the_page(markdown, shown):
    found = verbatim(markdown, Anchors(), strings("en"), where="header", pictures=PICTURES)
    assert found == f'<div class="verbatim">{shown.format(PICTURES[0][1])}</div>'


@pytest.mark.browser
def test_a_picture_is_seen_in_a_browser(chromium, tmp_path):
    logo = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyIDEiPjxwYXRoIGQ9Ik0wIDBoMnYxSDB6Ii8+PC9zdmc+"
    lists = {"lists/t.yaml": "header: '![Logo](l.svg)'\nentries: [{title: One}]\n"}
    for path, text in render_site(catalogue(lists), settings=Settings(files=SiteFiles(pictures=(("l.svg", logo),)))).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    with reading(chromium, tmp_path.as_uri() + "/") as page:
        page.goto(f"{tmp_path.as_uri()}/topics/t.html")
        assert page.get_by_role("img", name="Logo").evaluate("(one) => one.decode().then(() => one.naturalWidth > 0)")


def test_venues_and_reasons_of_a_reading_path_have_formulas():
    topic = r"""
title: T
start: [{id: a, reason: 'Defines $\lambda$ & more.'}]
entries: [{id: a, title: A, kind: paper, authors: [Ann Lee], venue: 'Journal of $L^2$ Spaces'}]
"""
    files = render_site(catalogue({"lists/t.yaml": topic}))
    page = LexborHTMLParser(files["topics/t.html"])
    assert page.css_first(".path .about").inner_html == "Defines <math><mi>λ</mi></math> &amp; more."
    assert "Journal of <math><msup><mi>L</mi><mn>2</mn></msup></math> Spaces" in page.css_first(".origin").inner_html
    assert "rft.jtitle=Journal+of+L%5E2+Spaces" in page.css_first(".Z3988").attributes["title"]
    assert search_data(files)["venues"] == ["Journal of L^2 Spaces"]


@pytest.mark.browser
def test_markdown_and_formulas_in_a_browser(chromium, disk):
    base = disk.as_uri() + "/"
    with reading(chromium, base) as page:
        page.goto(f"{base}topics/transport.html")
        sizes = page.locator(".lead math").bounding_box()
        assert sizes["width"] > 40
        assert sizes["height"] > 30  # the sum has its limits above and below
        folded = page.get_by_text("Folded text.")
        assert not folded.is_visible()
        page.get_by_text("Unfold me").click()
        assert folded.is_visible()
        page.get_by_role("link", name="the papers").click()
        expect(page.locator("h2#papers")).to_be_in_viewport()
        page.get_by_role("link", name="Note 1").click()
        expect(page.locator("#header-note-1")).to_be_in_viewport()
        assert page.locator(".verbatim table").get_by_role("cell", name="a|b").is_visible()
        page.get_by_role("link", name="more", exact=True).click()
        expect(page).to_have_url(re.compile(r"topics/hostile\.html#a-heading-of-ours$"))
        expect(page.locator("#a-heading-of-ours")).to_be_in_viewport()
        assert page.locator("math").count() == 1
        assert page.locator("code.tex").get_attribute("title") == 'Unknown command "\\unclear".'
