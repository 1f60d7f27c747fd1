"""CPU a request: our fetcher beside a naive httpx program, in the same process, against the same servers. Prints ratios.

python -m tests.bench.fetch_cost [--requests N] [--rounds N] [--uvloop]

Naive is one AsyncClient and a Semaphore(100) around GET and read. Ours guards addresses, bounds every phase, reads under caps and
inflates by itself. The server is a process of its own, so that `time.process_time` sees the clients alone.
"""

from __future__ import annotations

import argparse
import asyncio
import ipaddress
import multiprocessing
import ssl
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
import trustme

from linkcheck.net.dns import ThreadResolver
from linkcheck.net.guard import Guard
from linkcheck.net.http import Fetcher, Request
from linkcheck.policy import Bounds

BODY = b"<!doctype html><title>A page</title>" + b"<p>Words of a page.</p>" * 350
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY
SLOTS = 100


class Page(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.head = b""

    def data_received(self, data: bytes) -> None:
        self.head += data
        while b"\r\n\r\n" in self.head:
            self.head = self.head.partition(b"\r\n\r\n")[2]
            self.transport.write(ANSWER)


def serve(pipe: Connection, certificate: str) -> None:
    async def main() -> None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        loop = asyncio.get_running_loop()
        servers = [await loop.create_server(Page, "0.0.0.0", 0, ssl=it, backlog=1000) for it in (None, context)]
        pipe.send([it.sockets[0].getsockname()[1] for it in servers])
        await loop.run_in_executor(None, pipe.recv)

    asyncio.run(main())


async def naive(urls: list[str], context: ssl.SSLContext) -> None:
    room = asyncio.Semaphore(SLOTS)
    async with httpx.AsyncClient(verify=context, trust_env=False) as client:

        async def one(url: str) -> None:
            async with room:
                assert (await client.get(url)).status_code == 200

        await asyncio.gather(*map(one, urls))


async def ours(urls: list[str], context: ssl.SSLContext) -> None:
    guard = Guard(ThreadResolver(), [ipaddress.ip_network("127.0.0.0/8")])
    fetcher = Fetcher(guard, Bounds(), user_agent="bench", ssl_context=context, connections=SLOTS)
    left: dict[str, list[str]] = {}
    for url in urls:
        left.setdefault(url.split("/")[2], []).append(url)
    queues = list(left.items()) if len(left) > 1 else [(host, [url]) for host, all_of in left.items() for url in all_of]

    async def worker() -> None:
        while queues:
            group, mine = queues.pop()
            for url in mine:
                reply = await fetcher.fetch(Request(url, group=group))
                assert reply.hop.status == 200, reply
                assert reply.body == BODY
            if len(left) > 1:
                await fetcher.release(group)

    await asyncio.gather(*(worker() for _ in range(SLOTS)))
    await fetcher.aclose()
    await guard.aclose()


def cost(run: Callable[[], Awaitable[None]], factory: Callable[[], asyncio.AbstractEventLoop] | None) -> float:
    begun = time.process_time()
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(run())  # type: ignore[arg-type]
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--uvloop", action="store_true")
    options = parser.parse_args()
    factory = None
    if options.uvloop:
        import uvloop

        factory = uvloop.new_event_loop
    authority = trustme.CA()
    hosts = [f"127.1.{number // 250}.{number % 250 + 1}" for number in range(options.requests)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "server.pem"
        authority.issue_cert("127.0.0.1", *hosts[:100]).private_key_and_cert_chain_pem.write_to_path(path)
        context = ssl.create_default_context()
        authority.configure_trust(context)
        here, there = multiprocessing.get_context("spawn").Pipe()
        server = multiprocessing.get_context("spawn").Process(target=serve, args=(there, str(path)))
        server.start()
        plain, secure = here.recv()
        half = options.requests // 2
        cases = {
            "new host every time": [f"http://{host}:{plain}/{number}" for number, host in enumerate(hosts)],
            "ten links a host": [
                f"http://{host}:{plain}/{number}" for host in hosts[: options.requests // 10] for number in range(10)
            ],
            "one host": [f"http://127.0.0.1:{plain}/{number}" for number in range(half)],
            "TLS, new host": [f"https://{hosts[number % 100]}:{secure}/{number}" for number in range(half // 2)],
        }
        print(f"{'ms CPU a request':24}{'naive':>8}{'ours':>8}{'ratio':>8}")
        for name, urls in cases.items():
            pairs = [
                tuple(cost(partial(run, urls, context), factory) / len(urls) * 1000 for run in (naive, ours))
                for _ in range(options.rounds)
            ]
            theirs, mine = (statistics.median(column) for column in zip(*pairs, strict=True))
            print(f"{name:24}{theirs:8.3f}{mine:8.3f}{mine / theirs:8.2f}")
        here.send(None)
        server.join()


if __name__ == "__main__":
    main()
