"""Links of one long page: the first to a destination is inline, repeated ones are references defined at the end of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import parse_qsl, unquote

from linkcheck.urls import normalise

__all__ = ["References"]

_MAX_LABEL = 200
_ESCAPED = re.compile(r"\\(.)")
_INDEX = re.compile(r"/index\.[a-z]+/?$")
_NO_LETTER = re.compile(r"[\W_]+")


class References:
    """The links of a page so far. URLs that awesome-lint's `double-link` rule treats as equal count as one."""

    def __init__(self) -> None:
        self._linked: set[str] = set()
        self._targets: dict[str, str] = {}

    def note(self, url: str) -> None:
        """Record a URL of verbatim Markdown."""
        self._linked.add(_key(url))

    @staticmethod
    def has_duplicates(urls: Iterable[str]) -> bool:
        """Whether two of the URLs count as one, or one is an anchor of the page, which its contents link as well."""
        keys = ["" if url.startswith("#") else _key(url) for url in urls]
        return "" in keys or len(set(keys)) < len(keys)

    def link(self, destination: str) -> str:
        """The part after a link's text: `(destination)`, or `[label]` for a repeated destination."""
        key = _key(_ESCAPED.sub(r"\1", destination).replace("&amp;", "&"))
        if key not in self._linked:
            self._linked.add(key)
            return f"({destination})"
        return self.reference(destination)

    def reference(self, destination: str) -> str:
        """The `[label]` of a reference to a destination."""
        return f"[{self._define(sha256(destination.encode()).hexdigest()[:8], destination)}]"

    def anchor(self, anchor: str) -> str:
        """The `[label]` of a reference to a heading of this page."""
        return f"[{self._define(f'#{anchor}', f'#{anchor}')}]"

    def definitions(self) -> str:
        """The definitions of all references, sorted by label."""
        return "\n".join(f"[{label}]: {target}" for label, target in sorted(self._targets.items()))

    def _define(self, label: str, target: str) -> str:
        if len(label) > _MAX_LABEL:
            label = f"{label[:_MAX_LABEL]}-{sha256(target.encode()).hexdigest()[:8]}"
        self._targets[label] = target
        return label


def _key(url: str) -> str:
    """A key that may be equal for different pages as well: an unneeded reference changes nothing for readers."""
    rest = normalise(url, fragment=True).partition("://")[2]
    rest, _, fragment = rest.partition("#")
    rest, _, query = rest.partition("?")
    host, slash, path = rest.partition("/")
    host = host.rpartition("@")[2].removeprefix("www.").removesuffix(".")
    path = _INDEX.sub("", slash + unquote(path).lower())
    pairs = sorted(pair for pair in parse_qsl(query, keep_blank_values=True) if not pair[0].lower().startswith("utm_"))
    asked = " ".join(part for pair in pairs for part in pair)
    parts = (host, path, asked, unquote(fragment).partition(":~:text")[0])
    return " ".join(_NO_LETTER.sub("", part.casefold()) for part in parts)
