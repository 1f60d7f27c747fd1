"""JavaScript shells have no content; pages rendered by a server do, whatever scripts they load."""

from __future__ import annotations

import pytest

from tests.pages.samples import ENGLISH, bare, live, see

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
    ],
)
def test_a_page_with_content_is_no_shell(html: str) -> None:
    assert not see(html).shell


def test_a_page_with_a_refresh_is_no_shell() -> None:
    script = "<script>location.replace('new.html' + location.hash)</script>"
    assert see(bare("Redirecting", script)).shell
    assert not see(bare("Redirecting", script, head='<meta http-equiv="refresh" content="0; url=new.html">')).shell
