"""The build target "single": the collection as one page that awesome-lint and markdownlint accept.

Topics are its chapters. For a single topic, the page has the topic's title, and its sections are the chapters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from generator.markdown import descriptions, strict
from generator.markdown.anchors import Anchors, slug
from generator.markdown.marker import marker
from generator.markdown.text import heading, line_start, sentence, text, verbatim
from generator.publishing.pages.entry import item, named, pointer, target
from generator.publishing.pages.outline import Outline, Part, Pointer, Step, chapters
from generator.publishing.pages.references import References
from generator.sources.catalogue.links import urls_in
from generator.sources.catalogue.model import Catalogue, Entry, Topic
from generator.sources.catalogue.names import former, resolved

__all__ = ["render_single"]

_HOME = "https://awesome.re"
_BADGE = f"[![Awesome]({_HOME}/badge.svg)]({_HOME})"
_BADGES = re.compile(
    r"\[!\[[^\]]*\]\(https://awesome\.re/badge[\w-]*\.svg\)\]\(https://(?:awesome\.re|github\.com/sindresorhus/awesome)/?\) ?"
)
_HTML_TAG = re.compile(r"<([A-Za-z][\w-]*)(?=[\s/>])")
_TITLE_CASE = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*")
_ITEM = re.compile(r"\s*(?:[-+*]|\d+\.) ")
_NOTE = "Entries of other topics that also belong here:"
# Headings that awesome-lint wants outside the contents.
_UNLISTED = frozenset({"Contributing", "Footnotes", "Related Lists"})
# Link texts of a maintainer that markdownlint rejects, but that are kept.
_VAGUE_LINK = re.compile(r"\[(?:click here|here|link|more)\][(\[]", re.IGNORECASE)


def render_single(catalogue: Catalogue, *, folder: str = "lists") -> str:
    """The Markdown of the page, with LF line ends; equal catalogues give equal texts. `folder` is named as its source."""
    catalogue = resolved(catalogue)
    collection, topics = catalogue.collection, catalogue.topics
    alone = topics[0] if len(topics) == 1 else None
    shown, title = heading(alone.title if alone else collection.title)
    page = _Page([_header(collection.header), _header(alone.header if alone else None)],
                 [verbatim(alone.footer if alone else None), verbatim(collection.footer)])  # fmt: skip
    found, footer_parts = _chapters_with_anchors(catalogue, shown, [*page.headings(), "Contents"], page.footer)
    contents = _contents(found, footer_parts)
    if not contents:
        found, footer_parts = _chapters_with_anchors(catalogue, shown, page.headings(), page.footer)
    page.add(f"# {strict.inline(title)} {_BADGE}", *page.header)
    page.add(*page.description_blocks((alone.description if alone else None) or collection.description))
    page.add(*(("## Contents", "\n".join(contents)) if contents else ()))
    tops = {outline.topic.slug: top for top, outline, _ in found if top}
    taken = {
        *map(slug, (shown, "Contents", *page.headings())),
        *(part.anchor for part in (*_all_headings(found), *footer_parts)),
    }
    old = _former_anchors(topics, taken)
    for top, outline, pointers in found:
        page.add("\n".join(f'<a id="{anchor}"></a>' for anchor in old.get(outline.topic.slug, ()) if top))
        page.chapter(top, outline, pointers, tops)
    page.add(*page.footer, f"License of the lists: {sentence(text(collection.license))}" if collection.license else "")
    page.add(page.links.definitions())
    body = "\n".join(page.lines).lstrip("\n")
    titles = [
        shown,
        *page.headings(),
        *["Contents"] * bool(contents),
        *(part.title for part in (*_all_headings(found), *footer_parts)),
    ]
    first = bool(contents) and not any(page.headings())
    head = [
        marker(f"{folder.strip('/') or '.'}/"),
        *_lint_exceptions([*filter(None, titles)], body, page, contents_first=first),
    ]
    return "\n".join([*head, "", *_title_exception(shown), body]) + "\n"


_Chapter = tuple[Part | None, Outline, tuple[Pointer, ...]]


def _chapters_with_anchors(
    catalogue: Catalogue, title: str, before: Iterable[str], footer: Iterable[str]
) -> tuple[list[_Chapter], list[Part]]:
    """The chapters and the headings of the footer, with anchors numbered after those of the headings above."""
    anchors = Anchors()
    # Linters count the badge's text as part of the heading, GitHub doesn't; no anchor may equal either form.
    for words in (f"{title} Awesome", *before):
        anchors.add(words)
    found, footer_parts = chapters(catalogue, anchors), list[Part]()
    for level, words in (each for markdown in footer for each in descriptions.leveled_headings(markdown)):
        plain, escaped = heading(words)
        footer_parts.append(Part(level, plain, escaped, anchors.add(words)))
    return found, footer_parts


def _former_anchors(topics: Iterable[Topic], taken: set[str]) -> dict[str, list[str]]:
    """Anchors of former topic headings, by topic slug, except those of current headings."""
    found: dict[str, list[str]] = {}
    for alias, topic in former(topics).items():
        anchor = slug(alias.replace("_", "-"))
        if anchor and anchor not in taken:
            taken.add(anchor)
            found.setdefault(topic.slug, []).append(anchor)
    return found


def _all_headings(found: Iterable[_Chapter]) -> list[Part]:
    return [part for top, outline, _ in found for part in ((top,) if top else ()) + outline.headings()]


def _contents(found: Iterable[_Chapter], footer_parts: Iterable[Part]) -> list[str]:
    """The lines of the table of contents: topics (for a single topic its sections), then the headings of the footer.

    Empty where a heading has no anchor because it is all punctuation, or where the first is one that awesome-lint wants left out;
    GitHub shows a table of contents anyway.
    """
    found = list(found)
    alone = found[0][0] is None if found else False
    parts = [part for part in _all_headings(found) if part.level == 2 or (alone and part.level == 3)]
    tops = [part for part in parts if part.level == 2]
    if len(tops) < 2 or tops[0].title in _UNLISTED or not all(part.anchor for part in parts):
        return []
    closing = [part for part in footer_parts if part.level == 2]
    return list(_rows([*parts, *closing])) if all(part.anchor for part in closing) else []


class _Page:
    """A page being built: its lines and the links on it."""

    def __init__(self, header: Iterable[str], footer: Iterable[str]) -> None:
        self.header, self.footer = [*filter(None, header)], [*filter(None, footer)]
        self.links = References()
        self.lines: list[str] = []
        verbatim_texts = [*self.header, *self.footer]
        for url in (url for markdown in verbatim_texts for url in urls_in(markdown)):
            self.links.note(url)
        self.html_tags = {tag.lower() for markdown in verbatim_texts for tag in _HTML_TAG.findall(markdown)}
        self.has_duplicate_links = self.links.has_duplicates(
            [_HOME, *(url for markdown in verbatim_texts for url in descriptions.link_targets(markdown))]
        )

    def headings(self) -> Iterator[str]:
        for markdown in self.header:
            yield from descriptions.headings(markdown)

    def add(self, *blocks: str) -> None:
        for block in filter(None, blocks):
            # Two adjacent lists would be read as one.
            if _ITEM.match(block) and self.lines and _ITEM.match(self.lines[-1].rpartition("\n")[2]):
                self.lines += ["", "<!-- and -->"]
            self.lines += ["", block]

    def description_blocks(self, description: str | None) -> Iterator[str]:
        """The Markdown blocks of a description."""
        for block in descriptions.blocks(description) if description else ():
            yield strict.block(strict.relinked(block, self.links.link))

    def chapter(self, top: Part | None, outline: Outline, pointers: tuple[Pointer, ...], tops: Mapping[str, Part]) -> None:
        if top:
            self._heading(top)
        if outline.start:
            self._heading(outline.start)
            self.add("\n".join(self._step(number, step) for number, step in enumerate(outline.steps, 1)))
        self.add("\n".join(map(self._entry, outline.unsectioned)))
        for part in outline.parts:
            self._heading(part)
            self.add("\n".join(map(self._entry, part.entries)))
        if outline.see_also:
            self._heading(outline.see_also)
            self.add(_NOTE, "\n".join(self._pointer(each, tops) for each in pointers))
        related = [
            self._topic_link(tops[slug]) for slug in dict.fromkeys(outline.topic.related) if slug in tops and tops[slug] != top
        ]
        self.add(f"Related topics: {', '.join(related)}." if related else "")

    def _heading(self, part: Part) -> None:
        self.add(f"{'#' * part.level} {strict.inline(part.markdown)}", *self.description_blocks(part.description))

    def _entry(self, entry: Entry) -> str:
        line, url, shown = item(entry), target(entry), named(entry)
        if not url or entry.state == "dead":
            return strict.unlinked_item(strict.relinked(line, self.links.link))
        # Linters only compare the first link of an item with others.
        description = line.removeprefix(f"- [{shown}]({url})").removeprefix(" - ")
        return f"- [{strict.inline(shown)}]{self.links.link(url)}{strict.described(shown, description)}"

    def _step(self, number: int, step: Step) -> str:
        reason, url, shown = text(step.reason), target(step.entry), named(step.entry)
        description = sentence(reason) if reason else ""
        if url:
            return f"{number}. [{strict.inline(shown)}]{self.links.reference(url)}{strict.described(shown, description)}"
        return (
            f"{number}. {line_start(strict.unlinked_item(f'- {shown} - {description}' if description else f'- {shown}')[2:])}"
        )

    def _pointer(self, each: Pointer, tops: Mapping[str, Part]) -> str:
        top = tops[each.topic.slug]
        place = f"{top.markdown}: {each.part.markdown}" if each.part else top.markdown
        url, shown = target(each.entry), named(each.entry)
        line = pointer(each.entry, "\0")
        at = self._anchor_link(place, (each.part or top).anchor)
        if not url:
            return strict.unlinked_item(line.replace("\0", at))
        description = line.removeprefix(f"- [{shown}]({url}) - ").replace("\0", at)
        return f"- [{strict.inline(shown)}]{self.links.reference(url)}{strict.described(shown, description)}"

    def _topic_link(self, part: Part) -> str:
        return self._anchor_link(strict.inline(part.markdown), part.anchor)

    def _anchor_link(self, markdown: str, anchor: str) -> str:
        return f"[{markdown}]{self.links.anchor(anchor)}" if anchor else markdown


def _header(markdown: str | None) -> str:
    """A header as written, without the awesome badge, which is beside the title already."""
    return verbatim(_BADGES.sub("", markdown or ""))


def _rows(parts: Iterable[Part]) -> Iterator[str]:
    listed = True
    for part in parts:
        listed = part.title not in _UNLISTED if part.level == 2 else listed
        if listed:
            yield f"{'  ' * (part.level - 2)}- [{strict.inline(part.markdown)}](#{part.anchor})"


def _lint_exceptions(titles: list[str], body: str, page: _Page, *, contents_first: bool) -> list[str]:
    """Comments that disable linter rules broken by verbatim Markdown or headings, which are kept as written."""
    markdownlint = {
        "MD024": len(set(titles)) < len(titles),
        "MD033": '\n<a id="' in body or bool(page.html_tags),
        "MD026": any(title[-1] in ".,;:!。，；：！" for title in titles),
        "MD045": "img" in page.html_tags,
        "MD059": _VAGUE_LINK.search(body) is not None,
    }
    lint = {
        "no-heading-punctuation": any(title[-1] in ".,;:!?" for title in titles),
        "awesome-license": any(title.lower() in {"license", "licence"} for title in titles),
        "double-link": page.has_duplicate_links,
        "awesome-toc": not contents_first and "Contents" in titles,
    }
    found = [
        f"<!-- markdownlint-disable {' '.join(names)} -->"
        if (names := [name for name, on in markdownlint.items() if on])
        else "",
        f"<!-- lint disable {' '.join(names)} -->" if (names := [name for name, on in lint.items() if on]) else "",
    ]
    return [*filter(None, found)]


def _title_exception(title: str) -> list[str]:
    """A comment that disables the title-case rule for a title that may break it (awesome-lint knows no names)."""
    return [] if _TITLE_CASE.fullmatch(title) else ["<!-- lint ignore awesome-heading -->", ""]
