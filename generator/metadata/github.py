"""GitHub: a repository's own name, and whether it was renamed or archived.

https://docs.github.com/en/rest/repos/repos#get-a-repository. Its description is GitHub's text, not the list's, and its owner
needn't be its author: neither is taken over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from generator.metadata.parsing import mapping, object_in, plain
from generator.metadata.record import Answer, BatchRequest, Headers, Record, Subject
from linkcheck.registries.reading import header, spent

__all__ = ["Repositories", "repository"]

_HEADERS = (("Accept", "application/vnd.github+json"), ("X-GitHub-Api-Version", "2022-11-28"))
_FULL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}")
_TOKEN = re.compile(r"[!-~]{1,500}")


@dataclass(frozen=True, slots=True)
class Repositories:
    """GitHub's REST API, with a token or (60 questions an hour) without. A key is `owner/repository` in lower case."""

    endpoint: str
    token: str = field(default="", repr=False)
    name: str = "GitHub"

    def key(self, subject: Subject) -> str | None:
        """The repository."""
        return subject.repository or None

    def questions(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for each repository."""
        at = self.endpoint if "{" in self.endpoint else f"{self.endpoint}/repos/{{repository}}"
        headers = (*_HEADERS, ("Authorization", f"Bearer {self.token}")) if _TOKEN.fullmatch(self.token) else _HEADERS
        return tuple(BatchRequest(self.name, at.replace("{repository}", key), headers, (key,)) for key in dict.fromkeys(keys))

    def read(self, question: BatchRequest, status: int, headers: Headers, body: bytes) -> Answer:
        """The one repository. A renamed one is asked for where the answer sends us, at the same address only: a token goes along."""
        place = header(headers, "location")
        if status in {301, 302, 307, 308} and place:
            onward = urljoin(question.url, place)
            if urlsplit(onward)[:2] == urlsplit(question.url)[:2]:
                return Answer(onward=BatchRequest(self.name, onward, question.headers, question.keys))
            return Answer(why="GitHub's answer leads to another address, which isn't asked")
        if spent(status, headers):
            return Answer(why="GitHub asks not to be asked now: set GITHUB_TOKEN, or try again in an hour")
        given = object_in(body) or {}
        if status == 401:
            return Answer(
                why="GitHub doesn't accept the GITHUB_TOKEN: it has expired or is mistyped; unset it, or make a new one"
            )
        if status == 451 or isinstance(given.get("block"), dict):
            reason = plain(mapping(given.get("block")).get("reason"))
            return Answer(why=f"GitHub has blocked the repository{f' ({reason})' if reason else ''}")
        if status == 404:
            return Answer(absent=frozenset(question.keys))
        if status != 200:
            said = plain(given.get("message"))
            return Answer(why=f"GitHub answered {status}{f': {said}' if said else ''}")
        found = repository(given)
        if found is None:
            return Answer(why="GitHub's answer isn't in the form that is known", odd=True)
        return Answer({key: _renamed(found, key) for key in question.keys})


def _renamed(found: Record, key: str) -> Record:
    named = (found.url or "").removeprefix("https://github.com/")
    return found if named.lower() == key else replace(found, notes=(*found.notes, f"it is {named} now"))


def repository(given: Mapping[str, object]) -> Record | None:
    """What an answer says of a repository; None where it is about none."""
    full, short = given.get("full_name"), plain(given.get("name"))
    if not isinstance(full, str) or not _FULL_NAME.fullmatch(full) or short is None:
        return None
    notes = ("its owner has archived it",) if given.get("archived") is True else ()
    return Record("GitHub", title=short, kind="software", url=f"https://github.com/{full}", notes=notes)
