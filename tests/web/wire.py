"""One accepted connection: bytes in, bytes out, TLS where asked, and every rude way to end it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct


class Wire:
    """A non-blocking socket, with TLS over memory buffers so that alerts are sent and handshakes can be cut at will."""

    __slots__ = ("_in", "_loop", "_out", "_tls", "closed", "number", "sent", "sock")

    def __init__(self, sock: socket.socket, number: int) -> None:
        self.sock = sock
        self.number = number
        self.sent = 0
        self.closed = False
        self._loop = asyncio.get_running_loop()
        self._in = ssl.MemoryBIO()
        self._out = ssl.MemoryBIO()
        self._tls: ssl.SSLObject | None = None

    async def start_tls(self, context: ssl.SSLContext) -> None:
        """Shake hands as the server. Raises OSError (ssl.SSLError is one) when the client walks away or refuses."""
        tls = context.wrap_bio(self._in, self._out, server_side=True)
        while True:
            try:
                tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                await self._flush()
                await self._fill()
            except ssl.SSLError:
                await self._flush()
                raise
        await self._flush()
        self._tls = tls

    async def read(self, limit: int = 65_536) -> bytes:
        """Whatever arrived; b"" at the end of the stream."""
        if self._tls is None:
            return await self._loop.sock_recv(self.sock, limit)
        while True:
            try:
                return self._tls.read(limit)
            except ssl.SSLWantReadError:
                await self._flush()
                try:
                    await self._fill()
                except ConnectionResetError:
                    return b""
            except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
                return b""

    async def write(self, data: bytes) -> None:
        """Send all of it."""
        self.sent += len(data)
        if self._tls is None:
            await self._loop.sock_sendall(self.sock, data)
            return
        for start in range(0, len(data), 65_536):
            self._tls.write(data[start : start + 65_536])
            await self._flush()

    async def linger(self, seconds: float = 1.0) -> None:
        """Close politely: end our side, then wait for the other, so that no answer is lost to a reset."""
        if self.closed:
            return
        with contextlib.suppress(OSError, TimeoutError):
            if self._tls is not None:
                with contextlib.suppress(ssl.SSLError):
                    self._tls.unwrap()
                await self._flush()
            self.sock.shutdown(socket.SHUT_WR)
            async with asyncio.timeout(seconds):
                while await self._loop.sock_recv(self.sock, 65_536):
                    pass
        self.close()

    def close(self) -> None:
        """Close at once."""
        if not self.closed:
            self.closed = True
            self.sock.close()

    def reset(self) -> None:
        """Close with RST."""
        if not self.closed:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    async def _fill(self) -> None:
        data = await self._loop.sock_recv(self.sock, 65_536)
        if not data:
            raise ConnectionResetError("the client left")
        self._in.write(data)

    async def _flush(self) -> None:
        if self._out.pending:
            await self._loop.sock_sendall(self.sock, self._out.read())
