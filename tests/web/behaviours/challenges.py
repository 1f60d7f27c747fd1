"""Pages that ask the reader to prove something first: B28 (refused outright), B45 (with 200) and B46 (with 202)."""

from __future__ import annotations

from tests.web.answers import Answer, Headers, html, plain
from tests.web.lab import Lab, add, case

CLOUDFLARE = """<!DOCTYPE html><html lang="{lang}"><head><title>{title}</title><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="robots" content="noindex,nofollow"><style>*{{box-sizing:border-box;margin:0;padding:0}}.main-content{{margin:8rem auto}}</style>
<meta http-equiv="refresh" content="360"></head><body><div class="main-wrapper" role="main"><div class="main-content"><noscript>
<div class="h2"><span id="challenge-error-text">{noscript}</span></div></noscript></div></div>
<script>(function(){{window._cf_chl_opt={{cvId:'3',cZone:"{zone}",cType:'managed',cRay:'8c1f0e2a7d11',cH:'Zx0.1'}};
var a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1?ray=8c1f0e2a7d11';
document.getElementsByTagName('head')[0].appendChild(a);}}());</script></body></html>"""

TURNSTILE_BLOCK = """<!DOCTYPE html><!--[if lt IE 7]> <html class="no-js ie6 oldie" lang="en-US"> <![endif]--><html class="no-js" lang="en-US"><head>
<title>Attention Required! | Cloudflare</title><meta name="robots" content="noindex, nofollow" />
<link rel="stylesheet" id="cf_styles-css" href="/cdn-cgi/styles/cf.errors.css" /></head><body><div id="cf-wrapper">
<div id="cf-error-details" class="cf-error-details-wrapper"><h1 data-translate="block_headline">Sorry, you have been blocked</h1>
<h2 class="cf-subheadline"><span data-translate="unable_to_access">You are unable to access</span> journals-of-record.com</h2>
<p data-translate="blocked_why_detail">This site protects itself against attacks. What you just did set off its defence.</p>
<span class="cf-footer-item">Cloudflare Ray ID: <strong>8c1f0e2a7d11</strong></span></div></div></body></html>"""

PERIMETERX = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Access to this page has been denied</title>
<link rel="stylesheet" href="/px/assets/block.css"></head><body><div class="px-captcha-container"><div class="px-captcha-header">Before we continue...</div>
<div class="px-captcha-message">Press &amp; Hold to confirm you are a human (and not a bot).</div><div id="px-captcha"></div></div>
<script>window._pxAppId='PXq7Rt2Lm';window._pxJsClientSrc='/q7Rt2Lm/init.js';window._pxHostUrl='/q7Rt2Lm/xhr';window._pxUuid='4c5f';</script>
<script src="/q7Rt2Lm/captcha/captcha.js?a=c&u=4c5f&m=0"></script></body></html>"""

DATADOME = """<html lang="en"><head><title>galleries-online.fr</title><style>#cmsg{animation: A 1.5s;}@keyframes A{0%{opacity:0;}99%{opacity:0;}100%{opacity:1;}}</style></head>
<body style="margin:0"><p id="cmsg">Please enable JS and disable any ad blocker</p><script data-cfasync="false">var dd={'rt':'c','cid':'AHrlqAAAA','hsh':'2211F5','t':'bv',
's':27055,'e':'0c5d','host':'geo.captcha-delivery.com'}</script><script data-cfasync="false" src="https://ct.captcha-delivery.com/c.js"></script></body></html>"""

DDOS_GUARD = """<!DOCTYPE html><html><head><title>DDoS-Guard</title><meta charset="utf-8"><meta http-equiv="refresh" content="30">
<link rel="stylesheet" href="/.well-known/ddos-guard/js-challenge/index.css"></head><body><div class="container"><div id="ddg-l10n-title">
Checking your browser before accessing skripte-tauschboerse.de</div><div id="ddg-l10n-description">Please wait a few seconds.</div></div>
<script src="/.well-known/ddos-guard/js-challenge/index.js" data-ddg-origin="true"></script></body></html>"""

AKAMAI = """<HTML><HEAD>
<TITLE>Access Denied</TITLE>
</HEAD><BODY>
<H1>Access Denied</H1>

You don't have permission to access "http&#58;&#47;&#47;www&#46;lithic&#45;catalog&#46;com&#47;book&#47;221" on this server.<P>
Reference&#32;&#35;18&#46;8f2c1502&#46;1771234567&#46;2be7f11
<P>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18&#46;8f2c1502&#46;1771234567&#46;2be7f11</P>
</BODY>
</HTML>"""

ANUBIS = """<!doctype html><html lang="{lang}"><head><title>{title}</title><link rel="stylesheet" href="/.within.website/x/xess/xess.min.css?cachebuster=v1.21.3">
<meta name="viewport" content="width=device-width, initial-scale=1.0"><meta name="robots" content="noindex,nofollow">
<script id="anubis_version" type="application/json">"v1.21.3"</script><script id="anubis_challenge" type="application/json">
{{"rules":{{"algorithm":"fast","difficulty":4,"report_as":4}},"challenge":"d2a6d1b7f0"}}</script></head><body id="top"><main><h1 id="title" class="centered-div">{title}</h1>
<div class="centered-div"><img id="image" style="width:100%;max-width:256px;" src="/.within.website/x/cmd/anubis/static/img/pensive.webp?cacheBuster=v1.21.3">
<p id="status">{status}</p><script async type="module" src="/.within.website/x/cmd/anubis/static/js/main.mjs?cacheBuster=v1.21.3"></script>
<details><summary>{why}</summary><p>{because}</p></details><noscript><p>{noscript}</p></noscript></div></main></body></html>"""

SUCURI = """<html><title>You are being redirected...</title>
<noscript>Javascript is required. Please enable javascript before you are allowed to see this page.</noscript>
<script>var s={},u,c,U,r,i,l=0,a,e=eval,w=String.fromCharCode,sucuri_cloudproxy_js='',S='cz0iYSIgKyAiN2YiO2RvY3VtZW50LmNvb2tpZT0=';L=S.length;U=0;r='';
for(u=0;u<64;u++){s["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".charAt(u)]=u;}e(r);</script></html>"""

IMPERVA = """<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"><meta name="format-detection" content="telephone=no">
<meta name="viewport" content="initial-scale=1.0"><script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3"></script></head>
<body style="margin:0px;height:100%"><iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=9-1774-0%20NNNN&incident_id=1440&edet=12&cinfo=04"
frameborder=0 width="100%" height="100%" marginheight="0px" marginwidth="0px">Request unsuccessful. Incapsula incident ID: 1440000340-77</iframe></body></html>"""

RECAPTCHA_DE = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Sicherheitsabfrage</title>
<script src="https://www.google.com/recaptcha/api.js?hl=de" async defer></script></head><body><h1>Bitte bestätigen Sie, dass Sie kein Roboter sind</h1>
<p>Aus Ihrem Netz kamen ungewöhnlich viele Anfragen. Lösen Sie die Aufgabe, um zum Dokument zu gelangen.</p>
<form action="/pruefung" method="post"><div class="g-recaptcha" data-sitekey="6LdQ0x0UAAAA"></div><button type="submit">Weiter</button></form></body></html>"""

AWS = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title></title><script type="text/javascript">window.awsWafCookieDomainList = [];
window.gokuProps = {"key":"AQIDAHjcYu","iv":"CgAFbT","context":"qX6E"};</script>
<script src="https://a1b2c3.edge.sdk.awswaf.com/a1b2c3/d4e5/challenge.js"></script></head><body><div id="challenge-container"></div>
<script type="text/javascript">AwsWafIntegration.saveReferrer();AwsWafIntegration.getToken().then(() => {window.location.reload(true);});</script>
<noscript><h1>JavaScript is disabled</h1>To go on, we need to verify that you're not a robot. This requires JavaScript.</noscript></body></html>"""

VERCEL = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Vercel Security Checkpoint</title></head>
<body><div id="root"><p id="header-text">We're verifying your browser</p><p id="header-noscript-text">Enable JavaScript to continue</p>
<a href="https://vercel.link/security-checkpoint">Website owner? Click here to fix</a></div><script src="/.well-known/vercel/security/static/challenge.v2.min.js"></script></body></html>"""


def _everywhere(identity: str, name: str, target: str, title: str, answer: Answer, server: str, tls: str | None = None) -> None:
    """The same door before all paths of a host, robots.txt included."""

    def build(lab: Lab) -> None:
        lab.link(lab.host(name, lambda _: answer, server=server, tls=tls).url(target), title)

    add(identity, build)


def _cloudflare(lang: str, title: str, noscript: str, zone: str) -> Answer:
    headers: Headers = (
        ("cf-mitigated", "challenge"),
        ("CF-RAY", "8c1f0e2a7d11-FRA"),
        ("cross-origin-embedder-policy", "require-corp"),
        ("cache-control", "private, max-age=0, no-store, no-cache, must-revalidate"),
    )
    return html(CLOUDFLARE.format(lang=lang, title=title, noscript=noscript, zone=zone), 403, *headers)


def _anubis(lang: str, *texts: str) -> Answer:
    names = ("title", "status", "why", "because", "noscript")
    cookie = ("Set-Cookie", "techaro.lol-anubis-cookie-verification=f1; Path=/; HttpOnly")
    return html(ANUBIS.format(lang=lang, **dict(zip(names, texts, strict=True))), 200, cookie, ("Cache-Control", "no-store"))


_cf = _cloudflare("en-US", "Just a moment...", "Enable JavaScript and cookies to continue", "bookshelf-of-proofs.com")
_everywhere("B28.a", "bookshelf-of-proofs.com", "/doi/10.9/77", "A Bookshelf of Proofs", _cf, "cloudflare", "good")
_cf = _cloudflare("de-DE", "Nur einen Moment…", "Aktivieren Sie JavaScript und Cookies, um fortzufahren", "beweisregal.de")
_everywhere("B28.b-de", "beweisregal.de", "/buch/77", "Das Beweisregal", _cf, "cloudflare")
_cf = html(TURNSTILE_BLOCK, 403, ("CF-RAY", "8c1f0e2a7d11-AMS"))
_everywhere("B28.c", "journals-of-record.com", "/vol/3", "Record of Journals", _cf, "cloudflare")
_everywhere("B28.d", "marketplace-of-lenses.com", "/lens/5", "Lens Design Compendium", html(PERIMETERX, 403), "nginx")
_everywhere("B28.e-fr", "galleries-online.fr", "/tableaux", "Tableaux et symétries",
            html(DATADOME, 403, ("X-DataDome", "protected"), ("Set-Cookie", "datadome=~x; Path=/; Secure")), "nginx")  # fmt: skip
_everywhere("B28.f-de", "skripte-tauschboerse.de", "/s/12", "Skript Stochastik",
            html(DDOS_GUARD, 403, ("Set-Cookie", "__ddg2_=z; Path=/; HttpOnly")), "ddos-guard")  # fmt: skip
_everywhere("B28.g", "www.lithic-catalog.com", "/book/221", "Lithic Catalogue", html(AKAMAI, 403), "AkamaiGHost")

_everywhere("B45.a", "git.quiet-forge.org", "/quiet/solver", "quiet/solver",
            _anubis("en", "Making sure you're not a bot!", "Loading...", "Why am I seeing this?",
                    "The administrator has set up Anubis against scrapers that take this server down.",
                    "You must enable JavaScript to get past this challenge."), "Caddy")  # fmt: skip
_everywhere("B45.b-de", "git.stille-schmiede.de", "/stille/loeser", "stille/loeser",
            _anubis("de", "Wir stellen sicher, dass du kein Bot bist!", "Lade...", "Warum sehe ich das?",
                    "Der Betreiber hat Anubis eingerichtet, weil Sammler diesen Server überlasten.",
                    "Ohne JavaScript geht es hier nicht weiter."), "Caddy")  # fmt: skip
_everywhere(
    "B45.c", "photon-tables.com", "/t/9", "Tables for Photons", html(SUCURI, 200, ("X-Sucuri-ID", "15012")), "Sucuri/Cloudproxy"
)
_everywhere("B45.d", "records.harbour-office.co.uk", "/tides", "Tide Records",
            html(IMPERVA, 200, ("X-Iinfo", "9-1774-0 NNNN RT(1771 0) q(0 -1 -1 1) r(0 -1)"), ("Set-Cookie", "visid_incap_27=x; path=/")), "nginx")  # fmt: skip
_everywhere("B45.e-de", "digital.bibliothek-am-see.de", "/band/3", "Gesammelte Werke, Band 3", html(RECAPTCHA_DE), "Apache")

_waf: Headers = (("x-amzn-waf-action", "challenge"), ("x-amzn-requestid", "d1f0"), ("Cache-Control", "no-store, max-age=0"))
_everywhere("B46.a", "datasets.ocean-grid.org", "/d/waves", "Ocean Wave Grids", html("", 202, *_waf), "CloudFront")
_everywhere("B46.b", "www.ocean-grid.de", "/d/wellen", "Wellengitter", html(AWS, 202, *_waf), "awselb/2.0")
_everywhere("B46.c", "tickets.physics-fair.com", "/talks", "Talks of the Physics Fair",
            html(AWS, 405, ("x-amzn-waf-action", "captcha")), "CloudFront")  # fmt: skip


@case("B28.h")
def checkpoint(lab: Lab) -> None:
    """A checkpoint of a hosting company, which says 429 and offers no Retry-After."""
    headers = (("x-vercel-mitigated", "challenge"), ("x-vercel-challenge-token", "2.177"))
    host = lab.host("interactive-topology.app", lambda _: html(VERCEL, 429, *headers), server="Vercel", tls="good")
    lab.link(host.url("/"), "Interactive Topology")


@case("B46.d")
def accepted_without_a_word(lab: Lab) -> None:
    """The same door, plain text and lower-case markup."""
    host = lab.host("feeds.station-log.net", lambda _: plain("", 202, *_waf), server="CloudFront")
    lab.link(host.url("/2020/log.txt"), "Station Log 2020")
