"""doi.org: the handle system decides whether a DOI exists, whatever the publisher's page says to programs.

https://www.doi.org/doi-handbook/ (proxy server, REST API): responseCode 1 is a success, 100 an unknown handle, 200 a handle that
has no values of the kind asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from linkcheck.identity.identifiers import doi
from linkcheck.model import RegistryAnswer
from linkcheck.registries.question import BatchRequest, Headers, address, unknown
from linkcheck.registries.reading import json_object
from linkcheck.urls.comparing import tracking

ENDPOINT = "https://doi.org/api/handles/{doi}"
_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
_HEADERS = (("Accept", "application/json"),)
_LONGEST = 500
_BROKEN_ENCODING = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Doi:
    """The DOI handle system. A key is a DOI in its normal form."""

    endpoint: str = ENDPOINT
    name: str = "doi.org"
    batch: int = 1

    def key(self, url: str) -> str | None:
        """The DOI that a link to doi.org names, exactly: a full stop that slipped into the link is part of what is asked there."""
        at = address(url)
        if at is None or at.host not in _HOSTS or at.fragment or not all(map(tracking, filter(None, at.query.split("&")))):
            return None
        if len(at.path) > _LONGEST or _BROKEN_ENCODING.search(at.path):
            return None
        written = unquote(at.path.removeprefix("/")).lower()
        if not written.isascii() or {".", ".."} & set(written.split("/")):
            return None
        return written if doi(written) == written else None

    def questions(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for each DOI."""
        return tuple(
            BatchRequest(self.name, self.endpoint.replace("{doi}", quote(key, safe="/")), _HEADERS, (key,))
            for key in dict.fromkeys(keys)
        )

    def read(self, question: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, RegistryAnswer]:
        """The word on the one DOI; an answer about another handle, or in another form, is none."""
        del headers
        found = json_object(body) if status in {200, 404} else None
        code, handle = (found.get("responseCode"), found.get("handle")) if found else (None, None)
        return {key: self._word(key, status, code, handle) for key in question.keys}

    def _word(self, key: str, status: int, code: object, handle: object) -> RegistryAnswer:
        if type(code) is int and isinstance(handle, str) and handle.lower() == key:
            if code in {1, 200}:
                return RegistryAnswer(self.name, "exists")
            if code == 100:
                return RegistryAnswer(self.name, "missing", "no such DOI")
        return unknown(self.name, f"the handle system gave no answer on this DOI ({status})")
