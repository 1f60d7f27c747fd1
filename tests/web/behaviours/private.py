"""What must never be connected to, and what must never be told: B23 and B24."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linkcheck.policy import HostRule
from tests.web.answers import Answer, html, redirect
from tests.web.dns import Zone
from tests.web.lab import Lab, add, case
from tests.web.prose import article
from tests.web.sites import site

if TYPE_CHECKING:
    from tests.web.visit import Visit


@case("B23.g")
def to_localhost(lab: Lab) -> None:
    lab.name("localhost", Zone(("127.0.0.1",)))
    there = f"http://localhost:{lab.ports[0]}/"
    lab.link(lab.host("localhost-fan.org", site({"/go": redirect(302, there)})).url("/go"), "There Is No Place Like It")


def _into(identity: str, name: str, location: str, status: int = 302) -> None:
    """A public page that sends its visitors to a private address."""

    def build(lab: Lab) -> None:
        there = location.format(port=lab.ports[0])
        lab.link(lab.host(name, site({"/go": redirect(status, there)})).url("/go"), "Inside Out")

    add(identity, build)


_into("B23.a", "metadata-lover.com", "http://169.254.169.254/latest/meta-data/iam/security-credentials/")
_into("B23.b", "loop-back-home.org", "http://127.0.0.1:{port}/admin")
_into("B23.c", "decimal-digits.net", "http://2130706433:{port}/")
_into("B23.d", "octal-oracle.de", "http://0177.0.0.1:{port}/", 301)
_into("B23.e", "mapped-address.co.uk", "http://[::ffff:127.0.0.1]:{port}/")
_into("B23.f", "ten-dot-net.io", "http://10.0.0.8/", 307)


@case("B23.h")
def to_private_name(lab: Lab) -> None:
    lab.name("intranet.helpdesk-portal.com", Zone(("10.1.2.3",)))
    lab.name("rebound.helpdesk-portal.com", Zone(("127.0.0.1",)))
    pages = {
        "/a": redirect(302, "http://intranet.helpdesk-portal.com/"),
        "/b": redirect(302, f"http://rebound.helpdesk-portal.com:{lab.ports[0]}/"),
    }
    host = lab.host("www.helpdesk-portal.com", site(pages))
    lab.link(host.url("/a"), "Helpdesk Manual")
    lab.link(host.url("/b"), "Helpdesk Guide")


@case("B23.i")
def private_name(lab: Lab) -> None:
    """The name as written is public, its address isn't."""
    lab.name("wiki.kanzlei-brandt.de", Zone(("127.0.0.1",)))
    lab.name("nas.kanzlei-brandt.de", Zone(("192.168.1.20",)))
    lab.link(f"http://wiki.kanzlei-brandt.de:{lab.ports[0]}/start", "Wiki der Kanzlei")
    lab.link("http://nas.kanzlei-brandt.de/share/x.pdf", "Freigabe")


@case("B23.j")
def private_as_written(lab: Lab) -> None:
    port = lab.ports[0]
    for url in (f"http://127.0.0.1:{port}/", "http://10.0.0.8/x", "http://169.254.169.254/latest/", f"http://[::ffff:127.0.0.1]:{port}/",
                f"http://2130706433:{port}/", "http://192.168.0.1/router"):  # fmt: skip
        lab.link(url, "Router Settings")


@case("B24.a")
def catcher(lab: Lab) -> None:
    title = "Members' Notes"
    other = lab.host("catcher-of-headers.com", lambda _: html(article(title)), tls="good")
    host = lab.host("members-notes.org", lambda _: redirect(302, other.url("/landing")), tls="good")
    _secret(lab, host.name, "https", "Authorization", "Bearer tok-4b1f9e77aa")
    lab.link(host.url("/notes"), title)


@case("B24.b")
def catcher_without_tls(lab: Lab) -> None:
    """The same host, but unencrypted: another origin."""
    title = "Interne Berichte"

    def handler(visit: Visit) -> Answer:
        plain = visit.request.scheme == "http"
        return html(article(title, "", "de")) if plain else redirect(302, host.url("/bericht", "http"))

    host = lab.host("berichte-archiv.de", handler, tls="good", http=True)
    _secret(lab, host.name, "https", "Cookie", "session=ck-90aa17c3d2")
    lab.link(host.url("/bericht", "https"), title)


@case("B24.c")
def catcher_on_subdomain(lab: Lab) -> None:
    title = "Registered Readers"
    cdn = lab.host("cdn.registered-readers.net", lambda _: html(article(title)), tls="good")
    host = lab.host("registered-readers.net", lambda _: redirect(302, cdn.url("/file")), tls="good")
    _secret(lab, host.name, "https", "X-Api-Key", "key-77d0c1b2f3")
    lab.link(host.url("/file"), title)


def _secret(lab: Lab, host: str, scheme: str, header: str, value: str) -> None:
    lab.rules.append(HostRule(host, credentials=((header, value),), scheme=scheme, port=lab.ports[scheme == "https"]))
    lab.secrets[value] = (scheme, host)
