"""Jobs and events as bytes. Pickled, as Dask itself sends everything: anyone who can reach a scheduler can run code on its workers."""

from __future__ import annotations

import pickle
import zlib
from typing import Any

__all__ = ["pack", "unpack"]

_SMALL = 4096
"""Bytes below which packing saves nothing."""


def pack(value: object) -> bytes:
    """A value as bytes, compressed where it is large."""
    data = pickle.dumps(value, protocol=5)
    return b"z" + zlib.compress(data, 1) if len(data) > _SMALL else b"-" + data


def unpack(data: bytes) -> Any:  # noqa: ANN401  # what was packed
    """The value of `pack`."""
    return pickle.loads(zlib.decompress(data[1:]) if data[:1] == b"z" else data[1:])  # noqa: S301  # from our own workers
