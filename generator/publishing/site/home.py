"""Render the home page: description, kinds, all topics, downloads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from generator.markdown.anchors import Anchors
from generator.markdown.descriptions import first_paragraph
from generator.publishing.pages.index import first_sentence
from generator.publishing.site.downloads import collection_feed, collection_files
from generator.publishing.site.embedded import collection_json_ld
from generator.publishing.site.entry import kind_name
from generator.publishing.site.frame import Shell, shell
from generator.publishing.site.html import text
from generator.publishing.site.model import Health, Settings
from generator.publishing.site.news import NewEntry, newest, visit_script
from generator.publishing.site.prose import blocks, title_html, verbatim
from generator.publishing.site.strings import Strings, strings
from generator.publishing.site.topic import summary, topic_url
from generator.sources.catalogue.model import Catalogue, Collection, Topic
from linkcheck.model import Outcome

__all__ = ["home_page", "not_found_page"]

_MAX_KINDS = 8


def home_page(catalogue: Catalogue, health: Health, settings: Settings, news: Sequence[NewEntry] = ()) -> str:
    """The HTML of the page."""
    collection = catalogue.collection
    words = strings(collection.site.language)
    topics = "\n".join([_topic(topic, words) for topic in catalogue.topics])
    about = collection.description or ""
    content = f"""<header class="hero">
{'<span class="logo"></span>' if settings.files.logo else ""}
<h1 dir="auto">{title_html(collection.title) or escape(words("reading_lists"))}</h1>
<div class="lead">
{blocks(about, words) if about else ""}
</div>
<p class="facts">{" · ".join(_facts(catalogue, health, words))}</p>
{verbatim(collection.header, Anchors(), words, where="header", pictures=settings.files.pictures)}
</header>
{_kinds(catalogue, words)}
{newest(news, words)}
<h2{"" if news else ' class="visually-hidden"'}>{escape(words("topics"))}</h2>
<ul class="topics">
{topics}
</ul>
<section class="downloads" aria-labelledby="data">
<h2 id="data">{escape(words("download_lists"))}</h2>
<p class="note">{escape(words("all_in_one_file"))}</p>
{collection_files(words, opml=bool(settings.base_url))}
</section>
{verbatim(collection.footer, Anchors(), words, where="footer", pictures=settings.files.pictures)}"""
    own = Shell(
        "index.html",
        collection.title,
        f"{settings.folder}/",
        first_sentence(first_paragraph(about)) if about else "",
        f"{collection_feed(collection.title, words)}\n{collection_json_ld(catalogue, settings.base_url)}\n{visit_script(news, '')}",
        home=True,
    )
    return shell(own, content, collection, settings)


def _facts(catalogue: Catalogue, health: Health, words: Strings) -> Iterator[str]:
    yield words.count("entry", sum(1 for _ in catalogue.entries()))
    yield words.count("topic", len(catalogue.topics))
    if health.known:
        last = health.nights[-1]
        total, good = sum(count for _, count in last.counts), last.of(Outcome.ALIVE, Outcome.MOVED)
        known = words("known_to_work", good=words.number(good), links=words.count("link", total))
        yield f'<a href="health.html">{escape(known)}</a>, {escape(words("last_checked", day=words.day(last.day)))}'


def _kinds(catalogue: Catalogue, words: Strings) -> str:
    """Links to searches for the most common kinds; hidden without scripts, which they need."""
    counts = Counter(entry.kind for _, entry in catalogue.entries() if entry.kind != "other")
    if len(counts) < 2:
        return ""
    rows = "".join(
        f'<li><a href="index.html?kind={text(kind)}">{text(kind_name(kind, words))} <span>{words.number(count)}</span></a></li>'
        for kind, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MAX_KINDS]
    )
    return f'<nav class="kinds" aria-label="{escape(words("by_kind"))}"><ul>{rows}</ul></nav>'


def _topic(topic: Topic, words: Strings) -> str:
    about = summary(topic)
    count = sum(1 for _ in topic.walk())
    shown = f"<p>{title_html(about)}</p>" if about else ""
    title = title_html(topic.title) or escape(words("untitled"))
    number = f'<span class="number" aria-hidden="true">{words.number(count)}</span>'
    number += f'<span class="visually-hidden">{escape(words.count("entry", count))}</span>'
    return f'<li><h3><a href="{text(topic_url(topic.slug))}">{title}</a> {number}</h3>{shown}</li>'


def not_found_page(collection: Collection, settings: Settings) -> str:
    """The HTML of the page that servers show at addresses that don't exist; its links begin at the path of the site's address."""
    words = strings(collection.site.language)
    root = f"{urlsplit(settings.base_url).path.rstrip('/')}/"
    link = f'<a href="{text(root)}index.html">{escape(words("all_lists"))}</a>'
    content = f"""<article class="topic plain">
<header class="head">
<h1>{escape(words("not_found"))}</h1>
<p class="lead">{words.html("not_found_about", link=link)}</p>
</header>
</article>"""
    head = '<meta name="robots" content="noindex">'
    own = Shell("404.html", words("not_found"), f"{settings.folder}/", head=head, root=root)
    return shell(own, content, collection, settings)
