"""URLs that no request can be made of, as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.problems import Problem, Severity, quoted
from generator.sources.catalogue.links import links
from generator.sources.catalogue.model import Catalogue
from linkcheck.urls import fault, scheme_note


def check(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Check every URL of every entry and description; the codes are those of `linkcheck.urls.FAULTS`."""
    _ = today
    for link in links(catalogue):
        found = fault(link.url)
        if found is not None:
            # The settings may allow a private network; a rule doesn't see them.
            severity = Severity.WARNING if found.code == "private-address" else Severity.ERROR
            yield Problem(found.code, severity, found.message, link.place, found.hint)
        elif link.place.field in {"url", "archive_url"} and (note := scheme_note(link.url)):
            message = f"{link.place.field}: {quoted(link.url)} is {note}"
            yield Problem(
                "not-a-web-link", Severity.WARNING, message, link.place, "give the address of a page, beginning https://"
            )
