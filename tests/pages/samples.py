"""Sample pages, and a shortcut to read one."""

from __future__ import annotations

from linkcheck.model import PageSignals
from linkcheck.pages import read

HTML = (("Content-Type", "text/html; charset=utf-8"),)

ENGLISH = (
    "The estimator converges at the usual rate once the variance of the weights stays bounded, which the second section shows by a short"
    " argument on martingales. We then compare three samplers on the same data, report the time that each of them takes, and discuss"
    " where the cheaper one is to be preferred by people who have only one machine. "
)
GERMAN = (
    "Der Verein trifft sich jeden zweiten Dienstag im Haus am Markt und freut sich über neue Gesichter. Wer mitsingen will, braucht keine"
    " Noten zu kennen, denn geübt wird nach Gehör, und am Ende des Jahres gibt es ein kleines Konzert für Freunde und Nachbarn. "
)


def see(
    html: str, url: str = "https://site.example/papers/intro", *, status: int = 200, headers: tuple[tuple[str, str], ...] = ()
) -> PageSignals:
    """The signals of a page."""
    return read(html.encode(), HTML + headers, url, status=status)


def live(title: str, body: str = "", *, text: str = ENGLISH, times: int = 9, head: str = "", lang: str = "en") -> str:
    """A page with content, a menu and a footer around `body`."""
    menu = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("home", "papers", "people", "contact"))
    paragraphs = "".join(f"<p>{text}</p>\n" for _ in range(times))
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f'<link rel="stylesheet" href="/static/site.css"></head>\n<body><header><nav><ul>{menu}</ul></nav></header>\n'
        f"<main><h1>{title}</h1>\n{body}\n{paragraphs}</main>\n<footer>Contact us by mail. Imprint.</footer>"
        f'<script src="/static/site.js" defer></script></body></html>'
    )


def bare(title: str, body: str, *, head: str = "", lang: str = "en") -> str:
    """A page with only a body."""
    return f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'
