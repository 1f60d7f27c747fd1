"""`make bench`: every measure as a ratio inside one run, beside its goal. Prints; never fails for a slow machine."""

from __future__ import annotations

import sys

from tests.bench import catalogue, check_cost, duplicates, importing, killed, names, realistic, site, start

BENCHES = {
    "catalogue": catalogue.measure,
    "start": start.measure,
    "duplicates": duplicates.measure,
    "import": importing.measure,
    "check": check_cost.measure,
    "realistic": realistic.measure,
    "site": site.measure,
    "names": names.measure,
    "killed": killed.measure,
}


def main() -> None:
    wanted = sys.argv[1:] or list(BENCHES)
    for name in wanted:
        for line in BENCHES[name]():
            print(line, flush=True)


main()
