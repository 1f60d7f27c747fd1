"""Which lines of some modules are reached: `sys.monitoring` where it exists, else `sys.settrace`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import CodeType, FrameType

__all__ = ["Lines", "lines_of"]

ROOT = Path(__file__).parents[2]
_TOOL = 4
"""A tool number of `sys.monitoring` that no debugger, profiler or coverage tool takes."""


def lines_of(patterns: Iterable[str]) -> dict[str, frozenset[int]]:
    """The lines within functions, by file; patterns are relative to the root, with `*`. Raises `ValueError` for one without a file."""
    found = {}
    for pattern in patterns:
        paths = sorted(ROOT.glob(pattern))
        if not paths:
            raise ValueError(pattern)
        for path in paths:
            code = compile(path.read_bytes(), str(path), "exec")
            found[str(path)] = frozenset(line for each in _functions(code) for line in _lines(each))
    return found


def _functions(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            if each.co_flags & inspect.CO_OPTIMIZED:
                yield each
            yield from _functions(each)


@cache
def _lines(code: CodeType) -> frozenset[int]:
    return frozenset(line for _, _, line in code.co_lines() if line is not None and line != code.co_firstlineno)


class Lines:
    """A context in which reached lines are counted; `new` says whether the last one reached any for the first time."""

    def __init__(self, wanted: Mapping[str, frozenset[int]]) -> None:
        """Count these lines, given by file."""
        self._wanted = wanted
        self._reached: dict[str, set[int]] = {path: set() for path in wanted}
        self._whole: set[CodeType] = set()
        self._before = 0
        self.new = False

    @property
    def total(self) -> int:
        """Number of lines."""
        return sum(map(len, self._wanted.values()))

    @property
    def reached(self) -> int:
        """Number of lines that were reached."""
        return sum(len(lines & self._wanted[path]) for path, lines in self._reached.items())

    def __enter__(self) -> None:
        self._before = sum(map(len, self._reached.values()))
        if sys.version_info >= (3, 12):
            sys.monitoring.use_tool_id(_TOOL, "fuzz")
            sys.monitoring.register_callback(_TOOL, sys.monitoring.events.LINE, self._monitor)
            sys.monitoring.set_events(_TOOL, sys.monitoring.events.LINE)
        else:
            sys.settrace(self._call)

    def __exit__(self, *_: object) -> None:
        if sys.version_info >= (3, 12):
            sys.monitoring.set_events(_TOOL, 0)
            sys.monitoring.free_tool_id(_TOOL)
        else:
            sys.settrace(None)
        self.new = sum(map(len, self._reached.values())) > self._before

    def _monitor(self, code: CodeType, line: int) -> object:
        if code.co_filename in self._reached:
            self._reached[code.co_filename].add(line)
        return sys.monitoring.DISABLE  # type: ignore[attr-defined,unused-ignore]  # 3.12

    def _call(self, frame: FrameType, _event: str, _arg: object) -> Callable[..., object] | None:
        code = frame.f_code
        reached = self._reached.get(code.co_filename)
        if reached is None or code in self._whole:
            return None
        if _lines(code) <= reached:
            self._whole.add(code)
            return None

        def line(inner: FrameType, event: str, _arg: object) -> Callable[..., object]:
            if event == "line":
                reached.add(inner.f_lineno)
            return line

        return line
