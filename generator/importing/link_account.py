"""The account of a source's links: each is in the topics, or reported as left out with its line.

The links of a source are counted by `link_extraction`, which knows nothing of how the list was understood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.importing.imported import Imported, LeftOut
from generator.importing.link_extraction import links_in_markdown, links_in_text
from generator.importing.page.addresses import url_key
from generator.importing.page.blocks import without_gaps
from generator.importing.topic.own_page import without_frame
from generator.markdown.autolinks import may_link
from generator.markdown.html_tags import WRITTEN
from generator.markdown.marker import is_rendered
from generator.sources.catalogue.fields import columns
from generator.sources.catalogue.identifiers import doi_page
from generator.sources.catalogue.model import Entry, Topic
from linkcheck.identity import identify
from linkcheck.model import Link
from linkcheck.urls import web

__all__ = ["Account", "account", "account_of_data", "links_of_topics"]

_LATEX = re.compile(r"\\([&_%#~{}$])")
_ANCHOR = re.compile(r"(?:\./|(?:\./)?readme\.md)?#|$", re.IGNORECASE)
_UNKNOWN = "it was not understood"


@dataclass(frozen=True, slots=True)
class Account:
    """The account of a source's links: `found` is how many it has, `imported` how many of them the topics hold.

    Links within the page count where they aren't a table of contents or a way back to the top.
    """

    found: int
    imported: int
    left: tuple[LeftOut, ...]

    @property
    def whole(self) -> bool:
        """Whether every link is in the topics or reported as left out."""
        return self.found == self.imported + len(self.left)


def account(source: str, imported: Imported, known: Callable[[str], bool] = lambda _: False) -> Account:
    """Every link and image of a page, compared with those of the topics; each that is missing is reported with line and reason.

    `known` are links that need no counting: they stand at entries that were there before.
    """
    if is_rendered(source):
        source = without_frame(source)
    found = [link for link in links_in_markdown(without_gaps(source), imported.path, WRITTEN) if not _ANCHOR.match(link.url)]
    within = tuple(one for one in imported.left if one.kind == "anchor")
    compared = _compared(found, imported, links_of_topics(imported.topics), known)
    return Account(
        compared.found + len(within), compared.imported, tuple(sorted((*compared.left, *within), key=lambda one: one.line))
    )


def account_of_data(source: str, imported: Imported) -> Account:
    """The same for a text that is data: every address of the web in it, identifiers written as addresses among them."""
    found = [link for link in links_in_text(_LATEX.sub(r"\1", source), imported.path) if web(link.url)]
    kept = [*links_of_topics(imported.topics), *_in_texts(imported.topics)]
    named = {identity for url in kept for identity in identify(url)}
    return _compared(found, imported, kept, lambda url: any(identity in named for identity in identify(url)))


def _compared(found: list[Link], imported: Imported, kept: Iterable[str], known: Callable[[str], bool]) -> Account:
    counts = Counter(map(url_key, kept))
    reasons: dict[str, list[LeftOut]] = {}
    for one in imported.left:
        if one.url:
            reasons.setdefault(url_key(one.url), []).append(one)
    left = tuple(_missing(found, counts, reasons, known))
    return Account(len(found), len(found) - len(left), left)


def _missing(
    found: Iterable[Link], kept: Counter[str], reasons: dict[str, list[LeftOut]], known: Callable[[str], bool]
) -> Iterator[LeftOut]:
    for link in found:
        key = url_key(link.url)
        if kept[key] > 0:
            kept[key] -= 1
        elif not known(link.url):
            given = reasons.get(key)
            one = given.pop(0) if given and len(given) > 1 else given[0] if given else LeftOut(link.url, _UNKNOWN)
            yield LeftOut(link.url, one.reason, link.place.line or one.line, link.url, one.kind)


def _in_texts(topics: Iterable[Topic]) -> Iterator[str]:
    """Addresses within the plain fields of entries: abstracts, columns, and the page that a DOI or arXiv id resolves to."""
    for topic in topics:
        for entry in topic.walk():
            texts = [entry.abstract or "", entry.description or "", *(value for _, value in columns(entry))]
            yield from (link.url for text in texts if may_link(text) for link in links_in_text(text, ""))
            yield from [doi_page(entry.doi)] if entry.doi else []
            yield from [f"https://arxiv.org/abs/{entry.arxiv}"] if entry.arxiv else []


def links_of_topics(topics: Iterable[Topic]) -> Iterator[str]:
    """Every link that the topics hold, as often as they hold it, links and images of headers and footers included."""
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
