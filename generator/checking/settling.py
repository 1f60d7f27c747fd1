"""Decide about links of pages that aren't to be asked: files and anchors on disk, and addresses of the reader's own network."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path

from generator.checking.inputs import CheckInputs
from generator.checking.on_disk import Disk, prove
from generator.checking.page_settings import without_ignored
from generator.sources.files import shown
from linkcheck.engine.targets import with_exceptions
from linkcheck.model import Link, Outcome, Settled
from linkcheck.policy import Policy
from linkcheck.urls import fault, split, web

__all__ = ["settle"]

_OWN = Settled(Outcome.UNCHECKED, "own-machine", "an address of the reader's own machine")
_PRIVATE = Settled(Outcome.UNCHECKED, "own-network", "a bookmark of a private network")
_LOCAL_NAME = re.compile(r"[^.:]+|.+\.(?:local|localdomain|lan|home|home\.arpa|internal|intranet|corp|private)", re.IGNORECASE)


def settle(links: Iterable[Link], inputs: CheckInputs, policy: Policy) -> tuple[Link, ...]:
    """The links; those that need no request have their verdict. What `policy` allows to be connected to is asked like any other."""
    links = tuple(with_exceptions(links, policy.excuses))  # before relative links get other names
    if not inputs.pages and not any(link.place.path == "-" for link in links):
        return links
    return tuple(prove(_private(without_ignored(links), inputs, policy), inputs.pages, Disk(Path.cwd())))


def _private(links: Iterable[Link], inputs: CheckInputs, policy: Policy) -> list[Link]:
    pages = {"-", *map(shown, inputs.pages)}
    found = []
    for link in links:
        if link.settled is not None or link.place.path not in pages or not web(link.url):
            found.append(link)
            continue
        wrong, host = fault(link.url, policy.allow_private), split(link.url).ascii_host.removesuffix(".")
        is_private = wrong is not None and wrong.code == "private-address"
        if link.place.path in inputs.bookmarks and (
            is_private or (wrong is None and not _is_address(host) and _LOCAL_NAME.fullmatch(host))
        ):
            found.append(replace(link, settled=_PRIVATE))
        elif is_private and _is_own(host):
            found.append(replace(link, settled=_OWN))
        else:
            found.append(link)
    return found


def _is_own(host: str) -> bool:
    """Whether a private host is the machine itself: a name for it, or a loopback or unspecified address."""
    try:
        address = ip_address(host)
    except ValueError:
        return True
    return address.is_loopback or address.is_unspecified


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
