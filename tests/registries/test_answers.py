"""Statuses that the answers of doi.org, GitHub and YouTube give; anything unexpected gives "unknown"."""

from __future__ import annotations

import json

import pytest

from linkcheck.model import RegistryAnswer
from linkcheck.registries import registries
from tests.registries.answers import atom, handle, paper, refused_by_github, repository, video

SITES = {site.name: site for site in registries() if site.name in {"doi.org", "GitHub", "YouTube", "arXiv"}}
DOI, REPO, VIDEO = "10.1000/abc", "owner/repo", "dQw4w9WgXcQ"
KEYS = {"doi.org": DOI, "GitHub": REPO, "YouTube": VIDEO, "arXiv": "abs/1706.99999"}
BUDGET = (("X-RateLimit-Limit", "5000"), ("X-RateLimit-Remaining", "4999"))
SPENT = (("X-RateLimit-Limit", "5000"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1790000000"))
NOT_FOUND = refused_by_github("Not Found", 404)


def answer_of(name, status, body, headers=()):
    site = SITES[name]
    (request,) = site.requests([KEYS[name]])
    return site.read(request, status, headers, body)[KEYS[name]].answer


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, handle(1, DOI), "exists"),
        (200, handle(1, DOI.upper()), "exists"),
        (200, handle(200, DOI), "exists"),
        (404, handle(200, DOI), "exists"),
        (404, handle(100, DOI), "missing"),
        (404, handle(100, "10.1000/other"), "unknown"),
        (200, handle(1, "10.1000/other"), "unknown"),
        (500, handle(2, DOI), "unknown"),
        (404, handle(2, DOI), "unknown"),
        (404, handle("100", DOI), "unknown"),
        (200, handle(True, DOI), "unknown"),
        (503, handle(100, DOI), "unknown"),
        (404, b"<html><h1>404 Not Found</h1></html>", "unknown"),
        (404, b"", "unknown"),
        (200, b'{"responseCode": 1}', "unknown"),
        (200, b"{}", "unknown"),
        (302, b"", "unknown"),
        (429, b"Too many requests", "unknown"),
    ],
)
def test_doi(status, body, expected):
    assert answer_of("doi.org", status, body).status == expected


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected", "detail"),
    [
        (200, BUDGET, repository("owner/repo"), "exists", ""),
        (200, SPENT, repository("owner/repo"), "exists", ""),
        (200, BUDGET, repository("Owner/Repo"), "exists", ""),
        (200, BUDGET, repository("owner/repo", archived=True), "exists", "archived"),
        (200, BUDGET, repository("owner/repo", archived="yes"), "exists", ""),
        (200, BUDGET, repository("owner/repo", private=True), "unknown", None),
        (200, BUDGET, repository("owner/new"), "moved", ""),
        (200, BUDGET, repository("New-Owner/repo", archived=True), "moved", "archived"),
        (200, BUDGET, repository("owner/new", html_url="https://evil.example/owner/new"), "unknown", None),
        (200, BUDGET, repository("../../etc/passwd"), "unknown", None),
        (200, BUDGET, b'{"full_name": null}', "unknown", None),
        (301, BUDGET, refused_by_github("Moved Permanently", 301), "unknown", None),
        (301, BUDGET, repository("owner/new"), "moved", ""),
        (404, BUDGET, NOT_FOUND, "missing", None),
        (404, (), NOT_FOUND, "missing", None),
        (404, SPENT, NOT_FOUND, "unknown", None),
        (404, (*BUDGET, ("Retry-After", "60")), NOT_FOUND, "unknown", None),
        (404, BUDGET, b"<html>Not Found</html>", "unknown", None),
        (404, BUDGET, b"", "unknown", None),
        (404, BUDGET, refused_by_github("Try again later", 404), "unknown", None),
        (403, SPENT, refused_by_github("API rate limit exceeded for user ID 1.", 403), "unknown", None),
        (403, BUDGET, refused_by_github("Resource protected by organization SAML enforcement.", 403), "unknown", None),
        (429, BUDGET, refused_by_github("You have exceeded a secondary rate limit.", 429), "unknown", None),
        (401, (), refused_by_github("Bad credentials", 401), "unknown", None),
        (451, BUDGET, refused_by_github("Repository access blocked", 451), "unknown", None),
        (500, (), b"", "unknown", None),
        (304, BUDGET, b"", "unknown", None),
    ],
)
def test_github(status, headers, body, expected, detail):
    found = answer_of("GitHub", status, body, headers)
    assert found.status == expected
    assert detail is None or found.detail == detail
    assert (found.url == "") == (expected != "moved")


def test_a_renamed_repository_has_moved_to_its_new_page():
    assert answer_of("GitHub", 200, repository("New-Owner/Tools")) == RegistryAnswer(
        "GitHub", "moved", "", "https://github.com/New-Owner/Tools"
    )


def graphql(data, *errors, key=REPO):
    """The answer about `owner/repo` in an answer of the GraphQL API."""
    (github,) = (site for site in registries(github_token="token") if site.name == "GitHub")
    (request,) = github.requests([key, "other/one"])
    body = json.dumps({"data": data, **({"errors": errors} if errors else {})}).encode()
    return github.read(request, 200, BUDGET, body).get(key)


def node(name=REPO, **more):
    """A repository of the GraphQL API."""
    return {
        "nameWithOwner": name,
        "name": name.partition("/")[2],
        "url": f"https://github.com/{name}",
        "isPrivate": False,
    } | more


@pytest.mark.parametrize(
    ("given", "errors", "status", "detail", "url"),
    [
        (node(), (), "exists", "", ""),
        (node("Owner/Repo", isArchived=True), (), "exists", "archived", ""),
        (node("New-Owner/Tools"), (), "moved", "", "https://github.com/New-Owner/Tools"),
        (node("New/Tools", url="https://evil.example/"), (), "unknown", "the API named two repositories", ""),
        (node(isPrivate=True), (), "unknown", "private: readable with this token, but not for readers", ""),
        (None, ({"type": "NOT_FOUND", "path": ["r0"]},), "missing", "no such repository, or a private one", ""),
        (None, ({"type": "FORBIDDEN", "path": ["r0"], "message": "SAML"},), "unknown", "GitHub's answer isn't in a known form: SAML", ""),
        (None, ({"type": "NOT_FOUND", "path": ["r1"]},), "unknown", "GitHub's answer isn't in a known form", ""),
        (None, (), "unknown", "GitHub's answer isn't in a known form", ""),
        ({"nameWithOwner": "<b>"}, (), "unknown", "GitHub's answer isn't in a known form: it names no repository", ""),
    ],
)  # fmt: skip
def test_with_a_token_many_repositories_are_answered_at_once(given, errors, status, detail, url):
    found = graphql({"r0": given, "r1": None}, *errors).answer
    assert (found.status, found.detail, found.url or "") == (status, detail, url)


def test_a_repository_that_an_answer_leaves_out_is_asked_for_again():
    assert graphql({"r1": node("other/one")}) is None


def test_an_answer_of_graphql_has_the_record_and_the_vitality():
    found = graphql({"r0": node(
        description="Solves lattices.", primaryLanguage={"name": "Rust"}, createdAt="2019-01-02T03:04:05Z", pushedAt="2024-05-06T00:00:00Z",
        stargazerCount=12, licenseInfo={"spdxId": "MIT"}, latestRelease={"tagName": "v2", "publishedAt": "2024-05-01T00:00:00Z"},
        defaultBranchRef={"target": {"committedDate": "2024-04-30T00:00:00Z"}},
    ), "r1": None})  # fmt: skip
    assert (found.record.title, found.record.description, found.record.language) == ("repo", "Solves lattices.", "Rust")
    assert str(found.record.created) == "2019-01-02"
    assert (found.vitality.stars, found.vitality.licence, found.vitality.release) == (12, "MIT", "v2")
    assert str(found.vitality.pushed) == "2024-04-30"


def test_the_message_of_a_github_error_is_in_the_detail():
    assert "Bad credentials" in answer_of("GitHub", 401, refused_by_github("Bad credentials", 401)).detail


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, video(), "exists"),
        (200, json.dumps({"title": "T"}).encode(), "exists"),
        (200, video(type="rich"), "unknown"),
        (200, b"Forbidden", "unknown"),
        (200, b"{}", "unknown"),
        (200, video(title=None), "unknown"),
        (401, b"Unauthorized", "exists"),
        (403, b"Forbidden", "exists"),
        (404, b"Not Found", "missing"),
        (400, b"Bad Request", "missing"),
        (404, b"", "missing"),
        (404, b"<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>", "unknown"),
        (403, b"<html>unusual traffic from your computer network</html>", "unknown"),
        (400, b"x" * 5000, "unknown"),
        (429, b"", "unknown"),
        (500, b"", "unknown"),
        (302, b"", "unknown"),
    ],
)
def test_youtube(status, body, expected):
    assert answer_of("YouTube", status, body).status == expected


def test_the_detail_of_a_video_is_its_title():
    assert answer_of("YouTube", 200, video("Übung: 1 < 2")).detail == "Übung: 1 < 2"


HOSTILE = [
    b"",
    b"\x00" * 1000,
    b"\xff\xfe\x00\xd8",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"9" * 100_000,
    b'{"responseCode": ' + b"9" * 10_000 + b"}",
    b'{"full_name": "owner/repo", "html_url": {}, "archived": []',
    b'{"title": ["x"], "full_name": ["owner/repo"], "handle": 5, "responseCode": 1}',
    b"null",
    b"[]",
    b'"text"',
    b"<" * 100_000,
    b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"<a>" * 100_000,
    b"<?xml version='1.0' encoding='utf-7'?><feed/>",
    b"<?xml version='1.0' encoding='no-such-thing'?><feed xmlns='http://www.w3.org/2005/Atom'/>",
    b"{" + b" " * (2 << 20) + b"}",
    b"<feed xmlns='http://www.w3.org/2005/Atom'>" + b"<entry/>" * 100_000 + b"</feed>",
]


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_bodies_give_unknown(name, body):
    for status in (200, 301, 500):
        assert answer_of(name, status, body).status == "unknown"


@pytest.mark.parametrize("name", SITES)
def test_answers_in_the_format_of_another_site_give_unknown(name):
    bodies = {
        "doi.org": handle(1, DOI),
        "GitHub": repository("owner/repo"),
        "YouTube": video(),
        "arXiv": atom(paper("1706.99999")),
    }
    for other, body in bodies.items():
        assert answer_of(name, 200, body).status == ("exists" if other == name else "unknown")


@pytest.mark.parametrize(
    "escape", ["\x1b[31mred\x1b[0m", "line\nbreak\r\n::error::x", "\u202eright to left", "\ud800", "x" * 100_000]
)
def test_texts_of_servers_are_made_safe(escape):
    found = [
        answer_of("YouTube", 200, video(f"A{escape}")),
        answer_of("GitHub", 500, refused_by_github(f"A{escape}", 500)),
    ]
    for one in found:
        assert one.detail.isprintable()
        assert 0 < len(one.detail.encode()) < 1000
