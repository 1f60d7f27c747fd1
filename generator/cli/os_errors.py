"""Trouble of the machine, told from a bug of ours: a full or read-only disk, a folder that can't be written to, a locked file."""

from __future__ import annotations

import errno
from types import MappingProxyType

_HINTS = MappingProxyType({
    **dict.fromkeys(("ENOSPC", "EDQUOT", "EFBIG"), "make room, or write to another place"),
    **dict.fromkeys(("EROFS", "EACCES", "EPERM"), "make it writable, or write to another place"),
    **dict.fromkeys(("EISDIR", "ENOTDIR", "EEXIST", "ENAMETOOLONG", "ELOOP"), "name another place"),
    **dict.fromkeys(("EIO", "ESTALE", "EBUSY", "EMFILE", "ENFILE"), "look at the disk and at what else runs on this machine"),
})  # fmt: skip
_BY_NUMBER = {number: hint for name, hint in _HINTS.items() if (number := getattr(errno, name, None)) is not None}


def told(error: Exception) -> str | None:
    """What failed where and what to do, as one line; None for an error that isn't the machine's, so must be ours."""
    if isinstance(error, OSError) and error.errno in _BY_NUMBER:
        where = str(error.filename2 or error.filename or "the output")
        return f"{where} can't be written or read: {error.strerror}; {_BY_NUMBER[error.errno]}"
    if type(error).__module__ == "sqlite3" and type(error).__name__ in {"OperationalError", "DatabaseError"}:
        return f"the history can't be written or read: {error}; look at its disk, and whether another program holds it"
    return None
