"""The sources of other list managers: hecat's folder of one file an entry (awesome-selfhosted), best-of's projects.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from generator.importing.imported import Imported, LeftOut
from generator.importing.record_to_entry import named, work
from generator.markdown.text import heading
from generator.problems import Place
from generator.sources.catalogue.ids import slug
from generator.sources.catalogue.model import Entry, Section, Topic
from linkcheck.urls import fault, web

__all__ = ["is_best_of", "is_hecat", "read_best_of", "read_hecat"]

Values = Mapping[str, Any]
_HECAT = {"website_url": "website", "source_code_url": "source", "demo_url": "demo", "related_software_url": "related"}
_BEST_OF = {"homepage": "website", "docs_url": "docs", "resource_url": "resource", "link": "website", "url": "website"}
_HOSTS = {"github_id": "https://github.com/", "gitlab_id": "https://gitlab.com/"}
"""Identifiers that are addresses; those of package registries stay as they are, under `extra`."""
_MACHINE = frozenset(("stargazers_count", "updated_at", "commit_history", "current_release", "archived", "show", "ignore"))


def is_hecat(found: Any) -> bool:  # noqa: ANN401
    """Whether a file's values are an entry of hecat's."""
    return isinstance(found, Mapping) and "name" in found and ("website_url" in found or "source_code_url" in found)


def is_best_of(found: Any) -> bool:  # noqa: ANN401
    """Whether a file's values are best-of's projects."""
    return isinstance(found, Mapping) and isinstance(found.get("projects"), list)


def read_hecat(files: Mapping[str, Values], tags: Iterable[Values], path: str, name: str) -> Imported:
    """Entries by file, each in the section of its first tag; further tags stay tags. `tags` describe the sections."""
    about = {str(tag.get("name", "")): tag for tag in tags}
    grouped: dict[str, list[Entry]] = {}
    left: list[LeftOut] = []
    for file, item in sorted(files.items()):
        entry = _entry(item, file, _HECAT, ("website_url", "source_code_url"))
        if entry is None:
            left.append(LeftOut(file, "it has neither a name nor an address"))
            continue
        labels = _texts(item.get("tags"))
        state = "deprecated" if str(item.get("archived", "")).lower() == "true" else "active"
        more = replace(entry, tags=tuple(labels[1:]), state=state)
        grouped.setdefault(labels[0] if labels else "General", []).append(more)
    sections = tuple(
        Section(heading(title)[0], Place(path), None, _line(about.get(title, {}).get("description")), tuple(grouped[title]))
        for title in sorted(grouped, key=str.casefold)
    )
    return Imported(path, (Topic(slug(name) or "list", path, named(name), Place(path, 1, 1), sections=sections),), tuple(left))


def read_best_of(found: Values, path: str, name: str) -> Imported:
    """Projects in the sections of their categories, in the order of the file."""
    config = found.get("configuration")
    title = named(name)
    order = {str(one.get("category")): one for one in found.get("categories") or [] if isinstance(one, Mapping)}
    grouped: dict[str, list[Entry]] = {category: [] for category in order}
    left: list[LeftOut] = []
    for number, item in enumerate(found["projects"], 1):
        entry = _entry(item, path, _BEST_OF, ()) if isinstance(item, Mapping) else None
        if entry is None or not isinstance(item, Mapping):
            left.append(LeftOut(f"project {number}", "it has neither a name nor an address"))
            continue
        grouped.setdefault(str(item.get("category") or "others"), []).append(
            replace(entry, tags=tuple(_texts(item.get("labels"))))
        )
    sections = tuple(
        Section(heading(str(order.get(category, {}).get("title") or named(category)))[0], Place(path), None,
                _line(order.get(category, {}).get("subtitle")), tuple(entries))
        for category, entries in grouped.items() if entries
    )  # fmt: skip
    notes = (LeftOut("configuration", "settings of another tool are not taken over"),) if config else ()
    return Imported(path, (Topic(slug(name) or "list", path, title, Place(path, 1, 1), sections=sections),), tuple(left), notes)


def _entry(item: Values, path: str, addresses: Mapping[str, str], first: tuple[str, ...]) -> Entry | None:
    links: dict[str, str] = {}
    fields: dict[str, str] = {"title": _line(item.get("name")) or "", "description": _line(item.get("description")) or ""}
    for key, prefix in _HOSTS.items():
        if value := _line(item.get(key)):
            links[key.removesuffix("_id")] = f"{prefix}{value}"
    for key, label in addresses.items():
        url = _line(item.get(key))
        if url and web(url) and fault(url) is None:
            links.setdefault(label, url)
    order = [addresses[key] for key in first] or ["github", "gitlab", "website", "resource", *links]
    main = next((label for label in order if label in links), None)
    if main:
        fields["url"] = links.pop(main)
    named_fields = {"name", "description", "tags", "labels", "category", *addresses, *_HOSTS, *_MACHINE}
    for key, value in item.items():
        if key not in named_fields:
            fields[key] = ", ".join(_texts(value)) if isinstance(value, list) else _line(value) or ""
    kind = "other" if str(item.get("resource", "")).lower() == "true" else "software"
    entry = work(fields, kind=kind, authors=(), key="", place=Place(path))
    return replace(entry, links=tuple((label, (url,)) for label, url in links.items() if url != entry.url)) if entry else None


def _line(value: Any) -> str | None:  # noqa: ANN401
    return " ".join(str(value).split()) or None if isinstance(value, str | int | float) else None


def _texts(value: Any) -> list[str]:  # noqa: ANN401
    return [shown for one in value if (shown := _line(one))] if isinstance(value, list) else []
