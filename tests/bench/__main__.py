"""`make bench`: every measure as a ratio inside one run, beside its goal. Prints; never fails for a slow machine."""

from __future__ import annotations

import subprocess
import sys

from tests.bench import (
    catalogue,
    check_cost,
    cluster,
    duplicates,
    fleet,
    importing,
    killed,
    memory,
    names,
    realistic,
    site,
    start,
)

BENCHES = {
    "catalogue": catalogue.measure,
    "start": start.measure,
    "duplicates": duplicates.measure,
    "import": importing.measure,
    "check": check_cost.measure,
    "memory": memory.measure,
    "realistic": realistic.measure,
    "site": site.measure,
    "names": names.measure,
    "killed": killed.measure,
    "fleet": fleet.measure,
    "cluster": cluster.measure,
}


def main() -> None:
    wanted = sys.argv[1:] or list(BENCHES)
    if len(wanted) > 1:
        # Each in a process of its own: the memory of one, and what it left in caches, bears on no other.
        for name in wanted:
            subprocess.run([sys.executable, "-m", "tests.bench", name], check=True)
        return
    for line in BENCHES[wanted[0]]():
        print(line, flush=True)


main()
