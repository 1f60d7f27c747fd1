"""GitHub: the REST API says whether a repository exists, was archived or renamed, with its record.

Links are checked this way only with a token: without one 60 requests an hour are allowed, and fetching pages, at one a second, is faster.
https://docs.github.com/en/rest/repos/repos#get-a-repository
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from linkcheck.identity import REPOSITORY, identify
from linkcheck.model import RegistryAnswer
from linkcheck.registries.protocol import Access, BatchRequest, Headers, Reading, Record, Subject, address, unknown
from linkcheck.registries.reading import (
    day,
    header,
    json_object,
    mapping,
    no_answer,
    plain,
    plain_word,
    redirected,
    spent,
    text,
)

__all__ = ["Adapter"]

_HEADERS = (("Accept", "application/vnd.github+json"), ("X-GitHub-Api-Version", "2022-11-28"))
_HOSTS = frozenset({"github.com", "www.github.com"})
_TOKEN = re.compile(r"[!-~]{1,500}")


@dataclass(frozen=True, slots=True)
class Adapter:
    """GitHub's REST API. A key is `owner/repository` in lower case."""

    endpoint: str
    access: Access = field(default=Access(), repr=False)
    name: str = "GitHub"
    batch: int = 1
    kind: str = "software"

    def key(self, url: str) -> str | None:
        """The repository whose root page a link is; None for pages inside it, for fragments, and without a token."""
        at = address(url)
        return None if at is None or at.fragment or not _TOKEN.fullmatch(self.access.token) else _repository(url)

    def record_key(self, subject: Subject) -> str | None:
        """The repository of the subject's page."""
        return _repository(subject.url)

    def requests(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for each repository, with the token."""
        token = self.access.token if _TOKEN.fullmatch(self.access.token) else ""
        headers = (*_HEADERS, ("Authorization", f"Bearer {token}")) if token else _HEADERS
        return tuple(
            BatchRequest(self.name, self.endpoint.replace("{repository}", key), headers, (key,)) for key in dict.fromkeys(keys)
        )

    def read(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, Reading]:
        """The repository, under its new name if it was renamed. A 404 counts only if it is the API's own and the rate limit isn't used up."""
        found = redirected(request, status, headers)
        return found or {key: self._reading(key, status, headers, body) for key in request.keys}

    def records(self, saved: object) -> tuple[Record, ...]:
        """The repository of an answer."""
        given = mapping(saved)
        ours = str(given.get("html_url", "")).startswith("https://github.com/")
        found = _record(given) if ours else None
        return (found,) if found else ()

    def _reading(self, key: str, status: int, headers: Headers, body: bytes) -> Reading:
        found = json_object(body)
        budget_spent = header(headers, "x-ratelimit-remaining") == "0" or header(headers, "retry-after") is not None
        if found is not None and status in {200, 301, 302, 307, 308}:
            return self._found(key, found)
        if status == 404 and found is not None and found.get("message") == "Not Found" and not budget_spent:
            return Reading(RegistryAnswer(self.name, "missing", "no such repository, or a private one"))
        if spent(status, headers) or (status == 404 and budget_spent):
            return unknown(self.name, "GitHub asks not to be asked now: set GITHUB_TOKEN, or try again in an hour")
        given = found or {}
        said = text(given.get("message")) or (text(body.decode("utf-8", "replace")) if plain_word(body) else "")
        if status == 401:
            why = f" ({said})" if said else ""
            return unknown(
                self.name,
                f"GitHub doesn't accept the GITHUB_TOKEN{why}: it has expired or is mistyped; unset it, or make a new one",
            )
        if status == 451 or isinstance(given.get("block"), dict):
            reason = plain(mapping(given.get("block")).get("reason"))
            return unknown(self.name, f"GitHub has blocked the repository{f' ({reason})' if reason else ''}")
        return no_answer(self.name, status, headers, said)

    def _found(self, key: str, found: Mapping[str, object]) -> Reading:
        full_name, page, archived = found.get("full_name"), found.get("html_url"), found.get("archived") is True
        if not isinstance(full_name, str) or not REPOSITORY.fullmatch(full_name):
            return no_answer(self.name, 200, (), "it names no repository")
        record, url = _record(found), f"https://github.com/{full_name}"
        if record is not None and full_name.lower() != key:
            record = replace(record, notes=(*record.notes, f"it is {full_name} now"))
        detail = "archived" if archived else ""
        if found.get("private") is True:
            answer = RegistryAnswer(self.name, "unknown", "private: readable with this token, but not for readers")
        elif full_name.lower() == key:
            answer = RegistryAnswer(self.name, "exists", detail)
        elif not isinstance(page, str) or page.lower() != url.lower():
            answer = RegistryAnswer(self.name, "unknown", "the API named two repositories")
        else:
            answer = RegistryAnswer(self.name, "moved", detail, url)
        return Reading(answer, record)


def _repository(url: str) -> str | None:
    at = address(url)
    if at is None or at.host not in _HOSTS:
        return None
    return next((found.key for found in identify(url) if found.kind == "github"), None)


def _record(given: Mapping[str, object]) -> Record | None:
    """The record of a repository; None if the answer isn't about one. Its owner may not be its author, so it has no authors."""
    full_name, title = given.get("full_name"), plain(given.get("name"))
    if not isinstance(full_name, str) or not REPOSITORY.fullmatch(full_name) or title is None:
        return None
    return Record(
        "GitHub",
        title=title,
        kind="software",
        url=f"https://github.com/{full_name}",
        description=plain(given.get("description")),
        language=plain(given.get("language")),
        created=day(given.get("created_at")),
        updated=day(given.get("pushed_at")) or day(given.get("updated_at")),
        notes=("its owner has archived it",) if given.get("archived") is True else (),
    )
