"""What hosting companies show instead of a site that is gone: B51."""

from __future__ import annotations

from tests.web.answers import Answer, html, plain
from tests.web.lab import Lab, add

CPANEL = """<!DOCTYPE html><html><head><meta http-equiv="Content-type" content="text/html; charset=utf-8"><title>Account Suspended</title>
<link rel="stylesheet" href="//use.fontawesome.com/releases/v5.0.6/css/all.css"></head><body><div class="container"><div class="info-container">
<i class="fas fa-user-times"></i><h1>Account Suspended</h1><p class="info-title">This Account has been suspended.</p>
<p>Contact your hosting provider for more information.</p></div></div></body></html>"""

GERMAN = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Webseite gesperrt</title></head><body><div class="hinweis">
<h1>Diese Website wurde vorübergehend deaktiviert</h1><p>Der Webspace-Vertrag zu dieser Domain ist gesperrt oder gekündigt. Wenn Sie der Inhaber sind,
melden Sie sich bitte in der Kundenverwaltung Ihres Anbieters an.</p></div></body></html>"""

PAUSED = """<!DOCTYPE html><html lang="en"><head><title>Site not available</title></head><body><div class="card"><h1>Site not available</h1>
<p>This site was paused as it reached its usage limits. Please contact the site owner for more information.</p></div></body></html>"""

NO_APP = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>No such app</title></head>
<body><iframe src="//www.herokucdn.com/error-pages/no-such-app.html"></iframe></body></html>"""

NO_PAGES = """<!DOCTYPE html><html><head><title>Site not found &middot; GitHub Pages</title></head><body><div class="container"><h1>404</h1>
<p><strong>There isn't a GitHub Pages site here.</strong></p><p>If you're trying to publish one, read the full documentation.</p></div></body></html>"""

RUSSIAN = """<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Сайт заблокирован хостинг-провайдером</title></head><body>
<h1>Сайт заблокирован</h1><p>Возможные причины: закончился оплаченный период хостинга, нарушены условия договора. Владельцу сайта следует обратиться в службу поддержки.</p></body></html>"""


def _tombstone(
    identity: str, name: str, target: str, title: str, answer: Answer, server: str = "nginx", tls: str | None = None
) -> None:
    """The same stone on every path."""

    def build(lab: Lab) -> None:
        lab.link(lab.host(name, lambda _: answer, server=server, tls=tls).url(target), title)

    add(identity, build)


_tombstone("B51.a", "riemann-notebook.com", "/zeta/", "A Riemann Notebook", html(CPANEL, 503), "Apache")
_tombstone("B51.b-de", "differentialgeometrie-online.de", "/kapitel/2", "Differentialgeometrie online", html(GERMAN, 503))
_tombstone("B51.c", "neural-notes-demo.app", "/", "Neural Notes, Demo",
           plain("Payment required\n\nDEPLOYMENT_DISABLED\n\nfra1::2kq8r-1771230000-9d0e\n", 402, ("x-vercel-error", "DEPLOYMENT_DISABLED"), ("x-vercel-id", "fra1::2kq8r")),
           "Vercel", "good")  # fmt: skip
_tombstone("B51.d", "bandits-playground.app", "/play", "Bandits Playground", html(NO_APP, 404), "Cowboy")
_tombstone("B51.e", "spline-gallery.org", "/gallery", "Spline Gallery", html(PAUSED, 503), "Netlify")
_tombstone("B51.f", "convexity.pages-hosting.com", "/", "Convexity, a Blog", html(NO_PAGES, 404), "GitHub.com")
_tombstone("B51.g", "fractal-forum.net", "/thread/100", "Fractal Forum, Thread 100", html(CPANEL, 404), "LiteSpeed")
_tombstone("B51.h-ru", "lektsii-po-algebre.ru", "/grupp", "Лекции по алгебре", html(RUSSIAN, 503))
