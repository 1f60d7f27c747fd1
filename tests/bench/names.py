"""2,000 names behind a resolver that takes 100 ms each (goal: 5 s added), and a run without any network (goal: 15 s)."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from linkcheck.net.dns import DnsResolver
from tests.web.realistic import good
from tests.web.world import World

NAMES = 2000


async def _resolve(address: str, hosts: list[str]) -> int:
    resolver = DnsResolver(address)
    try:
        answers = await asyncio.gather(*(resolver.resolve(host) for host in hosts))
    finally:
        resolver.close()
    return sum(bool(answer.addresses) for answer in answers)


def measure() -> Iterator[str]:
    with World(1.0, only=(), extra=[good(NAMES, NAMES)], dns_delay=0.1) as world:
        hosts = list(world.hosts)[:NAMES]
        begun = time.perf_counter()
        found = asyncio.run(_resolve(world.resolver_address, hosts))
        spent = time.perf_counter() - begun
    yield f"{found:,} of {len(hosts):,} names at 100 ms each: {spent:.1f} s; goal 5 s: {'met' if spent <= 5 and found == len(hosts) else 'MISSED'}"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "list.md"
        page.write_text("\n".join(f"- https://host{index}.example.com/x" for index in range(300)), encoding="utf-8")
        begun = time.perf_counter()
        command = [sys.executable, "-m", "generator", "check", str(page), "--dns", "127.0.0.1:9", "--quiet"]
        done = subprocess.run(command, capture_output=True, check=False)
        spent = time.perf_counter() - begun
    yield f"no network: {spent:.1f} s, exit {done.returncode}; goal 15 s and 4: {'met' if spent <= 15 and done.returncode == 4 else 'MISSED'}"
