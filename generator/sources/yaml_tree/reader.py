"""Read YAML nodes as what a field needs: a text, a list, a whole number, a date. What doesn't fit becomes a problem.

Each method returns the value, or None if there is none to use. A value whose meaning is plain in spite of its problem is returned,
so that one mistake doesn't hide the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Names
from collections.abc import Sequence as Listing
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from generator.problems import Place, Problem, Severity, nearest, quoted
from generator.sources.yaml_tree import Mapping, Node, Scalar, Sequence
from generator.sources.yaml_tree.traps import quote

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_WHOLE = re.compile(r"(?:0|-?[1-9]\d{0,9})$")
_READ_AS = {
    "int": "a number", "float": "a number with decimals", "bool": "true or false", "null": "nothing", "date": "a date",
    "str": "a text", "merge": "a merge key", "lost": "nothing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a mapping: its shape (how its value is read), what it means, and for choices the words allowed."""

    name: str
    shape: str
    doc: str
    choices: tuple[str, ...] = ()
    required: bool = False


def what(node: Node) -> str:
    """The type of a node, as messages call it."""
    if isinstance(node, Scalar):
        return _READ_AS[node.kind]
    return "a list" if isinstance(node, Sequence) else "a mapping"


class Reader:
    """Reads the nodes of one file and collects its problems."""

    def __init__(self, path: str, problems: Iterable[Problem] = (), text: str = "") -> None:
        self.path = path
        self.problems = list(problems)
        self._text = text

    @cached_property
    def rows(self) -> list[str]:
        """The lines of the file."""
        return self._text.splitlines()

    def report(
        self,
        code: str,
        node: Node,
        message: str,
        hint: str = "",
        *,
        field: str | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a problem at a node; a lost node was reported already."""
        if isinstance(node, Scalar) and node.kind == "lost":
            return
        place = Place(self.path, node.line, node.column, None, field)
        self.problems.append(Problem(code, severity, message, place, hint))

    def label(self, since: int, entry: str) -> None:
        """Set the entry of the problems since an index (its id is known only after it was read)."""
        for index in range(since, len(self.problems)):
            problem = self.problems[index]
            self.problems[index] = replace(problem, place=replace(problem.place, entry=entry))

    def wrong_type(self, node: Node, field: str, wanted: str, hint: str = "") -> None:
        """Add a problem for a value of the wrong type."""
        found = (
            f"{quoted(node.text)} is {what(node)}" if isinstance(node, Scalar) and node.text else f"there is {what(node)} here"
        )
        self.report("wrong-type", node, f"{field} is {wanted}, but {found}", hint, field=field)

    def text(self, node: Node, field: str, *, item: bool = False) -> str | None:
        """A text without space around it; line breaks stay. With `item`, it is an item of the field's list."""
        if node.__class__ is Scalar and node.kind == "str":
            if node.text.isprintable() and node.text.strip() == node.text != "":
                return node.text
            return self._unusual(node, field)
        return self._not_text(node, field, item=item)

    def line(self, node: Node, field: str, *, item: bool = False) -> str | None:
        """A text on one line: any run of spaces and line breaks counts as one space."""
        text = self.text(node, field, item=item)
        return " ".join(text.split()) if text is not None and ("  " in text or "\n" in text or "\t" in text) else text

    def _unusual(self, node: Scalar, field: str) -> str | None:
        text = node.text.strip()
        if not text:
            self._empty(node, field)
            return None
        if match := _CONTROL.search(text):
            code = ord(match[0])
            message = f"{field} has an invisible character, U+{code:04X}: {quoted(text)}"
            hint = "in double quotes a backslash begins an escape: use single ones" if node.style == "quoted" else "delete it"
            self.report("control-character", node, message, hint, field=field)
            return _CONTROL.sub(" ", text)
        return text

    def _empty(self, node: Node, field: str) -> None:
        hint = "write a value, or leave the line out"
        if isinstance(node, Scalar) and node.text and node.kind == "null":
            hint += f'; for the word itself, write "{node.text}" in quotes'
        self.report("empty-value", node, f"{field} is empty", hint, field=field)

    def _not_text(self, node: Node, field: str, *, item: bool) -> str | None:
        owner, key = (f"an item of {field}", "") if item else (field, f"{_last(field)}: ")
        if isinstance(node, Scalar):
            if node.kind in {"null", "lost"}:
                self._empty(node, field)
                return None
            message = f"{owner} is a text, but YAML reads {quoted(node.text)} as {_READ_AS[node.kind]}"
            self.report("needs-quotes", node, message, f"write {key}{quote(node.text)}", field=field)
            return node.text
        if isinstance(node, Mapping) and (text := _sentence(node)):
            message = f'": " inside a text without quotes makes it a mapping: {quoted(text)}'
            self.report("unquoted-colon", node, message, f"put the text in quotes: {key}{quote(text)}", field=field)
            return text
        only = node.items[0] if isinstance(node, Sequence) and len(node.items) == 1 else None
        hint = f"write {key}{only.text}" if isinstance(only, Scalar) else ""
        self.wrong_type(node, owner, "a text", hint)
        return only.text if isinstance(only, Scalar) else None

    def texts(self, node: Node, field: str, *, people: bool = False) -> tuple[str, ...]:
        """A list of texts, each on one line. `people` are names, whose hint splits them at "and" before commas."""
        if node.__class__ is Sequence:
            return tuple([text for item in node.items if (text := self.line(item, field, item=True)) is not None])
        if isinstance(node, Scalar) and node.kind == "str" and node.text.strip():
            text = self.line(node, field)
            self.wrong_type(node, field, "a list", f"write {_last(field)}: [{', '.join(_parts(node.text, people=people))}]")
            return (text,) if text else ()
        if isinstance(node, Scalar) and node.kind == "null":
            self._empty(node, field)
            return ()
        if isinstance(node, Scalar):
            self.wrong_type(node, field, "a list of texts", f"write {_last(field)}: [{quote(node.text)}]")
            return ()
        self.wrong_type(node, field, "a list", _list_hint(node, field))
        return ()

    def number(self, node: Node, field: str, wanted: str = "a whole number") -> int | None:
        """A whole number in decimal digits."""
        if isinstance(node, Scalar):
            if node.kind == "int" and _WHOLE.match(node.text):
                return int(node.text)
            if node.kind == "null":
                self._empty(node, field)
                return None
            match = re.search(r"\b([1-9]\d{3})\b", node.text)
            bare = node.text.strip().strip("\"'")
            if _WHOLE.match(bare):
                self.wrong_type(node, field, wanted, f"write {_last(field)}: {bare}" if node.style != "plain" else "")
                return int(bare)
            hint = f"write {_last(field)}: {match[1]}" if match else "write it in the digits 0 to 9"
            if field == "year" and match and node.kind == "date":
                hint += f" (and date: {node.text[:10]}, if the day matters)"
            self.wrong_type(node, field, wanted, hint)
            return None
        only = node.items[0] if isinstance(node, Sequence) and len(node.items) == 1 else None
        self.wrong_type(node, field, wanted, f"write {_last(field)}: {only.text}" if isinstance(only, Scalar) else "")
        return None

    def day(self, node: Node, field: str) -> date | None:
        """A date in the form YYYY-MM-DD, quoted or not."""
        if isinstance(node, Scalar) and node.kind == "null":
            self._empty(node, field)
            return None
        if isinstance(node, Scalar) and (match := _ISO.match(node.text.strip())):
            try:
                return date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                message = f"{field}: {quoted(node.text)} isn't a day of the calendar"
                self.report("bad-date", node, message, "write YYYY-MM-DD", field=field)
                return None
        if isinstance(node, Scalar):
            match = re.match(r"\d{4}-\d\d-\d\d(?=[Tt ])", node.text)
            year = re.search(r"\b[12]\d{3}\b", node.text)
            hint = f"write {_last(field)}: {match[0]}" if match else "write YYYY-MM-DD"
            if year and not match and field == "date":
                hint += f"; where only the year is known: year: {year[0]}"
            self.report(
                "bad-date", node, f"{field}: {quoted(node.text)} is not a date in the form YYYY-MM-DD", hint, field=field
            )
            return None
        self.wrong_type(node, field, "a date in the form YYYY-MM-DD")
        return None

    def choice(
        self, node: Node, name: str, words: tuple[str, ...], synonyms: Names[str, str], code: str = "unknown-value"
    ) -> str | None:
        """One of the words. For any other the hint gives its synonym or the most similar word, which is returned."""
        text = self.line(node, name)
        if text is None or text in words:
            return text
        known = synonyms.get(text.casefold()) or nearest(text, words)
        hint = f'did you mean "{known}"?' if known in words else known or f"one of {', '.join(words)}"
        self.report(code, node, f"{name}: {quoted(text)} is not known", hint, field=name)
        return known if known in words else None

    def fields(self, node: Node, names: Names[str, object], owner: str, synonyms: Names[str, str]) -> dict[str, Node]:
        """The values of a mapping by known key. An unknown key is a problem; if it is a synonym or a typo of a known one, it counts as that."""
        if not isinstance(node, Mapping):
            self.wrong_type(node, owner, "a mapping (key: value)")
            return {}
        found = {key.text: value for key, value in node.items if key.text in names}
        if len(found) == len(node.items):
            return found
        for key, value in node.items:
            if key.text in names:
                continue
            answer = synonyms.get(key.text.casefold()) or nearest(key.text, names)
            if answer is not None and answer in names:
                hint = f'write "{answer}" instead' if key.text.casefold() in synonyms else f'did you mean "{answer}"?'
                if answer not in found:
                    found[answer] = value
            else:
                hint = answer or f"{owner} has {_listed(tuple(names))}"
            self.report("unknown-key", key, f"{quoted(key.text)} isn't a field of {owner}", hint, field=key.text)
        return found


def _sentence(node: Mapping) -> str:
    """The text that a mapping with one plain pair was meant to be, or ""."""
    if len(node.items) != 1:
        return ""
    key, value = node.items[0]
    in_braces = node.column != key.column
    if not in_braces and isinstance(value, Scalar) and value.line == key.line and key.style == value.style == "plain":
        return f"{key.text}: {value.text}"
    return ""


def _last(field: str) -> str:
    """The last part of a field's name: `pdf` of `links.pdf`."""
    return field.rpartition(".")[2]


def _parts(text: str, *, people: bool) -> list[str]:
    """The items of a text with separators. "Lee, Ann" is one person, "Ann Lee, Bo Li" are two."""
    parts = text.split(";")
    if people and len(parts) == 1:
        for part in re.split(r"\band\b|&", parts.pop()):
            names = [name for name in part.split(",") if name.strip()]
            parts += names if len(names) > 2 or all(" " in name.strip() for name in names) else [part]
    elif len(parts) == 1:
        parts = text.split(",")
    parts = [part.strip() for part in parts if part.strip()]
    return [quote(part) if re.search(r"[,:#\[\]{}]", part) else part for part in parts]


def _list_hint(node: Node, field: str) -> str:
    return (
        f"write each item on its own line under {field}, beginning with a dash"
        if isinstance(node, Mapping) and node.items
        else f"write {field}: [...]"
    )


def _listed(names: Listing[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)
