"""Pages of authors: the entries of each person or group whose full name stands at two entries or more."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from urllib.parse import urlencode

from generator.markdown.text import clean
from generator.publishing.pages.outline import Outline
from generator.publishing.site.entry import CrossListing, author_name, author_path, author_url, pointer
from generator.publishing.site.frame import Shell, shell
from generator.publishing.site.model import Settings
from generator.publishing.site.strings import strings
from generator.sources.catalogue.model import Author, Collection

__all__ = ["AuthorPage", "author_page", "author_pages", "authors_page", "authors_path", "slugs"]

_LEAST = 2
_MAX_ENTRIES = 200
"""Maximum number of entries on a page; the newest are shown, and a search finds the others."""
_UNSAFE = re.compile(r"[^\w]+")
_MAX_SLUG = 60


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """The input of an author's page: name, address, number of entries, and those that are shown, newest first."""

    name: str
    slug: str
    count: int
    entries: tuple[CrossListing, ...]


def author_pages(outlines: Iterable[Outline]) -> tuple[AuthorPage, ...]:
    """The pages, by name. Equal full names are one author. Names with initials alone have no page, since several people share them."""
    found: dict[str, list[CrossListing]] = defaultdict(list)
    for outline in outlines:
        for entry, part in outline.places():
            listing = None
            for one in dict.fromkeys(map(_full_name, entry.authors)):
                if one:
                    listing = listing or CrossListing(
                        entry, outline.topic.slug, outline.topic.title, part.title if part else ""
                    )
                    found[one].append(listing)
    kept = {one: listings for one, listings in found.items() if len(listings) >= _LEAST}
    wanted = {one: _slug(one) for one in kept}
    taken = Counter(wanted.values())
    return tuple(
        AuthorPage(one, wanted[one] if taken[wanted[one]] == 1 else _distinct(one), len(kept[one]), _newest(kept[one]))
        for one in sorted(kept, key=_sort_key)
    )


def slugs(pages: Iterable[AuthorPage]) -> Mapping[str, str]:
    """The addresses' names by the authors' names."""
    return {page.name: page.slug for page in pages}


def authors_path() -> str:
    """The path of the page that lists all authors."""
    return "authors.html"


def author_page(page: AuthorPage, collection: Collection, settings: Settings) -> str:
    """The HTML of an author's page."""
    words = strings(collection.site.language)
    rows = "\n".join([pointer(listing, words, by=page.name) for listing in page.entries])
    query = urlencode({"q": f'"{page.name}"'})
    rest = page.count - len(page.entries)
    more = (
        f'<p class="note"><a href="../index.html?{escape(query)}">{escape(words.count("more", rest))}</a></p>' if rest else ""
    )
    content = f"""<article class="topic plain author">
<header class="head">
<h1 dir="auto">{escape(page.name)}</h1>
<p class="count">{escape(words.count("entry", page.count))}</p>
</header>
<div class="body">
<ul class="entries">
{rows}
</ul>
{more}
</div>
</article>"""
    about = words("author_entries", name=page.name)
    return shell(Shell(author_path(page.slug), page.name, f"{settings.folder}/", about), content, collection, settings)


def authors_page(pages: Iterable[AuthorPage], collection: Collection, settings: Settings) -> str:
    """The HTML of the page that lists all authors."""
    words = strings(collection.site.language)
    rows = "\n".join(
        f'<li><a href="{author_url(page.slug)}" dir="auto">{escape(page.name)}</a> '
        f'<span class="number" aria-hidden="true">{words.number(page.count)}</span>'
        f'<span class="visually-hidden">{escape(words.count("entry", page.count))}</span></li>'
        for page in pages
    )
    content = f"""<header class="head">
<h1>{escape(words("authors"))}</h1>
<p class="lead">{escape(words("authors_about"))}</p>
</header>
<ul class="people">
{rows}
</ul>"""
    own = Shell(authors_path(), words("authors"), f"{settings.folder}/", words("authors_about"))
    return shell(own, content, collection, settings)


@lru_cache(maxsize=65_536)
def _full_name(author: Author) -> str:
    """The name as shown; "" for a person whose given names are initials or missing."""
    shown = author_name(author)
    given = shown if author.literal else clean(author.given)
    full = any(len(word) > 1 and not word.endswith(".") for word in re.split(r"[\s-]+", given))
    return shown if full and (author.literal or author.family) else ""


def _newest(listings: Iterable[CrossListing]) -> tuple[CrossListing, ...]:
    ranked = sorted(listings, key=lambda one: (-(one.entry.publication_year or 0), one.entry.title or one.entry.id))
    return tuple(ranked[:_MAX_ENTRIES])


def _slug(shown: str) -> str:
    return _UNSAFE.sub("-", unicodedata.normalize("NFC", shown.casefold())).strip("-")[:_MAX_SLUG] or _distinct(shown)


def _distinct(shown: str) -> str:
    """An address for a name that shares its own with another name, or has no letters."""
    digest = sha256(shown.encode()).hexdigest()[:8]
    return f"{_UNSAFE.sub('-', shown.casefold()).strip('-')[:_MAX_SLUG]}-{digest}".lstrip("-")


def _sort_key(shown: str) -> tuple[str, str]:
    """By the last word of a name, which mostly is the family's, without accents."""
    plain = unicodedata.normalize("NFKD", shown.casefold())
    return plain.rpartition(" ")[2], plain
