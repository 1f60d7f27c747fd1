"""The links of a simulated web as a topic file, one section for each behaviour: the sample collection of the demonstration."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linkcheck.model import Link
    from tests.web.world import World


def collection(world: World, title: str = "The Simulated Web") -> str:
    """YAML. Entries have the ids of the links' places, so that verdicts can be told by them."""
    lines = [f"title: {_text(title)}", "description: |", "  Links into a web that exists on this machine only.", "sections:"]
    for name, links in groupby(world.links, lambda link: _section(world, link)):
        lines += [f"  - title: {_text(name)}", "    entries:"]
        for link in links:
            lines += [f"      - id: {_text(_id(link))}"]
            if link.work and link.work.title:
                lines += [f"        title: {_text(link.work.title)}"]
            lines += [f"        url: {_text(link.url)}"]
    return "\n".join(lines) + "\n"


def _section(world: World, link: Link) -> str:
    row = world.expected[link.url]
    return f"{row.behaviour} {row.name}"


def _id(link: Link) -> str:
    return (link.place.entry or "").lower().replace(".", "-")


def _text(text: str) -> str:
    """A double-quoted scalar; JSON's strings are YAML's."""
    return json.dumps(text)
