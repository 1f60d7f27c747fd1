"""The frame of every page: head, header with the search, footer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape

from generator.markdown.marker import marker
from generator.publishing.site.assets import digest, version
from generator.publishing.site.html import attributes, href, script_json, text
from generator.publishing.site.model import Settings
from generator.publishing.site.strings import Strings, strings
from generator.sources.catalogue.model import Collection

__all__ = ["Shell", "shell", "words_script"]

# Pages load nothing from elsewhere; `file:` is for pages opened from disk, where some browsers don't count files as 'self'.
_CSP = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src data:; "
    "form-action 'self' file:; base-uri 'none'"
)
_CSP_LIVE = "; connect-src 'self'"
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Cpath d='M3 1h10v14l-5-4-5 4z' fill='%230b6478'/%3E%3C/svg%3E"
)


@cache
def words_script(words: Strings) -> str:
    """A script that assigns the texts that other scripts show to `window.listkeeperWords`."""
    found = {"locale": words.language, **words.scripts()}
    return f"/* rendered from Listkeeper's own texts; it is the same for every collection */\nwindow.listkeeperWords = {script_json(found)};\n"


@dataclass(frozen=True, slots=True)
class Shell:
    """What a page puts into the frame. `path` is its path in the site, `source` what it is rendered from, `edit` its source file."""

    path: str
    title: str
    source: str
    description: str = ""
    head: str = ""
    home: bool = False
    edit: str = ""


def shell(page: Shell, content: str, collection: Collection, settings: Settings) -> str:
    """The whole page: `content` (HTML) in the frame."""
    words = strings(collection.site.language)
    root = "../" * page.path.count("/")
    name = text(collection.title)
    title = name if page.home else f"{text(page.title)} · {name}"
    base = f"{settings.base_url.rstrip('/')}/" if settings.base_url else ""
    canonical = text(base + ("" if page.home else page.path)) if base else ""
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
{f'<meta name="description" content="{text(page.description)}">' if page.description else ""}
<link rel="icon" href="{_ICON}">
{f'<link rel="canonical" href="{canonical}">' if canonical else ""}
<link rel="stylesheet" href="{root}assets/site.css?v={version("site.css")}">
<script src="{root}assets/page.js?v={version("page.js")}"></script>
<script src="{root}assets/words.js?v={digest(words_script(words))}" defer></script>
<script src="{root}assets/search.js?v={version("search.js")}" defer></script>
{f'<script src="{root}assets/live.js" defer></script>' if settings.live else ""}
{page.head}
</head>
<body data-root="{root}">
<a class="skip" href="#ui:content">{escape(words("skip"))}</a>
<header class="{"bar home" if page.home else "bar"}">
{"" if page.home else f'<a class="brand" href="{root}index.html">{name}</a>'}
{_search(root, words)}
<nav aria-label="{escape(words("site_nav"))}">
{f'<a class="all" href="{root}index.html">{escape(words("topics"))}</a>' if not page.home else ""}
<a href="{root}health.html"{attributes(**{"aria-current": "page" if page.path == "health.html" else ""})}>{escape(words("link_health"))}</a>
<button type="button" class="theme" data-theme-button aria-pressed="false" title="{escape(words("light_or_dark"))}">
<span class="visually-hidden">{escape(words("dark_mode"))}</span></button>
</nav>
</header>
<main id="ui:content" tabindex="-1">
<section id="ui:results" class="results" aria-label="Search results" hidden></section>
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


def _search(root: str, words: Strings) -> str:
    """The search field; hidden without scripts, which it needs."""
    return f"""<form class="search" role="search" action="{root}index.html">
<input id="ui:search" type="search" name="q" autocomplete="off" spellcheck="false"
 aria-label="{escape(words("search_all"))}" placeholder="{escape(words("search_all"))}">
<kbd aria-hidden="true">/</kbd>
</form>"""


def _foot(page: Shell, collection: Collection, settings: Settings, words: Strings) -> str:
    parts = []
    repository = href(collection.repository or "")
    if repository:
        parts.append(
            f'<a href="{_source(repository, page.edit, settings)}">{escape(words("edit_page" if page.edit else "source"))}</a>'
        )
    if collection.license:
        parts.append(words.html("licence", licence=text(collection.license)))
    parts.append(escape(words("made_with")))
    return "\n".join(f"<p>{part}</p>" for part in parts)


def _source(repository: str, path: str, settings: Settings) -> str:
    if path and repository.startswith("https://github.com/"):
        return f"{repository.removesuffix('.git').rstrip('/')}/blob/HEAD/{text(settings.folder)}/{text(path)}"
    return repository
