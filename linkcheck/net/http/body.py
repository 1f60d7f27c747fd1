"""Read response bodies up to a limit and undo their content codings. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Callable

PEEK = 1024
"""Bytes that are read of a body that is no text: enough to see that it arrives."""

_MAX_CODINGS = 3
_MAX_MEMBERS = 1000
"""Maximum number of concatenated gzip members: each needs a decompressor and takes only 20 bytes."""
_STEP = 32 * 1024
"""Least number of bytes by which a limit is raised at once."""
_TEXTUAL = frozenset({"", "xml", "json", "javascript", "ecmascript", "x-javascript", "xhtml", "x-ndjson", "x-bibtex", "x-yaml"})


def is_text(media_type: str) -> bool:
    """Whether a media type ("": unknown) is text, which may show what the page is."""
    kind, _, subtype = media_type.lower().partition("/")
    if kind in {"", "text"} or not subtype:
        return True
    return kind != "multipart" and (subtype in _TEXTUAL or subtype.endswith(("+xml", "+json")))


def is_html(media_type: str) -> bool:
    """Whether a media type ("": unknown) may be HTML."""
    return media_type in {"", "text/html", "application/xhtml+xml"}


def content_codings(coding: str) -> tuple[str, ...] | None:
    """The codings of a Content-Encoding value (RFC 9110 section 8.4), last applied first; None if one isn't supported."""
    names = [name for part in coding.lower().split(",") if (name := part.strip()) not in {"", "identity", "none"}]
    known = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
    if len(names) > _MAX_CODINGS or any(name not in known for name in names):
        return None
    return tuple(known[name] for name in reversed(names))


class Inflater:
    """Undoes one content coding, up to `max_decoded` bytes.

    Reads gzip, zlib, and the raw deflate that some servers call deflate. A body that isn't compressed in spite of its header is
    passed through. `broken` says that the bytes don't fit the coding.
    """

    def __init__(self, max_decoded: int) -> None:
        self._left_decoded = max_decoded
        self._decompressor = zlib.decompressobj(47)
        self._start = b""
        self._recognised = False
        self._raw = False
        self._plain = False
        self._members = 1
        self.broken = False

    @property
    def full(self) -> bool:
        """Whether `max_decoded` bytes were decoded."""
        return self._left_decoded <= 0

    @property
    def complete(self) -> bool:
        """Whether the compressed stream has ended properly, or was empty."""
        return self._plain or self._decompressor.eof or not (self._start or self._recognised)

    def inflate(self, raw: bytes) -> bytes:
        """Decode the next chunk."""
        if self.broken and not self._plain:
            return b""
        decoded = bytearray()
        while raw and not self.full:
            if self._plain:
                chunk, raw = raw[: self._left_decoded], b""
            else:
                chunk, raw = self._step(raw)
            decoded += chunk
            self._left_decoded -= len(chunk)
        return bytes(decoded)

    def _step(self, raw: bytes) -> tuple[bytes, bytes]:
        """Decompress a chunk; return the decoded bytes and those that belong to the next gzip member."""
        if self._decompressor.eof:
            self._members += 1
            if raw[:1] != b"\x1f" or self._members > _MAX_MEMBERS:  # padding behind the last member
                return b"", b""
            self._decompressor = zlib.decompressobj(31)
        try:
            decoded = self._decompressor.decompress(raw, self._left_decoded)
        except zlib.error:
            return self._fall_back(raw)
        if not self._recognised:
            self._start += raw
            self._recognised = bool(decoded) or len(self._start) > PEEK
        return decoded, self._decompressor.unused_data

    def _fall_back(self, raw: bytes) -> tuple[bytes, bytes]:
        """After an error before any output: try raw deflate, then pass the bytes through."""
        if self._recognised:
            self.broken = True
            return b"", b""
        raw, self._start = self._start + raw, b""
        if not self._raw:
            self._raw = True
            self._decompressor = zlib.decompressobj(-zlib.MAX_WBITS)
            return self._step(raw)
        self._recognised = self.broken = self._plain = True
        return b"", raw


class Body:
    """A body as it arrives: takes at most `max_raw` bytes and decodes at most `max_decoded`. `coding`: one not supported, or "".

    `weigh` gives how many of the bytes so far count towards `max_raw`; with it, up to `max_decoded` are taken.
    """

    def __init__(self, coding: str, max_raw: int, max_decoded: int, weigh: Callable[[bytes], int] | None = None) -> None:
        codings = content_codings(coding)
        self._weigh = weigh if codings is not None else None
        self._max_weight = max_raw
        self._most = max_decoded
        self.coding = coding if codings is None else ""
        self.taken = 0
        self.truncated = False
        self._left_raw = max_raw
        self._left_decoded = max_decoded
        # Between two codings the data may be as long as the raw body.
        self._inflaters = [Inflater(max(max_decoded, max_raw)) for _ in (codings or ())[:-1]] + [
            Inflater(max_decoded) for _ in (codings or ())[-1:]
        ]
        self._chunks: list[bytes] = []

    def take(self, raw: bytes) -> bool:
        """Take the next raw chunk; False once a limit is reached."""
        while len(raw) > self._left_raw and self._weigh is not None:
            first, raw = raw[: self._left_raw], raw[self._left_raw :]
            if first and not self._take(first):
                return False
            more = self._further(self._weigh)
            self._left_raw += more
            if not more:
                self._weigh = None
        return self._take(raw)

    def _further(self, weigh: Callable[[bytes], int]) -> int:
        """How many more bytes may be taken, since some of those so far don't count."""
        allowed = self._most - self.taken
        missing = self._max_weight - weigh(self.bytes()) if allowed > 0 else 0
        return min(max(missing, _STEP), allowed) if missing > 0 else 0

    def _take(self, raw: bytes) -> bool:
        if len(raw) > self._left_raw:
            raw = raw[: self._left_raw]
            self.truncated = True
        self._left_raw -= len(raw)
        self.taken += len(raw)
        decoded = raw
        for inflater in self._inflaters:
            decoded = inflater.inflate(decoded)
        if not self._inflaters and len(decoded) > self._left_decoded:
            decoded, self.truncated = decoded[: self._left_decoded], True
        if not self._inflaters:
            self._left_decoded -= len(decoded)
        self._chunks.append(decoded)
        self.truncated = self.truncated or any(inflater.full for inflater in self._inflaters)
        return not self.truncated

    @property
    def complete(self) -> bool:
        """Whether nothing was cut off and every coding ended properly."""
        return not self.truncated and not any(inflater.broken or not inflater.complete for inflater in self._inflaters)

    def bytes(self) -> bytes:
        """The decoded bytes so far."""
        return b"".join(self._chunks)
