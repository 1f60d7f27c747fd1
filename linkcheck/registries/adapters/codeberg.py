"""Codeberg.org: the API of Forgejo says whether a repository exists, was archived or renamed, with its record.

https://codeberg.org/api/swagger (repository, repoGet), the same as Gitea's; no token is needed. A renamed repository, or one of
a renamed owner, is answered by a redirect to its new name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from linkcheck.model import RegistryAnswer, Vitality
from linkcheck.registries.protocol import (
    Access,
    BatchRequest,
    Headers,
    Reading,
    Record,
    RepositoryService,
    Subject,
    address,
    unknown,
)
from linkcheck.registries.reading import count, day, first, json_object, mapping, no_answer, plain, redirected, text

__all__ = ["Adapter", "repositories"]

_HEADERS = (("Accept", "application/json"),)
_HOST = "codeberg.org"
_FULL_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,39}/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}")
_NOT_OWNERS = frozenset({
    ".well-known", "admin", "api", "assets", "attachments", "avatar", "avatars", "captcha", "commits", "explore", "ghost", "issues", "login",
    "metrics", "milestones", "new", "notifications", "org", "pulls", "raw", "repo", "repo-avatars", "search", "swagger", "user", "v2",
})  # fmt: skip
"""First path words that are Forgejo's own, and user names that it reserves."""
_NOT_NAMES = re.compile(r"-|.*\.(?:rss|atom|wiki|keys|gpg|png)", re.IGNORECASE)
"""Second path words that are Forgejo's own: feeds, wikis, packages."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """Forgejo's API at Codeberg. A key is `owner/repository` in lower case."""

    endpoint: str
    access: Access = field(default=Access(), repr=False)
    name: str = "Codeberg"
    batch: int = 1
    kind: str = "software"

    def key(self, url: str) -> str | None:
        """The repository whose root page a link is; None for pages inside it, and for fragments."""
        at = address(url)
        return None if at is None or at.fragment else _repository(url)

    def record_key(self, subject: Subject) -> str | None:
        """The repository of the subject's page."""
        return _repository(subject.url)

    def requests(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for each repository."""
        return tuple(
            BatchRequest(self.name, self.endpoint.replace("{repository}", key), _HEADERS, (key,)) for key in dict.fromkeys(keys)
        )

    def read(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, Reading]:
        """The repository, under its new name if it was renamed."""
        found = redirected(request, status, headers)
        return found or {key: self._reading(key, status, headers, body) for key in request.keys}

    def records(self, saved: object) -> tuple[Record, ...]:
        """The repository of an answer."""
        found = _record(mapping(saved))
        return (found,) if found else ()

    def _reading(self, key: str, status: int, headers: Headers, body: bytes) -> Reading:
        found = json_object(body) or {}
        if status == 200 and found:
            return self._found(key, found)
        # The API's own errors link to its documentation; those of a proxy or a bot wall don't.
        said = text(found.get("message"))
        if status == 404 and said and str(found.get("url", "")).endswith("/api/swagger"):
            return Reading(RegistryAnswer(self.name, "missing", "no such repository, or a private one"))
        return no_answer(self.name, status, headers, said)

    def _found(self, key: str, found: Mapping[str, object]) -> Reading:
        record = _record(found)
        if record is None or record.url is None:
            return no_answer(self.name, 200, (), "it names no repository")
        if found.get("private") is True or found.get("internal") is True:
            return unknown(self.name, "a repository that isn't public: readers may not see it")
        full_name = record.url.removeprefix(f"https://{_HOST}/")
        detail = "archived" if found.get("archived") is True else ""
        if full_name.lower() == key:
            return Reading(RegistryAnswer(self.name, "exists", detail), record, vitality=_vitality(found))
        record = replace(record, notes=(*record.notes, f"it is {full_name} now"))
        return Reading(RegistryAnswer(self.name, "moved", detail, record.url or ""), record, vitality=_vitality(found))


def repositories(endpoint: str, access: Access) -> RepositoryService:
    """Repositories of Codeberg: each is asked about by itself."""
    return RepositoryService(Adapter(endpoint, access), _HOST, frozenset({_HOST}))


def _repository(url: str) -> str | None:
    """`owner/repository`, if a URL can be the page of one."""
    at = address(url)
    if at is None or at.host != _HOST:
        return None
    full_name = at.path.removeprefix("/").removesuffix("/").removesuffix(".git").lower()
    owner, _, name = full_name.partition("/")
    known = _FULL_NAME.fullmatch(full_name) and owner not in _NOT_OWNERS and not _NOT_NAMES.fullmatch(name)
    return full_name if known else None


def _vitality(given: Mapping[str, object]) -> Vitality:
    """The vitality of a repository; Forgejo doesn't say when its last commit was made, only when it last changed."""
    return Vitality(
        archived=given.get("archived") is True,
        pushed=day(given.get("updated_at")),
        stars=count(given.get("stars_count")),
        licence=first(given.get("licenses")),
    )


def _record(given: Mapping[str, object]) -> Record | None:
    """The record of a repository at Codeberg; None if the answer isn't about one. Its owner may not be its author."""
    full_name, page, title = given.get("full_name"), given.get("html_url"), plain(given.get("name"))
    if not isinstance(full_name, str) or not isinstance(page, str) or not _FULL_NAME.fullmatch(full_name) or title is None:
        return None
    if page.lower() != f"https://{_HOST}/{full_name}".lower():
        return None
    return Record(
        "Codeberg",
        title=title,
        kind="software",
        url=f"https://{_HOST}/{full_name}",
        description=plain(given.get("description")),
        language=plain(given.get("language")),
        created=day(given.get("created_at")),
        updated=day(given.get("updated_at")),
        notes=("its owner has archived it",) if given.get("archived") is True else (),
    )
