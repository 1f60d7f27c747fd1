"""A source file with its text, its YAML tree, and the start and end index of each value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.editing.edit.model import Splice
from generator.problems import Severity
from generator.sources.catalogue.fields import KEYS
from generator.sources.yaml_tree import Mapping, Node, Scalar, Sequence, read, repairs

_BREAK = re.compile(r"\r\n?|\n")
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t]+)*")
_BOM = "\ufeff"

Path = tuple[int, ...]
"""The indexes of items and pairs on the way from the root to a value."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A value and its position in the tree. `above` are its ancestors, outermost first."""

    node: Node
    path: Path
    above: tuple[Sequence | Mapping, ...]

    @property
    def parent(self) -> Sequence | Mapping | None:
        """The list or mapping that contains the value; None for the root."""
        return self.above[-1] if self.above else None


class Source:
    """One file. `uneditable` says why none of its values can be edited ("" if they can); `problems` is its number of errors."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data
        tree = read(data, path, KEYS)
        self.root = tree.root
        self.whole = tree.whole
        self.problems = sum(problem.severity is Severity.ERROR for problem in tree.problems)
        codes = {problem.code for problem in tree.problems}
        self.uneditable = ""
        if "not-utf8" in codes:
            self.uneditable = "the file isn't UTF-8: save it as UTF-8 first"
        elif "control-character" in codes:
            self.uneditable = "the file contains invisible characters: delete them first"
        elif self.problems and repairs(data, path, KEYS):
            self.uneditable = "the file has a syntax error: fix it first"
        self.text = data.decode("utf-8", "replace").removeprefix(_BOM)

    def with_text(self, text: str) -> Source:
        """The same file with another text, and with a byte order mark if it had one."""
        mark = _BOM if self.data.startswith(_BOM.encode()) else ""
        return Source(self.path, (mark + text).encode())

    def with_splices(self, splices: Iterable[Splice]) -> Source:
        """The file with the splices applied; at one index, insertions come before replacements."""
        pieces: list[str] = []
        at = 0
        for splice in sorted(splices, key=lambda one: (one.start, one.end)):
            pieces += (self.text[at : splice.start], splice.text)
            at = splice.end
        return self.with_text("".join((*pieces, self.text[at:])))

    @cached_property
    def lines(self) -> list[str]:
        """The lines with their line ends."""
        return self.text.splitlines(keepends=True)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _BREAK.finditer(self.text))]

    def index(self, line: int, column: int) -> int:
        """The index in the text of a line and column (both from 1)."""
        return self._starts[min(line, len(self._starts)) - 1] + column - 1

    def line_start(self, index: int) -> int:
        """The start of the line that contains an index; CR LF counts as one line break."""
        if self.text[max(index - 1, 0) : index + 1] == "\r\n":
            index -= 1
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def line_end(self, index: int) -> int:
        """The end of the line that contains an index, before its line break."""
        match = _BREAK.search(self.text, index)
        return match.start() if match else len(self.text)

    def after_line(self, index: int) -> int:
        """The start of the next line, or the end of the text."""
        match = _BREAK.search(self.text, index)
        return match.end() if match else len(self.text)

    @cached_property
    def newline(self) -> str:
        """The first line break of the file; LF where it has none."""
        match = _BREAK.search(self.text)
        return match[0] if match else "\n"

    @cached_property
    def _spots(self) -> dict[tuple[int, int], list[Spot]]:
        found: dict[tuple[int, int], list[Spot]] = {}
        for spot in self.walk():
            found.setdefault((spot.node.line, spot.node.column), []).append(spot)
        return found

    def walk(self) -> Iterator[Spot]:
        """Every value, parents first; the target of an alias once for each alias."""
        todo = [Spot(self.root, (), ())] if self.root is not None else []
        while todo:
            spot = todo.pop()
            yield spot
            todo += reversed(list(below(spot)))

    def at(self, line: int, column: int) -> Spot | None:
        """The value that begins at a line and column; None where there is none, or several because of aliases."""
        found = self._spots.get((line, column), [])
        return found[0] if len(found) == 1 else None

    def start(self, node: Node) -> int:
        """The start index of a value, after its anchor and tag."""
        begin = self.index(node.line, node.column)
        match = _PROPERTIES.match(self.text, begin)
        return match.end() if match and not (isinstance(node, Scalar) and node.style == "alias") else begin

    def flow(self, node: Node) -> bool:
        """Whether a node is a flow sequence or flow mapping ([...] or {...})."""
        return not isinstance(node, Scalar) and self.text[self.start(node) : self.start(node) + 1] in {"[", "{"}

    def inside_brackets(self, spot: Spot) -> bool:
        """Whether a value is inside a flow sequence or mapping."""
        return any(self.flow(node) for node in spot.above)

    def end(self, node: Node) -> int:
        """The end index (exclusive) of a value, without trailing comments and blank lines."""
        if isinstance(node, Scalar):
            end = self.index(node.end_line, node.end_column)
            return self._block_end(node, end) if node.style == "block" else end
        if self.flow(node):
            return self._closing(node)
        children = node.items if isinstance(node, Sequence) else [value for _, value in node.items]
        begin = self.index(node.line, node.column)
        return max((end for child in children if (end := self.end(child)) >= begin), default=begin)

    def _block_end(self, node: Scalar, end: int) -> int:
        begin = self.start(node)
        head = self.line_end(begin)
        body = self.text[head:end]
        # The parser includes comments after a block scalar, which are indented less than the scalar.
        depth: int | None = None
        last = head
        at = self.after_line(head)
        while at < end and body:
            stop = self.line_end(at)
            row = self.text[at:stop]
            if row.strip():
                indent = len(row) - len(row.lstrip(" "))
                depth = indent if depth is None else depth
                if indent < depth:
                    break
                last = stop
            at = self.after_line(stop)
        return last

    def _closing(self, node: Node) -> int:
        """The end index of a flow node; brackets in scalars and comments don't count."""
        begin = self.start(node)
        inner = {self.index(one.line, one.column): self.index(one.end_line, one.end_column) for one in scalars(node)}
        at, depth = begin, 0
        while at < len(self.text):
            if at in inner and inner[at] > at:
                at = inner[at]
                continue
            char = self.text[at]
            if char == "#" and self.text[at - 1] in " \t\r\n":
                at = self.line_end(at)
                continue
            depth += (char in "[{") - (char in "]}")
            at += 1
            if depth == 0:
                break
        return at

    def _spans(self, node: Scalar) -> list[tuple[int, int]]:
        """The ranges of a scalar; of a block scalar without the rest of the line after `|` or `>`."""
        begin, end = self.index(node.line, node.column), self.end(node)
        head = self.start(node) + 1
        return [(begin, head), (self.line_end(head), end)] if node.style == "block" else [(begin, end)]

    def comments(self, start: int, end: int, nodes: Iterator[Node]) -> bool:
        """Whether the text from `start` to `end` contains a comment; `nodes` are all values in that range."""
        spans = sorted(span for node in nodes for one in scalars(node) for span in self._spans(one))
        at = start
        for begin, stop in [*spans, (end, end)]:
            if begin >= at and "#" in self.text[at : min(begin, end)]:
                return True
            at = max(at, stop)
        return False


def below(spot: Spot) -> Iterator[Spot]:
    """The items of a list or the values of a mapping; nothing for a scalar."""
    node = spot.node
    if isinstance(node, Scalar):
        return
    values = node.items if isinstance(node, Sequence) else [value for _, value in node.items]
    for number, value in enumerate(values):
        yield Spot(value, (*spot.path, number), (*spot.above, node))


def scalars(node: Node) -> Iterator[Scalar]:
    """All scalars in a value, including keys."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    else:
        for key, value in node.items:
            yield key
            yield from scalars(value)
