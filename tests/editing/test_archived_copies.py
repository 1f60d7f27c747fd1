"""Archived copies: which capture is chosen, and which requests are sent to the archive."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest

from linkcheck.registries.archive import Archive
from tests.editing.collection import answered
from tests.web.mixes import archive as simulated
from tests.web.world import World

URL = "https://example.org/gone?a=b#c"
HEAD = ["timestamp", "mimetype", "statuscode", "length"]
ADDED = date(2019, 6, 1)


def row(stamp, length="8000", status="200", kind="text/html"):
    return [stamp, kind, status, length]


def closest(stamp, status="200", **more):
    return {
        "archived_snapshots": {
            "closest": {"available": True, "status": status, "timestamp": stamp, "url": "http://evil/", **more}
        }
    }


class Scripted:
    """Answers by path: a status, a status with a body, or a JSON value; records the requested URLs."""

    def __init__(self, cdx, wayback=503, headers=()):
        self.answers, self.headers = {"/cdx/search/cdx": cdx, "/wayback/available": wayback}, headers
        self.asked = []

    async def __call__(self, request):
        self.asked.append(request.url)
        answer = self.answers[urlsplit(request.url).path]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, int):
            return answer, self.headers, b"<html>"
        if isinstance(answer, tuple):
            return answer[0], self.headers, answer[1]
        return 200, self.headers, answer if isinstance(answer, bytes) else json.dumps(answer).encode()


@pytest.mark.parametrize(
    ("rows", "near", "before", "stamp"),
    [
        ([row("20190102030405"), row("20190601120000"), row("20200101000000")], ADDED, None, "20190601120000"),
        ([row("20190102030405"), row("20200101000000")], ADDED, None, "20190102030405"),
        ([row("20190601120000", "310"), row("20190102030405"), row("20180102030405")], ADDED, None, "20190102030405"),
        ([row("20190601120000", "100"), row("20150102030405", "900")], ADDED, None, "20150102030405"),
        ([row("20190601120000", status="404"), row("20150102030405")], ADDED, None, "20150102030405"),
        ([row("20190601120000", status="-", kind="warc/revisit"), row("20150102030405")], ADDED, None, "20150102030405"),
        ([row("20190701000000"), row("20150102030405")], ADDED, date(2019, 6, 15), "20150102030405"),
        ([row("20150102030405"), row("20190102030405"), row("20210102030405")], None, date(2020, 1, 1), "20190102030405"),
        ([row("20150102030405"), row("20190102030405")], None, None, "20190102030405"),
        ([row("20190601120000", "-"), row("20150102030405", "-")], ADDED, None, "20190601120000"),
        (
            [row("2019060112"), row("99999999999999"), row("２０１９０６０１１２００００"), row("20150102030405")],
            ADDED,
            None,
            "20150102030405",
        ),
    ],
)
@pytest.mark.anyio
async def test_the_good_capture_nearest_to_the_day_the_entry_was_added(rows, near, before, stamp):
    found = await Archive(Scripted([HEAD, *rows])).copy(URL, near=near, before=before)
    assert found.copy is not None
    assert found.copy.url == f"https://web.archive.org/web/{stamp}/{URL}"
    assert f"{found.copy.at:%Y%m%d%H%M%S}" == stamp


@pytest.mark.anyio
async def test_columns_are_found_by_name():
    head = ["urlkey", "length", "statuscode", "timestamp", "mimetype"]
    found = await Archive(Scripted([head, ["org,x)/", "9000", "200", "20190102030405", "text/html"]])).copy(URL)
    assert found.copy is not None


@pytest.mark.parametrize(
    ("cdx", "wayback", "copied", "asked"),
    [
        ([], closest("20190102030405"), True, True),
        (503, closest("20190102030405"), True, True),
        (b"", closest("20190102030405"), True, True),
        (b"<html>Blocked</html>", closest("20190102030405"), True, True),
        ({"error": 1}, closest("20190102030405"), True, True),
        ([HEAD, "x"], closest("20190102030405"), True, True),
        (OSError("reset"), closest("20190102030405"), True, True),
        ([], {"archived_snapshots": {}}, False, True),
        ([], closest("20190102030405", status="404"), False, True),
        ([], closest("20190102030405", available=False), False, True),
        ([], closest(20190102030405), False, True),
        ([], {"archived_snapshots": []}, False, True),
        ([], 503, False, True),
        (503, 503, False, False),
        (503, b"\xff", False, False),
    ],
)
@pytest.mark.anyio
async def test_without_captures_the_other_endpoint_is_asked(cdx, wayback, copied, asked):
    found = await Archive(Scripted(cdx, wayback)).copy(URL, near=ADDED)
    assert (found.copy is not None, found.asked) == (copied, asked)
    assert bool(found.why) is not copied


@pytest.mark.anyio
async def test_the_exact_url_is_requested_once():
    ask = Scripted([HEAD, row("20190102030405")])
    await Archive(ask, {"cdx": "http://mirror.test/cdx/search/cdx"}).copy(URL, near=ADDED, before=date(2020, 1, 1))
    assert len(ask.asked) == 1
    assert ask.asked[0].startswith("http://mirror.test/cdx/search/cdx?")
    query = {name: values[0] for name, values in parse_qs(urlsplit(ask.asked[0]).query).items()}
    assert (query["url"], query["closest"][:8], query["to"][:8]) == (URL, "20190601", "20200101")


@pytest.mark.parametrize(("status", "headers", "most"), [(503, (), 3), (429, (), 1), (403, (("Retry-After", "60"),), 1)])
@pytest.mark.anyio
async def test_requests_stop_where_the_archive_refuses(status, headers, most):
    ask = Scripted(status, status, headers)
    archive = Archive(ask)
    for _ in range(5):
        assert not (await archive.copy(URL)).asked
    assert len(ask.asked) == most


EXCLUDED = (
    b"org.archive.util.io.RuntimeIOException: org.archive.wayback.exception.AdministrativeAccessControlException: "
    b"Blocked Site Error\n"
)


@pytest.mark.anyio
async def test_an_excluded_site_doesnt_stop_requests():
    ask = Scripted((403, EXCLUDED), closest("20190102030405"))
    archive = Archive(ask)
    for _ in range(4):
        found = await archive.copy(URL, near=ADDED)
        assert (found.copy, found.asked) == (None, True)
        assert "this site" in found.why
    assert [urlsplit(one).path for one in ask.asked] == ["/cdx/search/cdx"] * 4


@pytest.mark.parametrize(("answer", "most"), [((400, b"Bad Request"), 8), ((403, b"<html>Forbidden"), 3), (504, 3)])
@pytest.mark.anyio
async def test_an_error_for_one_url_doesnt_stop_requests(answer, most):
    ask = Scripted(answer, answer)
    archive = Archive(ask)
    for _ in range(4):
        assert not (await archive.copy(URL, near=ADDED)).asked
    assert len(ask.asked) == most


GONE, NEVER = "https://gone.example/page", "https://gone.example/never"
TOPIC = f"""title: T
entries:
  - title: A
    url: {GONE}  # it was good
    added: 2019-06-01
  - {NEVER}
  - title: C
    url: {GONE}/2
    archive_url: https://web.archive.org/web/2018/{GONE}/2
"""
BUILT = {"up": simulated, "down": partial(simulated, down=True)}


@pytest.mark.parametrize("state", ["up", "down"])
def test_the_command_uses_the_simulated_archive(collection, state):
    with World(0.02, (), extra=(BUILT[state],)) as world:
        settings = (
            f"title: C\ncheck:\n  allow_private: [{', '.join(f'{str(one)!r}' for one in world.allow)}]\n"
            f"  endpoints: {{wayback: '{world.endpoints['wayback']}', cdx: '{world.endpoints['cdx']}'}}\n"
        )
        collection.write(t=TOPIC, _collection=settings)
        collection.saw(*(night for url in (GONE, NEVER, f"{GONE}/2") for night in answered(url, 404, 1, 2, 3)))
        edges = ("--dns", world.resolver_address, "--ca", str(world.ssl_ca_path), "--scale", "0.02")
        assert collection.fix(*edges).code == 0
        assert not world.log.requests, "nothing is requested without --only archive"
        ran = collection.fix("--only", "archive", *edges)
        asked = world.log.requests
    assert ran.code == 0
    copy = f"    archive_url: https://web.archive.org/web/20190102030405/{GONE}\n"
    if state == "up":
        assert collection.text("t") == TOPIC.replace("  # it was good\n", f"  # it was good\n{copy}")
        assert "no good copy" in ran.out
        assert len(asked) == 3
    else:
        assert collection.text("t") == TOPIC
        assert "doesn't answer now" in ran.out
        assert 0 < len(asked) <= 4
