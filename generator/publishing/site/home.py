"""Render the home page: description, kinds, all topics, downloads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.markdown.anchors import Anchors
from generator.markdown.descriptions import first_paragraph
from generator.publishing.pages.index import first_sentence
from generator.publishing.site.downloads import collection_feed, collection_files
from generator.publishing.site.entry import KINDS, day
from generator.publishing.site.html import text
from generator.publishing.site.json_ld import collection_json_ld
from generator.publishing.site.layout import Shell, shell
from generator.publishing.site.model import Health, Settings
from generator.publishing.site.prose import blocks, title_html, verbatim
from generator.publishing.site.topic import summary, topic_url
from generator.reporting.phrases import counted
from generator.sources.catalogue.model import Catalogue, Topic
from linkcheck.model import Outcome

__all__ = ["home_page"]

_MAX_KINDS = 8


def home_page(catalogue: Catalogue, health: Health, settings: Settings) -> str:
    """The HTML of the page."""
    collection = catalogue.collection
    topics = "\n".join(map(_topic, catalogue.topics))
    about = collection.description or ""
    content = f"""<header class="hero">
<h1>{title_html(collection.title) or "Reading lists"}</h1>
<div class="lead">
{blocks(about) if about else ""}
</div>
<p class="facts">{" · ".join(_facts(catalogue, health))}</p>
{verbatim(collection.header, Anchors(), where="header")}
</header>
{_kinds(catalogue)}
<h2 class="visually-hidden">Topics</h2>
<ul class="topics">
{topics}
</ul>
<section class="downloads" aria-labelledby="data">
<h2 id="data">Download the lists</h2>
<p class="note">All entries in one file. The page of each topic has files of its own.</p>
{collection_files()}
</section>
{verbatim(collection.footer, Anchors(), where="footer")}"""
    own = Shell(
        "index.html",
        collection.title,
        f"{settings.folder}/",
        first_sentence(first_paragraph(about)) if about else "",
        f"{collection_feed(collection.title)}\n{collection_json_ld(catalogue, settings.base_url)}",
        home=True,
    )
    return shell(own, content, collection, settings)


def _facts(catalogue: Catalogue, health: Health) -> Iterator[str]:
    yield counted(sum(1 for _ in catalogue.entries()), "entry", "entries")
    yield counted(len(catalogue.topics), "topic")
    if health.known:
        last = health.nights[-1]
        total, good = sum(count for _, count in last.counts), last.of(Outcome.ALIVE, Outcome.MOVED)
        yield f'<a href="health.html">{good:,} of {counted(total, "link")} known to work</a>, last checked on {day(last.day)}'


def _kinds(catalogue: Catalogue) -> str:
    """Links to searches for the most common kinds; hidden without scripts, which they need."""
    counts = Counter(entry.kind for _, entry in catalogue.entries() if entry.kind != "other")
    if len(counts) < 2:
        return ""
    rows = "".join(
        f'<li><a href="index.html?kind={text(kind)}">{text(KINDS.get(kind, kind))} <span>{count:,}</span></a></li>'
        for kind, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MAX_KINDS]
    )
    return f'<nav class="kinds" aria-label="By kind"><ul>{rows}</ul></nav>'


def _topic(topic: Topic) -> str:
    about = summary(topic)
    count = sum(1 for _ in topic.walk())
    shown = f"<p>{title_html(about)}</p>" if about else ""
    return (
        f'<li><h3><a href="{text(topic_url(topic.slug))}">{title_html(topic.title) or "Untitled"}</a> '
        f'<span class="number">{count:,}<span class="visually-hidden"> {"entry" if count == 1 else "entries"}</span></span></h3>{shown}</li>'
    )
