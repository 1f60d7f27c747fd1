"""Where GitHub Pages would show a site that a workflow publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.ci import Result, Target, with_github
from generator.exit_codes import Exit
from linkcheck.urls import web

if TYPE_CHECKING:
    from generator.ci.github_api import GitHub

__all__ = ["pages_address"]


def pages_address(to: Target) -> Result:
    """The address of the repository's Pages; "" where there are none, or where a branch of the repository is what they show.

    What a branch shows is somebody's own site: a workflow that published there would put ours in its place.
    """
    return with_github(to, lambda github: _ask_pages(github, to))


async def _ask_pages(github: GitHub, to: Target) -> Result:
    answer = await github.get(f"/repos/{to.repository}/pages")
    if answer.status == 404:
        return Exit.OK, ""
    if not answer.ok or not isinstance(answer.data, dict):
        return Exit.FOUND, answer.message or "GitHub's answer about Pages isn't understood"
    if answer.data.get("build_type") != "workflow":
        return Exit.OK, ""
    address = answer.data.get("html_url")
    if not isinstance(address, str) or not web(address) or not address.isprintable() or " " in address:
        return Exit.FOUND, "GitHub names no address of the repository's Pages"
    return Exit.OK, address
