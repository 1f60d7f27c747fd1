"""Refusals that depend on who asks, or that say nothing about the page: B29, B31, B32 and B34."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.answers import Answer, apache, html, nginx, plain
from tests.web.lab import Lab, case
from tests.web.prose import article, docs
from tests.web.sites import one, only

if TYPE_CHECKING:
    from tests.web.visit import Visit


@case("B29.a")
def wants_compatible(lab: Lab) -> None:
    title = "Reference for the Picky"

    def handler(visit: Visit) -> Answer:
        return html(docs(title, "Picky")) if visit.header("User-Agent").startswith("Mozilla/5.0 (") else nginx(403)

    lab.link(lab.host("docs.pickyproject.com", only("/en/reference", handler)).url("/en/reference"), title)


@case("B29.b-de")
def refuses_libraries(lab: Lab) -> None:
    """Names of HTTP libraries are on a block list, as is an absent name."""
    title = "Handbuch der Formeln"
    listed = ("python", "httpx", "aiohttp", "requests", "curl", "wget", "java", "go-http", "libwww")

    def handler(visit: Visit) -> Answer:
        agent = visit.header("User-Agent").lower()
        if not agent or any(agent.startswith(each) for each in listed):
            return apache(403, host=visit.host.name)
        return html(article(title, "Formelhandbuch", "de"))

    lab.link(lab.host("formelhandbuch.de", only("/formeln", handler)).url("/formeln"), title)


@case("B29.c")
def wants_an_accept_header(lab: Lab) -> None:
    title = "Negotiated Content"

    def handler(visit: Visit) -> Answer:
        wanted = visit.header("Accept")
        return html(article(title)) if "text/html" in wanted or "*/*" in wanted else plain("Forbidden", 403)

    lab.link(lab.host("negotiated-content.org", only("/paper", handler)).url("/paper"), title)


@case("B31.a")
def forbidden_everywhere(lab: Lab) -> None:
    lab.link(lab.host("www.closed-foundry.com", lambda _: nginx(403)).url("/research/alloys.html"), "Alloys by Design")


@case("B31.b-de")
def forbidden_everywhere_german(lab: Lab) -> None:
    text = "<p>Der Zugriff auf diesen Server ist von Ihrem Netz aus nicht gestattet.</p>"
    host = lab.host("rechenzentrum-suedtal.de", lambda _: html(article("Zugriff verweigert", "", "de", text), 403))
    lab.link(host.url("/dienste/cluster"), "Rechnen auf dem Cluster")


@case("B32.a")
def profile(lab: Lab) -> None:
    script = (
        '<html><head><script type="text/javascript">window.onload=function(){var d=document.domain;'
        "if(location.protocol==='http:'){location.href='https:'+location.href.substring(5);return}"
        "location.href='/authwall?trk=gf&original_referer=&sessionRedirect='+encodeURIComponent(location.href)}"
        "</script></head><body></body></html>"
    )
    answer = Answer(999, script.encode(), (("Content-Type", "text/html"),), "Request denied")
    host = lab.host("www.linkedprofiles.com", lambda _: answer)
    lab.link(host.url("/in/some-statistician"), "A Statistician")
    lab.link(host.url("/company/inverse-lab"), "Inverse Lab")


@case("B34.a")
def legal(lab: Lab) -> None:
    text = "<p>This content is not available in your region for legal reasons.</p>"
    page = html(
        article("Unavailable For Legal Reasons", "Daily Ledger", body=text),
        451,
        ("Link", '<https://www.ledger.com/legal>; rel="blocked-by"'),
    )
    one(lab, "www.dailyledger-news.com", "/science/maths-prize", "Maths Prize for a Theory of Holes", page, missing=page)


@case("B34.b")
def geography(lab: Lab) -> None:
    text = (
        "<p>Error 1009. The owner of this website has banned the country or region your IP address is in from accessing it.</p>"
    )
    page = html(article("Access denied", "videos.stream-lectures.tv", body=text), 403)
    one(lab, "videos.stream-lectures.tv", "/watch/88", "Lecture 88: Sobolev Spaces", page)


@case("B34.c-de")
def legal_german(lab: Lab) -> None:
    page = html(article("Aus rechtlichen Gründen gesperrt", "", "de", "<p>Der Abruf ist in Ihrem Land gesperrt.</p>"), 451)
    one(lab, "mediathek-rundblick.de", "/video/optik", "Optik im Fernsehen", page, lang="de")
