"""Read how the site looks: the settings under `site`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.problems import Place, Severity, quoted
from generator.sources.collection import FORGES, LANGUAGES, Accent, Site
from generator.sources.config.colours import DARK_PAPERS, LEAST_CONTRAST, LIGHT_PAPERS, contrast, hex_colour, readable
from generator.sources.yaml_tree import Mapping, Node
from generator.sources.yaml_tree.reader import Key, Reader
from linkcheck.urls import web

__all__ = ["ACCENT", "SITE", "read_site"]

SITE = (
    Key("language", "choice", "Language of the site's own texts; en when absent.", LANGUAGES),
    Key("logo", "line", "Path of a picture in this folder, .svg or .png, at most 100 kB."),
    Key("accent", "accent", "Colour of links and marks, #rrggbb; or one for light pages and one for dark ones."),
    Key("stylesheet", "line", "Path of a style sheet in this folder, .css, that is added to the site's own."),
    Key("forge", "choice", "Software of the repository's host; found from the host's name when absent.", FORGES),
    Key("branch", "line", "Branch that links for editing name; the default branch when absent (Forgejo: main)."),
    Key("suggest", "line", "Address of the link to suggest an entry; a new issue of the repository when absent."),
)
ACCENT = (
    Key("light", "line", "Colour on light pages, #rrggbb.", required=True),
    Key("dark", "line", "Colour on dark pages, #rrggbb; made from the other when absent."),
)

_SITE = {key.name: key for key in SITE}
_ACCENT = {key.name: key for key in ACCENT}
_FOREIGN = {
    **dict.fromkeys(("lang", "locale"), "language"),
    **dict.fromkeys(("color", "colour", "accent_color", "accent_colour", "primary"), "accent"),
    **dict.fromkeys(("css", "style", "styles", "extra_css"), "stylesheet"),
    **dict.fromkeys(("image", "picture", "icon"), "logo"),
    **dict.fromkeys(("contribute", "suggestion", "submit"), "suggest"),
}
_LANGUAGE_NAMES = {"english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "francais": "fr"}
_FORGE_NAMES = {"gitea": "forgejo", "codeberg": "forgejo"}


def read_site(reader: Reader, node: Node, places: dict[str, Place]) -> Site:
    """The settings; a wrong one is a problem and has its default. Their places are added to `places` as `site.NAME`."""
    found = reader.fields(node, _SITE, "site", _FOREIGN)
    values: dict[str, Any] = {}
    for name, value in found.items():
        places[f"site.{name}"] = Place(reader.path, value.line, value.column, None, f"site.{name}")
        if name == "language":
            values[name] = reader.choice(value, "site.language", LANGUAGES, _LANGUAGE_NAMES)
        elif name == "forge":
            values[name] = reader.choice(value, "site.forge", FORGES, _FORGE_NAMES)
        elif name == "accent":
            values[name] = _accent(reader, value)
        elif name == "suggest":
            values[name] = _address(reader, value)
        else:
            values[name] = reader.line(value, f"site.{name}")
    return Site(**{name: value for name, value in values.items() if value is not None})


def _address(reader: Reader, node: Node) -> str | None:
    line = reader.line(node, "site.suggest")
    if line is None or web(line):
        return line
    hint = "write an address that begins with https://"
    reader.report("bad-site", node, f"site.suggest: {quoted(line)} isn't a web address", hint, field="site.suggest")
    return None


def _accent(reader: Reader, node: Node) -> Accent | None:
    """The accent on light and dark pages. A colour without contrast is a problem, and the nearest good one takes its place."""
    colours = dict(_colours(reader, node))
    if "light" not in colours:
        return None
    return Accent(readable(colours["light"], LIGHT_PAPERS), readable(colours.get("dark", colours["light"]), DARK_PAPERS))


def _colours(reader: Reader, node: Node) -> Iterator[tuple[str, str]]:
    nodes = reader.fields(node, _ACCENT, "site.accent", {}) if isinstance(node, Mapping) else {"light": node}
    for name, value in nodes.items():
        field = f"site.accent.{name}" if isinstance(node, Mapping) else "site.accent"
        line = reader.line(value, field)
        colour = hex_colour(line) if line is not None else None
        if line is not None and colour is None:
            hint = 'write it in hexadecimal digits and in quotes: "#0a556a"'
            reader.report("bad-site", value, f"{field}: {quoted(line)} isn't a colour", hint, field=field)
        if colour is None:
            continue
        papers = DARK_PAPERS if name == "dark" else LIGHT_PAPERS
        good = readable(colour, papers)
        if good != colour:
            ratio = min(contrast(colour, paper) for paper in papers)
            message = f"{field}: {colour} on {name} pages has a contrast of {ratio:.1f}, and text needs {LEAST_CONTRAST:.0f}"
            hint = f'the nearest colour that can be read is "{good}", which the site shows instead'
            reader.report("low-contrast", value, message, hint, field=field, severity=Severity.WARNING)
        yield name, colour
