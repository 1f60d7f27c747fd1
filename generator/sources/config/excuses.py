"""Read exceptions for links, by their URLs."""

from __future__ import annotations

from generator.problems import quoted
from generator.sources.config.values import read_accept
from generator.sources.yaml_tree import Mapping, Node, Scalar, Sequence
from generator.sources.yaml_tree.reader import Key, Reader
from linkcheck.policy import LinkRule

EXCUSE = (
    Key("url", "line", "The link as it is written; * stands for any text.", required=True),
    Key("reason", "line", "Why it is fine.", required=True),
    Key("accept", "accept", "Outcomes (dead, failing, blocked, ...) or status codes that are fine here; all when absent."),
    Key("until", "date", "Last day on which the exception applies, YYYY-MM-DD."),
)

_EXCUSE = {key.name: key for key in EXCUSE}
_FOREIGN_EXCUSE = {
    **dict.fromkeys(("link", "links", "urls", "address", "pattern", "href"), "url"),
    **dict.fromkeys(("why", "comment", "note", "because"), "reason"),
    **dict.fromkeys(("outcomes", "codes", "status"), "accept"),
    **dict.fromkeys(("expires", "end", "ends"), "until"),
}
_FORM = "write - {url: https://example.org/a, reason: asks programs to log in, until: 2027-01-31}"


def read_excuses(reader: Reader, node: Node, field: str) -> tuple[LinkRule, ...]:
    """The exceptions of a list, or of a mapping from URLs to reasons or settings. One with a mistake doesn't apply."""
    found: list[LinkRule | None] = []
    if isinstance(node, Sequence):
        found += [_rule(reader, item, None, field) for item in node.items]
    elif isinstance(node, Mapping):
        found += [_rule(reader, value, key, field) for key, value in node.items]
    else:
        reader.wrong_type(node, field, "a list of exceptions", _FORM)
    return tuple(rule for rule in found if rule is not None)


def _rule(reader: Reader, node: Node, key: Scalar | None, field: str) -> LinkRule | None:
    """One exception; where it is the value of a mapping, `key` is its URL, and a text its reason."""
    at, reported = key or node, len(reader.problems)
    place = (reader.path, at.line, at.column)
    if key is not None and isinstance(node, Scalar):
        reason = reader.line(node, f"{field}.reason")
        return LinkRule(key.text.strip(), reason, place=place) if reason and key.text.strip() else None
    if not isinstance(node, Mapping):
        reader.wrong_type(node, f"an item of {field}", "a mapping", _FORM)
        return None
    names = {name: one for name, one in _EXCUSE.items() if key is None or name != "url"}
    values = reader.fields(node, names, "an exception", _FOREIGN_EXCUSE)
    url = key.text.strip() if key is not None else reader.line(values["url"], "url") if "url" in values else None
    reason = reader.line(values["reason"], "reason") if "reason" in values else None
    accept = read_accept(reader, values["accept"], "accept") if "accept" in values else ()
    until = reader.day(values["until"], "until") if "until" in values else None
    for name, value in (("url", url), ("reason", reason)):
        if name in names and name not in values:
            reader.report("missing-key", at, f"{quoted(name)} is missing from an exception", _FORM, field=field)
        elif not value:
            return None
    # One with a mistake might excuse more than was meant, or for ever.
    return LinkRule(url, reason, accept, until, place) if url and reason and len(reader.problems) == reported else None
