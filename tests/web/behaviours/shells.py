"""Pages that are drawn by a script: B50. The server says 200 and the same words whatever it is asked."""

from __future__ import annotations

from tests.web.answers import html
from tests.web.lab import Lab, add

REACT = """<!doctype html><html lang="en"><head><meta charset="utf-8"/><link rel="icon" href="/favicon.ico"/><meta name="viewport" content="width=device-width,initial-scale=1"/>
<meta name="theme-color" content="#000000"/><link rel="manifest" href="/manifest.json"/><title>Lattice Explorer</title>
<script defer="defer" src="/static/js/main.4f2b91c0.js"></script><link href="/static/css/main.1d3a.css" rel="stylesheet"></head>
<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>"""

VUE = """<!DOCTYPE html><html lang="de"><head><meta charset="UTF-8"><link rel="icon" href="/favicon.ico"><title>Formelsammlung</title>
<script type="module" crossorigin src="/assets/index-BxkT1v.js"></script><link rel="stylesheet" crossorigin href="/assets/index-C9a.css"></head>
<body><noscript><strong>Diese Anwendung benötigt JavaScript. Bitte schalten Sie es ein, um fortzufahren.</strong></noscript><div id="app"></div></body></html>"""

ANGULAR = """<!doctype html><html lang="en" data-critters-container><head><meta charset="utf-8"><title>CourseDesk</title><base href="/">
<link rel="stylesheet" href="styles.8b1c.css"></head><body class="mat-typography"><app-root><div class="spinner"></div></app-root>
<script src="runtime.0f2e.js" type="module"></script><script src="polyfills.11aa.js" type="module"></script><script src="main.77ce.js" type="module"></script></body></html>"""

FLUTTER = """<!DOCTYPE html><html><head><base href="/"><meta charset="UTF-8"><meta content="IE=Edge" http-equiv="X-UA-Compatible"><title>quizlab</title>
<link rel="manifest" href="manifest.json"><script>const serviceWorkerVersion = "2170";</script><script src="flutter.js" defer></script></head>
<body><script>window.addEventListener('load',function(){_flutter.loader.loadEntrypoint({});});</script></body></html>"""

NEXT = """<!DOCTYPE html><html lang="fr"><head><meta charSet="utf-8"/><title></title><link rel="preload" href="/_next/static/css/8a1.css" as="style"/>
<script src="/_next/static/chunks/webpack-5ab.js" defer=""></script><script src="/_next/static/chunks/main-9f0.js" defer=""></script></head>
<body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{}},"page":"/[[...slug]]","query":{},"buildId":"k2"}</script></body></html>"""


def _shell(identity: str, name: str, target: str, title: str, page: str) -> None:
    def build(lab: Lab) -> None:
        lab.link(lab.host(name, lambda _: html(page)).url(target), title)

    add(identity, build)


_shell("B50.a", "lattice-explorer.io", "/lattices/e8", "The E8 Lattice, Explored", REACT)
_shell("B50.b-de", "formelsammlung-digital.de", "/analysis/integrale", "Integrale, digital gesammelt", VUE)
_shell("B50.c", "coursedesk.co.uk", "/c/linear-models", "Linear Models at CourseDesk", ANGULAR)
_shell("B50.d", "quizlab-app.com", "/quiz/probability", "Probability Quiz", FLUTTER)
_shell("B50.e-fr", "atelier-maths.fr", "/exercices/suites", "Atelier : suites et séries", NEXT)
