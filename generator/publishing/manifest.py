"""The manifest `.listkeeper.json` beside the sources: which files besides topic pages `build` wrote, and first-seen days.

With it a later build updates these files, removes those of removed topics, and never overwrites files it didn't write, in formats
that have no room for a marker as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from generator.publishing.data import CITATION, FOLDER, FORMATS

__all__ = ["NAME", "Manifest", "load", "may_track", "to_json"]

NAME = ".listkeeper.json"
_VERSION = 1
_ABOUT = "Written by `listkeeper build`: the files it updates besides the pages, and the days on which entries were first seen."
_FEEDS = re.compile(r"[\w.:/@+-]{1,200}")
_FILE = re.compile(rf"[^/\\]+\.(?:{'|'.join(re.escape(end) for end in FORMATS)})|{re.escape(CITATION)}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """Paths relative to the lists folder, and first-seen days by entry id (None: unknown, before the first build).

    `feeds` is a random name that makes the ids of feeds unique where the collection names no repository; "" where none was needed.
    """

    single: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    first_seen: Mapping[str, date | None] = field(default_factory=dict)
    feeds: str = ""


def load(folder: Path) -> Manifest | None:
    """The manifest, without files that no longer exist or that `build` never writes; None if it can't be parsed."""
    try:
        stored = json.loads((folder / NAME).read_bytes())
    except FileNotFoundError:
        return Manifest()
    except (OSError, ValueError):
        return None
    if not isinstance(stored, dict) or stored.get("version") != _VERSION:
        return None
    single = tuple(
        path for path in _strings(stored.get("single")) if may_track(folder, folder / path) and (folder / path).is_file()
    )
    data = tuple(name for name in dict.fromkeys(_strings(stored.get("data"))) if _FILE.fullmatch(name))
    data_exists = any((folder / FOLDER / name).is_file() for name in data)
    seen = stored.get("seen")
    days = {key: _day(value) for key, value in seen.items()} if isinstance(seen, dict) else {}
    feeds = stored.get("feeds")
    known = feeds if isinstance(feeds, str) and _FEEDS.fullmatch(feeds) else ""
    return Manifest(single, data if data_exists else (), days if data_exists else {}, known)


def to_json(manifest: Manifest) -> str:
    """The text of the manifest file."""
    stored = {
        "version": _VERSION,
        "about": _ABOUT,
        "single": sorted(manifest.single),
        "data": sorted(manifest.data),
        **({"feeds": manifest.feeds} if manifest.feeds else {}),
        "seen": {key: day.isoformat() if day else None for key, day in sorted(manifest.first_seen.items())},
    }
    text = json.dumps(stored, ensure_ascii=False, indent=1) + "\n"
    # Names that are no UTF-8 have lone surrogates, which only JSON's escapes can write.
    return re.sub(r"[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def may_track(folder: Path, path: Path) -> bool:
    """Whether later builds update a single page at this path: a Markdown file below the parent of the lists folder, not hidden."""
    root, whole = folder.resolve().parent, path.resolve()
    return (
        path.suffix == ".md"
        and whole.is_relative_to(root)
        and not any(part.startswith(".") for part in whole.relative_to(root).parts)
    )


def _strings(value: object) -> Iterable[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _day(value: Any) -> date | None:  # noqa: ANN401  # any JSON
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
