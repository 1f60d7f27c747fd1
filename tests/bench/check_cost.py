"""CPU per link of a whole check, beside a naive httpx program, and the memory of a large one.

20,000 good links on 2,000 hosts at `--pace none`: ours guards, schedules, reads under caps, looks at each page, judges and records; the
naive program is one AsyncClient, a Semaphore(100), GET and read. The servers are another process.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_network
from multiprocessing.connection import Connection
from pathlib import Path

import httpx

from linkcheck.engine.run import RunContext, check
from linkcheck.history import History
from linkcheck.model import Link, Place
from linkcheck.net.dns import ThreadResolver
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher
from linkcheck.policy import PACES, Policy
from tests.bench import ratio

LINKS, HOSTS = 20_000, 2_000
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
PARAGRAPH = b"<p>" + b"Some words of a page that somebody wrote. " * 5 + b"</p>"
PAGE = b"<!doctype html><html><head><title>On %s</title></head><body><h1>On %s</h1>" + 36 * PARAGRAPH


def _answer(target: bytes) -> bytes:
    if not target.rpartition(b"/")[2].isdigit():
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    name = b" ".join(
        b"alef bet gimel dalet he vav zayin het tet yod".split()[digit - 48] for digit in target.rpartition(b"/")[2]
    )
    body = PAGE % (name, name)
    return HEAD % len(body) + body


class _Page(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport, self.head = transport, b""

    def data_received(self, data: bytes) -> None:
        self.head += data
        while b"\r\n\r\n" in self.head:
            request, _, self.head = self.head.partition(b"\r\n\r\n")
            self.transport.write(_answer(request.split(b" ", 2)[1]))


def _serve(pipe: Connection) -> None:
    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(_Page, "0.0.0.0", 0, backlog=4096)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


def urls(port: int, links: int, hosts: int) -> list[str]:
    return [
        f"http://127.{1 + host // 250}.{host % 250}.1:{port}/page/{index}" for index in range(links) for host in [index % hosts]
    ]


async def naive(addresses: list[str]) -> None:
    gate = asyncio.Semaphore(100)
    async with httpx.AsyncClient(trust_env=False) as client:

        async def one(url: str) -> None:
            async with gate:
                response = await client.get(url)
                assert response.status_code == 200
                response.read()

        await asyncio.gather(*(one(url) for url in addresses))


async def ours(addresses: list[str], history: Path) -> None:
    policy = Policy(allow_private=(ip_network("127.0.0.0/8"),), pace=PACES["none"], robots_above=10**9)
    guard = Guard(ThreadResolver(5.0), policy.allow_private)
    fetcher = Fetcher(guard, policy.bounds, user_agent="Listkeeper bench", connections=64)
    links = [Link(url, Place("lists/x.yaml", index)) for index, url in enumerate(addresses)]
    try:
        with History(history, now=datetime.now(UTC)) as past:
            run = await check(links, policy, RunContext(fetcher, guard, past=past))
    finally:
        await fetcher.aclose()
        await guard.aclose()
    assert all(found.outcome == "alive" for found in run.verdicts), {found.rule for found in run.verdicts}


def measure(links: int = LINKS, hosts: int = HOSTS) -> Iterator[str]:
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(there,), daemon=True)
    server.start()
    addresses = urls(here.recv(), links, hosts)
    try:
        spent = {}
        for name, work in (
            ("ours", lambda folder: ours(addresses, folder / "h.db")),
            ("naive", lambda _folder: naive(addresses)),
        ):
            with tempfile.TemporaryDirectory() as folder:
                begun = time.process_time()
                asyncio.run(work(Path(folder)))
                spent[name] = time.process_time() - begun
            if name == "ours":
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
                yield f"memory at its peak, {links:,} links checked: {peak:.0f} MB"
        yield ratio(f"CPU of {links:,} links on {hosts:,} hosts", spent["ours"], spent["naive"], 1.0, yardstick="naive httpx")
    finally:
        server.terminate()
