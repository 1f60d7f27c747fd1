"""Read the settings of single hosts."""

from __future__ import annotations

import re
from typing import Any

from generator.problems import quoted
from generator.sources.config.values import read_count, read_number
from generator.sources.yaml_tree import Mapping, Node, Scalar, Sequence
from generator.sources.yaml_tree.reader import Key, Reader
from generator.sources.yaml_tree.traps import quote
from linkcheck.policy import HostRule, Policy

HOST = (
    Key("headers", "headers", "Headers to send; a secret only as $NAME of an environment variable, sent only by https."),
    Key("method", "choice", "Method of the requests.", ("GET", "HEAD")),
    Key("rate", "number", "Maximum number of requests a second."),
    Key("connections", "count", "Maximum number of connections at the same time."),
    Key("accept", "codes", "Status codes that count as alive here."),
    Key("skip", "line", "Why the host isn't checked at all."),
)

_FOREIGN_HOST = {"header": "headers", "ignore": "skip", "exclude": "skip", "codes": "accept", "pace": "rate", "delay": "rate"}
_HOST = {key.name: key for key in HOST}
_HOST_NAME = re.compile(r"(?:(https?)://)?(\.?[^\s/:@?#*]+)(?::([0-9]{1,5}))?$")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+$")
_SECRET = re.compile(r"authori[sz]ation|cookie|token|secret|key|password|credential", re.IGNORECASE)
VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")
_SCHEME = re.compile(r"(?:Bearer|Basic|token|Token)\s+")


def read_hosts(reader: Reader, node: Node) -> tuple[HostRule, ...]:
    """The rules of all hosts. A wrong setting is a problem; the others of its host apply."""
    if not isinstance(node, Mapping):
        reader.wrong_type(node, "check.hosts", "a mapping from host names to settings", "write hosts: {example.org: {rate: 1}}")
        return ()
    return tuple([rule for key, value in node.items if (rule := _host(reader, key, value)) is not None])


def _host(reader: Reader, key: Scalar, node: Node) -> HostRule | None:
    name = key.text.strip().casefold()
    at = _HOST_NAME.match(name)
    if at is None or not 1 <= int(at[3] or 443) <= 65535:
        better = re.sub(r"^\*(?=\.)|[/:?#].*$", "", re.sub(r"^[a-z]+://(?:[^/]*@)?", "", name))
        hint = (
            f"write {better}" if _HOST_NAME.match(better) else "write a name as example.org, or .example.org for all under it"
        )
        reader.report("bad-host-name", key, f"{quoted(key.text)} isn't a host name", hint, field="check.hosts")
        return None
    found = reader.fields(node, _HOST, "a host's settings", _FOREIGN_HOST)
    values: dict[str, Any] = {}
    for label, value in found.items():
        field = f"check.hosts[{name}].{label}"
        content: object = None
        if label == "headers":
            read = _headers(reader, value, field)
            content = tuple([one for one in read if not VARIABLE.search(one[1])])
            values["credentials"] = tuple([one for one in read if VARIABLE.search(one[1])])
        elif label == "method":
            content = reader.choice(value, label, _HOST[label].choices, {})
        elif label == "rate":
            content = read_number(reader, value, field)
        elif label == "connections":
            content = read_count(reader, value, field, 1)
        elif label == "accept":
            content = _codes(reader, value, field)
        else:
            content = reader.line(value, field)
        if content is not None:
            values[label] = content
    scheme = at[1] or "https"
    return HostRule(at[2], **values, scheme=scheme, port=int(at[3] or (80 if scheme == "http" else 443)))


def _codes(reader: Reader, node: Node, field: str) -> tuple[int, ...]:
    found: list[int] = []
    for item in node.items if isinstance(node, Sequence) else (node,):
        code = reader.number(item, field, "a status code") if not isinstance(item, Mapping) else None
        if code is not None and 100 <= code <= 999:
            found.append(code)
        elif code is not None or isinstance(item, Mapping):
            reader.report("bad-status-code", item, f"{field}: this isn't a status code", "three digits, as 403", field=field)
    return tuple(found)


def _headers(reader: Reader, node: Node, field: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(node, Mapping):
        reader.wrong_type(node, field, "a mapping from header names to values", "write headers: {Accept: text/html}")
        return ()
    found: list[tuple[str, str]] = []
    for key, value in node.items:
        text = reader.line(value, f"{field}.{key.text}")
        if not _HEADER.match(key.text):
            reader.report(
                "bad-header", key, f"{quoted(key.text)} isn't the name of a header", "letters, digits and -", field=field
            )
        elif text is not None:
            rest = _SCHEME.sub("", text)
            if _SECRET.search(key.text) and not VARIABLE.fullmatch(rest):
                name = re.sub(r"\W", "_", key.text).upper()
                scheme = text[: len(text) - len(rest)]
                hint = f"write {key.text}: {quote(f'{scheme}${name}')} and set {name} in the environment; replace the old one"
                message = f"the value of {quoted(key.text)} would be published with the list"
                reader.report("secret-in-source", value, message, hint, field=field)
            else:
                found.append((key.text, text))
    return tuple(found)


def variables(policy: Policy) -> tuple[str, ...]:
    """The names of environment variables in the credentials of a policy, written `$NAME` or `${NAME}`."""
    texts = [text for rule in policy.hosts for _, text in rule.credentials]
    return tuple(dict.fromkeys(name for text in texts for name in VARIABLE.findall(text)))
