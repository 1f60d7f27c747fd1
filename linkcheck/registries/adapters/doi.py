"""doi.org: the handle system says whether a DOI exists, whatever the publisher's page answers to programs.

https://www.doi.org/doi-handbook/ (proxy server, REST API): responseCode 1 is a success, 100 an unknown handle, 200 a handle that
has no values of the kind asked for. The records of works are in their registries, Crossref and DataCite.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from linkcheck.identity import doi
from linkcheck.model import RegistryAnswer
from linkcheck.registries.protocol import Access, BatchRequest, Headers, Reading, Record, Subject, address, unknown
from linkcheck.registries.reading import json_object
from linkcheck.urls.comparing import tracking

__all__ = ["Adapter"]

_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
_HEADERS = (("Accept", "application/json"),)
_LONGEST = 500
_BROKEN_ENCODING = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Adapter:
    """The DOI handle system. A key is a DOI in its normal form."""

    endpoint: str
    access: Access = field(default=Access(), repr=False)
    name: str = "doi.org"
    batch: int = 1
    kind: str = ""

    def key(self, url: str) -> str | None:
        """The DOI in a link to doi.org, exactly as written: a full stop at its end is part of what is asked for."""
        at = address(url)
        if at is None or at.host not in _HOSTS or at.fragment or not all(map(tracking, filter(None, at.query.split("&")))):
            return None
        if len(at.path) > _LONGEST or _BROKEN_ENCODING.search(at.path):
            return None
        written = unquote(at.path.removeprefix("/")).lower()
        if not written.isascii() or {".", ".."} & set(written.split("/")):
            return None
        return written if doi(written) == written else None

    def record_key(self, subject: Subject) -> None:
        """None: the handle system has no records."""
        del subject

    def requests(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for each DOI."""
        return tuple(
            BatchRequest(self.name, self.endpoint.replace("{doi}", quote(key, safe="/")), _HEADERS, (key,))
            for key in dict.fromkeys(keys)
        )

    def read(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, Reading]:
        """Whether the DOI exists; an answer about another handle, or in another form, says nothing."""
        del headers
        found = json_object(body) if status in {200, 404} else None
        code, handle = (found.get("responseCode"), found.get("handle")) if found else (None, None)
        return {key: self._reading(key, status, code, handle) for key in request.keys}

    def records(self, saved: object) -> tuple[Record, ...]:
        """None: the handle system has no records."""
        del saved
        return ()

    def _reading(self, key: str, status: int, code: object, handle: object) -> Reading:
        if type(code) is int and isinstance(handle, str) and handle.lower() == key:
            if code in {1, 200}:
                return Reading(RegistryAnswer(self.name, "exists"))
            if code == 100:
                return Reading(RegistryAnswer(self.name, "missing", "no such DOI"))
        return unknown(self.name, f"the handle system gave no answer on this DOI ({status})")
