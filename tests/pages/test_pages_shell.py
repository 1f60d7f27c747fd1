"""JavaScript shells have no content; pages rendered by a server do, whatever scripts they load."""

from __future__ import annotations

import pytest

from linkcheck.pages import read
from tests.pages.samples import ENGLISH, GERMAN, HTML, bare, live, see

SCRIPT = '<script type="module" src="/assets/index-4f2a.js"></script>'


@pytest.mark.parametrize(
    "html",
    [
        bare("Vite App", f'<div id="root"></div>{SCRIPT}'),
        bare("Acme", f'<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>{SCRIPT}'),
        bare(
            "Acme",
            f'<noscript><strong>Bitte aktivieren Sie JavaScript.</strong></noscript><div id="app"><p>Wird geladen …</p></div>{SCRIPT}',
            lang="de",
        ),
        bare(
            "Acme",
            f'<noscript>このアプリを実行するにはJavaScriptを有効にする必要があります。</noscript><div id="root">読み込み中</div>{SCRIPT}',
            lang="ja",
        ),
        bare("Acme", f"<app-root></app-root>{SCRIPT}"),
        bare("Acme", f'<div id="__next"><div class="spinner">Loading...</div></div>{SCRIPT}'),
        bare("Acme", f'<div id="__nuxt"></div><footer>© 2026 Acme Inc. All rights reserved.</footer>{SCRIPT}'),
        bare("", "<script>location.replace('/x')</script>"),
        bare("Acme", f'<header><h1>Acme</h1></header><div id="root"></div>{SCRIPT}'),
        bare("Acme", f'<div id="app"></div><div style="display:none">An error has occurred. Reload the page.</div>{SCRIPT}'),
        bare("Acme", f'<div id="root"></div><script>{"var state = {};" * 6000}</script>'),
        bare("Acme", f'<div id="root"></div>{SCRIPT}', head=f"<style>{'.a{color:red}' * 6000}</style>"),
    ],
)
def test_a_shell_is_recognised(html: str) -> None:
    assert see(html).shell


@pytest.mark.parametrize(
    "html",
    [
        live("A study of samplers", '<div id="root"></div>'),
        bare(
            "Acme",
            f'<div id="__next"><h1>Release notes</h1><p>{ENGLISH}</p></div><script id="__NEXT_DATA__" type="application/json">{{}}</script>{SCRIPT}',
        ),
        bare(
            "Acme",
            f"<noscript>This site works best with JavaScript.</noscript><h1>Acme</h1><p>We make anvils.</p><p>Write to us.</p>{SCRIPT}",
        ),
        bare("Photo of the day", f'<img src="/2026/11/21.jpg" alt="">{SCRIPT}'),
        bare("Franz", f"<h1>Franz Huber</h1><p>Forscht über Bienen. Schriften siehe unten.</p>{SCRIPT}", lang="de"),
        bare("Old site", '<frameset cols="20%,80%"><frame src="menu.html"><frame src="main.html"></frameset>'),
        bare("Talk", f'<iframe src="https://video.example/embed/1"></iframe>{SCRIPT}'),
        bare("", "<p>It works!</p>"),
        bare("Data", '<script type="application/ld+json">{"@type": "Dataset", "name": "Waves"}</script>'),
        bare("Data", '<script type=importmap>{}</script><script type="text/x-handlebars-template"><p>{{x}}</p></script>'),
        bare("Assignment 2", f"<h1>Assignment 2</h1><section></section>{SCRIPT}"),
        bare("Club", f'<div class="logo"></div><a class="button" href="/register"></a>{SCRIPT}'),
        bare(
            "Kites", f'<div id="app"><div class="spinner"></div><div style="display: none"><p>{ENGLISH}</p></div></div>{SCRIPT}'
        ),
        bare("Drachen", f'<div id="root"></div><main hidden><p>{GERMAN}</p></main>{SCRIPT}', lang="de"),
        bare(
            "凧",
            f'<div id="app"></div><div style="opacity:0;display:none">{"春の凧はよく上がる。" * 9}</div>{SCRIPT}',
            lang="ja",
        ),
    ],
)
def test_a_page_with_content_is_no_shell(html: str) -> None:
    assert not see(html).shell


def test_a_page_with_a_refresh_is_no_shell() -> None:
    script = "<script>location.replace('new.html' + location.hash)</script>"
    assert see(bare("Redirecting", script)).shell
    assert not see(bare("Redirecting", script, head='<meta http-equiv="refresh" content="0; url=new.html">')).shell


BIG = f"<style>{'.a{color:red}' * 6000}</style>"
"""More characters than are parsed."""


@pytest.mark.parametrize(
    "html",
    [
        bare("An old pamphlet", f"{SCRIPT}<main><h1>An old pamphlet</h1><p>{ENGLISH}</p></main>", head=BIG),
        bare("An old pamphlet", f"<script>{'var state = {};' * 6000}</script><p>{ENGLISH}</p>"),
        bare("An old pamphlet", f"<svg>{'<path d=M0/>' * 7000}</svg>{SCRIPT}<p>{ENGLISH}</p>"),
        bare("An old pamphlet", f"<p>{ENGLISH}</p>{SCRIPT}", head="<link rel=preload href=/assets/chunk.js>" * 2500),
    ],
    ids=["styles", "state", "drawings", "links"],
)
def test_scripts_and_styles_do_not_hide_the_text_behind_them(html: str) -> None:
    marks = see(html)
    assert (marks.shell, marks.title) == (False, "An old pamphlet")
    assert marks.words > 40


def test_a_title_behind_long_styles_is_read() -> None:
    html = f"<html><head>{BIG}<title>Page not found | Kites</title></head><body><h1>Page not found</h1></body></html>"
    assert see(html).not_found == "Page not found"


EMPTY = bare("Acme", f'<div id="root"></div>{SCRIPT}').encode()


@pytest.mark.parametrize(("body", "complete", "shell"), [(EMPTY, True, True), (EMPTY, False, False)])
def test_a_page_that_was_cut_is_not_called_empty(body: bytes, complete: bool, shell: bool) -> None:
    assert read(body, HTML, "https://site.example/", status=200, complete=complete).shell is shell


def test_a_page_beyond_what_is_parsed_is_not_called_empty() -> None:
    assert not see(bare("Acme", f'{SCRIPT}<div id="root"></div>{"<i></i>" * 20_000}')).shell
