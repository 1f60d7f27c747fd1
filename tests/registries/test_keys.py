"""Which links a site's own interface settles, and what is asked of it then."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from linkcheck.registries import ENDPOINTS, adapters, registries, registry_for
from linkcheck.registries.adapters.arxiv import WITNESS
from linkcheck.services import LIMITS, SERVICES

ALL = registries(github_token="secret-token")
BY_NAME = {site.name: site for site in ALL}

SETTLED = [
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

UNSETTLED = [
    "https://doi.org",
    "https://doi.org/",
    "https://doi.org/10.1000",
    "https://doi.org/the-identifier/what-is-a-doi/",
    "https://doi.org/10.1038/nphys1170.",  # the full stop is part of what doi.org is asked
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


@pytest.mark.parametrize(("url", "name", "key"), SETTLED)
def test_the_word_of_a_site_settles_a_link(url, name, key):
    found = registry_for(url, ALL)
    assert found is not None
    assert (found[0].name, found[1]) == (name, key)


@pytest.mark.parametrize("url", UNSETTLED, ids=lambda url: url[:60])
def test_the_page_itself_must_be_asked(url):
    assert registry_for(url, ALL) is None


@pytest.mark.parametrize("token", ["", "  ", "two words", "line\nbreak: x", "tokén"])
def test_github_answers_only_with_a_token(token):
    assert registry_for("https://github.com/owner/repo", registries(github_token=token)) is None
    assert registry_for("https://doi.org/10.1038/nphys1170", registries(github_token=token)) is not None


def test_the_token_goes_to_github_alone_and_into_no_message():
    for site, key in (
        (BY_NAME["doi.org"], "10.1/x"),
        (BY_NAME["arXiv"], f"abs/{WITNESS}"),
        (BY_NAME["YouTube"], "dQw4w9WgXcQ"),
    ):
        assert "Authorization" not in dict(site.requests([key])[0].headers)
    (question,) = BY_NAME["GitHub"].requests(["owner/repo"])
    assert dict(question.headers)["Authorization"] == "Bearer secret-token"
    assert urlsplit(question.url).hostname == "api.github.com"
    assert "secret-token" not in f"{question!r} {BY_NAME['GitHub']!r} {ALL!r}"


def test_one_question_for_each_key_and_each_key_once():
    for name, keys in {
        "doi.org": ["10.1/a", "10.1/b", "10.1/a"],
        "GitHub": ["o/a", "o/b", "o/a"],
        "YouTube": ["a", "b", "a"],
    }.items():
        questions = BY_NAME[name].requests(keys)
        assert [question.keys for question in questions] == [(keys[0],), (keys[1],)]
        assert BY_NAME[name].requests([]) == ()


@pytest.mark.parametrize(
    "name",
    ["10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o", "10.1000/a#b?c&d=e", "10.1000/50%25", "10.1000/a/b+c"],
)
def test_a_doi_arrives_as_it_is(name):
    (question,) = BY_NAME["doi.org"].requests([name])
    parts = urlsplit(question.url)
    assert (parts.netloc, parts.query, parts.fragment) == ("doi.org", "", "")
    assert unquote(parts.path) == f"/api/handles/{name}"
    assert not set("<>#;() ") & set(question.url)


def test_a_video_is_asked_for_by_its_watch_page():
    (question,) = BY_NAME["YouTube"].requests(["dQw4w9WgXcQ"])
    asked = parse_qs(urlsplit(question.url).query)
    assert asked == {"url": ["https://www.youtube.com/watch?v=dQw4w9WgXcQ"], "format": ["json"]}


def test_a_hundred_papers_are_one_question():
    keys = [f"abs/{2000 + number % 12 + 1}.{number:05}" for number in range(230)]
    questions = BY_NAME["arXiv"].requests([*keys, *keys])
    assert [len(question.keys) for question in questions] == [100, 100, 30]
    assert [key for question in questions for key in question.keys] == keys
    for question in questions:
        asked = parse_qs(urlsplit(question.url).query)
        ids = asked["id_list"][0].split(",")
        assert set(ids) == {WITNESS, *(key.removeprefix("abs/") for key in question.keys)}
        assert asked["max_results"] == [str(len(ids))]


def test_the_forms_and_versions_of_a_paper_are_one_id():
    keys = ["abs/math/0301001", "pdf/math/0301001v2", "html/math/0301001v1", f"abs/{WITNESS}v3"]
    (question,) = BY_NAME["arXiv"].requests(keys)
    assert question.keys == tuple(keys)
    assert parse_qs(urlsplit(question.url).query)["id_list"] == [f"math/0301001,{WITNESS}"]


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
    assert found["GitHub"].requests(["o/r"])[0].url == "https://api.github.com/repos/o/r"


def test_every_endpoint_can_be_given_with_and_without_its_braces():
    assert registries({service.name: service.template() for service in SERVICES}) == registries()
    assert registries({name: f"{endpoint}/" for name, endpoint in ENDPOINTS.items()}) == registries()


def test_every_service_has_its_file_and_every_file_its_service():
    files = {path.stem for path in Path(adapters.__path__[0]).glob("*.py")} - {"__init__"}
    assert files == {service.name for service in SERVICES if service.asked}
    assert len({service.name for service in SERVICES}) == len(SERVICES)
    assert len({site.name for site in registries()}) == len(files)


def test_a_published_limit_is_named_by_one_service():
    limited = [service.host for service in SERVICES if service.limit]
    assert len(set(limited)) == len(limited)
    assert all(limited)
    assert {service.host: service.limit for service in SERVICES if service.limit} == LIMITS
