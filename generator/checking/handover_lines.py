"""Links that one machine hands to another with the hops of their redirect chains so far, as lines of JSON."""

from __future__ import annotations

import json
from typing import Any

from linkcheck.engine.targets import Continuation
from linkcheck.model import Hop
from linkcheck.urls import fetch_key, has_secret, redacted, web

__all__ = ["continuation", "handover_line"]

_MAX_HOPS = 50
_MAX_LINE = 1_000_000
"""Characters of a line that is read; the longest of ours, fifty hops of 8,000 each, is shorter."""


def handover_line(chain: Continuation) -> str:
    """A chain as one line of JSON, to be read by `continuation`.

    A chain with a user name or a secret in a URL is written without hops, to be asked from its beginning: its key is enough.
    """
    texts = (chain.key, chain.url, chain.neighbour, *(text for hop in chain.hops for text in (hop.url, hop.location or "")))
    if any(map(has_secret, texts)):
        chain = Continuation(redacted(chain.key), (), redacted(chain.key))
    hops = [[hop.url, hop.status, round(hop.seconds, 6), hop.location, hop.by_language] for hop in chain.hops]
    data = {"key": chain.key, "hops": hops, "url": chain.url, "neighbour": chain.neighbour}
    return json.dumps(data, ensure_ascii=False) + "\n"


def continuation(line: str) -> Continuation | None:
    """The chain in a line, or None for a line that `handover_line` can't have written."""
    if len(line) > _MAX_LINE:
        return None
    try:
        found = json.loads(line)
        hops = tuple([_hop(*hop) for hop in found["hops"]])
        key, url, neighbour = found["key"], found["url"], found.get("neighbour", "")
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if len(hops) > _MAX_HOPS or not all(isinstance(text, str) and web(text) for text in (key, url, neighbour or url)):
        return None
    return Continuation(key, hops, url, neighbour) if fetch_key(hops[0].url if hops else url) == key else None


def _hop(url: Any, status: Any, seconds: Any, location: Any, by_language: Any) -> Hop:  # noqa: ANN401  # any JSON
    if not isinstance(url, str) or not web(url) or not isinstance(status, int) or not isinstance(location, str | None):
        raise TypeError(url)
    return Hop(url, status, float(seconds), location, by_language=by_language is True)
