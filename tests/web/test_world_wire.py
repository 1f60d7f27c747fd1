"""The web's bytes: methods, limits, handshakes, names and the log, seen by a client that shares nothing with the checker."""

from __future__ import annotations

import ssl
import time
import zlib
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

import pytest

from tests.web.client import connection, get, lookup, read, send, url
from tests.web.mixes import no_network
from tests.web.sites import Bucket

if TYPE_CHECKING:
    from tests.web.world import World


def test_head_and_get_differ(world: World) -> None:
    assert (get(world, url(world, "B25.a"), "HEAD").status, get(world, url(world, "B25.a")).status) == (405, 200)
    assert (get(world, url(world, "B27.a"), "HEAD").status, get(world, url(world, "B27.a")).status) == (200, 404)
    with pytest.raises(ConnectionResetError):
        get(world, url(world, "B26.b"), "HEAD")


def test_short_wait_is_over_after_its_scaled_seconds(world: World) -> None:
    refused = get(world, url(world, "B35.a"))
    assert (refused.status, refused.headers["retry-after"]) == (429, "2")
    time.sleep(2.1 * world.scale)
    assert get(world, url(world, "B35.a")).status == 200


def test_a_bucket_refuses_bursts_and_lets_patience_through() -> None:
    bucket = Bucket(rate=1.25, burst=2)
    assert [bucket.take(10.0, 0.1) for _ in range(4)] == [True, True, False, False]
    assert [bucket.take(10.0 + 0.1 * second, 0.1) for second in range(1, 6)] == [True] * 5
    assert [bucket.take(20.0 + 0.04 * step, 0.1) for step in range(8)].count(False) == 3


def test_patience_is_answered(world: World) -> None:
    for number in range(3):
        time.sleep(2 * world.scale)
        assert get(world, url(world, "B39.a", number)).status == 200


def test_third_connection_is_reset(world: World) -> None:
    link = url(world, "B40.a")
    with connection(world, link), connection(world, link), pytest.raises(ConnectionResetError):
        get(world, link)
    time.sleep(0.05)
    assert get(world, link).status == 200


def test_many_names_share_one_machine(world: World) -> None:
    names = [link.url.split("/")[2].partition(":")[0] for link in world.cases["B41.a"]]
    assert len({lookup(world, name)[1][0] for name in names}) == 1
    assert len(names) == 40
    owners = {link.url.split("/")[2].partition(":")[0] for link in world.cases["B41.b"]}
    assert len({lookup(world, name)[1][0] for name in owners}) == 1


def test_connections_are_kept_alive(world: World) -> None:
    link = url(world, "B1.a")
    with connection(world, link) as sock:
        for _ in range(3):
            send(sock, link)
            assert read(sock).status == 200
    assert len({request.connection for request in world.log.requests[-3:]}) == 1


@pytest.mark.parametrize(
    ("variant", "code", "words"),
    [
        ("B56.a", 10, "expired"),
        ("B57.a", 18, "self-signed"),
        ("B57.b", 62, "mismatch"),
        ("B58.a", 20, "issuer"),
        ("B1.d-tls", 0, ""),
    ],
)
def test_certificates(world: World, variant: str, code: int, words: str) -> None:
    if not code:
        assert get(world, url(world, variant)).status == 200
        return
    with pytest.raises(ssl.SSLCertVerificationError, match=words) as caught:
        get(world, url(world, variant))
    assert caught.value.verify_code == code


def test_old_tls_is_told_by_an_alert(world: World) -> None:
    with pytest.raises(ssl.SSLError, match=r"ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL"):
        get(world, url(world, "B57.c"))


def test_two_handshakes_are_reset_and_the_third_succeeds(world: World) -> None:
    for _ in range(2):
        with pytest.raises(OSError):
            get(world, url(world, "B55.a"))
    assert get(world, url(world, "B55.a")).status == 200


def test_slow_first_byte_comes(world: World) -> None:
    begun = time.monotonic()
    assert get(world, url(world, "B59.a")).status == 200
    assert time.monotonic() - begun > 24 * world.scale


@pytest.mark.parametrize("variant", ["B60.a", "B60.b", "B60.e"])
def test_big_bodies_begin_and_can_be_left(world: World, variant: str) -> None:
    got = get(world, url(world, variant), most=150_000)
    assert (got.status, len(got.body)) == (200, 150_000)


def test_bombs_inflate_to_a_thousand_times_their_size(world: World) -> None:
    got = get(world, url(world, "B60.c"))
    inflated = zlib.decompressobj(31).decompress(got.body, 50_000_000)
    assert (len(got.body) < 200_000, len(inflated)) == (True, 50_000_000)
    got = get(world, url(world, "B60.d-de"))
    assert len(zlib.decompressobj(31).decompress(zlib.decompress(got.body, 31), 50_000_000)) == 50_000_000


def test_headers_without_end(world: World) -> None:
    with connection(world, url(world, "B60.f")) as sock:
        send(sock, url(world, "B60.f"))
        data = b""
        while len(data) < 300_000:
            data += sock.recv(65_536)
    assert b"\r\n\r\n" not in data


@pytest.mark.parametrize("variant", [f"B63.{letter}" for letter in "abcdefgij"])
def test_only_the_exact_spelling_is_known(world: World, variant: str) -> None:
    exact = url(world, variant)
    assert get(world, exact).status == 200
    assert get(world, exact + "x").status == 404


def test_names(world: World) -> None:
    assert lookup(world, "vanished-seminar.org") == ("NXDOMAIN", [])
    assert lookup(world, "never-heard-of-it.com") == ("NXDOMAIN", [])
    assert lookup(world, "flaky-names.org") == ("SERVFAIL", [])
    assert lookup(world, "six-only.org") == ("NOERROR", [])
    assert lookup(world, "six-only.org", "AAAA") == ("NOERROR", ["::1"])
    assert lookup(world, "anything.bayesian-cookbook.com") == lookup(world, "BAYESIAN-cookbook.com")
    with pytest.raises(TimeoutError):
        lookup(world, "stumme-namen.de", timeout=0.1)
    with pytest.raises(TimeoutError):
        lookup(world, "alte-namensdienste.de", "AAAA", timeout=0.1)
    world.night = 2
    assert lookup(world, "flaky-names.org")[0] == "NOERROR"
    assert world.queries[0].kind == "A"


def test_a_night_without_a_network(world: World) -> None:
    no_network(world, "servfail")
    assert lookup(world, "sparsegrids-primer.org") == ("SERVFAIL", [])
    no_network(world)
    with pytest.raises(TimeoutError):
        lookup(world, "sparsegrids-primer.org", timeout=0.1)
    no_network(world, "")
    assert lookup(world, "sparsegrids-primer.org")[0] == "NOERROR"


def test_hosts_stand_where_the_guard_allows_and_traps_where_it_does_not(world: World) -> None:
    networks = [network for network in world.allow if network.version == 4]
    assert all(any(IPv4Address(host.address) in network for network in networks) for host in world.hosts.values())
    assert not any(
        IPv4Address(trap) in network for network in networks for trap in ("127.0.0.1", "169.254.169.254", "10.1.2.3")
    )
    forbidden = len(world.log.forbidden_connections())
    got = get(world, url(world, "B23.b"))
    assert got.headers["location"] == f"http://127.0.0.1:{world.ports[0]}/admin"
    with pytest.raises(OSError), connection(world, "http://rebound.helpdesk-portal.com:1/"):
        pass
    with connection(world, f"http://rebound.helpdesk-portal.com:{world.ports[0]}/") as sock:
        assert sock.recv(1) == b""
    assert len(world.log.forbidden_connections()) == forbidden + 1


def test_secrets_are_seen_where_they_do_not_belong(world: World) -> None:
    world.clear_log()
    secret = dict(next(rule for rule in world.rules if rule.host == "members-notes.org").credentials)
    got = get(world, url(world, "B24.a"), headers=secret)
    assert world.log.leaks() == []
    get(world, got.headers["location"], headers=secret)
    assert [request.host for request in world.log.leaks()] == ["catcher-of-headers.com"]


def test_log_tells_bytes_rates_and_connections(world: World) -> None:
    world.clear_log()
    link = url(world, "B63.b")
    with connection(world, link) as one, connection(world, link) as two:
        for sock in (one, two, one):
            send(sock, link, headers={"X-Test": "yes"})
            assert read(sock).status == 200
    name = "percent-slash.net"
    assert [request.target for request in world.log.of(name)] == [b"/doi/10.1000%2Fxyz%2f12"] * 3
    assert world.log.of(name)[0].header("x-test") == "yes"
    assert world.log.requests_per_host() == {name: 3}
    assert world.log.peak_connections(name) == 2
    assert world.log.peak_rate(name, window=1000) == pytest.approx(0.003)
    requests, peak = world.log.tally(1000)[name]
    assert requests == 3
    assert peak == pytest.approx(0.003)
