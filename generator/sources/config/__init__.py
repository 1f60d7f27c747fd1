"""Read `_collection.yaml`: the collection and the policy of checking. The environment isn't read: secrets stay names."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from types import MappingProxyType
from typing import Any

from generator.problems import Place, Problem, quoted
from generator.sources.collection import ORDERS, Collection, Pages
from generator.sources.config.excuses import EXCUSE, read_excuses
from generator.sources.config.hosts import HOST, read_hosts
from generator.sources.config.site import ACCENT, SITE, read_site
from generator.sources.config.values import read_count, read_duration, read_number, seconds
from generator.sources.markup import report_unshown
from generator.sources.yaml_tree import Mapping, Node, Sequence, read
from generator.sources.yaml_tree.reader import Key, Reader
from linkcheck.policy import PACES, Bounds, Policy
from linkcheck.services import ENDPOINTS

__all__ = [
    "ACCENT", "CHECK", "COLLECTION", "EXCUSE", "FLEET", "HOST", "PAGES", "SITE", "VOCABULARY_FIELDS", "Fleet", "FleetList",
    "read_collection", "read_fleet", "read_page_settings", "seconds",
]  # fmt: skip

CHECK = (
    Key("confirm", "count", "Failing nights in a row before a link is reported dead."),
    Key("pace", "choice", "How fast one host is asked.", tuple(PACES)),
    Key(
        "budget", "duration", "Time for one run, as 20m or 1h30m; links that are left over are checked first on the next night."
    ),
    Key("concurrency", "count", "Maximum number of connections at the same time, over all hosts."),
    Key("timeout", "duration", "Maximum time for one link with all its redirects, as 30s."),
    Key("fresh_days", "number", "Days after which a link that was alive is checked again; 0 checks every night."),
    Key("contact", "line", "Address or URL that is sent to servers in the User-Agent; the repository when absent."),
    Key("allow_private", "networks", "Private networks that may be connected to, as 10.0.0.0/8."),
    Key(
        "endpoints",
        "addresses",
        f"Other addresses of services' interfaces ({', '.join(ENDPOINTS)}), as of a mirror.",
    ),
    Key("excuses", "excuses", "Exceptions for single links, by their URLs: the reason, until when, what to accept."),
    Key("hosts", "hosts", "Settings of single hosts, by name; .example.org means all hosts under it."),
)

PAGES = (Key("fold", "whole", "Entries of a list above which it is folded; 100 when absent, 0 folds none."),)

COLLECTION = (
    Key("title", "line", "Title of the collection; the heading of its index."),
    Key("description", "text", "What the collection is for, Markdown."),
    Key("license", "line", "Licence of the lists, as in CC0-1.0."),
    Key("repository", "line", "URL of the repository, for links to edit a page and as contact of the link checker."),
    Key("header", "text", "Markdown before the contents of the single page, as it is."),
    Key("footer", "text", "Markdown at the end of the single page, as it is."),
    Key("order", "choice", "How entries are ordered inside a section; as-written when absent.", ORDERS),
    Key("topics", "lines", "Order of the topics (names of their files without .yaml); unlisted ones come last."),
    Key(
        "vocabularies",
        "vocabularies",
        "The only values that are allowed in a field (tags, venue, language, kind, status, links).",
    ),
    Key("check", "check", "How links are checked."),
    Key("site", "site", "How the site looks."),
    Key("pages", "pages", "How the pages on GitHub look."),
)

VOCABULARY_FIELDS = ("tags", "venue", "language", "kind", "status", "links")

FLEET = (
    Key("lists", "lists", "The lists to check: paths of folders or pages, or mappings of path and name.", required=True),
    *CHECK,
)
FLEET_LIST = (
    Key("path", "line", "A folder of sources or of Markdown, a repository that is already there, or a page.", required=True),
    Key("name", "line", "What reports call the list; its path when absent."),
)

_COLLECTION = {key.name: key for key in COLLECTION}
_CHECK = {key.name: key for key in CHECK}
_ENDPOINT_KEYS = {name: Key(name, "line", "An address.") for name in ENDPOINTS}
_FOREIGN = {
    **dict.fromkeys(("name", "heading"), "title"),
    **dict.fromkeys(("licence", "spdx"), "license"),
    **dict.fromkeys(("repo", "url", "github", "homepage"), "repository"),
    **dict.fromkeys(("lists", "files"), "topics"),
    **dict.fromkeys(("vocabulary", "tags"), "vocabularies"),
    **dict.fromkeys(("policy", "links", "linkcheck", "link_check", "checks"), "check"),
    **dict.fromkeys(_CHECK, "it belongs under check"),
    **dict.fromkeys((key.name for key in SITE), "it belongs under site"),
    **dict.fromkeys(("theme", "website", "html"), "site"),
}
_FOREIGN_CHECK = {
    **dict.fromkeys(("nights", "retries_before_dead"), "confirm"),
    **dict.fromkeys(("speed", "rate"), "pace"),
    **dict.fromkeys(("time", "max_time"), "budget"),
    **dict.fromkeys(("workers", "threads", "max_concurrency", "jobs"), "concurrency"),
    **dict.fromkeys(("max_age", "cache"), "fresh_days"),
    **dict.fromkeys(("private", "allow-private"), "allow_private"),
    **dict.fromkeys(("host", "domains", "sites"), "hosts"),
    **dict.fromkeys(
        ("ignore", "exclude", "skip"), "hosts.NAME.skip says why a host isn't checked; excuses are for single links"
    ),
    **dict.fromkeys(("exceptions", "excuse", "link_check", "accept", "allow", "allowlist"), "excuses"),
}


def read_page_settings(text: str | bytes, path: str) -> tuple[Policy, tuple[Problem, ...]]:
    """The policy of the pages beside `.listkeeper.yaml`, and its problems: the settings under `check`, which may be left out."""
    tree = read(text, path, frozenset({"check", *_CHECK}))
    reader = Reader(path, tree.problems)
    if tree.root is None:
        return Policy(), tuple(reader.problems)
    root: Node = tree.root
    if isinstance(root, Mapping) and any(key.text == "check" for key, _ in root.items):
        found = reader.fields(root, {"check": None}, path, dict.fromkeys(_CHECK, "it belongs under check"))
        root = found["check"]
    policy = _policy(reader, root)
    return policy, tuple(sorted(reader.problems, key=lambda problem: (problem.place.line, problem.place.column)))


@dataclass(frozen=True, slots=True)
class FleetList:
    """One list of a fleet. `path` is relative to the folder of `fleet.yaml`."""

    path: str
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Fleet:
    """The lists that one run checks, and the settings for all of them."""

    lists: tuple[FleetList, ...] = ()
    policy: Policy = field(default_factory=Policy)


def read_fleet(text: str | bytes, path: str) -> tuple[Fleet, tuple[Problem, ...]]:
    """The fleet in a file, and its problems."""
    keys = {key.name: key for key in FLEET}
    tree = read(text, path, frozenset(keys))
    reader = Reader(path, tree.problems)
    if tree.root is None:
        return Fleet(), tuple(reader.problems)
    found = reader.fields(tree.root, keys, path, {**_FOREIGN_CHECK, "check": "write its settings here, beside lists"})
    lists = found.pop("lists", None)
    if lists is None:
        reader.report("missing-key", tree.root, "no lists are named", "write lists: with a path for each, as - ../my-list")
    fleet = Fleet(_fleet_lists(reader, lists) if lists is not None else (), _policy_of(reader, found))
    return fleet, tuple(sorted(reader.problems, key=lambda problem: (problem.place.line, problem.place.column)))


def _fleet_lists(reader: Reader, node: Node) -> tuple[FleetList, ...]:
    keys = {key.name: key for key in FLEET_LIST}
    found: list[FleetList] = []
    for each in node.items if isinstance(node, Sequence) else (node,):
        place = Place(reader.path, each.line, each.column, None, "lists")
        values: dict[str, str] = {}
        if isinstance(each, Mapping):
            for name, value in reader.fields(each, keys, "lists", {"folder": "path", "url": "path", "title": "name"}).items():
                if (line := reader.line(value, f"lists.{name}")) is not None:
                    values[name] = line
        elif (line := reader.line(each, "lists")) is not None:
            values["path"] = line
        path = values.get("path", "")
        if not path:
            continue
        name = values.get("name", path)
        if any(other.name == name for other in found):
            reader.report("repeated-list", each, f"{quoted(name)} is listed twice", "remove it, or give it another name")
            continue
        found.append(FleetList(path, name, place))
    return tuple(found)


def read_collection(text: str | bytes, path: str) -> tuple[Collection, Policy, tuple[Problem, ...]]:
    """The collection, the policy and the problems of the file. What is missing or wrong has its default."""
    tree = read(text, path, frozenset(_COLLECTION))
    reader = Reader(path, tree.problems)
    if tree.root is None:
        return Collection(), Policy(), tuple(reader.problems)
    found = reader.fields(tree.root, _COLLECTION, "_collection.yaml", _FOREIGN)
    values: dict[str, Any] = {}
    places = {name: Place(path, node.line, node.column, None, name) for name, node in found.items()}
    for name in ("title", "license", "repository"):
        if name in found and (line := reader.line(found[name], name)) is not None:
            values[name] = line
    for name in ("description", "header", "footer"):
        if name in found:
            values[name] = reader.text(found[name], name)
            report_unshown(reader, found[name], name, "blocks" if name == "description" else "page")
    if "order" in found and (order := reader.choice(found["order"], "order", ORDERS, {"date": "year", "name": "title"})):
        values["order"] = order
    if "topics" in found:
        node = found["topics"]
        values["topics"] = tuple([name.removesuffix(".yaml") for name in reader.texts(node, "topics")])
        if isinstance(node, Sequence):
            places |= {f"topics.{i}": Place(path, each.line, each.column, None, "topics") for i, each in enumerate(node.items)}
    if "vocabularies" in found:
        values["vocabularies"] = _vocabularies(reader, found["vocabularies"])
    if "pages" in found:
        values["pages"] = _pages(reader, found["pages"])
    if "site" in found:
        values["site"] = read_site(reader, found["site"], places)
    collection = Collection(**values, places=MappingProxyType(places))
    policy = _policy(reader, found["check"]) if "check" in found else Policy()
    if not policy.contact and collection.repository:
        policy = replace(policy, contact=collection.repository)
    return collection, policy, tuple(sorted(reader.problems, key=lambda problem: (problem.place.line, problem.place.column)))


def _vocabularies(reader: Reader, node: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = reader.fields(node, dict.fromkeys(VOCABULARY_FIELDS), "vocabularies", {"tag": "tags", "labels": "links"})
    return tuple((name, reader.texts(words, f"vocabularies.{name}")) for name, words in found.items())


def _pages(reader: Reader, node: Node) -> Pages:
    found = reader.fields(node, {key.name: key for key in PAGES}, "pages", {"collapse": "fold", "folded": "fold"})
    fold = read_count(reader, found["fold"], "pages.fold", 0) if "fold" in found else None
    return Pages() if fold is None else Pages(fold)


def _policy(reader: Reader, node: Node) -> Policy:
    return _policy_of(reader, reader.fields(node, _CHECK, "check", _FOREIGN_CHECK))


def _policy_of(reader: Reader, found: dict[str, Node]) -> Policy:
    values: dict[str, Any] = {}
    bounds = Bounds()
    for name, value in found.items():
        shape = _CHECK[name].shape
        field = f"check.{name}"
        if shape == "count" and (count := read_count(reader, value, field, 1)) is not None:
            values[name] = count
        elif shape == "number" and (number := read_number(reader, value, field)) is not None:
            values[name] = number
        elif shape == "line" and (line := reader.line(value, field)) is not None:
            values[name] = line
        elif shape == "choice" and (
            pace := reader.choice(value, name, _CHECK[name].choices, {"slow": "gentle", "fast": "brisk", "default": "normal"})
        ):
            values["pace"] = PACES[pace]
        elif shape == "duration" and (span := read_duration(reader, value, field)) is not None:
            if name == "timeout":
                bounds = _within(span)
            else:
                values[name] = span
        elif shape == "networks":
            values[name] = _networks(reader, value, field)
        elif shape == "addresses":
            values[name] = _addresses(reader, value, field)
        elif shape == "excuses":
            values[name] = read_excuses(reader, value, field)
        elif shape == "hosts":
            values[name] = read_hosts(reader, value)
    return Policy(bounds=bounds, **values)


def _within(limit: float) -> Bounds:
    """Bounds with `limit` seconds for a link; no part is longer."""
    bounds = Bounds(link=limit)
    parts = {name: min(getattr(bounds, name), limit) for name in ("dns", "connect", "tls", "first_byte", "body")}
    return replace(bounds, **parts)


def _networks(reader: Reader, node: Node, field: str) -> tuple[IPv4Network | IPv6Network, ...]:
    found: list[IPv4Network | IPv6Network] = []
    for text in reader.texts(node, field):
        try:
            found.append(ip_network(text))
        except ValueError:
            hint = "write an address with its prefix: 10.0.0.0/8"
            with suppress(ValueError):
                hint = f"write {ip_network(text, strict=False)}"
            reader.report("bad-network", node, f"{field}: {quoted(text)} isn't a network", hint, field=field)
    return tuple(found)


def _addresses(reader: Reader, node: Node, field: str) -> tuple[tuple[str, str], ...]:
    found = reader.fields(node, _ENDPOINT_KEYS, field, {})
    return tuple((name, line) for name, value in found.items() if (line := reader.line(value, f"{field}.{name}")) is not None)
