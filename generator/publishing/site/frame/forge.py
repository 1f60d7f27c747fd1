"""Links to the repository's host: to edit a file, and to suggest an entry."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from generator.publishing.site.html import web
from generator.sources.collection import Collection

__all__ = ["edit_url", "file_url", "suggest_url"]

_HOSTS = {"github.com": "github", "gitlab.com": "gitlab", "codeberg.org": "forgejo"}
_NAMES = ("github", "gitlab", "forgejo")
_EDIT = {"github": "edit/{branch}", "gitlab": "-/edit/{branch}", "forgejo": "_edit/{branch}"}
_SHOW = {"github": "blob/{branch}", "gitlab": "-/blob/{branch}", "forgejo": "src/branch/{branch}"}
_NEW_ISSUE = {"github": "issues/new/choose", "gitlab": "-/issues/new", "forgejo": "issues/new/choose"}
_BRANCH = {"github": "HEAD", "gitlab": "HEAD", "forgejo": "main"}


def edit_url(collection: Collection, path: str) -> str:
    """The address to edit a file of the repository, by its path; the repository's where its host isn't known, "" without one."""
    repository, forge = _repository(collection)
    if not repository or not forge:
        return repository
    branch = quote(collection.site.branch or _BRANCH[forge])
    return f"{repository}/{_EDIT[forge].format(branch=branch)}/{quote(path)}"


def file_url(collection: Collection, path: str) -> str:
    """The address of a file or folder of the repository, by its path; "" where the repository or its host isn't known."""
    repository, forge = _repository(collection)
    if not repository or not forge:
        return ""
    branch = quote(collection.site.branch or _BRANCH[forge])
    return f"{repository}/{_SHOW[forge].format(branch=branch)}/{quote(path)}"


def suggest_url(collection: Collection) -> str:
    """The address to suggest an entry: that of the settings, else of a new issue; "" where neither is known."""
    if collection.site.suggest:
        return web(collection.site.suggest)
    repository, forge = _repository(collection)
    return f"{repository}/{_NEW_ISSUE[forge]}" if repository and forge else ""


def _repository(collection: Collection) -> tuple[str, str]:
    """The repository's address without `.git`, and its host's software; "" for what isn't known."""
    repository = web(collection.repository or "").rstrip("/").removesuffix(".git")
    try:
        host = urlsplit(repository).hostname or ""
    except ValueError:
        return "", ""
    first = host.partition(".")[0]
    return repository, collection.site.forge or _HOSTS.get(host, "") or (first if first in _NAMES else "")
