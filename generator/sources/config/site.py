"""Read how the site looks: the settings under `site`."""

from __future__ import annotations

from typing import Any

from generator.problems import Place
from generator.sources.collection import LANGUAGES, Site
from generator.sources.yaml_tree import Node
from generator.sources.yaml_tree.reader import Key, Reader

SITE = (Key("language", "choice", "Language of the site's own texts; en when absent.", LANGUAGES),)

_SITE = {key.name: key for key in SITE}
_FOREIGN = {"lang": "language", "locale": "language"}
_LANGUAGE_NAMES = {"english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "francais": "fr"}


def read_site(reader: Reader, node: Node, places: dict[str, Place]) -> Site:
    """The settings; a wrong one is a problem and has its default. Their places are added to `places` as `site.NAME`."""
    found = reader.fields(node, _SITE, "site", _FOREIGN)
    values: dict[str, Any] = {}
    for name, value in found.items():
        places[f"site.{name}"] = Place(reader.path, value.line, value.column, None, f"site.{name}")
    if "language" in found and (language := reader.choice(found["language"], "language", LANGUAGES, _LANGUAGE_NAMES)):
        values["language"] = language
    return Site(**values)
