"""GitHub: the REST API knows whether a repository is there, archived or renamed.

Only with a token: without one 60 questions an hour are allowed, and the pages, at one a second, are the faster way.
https://docs.github.com/en/rest/repos/repos#get-a-repository
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from linkcheck.identity import identify
from linkcheck.model import RegistryAnswer
from linkcheck.registries.question import BatchRequest, Headers, address, unknown
from linkcheck.registries.reading import header, json_object, plain_word, text

ENDPOINT = "https://api.github.com/repos/{repository}"
_HEADERS = (("Accept", "application/vnd.github+json"), ("X-GitHub-Api-Version", "2022-11-28"))
_HOSTS = frozenset({"github.com", "www.github.com"})
_ROOT = re.compile(r"/([A-Za-z0-9][A-Za-z0-9-]{0,38})/([A-Za-z0-9._-]{1,100})/?")
_FULL_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}")
_TOKEN = re.compile(r"[!-~]{1,500}")

_NO_OWNERS = frozenset({
    "accelerator", "advisories", "assets", "business", "case-studies", "changelog", "copilot", "developer", "discussions",
    "downloads", "education", "github-copilot", "home", "integrations", "languages", "logos", "mcp", "mobile", "models",
    "newsroom", "oauth", "open-source", "partners", "personal", "plans", "premium-support", "press", "raw", "repositories",
    "shop", "showcases", "spark", "status", "store", "styleguide", "support", "terms", "training", "welcome", "wiki",
})  # fmt: skip
"""More first path words that are GitHub's own: the API knows no repository there, and that would read as a death."""


@dataclass(frozen=True, slots=True)
class GitHub:
    """GitHub's REST API. A key is `owner/repository` in lower case."""

    token: str = field(default="", repr=False)
    endpoint: str = ENDPOINT
    name: str = "GitHub"
    batch: int = 1

    def key(self, url: str) -> str | None:
        """The repository whose root page a link is; None for all that lies in it, for fragments, and without a token."""
        at = address(url)
        if not _TOKEN.fullmatch(self.token) or at is None or at.host not in _HOSTS or at.fragment:
            return None
        root = _ROOT.fullmatch(at.path)
        if root is None or root[1].lower() in _NO_OWNERS:
            return None
        return next((found.key for found in identify(url) if found.kind == "github"), None)

    def questions(self, keys: Sequence[str]) -> tuple[BatchRequest, ...]:
        """One request for each repository; the token goes along, for this endpoint alone."""
        headers = (*_HEADERS, ("Authorization", f"Bearer {self.token}"))
        return tuple(
            BatchRequest(self.name, self.endpoint.replace("{repository}", key), headers, (key,)) for key in dict.fromkeys(keys)
        )

    def read(self, question: BatchRequest, status: int, headers: Headers, body: bytes) -> dict[str, RegistryAnswer]:
        """The word on the one repository. A 404 counts only as the API's own, with budget left."""
        return {key: self._word(key, status, headers, body) for key in question.keys}

    def _word(self, key: str, status: int, headers: Headers, body: bytes) -> RegistryAnswer:
        found = json_object(body)
        budget_spent = header(headers, "x-ratelimit-remaining") == "0" or header(headers, "retry-after") is not None
        if found is not None and status in {200, 301, 302, 307, 308}:
            return self._repository(key, found)
        if status == 404 and found is not None and found.get("message") == "Not Found" and not budget_spent:
            return RegistryAnswer(self.name, "missing", "no such repository, or a private one")
        if status in {403, 404, 429} and budget_spent:
            return unknown(self.name, f"the budget of this token is spent ({status})")
        said = text((found or {}).get("message")) or (text(body.decode("utf-8", "replace")) if plain_word(body) else "")
        return unknown(self.name, f"the API answered {status}{f': {said}' if said else ''}")

    def _repository(self, key: str, found: Mapping[str, object]) -> RegistryAnswer:
        full_name, page, archived = found.get("full_name"), found.get("html_url"), found.get("archived") is True
        if not isinstance(full_name, str) or not _FULL_NAME.fullmatch(full_name):
            return unknown(self.name, "renamed or odd: the API named no repository, its page may")
        if found.get("private") is True:
            return unknown(self.name, "private: this token may read it, readers may not")
        detail = "archived" if archived else ""
        if full_name.lower() == key:
            return RegistryAnswer(self.name, "exists", detail)
        url = f"https://github.com/{full_name}"
        if not isinstance(page, str) or page.lower() != url.lower():
            return unknown(self.name, "the API named two repositories")
        return RegistryAnswer(self.name, "moved", detail, url)
