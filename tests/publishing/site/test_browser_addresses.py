"""Former addresses of the site, from disk and from a server, with and without scripts."""

from __future__ import annotations

import pytest

from tests.publishing.site.reader import reading

pytestmark = pytest.mark.browser


@pytest.fixture(params=["file", "http"])
def base(request, disk, served) -> str:
    return served if request.param == "http" else disk.as_uri() + "/"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("topics/monge.html", "topics/transport.html"),
        ("topics/monge.html#books", "topics/transport.html#books"),
        ("topics/monge.html#entry/cuturi2013", "topics/transport.html#entry/cuturi2013"),
        ("topics/hostile.html#entry/villani2009", "topics/transport.html#entry%2Fvillani2009"),
        ("topics/hostile.html#entry/sinkhorn", "topics/transport.html#entry%2Fcuturi2013"),
        ("index.html?topic=monge", "index.html?topic=transport"),
    ],
)
def test_former_addresses_redirect(chromium, base, old, new):
    with reading(chromium, base) as page:
        page.goto(base + old)
        page.wait_for_url(base + new)
        assert page.evaluate("!location.hash || document.querySelector(':target') !== null")


def test_a_former_address_redirects_without_scripts(chromium, base):
    with reading(chromium, base, java_script_enabled=False) as page:
        page.goto(base + "topics/monge.html#books")
        page.wait_for_url(base + "topics/transport.html")


def test_an_unknown_fragment_doesnt_redirect(chromium, base):
    with reading(chromium, base) as page:
        page.goto(base + "topics/hostile.html#entry/nobody")
        page.wait_for_function("window.listkeeper")
        assert page.url == base + "topics/hostile.html#entry/nobody"
