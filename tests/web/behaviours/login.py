"""Doors: login walls (B14), answers that ask for credentials (B33), and loops for browsers only (B30)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.web.answers import Answer, html, nginx, plain, redirect
from tests.web.lab import Lab, case
from tests.web.prose import article
from tests.web.sites import one, site

if TYPE_CHECKING:
    from tests.web.visit import Visit

DJANGO = """<!DOCTYPE html><html lang="en-us" dir="ltr"><head><title>Log in | Course Portal</title>
<link rel="stylesheet" href="/static/admin/css/login.css"></head><body class="login"><div id="content-main">
<form action="/login/" method="post" id="login-form"><input type="hidden" name="csrfmiddlewaretoken" value="n3Vq0cZ">
<div class="form-row"><label for="id_username">Username:</label> <input type="text" name="username" autofocus required id="id_username"></div>
<div class="form-row"><label for="id_password">Password:</label> <input type="password" name="password" required id="id_password">
<input type="hidden" name="next" value="/courses/ml/slides/"></div><div class="submit-row"><input type="submit" value="Log in"></div></form>
<p><a href="/password_reset/">Forgotten your password?</a></p></div></body></html>"""

MOODLE = """<!DOCTYPE html><html dir="ltr" lang="de" xml:lang="de"><head><title>Anmelden auf der Website | Lernplattform Hochschule Ostufer</title>
<meta name="robots" content="noindex" /></head><body id="page-login-index" class="format-site path-login pagelayout-login">
<div id="page-wrapper"><div class="login-container"><div class="login-wrapper"><h1 class="login-heading">Bei Lernplattform anmelden</h1>
<form class="login-form" action="/login/index.php" method="post" id="login"><input type="hidden" name="logintoken" value="Yk2p">
<input type="text" name="username" id="username" placeholder="Anmeldename" autocomplete="username">
<input type="password" name="password" id="password" placeholder="Kennwort" autocomplete="current-password">
<button class="btn btn-primary" type="submit" id="loginbtn">Anmelden</button>
<a href="/login/forgot_password.php">Kennwort vergessen?</a></form><h2>Sind Sie zum ersten Mal hier?</h2>
<p>Einige Kurse lassen Gäste zu.</p></div></div></div></body></html>"""

KEYCLOAK = """<!DOCTYPE html><html class="login-pf"><head><meta charset="utf-8"><title>Connexion à Institut de Calcul</title>
<link href="/resources/5tq1x/login/keycloak/css/login.css" rel="stylesheet" /></head><body><div id="kc-header-wrapper">Institut de Calcul</div>
<div class="card-pf"><h1 id="kc-page-title">Connectez-vous à votre compte</h1><form id="kc-form-login" method="post"
action="/realms/icalc/login-actions/authenticate?session_code=e1"><label for="username">Nom d'utilisateur ou courriel</label>
<input tabindex="1" id="username" name="username" type="text" /><label for="password">Mot de passe</label>
<input tabindex="2" id="password" name="password" type="password" /><input name="login" id="kc-login" type="submit" value="Se connecter"/>
</form></div></body></html>"""

MEMBERS = """<!doctype html><html lang="en"><head><title>Sign in to continue - Scholar Rooms</title></head><body>
<main class="auth-layout"><h1>Sign in to continue reading</h1><p>This document is shared with members of the group.</p>
<a class="oauth" href="/oauth/google">Continue with Google</a><a class="oauth" href="/oauth/orcid">Continue with ORCID</a>
<form method="post" action="/session"><input type="email" name="email" placeholder="Email"><input type="password" name="password"
placeholder="Password"><button>Sign in</button></form><p>No account yet? <a href="/join">Create one</a></p></main></body></html>"""


@case("B14.a")
def next_parameter(lab: Lab) -> None:
    target = "/courses/ml/slides/"
    pages = {
        target: redirect(302, "/login/?next=" + quote(target, safe="")),
        "/login/?next=" + quote(target, safe=""): html(DJANGO),
    }
    lab.link(lab.host("courses.portal-uni.edu", site(pages)).url(target), "Machine Learning, Slides")


@case("B14.b-de")
def course_platform(lab: Lab) -> None:
    cookie = ("Set-Cookie", "MoodleSession=k4lq; path=/; HttpOnly")
    pages = {"/course/view.php?id=311": redirect(303, "/login/index.php", cookie), "/login/index.php": html(MOODLE)}
    lab.link(lab.host("moodle.hs-ostufer.de", site(pages, lang="de")).url("/course/view.php?id=311"), "Kurs Numerik II")


@case("B14.c-fr")
def identity_provider(lab: Lab) -> None:
    """Another host of the same institute asks who is there."""
    path = "/realms/icalc/protocol/openid-connect/auth"
    provider = lab.host("sso.institut-calcul.fr", site({}, html(KEYCLOAK)), tls="good")
    ask = f"{provider.url(path)}?client_id=wiki&response_type=code&scope=openid&redirect_uri=https%3A%2F%2Fwiki"
    wiki = lab.host("wiki.institut-calcul.fr", site({"/doku.php?id=cours": redirect(302, ask)}, lang="fr"), tls="good")
    lab.link(wiki.url("/doku.php?id=cours"), "Cours de calcul formel")


@case("B14.d")
def door_in_place(lab: Lab) -> None:
    """No redirect: the address stays and a form stands where the document was."""
    one(lab, "scholar-rooms.com", "/d/91ka-lecture-notes", "Lecture Notes on Spin Glasses", html(MEMBERS))


def _browser(agent: str) -> bool:
    return any(token in agent for token in ("Chrome/", "Firefox/", "Safari/", "Gecko/"))


@case("B30.a")
def loop_for_browsers(lab: Lab) -> None:
    title = "Public Reports, Plainly"

    def handler(visit: Visit) -> Answer:
        if _browser(visit.header("User-Agent")):
            return redirect(302, "/adfs/ls/?wa=wsignin1.0" if visit.path != "/adfs/ls/" else "/report/12")
        return html(article(title)) if visit.path == "/report/12" else nginx(404)

    lab.link(lab.host("reports.county-archive.org", handler).url("/report/12"), title)


@case("B30.b-de")
def cookie_door_for_browsers(lab: Lab) -> None:
    title = "Amtliche Statistik, Band 4"

    def handler(visit: Visit) -> Answer:
        if _browser(visit.header("User-Agent")):
            return redirect(302, f"/sso/start?ziel={quote(visit.path)}") if visit.path == "/band4" else redirect(302, "/band4")
        return html(article(title, "Amt für Statistik", "de")) if visit.path == "/band4" else nginx(404)

    lab.link(lab.host("statistik-amt.de", handler).url("/band4"), title)


@case("B33.a")
def basic(lab: Lab) -> None:
    answer = nginx(401).plus(("WWW-Authenticate", 'Basic realm="Restricted"'))
    one(lab, "drafts.hallgren-group.se", "/book/draft.pdf", "Draft of a Book on Entropy", answer, missing=answer)


@case("B33.b")
def payment(lab: Lab) -> None:
    text = "<p>This article is for subscribers. A day pass costs less than a coffee.</p>"
    one(
        lab,
        "theoryweekly.com",
        "/2021/44/percolation",
        "Percolation Weekly",
        html(article("Subscribe to read on", "Theory Weekly", body=text), 402),
    )


@case("B33.c")
def proxy(lab: Lab) -> None:
    """A site, not a proxy of ours, that says 407."""
    answer = nginx(407).plus(("Proxy-Authenticate", 'Basic realm="library access"'))
    one(lab, "ezproxy.midland-library.org", "/login?url=x", "Library Copy of a Handbook", answer, missing=answer)


@case("B33.d-de")
def bearer(lab: Lab) -> None:
    challenge = ("WWW-Authenticate", 'Bearer realm="api", error="invalid_token"')
    one(
        lab,
        "api.messdaten-zentrale.de",
        "/v2/reihen/77",
        "Messreihe 77",
        plain('{"fehler":"Anmeldung erforderlich"}', 401, challenge, kind="application/json"),
    )
