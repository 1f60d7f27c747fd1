"""GitLab: which links are projects, and which statuses its answers give."""

from __future__ import annotations

import json
from datetime import date

import pytest

from linkcheck.model import RegistryAnswer
from linkcheck.registries import Subject, registries, registry_for
from linkcheck.registries.asking import RegistryBatcher

ALL = registries()
SITE = next(site for site in ALL if site.name == "GitLab")
KEY = "mill-works/tools/loom"
(REQUEST,) = SITE.requests([KEY])
GROUP = "https://gitlab.com/api/v4/groups/mill-works%2Ftools%2Floom"
SHORT = "mill-works/loom"


def project(path="mill-works/tools/loom", **more):
    """A project as GitLab describes it without a token."""
    found = {
        "id": 1042, "description": "Weaves &amp; mends", "name": "The Loom", "name_with_namespace": "Mill Works / Tools / The Loom",
        "path": path.rpartition("/")[2], "path_with_namespace": path, "created_at": "2019-05-03T10:00:00.000Z", "default_branch": "main",
        "topics": [], "ssh_url_to_repo": f"git@gitlab.com:{path}.git", "web_url": f"https://gitlab.com/{path}", "star_count": 3,
        "last_activity_at": "2024-02-29T23:59:59.000Z", "namespace": {"id": 7, "kind": "group"}, "archived": False, "visibility": "public",
    }  # fmt: skip
    return json.dumps(found | more).encode()


def group(path, **more):
    return json.dumps({"id": 7, "name": "G", "full_path": path, "visibility": "public"} | more).encode()


def refused(message):
    return json.dumps({"message": message}).encode()


def reading(status, body, headers=(), key=KEY, url=None):
    (request,) = SITE.requests([key])
    if url:
        request = type(request)(request.site, url, request.headers, request.keys)
    return SITE.read(request, status, headers, body)[key]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://gitlab.com/Mill-Works/Loom", "mill-works/loom"),
        ("http://www.gitlab.com/mill-works/tools/loom/", "mill-works/tools/loom"),
        ("https://gitlab.com/mill_works/loom.js.git", "mill_works/loom.js"),
        ("https://gitlab.com/mill-works/loom?ref=x", "mill-works/loom"),
        ("https://gitlab.com/" + "/".join("abcdefghijklmnopqrstu"), "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u"),
        ("https://gitlab.com/mill-works", None),
        ("https://gitlab.com/", None),
        ("https://gitlab.com/mill-works/loom/-/tree/main", None),
        ("https://gitlab.com/mill-works/loom/-/issues", None),
        ("https://gitlab.com/mill-works/loom#readme", None),
        ("https://gitlab.com/groups/mill-works", None),
        ("https://gitlab.com/users/ada", None),
        ("https://gitlab.com/Explore/projects", None),
        ("https://gitlab.com/mill-works/..", None),
        ("https://gitlab.com/mill-works//loom", None),
        ("https://gitlab.com/mill%20works/loom", None),
        ("https://gitlab.com:8443/mill-works/loom", None),
        ("https://ada@gitlab.com/mill-works/loom", None),
        ("https://gitlab.example.org/mill-works/loom", None),
        ("https://gitlab.com.example.org/mill-works/loom", None),
        ("https://about.gitlab.com/pricing/premium", None),
        ("https://gitlab.com/" + "a" * 20_000 + "/b", None),
        ("https://gitlab.com/" + "a/" * 20_000, None),
    ],
)
def test_which_links_are_projects(url, key):
    assert SITE.key(url) == key
    assert registry_for(url, ALL) == ((SITE, key) if key else None)


def test_a_project_is_asked_for_by_its_encoded_path():
    assert REQUEST.url == "https://gitlab.com/api/v4/projects/mill-works%2Ftools%2Floom"
    assert SITE.record_key(Subject("https://gitlab.com/mill-works/tools/loom#readme")) == KEY
    assert SITE.record_key(Subject("https://example.org/", doi="10.1000/x")) is None


@pytest.mark.parametrize(
    ("status", "body", "expected", "detail"),
    [
        (200, project(), "exists", ""),
        (200, project(archived=True), "exists", "archived"),
        (200, project("Mill-Works/Tools/Loom"), "exists", ""),
        (200, project("mill-works/weaver"), "moved", ""),
        (200, project("mill-works/weaver", archived=True), "moved", "archived"),
        (200, project(visibility="internal"), "unknown", None),
        (200, project(web_url="https://evil.example/mill-works/tools/loom"), "unknown", None),
        (200, project("../../etc/passwd"), "unknown", None),
        (200, project(path_with_namespace=["mill-works/tools/loom"]), "unknown", None),
        (200, project(name=None), "unknown", None),
        (200, group(KEY), "unknown", None),
        (200, b"[]", "unknown", None),
        (200, b"<html>", "unknown", None),
        (401, refused("401 Unauthorized"), "unknown", None),
        (404, refused("404 Not Found"), "unknown", None),
        (404, b"<html>404</html>", "unknown", None),
        (429, b"Retry later", "unknown", None),
        (503, b"", "unknown", None),
        (302, b"", "unknown", None),
    ],
)
def test_statuses_of_a_project(status, body, expected, detail):
    found = reading(status, body)
    assert (found.answer.name, found.answer.status) == ("GitLab", expected)
    assert detail is None or found.answer.detail == detail
    assert (found.answer.url == "https://gitlab.com/mill-works/weaver") == (expected == "moved")
    assert (found.record is None) == (expected == "unknown")
    assert found.onward is None


def test_without_a_project_the_group_is_asked_for_and_both_must_be_missing():
    assert reading(404, refused("404 Project Not Found")).onward.url == GROUP
    assert reading(200, group("Mill-Works/Tools/Loom"), url=GROUP).answer == RegistryAnswer("GitLab", "exists", "a group")
    assert reading(200, group("another/group"), url=GROUP).answer.status == "unknown"
    assert reading(200, group(KEY, visibility="private"), url=GROUP).answer.status == "unknown"
    short = "https://gitlab.com/api/v4/groups/mill-works%2Floom"
    assert reading(404, refused("404 Group Not Found"), key=SHORT, url=short).answer.status == "missing"
    assert reading(404, refused("404 Not Found"), key=SHORT, url=short).answer.status == "unknown"
    # `group/project/tree/main` was once an address within a project, and its page still leads there.
    assert reading(404, refused("404 Group Not Found"), url=GROUP).answer.status == "unknown"


@pytest.mark.parametrize(
    ("place", "url"),
    [
        ("https://gitlab.com/api/v4/projects/1042", "https://gitlab.com/api/v4/projects/1042"),
        ("/api/v4/projects/1042", "https://gitlab.com/api/v4/projects/1042"),
        ("https://evil.example/api/v4/projects/1042", None),
        ("http://gitlab.com/api/v4/projects/1042", None),
        ("https://gitlab.com:8443/api", None),
        ("https://[", None),
    ],
)
def test_a_redirect_is_followed_only_at_the_same_origin(place, url):
    found = reading(302, b"", (("Location", place),))
    assert (found.onward and found.onward.url) == url
    assert found.answer.status == "unknown"


@pytest.mark.anyio
async def test_a_renamed_project_has_moved():
    asked = []

    async def ask(request):
        asked.append(request.url)
        if request.url.endswith("/1042"):
            return 200, (), project("mill-works/weaver")
        return 302, (("Location", "https://gitlab.com/api/v4/projects/1042"),), b""

    found = await RegistryBatcher(ALL, ask).answer("https://gitlab.com/mill-works/tools/loom")
    assert found == RegistryAnswer("GitLab", "moved", "", "https://gitlab.com/mill-works/weaver")
    assert asked == [REQUEST.url, "https://gitlab.com/api/v4/projects/1042"]


def test_the_record_of_a_project():
    found = reading(200, project("mill-works/weaver", archived=True)).record
    assert (found.source, found.title, found.kind, found.url) == (
        "GitLab",
        "The Loom",
        "software",
        "https://gitlab.com/mill-works/weaver",
    )
    assert (found.description, found.created, found.updated) == ("Weaves & mends", date(2019, 5, 3), date(2024, 2, 29))
    assert found.notes == ("its owner has archived it", "it is mill-works/weaver now")
    assert SITE.records(json.loads(project())) == (reading(200, project()).record,)
    assert not [site.name for site in ALL if site is not SITE and site.records(json.loads(project()))]


@pytest.mark.parametrize("escape", ["\x1b[31mred", "line\nbreak\r\n::error::x", "\u202eright to left", "\ud800", "x" * 5_000])
def test_texts_of_gitlab_are_made_safe(escape):
    found = reading(500, refused(f"A{escape}")).answer.detail
    assert found.isprintable()
    assert len(found) < 1000
    record = reading(200, project(description=f"A{escape}", name="N")).record
    assert record.description is None or record.description.isprintable()
