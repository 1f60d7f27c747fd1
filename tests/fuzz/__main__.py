"""`make fuzz`: run each reader on generated input, and print executions and the lines that were reached.

    python -m tests.fuzz [--seconds N] [--seed N] [READER ...]

Inputs that reach new lines are mutated further. An input at which a reader raises or takes over five seconds is kept in
`tests/fuzz/seeds/<reader>/`, where the tests run it from then on; the exit code is then 1.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import random
import sys
import time
import traceback
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.coverage import Lines, lines_of
from tests.fuzz.grammars import inputs, variants
from tests.fuzz.limit import TooSlow, time_limit
from tests.fuzz.readers import MODULES, READERS

SEEDS = Path(__file__).parent / "seeds"
_SECONDS_EACH = 5
_BATCH = 50
"""Examples between two updates of the corpus."""
_VARIANTS = 10
_CORPUS = 1_000
_SETTINGS = settings(
    max_examples=_BATCH, deadline=None, database=None, phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck)
)  # fmt: skip


def main() -> int:
    """Fuzz the readers that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("readers", nargs="*", metavar="READER", help=f"one of: {', '.join(READERS)}")
    given_ = parser.parse_args()
    if unknown := set(given_.readers).difference(READERS):
        parser.error(f"there is no reader {', '.join(sorted(unknown))}; there are: {', '.join(READERS)}")
    print(f"seed {given_.seed}, {given_.seconds:g} s each", flush=True)
    return max([_fuzz(reader, given_.seconds, given_.seed) for reader in given_.readers or READERS])


def _fuzz(reader: str, seconds: float, first: int) -> int:
    """Run one reader until its time is over or an input makes it fail; return the exit code."""
    corpus = [path.read_bytes() for path in sorted((SEEDS / reader).glob("*"))]
    lines = Lines(lines_of(MODULES[reader]))
    found: list[bytes] = []
    latest, executions, armed = b"", 0, 0.0

    def run(data: bytes) -> None:
        nonlocal latest, executions, armed
        latest, executions = data, executions + 1
        if time.monotonic() > armed + 1:
            armed = time.monotonic()
            faulthandler.dump_traceback_later(6 * _SECONDS_EACH, exit=True)  # for C code, which no signal handler interrupts
        with time_limit(_SECONDS_EACH), lines:
            READERS[reader](data)
        if lines.new and len(corpus) + len(found) < _CORPUS:
            found.append(data)

    def run_all(data: bytes) -> None:
        run(data)
        for variant in variants(data, corpus, _VARIANTS):
            run(variant)

    try:
        for data in corpus:
            run(data)
        end, batch = time.monotonic() + seconds, first
        while time.monotonic() < end:
            corpus += found
            found.clear()
            _SETTINGS(seed(batch)(given(inputs(reader))(run_all)))()
            batch += 1
    except (Exception, TooSlow):  # noqa: BLE001  # whatever a reader raises is what is looked for
        traceback.print_exc()
        path = SEEDS / reader / hashlib.sha256(latest).hexdigest()[:8]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(latest)
        print(f"{reader}: FAILED after {executions:,} executions on {len(latest):,} bytes, kept as {path}", flush=True)
        return 1
    finally:
        faulthandler.cancel_dump_traceback_later()
    reached, total = lines.reached, lines.total
    print(
        f"{reader}: {executions:,} executions, {reached:,} of {total:,} lines ({reached / total:.0%}), no failure", flush=True
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
