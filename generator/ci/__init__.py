"""Publish results to GitHub: one issue, one comment, one badge, one branch, each updated in place.

Each function finds what was published before, changes nothing if nothing changed, and returns one line on what it did.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from generator import VERSION
from generator.exit_codes import Exit

if TYPE_CHECKING:
    from generator.ci.github_api import GitHub

__all__ = [
    "BOT", "DEFAULT_LIST", "Result", "Target", "is_ours", "list_name", "log_line", "same_body", "target", "with_github",
]  # fmt: skip

BOT = "github-actions[bot]"
"""The account of a workflow's own token. Posts with our marker by any other account are not ours, and left alone."""

DEFAULT_LIST = "lists"
"""The name of the list whose files are at the root of the data branch, and whose issue names no folder."""

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


def list_name(folder: Path) -> str:
    """The name of a list, by which its issue and its files on the data branch are found: its folder's path, percent-encoded.

    The path is from the current folder; of a folder that isn't inside it, the last part alone.
    """
    path = Path(os.path.relpath(folder)).as_posix()
    path = folder.absolute().name if path.startswith("../") or path == ".." else path
    return "%2E" if path == "." else quote(path).replace("--", "-%2D")


def log_line(kind: str, title: str, text: str, environ: Mapping[str, str]) -> str:
    """A "notice", "warning" or "error" for the log; where GitHub runs the job, one that it shows on the run's page."""
    if environ.get("GITHUB_ACTIONS") != "true":
        return f"{kind}: {text}"
    return f"::{kind} title={title}::{text.replace('%', '%25').replace(chr(13), '%0D').replace(chr(10), '%0A')}"


def is_ours(item: Any, author: str, marker: str) -> bool:  # noqa: ANN401  # JSON
    """Whether an issue or comment begins with our marker and is by our account: anyone can copy the marker."""
    if not isinstance(item, dict):
        return False
    user, body = item.get("user"), item.get("body")
    return isinstance(user, dict) and user.get("login") == author and isinstance(body, str) and body.startswith(marker)


def same_body(one: str, other: str) -> bool:
    """Whether two bodies are equal apart from line ends, which GitHub's editor changes."""
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()
