"""Where GitHub Pages would show a site that a workflow publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.ci import Target, Told, conversation
from generator.exit_codes import Exit
from linkcheck.urls import web

if TYPE_CHECKING:
    from generator.ci.github_api import GitHub

__all__ = ["pages_address"]


def pages_address(to: Target) -> Told:
    """The address of the repository's Pages; "" where there are none, or where a branch of the repository is what they show.

    What a branch shows is somebody's own site: a workflow that published there would put ours in its place.
    """
    return conversation(to, lambda hub: _asked(hub, to))


async def _asked(hub: GitHub, to: Target) -> Told:
    answer = await hub.get(f"/repos/{to.repository}/pages")
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
