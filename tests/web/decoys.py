"""Thirty live pages that speak of death, doors and sales, or look odd in an innocent way. All are alive, every night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.answers import Answer, html, redirect
from tests.web.lab import Lab, add
from tests.web.prose import academic, article, paragraphs
from tests.web.sites import site

if TYPE_CHECKING:
    from tests.web.visit import Handler, Visit

GROUP = "decoys"


def _decoy(number: int, name: str, target: str, title: str, handler: Handler, server: str = "nginx") -> None:
    def build(lab: Lab) -> None:
        lab.link(lab.host(name, handler, server=server).url(target), title)

    add(f"D{number:02}", build, GROUP)


def _page(
    number: int,
    name: str,
    target: str,
    title: str,
    text: str,
    lang: str = "en",
    *,
    before: str = "",
    head: str = "",
    server: str = "nginx",
) -> None:
    """An article whose text is `text` among ordinary paragraphs; the neighbours of the page are 404."""
    body = before + "".join(f"<p>{part}</p>" for part in text.split("\n")) + paragraphs(lang, 2)
    page = article(title, name.removeprefix("www."), lang, body, head)
    _decoy(number, name, target, title, site({target: page}, lang=lang), server)


_page(1, "searchquality.blog", "/soft-404s", "Soft 404s and How to Find Them",
      "A page that says “Sorry, this page does not exist” with status 200 is a soft 404. We collected 4,000 of them.\n"
      "Typical titles are “Page not found”, “404”, “Oops” and “Nothing here”.")  # fmt: skip
_page(2, "nameservice-notes.org", "/parking", "This Domain Is for Sale: How Domain Parking Works",
      "You have seen it: “This domain is for sale! Buy now.” Behind the sentence stands a business of advertisements and auctions.\n"
      "We measured which parking companies show sponsored listings and related searches, and for how long.")  # fmt: skip
_page(3, "humanproofs.net", "/captcha-history", "Are You a Robot? A History of Captchas",
      "“Please verify you are a human” is the sentence of a decade. First came distorted letters, then traffic lights, then nothing but a checkbox.\n"
      "We compare reCAPTCHA, hCaptcha and Turnstile by how many people give up.")  # fmt: skip
_page(4, "barrierefrei-lesen.de", "/artikel/captcha", "Sicherheitsabfragen und ihre Opfer",
      "„Bitte bestätigen Sie, dass Sie kein Roboter sind“: Wer schlecht sieht, scheitert daran oft. Dieser Artikel stellt Alternativen zu Captchas vor.", "de")  # fmt: skip
_page(5, "smallbusiness-guides.co.uk", "/domains/buy-expired", "Buying an Expired Domain: a Guide",
      "Before you make an offer for a domain, look at its past. Is the domain for sale at a marketplace, or only parked?\n"
      "Never pay without escrow. A premium domain costs as much as a car; most cost as much as a lunch.")  # fmt: skip
_page(6, "www.prob.maths.oldbridge.ac.uk", "/papers/ruin.html", "Gambler's Ruin in Finite Casinos",
      "We consider a gambler in a casino who plays roulette and slot machines with a betting system that doubles after each loss.\n"
      "The martingale stops almost surely, yet the expected jackpot is zero; poker and blackjack are treated in an appendix.")  # fmt: skip
_page(7, "stochastik-im-alltag.de", "/roulette", "Roulette, Lotto, Sportwetten: Wahrscheinlichkeit im Alltag",
      "Warum die Bank im Casino gewinnt: Erwartungswert und Varianz bei Roulette, Spielautomaten und Sportwetten, durchgerechnet ohne Bonus.", "de")  # fmt: skip
_page(8, "webforms-school.dev", "/lessons/login", "How to Build a Login Form",
      "Every login page needs two fields and a button. Sign in below with any password: nothing is sent.\n"
      "Then we add “Forgot your password?” and a link to create an account.",
      before='<form id="demo"><label>Username <input name="u"></label><label>Password <input type="password" name="p"></label><button>Log in</button></form>')  # fmt: skip
_page(9, "forum-der-imker.de", "/thema/88", "Bienen zählen mit der Kamera", "Wir haben eine Kamera am Flugloch befestigt und zählen nun mit.", "de",
      before='<div class="login-box"><form action="/login.php" method="post"><input type="text" name="user"><input type="password" name="pass">'
             '<input type="submit" value="Anmelden"> <a href="/register">Registrieren</a></form></div>')  # fmt: skip
_page(
    12,
    "notfound-art.org",
    "/works/not-found",
    "Not Found",
    "A net art work of twelve pages, each of which looks for the next. Shown first in a cellar in Linz.",
)
_page(13, "platform-studies.edu", "/papers/suspended", "Account Suspended: A Sociology of Moderation",
      "“This account has been suspended” is the shortest obituary there is. We spoke with forty people who read it of themselves.")  # fmt: skip
_page(14, "edge-engineering.io", "/posts/just-a-moment", "Just a Moment: Inside Challenge Pages",
      "What happens while “Checking your browser before accessing” is on the screen? A proof of work, a cookie, and a second request.",
      server="cloudflare")  # fmt: skip
_page(15, "morse-theory.com", "/intro", "Morse Theory by Pictures", "Critical points are where the topology changes.", server="cloudflare",
      before="<script>(function(){var a=document.createElement('script');a.innerHTML=\"window.__CF$cv$params={r:'8c1f0e2a',t:'MTc3'};"
             "var s=document.createElement('script');s.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js';document.head.appendChild(s);\";"
             "document.head.appendChild(a);})();</script>"
             '<script data-cfasync="false" src="/cdn-cgi/scripts/5c5dd728/cloudflare-static/email-decode.min.js"></script>')  # fmt: skip
_page(16, "comment-friendly.net", "/2020/residuals", "Residuals Are Friends", "Plot them first. Comments are open.",
      head='<script src="https://www.google.com/recaptcha/api.js" async defer></script>',
      before='<form class="comment-form"><textarea name="c"></textarea><div class="g-recaptcha" data-sitekey="6Lc"></div></form>')  # fmt: skip
_page(17, "wandering-servers.org", "/why-we-moved", "We Have Moved: Notes from a Migration",
      "This page has moved three times in ten years. The old address no longer exists, and the redirects were lost in the second move.")  # fmt: skip
_page(24, "clusterdocs.hpc-valley.edu", "/slurm", "Submitting Jobs, a Primer", "Jobs wait in queues.",
      before='<div class="alert alert-warning">Scheduled maintenance: the service is temporarily unavailable on Sunday from 6 to 8.</div>')  # fmt: skip
_page(25, "freescores-guitar.com", "/tabs/fugue", "A Fugue for One Guitar", "Second voice in drop D.",
      before='<aside class="ad"><a href="https://ads.example/c?1">Play slots! 200 free spins, casino bonus, no deposit</a></aside>')  # fmt: skip
_page(29, "parking-functions.org", "/survey", "Parking Functions and Domain Walls",
      "A parking function tells n cars where to park. Every domain wall yields one; we count the domains parked at the boundary.")  # fmt: skip
_page(30, "revue-du-blanc.fr", "/poemes/page-introuvable", "Page introuvable",
      "Poème en douze vers sur une page introuvable, lu à Lyon. « Cette page n'existe pas », dit le premier.", "fr")  # fmt: skip

_NEXT = (
    '<!DOCTYPE html><html lang="en"><head><title>Neural Fields Atlas</title><script src="/_next/static/chunks/main-1a.js" defer=""></script></head><body>'
    f'<div id="__next"><main><h1>Neural Fields Atlas</h1>{paragraphs("en", 4)}</main></div>'
    '<script id="__NEXT_DATA__" type="application/json">{"page":"/atlas","buildId":"q9"}</script></body></html>'
)
_decoy(10, "neuralfields-atlas.app", "/atlas", "Neural Fields Atlas", site({"/atlas": _NEXT}), "Vercel")
_REACT = (
    '<!doctype html><html lang="de"><head><title>Karten der Sterne</title><script defer src="/static/js/main.77.js"></script></head><body>'
    "<noscript>You need to enable JavaScript to run this app.</noscript>"
    f'<div id="root"><h1>Karten der Sterne</h1>{paragraphs("de", 3)}</div></body></html>'
)
_decoy(11, "sternkarten-online.de", "/karten", "Karten der Sterne", site({"/karten": _REACT}))
_decoy(18, "users.math.smalltown.edu", "/~bob/", "Bob's Home Page",
       site({"/~bob/": "<html><title>Bob</title><body>Under construction since 1998. <a href='thesis.ps'>My thesis</a>.</body></html>"}), "Apache/1.3.42")  # fmt: skip
_decoy(19, "plates-of-snow.jp", "/gallery/", "雪の結晶",
       site({"/gallery/": '<html lang="ja"><title>雪の結晶</title><body>' + "".join(f'<img src="{n:03}.jpg">' for n in range(40)) + "</body></html>"}))  # fmt: skip
_decoy(20, "one-page-course.org", "/start", "One Page Course on Measure",
       site({"/start": redirect(302, "/"), "/": article("One Page Course on Measure", "", "en")}))  # fmt: skip
_decoy(
    21,
    "mehrsprachig.ch",
    "/kurs",
    "Kurs zur Graphentheorie",
    site({"/kurs": redirect(302, "/de/kurs"), "/de/kurs": article("Kurs zur Graphentheorie", "", "de")}),
)


def _wiki(number: int, name: str, page: str, title: str, text: str) -> None:
    """A wiki that says 200 for pages nobody has written yet."""

    def handler(visit: Visit) -> Answer:
        if visit.path == f"/wiki/{page}":
            return html(article(title, "OpenLex", body=f"<p>{text}</p>" + paragraphs("en", 3)))
        wanted = visit.path.rpartition("/")[2]
        return html(article(wanted, "OpenLex", body="<p>There is currently no text in this page. You may create it.</p>"))

    _decoy(number, name, f"/wiki/{page}", title, handler)


_wiki(22, "openlex.org", "Sheaf_cohomology", "Sheaf cohomology", "Global sections are not exact; this is the remedy.")
_wiki(23, "www.lexikon-offen.de", "HTTP_404", "HTTP 404", "Not Found is the answer of a server that knows no such page.")
_decoy(26, "www.dl-class.edu", "/2020/", "A First Course in Deep Learning",
       site({"/2020/": academic("CS 5787, Spring", "Room 114, Tuesdays", body="<p>Homework 3 is out.</p>" + paragraphs("en", 2))}))  # fmt: skip
_decoy(27, "room404.jp", "/novel", "404号室", site({"/novel": article("404号室", "見つからない部屋の話", "ja")}, lang="ja"))
_decoy(28, "data.glacier-survey.no", "/files/mass.nc", "Glacier Mass Balance",
       site({"/files/mass.nc": Answer(200, b"CDF\x01" + bytes(20_000), (("Content-Type", "application/octet-stream"), ("Content-Disposition", "attachment")))}))  # fmt: skip
