"""Read the body of an answer into `PageSignals`. Pure, bounded in time, never raising; it describes and doesn't judge.

One file per signal, each a function of a `Page`. `vocabulary` has their phrases in many languages.
"""

from __future__ import annotations

from linkcheck.model import PageSignals
from linkcheck.pages.challenge import challenge, challenge_in_headers, refusal, vendor_in_cookies
from linkcheck.pages.decoding import Kind, decode, kind_of
from linkcheck.pages.digest import digest
from linkcheck.pages.fragments import fragments as find_fragments
from linkcheck.pages.fragments import not_markup
from linkcheck.pages.login import login
from linkcheck.pages.missing import not_found
from linkcheck.pages.page import html_page, text_page
from linkcheck.pages.parking import gambling, parked, sale
from linkcheck.pages.refresh import refresh, target
from linkcheck.pages.shell import shell
from linkcheck.pages.tombstone import tombstone
from linkcheck.pages.wall import CHOICE, MAINTENANCE, wall

__all__ = ["read", "vendor_of"]

_MAX_TEXT = 4096
"""Bytes up to which plain text or XML may be an error message; longer texts are documents."""


def vendor_of(headers: tuple[tuple[str, str], ...], status: int) -> str:
    """The vendor that tells programs from browsers before an answer, by its headers; "" if none does."""
    return challenge_in_headers({name.lower(): value for name, value in headers}, status) or vendor_in_cookies(headers)


def read(
    body: bytes,
    headers: tuple[tuple[str, str], ...],
    url: str,
    *,
    status: int,
    fragments: tuple[str, ...] = (),
    complete: bool = True,
) -> PageSignals:
    """The signals of one answer. `body` is decompressed, `url` the one requested, `fragments` those of the links, without `#`.

    `complete` is False if the body was cut off: then a missing fragment may follow later, and the page isn't called empty. Bodies
    that aren't text, and long plain texts, aren't parsed.
    """
    by_name = {name.lower(): value for name, value in headers}
    header_challenge = challenge_in_headers(by_name, status)
    kind = kind_of(by_name.get("content-type", ""), body)
    if not body or kind is Kind.OTHER or (kind is Kind.TEXT and len(body) > _MAX_TEXT):
        refresh_target = "" if header_challenge else target(by_name.get("refresh", ""), url)
        return PageSignals(challenge=header_challenge, refresh=refresh_target, fragments=not_markup(fragments))
    source = decode(body, by_name.get("content-type", ""))
    is_html = kind is Kind.HTML
    page = html_page(source, by_name, url, status, complete=complete) if is_html else text_page(source, by_name, url, status)
    bot_challenge = header_challenge or challenge(page)
    refresh_target = "" if bot_challenge else refresh(page)
    is_shell = shell(page) and not refresh_target
    notice = tombstone(page)
    does, said = ("", "") if bot_challenge or notice else wall(page)
    missing = "" if does else not_found(page)
    return PageSignals(
        title=page.title,
        heading=page.heading,
        challenge=bot_challenge,
        refusal=refusal(page),
        login=login(page),
        wall=f"{does}: {said}" if does not in {"", CHOICE, MAINTENANCE} else "",
        choice=said if does == CHOICE else "",
        maintenance=said if does == MAINTENANCE else "",
        not_found=missing,
        tombstone=notice,
        parked=parked(page),
        sale=sale(page),
        gambling=gambling(page),
        shell=is_shell,
        refresh=refresh_target,
        digest=digest(page, missing),
        words=page.words,
        fragments=find_fragments(source, fragments, shell=is_shell, complete=complete) if is_html else not_markup(fragments),
    )
