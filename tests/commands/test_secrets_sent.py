"""Which servers get a secret of the settings: with and without TLS, on two ports of one host."""

from __future__ import annotations

import json
import ssl
import threading
from http.server import ThreadingHTTPServer

import pytest
import trustme

from tests.commands.command import listkeeper, lists
from tests.serving import Answering

OPTIONS = (
    "--allow-private",
    "127.0.0.0/8",
    "--pace",
    "none",
    "--scale",
    "0.1",
    "--now",
    "2026-11-21T03:00:00+00:00",
    "--format",
    "json",
    "--quiet",
)
SECRET = "tok-2f9be1770a"
BODY = b"<html><head><title>Computational Optimal Transport</title></head><body><h1>Computational Optimal Transport</h1></body></html>"


class Handler(Answering):
    def get(self) -> None:
        self.server.got.append((self.headers.get("X-Api-Key"), self.headers.get("Accept-Language")))  # type: ignore[attr-defined]
        there = self.server.leads_to  # type: ignore[attr-defined]
        self.answer(302 if there else 200, {"Content-Type": "text/html"} | ({"Location": there} if there else {}), BODY)


@pytest.fixture
def web(tmp_path):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    running = {}
    for name in ("plain", "secure", "other"):
        server = running[name] = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if name != "plain":
            server.socket = context.wrap_socket(server.socket, server_side=True)
        server.got, server.leads_to = [], ""
        server.base = f"{'http' if name == 'plain' else 'https'}://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield running
    for server in running.values():
        server.shutdown()
        server.server_close()


def check(monkeypatch, folder, url, rules, *more):
    lists(folder, url, _collection=f"check: {{hosts: {{{rules}}}}}\n")
    (folder / "lists" / "-collection.yaml").replace(folder / "lists" / "_collection.yaml")
    monkeypatch.setenv("OUR_KEY", SECRET)
    ran = listkeeper(monkeypatch, folder, "check", "--ca", str(folder / "ca.pem"), "--no-history", *OPTIONS, *more)
    data = json.loads(ran.out)
    return data, [one for one in data["problems"] if one["code"] == "secret-withheld"]


HEADERS = "{headers: {X-Api-Key: $OUR_KEY, Accept-Language: de}}"


@pytest.mark.parametrize(
    ("rule", "asked", "sent"),
    [
        ("127.0.0.1", "plain", False),
        ("127.0.0.1", "secure", False),
        ("secure", "secure", True),
        ("127.0.0.1:{secure}", "secure", True),
        ("secure", "other", False),
        ("secure", "plain", False),
        ("127.0.0.1:{plain}", "plain", False),
        ("plain", "plain", True),
        ("plain", "secure", False),
    ],
)
def test_a_secret_is_sent_to_the_named_origin_only(tmp_path, monkeypatch, web, rule, asked, sent):
    ports = {name: server.server_address[1] for name, server in web.items()}
    key = web[rule].base if rule in web else rule.format(**ports)
    data, notes = check(monkeypatch, tmp_path, f"{web[asked].base}/x", f"'{key}': {HEADERS}")
    assert data["verdicts"][0]["outcome"] == "alive"
    assert web[asked].got == [(SECRET if sent else None, "de")]
    assert [one["severity"] for one in notes] == ([] if sent else ["note"])
    for note in notes:
        assert f"127.0.0.1:{ports[asked]}" in note["hint"]
        assert note["place"]["line"] == 9


def test_the_address_in_the_hint_fixes_the_problem(tmp_path, monkeypatch, web):
    url = f"{web['plain'].base}/x"
    _, (note,) = check(monkeypatch, tmp_path, url, f"127.0.0.1: {HEADERS}")
    place = note["hint"].rpartition(" ")[2]
    _, notes = check(monkeypatch, tmp_path, url, f"127.0.0.1: {{accept: [403]}}, '{place}': {HEADERS}")
    assert notes == []
    assert [key for key, _ in web["plain"].got] == [None, SECRET]


@pytest.mark.parametrize(("first", "then"), [("secure", "plain"), ("secure", "other"), ("plain", "secure")])
def test_a_redirect_does_not_carry_a_secret(tmp_path, monkeypatch, web, first, then):
    web[first].leads_to = f"{web[then].base}/landing"
    keys = ", ".join(f"'{web[name].base}': {HEADERS}" for name in (first, then))
    check(monkeypatch, tmp_path, f"{web[first].base}/x", keys)
    assert [key for key, _ in web[first].got] == [SECRET]
    assert {key for key, _ in web[then].got} == {None}
