"""Render a maintainer's Markdown as HTML: descriptions with raw HTML as text, headers and footers with safe HTML as HTML.

Formulas are MathML. Pictures of files beside the sources are part of the page. Those of other sites aren't loaded: their texts stand instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape, unescape
from pathlib import PurePosixPath
from types import MappingProxyType

from generator.markdown.anchors import Anchors
from generator.markdown.descriptions import displayed, is_plain, local_picture, parse, tokens_of
from generator.markdown.formulas import fault, formulas, mathml, plain, spelled
from generator.markdown.html_tags import SAFE, entities, tags
from generator.markdown.inline import Token, plain_text
from generator.markdown.text import clean
from generator.publishing.site.html import attributes, block_text, href, text
from generator.publishing.site.strings import Strings, strings

__all__ = ["blocks", "line", "title_html", "verbatim"]

Resolve = Callable[[str], str]

_PARAGRAPH = re.compile(r"\n\s*\n")
_TAGS = {"emphasis": "em", "strong": "strong", "strikethrough": "del"}
_HELD = re.compile("\ue000(\\d+)\ue001")
_PRIVATE = re.compile("[\ue000\ue001]")
_ATTRIBUTES = {
    "*": {"id", "dir", "lang"},
    "a": {"href", "name"},
    "details": {"open"},
    "ol": {"start"},
    **{name: {"align"} for name in ("div", "p", "h2", "h3", "h4", "h5", "h6")},
    **{name: {"align", "colspan", "rowspan"} for name in ("td", "th")},
}
_SIDES = frozenset(("left", "right", "center"))
_ID = re.compile(r"[\w.-]{1,200}")
_RESERVED = frozenset(("listkeeper",))
"""Ids that would stand for a global variable of our scripts."""
_MAIL = re.compile(r"mailto:[^\s<>\"]{1,300}", re.IGNORECASE)
_EMPTY_LINK = re.compile(r"<a((?: [^<>]*)?)>\s*</a>")
_OWN_ID = re.compile(r' (?:id|name)="([^"]*)"')
_EMPTY = re.compile(r"<(p|div|center|span|b|strong|em|i)(?: [^<>]*)?>\s*</\1>")
_NO_PICTURES: Mapping[str, str] = MappingProxyType({})
_SIZE = re.compile(r"[1-9]\d{0,3}")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def title_html(value: str) -> str:
    """A plain text on one line as HTML, its formulas as MathML."""
    shown = clean(value)
    out, at = "", 0
    for one in formulas(shown):
        if one.start == 0 and one.end == len(shown):
            return _alone(one.tex)
        out += escape(shown[at : one.start]) + _formula(one.tex, display=False)
        at = one.end
    return out + escape(shown[at:])


def line(source: str) -> str:
    """A description as inline HTML, its blocks joined by spaces."""
    if is_plain(source):
        return text(source)
    writer = _Writer(2, strings("en"))  # which needs no words for what stands on one line
    return " ".join(filter(None, (writer.inline(part).strip() for part in _inline_tokens(parse(source)))))


def blocks(source: str, words: Strings, *, level: int = 2) -> str:
    """A description as HTML blocks, with headings from `level`."""
    if is_plain(source):
        return "\n".join(f"<p>{shown}</p>" for part in _PARAGRAPH.split(source) if (shown := text(part)))
    return "\n".join(_Writer(level, words).blocks(parse(source)))


def verbatim(
    markdown: str | None,
    anchors: Anchors,
    words: Strings,
    *,
    where: str,
    resolve: Resolve = lambda _: "",
    pictures: tuple[tuple[str, str], ...] = (),
) -> str:
    """A header or footer in a `div`, its raw HTML without what could run, load or look like our own; "" for None.

    Headings get their anchors from `anchors`, which GitHub's page has as well. `resolve` gives the URL for a relative one, or "".
    `where` makes the ids of footnotes unique; `pictures` are paths beside the sources with `data:` URLs.
    """
    if not markdown:
        return ""
    import nh3

    writer = _Writer(2, words, anchors=anchors, notes=where, resolve=resolve, pictures=dict(pictures))
    html = "\n".join(writer.blocks(tokens_of(_PRIVATE.sub("", markdown))))
    cleaned = nh3.clean(
        html,
        tags=set(SAFE - {"h1"}),
        attributes=_ATTRIBUTES,
        attribute_filter=writer.attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        clean_content_tags={"script", "style", "title", "textarea", "iframe", "noscript", "svg", "math", "template", "object"},
    )
    cleaned = _EMPTY_LINK.sub(_anchor_only, cleaned)
    for _ in range(3):
        cleaned = _EMPTY.sub("", cleaned)
    cleaned = cleaned.replace("<table", f"{_wide(words)}<table").replace("</table>", "</table></div>")
    shown = _HELD.sub(lambda held: writer.held[int(held[1])], cleaned).strip()
    return f'<div class="verbatim">{shown}</div>' if shown else ""


def _anchor_only(link: re.Match[str]) -> str:
    own = _OWN_ID.search(link[1])
    return f'<span id="{own[1]}"></span>' if own else ""


def _formula(tex: str, *, display: bool) -> str:
    found = mathml(tex, display=display)
    return found or f'<code class="tex"{attributes(title=fault(tex))}>{escape(spelled(tex, display=display))}</code>'


def _alone(tex: str) -> str:
    """A formula without any text beside it, which programs that read a page aloud would take for no text at all."""
    found = _formula(tex, display=False)
    shown = escape(plain(spelled(tex, display=False)))
    return f'<span aria-hidden="true">{found}</span><span class="visually-hidden">{shown}</span>'


def _wide(words: Strings) -> str:
    return f'<div class="wide" role="group" tabindex="0" aria-label="{escape(words("table"))}">'


def _inline_tokens(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    for token in tokens:
        if token["type"] in {"paragraph", "block_text", "heading", "table_cell"}:
            yield token["children"]
        elif token["type"] == "block_math":
            yield [{"type": "inline_math", "raw": token["raw"], "attrs": {"display": False}}]
        elif "children" in token:
            yield from _inline_tokens(token["children"])
        elif token.get("raw"):
            yield [{"type": "text" if token["type"] == "block_html" else "codespan", "raw": token["raw"]}]


class _Writer:
    """Writes tokens as HTML. With `notes`, raw HTML stays for the sanitiser, and what it wouldn't let pass is `held` back."""

    def __init__(
        self,
        level: int,
        words: Strings,
        *,
        anchors: Anchors | None = None,
        notes: str = "",
        resolve: Resolve = lambda _: "",
        pictures: Mapping[str, str] = _NO_PICTURES,
    ) -> None:
        self._pictures = pictures
        self._level, self._words, self._anchors, self._notes, self._resolve = level, words, anchors, notes, resolve
        self._ranks: tuple[int, int] | None = None
        self._ids: set[str] = set()
        self._referred: set[str] = set()
        self.held: list[str] = []

    def blocks(self, tokens: Iterable[Token]) -> Iterator[str]:
        """The HTML of each block."""
        for token in tokens:
            yield from filter(None, [self._block(token)])

    def _block(self, token: Token) -> str:
        match token["type"]:
            case "paragraph" if display := displayed(token):
                return self._keep(self._display(display))
            case "paragraph":
                shown = self.inline(token["children"]).strip()
                return f"<p>{shown}</p>" if shown else ""
            case "block_text":
                return self.inline(token["children"]).strip()
            case "heading":
                return self._heading(token)
            case "list":
                return self._list(token)
            case "block_quote":
                return f"<blockquote>{' '.join(self.blocks(token['children']))}</blockquote>"
            case "block_code" if ((token.get("attrs") or {}).get("info") or "") == "math":
                return self._keep(self._display(token["raw"].strip()))
            case "block_math":
                return self._keep(self._display(token["raw"]))
            case "block_code":
                return f"<pre><code>{block_text(token['raw'])}</code></pre>"
            case "table":
                return self._table(token)
            case "thematic_break":
                return "<hr>"
            case "block_html":
                return self._html(token["raw"]) if self._notes else f"<p>{text(token['raw'])}</p>"
            case "footnotes":
                return self._footnotes(token)
            case _:
                return ""

    def inline(self, tokens: Iterable[Token]) -> str:
        """The HTML of inline tokens."""
        return "".join(map(self._piece, tokens))

    def attribute(self, element: str, name: str, value: str) -> str | None:
        """The value of an attribute that may stay; None for others (the sanitiser asks for each)."""
        if name in {"id", "name"}:
            own = value.removeprefix("user-content-")
            if not _ID.fullmatch(own) or own in _RESERVED or own in self._ids:
                return None
            self._ids.add(own)
            return own
        if name == "align":
            return value if value.lower() in _SIDES else None
        if element == "a" and name == "href":
            return self._address(value) or None
        return value

    def _address(self, url: str) -> str:
        """The URL of a link, unescaped; "" if it may not be one."""
        written = url.strip()
        if written.startswith("#"):
            return f"#{written[1:].removeprefix('user-content-')}"
        if _MAIL.fullmatch(written):
            return written
        return unescape(href(written)) or self._resolve(written)

    def _display(self, tex: str) -> str:
        label = escape(self._words("formula"))
        return f'<div class="display" role="group" tabindex="0" aria-label="{label}">{_formula(tex, display=True)}</div>'

    def _keep(self, html: str) -> str:
        """HTML of ours, in the text or held back from the sanitiser."""
        if not self._notes:
            return html
        self.held.append(html)
        return f"\ue000{len(self.held) - 1}\ue001"

    def _heading(self, token: Token) -> str:
        """A heading one level below the last at most, so that the outline has no gaps."""
        own = token["attrs"]["level"]
        first, last = self._ranks or (own, self._level - 1)
        rank = min(self._level + max(own - first, 0), last + 1, 6)
        self._ranks = first, rank
        anchor = self._anchors.add(clean(plain_text(token["children"]))) if self._anchors else ""
        return f"<h{rank}{attributes(id=anchor)}>{self.inline(token['children']).strip()}</h{rank}>"

    def _list(self, token: Token) -> str:
        tag = "ol" if token["attrs"]["ordered"] else "ul"
        start = token["attrs"].get("start", 1)
        items = []
        for item in token["children"]:
            box = ""
            if item["type"] == "task_list_item":
                done = item["attrs"]["checked"]
                state = f'{" checked" * done} aria-label="{escape(self._words("done" if done else "to_do"))}"'
                box = self._keep(f'<input type="checkbox" disabled{state}>') + " "
            items.append(f"<li>{box}{chr(10).join(self.blocks(item['children']))}</li>")
        first = f' start="{int(start)}"' if tag == "ol" and start != 1 else ""
        return f"<{tag}{first}>{''.join(items)}</{tag}>"

    def _table(self, token: Token) -> str:
        head, *bodies = token["children"]
        rows = "".join(f"<tr>{self._cells(row)}</tr>" for body in bodies for row in body["children"])
        table = f"<table><thead><tr>{self._cells(head)}</tr></thead>{f'<tbody>{rows}</tbody>' if rows else ''}</table>"
        return table if self._notes else f"{_wide(self._words)}{table}</div>"

    def _cells(self, row: Token) -> str:
        cells = []
        for cell in row["children"]:
            children = cell["children"]
            alone = len(children) == 1 and children[0]["type"] == "inline_math"
            content = self._keep(_alone(children[0]["raw"])) if alone else self.inline(children).strip()
            # A column without a title has no header cell, which would be an empty one.
            tag = "th" if cell["attrs"]["head"] and content else "td"
            cells.append(f"<{tag}{attributes(align=cell['attrs']['align'] or '')}>{content}</{tag}>")
        return "".join(cells)

    def _footnotes(self, token: Token) -> str:
        items = []
        for item in token["children"]:
            number = item["attrs"]["index"]
            back = f'<a href="#{self._notes}-ref-{number}" aria-label="{escape(self._words("back_to_text"))}">↩</a>'
            items.append(
                f'<li id="{self._notes}-note-{number}">{" ".join(self.blocks(item["children"]))} {self._keep(back)}</li>'
            )
        return f"<hr><ol>{''.join(items)}</ol>"

    def _piece(self, token: Token) -> str:
        kind = token["type"]
        match kind:
            case "emphasis" | "strong" | "strikethrough":
                return f"<{_TAGS[kind]}>{self.inline(token['children'])}</{_TAGS[kind]}>"
            case "codespan":
                return f"<code>{text(token['raw'])}</code>"
            case "inline_math":
                return self._keep(_formula(token["raw"], display=False))
            case "footnote_ref":
                return self._reference(token["attrs"]["index"])
            case "linebreak":
                return "<br>"
            case "image":
                return self._picture(token)
            case "link" if target := self._target(token):
                return f'<a href="{escape(target)}">{self.inline(token["children"]) or self._bare(target)}</a>'
            case "inline_html" if self._notes:
                return self._html(token["raw"])
            case "link" if self._notes:
                return self.inline(token["children"])
            case _:
                return _spaced(plain_text([token]))

    def _bare(self, target: str) -> str:
        return "" if self._notes else escape(target)

    def _target(self, token: Token) -> str:
        url = plain_text([{"type": "text", "raw": token["attrs"]["url"]}])
        if self._notes:
            return url if self._address(url) else ""  # the sanitiser asks for the address of each link
        return url if re.fullmatch(r"#[\w%.-]{1,300}", url) else unescape(href(url))

    def _picture(self, token: Token) -> str:
        """The text of a picture. In a description, the page shows pictures as written, and so does the site."""
        if not self._notes:
            return _spaced(plain_text([token]))
        found = self._shown_picture(entities(token["attrs"]["url"]), plain_text(token["children"]))
        return found or _spaced(plain_text(token["children"]))

    def _shown_picture(self, url: str, alt: str, **sizes: str) -> str:
        """A picture of a file beside the sources; "" for others."""
        path = local_picture(url)
        if path not in self._pictures:
            return ""
        # A picture without a text may be all of a link.
        shown = clean(alt) or PurePosixPath(path).stem
        return self._keep(f'<img src="{self._pictures[path]}"{attributes(alt=shown, **sizes)}>')

    def _html(self, raw: str) -> str:
        """Raw HTML with other pictures' texts instead of them, and its headings under the page's own."""
        out, at = "", 0
        for tag in tags(raw):
            out += raw[at : tag.start]
            if tag.name in {"img", "image"}:
                values = {name: entities(one.value) for name, one in tag.attributes.items()}
                sizes = {name: values[name] for name in ("width", "height") if _SIZE.fullmatch(values.get(name, ""))}
                alt = values.get("alt", "")
                out += self._shown_picture(values.get("src", ""), alt, **sizes) or escape(alt)
            elif tag.name in _HEADINGS:
                out += "</h2>" if tag.closing else _opened(raw[tag.start : tag.end])
            else:
                out += raw[tag.start : tag.end]
            at = tag.end
        return out + raw[at:]

    def _reference(self, number: int) -> str:
        name = str(number)
        own = "" if name in self._referred else f' id="{self._notes}-ref-{name}"'
        self._referred.add(name)
        label = escape(self._words("note", number=name))
        return self._keep(f'<sup{own}><a href="#{self._notes}-note-{name}" aria-label="{label}">{name}</a></sup>')


def _opened(heading: str) -> str:
    return f"<h2{heading[3:]}"


def _spaced(raw: str) -> str:
    """An escaped text that keeps one space at each end where it had any."""
    shown = text(raw)
    if not shown:
        return " " if raw and raw.isspace() else ""
    return f"{' ' if raw[0].isspace() else ''}{shown}{' ' if raw[-1].isspace() else ''}"
