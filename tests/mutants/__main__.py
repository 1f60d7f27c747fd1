"""`make mutants`: change the code in small ways, one at a time, and count which changes the tests of its room notice.

    python -m tests.mutants [--seed N] [--number N] [--room NAME ...] [--workers N]

A sample is drawn by the seed, which is printed: the same seed draws the same mutants of the same code. What survives is printed as
the lines before and after. Mutants in `equivalent.toml` behave like the original, each for the reason given there; they don't count.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from coverage import CoverageData

from tests.mutants.mutations import Mutant, mutants_of

ROOT = Path(__file__).parents[2]
ROOMS = {
    "linkcheck/engine": ("tests/engine", "tests/web"),
    "linkcheck/judging": ("tests/judging", "tests/web"),
    "linkcheck/net": ("tests/net", "tests/engine"),
    "linkcheck/duplicates": ("tests/duplicates", "tests/identity"),
    "generator/editing": ("tests/editing", "tests/curation"),
}
"""Which tests answer for a room."""
_SECONDS = 600
"""A mutant that keeps its tests busy for longer counts as noticed: it hangs."""
_MOST = 200
"""Maximum number of tests that are run first."""


@dataclass(frozen=True, slots=True)
class Result:
    """What the tests said of a mutant: "caught", "survived" or "equivalent"."""

    mutant: Mutant
    outcome: str
    lines: tuple[str, str]
    seconds: float


def main() -> None:
    """Draw, run, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--number", type=int, default=60)
    parser.add_argument("--room", action="append", choices=ROOMS)
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) // 2))
    asked = parser.parse_args()
    rooms = asked.room or list(ROOMS)
    print(f"seed {asked.seed}, {asked.number} mutants of {', '.join(rooms)}", flush=True)
    sample = draw(rooms, asked.number, asked.seed)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies = [_copy(Path(folder, str(number))) for number in range(asked.workers)]
        trials = Trials(copies, {mutant.path for mutant in sample})
        with ThreadPoolExecutor(asked.workers) as pool:
            results = [_told(result) for result in pool.map(trials.run, sample)]
    print(summary(results))


class Trials:
    """Runs the tests on one mutant after the other, each in one of the copies of the project."""

    def __init__(self, copies: list[Path], paths: set[str]) -> None:
        self._copies: SimpleQueue[Path] = SimpleQueue()
        for copy in copies:
            self._copies.put(copy)
        self._data = {
            room: self._measure(copies[0], room) for room in ROOMS if any(path.startswith(f"{room}/") for path in paths)
        }

    def run(self, mutant: Mutant) -> Result:
        """What the tests say of a mutant: first those that run its line, then all of its room."""
        begun = time.monotonic()
        source = (ROOT / mutant.path).read_text(encoding="utf-8")
        lines = mutant.changed(source)
        if _equivalent(mutant.path, lines):
            return Result(mutant, "equivalent", lines, 0.0)
        room = _room(mutant)
        copy = self._copies.get()
        try:
            (copy / mutant.path).write_text(mutant.text(source), encoding="utf-8")
            covering = self._covering(room, mutant)
            noticed = bool(covering and _fails(copy, covering)) or _fails(copy, ROOMS[room])
        finally:
            (copy / mutant.path).write_text(source, encoding="utf-8")
            self._copies.put(copy)
        return Result(mutant, "caught" if noticed else "survived", lines, time.monotonic() - begun)

    def _covering(self, room: str, mutant: Mutant) -> list[str]:
        data, file = self._data[room]
        contexts = data.contexts_by_lineno(str(file / mutant.path)).get(mutant.line, [])
        return sorted({context.partition("|")[0] for context in contexts if context})[:_MOST]

    @staticmethod
    def _measure(copy: Path, room: str) -> tuple[CoverageData, Path]:
        """Which test runs which line of a room; ends the program if the tests fail without any change."""
        file = copy / f".coverage-{room.replace('/', '-')}"
        more = ["--cov", room, "--cov-context=test", "--cov-report="]
        # Twice, since one test of real waits may fail by chance on a busy machine.
        if all(_fails(copy, ROOMS[room], more, {"COVERAGE_FILE": str(file)}) for _ in range(2)):
            sys.exit(f"{' '.join(ROOMS[room])}: fails without any change, so it can't tell what a change breaks")
        data = CoverageData(str(file))
        data.read()
        return data, copy


def draw(rooms: list[str], number: int, seed: int) -> list[Mutant]:
    """A sample of different mutants: a file is as likely as it has lines, in it each place is as likely as any other."""
    files = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    lines = [path.read_text(encoding="utf-8").count("\n") for path in files]
    chosen = random.Random(seed)
    sample: dict[Mutant, None] = {}
    while len(sample) < number:
        (path,) = chosen.choices(files, lines)
        groups = mutants_of(path, ROOT)
        if groups:
            sample[chosen.choice(chosen.choice(groups))] = None
    return list(sample)


def summary(results: list[Result]) -> str:
    """The score with its interval of 95 % (Wilson), and by room."""
    counted = [result for result in results if result.outcome != "equivalent"]
    lines = []
    for name in (*ROOMS, ""):
        here = [result for result in counted if result.mutant.path.startswith(name)]
        caught = sum(result.outcome == "caught" for result in here)
        if here:
            low, high = wilson(caught, len(here))
            lines.append(f"{name or 'all'}: {caught} of {len(here)} caught, {caught / len(here):.0%} ({low:.0%} to {high:.0%})")
    equivalent = len(results) - len(counted)
    return "\n".join([*lines, f"{equivalent} of {len(results)} behave like the original (equivalent.toml)"])


def wilson(hits: int, tries: int, z: float = 1.96) -> tuple[float, float]:
    """The score interval of a share (E. B. Wilson, 1927)."""
    share = hits / tries
    centre = (share + z * z / (2 * tries)) / (1 + z * z / tries)
    half = z / (1 + z * z / tries) * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries))
    return centre - half, centre + half


def _copy(folder: Path) -> Path:
    """The tracked files alone, and what tests need beside them."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def _room(mutant: Mutant) -> str:
    return next(room for room in ROOMS if mutant.path.startswith(f"{room}/"))


def _fails(copy: Path, tests: Sequence[str], more: Sequence[str] = (), environment: Mapping[str, str] | None = None) -> bool:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-n",
        "2",
        "--dist",
        "loadfile",
        "-p",
        "no:cacheprovider",
        *more,
        *tests,
    ]
    variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy), **(environment or {})}
    try:
        done = subprocess.run(command, cwd=copy, env=variables, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def _equivalent(path: str, lines: tuple[str, str]) -> bool:
    known = tomllib.loads(Path(__file__).with_name("equivalent.toml").read_text(encoding="utf-8"))["mutant"]
    return any((one["path"], one["before"], one["after"]) == (path, *lines) for one in known)


def _told(result: Result) -> Result:
    before, after = result.lines
    mutant = result.mutant
    print(f"{result.outcome:10} {mutant.path}:{mutant.line} {mutant.kind} {result.seconds:.0f} s", flush=True)
    if result.outcome == "survived":
        print(f"  - {before}\n  + {after}", flush=True)
    return result


if __name__ == "__main__":
    main()
