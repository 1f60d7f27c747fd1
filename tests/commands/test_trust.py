"""Certificate authorities: of `--ca`, of the environment, of the system; and networks that inspect TLS."""

from __future__ import annotations

import json
import ssl
import subprocess
import threading
from http.server import ThreadingHTTPServer

import pytest
import trustme

from generator.network import authorities_of
from tests.commands.command import listkeeper
from tests.serving import Answering

LOCAL = ("--allow-private", "127.0.0.0/8", "--pace", "none", "--scale", "0.1", "--quiet")


class Handler(Answering):
    def get(self) -> None:
        status = 200 if self.path == "/x" else 404
        self.answer(status, {"Content-Type": "text/html"}, f"<title>Fine</title><p>{'words ' * 80}</p>".encode())


@pytest.fixture
def web(tmp_path):
    """Servers at six addresses with certificates of one authority, which `company.pem` holds and `hashed/` by its hash."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "company.pem")
    digest = subprocess.run(
        ["openssl", "x509", "-hash", "-noout", "-in", tmp_path / "company.pem"], capture_output=True, check=True, text=True
    ).stdout.strip()
    (tmp_path / "hashed").mkdir()
    authority.cert_pem.write_to_path(tmp_path / "hashed" / f"{digest}.0")
    servers = []
    for last in range(1, 7):
        server = ThreadingHTTPServer((f"127.0.0.{last}", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(f"127.0.0.{last}").configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
    (tmp_path / "list.txt").write_text("\n".join("https://{}:{}/x".format(*one.server_address) for one in servers))
    yield tmp_path
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environ", "options"),
    [
        ({"SSL_CERT_FILE": "company.pem"}, ()),
        ({"SSL_CERT_DIR": "hashed"}, ()),
        ({"SSL_CERT_DIR": "/nowhere:hashed"}, ()),
        ({"SSL_CERT_FILE": "company.pem", "SSL_CERT_DIR": "."}, ()),
        ({"SSL_CERT_FILE": "list.txt"}, ("--ca", "company.pem")),
    ],
)
def test_authorities_of_the_environment_are_trusted(web, monkeypatch, environ, options):
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    ran = listkeeper(monkeypatch, web, "check", "list.txt", *LOCAL, *options, "--format", "json")
    assert ran.code == 0
    assert {one["outcome"] for one in json.loads(ran.out)["verdicts"]} == {"alive"}


def test_the_authorities_of_the_system_are_trusted(web, monkeypatch):
    paths = ssl.DefaultVerifyPaths(None, None, "SSL_CERT_FILE", str(web / "company.pem"), "SSL_CERT_DIR", "/nowhere")
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: paths)
    ran = listkeeper(monkeypatch, web, "check", "list.txt", *LOCAL, "--format", "json")
    assert {one["outcome"] for one in json.loads(ran.out)["verdicts"]} == {"alive"}
    assert json.loads(ran.out)["problems"] == [], "the system may have no folder of authorities"


def test_a_network_that_inspects_tls_is_named(web, monkeypatch):
    ran = listkeeper(monkeypatch, web, "check", "list.txt", *LOCAL)
    assert ran.code == 4
    assert "6 of 6 hosts showed a certificate of an unknown issuer: something in this network inspects TLS" in ran.out
    assert "--ca FILE" in ran.out
    assert "listkeeper doctor" in ran.out


@pytest.mark.parametrize(
    ("name", "value"),
    [("SSL_CERT_FILE", "nowhere.pem"), ("SSL_CERT_FILE", "list.txt"), ("SSL_CERT_FILE", "."), ("SSL_CERT_DIR", "nowhere")],
)
def test_a_variable_that_names_no_authority_is_a_problem(web, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    ran = listkeeper(monkeypatch, web, "check", "list.txt", *LOCAL, "--format", "json")
    problems = [(one["code"], one["severity"], one["message"]) for one in json.loads(ran.out)["problems"]]
    assert [(code, severity) for code, severity, _ in problems] == [("bad-authority", "warning")]
    assert problems[0][2].startswith(f'{name} names "{value}"')
    doctor = listkeeper(monkeypatch, web, "doctor", "--dns", "127.0.0.1:9")
    assert f'trouble certificates: {name} names "{value}"' in doctor.out


def test_the_environment_stands_in_for_what_the_system_has():
    standard = ssl.get_default_verify_paths()
    found, faults = authorities_of({"SSL_CERT_DIR": "/"})
    assert (found[-1], standard.openssl_capath in found, faults) == ("/", False, ())
