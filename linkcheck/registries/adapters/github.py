"""GitHub: whether a repository exists, was archived or renamed, how alive it is, and its record.

With a token the GraphQL API answers for many repositories at once: https://docs.github.com/en/graphql/reference/objects#repository

Without one the REST API allows 60 requests an hour, so it is asked for records only; links are checked by fetching their pages, at one
a second: https://docs.github.com/en/rest/repos/repos#get-a-repository
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from linkcheck.identity import REPOSITORY, identify
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
from linkcheck.registries.reading import (
    count,
    day,
    header,
    json_object,
    many,
    mapping,
    no_answer,
    plain,
    plain_word,
    redirected,
    spent,
    text,
)

__all__ = ["Adapter", "repositories"]

_HEADERS = (("Accept", "application/vnd.github+json"), ("X-GitHub-Api-Version", "2022-11-28"))
_HOSTS = frozenset({"github.com", "www.github.com"})
_TOKEN = re.compile(r"[!-~]{1,500}")
_REST = "/repos/{repository}"
_ANONYMOUS = 50
"""Repositories asked about in one run without a token, of the 60 requests an hour that an address is allowed."""
_MANY = 50
"""Repositories asked about in one request with a token."""
_FIELDS = (
    "fragment facts on Repository{nameWithOwner name url description isArchived isPrivate createdAt updatedAt pushedAt stargazerCount"
    " primaryLanguage{name} licenseInfo{spdxId} latestRelease{tagName publishedAt} defaultBranchRef{target{...on Commit{committedDate}}}}"
)


@dataclass(frozen=True, slots=True)
class Adapter:
    """GitHub's interfaces. A key is `owner/repository` in lower case; `endpoint` is the template of the REST API."""

    endpoint: str
    access: Access = field(default=Access(), repr=False)
    name: str = "GitHub"
    kind: str = "software"

    @property
    def batch(self) -> int:
        """Many keys in one request with a token, else one."""
        return _MANY if self._graphql else 1

    @property
    def _graphql(self) -> str:
        """The address of the GraphQL API; "" where it can't be asked."""
        base, rest, _ = self.endpoint.partition(_REST)
        return f"{base.removesuffix('/v3')}/graphql" if rest and "{" not in base and _TOKEN.fullmatch(self.access.token) else ""

    def key(self, url: str) -> str | None:
        """The repository whose root page a link is; None for pages inside it, for fragments, and without a token."""
        at = address(url)
        return None if at is None or at.fragment or not _TOKEN.fullmatch(self.access.token) else _repository(url)

    def record_key(self, subject: Subject) -> str | None:
        """The repository of the subject's page."""
        return _repository(subject.url)

    def requests(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """Requests for up to `batch` repositories each, with the token."""
        distinct, graphql = tuple(dict.fromkeys(keys)), self._graphql
        token = (("Authorization", f"Bearer {self.access.token}"),) if _TOKEN.fullmatch(self.access.token) else ()
        if not graphql:
            return tuple(
                BatchRequest(self.name, self.endpoint.replace("{repository}", key), (*_HEADERS, *token), (key,))
                for key in distinct
            )
        headers = (("Content-Type", "application/json"), *token)
        parts = (distinct[start : start + _MANY] for start in range(0, len(distinct), _MANY))
        return tuple(BatchRequest(self.name, graphql, headers, part, _query(part)) for part in parts)

    def read(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, Reading]:
        """Each repository, under its new name if it was renamed.

        That one is missing counts only if the API itself says so; of the REST API, while its rate limit isn't used up.
        """
        if request.content:
            return self._many(request, status, headers, body)
        found = redirected(request, status, headers)
        return found or {key: self._one(key, status, headers, body) for key in request.keys}

    def records(self, saved: object) -> tuple[Record, ...]:
        """The repository of an answer of the REST API."""
        given = mapping(saved)
        ours = str(given.get("html_url", "")).startswith("https://github.com/")
        found = _record(given) if ours else None
        return (found,) if found else ()

    def _one(self, key: str, status: int, headers: Headers, body: bytes) -> Reading:
        """The reading of an answer of the REST API."""
        found = json_object(body)
        if found is not None and status in {200, 301, 302, 307, 308}:
            return self._found(key, found)
        if status == 404 and found is not None and found.get("message") == "Not Found" and not _budget_spent(headers):
            return self._missing()
        return _refusal(self.name, status, headers, body)

    def _many(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, Reading]:
        """The readings of an answer of the GraphQL API."""
        found = json_object(body)
        data = mapping((found or {}).get("data"))
        if status != 200 or found is None or not data:
            said = next((text(mapping(one).get("message")) for one in many((found or {}).get("errors"))), "")
            refused = unknown(self.name, f"GitHub says: {said}") if said else _refusal(self.name, status, headers, body)
            return dict.fromkeys(request.keys, refused)
        errors: dict[object, Mapping[str, object]] = {
            next(iter(many(error.get("path"))), None): error for error in map(mapping, many(found.get("errors")))
        }
        aliases = {f"r{number}": key for number, key in enumerate(request.keys)}
        return {key: self._node(key, data[alias], errors.get(alias, {})) for alias, key in aliases.items() if alias in data}

    def _node(self, key: str, node: object, error: Mapping[str, object]) -> Reading:
        given = mapping(node)
        if error.get("type") == "NOT_FOUND" and not given:
            return self._missing()
        if not given:
            return no_answer(self.name, 200, (), text(error.get("message")))
        reading = self._found(key, _as_rest(given))
        if reading.vitality is None:
            return reading
        release, branch = mapping(given.get("latestRelease")), mapping(mapping(given.get("defaultBranchRef")).get("target"))
        days = reading.vitality.pushed, day(branch.get("committedDate"))
        vitality = replace(
            reading.vitality,
            pushed=min(filter(None, days), default=None),  # the date of a commit is what its author wrote
            release=text(release.get("tagName")) or None,
            released=day(release.get("publishedAt")),
        )
        return replace(reading, vitality=vitality)

    def _missing(self) -> Reading:
        return Reading(RegistryAnswer(self.name, "missing", "no such repository, or a private one"))

    def _found(self, key: str, found: Mapping[str, object]) -> Reading:
        """The reading of a repository as the REST API gives it."""
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
        return Reading(answer, record, vitality=None if found.get("private") is True else _vitality(found))


def repositories(endpoint: str, access: Access) -> RepositoryService:
    """Repositories of GitHub: with a token all of them, without one few in a run."""
    return RepositoryService(Adapter(endpoint, access), "github.com", _HOSTS, None if access.token else _ANONYMOUS)


def _as_rest(node: Mapping[str, object]) -> Mapping[str, object]:
    """A repository of the GraphQL API in the words of the REST API."""
    return {
        "full_name": node.get("nameWithOwner"), "name": node.get("name"), "html_url": node.get("url"),
        "description": node.get("description"), "language": mapping(node.get("primaryLanguage")).get("name"),
        "created_at": node.get("createdAt"), "updated_at": node.get("updatedAt"), "pushed_at": node.get("pushedAt"),
        "archived": node.get("isArchived"), "private": node.get("isPrivate"), "stargazers_count": node.get("stargazerCount"),
        "license": {"spdx_id": mapping(node.get("licenseInfo")).get("spdxId")},
    }  # fmt: skip


def _query(keys: Sequence[str]) -> bytes:
    names = (key.partition("/") for key in keys)
    asked = (
        f"r{number}:repository(owner:{json.dumps(owner)},name:{json.dumps(name)}){{...facts}}"
        for number, (owner, _, name) in enumerate(names)
    )
    return json.dumps({"query": f"{{{' '.join(asked)}}} {_FIELDS}"}).encode()


def _budget_spent(headers: Headers) -> bool:
    return header(headers, "x-ratelimit-remaining") == "0" or header(headers, "retry-after") is not None


def _refusal(name: str, status: int, headers: Headers, body: bytes) -> Reading:
    """The reading of an answer without a repository."""
    if spent(status, headers) or (status == 404 and _budget_spent(headers)):
        return unknown(name, "GitHub asks not to be asked now: set GITHUB_TOKEN, or try again in an hour")
    given = json_object(body) or {}
    said = text(given.get("message")) or (text(body.decode("utf-8", "replace")) if plain_word(body) else "")
    if status == 401:
        why = f" ({said})" if said else ""
        return unknown(
            name,
            f"GitHub doesn't accept the GITHUB_TOKEN{why}: it has expired or is mistyped; unset it, or make a new one",
        )
    if status == 451 or isinstance(given.get("block"), dict):
        reason = plain(mapping(given.get("block")).get("reason"))
        return unknown(name, f"GitHub has blocked the repository{f' ({reason})' if reason else ''}")
    return no_answer(name, status, headers, said)


def _licence(value: object) -> str | None:
    """An SPDX identifier; GitHub gives NOASSERTION for a licence that it doesn't know."""
    return None if value == "NOASSERTION" else plain(value)


def _vitality(given: Mapping[str, object]) -> Vitality:
    """The vitality of a repository in an answer of the REST API, which has no releases."""
    return Vitality(
        archived=given.get("archived") is True,
        pushed=day(given.get("pushed_at")),
        stars=count(given.get("stargazers_count")),
        licence=_licence(mapping(given.get("license")).get("spdx_id")),
    )


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
