"""`make demo`: three nights of checking the simulated web with the real command, its live display, and its report."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.web.collection import collection
from tests.web.world import World

NIGHTS = 3
SAMPLE = ["B1", "B4", "B5", "B6", "B7", "B9", "B13", "B20", "B28", "B32", "B35", "B42", "B43", "B47", "B48", "B52", "B56", "B57",
          "B59", "B62", "B64", "B65", "B66", "decoys"]  # fmt: skip


def settings(world: World) -> str:
    """The sample's `_collection.yaml`: where the simulated registries are."""
    lines = ["title: The simulated web", "check:", "  endpoints:"]
    lines += [f"    {name}: {world.endpoints[name]}" for name in ("doi", "github", "arxiv", "youtube")]
    return "\n".join(lines) + "\n"


def night(world: World, number: int, folder: Path, *, last: bool) -> int:
    """One night by the command itself; the report is shown on the last."""
    world.night = number
    command = [
        *(sys.executable, "-m", "generator", "check"),
        *("--dns", world.resolver_address, "--ca", str(world.ssl_ca_path), "--scale", str(world.scale)),
        *("--now", world.now.isoformat()),
        *(word for network in world.allow for word in ("--allow-private", str(network))),
    ]
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(command, cwd=folder, env=environ, stdout=None if last else subprocess.DEVNULL, check=False).returncode


def main() -> int:
    """0 where every night ended as it should: the last one with dead links, exit 1."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--scale", type=float, default=0.1, help="how long a simulated second takes, in seconds")
    scale = parser.parse_args().scale
    with World(scale, only=SAMPLE) as world, tempfile.TemporaryDirectory(prefix="listkeeper-demo-") as name:
        folder = Path(name)
        (folder / "lists").mkdir()
        (folder / "lists" / "simulated-web.yaml").write_text(collection(world), encoding="utf-8")
        (folder / "lists" / "_collection.yaml").write_text(settings(world), encoding="utf-8")
        print(
            f"A web of {len(world.hosts)} simulated hosts on this machine; {len(world.links)} links, {NIGHTS} nights, no real site is asked."
        )
        for number in range(1, NIGHTS + 1):
            print(f"\nNight {number} of {NIGHTS}", flush=True)
            code = night(world, number, folder, last=number == NIGHTS)
        return 0 if code == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
