"""What an import promises, tried out: nothing lost in silence, and the page that is rendered of it reads as the same topic.

The links of a source are counted by `importers.found`, which knows nothing of how the list was understood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from generator.importing.imported import Imported, LeftOut
from generator.importing.link_extraction import links_in_markdown, links_in_text
from generator.importing.markdown.addresses import url_key
from generator.importing.markdown.page import read_page
from generator.markdown.autolinks import may_link
from generator.markdown.html_tags import WRITTEN
from generator.publishing.pages import render_pages
from generator.sources.catalogue.fields import columns
from generator.sources.catalogue.identifiers import doi_page
from generator.sources.catalogue.model import Catalogue, Collection, Entry, Topic
from generator.sources.catalogue.write import same, topic_text
from linkcheck.identity import identify
from linkcheck.model import Link
from linkcheck.urls import web

__all__ = ["Account", "account", "account_of_data", "links_of_topics", "settled"]

_ROUNDS = 5
_LATEX = re.compile(r"\\([&_%#~{}$])")
_UNKNOWN = "it was not understood"


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a source's links: `found` is how many it has, `imported` how many of them the topics hold."""

    found: int
    imported: int
    left: tuple[LeftOut, ...]

    @property
    def whole(self) -> bool:
        """Whether every link is in the topics or told as left out."""
        return self.found == self.imported + len(self.left)


def account(source: str, imported: Imported, known: Callable[[str], bool] = lambda _: False) -> Account:
    """Every http(s) link of a source, held against those of the topics; each that is missing is told with line and reason.

    `known` are links that need no counting: they stand at entries that were there before.
    """
    found = [link for link in links_in_markdown(source, imported.path, WRITTEN) if web(link.url)]
    return _held(found, imported, links_of_topics(imported.topics), known)


def account_of_data(source: str, imported: Imported) -> Account:
    """The same for a text that is data: every address that stands in it, identifiers written as addresses among them."""
    found = [link for link in links_in_text(_LATEX.sub(r"\1", source), imported.path) if web(link.url)]
    kept = [*links_of_topics(imported.topics), *_in_texts(imported.topics)]
    named = {identity for url in kept for identity in identify(url)}
    return _held(found, imported, kept, lambda url: any(identity in named for identity in identify(url)))


def _held(found: list[Link], imported: Imported, kept: Iterable[str], known: Callable[[str], bool]) -> Account:
    counts = Counter(url_key(url) for url in kept)
    reasons = {url_key(one.url): one for one in imported.left if one.url}
    left = tuple(_missing(found, counts, reasons, known))
    return Account(len(found), len(found) - len(left), left)


def _missing(
    found: Iterable[Link], kept: Counter[str], reasons: dict[str, LeftOut], known: Callable[[str], bool]
) -> Iterator[LeftOut]:
    for link in found:
        key = url_key(link.url)
        if kept[key] > 0:
            kept[key] -= 1
        elif not known(link.url):
            told = reasons.get(key)
            yield LeftOut(link.url, told.reason if told else _UNKNOWN, link.place.line or (told.line if told else 0), link.url)


def _in_texts(topics: Iterable[Topic]) -> Iterator[str]:
    """Addresses within the plain fields of entries: abstracts, columns, and the page that a DOI or arXiv id resolves to."""
    for topic in topics:
        for entry in topic.walk():
            texts = [entry.abstract or "", entry.description or "", *(value for _, value in columns(entry))]
            yield from (link.url for text in texts if may_link(text) for link in links_in_text(text, ""))
            yield from [doi_page(entry.doi)] if entry.doi else []
            yield from [f"https://arxiv.org/abs/{entry.arxiv}"] if entry.arxiv else []


def links_of_topics(topics: Iterable[Topic]) -> Iterator[str]:
    """Every link to the web that the topics hold, as often as they hold it, images of headers and footers included."""
    return filter(web, _links(topics))


def _links(topics: Iterable[Topic]) -> Iterator[str]:
    for topic in topics:
        for text in (topic.header, topic.footer):
            if text:
                yield from (link.url for link in links_in_markdown(text, "", WRITTEN))
        yield from _in(topic.description)
        pages = {entry.id: entry.page[1] for entry in topic.walk() if entry.page} if topic.start else {}
        yield from (pages[step.id] for step in topic.start if step.id in pages)
        for entry in topic.walk():
            yield from _of(entry)
        for top in topic.sections:
            for section in top.walk():
                yield from _in(section.description)


def _in(text: str | None) -> Iterable[str]:
    if not text or not may_link(text):
        return ()
    # A page shows a footnote's text as text: nothing on it refers to a footnote.
    return [link.url for link in links_in_markdown(text.replace("[^", "\\[^"), "", WRITTEN)]


def _of(entry: Entry) -> Iterator[str]:
    if entry.page:
        yield entry.page[1]
    for _, urls in entry.links:
        yield from urls
    if entry.archive_url:
        yield entry.archive_url
    yield from _in(entry.description)


def settled(topic: Topic) -> tuple[Topic, str, str, int]:
    """A topic that its own page gives back, its source, that page, and how often it had to be read for that (1 is at once).

    0 rounds mean that none of them agreed: the topic is the last, and its page will read otherwise.
    """
    for round_ in range(1, _ROUNDS + 1):
        page = _page(topic)
        again = replace(read_page(page, f"{topic.slug}.md").topics[0], path=topic.path)
        if same(topic, again):
            return topic, topic_text(topic), page, round_
        topic = again
    return topic, topic_text(topic), _page(topic), 0


def _page(topic: Topic) -> str:
    return render_pages(Catalogue(Collection(), (topic,)))[f"lists/{topic.slug}.md"]
