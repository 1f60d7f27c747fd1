"""`listkeeper check` against servers that send Retry-After, send secrets back, or try to crash the run."""

from __future__ import annotations

import json

import pytest

from tests.commands.command import listkeeper, lists
from tests.serving import MADE_UP, Answering, serving

OPTIONS = ("--allow-private", "127.0.0.0/8", "--allow-private", "::1/128", "--scale", "0.01", "--format", "json")
SECRET = "tok/5f0a+77bc"
PAGE = b"<html><head><title>A page</title></head><body><h1>A page</h1><p>" + b"words " * 80 + b"</p></body></html>"


class Handler(Answering):
    def version_string(self) -> str:
        return "hostile"

    def do_POST(self) -> None:  # noqa: N802  # the name that http.server calls
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def get(self) -> None:
        host = (self.headers["Host"] or "").partition(":")[0]
        self.server.asked.append(f"{host}{self.path}")
        name = self.path.strip("/")
        if name.startswith("quiet"):
            return self._send(429, {"Retry-After": "86400"})
        if name == "onto-the-quiet":
            return self._send(302, {"Location": f"{self.server.base}/quiet-landing"})
        if name == "echo":
            return self._send(302, {"Location": f"/landing?{self.headers['X-Api-Key']}"})
        if name == "clock":
            headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9999999999"}
            return self._send(429, headers, date="Mon, 01 Jan 99999999999999999999 00:00:00 GMT")
        if name == "github/graphql":
            body = {"data": {"r0": {"nameWithOwner": "new/name", "url": "https://github.com/new/name", "isPrivate": False}}}
            return self._send(200, {"Content-Type": "application/json"}, json.dumps(body).encode())
        return self._send(404 if MADE_UP in name else 200, {"Content-Type": "text/html"}, PAGE)

    def _send(self, status: int, headers: dict[str, str], body: bytes = b"", date: str = "") -> None:
        self.send_response_only(status)
        if date:
            self.send_header("Date", date)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server():
    with serving(Handler) as running:
        yield running


def test_a_host_that_sends_retry_after_is_not_asked_again_but_others_are(tmp_path, monkeypatch, server):
    """Two names of one address share its pace, but a Retry-After applies to the one that sent it. The first is an address and needs no look-up."""
    other = f"http://localhost:{server.server_address[1]}"
    urls = [f"{server.base}/quiet{index}" for index in range(5)] + [f"{other}/p{index}" for index in range(4)]
    (tmp_path / "links.txt").write_text("\n".join([*urls, f"{other}/onto-the-quiet"]), encoding="utf-8")
    ran = listkeeper(monkeypatch, tmp_path, "check", "links.txt", "--pace", "gentle", *OPTIONS)
    found = {one["url"]: (one["outcome"], one["rule"]) for one in json.loads(ran.out)["verdicts"]}
    assert {found[f"{other}/p{index}"] for index in range(4)} == {("alive", "answered")}
    assert {found[f"{server.base}/quiet{index}"] for index in range(3, 5)} == {("unchecked", "not-asked")}
    assert found[f"{other}/onto-the-quiet"] == ("unchecked", "not-asked")
    assert "localhost/onto-the-quiet" in server.asked
    assert "127.0.0.1/quiet-landing" not in server.asked


def test_a_secret_that_a_server_sends_back_is_stored_nowhere(tmp_path, monkeypatch, server):
    settings = f"check: {{allow_private: [127.0.0.0/8], hosts: {{'{server.base}': {{headers: {{X-Api-Key: $OUR_KEY}}}}}}}}\n"
    lists(tmp_path, f"{server.base}/echo", _collection=settings)
    (tmp_path / "lists" / "-collection.yaml").rename(tmp_path / "lists" / "_collection.yaml")
    monkeypatch.setenv("OUR_KEY", SECRET)
    ran = listkeeper(monkeypatch, tmp_path, "check", "--pace", "none", *OPTIONS)
    assert f"127.0.0.1/landing?{SECRET}" in server.asked
    assert json.loads(ran.out)["verdicts"][0]["final_url"] == f"{server.base}/landing?***"
    story = listkeeper(monkeypatch, tmp_path, "explain", f"{server.base}/echo").out
    assert "/landing?***" in story
    kept = (tmp_path / ".listkeeper" / "history.db").read_bytes()
    assert SECRET.encode() not in kept
    assert SECRET not in ran.out + ran.err + story


def test_no_response_header_ends_a_run(tmp_path, monkeypatch, server):
    (tmp_path / "links.txt").write_text(f"{server.base}/clock {server.base}/fine", encoding="utf-8")
    ran = listkeeper(monkeypatch, tmp_path, "check", "links.txt", "--pace", "none", *OPTIONS)
    assert sorted(one["outcome"] for one in json.loads(ran.out)["verdicts"]) == ["alive", "blocked"]


@pytest.mark.parametrize("remembering", [True, False])
def test_a_renamed_repository_is_reported_with_its_new_address(tmp_path, monkeypatch, server, remembering):
    lists(tmp_path, "https://github.com/old/name", _collection=f"check: {{endpoints: {{github: '{server.base}/github'}}}}\n")
    (tmp_path / "lists" / "-collection.yaml").rename(tmp_path / "lists" / "_collection.yaml")
    monkeypatch.setenv("GITHUB_TOKEN", "any-token")
    more = () if remembering else ("--no-history",)
    ran = listkeeper(monkeypatch, tmp_path, "check", "--pace", "none", *OPTIONS, *more)
    verdict = json.loads(ran.out)["verdicts"][0]
    assert (verdict["outcome"], verdict["final_url"]) == ("moved", "https://github.com/new/name")
