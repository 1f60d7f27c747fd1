"""What an answer's body says: bytes in, `PageSignals` out. Pure, bounded, never raising; it describes and doesn't judge.

One file per kind of mark; each is a function of one `Page`. `vocabulary` holds their phrases in many languages.
"""

from __future__ import annotations

from linkcheck.model import PageSignals
from linkcheck.pages.challenge import challenge, challenge_in_headers
from linkcheck.pages.decoding import Kind, decoded, kind_of
from linkcheck.pages.digest import digest
from linkcheck.pages.fragments import fragments as places
from linkcheck.pages.fragments import not_markup
from linkcheck.pages.gambling import gambling
from linkcheck.pages.login import login
from linkcheck.pages.missing import not_found
from linkcheck.pages.page import html_page, text_page
from linkcheck.pages.parking import parked, sale
from linkcheck.pages.refresh import refresh, target
from linkcheck.pages.shell import shell
from linkcheck.pages.tombstone import tombstone

__all__ = ["read"]

_LONGEST_TEXT = 4096
"""Bytes of plain text or XML that may be an error message; longer ones are documents."""


def read(
    body: bytes,
    headers: tuple[tuple[str, str], ...],
    url: str,
    *,
    status: int,
    fragments: tuple[str, ...] = (),
    complete: bool = True,
) -> PageSignals:
    """The marks of one answer: `body` inflated, `url` the one that gave it, `fragments` as written in the links, without `#`.

    `complete` is False where the body was cut off, so that a missing fragment may stand further down. What isn't text, and long
    plain text, gives bare marks without being parsed.
    """
    fields = {name.lower(): value for name, value in headers}
    by_header = challenge_in_headers(fields, status)
    kind = kind_of(fields.get("content-type", ""), body)
    if not body or kind is Kind.OTHER or (kind is Kind.TEXT and len(body) > _LONGEST_TEXT):
        onward = "" if by_header else target(fields.get("refresh", ""))
        return PageSignals(challenge=by_header, refresh=onward, fragments=not_markup(fragments))
    source = decoded(body, fields.get("content-type", ""))
    markup = kind is Kind.HTML
    page = (html_page if markup else text_page)(source, fields, url, status)
    wall = by_header or challenge(page)
    onward = "" if wall else refresh(page)
    empty = shell(page) and not onward
    return PageSignals(
        title=page.title,
        heading=page.heading,
        challenge=wall,
        login=login(page),
        not_found=not_found(page),
        tombstone=tombstone(page),
        parked=parked(page),
        sale=sale(page),
        gambling=gambling(page),
        shell=empty,
        refresh=onward,
        digest=digest(page),
        words=page.words,
        fragments=places(source, fragments, shell=empty, complete=complete) if markup else not_markup(fragments),
    )
