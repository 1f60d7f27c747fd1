"""`_collection.yaml`: what holds for all topics, and the policy of checking. Reads no environment: secrets stay names."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from types import MappingProxyType
from typing import Any

from generator.collection import ORDERS, Collection
from generator.problems import Place, Problem, quoted
from generator.yamltree import Mapping, Node, Scalar, Sequence, read
from generator.yamltree.reader import Field, Reader
from generator.yamltree.traps import quote
from linkcheck.policy import PACES, Bounds, HostRule, Policy

CHECK = (
    Field("confirm", "count", "Nights in a row that a link must fail before it is called dead."),
    Field("pace", "choice", "How fast one host is asked.", tuple(PACES)),
    Field("budget", "duration", "Time for one run, as 20m or 1h30m; what is left over goes on the next night."),
    Field("concurrency", "count", "Connections at once, over all hosts."),
    Field("timeout", "duration", "Longest time for one link with all its redirects, as 30s."),
    Field("fresh_days", "number", "A link seen alive is asked again after about so many days; 0 asks every night."),
    Field("contact", "line", "Address told to the servers asked; the repository when absent."),
    Field("allow_private", "networks", "Private networks that may be connected to, as 10.0.0.0/8."),
    Field(
        "endpoints",
        "addresses",
        "Other addresses of the interfaces of doi, github, arxiv, youtube, wayback, cdx, crossref and datacite (a mirror).",
    ),
    Field("hosts", "hosts", "Settings of single hosts, by name; .example.org stands for all hosts under it."),
)

HOST = (
    Field("headers", "headers", "Headers to send; a secret only as the name of an environment variable, $NAME."),
    Field("method", "choice", "Method of the requests.", ("GET", "HEAD")),
    Field("rate", "number", "Requests a second, at most."),
    Field("connections", "count", "Connections at once."),
    Field("accept", "codes", "Status codes that count as alive here."),
    Field("skip", "line", "Why the host isn't asked at all."),
)

COLLECTION = (
    Field("title", "line", "Title of the collection; the heading of its index."),
    Field("description", "text", "What the collection is for, Markdown."),
    Field("license", "line", "Licence of the lists, as in CC0-1.0."),
    Field("repository", "line", "URL of the repository, for links to edit a page and as contact of the link checker."),
    Field("header", "text", "Markdown put before the contents of the single page, as it stands."),
    Field("footer", "text", "Markdown put at the end of the single page, as it stands."),
    Field("order", "choice", "How entries are ordered inside a section; as-written when absent.", ORDERS),
    Field("topics", "lines", "Order of the topics (names of their files without .yaml); unlisted ones come last."),
    Field("vocabularies", "vocabularies", "For a field (tags, venue, language, kind): the only words allowed in it."),
    Field("check", "check", "How links are checked."),
)

SITES = ("doi", "github", "arxiv", "youtube", "wayback", "cdx", "crossref", "datacite")
VOCABULARY_FIELDS = ("tags", "venue", "language", "kind", "status", "links")

_COLLECTION = {field.name: field for field in COLLECTION}
_CHECK = {field.name: field for field in CHECK}
_HOST = {field.name: field for field in HOST}
_ENDPOINTS = {name: Field(name, "line", "An address.") for name in SITES}
_FOREIGN = {
    **dict.fromkeys(("name", "heading"), "title"),
    **dict.fromkeys(("licence", "spdx"), "license"),
    **dict.fromkeys(("repo", "url", "github", "homepage"), "repository"),
    **dict.fromkeys(("lists", "files"), "topics"),
    **dict.fromkeys(("vocabulary", "tags"), "vocabularies"),
    **dict.fromkeys(("policy", "links", "linkcheck", "link_check", "checks"), "check"),
    **dict.fromkeys(_CHECK, "it belongs under check"),
}
_FOREIGN_CHECK = {
    **dict.fromkeys(("nights", "retries_before_dead"), "confirm"),
    **dict.fromkeys(("speed", "rate"), "pace"),
    **dict.fromkeys(("time", "max_time"), "budget"),
    **dict.fromkeys(("workers", "threads", "max_concurrency", "jobs"), "concurrency"),
    **dict.fromkeys(("max_age", "cache"), "fresh_days"),
    **dict.fromkeys(("private", "allow-private"), "allow_private"),
    **dict.fromkeys(("host", "domains", "sites"), "hosts"),
    **dict.fromkeys(("ignore", "exclude", "skip"), "hosts.NAME.skip says why a host isn't asked; link_check excuses one entry"),
}
_FOREIGN_HOST = {"header": "headers", "ignore": "skip", "exclude": "skip", "codes": "accept", "pace": "rate", "delay": "rate"}

_AMOUNT = r"(\d{1,9}(?:\.\d{1,9})?)"
_DURATION = re.compile(rf"(?:{_AMOUNT} ?h)? ?(?:{_AMOUNT} ?m(?:in)?)? ?(?:{_AMOUNT} ?s)?$")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d+)?$")
_HOST_NAME = re.compile(r"\.?[^\s/:@?#*]+$")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+$")
_SECRET = re.compile(r"authori[sz]ation|cookie|token|secret|key|password|credential", re.IGNORECASE)
VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")
_SCHEME = re.compile(r"(?:Bearer|Basic|token|Token)\s+")


def seconds(text: str) -> float | None:
    """A span of time in seconds: "90", "90s", "20m", "1h30m"; None for anything else, and for nothing."""
    text = " ".join(text.split())
    if _NUMBER.match(text):
        return float(text)
    match = _DURATION.match(text)
    if match is None or not any(match.groups()):
        return None
    hours, minutes, rest = (float(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + rest


def read_collection(text: str | bytes, path: str) -> tuple[Collection, Policy, tuple[Problem, ...]]:
    """What the file says, defaults where it says nothing or something wrong, and its problems."""
    tree = read(text, path)
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
    if "order" in found and (order := reader.choice(found["order"], _COLLECTION["order"], {"date": "year", "name": "title"})):
        values["order"] = order
    if "topics" in found:
        node = found["topics"]
        values["topics"] = tuple([name.removesuffix(".yaml") for name in reader.texts(node, "topics")])
        if isinstance(node, Sequence):
            places |= {f"topics.{i}": Place(path, each.line, each.column, None, "topics") for i, each in enumerate(node.items)}
    if "vocabularies" in found:
        values["vocabularies"] = _vocabularies(reader, found["vocabularies"])
    collection = Collection(**values, places=MappingProxyType(places))
    policy = _policy(reader, found["check"]) if "check" in found else Policy()
    if not policy.contact and collection.repository:
        policy = replace(policy, contact=collection.repository)
    return collection, policy, tuple(sorted(reader.problems, key=lambda problem: (problem.place.line, problem.place.column)))


def _vocabularies(reader: Reader, node: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = reader.fields(node, dict.fromkeys(VOCABULARY_FIELDS), "vocabularies", {"tag": "tags", "labels": "links"})
    return tuple((name, reader.texts(words, f"vocabularies.{name}")) for name, words in found.items())


def _policy(reader: Reader, node: Node) -> Policy:
    found = reader.fields(node, _CHECK, "check", _FOREIGN_CHECK)
    values: dict[str, Any] = {}
    bounds = Bounds()
    for name, value in found.items():
        shape = _CHECK[name].shape
        field = f"check.{name}"
        if shape == "count" and (count := _at_least(reader, value, field, 1)) is not None:
            values[name] = count
        elif shape == "number" and (number := _number(reader, value, field)) is not None:
            values[name] = number
        elif shape == "line" and (line := reader.line(value, field)) is not None:
            values[name] = line
        elif shape == "choice" and (
            pace := reader.choice(value, _CHECK[name], {"slow": "gentle", "fast": "brisk", "default": "normal"})
        ):
            values["pace"] = PACES[pace]
        elif shape == "duration" and (span := _duration(reader, value, field)) is not None:
            if name == "timeout":
                bounds = _within(span)
            else:
                values[name] = span
        elif shape == "networks":
            values[name] = _networks(reader, value, field)
        elif shape == "addresses":
            values[name] = _addresses(reader, value, field)
        elif shape == "hosts":
            values[name] = _hosts(reader, value)
    return Policy(bounds=bounds, **values)


def _within(limit: float) -> Bounds:
    """Bounds whose whole is `limit` seconds; no part lasts longer than the whole."""
    bounds = Bounds(link=limit)
    parts = {name: min(getattr(bounds, name), limit) for name in ("dns", "connect", "tls", "first_byte", "body")}
    return replace(bounds, **parts)


def _at_least(reader: Reader, node: Node, field: str, least: int) -> int | None:
    number = reader.number(node, field)
    if number is not None and number < least:
        reader.tell("out-of-range", node, f"{field}: {number} is too small", f"write {least} or more", field=field)
        return None
    return number


def _number(reader: Reader, node: Node, field: str) -> float | None:
    if isinstance(node, Scalar) and node.style == "plain" and _NUMBER.match(node.text):
        return float(node.text)
    reader.wrong(node, field, "a number")
    return None


def _duration(reader: Reader, node: Node, field: str) -> float | None:
    span = seconds(node.text) if isinstance(node, Scalar) else None
    if not span:
        shown = quoted(node.text) if isinstance(node, Scalar) else "this"
        reader.tell("bad-duration", node, f"{field}: {shown} is no span of time", "write it as 90s, 20m or 1h30m", field=field)
        return None
    return span


def _networks(reader: Reader, node: Node, field: str) -> tuple[IPv4Network | IPv6Network, ...]:
    found: list[IPv4Network | IPv6Network] = []
    for text in reader.texts(node, field):
        try:
            found.append(ip_network(text))
        except ValueError:
            hint = "write an address with its prefix: 10.0.0.0/8"
            with suppress(ValueError):
                hint = f"write {ip_network(text, strict=False)}"
            reader.tell("bad-network", node, f"{field}: {quoted(text)} is no network", hint, field=field)
    return tuple(found)


def _hosts(reader: Reader, node: Node) -> tuple[HostRule, ...]:
    if not isinstance(node, Mapping):
        reader.wrong(node, "check.hosts", "a mapping from host names to settings", "write hosts: {example.org: {rate: 1}}")
        return ()
    return tuple([rule for key, value in node.items if (rule := _host(reader, key, value)) is not None])


def _host(reader: Reader, key: Scalar, node: Node) -> HostRule | None:
    name = key.text.strip().casefold()
    if not _HOST_NAME.match(name):
        better = re.sub(r"^\*(?=\.)|^[a-z]+://|[/:?#].*$", "", re.sub(r"^[a-z]+://", "", name))
        hint = (
            f"write {better}" if _HOST_NAME.match(better) else "write a name as example.org, or .example.org for all under it"
        )
        reader.tell("bad-host-name", key, f"{quoted(key.text)} is no host name", hint, field="check.hosts")
        return None
    found = reader.fields(node, _HOST, "a host's settings", _FOREIGN_HOST)
    values: dict[str, Any] = {}
    for label, value in found.items():
        field = f"check.hosts[{name}].{label}"
        content: object = None
        if label == "headers":
            content = _headers(reader, value, field)
        elif label == "method":
            content = reader.choice(value, _HOST[label], {})
        elif label == "rate":
            content = _number(reader, value, field)
        elif label == "connections":
            content = _at_least(reader, value, field, 1)
        elif label == "accept":
            content = _codes(reader, value, field)
        else:
            content = reader.line(value, field)
        if content is not None:
            values[label] = content
    return HostRule(name, **values)


def _codes(reader: Reader, node: Node, field: str) -> tuple[int, ...]:
    found: list[int] = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        code = reader.number(item, field, "a status code") if not isinstance(item, Mapping) else None
        if code is not None and 100 <= code <= 999:
            found.append(code)
        elif code is not None or isinstance(item, Mapping):
            reader.tell("bad-status-code", item, f"{field}: this is no status code", "three digits, as 403", field=field)
    return tuple(found)


def _addresses(reader: Reader, node: Node, field: str) -> tuple[tuple[str, str], ...]:
    found = reader.fields(node, _ENDPOINTS, field, {})
    return tuple((name, line) for name, value in found.items() if (line := reader.line(value, f"{field}.{name}")) is not None)


def _headers(reader: Reader, node: Node, field: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(node, Mapping):
        reader.wrong(node, field, "a mapping from header names to values", "write headers: {Accept: text/html}")
        return ()
    found: list[tuple[str, str]] = []
    for key, value in node.items:
        text = reader.line(value, f"{field}.{key.text}")
        if not _HEADER.match(key.text):
            reader.tell("bad-header", key, f"{quoted(key.text)} is no name of a header", "letters, digits and -", field=field)
        elif text is not None:
            rest = _SCHEME.sub("", text)
            if _SECRET.search(key.text) and not VARIABLE.fullmatch(rest):
                name = re.sub(r"\W", "_", key.text).upper()
                scheme = text[: len(text) - len(rest)]
                hint = f"write {key.text}: {quote(f'{scheme}${name}')} and set {name} in the environment; replace the old one"
                message = f"the value of {quoted(key.text)} would be published with the list"
                reader.tell("secret-in-source", value, message, hint, field=field)
            else:
                found.append((key.text, text))
    return tuple(found)


def variables(policy: Policy) -> tuple[str, ...]:
    """The names of environment variables that the policy's headers refer to, as `$NAME` or `${NAME}`."""
    texts = [text for rule in policy.hosts for _, text in rule.headers]
    return tuple(dict.fromkeys(name for text in texts for name in VARIABLE.findall(text)))
