"""HTTP/1.1 over raw sockets: many hosts, each on an address of its own, with exact control of what goes over the wire."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections import Counter
from email.utils import format_datetime
from inspect import isawaitable
from typing import TYPE_CHECKING

from tests.web.answers import plain
from tests.web.log import Connection, Log, Request
from tests.web.visit import Arrival, Clock, Host, Visit
from tests.web.wire import Wire

if TYPE_CHECKING:
    import ssl

MOST_HEADERS = 65_536


class Server:
    """All hosts. One listening socket per address and port; `trap` addresses are listened on and must stay silent."""

    def __init__(
        self, hosts: dict[str, Host], contexts: dict[str, ssl.SSLContext], log: Log, clock: Clock, ports: tuple[int, int]
    ) -> None:
        self._hosts = hosts
        self._contexts = contexts
        self._log = log
        self._clock = clock
        self._ports = ports
        self._listeners: list[socket.socket] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._open: Counter[str] = Counter()
        self._arrived: Counter[str] = Counter()
        self._started = 0.0
        self._first: dict[str, Host] = {}
        for host in hosts.values():
            self._first.setdefault(host.address, host)
            log.names.setdefault(host.address, set()).add(host.name)

    def start(self, trap: str = "127.0.0.1") -> None:
        """Listen. Raises OSError when a port is taken (then another pair of ports or other addresses are to be tried)."""
        self._started = asyncio.get_running_loop().time()
        http, https = self._ports
        try:
            for address, host in self._first.items():
                sharing = [each for each in self._hosts.values() if each.address == address]
                if any(each.http for each in sharing):
                    self._listen(address, http, "http")
                if any(each.tls for each in sharing):
                    self._listen(address, https, "https")
                if host.low:
                    with contextlib.suppress(PermissionError):
                        self._listen(address, 80, "http")
                        self._listen(address, 443, "https")
            self._listen(trap, http, "trap")
            self._listen(trap, https, "trap")
        except OSError:
            self._close()
            raise

    async def stop(self) -> None:
        """Close everything, finished or not."""
        self._close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def forget(self) -> None:
        """A new night: scripts begin anew."""
        self._arrived.clear()
        for host in self._hosts.values():
            host.state.clear()
            host.counts.clear()

    def _close(self) -> None:
        loop = asyncio.get_running_loop()
        for listener in self._listeners:
            loop.remove_reader(listener)
            listener.close()
        self._listeners.clear()

    def _listen(self, address: str, port: int, scheme: str) -> None:
        listener = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.setblocking(False)
            listener.bind((address, port))
            listener.listen(512)
        except OSError:
            listener.close()
            raise
        self._listeners.append(listener)
        asyncio.get_running_loop().add_reader(listener, self._accept, listener, address, port, scheme)

    def _accept(self, listener: socket.socket, address: str, port: int, scheme: str) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            sock.setblocking(False)
            connection = Connection(len(self._log.connections), address, port, loop.time() - self._started)
            if scheme == "trap":
                self._log.forbidden.append(connection)
                sock.close()
                continue
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._log.connections.append(connection)
            self._open[address] += 1
            self._arrived[address] += 1
            task = loop.create_task(self._serve(Wire(sock, connection.number), connection, scheme))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _serve(self, wire: Wire, connection: Connection, scheme: str) -> None:
        first = self._first[connection.address]
        try:
            if first.greet is not None:
                state = (self._open[connection.address], self._arrived[connection.address])
                if not await first.greet(Arrival(wire, *state, scheme == "https", self._clock)):
                    return
            if scheme == "https":
                await wire.start_tls(self._contexts[first.name])
            while await self._turn(wire, connection, scheme):
                pass
            await wire.linger()
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            wire.close()
            self._open[connection.address] -= 1
            connection.closed = asyncio.get_running_loop().time() - self._started
            connection.sent = wire.sent

    async def _turn(self, wire: Wire, connection: Connection, scheme: str) -> bool:
        """One request and its answer; False when the connection is to be closed."""
        head, rest = await self._head(wire)
        if not head:
            return False
        first, *lines = head.decode("latin-1").split("\r\n")
        method, _, remainder = first.partition(" ")
        target = remainder.rpartition(" ")[0]
        pairs = [line.partition(":") for line in lines]
        headers = tuple((name, value.strip()) for name, _, value in pairs)
        named = {name.lower(): value for name, value in headers}
        body = rest
        while len(body) < int(named.get("content-length") or 0):
            more = await wire.read()
            if not more:
                return False
            body += more
        asked = named.get("host", "").rpartition(":")[0] if ":" in named.get("host", "") else named.get("host", "")
        host = self._hosts.get(asked.lower(), self._first[connection.address])
        at = asyncio.get_running_loop().time() - self._started
        request = Request(
            at, connection.address, connection.port, scheme, asked.lower(), method, target.encode("latin-1"),
            headers, connection.number, self._clock.night,
        )  # fmt: skip
        self._log.requests.append(request)
        connection.served += 1
        host.counts[request.target] += 1
        visit = Visit(request, host, wire, self._clock, body, host.counts[request.target])
        answer = host.handler(visit)
        if isawaitable(answer):
            answer = await answer
        if answer is None:
            self._log.statuses[request.host, 0] += 1
            return False
        self._log.statuses[request.host, answer.status] += 1
        await wire.write(answer.wire(method, format_datetime(self._clock.now(), usegmt=True), host.server))
        return not answer.close and named.get("connection", "").lower() != "close"

    @staticmethod
    async def _head(wire: Wire) -> tuple[bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            more = await wire.read()
            if not more:
                return b"", b""
            data += more
            if len(data) > MOST_HEADERS:
                await wire.write(plain("", 431).wire("GET", "", ""))
                return b"", b""
        head, _, rest = data.partition(b"\r\n\r\n")
        return head, rest
