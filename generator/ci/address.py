"""Find the address of the repository's GitHub Pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.ci import Result, Target, with_github
from generator.exit_codes import Exit
from linkcheck.urls import web

if TYPE_CHECKING:
    from generator.ci.github_api import GitHub

__all__ = ["pages_address"]


def pages_address(to: Target) -> Result:
    """The address of the repository's Pages; "" if it has none, or if they are built from a branch.

    A branch has the maintainer's own site, which a workflow must not replace.
    """
    return with_github(to, lambda github: _ask_pages(github, to))


async def _ask_pages(github: GitHub, to: Target) -> Result:
    answer = await github.get(f"/repos/{to.repository}/pages")
    if answer.status == 404:
        return Exit.OK, ""
    if not answer.ok or not isinstance(answer.data, dict):
        return Exit.FOUND, answer.message or "GitHub's answer about Pages can't be read"
    if answer.data.get("build_type") != "workflow":
        return Exit.OK, ""
    address = answer.data.get("html_url")
    if not isinstance(address, str) or not web(address) or not address.isprintable() or " " in address:
        return Exit.FOUND, "GitHub gave no valid address of the repository's Pages"
    return Exit.OK, address
