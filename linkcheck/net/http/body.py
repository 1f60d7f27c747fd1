"""Bodies under a cap: which are worth reading, and their content codings undone, never into more than is wanted. Pure."""

from __future__ import annotations

import zlib

PEEK = 1024
"""So many bytes are read of what is no text: that they come is all there is to learn."""

_LAYERS = 3
_MEMBERS = 1000
"""So many concatenated gzip members are read: each costs a decompressor, and 20 bytes make one."""
_TEXTUAL = frozenset({"", "xml", "json", "javascript", "ecmascript", "x-javascript", "xhtml", "x-ndjson", "x-bibtex", "x-yaml"})


def textual(media_type: str) -> bool:
    """Whether a media type ("" for an unstated one) is of text that may say something about the page it stands for."""
    kind, _, subtype = media_type.lower().partition("/")
    if kind in {"", "text"} or not subtype:
        return True
    return kind != "multipart" and (subtype in _TEXTUAL or subtype.endswith(("+xml", "+json")))


def layers(coding: str) -> tuple[str, ...] | None:
    """The codings of a Content-Encoding value (RFC 9110 section 8.4), in the order of undoing; None where one isn't ours."""
    names = [name for part in coding.lower().split(",") if (name := part.strip()) not in {"", "identity", "none"}]
    known = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
    if len(names) > _LAYERS or any(name not in known for name in names):
        return None
    return tuple(known[name] for name in reversed(names))


class Inflater:
    """Undoes one coding, making at most `room` bytes.

    gzip with any number of members, zlib, and the raw deflate that some servers call deflate. A body that was never compressed
    in spite of its header passes as it is. `broken` says that what came doesn't fit the coding, `full` that no room is left.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._machine = zlib.decompressobj(47)
        self._begun = b""
        self._settled = False
        self._raw = False
        self._plain = False
        self._members = 1
        self.broken = False

    @property
    def full(self) -> bool:
        """Whether the room is used up."""
        return self._room <= 0

    @property
    def whole(self) -> bool:
        """Whether what came is complete."""
        return self._plain or self._machine.eof or not (self._begun or self._settled)

    def feed(self, raw: bytes) -> bytes:
        """The bytes behind the next piece."""
        if self.broken and not self._plain:
            return b""
        made = bytearray()
        while raw and not self.full:
            if self._plain:
                piece, raw = raw[: self._room], b""
            else:
                piece, raw = self._step(raw)
            made += piece
            self._room -= len(piece)
        return bytes(made)

    def _step(self, raw: bytes) -> tuple[bytes, bytes]:
        """Decompress a piece; what is made of it, and what of it belongs to a next member."""
        if self._machine.eof:
            self._members += 1
            if raw[:1] != b"\x1f" or self._members > _MEMBERS:  # padding behind the last member
                return b"", b""
            self._machine = zlib.decompressobj(31)
        try:
            made = self._machine.decompress(raw, self._room)
        except zlib.error:
            return self._otherwise(raw)
        if not self._settled:
            self._begun += raw
            self._settled = bool(made) or len(self._begun) > PEEK
        return made, self._machine.unused_data

    def _otherwise(self, raw: bytes) -> tuple[bytes, bytes]:
        """Nothing came of it so far: try raw deflate, then take the bytes as they are."""
        if self._settled:
            self.broken = True
            return b"", b""
        raw, self._begun = self._begun + raw, b""
        if not self._raw:
            self._raw = True
            self._machine = zlib.decompressobj(-zlib.MAX_WBITS)
            return self._step(raw)
        self._settled = self.broken = self._plain = True
        return b"", raw


class Body:
    """A body as it comes in: at most `wire` raw bytes are taken and at most `room` decoded ones are made."""

    def __init__(self, coding: str, wire: int, room: int) -> None:
        undone = layers(coding)
        self.coding = coding if undone is None else ""
        self.taken = 0
        self.cut = False
        self._left = wire
        self._room = room
        # What is still compressed between two codings may be as long as what came in.
        self._stages = [Inflater(max(room, wire)) for _ in (undone or ())[:-1]] + [Inflater(room) for _ in (undone or ())[-1:]]
        self._parts: list[bytes] = []

    def take(self, raw: bytes) -> bool:
        """Take the next raw piece; False once no more is wanted."""
        if len(raw) > self._left:
            raw = raw[: self._left]
            self.cut = True
        self._left -= len(raw)
        self.taken += len(raw)
        made = raw
        for stage in self._stages:
            made = stage.feed(made)
        if not self._stages and len(made) > self._room:
            made, self.cut = made[: self._room], True
        if not self._stages:
            self._room -= len(made)
        self._parts.append(made)
        self.cut = self.cut or any(stage.full for stage in self._stages)
        return not self.cut

    @property
    def whole(self) -> bool:
        """Whether nothing was cut and every coding came to its proper end."""
        return not self.cut and not any(stage.broken or not stage.whole for stage in self._stages)

    def bytes(self) -> bytes:
        """What was made so far."""
        return b"".join(self._parts)
