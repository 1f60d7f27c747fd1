"""Publish results to GitHub: one issue, one comment, one badge, one branch, each updated in place.

Each function finds what was published before, changes nothing if nothing changed, and returns one line on what it did.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator import VERSION
from generator.exit_codes import Exit

if TYPE_CHECKING:
    from generator.ci.github_api import GitHub

__all__ = ["BOT", "Result", "Target", "is_ours", "same_body", "target", "with_github"]

BOT = "github-actions[bot]"
"""The account of a workflow's own token. Posts with our marker by any other account are not ours, and left alone."""

Result = tuple[Exit, str]


@dataclass(frozen=True, slots=True)
class Target:
    """Where to publish: the API's base URL, the repository, the token, and the account whose issues and comments are ours."""

    base: str
    repository: str
    token: str
    author: str = BOT
    environ: Mapping[str, str] | None = None


def target(repository: str | None, author: str | None, environ: Mapping[str, str]) -> Target | str:
    """The target that the options and a workflow's environment name, or a message on what is missing."""
    from generator.ci.github_api import PUBLIC, is_repository, unusable

    name = repository or environ.get("GITHUB_REPOSITORY", "")
    base, token = environ.get("GITHUB_API_URL") or PUBLIC, environ.get("GITHUB_TOKEN", "")
    if not is_repository(name):
        return f'"{name}" is no repository: write --repository OWNER/NAME'
    flaw = unusable(base, token)
    return flaw or Target(base, name, token, author or BOT, environ)


def with_github(to: Target, call: Callable[[GitHub], Awaitable[Result]]) -> Result:
    """Run `call` with a client for the target's GitHub, which is closed afterwards."""
    import asyncio

    from generator.ci.github_api import GitHub
    from generator.network import proxies_of, trusted_by

    async def run() -> Result:
        environ = to.environ or {}
        github = GitHub(
            to.base, to.token, agent=f"Listkeeper/{VERSION}", proxies=proxies_of(environ), trusted=trusted_by(environ)
        )
        try:
            return await call(github)
        finally:
            await github.aclose()

    return asyncio.run(run())


def is_ours(item: Any, author: str, marker: str) -> bool:  # noqa: ANN401  # JSON
    """Whether an issue or comment begins with our marker and is by our account: anyone can copy the marker."""
    if not isinstance(item, dict):
        return False
    user, body = item.get("user"), item.get("body")
    return isinstance(user, dict) and user.get("login") == author and isinstance(body, str) and body.startswith(marker)


def same_body(one: str, other: str) -> bool:
    """Whether two bodies are equal apart from line ends, which GitHub's editor changes."""
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()
