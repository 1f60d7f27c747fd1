"""`kill -9` at 50 random moments: the history stays whole, and the resumed run tells what an unkilled one tells."""

from __future__ import annotations

import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from linkcheck.history import History
from tests.history.test_killed_runs import ONLY, SCALE, command, prepared, told
from tests.web.world import World

MOMENTS = 50


def measure() -> Iterator[str]:
    whole = same = 0
    with World(SCALE, only=ONLY) as world, tempfile.TemporaryDirectory() as name:
        world.night = 1
        first = prepared(world, Path(name) / "unkilled")
        unkilled = told(subprocess.run(command(world, first), capture_output=True, text=True, check=False).stdout)
        for moment in range(MOMENTS):
            folder = prepared(world, Path(name) / str(moment))
            world.night = 1
            run = subprocess.Popen(command(world, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(random.uniform(0.3, 3.0))
            run.send_signal(signal.SIGKILL)
            run.wait()
            path = folder / ".listkeeper" / "history.db"
            if path.exists():
                with History(path) as past:
                    whole += past.warning == ""
            else:
                whole += 1
            again = subprocess.run(command(world, folder, "--resume"), capture_output=True, text=True, check=False)
            same += told(again.stdout) == unkilled
    met = whole == same == MOMENTS
    yield f"kill -9 at {MOMENTS} moments: history whole {whole} times, resumed report equal {same} times: {'met' if met else 'MISSED'}"
