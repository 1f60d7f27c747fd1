"""How alive a repository is: what each service's answers say, which links are repositories, and the notes that keep it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from linkcheck.model import Vitality
from linkcheck.registries import repository_services
from linkcheck.registries.asking import RegistryBatcher
from linkcheck.registries.vitality import idle_days, note_name, note_text, repository, vitalities, vitality_of
from tests.registries.test_codeberg import repository as forgejo

ANONYMOUS = repository_services()
WITH_TOKEN = repository_services(github_token="a-token")
NIGHT = datetime(2026, 11, 29, 3, tzinfo=UTC)
DAY = date(2026, 11, 1)


def rest(**more):
    found = {
        "full_name": "Mill/Loom", "name": "Loom", "html_url": "https://github.com/Mill/Loom", "archived": False, "private": False,
        "pushed_at": "2026-11-01T12:00:00Z", "stargazers_count": 1200, "license": {"key": "mit", "spdx_id": "MIT"},
    }  # fmt: skip
    return json.dumps(found | more).encode()


def gitlab(**more):
    found = {
        "path_with_namespace": "mill/loom", "name": "Loom", "web_url": "https://gitlab.com/mill/loom", "archived": False,
        "last_activity_at": "2026-11-01T12:00:00.000Z", "star_count": 7,
    }  # fmt: skip
    return json.dumps(found | more).encode()


def node(**more):
    return {
        "nameWithOwner": "Mill/Loom", "isArchived": False, "isPrivate": False, "pushedAt": "2026-11-02T00:00:00Z", "stargazerCount": 1200,
        "licenseInfo": {"spdxId": "MIT"}, "latestRelease": {"tagName": "v2.1", "publishedAt": "2026-10-01T00:00:00Z"},
        "defaultBranchRef": {"target": {"committedDate": "2026-11-01T23:00:00Z"}},
    } | more  # fmt: skip


def asked(services, url, status, body, headers=()):
    service, key, _ = repository(url, services)
    (request,) = service.registry.requests([key])
    return service.registry.read(request, status, headers, body)[key]


@pytest.mark.parametrize(
    ("url", "body", "expected"),
    [
        ("https://github.com/mill/loom", rest(), Vitality(False, DAY, 1200, "MIT")),
        ("https://github.com/mill/loom#readme", rest(archived=True), Vitality(True, DAY, 1200, "MIT")),
        ("https://www.github.com/Mill/Loom.git", rest(license=None), Vitality(False, DAY, 1200)),
        ("https://github.com/mill/loom", rest(license={"spdx_id": "NOASSERTION"}), Vitality(False, DAY, 1200)),
        ("https://github.com/mill/loom", rest(stargazers_count=-1, pushed_at="soon", license="MIT"), Vitality()),
        ("https://github.com/mill/loom", rest(stargazers_count=True, archived="yes"), Vitality(False, DAY, None, "MIT")),
        ("https://github.com/mill/loom", rest(private=True), None),
        ("https://github.com/mill/loom", b"<html>", None),
        ("https://gitlab.com/mill/loom", gitlab(), Vitality(False, DAY, 7)),
        ("https://gitlab.com/mill/loom", gitlab(archived=True), Vitality(True, DAY, 7)),
        ("https://gitlab.com/mill/loom", gitlab(visibility="internal"), None),
        ("https://codeberg.org/mill-works/loom", forgejo(), Vitality(False, date(2024, 2, 29), 3)),
        ("https://codeberg.org/mill-works/loom", forgejo(archived=True, licenses=["AGPL-3.0"]),
         Vitality(True, date(2024, 2, 29), 3, "AGPL-3.0")),
        ("https://codeberg.org/mill-works/loom", forgejo(private=True), None),
    ],
)  # fmt: skip
def test_answers_about_one_repository(url, body, expected):
    assert vitality_of(asked(ANONYMOUS, url, 200, body)) == expected


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, {"data": {"r0": node()}}, Vitality(False, DAY, 1200, "MIT", "v2.1", date(2026, 10, 1))),
        (200, {"data": {"r0": node(isArchived=True, latestRelease=None)}}, Vitality(True, DAY, 1200, "MIT")),
        (200, {"data": {"r0": node(defaultBranchRef=None, licenseInfo=None, latestRelease=[])}}, Vitality(False, date(2026, 11, 2), 1200)),
        # The date of a commit is what its author wrote.
        (200, {"data": {"r0": node(defaultBranchRef={"target": {"committedDate": "2099-01-01T00:00:00Z"}}, latestRelease=None)}},
         Vitality(False, date(2026, 11, 2), 1200, "MIT")),
        (200, {"data": {"r0": None}, "errors": [{"type": "NOT_FOUND", "path": ["r0"], "message": "Could not resolve"}]}, Vitality()),
        (200, {"data": {"r0": None}, "errors": [{"type": "FORBIDDEN", "path": ["r0"], "message": "SAML"}]}, None),
        (200, {"data": {"r0": node(isPrivate=True)}}, None),
        (200, {"data": {"r0": "Loom"}, "errors": "none"}, None),
        (200, {"data": None, "errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}, None),
        (401, {"message": "Bad credentials"}, None),
        (502, {}, None),
        (200, [], None),
    ],
)  # fmt: skip
def test_answers_about_many_repositories(status, body, expected):
    assert vitality_of(asked(WITH_TOKEN, "https://github.com/mill/loom", status, json.dumps(body).encode())) == expected


def test_a_token_is_named_where_github_refuses_it():
    said = asked(WITH_TOKEN, "https://github.com/mill/loom", 401, b'{"message": "Bad credentials"}').answer.detail
    assert "GITHUB_TOKEN" in said


@pytest.mark.anyio
async def test_with_a_token_fifty_repositories_are_one_request():
    service = WITH_TOKEN[0]
    requests = service.registry.requests([f"mill/loom{number}" for number in range(120)])
    assert [len(one.keys) for one in requests] == [50, 50, 20]
    assert {one.url for one in requests} == {"https://api.github.com/graphql"}
    assert "Bearer a-token" in dict(requests[0].headers)["Authorization"]
    assert "a-token" not in repr(requests[0])
    sent = []

    async def ask(request):
        sent.append(request)
        query = json.loads(request.content)["query"]
        assert query.count("repository(owner:") == len(request.keys)
        assert '"mill",name:"loom0"' in query
        return 200, (), json.dumps({"data": {f"r{number}": node() for number in range(len(request.keys))}}).encode()

    reading = await RegistryBatcher([service.registry], ask, moment=0.01).look_up("GitHub", "mill/loom0")
    assert (reading.vitality.release, len(sent)) == ("v2.1", 1)


def test_without_a_token_github_is_asked_about_few():
    assert {one.host: one.at_most for one in ANONYMOUS} == {"github.com": 50, "gitlab.com": None, "codeberg.org": None}
    assert {one.host: one.at_most for one in WITH_TOKEN} == {"github.com": None, "gitlab.com": None, "codeberg.org": None}
    odd = repository_services({"github": "https://proxy.example/?path={repository}"}, "a-token")[0]
    assert odd.registry.requests(["mill/loom"])[0].url == "https://proxy.example/?path=mill/loom"


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://github.com/Mill/Loom", "https://github.com/mill/loom"),
        ("http://www.github.com/mill/loom/#install", "https://github.com/mill/loom"),
        ("https://gitlab.com/Mill/group/loom", "https://gitlab.com/mill/group/loom"),
        ("https://codeberg.org/mill/loom.git", "https://codeberg.org/mill/loom"),
        ("https://github.com/mill/loom/tree/main/docs", None),
        ("https://github.com/features/actions", None),
        ("https://github.com.example.org/mill/loom", None),
        ("https://ada@github.com/mill/loom", None),
        ("https://example.org/mill/loom", None),
        ("mailto:ada@github.com", None),
    ],
)
def test_which_links_are_repositories(url, page):
    found = repository(url, ANONYMOUS)
    assert (found and found[2]) == page


@pytest.mark.parametrize(
    "vitality",
    [
        Vitality(),
        Vitality(True),
        Vitality(False, DAY, 0, "MIT", "v2.1", date(2026, 10, 1)),
        Vitality(False, None, 3, None, 'release "one" & more'),
    ],
)
def test_a_note_keeps_what_was_said(vitality):
    page = "https://github.com/mill/loom"
    known = vitalities([("pace github.com", "{}", NIGHT), (note_name(page), note_text(vitality), NIGHT)])
    assert dict(known) == {page: Vitality(**{name: getattr(vitality, name) for name in (
        "archived", "pushed", "stars", "licence", "release", "released")}, asked=date(2026, 11, 29))}  # fmt: skip


@pytest.mark.parametrize(
    "note",
    ["", "[]", "{", '{"stars": "many", "pushed": 3, "archived": 1, "licence": {}}', "\ud800", '{"a": "' + "x" * 9_000 + '"}'],
)
def test_a_hostile_note_does_no_harm(note):
    known = vitalities([(note_name("https://github.com/mill/loom"), note, NIGHT)])
    assert all(one == Vitality(asked=date(2026, 11, 29)) for one in known.values())


def test_long_names_of_releases_still_fit_into_a_note():
    text = note_text(Vitality(licence="ß" * 600, release="🧵" * 600))
    known = vitalities([(note_name("https://github.com/mill/loom"), text, NIGHT)])
    (found,) = known.values()
    assert found.release.startswith("🧵🧵")


@pytest.mark.parametrize(
    ("pushed", "days"), [(None, None), (date(2026, 11, 1), 28), (date(2025, 11, 29), 365), (date(2027, 1, 1), -33)]
)
def test_idle_days(pushed, days):
    assert idle_days(Vitality(pushed=pushed), NIGHT.date()) == days
