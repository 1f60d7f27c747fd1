"""Codeberg: which links are repositories, and which statuses Forgejo's answers give."""

from __future__ import annotations

import json
from datetime import date

import pytest

from linkcheck.model import RegistryAnswer
from linkcheck.registries import Subject, registries, registry_for
from linkcheck.registries.asking import RegistryBatcher

ALL = registries()
SITE = next(site for site in ALL if site.name == "Codeberg")
KEY = "mill-works/loom"
(REQUEST,) = SITE.requests([KEY])


def repository(at="mill-works/loom", **more):
    """A repository as Forgejo describes it without a token."""
    owner, _, name = at.partition("/")
    found = {
        "id": 42, "owner": {"id": 7, "login": owner}, "name": name, "full_name": at, "description": "Weaves <b>and</b> mends",
        "empty": False, "private": False, "fork": False, "template": False, "mirror": False, "size": 208, "language": "OCaml",
        "html_url": f"https://codeberg.org/{at}", "url": f"https://codeberg.org/api/v1/repos/{at}", "stars_count": 3,
        "default_branch": "main", "archived": False, "created_at": "2019-05-03T12:00:00+02:00", "updated_at": "2024-02-29T23:59:59+01:00",
        "archived_at": "1970-01-01T01:00:00+01:00", "internal": False,
    }  # fmt: skip
    return json.dumps(found | more).encode()


def refused(message="The target couldn't be found.", **more):
    return json.dumps({"errors": None, "message": message, "url": "https://codeberg.org/api/swagger"} | more).encode()


def reading(status, body, headers=()):
    return SITE.read(REQUEST, status, headers, body)[KEY]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://codeberg.org/Mill-Works/Loom", "mill-works/loom"),
        ("http://codeberg.org/mill_works/loom.js/", "mill_works/loom.js"),
        ("https://codeberg.org/mill-works/loom.git", "mill-works/loom"),
        ("https://codeberg.org/mill-works/.profile", "mill-works/.profile"),
        ("https://codeberg.org/mill-works/loom?display=source", "mill-works/loom"),
        ("https://codeberg.org/mill-works", None),
        ("https://codeberg.org/", None),
        ("https://codeberg.org/mill-works/loom/src/branch/main", None),
        ("https://codeberg.org/mill-works/loom/issues", None),
        ("https://codeberg.org/mill-works/loom#readme", None),
        ("https://codeberg.org/mill-works/-", None),
        ("https://codeberg.org/mill-works/loom.wiki", None),
        ("https://codeberg.org/mill-works/loom.rss", None),
        ("https://codeberg.org/explore/repos", None),
        ("https://codeberg.org/User/login", None),
        ("https://codeberg.org/api/swagger", None),
        ("https://codeberg.org/mill-works/..", None),
        ("https://codeberg.org/mill-works//loom", None),
        ("https://codeberg.org:8443/mill-works/loom", None),
        ("https://ada@codeberg.org/mill-works/loom", None),
        ("https://docs.codeberg.org/mill-works/loom", None),
        ("https://mill-works.codeberg.page/loom", None),
        ("https://codeberg.org.example.org/mill-works/loom", None),
        ("https://codeberg.org/" + "a" * 20_000 + "/b", None),
    ],
)
def test_which_links_are_repositories(url, key):
    assert SITE.key(url) == key
    assert registry_for(url, ALL) == ((SITE, key) if key else None)


def test_a_repository_is_asked_for_by_its_name():
    assert REQUEST.url == "https://codeberg.org/api/v1/repos/mill-works/loom"
    assert SITE.record_key(Subject("https://codeberg.org/mill-works/loom#readme")) == KEY
    assert SITE.record_key(Subject("https://example.org/", doi="10.1000/x")) is None


@pytest.mark.parametrize(
    ("status", "body", "expected", "detail"),
    [
        (200, repository(), "exists", ""),
        (200, repository("Mill-Works/Loom"), "exists", ""),
        (200, repository(archived=True), "exists", "archived"),
        (200, repository(archived="yes"), "exists", ""),
        (200, repository("weavers/loom"), "moved", ""),
        (200, repository("weavers/loom", archived=True), "moved", "archived"),
        (200, repository(private=True), "unknown", None),
        (200, repository(internal=True), "unknown", None),
        (200, repository(html_url="https://evil.example/mill-works/loom"), "unknown", None),
        (200, repository("../../etc/passwd"), "unknown", None),
        (200, repository(full_name=["mill-works/loom"]), "unknown", None),
        (200, repository(name=None), "unknown", None),
        (200, b"{}", "unknown", None),
        (200, b"<html><title>Making sure you're not a bot!</title>", "unknown", None),
        (404, refused(), "missing", None),
        (404, refused("not found"), "missing", None),
        (404, refused(url="https://evil.example/"), "unknown", None),
        (404, refused(message=None), "unknown", None),
        (404, b"<html>404</html>", "unknown", None),
        (403, refused("token does not have at least one of required scope(s)"), "unknown", None),
        (429, b"", "unknown", None),
        (503, b"", "unknown", None),
        (301, b"", "unknown", None),
    ],
)
def test_statuses_of_a_repository(status, body, expected, detail):
    found = reading(status, body)
    assert (found.answer.name, found.answer.status) == ("Codeberg", expected)
    assert detail is None or found.answer.detail == detail
    assert (found.answer.url == "https://codeberg.org/weavers/loom") == (expected == "moved")
    assert (found.record is None) == (expected in {"unknown", "missing"})


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize(
    ("place", "url"),
    [
        ("/api/v1/repos/weavers/loom", "https://codeberg.org/api/v1/repos/weavers/loom"),
        ("https://codeberg.org/api/v1/repos/weavers/loom", "https://codeberg.org/api/v1/repos/weavers/loom"),
        ("//evil.example/api/v1/repos/weavers/loom", None),
        ("http://codeberg.org/api/v1/repos/weavers/loom", None),
        ("https://[", None),
    ],
)
def test_a_redirect_is_followed_only_at_the_same_origin(status, place, url):
    found = reading(status, b"", (("Location", place),))
    assert (found.onward and found.onward.url) == url
    assert found.answer.status == "unknown"


@pytest.mark.anyio
async def test_a_renamed_repository_has_moved():
    async def ask(request):
        if request.url.endswith("weavers/loom"):
            return 200, (), repository("weavers/loom", archived=True)
        return 301, (("Location", "/api/v1/repos/weavers/loom"),), b""

    found = await RegistryBatcher(ALL, ask).answer("https://codeberg.org/mill-works/loom")
    assert found == RegistryAnswer("Codeberg", "moved", "archived", "https://codeberg.org/weavers/loom")


def test_the_record_of_a_repository():
    found = reading(200, repository("weavers/loom", archived=True)).record
    assert (found.source, found.title, found.kind, found.url) == (
        "Codeberg",
        "loom",
        "software",
        "https://codeberg.org/weavers/loom",
    )
    assert (found.description, found.language) == ("Weaves and mends", "OCaml")
    assert (found.created, found.updated) == (date(2019, 5, 3), date(2024, 2, 29))
    assert found.notes == ("its owner has archived it", "it is weavers/loom now")
    assert [site.name for site in ALL if site.records(json.loads(repository()))] == ["Codeberg"]


@pytest.mark.parametrize("escape", ["\x1b[31mred", "line\nbreak\r\n::error::x", "\u202eright to left", "\ud800", "x" * 5_000])
def test_texts_of_codeberg_are_made_safe(escape):
    found = reading(500, refused(f"A{escape}")).answer.detail
    assert found.isprintable()
    assert len(found) < 1000
    record = reading(200, repository(description=f"A{escape}", language=f"B{escape}")).record
    assert all(shown is None or shown.isprintable() for shown in (record.description, record.language))
