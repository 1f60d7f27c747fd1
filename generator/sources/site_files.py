"""Read the files that the site shows: the logo, the style sheet, and the pictures of headers and footers."""

from __future__ import annotations

import re
import struct
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.markdown import descriptions
from generator.problems import Place, Problem, Severity, quoted
from generator.sources.collection import Site
from generator.sources.files import link_out, shown

__all__ = ["NO_FILES", "SiteFiles", "local_pictures", "site_files"]

_MAX_LOGO = 100_000
_MAX_STYLES = 200_000
_MAX_PICTURES = 1_000_000
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}
_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
_PNG = re.compile(rb"\x89PNG\r\n\x1a\n.{4}IHDR(.{8})", re.DOTALL)
_SVG = re.compile(rb"<svg[\s>]")
_VIEW_BOX = re.compile(rb"\sviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+(\d{1,6}(?:\.\d+)?)[\s,]+(\d{1,6}(?:\.\d+)?)")
_REMOTE = re.compile(r"(?:@import\s+(?:url\()?|url\()\s*[\"']?\s*(?:https?:)?//[^\s\"')]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """The logo as a `data:` URL with its width by height, and the text of the style sheet; "" where there is none.

    `pictures` are paths beside the sources with `data:` URLs.
    """

    logo: str = ""
    ratio: float = 1.0
    stylesheet: str = ""
    pictures: tuple[tuple[str, str], ...] = ()


NO_FILES = SiteFiles()
"""A site without a logo and a style sheet of its own."""


def site_files(folder: Path, site: Site, places: Mapping[str, Place]) -> tuple[SiteFiles, tuple[Problem, ...]]:
    """The files of a lists folder that the settings name. One that can't be used is a problem, and counts as absent."""
    problems: list[Problem] = []
    logo, ratio, styles = "", 1.0, ""
    if site.logo and (data := _read(folder, site.logo, tuple(_TYPES), _MAX_LOGO, places["site.logo"], problems)) is not None:
        size = _size(data)
        if size is None:
            problems.append(_wrong(places["site.logo"], site.logo, "isn't a picture in SVG or PNG", "name another file"))
        else:
            kind = _TYPES[".png" if _PNG.match(data) else ".svg"]
            logo, ratio = f"data:{kind};base64,{b64encode(data).decode()}", size
    if site.stylesheet:
        data = _read(folder, site.stylesheet, (".css",), _MAX_STYLES, places["site.stylesheet"], problems)
        styles = data.decode("utf-8", "replace") if data is not None else ""
        problems += _loads_elsewhere(styles, shown(folder / site.stylesheet))
    return SiteFiles(logo, ratio, styles), tuple(problems)


def local_pictures(folder: Path, texts: Iterable[tuple[str, Place]]) -> tuple[tuple[tuple[str, str], ...], tuple[Problem, ...]]:
    """The pictures beside the sources that headers and footers show, as in `SiteFiles`; a note for each that the site can't show."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    rest = _MAX_PICTURES
    for text, place in texts:
        for name in descriptions.local_pictures(text):
            if name in found:
                continue
            wrong: list[Problem] = []
            suffixes = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")
            data = _read(folder, name, suffixes, min(_MAX_LOGO, rest), place, wrong)
            kind = _kind(data) if data is not None else ""
            if data is not None and not kind:
                wrong.append(_wrong(place, name, "isn't a picture", "name another file"))
            problems += [
                replace(one, code="markup-not-shown", severity=Severity.NOTE, message=f"{one.message}; the site shows its text")
                for one in wrong
            ]
            if data is not None and kind:
                found[name] = f"data:{kind};base64,{b64encode(data).decode()}"
                rest -= len(data)
    return tuple(found.items()), tuple(problems)


def _kind(data: bytes) -> str:
    """The media type of a picture; "" for other files."""
    if _SVG.search(data[:10_000]):
        return "image/svg+xml"
    return next((kind for start, kind in _PICTURES.items() if data.startswith(start)), "")


def _read(
    folder: Path, name: str, suffixes: tuple[str, ...], limit: int, place: Place, problems: list[Problem]
) -> bytes | None:
    path = folder / name
    inside = not Path(name).is_absolute() and ".." not in Path(name).parts and "\\" not in name and "\0" not in name
    if not inside or link_out(path, folder):
        problems.append(_wrong(place, name, f"is outside {shown(folder)}/", "copy the file into the folder, and name the copy"))
    elif path.suffix.lower() not in suffixes:
        problems.append(_wrong(place, name, f"doesn't end in {' or '.join(suffixes)}", "name a file of this kind"))
    else:
        try:
            if path.stat().st_size <= limit:
                return path.read_bytes()
            problems.append(_wrong(place, name, f"has more than {limit:,} bytes", "make it smaller"))
        except OSError as error:
            hint = f"put the file at {shown(path)}, or correct the path"
            problems.append(_wrong(place, name, f"can't be read: {error.strerror}", hint))
    return None


def _wrong(place: Place, name: str, what: str, hint: str) -> Problem:
    return Problem("bad-site", Severity.ERROR, f"{place.field}: {quoted(name)} {what}", place, hint)


def _size(data: bytes) -> float | None:
    """Width by height of a picture, 1 for an SVG that doesn't say; None if it is neither PNG nor SVG."""
    if match := _PNG.match(data):
        width, height = struct.unpack(">II", match[1])
        return width / height if width and height else None
    if not _SVG.search(data[:10_000]):
        return None
    box = _VIEW_BOX.search(data[:10_000])
    width, height = (float(box[1]), float(box[2])) if box else (1.0, 1.0)
    return width / height if width and height else 1.0


def _loads_elsewhere(styles: str, path: str) -> Iterator[Problem]:
    """A warning for each address of another site in a style sheet: pages forbid browsers to load it."""
    for number, row in enumerate(styles.splitlines(), 1):
        for match in _REMOTE.finditer(row):
            message = f"{quoted(match[0])} isn't loaded: the site loads nothing from other sites"
            hint = "write the picture into the style sheet as a data: URL, or do without"
            yield Problem("bad-site", Severity.WARNING, message, Place(path, number, match.start() + 1), hint)
