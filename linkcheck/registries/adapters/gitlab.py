"""GitLab.com: the REST API says whether a project exists, was archived or renamed, with its record; no token is needed.

https://docs.gitlab.com/api/projects/#get-a-single-project. A path of two or more names belongs to a project or a group: if there is no
project, the group is asked for. For a renamed project the answer is a redirect to its number. The languages of a project aren't part of
the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

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
from linkcheck.registries.reading import count, day, further, json_object, mapping, no_answer, plain, redirected, text

__all__ = ["Adapter", "repositories"]

_HEADERS = (("Accept", "application/json"),)
_HOSTS = frozenset({"gitlab.com", "www.gitlab.com"})
_NAME = r"[A-Za-z0-9_.](?:[A-Za-z0-9_.-]{0,254})"
_FULL_PATH = re.compile(rf"{_NAME}(?:/{_NAME}){{1,20}}")
_NOT_GROUPS = frozenset({
    ".well-known", "admin", "api", "assets", "dashboard", "explore", "files", "groups", "health_check", "help", "import", "jwt", "login",
    "oauth", "profile", "projects", "public", "s", "search", "sitemap", "snippets", "unsubscribes", "uploads", "users", "v2",
})  # fmt: skip
"""First path words that are GitLab's own (https://docs.gitlab.com/user/reserved_names/)."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """GitLab's REST API. A key is the path of a project with its groups, in lower case: `group/subgroup/project`."""

    endpoint: str
    access: Access = field(default=Access(), repr=False)
    name: str = "GitLab"
    batch: int = 1
    kind: str = "software"

    def key(self, url: str) -> str | None:
        """The project whose root page a link is; None for pages inside it, and for fragments."""
        at = address(url)
        return None if at is None or at.fragment else _project(url)

    def record_key(self, subject: Subject) -> str | None:
        """The project of the subject's page."""
        return _project(subject.url)

    def requests(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for each project."""
        return tuple(BatchRequest(self.name, self._url("projects", key), _HEADERS, (key,)) for key in dict.fromkeys(keys))

    def read(self, request: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, Reading]:
        """The project or group of this path, under its new name if it was renamed."""
        found = redirected(request, status, headers)
        return found or {key: self._reading(key, request, status, headers, body) for key in request.keys}

    def records(self, saved: object) -> tuple[Record, ...]:
        """The project of an answer."""
        found = _record(mapping(saved))
        return (found,) if found else ()

    def _url(self, kind: str, key: str) -> str:
        return self.endpoint.replace("{kind}", kind).replace("{path}", quote(key, safe=""))

    def _reading(self, key: str, request: BatchRequest, status: int, headers: Headers, body: bytes) -> Reading:
        found = json_object(body)
        group = request.url == self._url("groups", key)
        if status == 200 and found is not None:
            return self._group(key, found) if group else self._found(key, found)
        said = text((found or {}).get("message"))
        if status == 404 and said == "404 Project Not Found" and not group:
            group_request = BatchRequest(self.name, self._url("groups", key), _HEADERS, (key,))
            return further(group_request, "no project of this path: the group is asked for")
        if status == 404 and said == "404 Group Not Found" and group:
            if key.count("/") == 1:
                return Reading(RegistryAnswer(self.name, "missing", "no such project or group, or a private one"))
            return unknown(self.name, "no such project or group, but as an old address within a project its page may exist")
        return no_answer(self.name, status, headers, said)

    def _group(self, key: str, found: Mapping[str, object]) -> Reading:
        path = found.get("full_path")
        if isinstance(path, str) and path.lower() == key and found.get("visibility", "public") == "public":
            return Reading(RegistryAnswer(self.name, "exists", "a group"))
        return no_answer(self.name, 200, (), "it names no group")

    def _found(self, key: str, found: Mapping[str, object]) -> Reading:
        record = _record(found)
        if record is None or record.url is None:
            return no_answer(self.name, 200, (), "it names no project")
        path = record.url.removeprefix("https://gitlab.com/")
        detail = "archived" if found.get("archived") is True else ""
        if found.get("visibility", "public") != "public":
            return unknown(self.name, "a project that isn't public: readers may not see it")
        if path.lower() == key:
            return Reading(RegistryAnswer(self.name, "exists", detail), record, vitality=_vitality(found))
        record = replace(record, notes=(*record.notes, f"it is {path} now"))
        return Reading(RegistryAnswer(self.name, "moved", detail, record.url or ""), record, vitality=_vitality(found))


def repositories(endpoint: str, access: Access) -> RepositoryService:
    """Projects of GitLab.com: each is asked about by itself."""
    return RepositoryService(Adapter(endpoint, access), "gitlab.com", _HOSTS)


def _project(url: str) -> str | None:
    """The path of a project, if a URL can be the page of one."""
    at = address(url)
    if at is None or at.host not in _HOSTS:
        return None
    path = at.path.removeprefix("/").removesuffix("/").removesuffix(".git")
    return path.lower() if _is_path(path) and path.partition("/")[0].lower() not in _NOT_GROUPS else None


def _is_path(path: str) -> bool:
    return _FULL_PATH.fullmatch(path) is not None and not {".", ".."} & set(path.split("/"))


def _vitality(given: Mapping[str, object]) -> Vitality:
    """The vitality of a project. Its last activity may be later than its last commit; licence and release aren't part of the answer."""
    return Vitality(
        archived=given.get("archived") is True,
        pushed=day(given.get("last_activity_at")),
        stars=count(given.get("star_count")),
    )


def _record(given: Mapping[str, object]) -> Record | None:
    """The record of a project of GitLab.com; None if the answer isn't about one. The owner of its group may not be its author."""
    path, page, title = given.get("path_with_namespace"), given.get("web_url"), plain(given.get("name"))
    if not isinstance(path, str) or not isinstance(page, str) or not _is_path(path) or title is None:
        return None
    if page.lower() != f"https://gitlab.com/{path}".lower():
        return None
    return Record(
        "GitLab",
        title=title,
        kind="software",
        url=f"https://gitlab.com/{path}",
        description=plain(given.get("description")),
        created=day(given.get("created_at")),
        updated=day(given.get("last_activity_at")),
        notes=("its owner has archived it",) if given.get("archived") is True else (),
    )
