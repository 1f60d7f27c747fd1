"""Parse YAML into a tree whose values have places, with all problems of the text. The only importer of `yaml`.

The tree is built from the parser's events instead of `yaml.compose`: deep nesting can't exhaust the C loader's stack, aliases are
counted as they come, and it is faster.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import yaml

from generator.problems import Place, Problem, Severity, nearest, quoted
from generator.sources.yaml_tree.nodes import Mapping, Node, Scalar, Sequence, Tree
from generator.sources.yaml_tree.repair import Failure, repair_lines
from generator.sources.yaml_tree.text import decode
from generator.sources.yaml_tree.traps import (
    CUT,
    EQUALS,
    ODD,
    UNDER_TEXT,
    Ending,
    Repair,
    equals,
    forgotten,
    hashed,
    hashes,
    odd_spaces,
)

__all__ = ["ALIASED", "DEPTH", "Mapping", "Node", "Scalar", "Sequence", "Tree", "read", "repairs"]

DEPTH = 64
ALIASED = 10_000
"""Maximum number of nodes that come from aliases. A list needs none; nine lines of aliases can expand to a billion nodes."""

_Event = Any  # the type stubs of PyYAML's events have neither tags nor marks
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVERS: dict[str, list[tuple[str, Any]]] = yaml.SafeLoader.yaml_implicit_resolvers
_TAG = "tag:yaml.org,2002:"
_KINDS = {
    f"{_TAG}{tag}": kind
    for tag, kind in (
        ("str", "str"), ("int", "int"), ("float", "float"), ("bool", "bool"), ("null", "null"), ("timestamp", "date"),
        ("merge", "merge"), ("value", "str"),
    )
}  # fmt: skip
_STYLES = {None: "plain", "": "plain", "'": "quoted", '"': "quoted", "|": "block", ">": "block"}
_Frame = tuple[list[Any], Scalar | None, bool, dict[str, int], Any, int]
"""An open list or mapping: items, the key without a value yet, whether it is a mapping, keys seen, its event, a count of nodes."""
_DROPPED = Scalar("", "null", "plain", 0, 0, 0, 0)


def read(text: str | bytes, path: str, keys: frozenset[str] = frozenset()) -> Tree:
    """Parse a text; never raises. A syntax error with one plain repair is repaired, so that one run finds the other problems as well.

    Each repair is an error all the same. Lines and columns are those of the text as written (in a repaired line, columns after the
    repair may be off by its length). `keys` are the keys of the format: only after them is another sign taken for a colon.
    """
    source, problems = decode(text, path)
    done = _repaired(source, path, keys)
    building, found = done.building, done.repairs
    if CUT.search(done.source):
        rows = done.source.splitlines()
        found += [_moved(repair, done.inserted) for repair in hashes(rows, building.unquoted(hashed(rows)))]
    problems += tuple(
        Problem(repair.code, repair.severity, repair.message, Place(path, repair.line, repair.column), repair.hint)
        for repair in sorted(found)
    )
    root = _original(building.root, done.inserted) if building.root is not None and done.inserted else building.root
    return Tree(root, problems + tuple(building.problems), building.whole, source)


def repairs(text: str | bytes, path: str, keys: frozenset[str] = frozenset()) -> tuple[Repair, ...]:
    """The repairs that `read` makes in a text with syntax errors, in their order; none for a text without."""
    return tuple(_repaired(decode(text, path)[0], path, keys).repairs)


class _Repaired(NamedTuple):
    """The tree of a source, the repairs that it needed, the repaired source, and the numbers that lines inserted into it have."""

    building: _Building
    repairs: list[Repair]
    source: str
    inserted: tuple[int, ...] = ()


def _repaired(source: str, path: str, keys: frozenset[str]) -> _Repaired:
    found: list[Repair] = []
    for suspect, find in ((ODD, odd_spaces), (EQUALS, lambda lines: equals(lines, keys))):
        if suspect.search(source) and (more := find(lines := source.splitlines(keepends=True))):
            for repair in more:
                repair.apply(lines)
            source, found = "".join(lines), found + more
    inserted: tuple[int, ...] = ()
    if UNDER_TEXT.search(source):
        source, inserted, more = _with_forgotten(source)
        found += more
    building = _Building(path, inserted)
    failure = building.run(source)
    if failure is not None and not inserted:
        source, inserted, more = _with_forgotten(source)
        if more:
            found += more
            building = _Building(path, inserted)
            failure = building.run(source)
    if failure is None:
        return _Repaired(building, found, source, inserted)
    lines = source.splitlines(keepends=True)
    found += [_moved(one, inserted) for one in repair_lines(lines, failure, lambda text: _Building(path).run(text))]
    source = "".join(lines)
    building = _Building(path, inserted)
    building.run(source)
    return _Repaired(building, found, source, inserted)


def _with_forgotten(source: str) -> tuple[str, tuple[int, ...], list[Repair]]:
    """The source with the lines of forgotten keys, their numbers in it, and the problems."""
    lines = source.splitlines(keepends=True)
    missing = forgotten(lines)
    found = [one.repair(lines[one.line - 1]) for one in missing]
    for one in reversed(missing):
        lines.insert(one.line - 1, f"{' ' * one.indent}{one.key}:\n")
    return "".join(lines), tuple(one.line + index for index, one in enumerate(missing)), found


def _line(number: int, inserted: tuple[int, ...]) -> int:
    """The line of the text as written, for a line of a text with inserted lines."""
    return number - bisect_left(inserted, number)


def _moved(repair: Repair, inserted: tuple[int, ...]) -> Repair:
    return repair._replace(line=_line(repair.line, inserted), start=_line(repair.start, inserted)) if inserted else repair


def _original(node: Node, inserted: tuple[int, ...]) -> Node:
    """The node with the lines of the text as written. The depth of a tree is bounded."""
    line = _line(node.line, inserted)
    if isinstance(node, Scalar):
        return node._replace(line=line, end_line=_line(node.end_line, inserted))
    if isinstance(node, Sequence):
        return Sequence(tuple(_original(item, inserted) for item in node.items), line, node.column)
    pairs = ((key._replace(line=_line(key.line, inserted)), _original(value, inserted)) for key, value in node.items)
    return Mapping(tuple(pairs), line, node.column)


class _Building:
    """One walk over the events of a text."""

    def __init__(self, path: str, inserted: tuple[int, ...] = ()) -> None:
        self.path = path
        self._inserted = inserted
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.whole = True
        self._anchors: dict[str, tuple[Node | None, int]] = {}
        self._aliased = self._documents = 0

    def run(self, text: str) -> Failure | None:
        """Walk to the end, or to where YAML rejects the text; then `root` has what was complete before."""
        loader = _LOADER(text)
        try:
            self._walk(loader.get_event)
        except yaml.MarkedYAMLError as error:
            self.whole = False
            mark, context = error.problem_mark or error.context_mark, error.context_mark
            return Failure(
                error.problem or str(error),
                mark.line + 1 if mark else 1,
                mark.column + 1 if mark else 1,
                error.context or "",
                context.line + 1 if context else 0,
                context.column + 1 if context else 0,
            )
        else:
            return None
        finally:
            loader.dispose()

    def unquoted(self, lines: frozenset[int]) -> Iterator[Ending]:
        """The plain texts that end on one of these lines."""
        todo: list[Node] = [self.root] if self.root is not None else []
        while todo:
            node = todo.pop()
            if isinstance(node, Scalar):
                if node.style == "plain" and node.end_line in lines and node.kind == "str":
                    yield Ending(node.text, node.line, node.column, node.end_line, node.end_column)
            elif isinstance(node, Sequence):
                todo.extend(node.items)
            else:
                todo.extend(value for _, value in node.items)

    def _walk(self, event: Callable[[], Any]) -> None:
        # The one hot loop of reading: about 25 events an entry. Locals instead of attributes are a third of its time.
        stack: list[_Frame] = []
        outermost: _Frame = ([], None, False, {}, None, 0)
        items, key, is_map, seen, opened, count = outermost
        try:
            while True:
                now = event()
                kind = now.__class__
                if kind is yaml.ScalarEvent:
                    count += 1
                    node: Node = self._scalar(now)
                elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                    count += 1
                    stack.append((items, key, is_map, seen, opened, count))
                    if not self._may_open(now, len(stack)):
                        break
                    items, key, is_map, seen, opened = [], None, kind is yaml.MappingStartEvent, {}, now
                    continue
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    node = _collection(items, opened, is_map=is_map)
                    anchor = opened.anchor
                    items, key, is_map, seen, opened, before = stack.pop()
                    if anchor is not None:
                        self._anchors[anchor] = (node, count - before + 1)
                elif kind is yaml.AliasEvent:
                    node, size = self._alias(now)
                    count += size
                elif kind is yaml.DocumentStartEvent:
                    if self._documents:
                        self._report("several-documents", "a second document begins here", now, "remove the line ---")
                        break
                    self._documents += 1
                    continue
                elif kind is yaml.StreamEndEvent:
                    break
                else:
                    continue
                if not is_map:
                    items.append(node)
                elif key is None:
                    key = self._key(node, seen)
                else:
                    if key is not _DROPPED:
                        items.append((key, node))
                    key = None
        finally:
            self.root = _closed([*stack, (items, key, is_map, seen, opened, count)])

    def _scalar(self, now: _Event) -> Scalar:
        """A scalar with what YAML takes it for."""
        text, begin, end = now.value, now.start_mark, now.end_mark
        kind = "str"
        if now.implicit[0]:
            for tag, pattern in _RESOLVERS.get(text[:1], ()):
                if pattern.match(text):
                    kind = _KINDS[tag]
                    break
        elif now.tag is not None:
            kind = self._tagged(now)
        node = Scalar(text, kind, _STYLES[now.style], begin.line + 1, begin.column + 1, end.line + 1, end.column + 1)
        if now.anchor is not None:
            self._anchors[now.anchor] = (node, 1)
        return node

    def _may_open(self, now: _Event, depth: int) -> bool:
        """Whether a list or mapping may begin here; a problem where too many are nested."""
        if depth > DEPTH:
            self._report("too-deep", f"more than {DEPTH} levels are nested here", now, "a list needs no more than ten")
            self.whole = False
            return False
        if now.tag is not None:
            self._tagged(now)
        if now.anchor is not None:
            self._anchors[now.anchor] = (None, 0)
        return True

    def _report(self, code: str, message: str, at: _Event, hint: str = "") -> None:
        place = Place(self.path, _line(at.start_mark.line + 1, self._inserted), at.start_mark.column + 1)
        self.problems.append(Problem(code, Severity.ERROR, message, place, hint))

    def _tagged(self, event: _Event) -> str:
        """The kind that an explicit tag gives; only YAML's own plain ones are taken."""
        if event.tag in _KINDS:
            return _KINDS[event.tag]
        if event.tag not in {f"{_TAG}map", f"{_TAG}seq"}:
            tag = event.tag.replace(_TAG, "!!")
            hint = "put the whole text in quotes if the ! belongs to it; otherwise remove it"
            self._report("custom-tag", f"{quoted(tag)} is a tag in YAML, so it isn't part of the text", event, hint)
        return "str"

    def _alias(self, event: _Event) -> tuple[Node, int]:
        """The value of an alias with its size in nodes; a lost value if it is unknown, inside itself or too large."""
        mark, end = event.start_mark, event.end_mark
        lost = Scalar("", "lost", "alias", mark.line + 1, mark.column + 1, end.line + 1, end.column + 1)
        name = f"*{event.anchor}"
        if event.anchor not in self._anchors:
            near = nearest(event.anchor, self._anchors)
            hint = f"write *{near}" if near else f'put it in quotes if it is a text: "{name}"'
            self._report("unknown-alias", f"{quoted(name)} refers to nothing above it", event, hint)
            return lost, 1
        node, size = self._anchors[event.anchor]
        if node is None:
            self._report("alias-cycle", f"{quoted(name)} is inside the value that it refers to", event, "write the value out")
            return lost, 1
        before = self._aliased
        self._aliased += size
        if self._aliased > ALIASED:
            if before <= ALIASED:
                message = f"with {quoted(name)} more than {ALIASED:,} values come from references"
                self._report("alias-bomb", message, event, "write the values out")
            self._aliased = max(before, ALIASED + 1)
            return lost, 1
        if isinstance(node, Scalar):
            return lost._replace(text=node.text, kind=node.kind), 1
        return node, size

    def _key(self, node: Node, seen: dict[str, int]) -> Scalar:
        """The key of a mapping, or `_DROPPED` if its value is to be dropped."""
        problem = ""
        if not isinstance(node, Scalar):
            problem, message, hint = "key-not-text", "a list or a mapping is used as a key", "quote it if it is a text"
        elif node.kind == "lost":
            return _DROPPED
        elif node.kind == "null":
            problem, message, hint = "key-not-text", "a value without a key", "write the key before the colon"
        elif node.kind == "merge":
            problem, message, hint = "merge-key", "the merge key << isn't read", "write the fields out"
        elif node.text in seen:
            problem, message, hint = (
                "duplicate-key",
                f"{quoted(node.text)} is here a second time",
                f"keep one of the two; the first is on line {_line(seen[node.text], self._inserted)}",
            )
        else:
            seen[node.text] = node.line
            return node
        place = Place(self.path, _line(node.line, self._inserted), node.column)
        self.problems.append(Problem(problem, Severity.ERROR, message, place, hint))
        return _DROPPED


def _collection(items: list[Any], opened: _Event, *, is_map: bool) -> Node:
    return (Mapping if is_map else Sequence)(tuple(items), opened.start_mark.line + 1, opened.start_mark.column + 1)


def _closed(frames: list[_Frame]) -> Node | None:
    """The root, from the frames that are still open. If the input broke off, the list item it broke off in is left out."""
    for index in range(len(frames) - 1, 1, -1):
        if frames[index][2] and not frames[index - 1][2]:
            del frames[index:]
            break
    while len(frames) > 1:
        items, _, is_map, _, opened, _ = frames.pop()
        node = _collection(items, opened, is_map=is_map)
        above, key, inside, *_ = frames[-1]
        if not inside:
            above.append(node)
        elif key is not None and key is not _DROPPED:
            above.append((key, node))
    items = frames[0][0]
    return items[0] if items else None
