"""Which links a registry answers, and the requests that it makes for them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from linkcheck.registries import ENDPOINTS, adapters, registries, registry_for
from linkcheck.registries.adapters.arxiv import WITNESS
from linkcheck.services import LIMITS, SERVICES

ALL = registries(github_token="secret-token")
BY_NAME = {site.name: site for site in ALL}

KEYS = [
    ("https://doi.org/10.1038/nphys1170", "doi.org", "10.1038/nphys1170"),
    ("http://dx.doi.org/10.1038/NPHYS1170", "doi.org", "10.1038/nphys1170"),
    ("https://www.doi.org/10.1038/nphys1170", "doi.org", "10.1038/nphys1170"),
    ("HTTPS://DOI.ORG:443/10.1038/nphys1170", "doi.org", "10.1038/nphys1170"),
    ("https://doi.org/10.1038/nphys1170?utm_source=x&fbclid=y", "doi.org", "10.1038/nphys1170"),
    ("https://doi.org/10.48550/arXiv.1706.03762", "doi.org", "10.48550/arxiv.1706.03762"),
    (
        "https://doi.org/10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
        "doi.org",
        "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o",
    ),
    (
        "https://doi.org/10.1002/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O",
        "doi.org",
        "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o",
    ),
    ("https://doi.org/10.1000/a%23b%3Fc", "doi.org", "10.1000/a#b?c"),
    ("https://github.com/Owner/Repo", "GitHub", "owner/repo"),
    ("http://www.github.com/owner/repo/", "GitHub", "owner/repo"),
    ("https://github.com/owner/repo.git", "GitHub", "owner/repo"),
    ("https://github.com/owner/.github", "GitHub", "owner/.github"),
    ("https://github.com/owner/repo?tab=readme-ov-file", "GitHub", "owner/repo"),
    ("https://github.com/owner/owner.github.io", "GitHub", "owner/owner.github.io"),
    ("https://arxiv.org/abs/1706.03762", "arXiv", "abs/1706.03762"),
    ("http://www.arxiv.org/abs/1706.03762v5", "arXiv", "abs/1706.03762v5"),
    ("https://export.arxiv.org/abs/0706.0001", "arXiv", "abs/0706.0001"),
    ("https://arxiv.org/abs/1706.03762?context=cs.LG", "arXiv", "abs/1706.03762"),
    ("https://arxiv.org/pdf/1706.03762", "arXiv", "pdf/1706.03762"),
    ("https://arxiv.org/pdf/1706.03762.pdf", "arXiv", "pdf/1706.03762"),
    ("https://arxiv.org/pdf/1706.03762v2.pdf#page=3", "arXiv", "pdf/1706.03762v2"),
    ("https://arxiv.org/html/2401.00001v1", "arXiv", "html/2401.00001v1"),
    ("https://arxiv.org/abs/math/0301001", "arXiv", "abs/math/0301001"),
    ("https://arxiv.org/abs/math.GT/0309136v1", "arXiv", "abs/math/0309136v1"),
    ("https://arxiv.org/pdf/hep-th/9711200.pdf", "arXiv", "pdf/hep-th/9711200"),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "YouTube", "dQw4w9WgXcQ"),
    ("https://youtube.com/watch?list=PL123&v=dQw4w9WgXcQ&index=2", "YouTube", "dQw4w9WgXcQ"),
    ("https://m.youtube.com/watch?v=dQw4w9WgXcQ#t=90", "YouTube", "dQw4w9WgXcQ"),
    ("https://youtu.be/dQw4w9WgXcQ?t=3", "YouTube", "dQw4w9WgXcQ"),
    ("https://www.youtube.com/embed/dQw4w9WgXcQ", "YouTube", "dQw4w9WgXcQ"),
    ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=5", "YouTube", "dQw4w9WgXcQ"),
    ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "YouTube", "dQw4w9WgXcQ"),
    ("https://www.youtube.com/live/dQw4w9WgXcQ?feature=share", "YouTube", "dQw4w9WgXcQ"),
]

OTHERS = [
    "https://doi.org",
    "https://doi.org/",
    "https://doi.org/10.1000",
    "https://doi.org/the-identifier/what-is-a-doi/",
    "https://doi.org/10.1038/nphys1170.",  # the full stop belongs to the DOI
    "https://doi.org/10.1038/nphys1170)",
    "https://doi.org/10.1038/nphys1170#sec2",
    "https://doi.org/10.1038/nphys1170?urlappend=%3Fpage",
    "https://doi.org/10.1000/a/../b",
    "https://doi.org/10.1000/%FF",
    "https://doi.org/10.1000/50%",
    "https://doi.org/10.1000/a%0Ab",
    "https://doi.org/api/handles/10.1038/nphys1170",
    "https://doi.org:8443/10.1038/nphys1170",
    "https://user@doi.org/10.1038/nphys1170",
    "https://doi.org.example.com/10.1038/nphys1170",
    "https://link.springer.com/article/10.1007/s11263-015-0816-y",
    "doi:10.1038/nphys1170",
    "https://github.com",
    "https://github.com/owner",
    "https://github.com/orgs/owner",
    "https://github.com/orgs/owner/repositories",
    "https://github.com/topics/awesome",
    "https://github.com/features",
    "https://github.com/features/actions",
    "https://github.com/sponsors/owner",
    "https://github.com/marketplace/actions",
    "https://github.com/advisories/GHSA-1234-5678-9abc",
    "https://github.com/Collections/machine-learning",
    "https://github.com/owner/repo/issues",
    "https://github.com/owner/repo/blob/main/README.md",
    "https://github.com/owner/repo/tree/main",
    "https://github.com/owner/repo/wiki",
    "https://github.com/owner/repo#installation",
    "https://github.com/owner/..",
    "https://github.com/owner//",
    "https://gist.github.com/owner/abcdef",
    "https://raw.githubusercontent.com/owner/repo/main/README.md",
    "https://owner.github.io/repo/",
    "https://api.github.com/repos/owner/repo",
    "https://gitlab.com/owner/repo/-/issues",
    "https://gitlab.example.org/owner/repo",
    "https://arxiv.org",
    "https://arxiv.org/list/cs.LG/recent",
    "https://arxiv.org/a/author_a_1",
    "https://arxiv.org/search/?query=x",
    "https://arxiv.org/abs/",
    "https://arxiv.org/abs/1706.03762.pdf",
    "https://arxiv.org/abs/1706.03762/",
    "https://arxiv.org/abs/1713.03762",  # no 13th month
    "https://arxiv.org/abs/1706.03762#comments",
    "https://arxiv.org/abs/1706.03762v0",
    "https://arxiv.org/abs/nonsense/0301001",
    "https://arxiv.org/e-print/1706.03762",
    "https://arxiv.org/format/1706.03762",
    "https://ar5iv.org/abs/1706.03762",
    "https://www.arxiv-vanity.com/papers/1706.03762/",
    "http://xxx.lanl.gov/abs/hep-th/9711200",
    "https://info.arxiv.org/help/api/",
    "https://www.youtube.com/",
    "https://www.youtube.com/channel/UCxxxxxxxxxxxxxxxxxxxxxx",
    "https://www.youtube.com/@handle",
    "https://www.youtube.com/@handle/videos",
    "https://www.youtube.com/user/name",
    "https://www.youtube.com/playlist?list=PL123",
    "https://www.youtube.com/embed/videoseries?list=PL123",
    "https://www.youtube.com/watch",
    "https://www.youtube.com/watch?v=short",
    "https://youtu.be/",
    "https://example.org/watch?v=dQw4w9WgXcQ",
    "mailto:a@example.org",
    "ftp://arxiv.org/abs/1706.03762",
    "",
    "https://",
    "https://[::1",
    "https://arxiv.org/abs/" + "9" * 20_000,
    "https://doi.org/10.1000/" + "a" * 20_000,
]


@pytest.mark.parametrize(("url", "name", "key"), KEYS)
def test_links_that_a_registry_answers(url, name, key):
    found = registry_for(url, ALL)
    assert found is not None
    assert (found[0].name, found[1]) == (name, key)


@pytest.mark.parametrize("url", OTHERS, ids=lambda url: url[:60])
def test_links_that_no_registry_answers(url):
    assert registry_for(url, ALL) is None


@pytest.mark.parametrize("token", ["", "  ", "two words", "line\nbreak: x", "tokén"])
def test_github_is_asked_only_with_a_token(token):
    assert registry_for("https://github.com/owner/repo", registries(github_token=token)) is None
    assert registry_for("https://doi.org/10.1038/nphys1170", registries(github_token=token)) is not None


def test_only_github_gets_the_token_and_no_message_has_it():
    for site, key in (
        (BY_NAME["doi.org"], "10.1/x"),
        (BY_NAME["arXiv"], f"abs/{WITNESS}"),
        (BY_NAME["YouTube"], "dQw4w9WgXcQ"),
    ):
        assert "Authorization" not in dict(site.requests([key])[0].headers)
    (request,) = BY_NAME["GitHub"].requests(["owner/repo"])
    assert dict(request.headers)["Authorization"] == "Bearer secret-token"
    assert urlsplit(request.url).hostname == "api.github.com"
    assert "secret-token" not in f"{request!r} {BY_NAME['GitHub']!r} {ALL!r}"


def test_one_request_for_each_key_and_each_key_once():
    for name, keys in {
        "doi.org": ["10.1/a", "10.1/b", "10.1/a"],
        "GitHub": ["o/a", "o/b", "o/a"],
        "YouTube": ["a", "b", "a"],
    }.items():
        (site,) = (one for one in registries() if one.name == name)
        assert [request.keys for request in site.requests(keys)] == [(keys[0],), (keys[1],)]
        assert site.requests([]) == ()


def test_with_a_token_github_is_asked_for_fifty_repositories_at_once():
    requests = BY_NAME["GitHub"].requests([f"owner/r{number}" for number in range(120)] * 2)
    assert [len(request.keys) for request in requests] == [50, 50, 20]
    assert json.loads(requests[2].content)["query"].count("repository(owner:") == 20
    assert {request.url for request in requests} == {"https://api.github.com/graphql"}
    assert all(("Authorization", "Bearer secret-token") in request.headers for request in requests)


@pytest.mark.parametrize(
    "name",
    ["10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o", "10.1000/a#b?c&d=e", "10.1000/50%25", "10.1000/a/b+c"],
)
def test_a_doi_is_encoded_without_loss(name):
    (request,) = BY_NAME["doi.org"].requests([name])
    parts = urlsplit(request.url)
    assert (parts.netloc, parts.query, parts.fragment) == ("doi.org", "", "")
    assert unquote(parts.path) == f"/api/handles/{name}"
    assert not set("<>#;() ") & set(request.url)


def test_a_video_is_asked_for_by_its_watch_page():
    (request,) = BY_NAME["YouTube"].requests(["dQw4w9WgXcQ"])
    asked = parse_qs(urlsplit(request.url).query)
    assert asked == {"url": ["https://www.youtube.com/watch?v=dQw4w9WgXcQ"], "format": ["json"]}


def test_a_hundred_papers_are_one_request():
    keys = [f"abs/{2000 + number % 12 + 1}.{number:05}" for number in range(230)]
    requests = BY_NAME["arXiv"].requests([*keys, *keys])
    assert [len(request.keys) for request in requests] == [100, 100, 30]
    assert [key for request in requests for key in request.keys] == keys
    for request in requests:
        asked = parse_qs(urlsplit(request.url).query)
        ids = asked["id_list"][0].split(",")
        assert set(ids) == {WITNESS, *(key.removeprefix("abs/") for key in request.keys)}
        assert asked["max_results"] == [str(len(ids))]


def test_the_forms_and_versions_of_a_paper_are_one_id():
    keys = ["abs/math/0301001", "pdf/math/0301001v2", "html/math/0301001v1", f"abs/{WITNESS}v3"]
    (request,) = BY_NAME["arXiv"].requests(keys)
    assert request.keys == tuple(keys)
    assert parse_qs(urlsplit(request.url).query)["id_list"] == [f"math/0301001,{WITNESS}"]


def test_endpoints_are_settings():
    given = {
        "doi": "http://doi.test:8080/api/handles/{doi}",
        "youtube": "https://video.test/oembed",
        "arxiv": "http://a.test/q",
    }
    found = {site.name: site for site in registries({**given, "unheard-of": "x"}, "token")}
    assert found["doi.org"].requests(["10.1/x"])[0].url == "http://doi.test:8080/api/handles/10.1/x"
    assert found["YouTube"].requests(["a"])[0].url.startswith("https://video.test/oembed?url=https%3A%2F%2Fwww.youtube.com")
    assert found["arXiv"].requests([f"abs/{WITNESS}"])[0].url == f"http://a.test/q?id_list={WITNESS}&max_results=1"
    assert found["GitHub"].requests(["o/r"])[0].url == "https://api.github.com/graphql"


@pytest.mark.parametrize(
    ("endpoint", "token", "url"),
    [
        ("https://git.test/api/v3", "t", "https://git.test/api/graphql"),
        ("https://git.test/api/v3", "", "https://git.test/api/v3/repos/o/r"),
        ("https://git.test/{repository}.json", "t", "https://git.test/o/r.json"),
    ],
)
def test_an_enterprise_server_has_its_graphql_beside_its_rest_interface(endpoint, token, url):
    (github,) = (site for site in registries({"github": endpoint}, token) if site.name == "GitHub")
    assert github.requests(["o/r"])[0].url == url


def test_endpoints_are_given_with_or_without_the_template():
    assert registries({service.name: service.template() for service in SERVICES}) == registries()
    assert registries({name: f"{endpoint}/" for name, endpoint in ENDPOINTS.items()}) == registries()


def test_every_service_with_asked_has_an_adapter():
    files = {path.stem for path in Path(adapters.__path__[0]).glob("*.py")} - {"__init__"}
    assert files == {service.name for service in SERVICES if service.asked}
    assert len({service.name for service in SERVICES}) == len(SERVICES)
    assert len({site.name for site in registries()}) == len(files)


def test_a_host_has_one_published_limit():
    limited = [service.host for service in SERVICES if service.limit]
    assert len(set(limited)) == len(limited)
    assert all(limited)
    assert {service.host: service.limit for service in SERVICES if service.limit} == LIMITS
