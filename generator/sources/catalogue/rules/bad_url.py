"""URLs that no request can be made of, as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.problems import Problem, Severity, quoted
from generator.sources.catalogue.links import links
from generator.sources.catalogue.model import Catalogue
from linkcheck.model import Link
from linkcheck.urls import fault, scheme_note

_UNSAFE = frozenset(
    (
        "javascript",
        "vbscript",
        "livescript",
        "data",
        "file",
        "blob",
        "filesystem",
        "view-source",
        "about",
        "chrome",
        "jar",
        "mhtml",
    )
)
_IN_TEXTS = frozenset({"description", "abstract", "header", "footer"})
"""Fields whose links are part of a text, where an anchor or a path of the repository is right."""
_CONTACTS = ("mailto:", "tel:", "sms:")
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*)\s*:")
_HOST_FIRST = re.compile(r"(?://)?((?:[\w-]+\.)+([a-z]{2,}))(?::\d+)?(?=[/?#]|$)", re.IGNORECASE)
_FILE_ENDINGS = frozenset(
    (
        "md",
        "pdf",
        "html",
        "htm",
        "txt",
        "yaml",
        "yml",
        "png",
        "jpg",
        "svg",
        "ipynb",
        "py",
        "zip",
        "csv",
        "json",
        "ps",
        "epub",
        "bib",
        "tex",
    )
)


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Check every URL of every entry and description; the codes are those of `linkcheck.urls.FAULTS`."""
    _ = today
    allowed = catalogue.allow_private
    for link in links(catalogue):
        found = fault(link.url, allowed)
        if found is not None:
            # The command line may allow a private network; a rule doesn't see that.
            severity = Severity.WARNING if found.code == "private-address" else Severity.ERROR
            yield Problem(found.code, severity, found.message, link.place, found.hint)
        elif note := scheme_note(link.url):
            yield from _not_web(link, note)


def _not_web(link: Link, note: str) -> Iterator[Problem]:
    """The problem of a text that isn't a web link: an error if a reader's program would run it, or open a file of theirs.

    Beside an entry's page, under `links`, files of the repository and ways to write to someone are right.
    """
    url, field = link.url, link.place.field or ""
    scheme = _SCHEME.match(url)
    if scheme and (scheme[1].lower() in _UNSAFE or len(scheme[1]) == 1):
        message = f"{field}: {quoted(url)} is {note}; a list may not link to it"
        hint = "give the address of a page, beginning https://"
        yield Problem("not-a-web-link", Severity.ERROR, message, link.place, hint)
        return
    host = _HOST_FIRST.match(url)
    is_host = host is not None and (host[2].lower() not in _FILE_ENDINGS or "/" in url[host.end() :])
    beside = field.startswith("links.") and (note.startswith("a relative path") or url.lower().startswith(_CONTACTS))
    if field not in _IN_TEXTS and (is_host or not beside):
        hint = f"write https://{url.removeprefix('//')}" if is_host else "give the address of a page, beginning https://"
        yield Problem("not-a-web-link", Severity.WARNING, f"{field}: {quoted(url)} is {note}", link.place, hint)
