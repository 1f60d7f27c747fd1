"""Domains without an owner who cares: B48. Every path and every subdomain shows the same."""

from __future__ import annotations

from tests.web.answers import Answer, html, redirect
from tests.web.dns import Zone
from tests.web.lab import Lab, add, case

AUCTION = """<!DOCTYPE html><html lang="en" data-adblockkey="MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAJ"><head><meta charset="utf-8">
<title>bayesian-cookbook.com&nbsp;-&nbsp;This website is for sale!&nbsp;-&nbsp;bayesian cookbook Resources and Information.</title>
<meta name="description" content="This website is for sale! bayesian-cookbook.com is your first and best source for all of the information you're looking for.">
<link rel="icon" type="image/png" href="//img.sedoparking.com/templates/logos/sedo_logo.png"/></head><body>
<div id="container-header"><a class="buybox" href="https://www.sedo.com/search/details/?partnerid=1&domain=bayesian-cookbook.com">Buy this domain</a>
<h1>bayesian-cookbook.com</h1></div><div id="container-content"><div id="ads"></div><ul class="relatedlinks"><li>Cooking Classes</li><li>Recipe Box</li>
<li>Statistics Tutor</li></ul></div><div class="disclaimer">The domain owner maintains no relationship with the advertisers.</div>
<script src="https://www.google.com/adsense/domains/caf.js?abp=1"></script></body></html>"""

LANDER = """<!DOCTYPE html><html><head><title>{name}</title><script>window.onload=function(){{window.location.href="/lander"}}</script></head><body></body></html>"""

LANDER_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"/><title>{name}</title><script>window.LANDER_SYSTEM="CP"</script>
<script defer src="https://img1.wsimg.com/parking-lander/static/js/main.d9ebbb8c.js"></script>
<link href="https://img1.wsimg.com/parking-lander/static/css/main.ef90a627.css" rel="stylesheet"></head>
<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>"""

PARKED_DE = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>wellengleichung-interaktiv.de steht zum Verkauf</title>
<meta name="robots" content="noindex"><link rel="stylesheet" href="/css/domainparking.css"></head><body class="parked">
<div class="box"><h1>wellengleichung-interaktiv.de</h1><h2>Diese Domain können Sie kaufen!</h2><p>Der Inhaber bietet diese Domain zum Verkauf an.
Jetzt unverbindlich ein Angebot abgeben; Abwicklung über einen Treuhänder.</p><form action="/anfrage"><input name="gebot" placeholder="Ihr Gebot in Euro">
<button>Angebot senden</button></form></div><div class="sponsored"><h3>Weitere Links</h3><a href="?kw=1">Nachhilfe Physik</a> <a href="?kw=2">Musikschule</a></div></body></html>"""

BODIS = """<!doctype html><html lang="en"><head><meta charset="UTF-8"><title>topology-today.net</title><link rel="preconnect" href="https://www.google.com">
<script>window.park = "eyJ1dWlkIjoiNzZiMTk4Iiwic2l0ZSI6InRvcG9sb2d5LXRvZGF5Lm5ldCJ9";</script><script src="/js/parking.2.110.3.js"></script></head>
<body><div id="target" style="opacity:0"></div><noscript>Related searches: Coffee Mugs, Doughnuts, Geometry Games. Sponsored listings. Privacy Policy.</noscript></body></html>"""

FRENCH = """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>cours-de-topologie.fr est à vendre</title></head><body>
<header><img src="/img/courtier.svg" alt="Courtier"></header><main><h1>Le nom de domaine <b>cours-de-topologie.fr</b> est à vendre</h1>
<p>Prix : 1 490 € HT. Paiement sécurisé, transfert sous 48 heures. Faites une offre ou achetez maintenant.</p>
<a class="cta" href="/acheter">Acheter ce domaine</a></main></body></html>"""

REGISTRAR_DE = """<!DOCTYPE html><html lang="de"><head><title>Domain im Kundenauftrag registriert</title></head><body style="font-family:Arial">
<table align="center"><tr><td><img src="/logo-registrar.gif" alt=""></td></tr><tr><td><h1>Hier entsteht eine neue Internetpräsenz</h1>
<p>Diese Domain wurde im Kundenauftrag registriert und ist noch nicht mit Inhalten verknüpft.</p></td></tr></table></body></html>"""

BROKER = """<!DOCTYPE html><html lang="en"><head><title>StatLearnNotes.com is for sale | PremiumNameHouse</title>
<link rel="canonical" href="https://www.premium-name-house.com/domain_profile.cfm?d=statlearnnotes.com"></head><body>
<div class="domain-name"><h1>StatLearnNotes.com</h1><span class="price">$4,295</span><a class="buy-now" href="/shopping_cart.cfm?d=statlearnnotes.com">Buy now</a>
<a href="/payment-plan.cfm">Start payment plan: $178.95/month</a></div><ul><li>30-day money back guarantee</li><li>Quick delivery of the domain</li></ul></body></html>"""


def _parked(identity: str, name: str, target: str, title: str, page: str, server: str = "openresty") -> None:
    def build(lab: Lab) -> None:
        host = lab.host(name, lambda _: html(page), server=server)
        lab.name("*." + name, Zone((host.address,)))
        lab.link(host.url(target), title)

    add(identity, build)


_parked("B48.a", "bayesian-cookbook.com", "/recipes/mcmc", "The Bayesian Cookbook", AUCTION)
_parked("B48.b-de", "wellengleichung-interaktiv.de", "/demo", "Die Wellengleichung, interaktiv", PARKED_DE)
_parked("B48.c", "topology-today.net", "/intro/", "Topology Today", BODIS)
_parked("B48.d-fr", "cours-de-topologie.fr", "/chapitre1.html", "Cours de topologie algébrique", FRENCH)
_parked("B48.e-de", "matheblog-sued.de", "/2014/satz-von-stokes", "Der Satz von Stokes, erklärt", REGISTRAR_DE, "Apache")


@case("B48.f")
def lander(lab: Lab) -> None:
    """A script sends every path to a second page, which is drawn by a script as well."""
    name = "optimal-control-tutor.com"

    def handler(visit: object) -> Answer:
        page = LANDER_PAGE if visit.path == "/lander" else LANDER  # type: ignore[attr-defined]
        return html(page.format(name=name))

    host = lab.host(name, handler)
    lab.name("*." + name, Zone((host.address,)))
    lab.link(host.url("/lessons/3"), "Optimal Control Tutor, Lesson 3")


@case("B48.g")
def broker(lab: Lab) -> None:
    """Sent to the page of a broker, on the broker's domain."""
    shop = lab.host("www.premium-name-house.com", lambda _: html(BROKER))
    host = lab.host("statlearnnotes.com", lambda _: redirect(302, shop.url("/domain_profile.cfm?d=statlearnnotes.com")))
    lab.name("*.statlearnnotes.com", Zone((host.address,)))
    lab.link(host.url("/ch4.html"), "Notes on Statistical Learning, Chapter 4")


@case("B48.h")
def subdomain(lab: Lab) -> None:
    """The link leads to a subdomain of the parked domain."""
    host = lab.host("numbertheory-hub.org", lambda _: html(AUCTION.replace("bayesian-cookbook.com", "numbertheory-hub.org")))
    lab.name("*.numbertheory-hub.org", Zone((host.address,)))
    lab.link(host.url("/elliptic/").replace("numbertheory-hub.org", "curves.numbertheory-hub.org"), "Elliptic Curves Hub")
