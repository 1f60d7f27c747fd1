"""The frame of every page: head, header with the search, footer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape

from generator.markdown.formulas import plain
from generator.markdown.marker import marker
from generator.publishing.site.assets import digest, version
from generator.publishing.site.frame.face import FACE, face_css
from generator.publishing.site.frame.forge import edit_url, suggest_url
from generator.publishing.site.html import attributes, script_json, text, web
from generator.publishing.site.model import Settings
from generator.publishing.site.strings import Strings, strings
from generator.sources.catalogue.model import Collection

__all__ = ["Shell", "shell", "words_script"]

# Pages load nothing from elsewhere; `file:` is for pages opened from disk, where some browsers don't count files as 'self'.
_CSP = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src data:; font-src data:; "
    "form-action 'self' file:; base-uri 'none'"
)
_CSP_LIVE = "; connect-src 'self'"
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Cpath d='M3 1h10v14l-5-4-5 4z' fill='%230b6478'/%3E%3C/svg%3E"
)
_ICON_COLOUR = "%230b6478"


@cache
def words_script(words: Strings) -> str:
    """A script that assigns the texts that other scripts show to `window.listkeeperWords`."""
    found = {"locale": words.language, **words.scripts()}
    return f"/* rendered from Listkeeper's own texts; it is the same for every collection */\nwindow.listkeeperWords = {script_json(found)};\n"


@dataclass(frozen=True, slots=True)
class Shell:
    """What a page puts into the frame. `path` is its path in the site, `source` what it is rendered from, `edit` its source file.

    `root` is where links to other pages begin; relative to `path` when absent.
    """

    path: str
    title: str
    source: str
    description: str = ""
    head: str = ""
    home: bool = False
    edit: str = ""
    root: str | None = None


def shell(page: Shell, content: str, collection: Collection, settings: Settings) -> str:
    """The whole page: `content` (HTML) in the frame."""
    words = strings(collection.site.language)
    root = text("../" * page.path.count("/") if page.root is None else page.root)
    name = text(plain(collection.title)) or escape(words("reading_lists"))
    title = name if page.home else f"{text(plain(page.title))} · {name}"
    logo = '<span class="logo"></span>' if settings.files.logo else ""
    face = face_css(collection.site, settings.files, settings.folder)
    return f"""{marker(page.source)}
<!doctype html>
<html lang="{words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_CSP}{_CSP_LIVE * settings.live}">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Listkeeper">
<title>{title}</title>
{_preview(page, name, settings, words)}
<link rel="icon" href="{_icon(collection)}">
<link rel="stylesheet" href="{root}assets/site.css?v={version("site.css")}">
{f'<link rel="stylesheet" href="{root}assets/{FACE}?v={digest(face)}">' if face else ""}
<script src="{root}assets/page.js?v={version("page.js")}"></script>
<script src="{root}assets/words.js?v={digest(words_script(words))}" defer></script>
<script src="{root}assets/search.js?v={version("search.js")}" defer></script>
{f'<script src="{root}assets/live.js" defer></script>' if settings.live else ""}
{page.head}
</head>
<body data-root="{root}">
<a class="skip" href="#ui:content">{escape(words("skip"))}</a>
<header class="{"bar home" if page.home else "bar"}">
<div class="inner">
{"" if page.home else f'<a class="brand" href="{root}index.html">{logo}<span dir="auto">{name}</span></a>'}
{_search(root, words)}
{_navigation(page, root, settings, words)}
</div>
</header>
<main id="ui:content" tabindex="-1">
<section id="ui:results" class="results" aria-label="{escape(words("js_results"))}" hidden></section>
<div id="ui:page">
{content}
</div>
</main>
<footer class="foot">
{_foot(page, collection, settings, words)}
</footer>
</body>
</html>
"""


def _preview(page: Shell, name: str, settings: Settings, words: Strings) -> str:
    """What search engines and messengers show of the page: description, address and Open Graph."""
    base = f"{settings.base_url.rstrip('/')}/" if settings.base_url and page.root is None else ""
    address = text(base + ("" if page.home else page.path)) if base else ""
    title = name if page.home else text(plain(page.title))
    graph = {"type": "website", "site_name": name, "title": title, "description": text(plain(page.description)), "url": address}
    graph["locale"] = words("locale")
    rows = [f'<meta name="description" content="{text(plain(page.description))}">'] if page.description else []
    rows += [f'<link rel="canonical" href="{address}">'] if address else []
    rows += [f'<meta property="og:{key}" content="{value}">' for key, value in graph.items() if value]
    return "\n".join(rows)


def _icon(collection: Collection) -> str:
    accent = collection.site.accent
    return _ICON.replace(_ICON_COLOUR, f"%23{accent.light[1:]}") if accent else _ICON


def _navigation(page: Shell, root: str, settings: Settings, words: Strings) -> str:
    pages = [
        ("index.html", "topics"),
        *([("new/index.html", "new")] if settings.news else []),
        *([("authors.html", "authors")] if settings.authors else []),
        ("health.html", "link_health"),
    ]
    rows = [
        f'<a href="{root}{path}"{attributes(**{"aria-current": "page" if page.path == path else ""})}>{escape(words(key))}</a>'
        for path, key in pages
    ]
    links = "\n".join(rows)
    return f"""<nav aria-label="{escape(words("site_nav"))}">
{links}
<button type="button" class="theme" data-theme-button aria-pressed="false" title="{escape(words("light_or_dark"))}">
<span class="visually-hidden">{escape(words("dark_mode"))}</span></button>
</nav>"""


def _search(root: str, words: Strings) -> str:
    """The search field; hidden without scripts, which it needs."""
    return f"""<form class="search" role="search" action="{root}index.html">
<input id="ui:search" type="search" name="q" autocomplete="off" spellcheck="false"
 aria-label="{escape(words("search_all"))}" placeholder="{escape(words("search_all"))}">
<kbd aria-hidden="true">/</kbd>
</form>"""


def _foot(page: Shell, collection: Collection, settings: Settings, words: Strings) -> str:
    parts = list[str]()
    source = edit_url(collection, f"{settings.folder}/{page.edit}") if page.edit else web(collection.repository or "")
    for address, key in ((source, "edit_page" if page.edit else "source"), (suggest_url(collection), "suggest")):
        if address:
            parts.append(f'<a href="{escape(address)}">{escape(words(key))}</a>')
    if collection.license:
        parts.append(words.html("licence", licence=text(collection.license)))
    parts.append(escape(words("made_with")))
    return "\n".join(f"<p>{part}</p>" for part in parts)
