"""Header fields of untrusted servers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.net.headers import clean, decode_fields, decode_location, http_date, lenient_head, media_type, retry_after

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0), ("2", 2.0), (" 120 ", 120.0), ("86400", 86400.0), ("1.5", 1.5), ("007", 7.0),
        ("Sat, 21 Nov 2026 12:01:00 GMT", 60.0), ("Saturday, 21-Nov-26 12:01:00 GMT", 60.0), ("Sat Nov 21 12:01:00 2026", 60.0),
        ("Sat, 21 Nov 2026 13:01:00 +0100", 60.0), ("Sat, 21 Nov 2026 11:00:00 GMT", 0.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Sun, 22 Nov 2026 12:00:00 GMT", 86400.0),
        (None, None), ("", None), ("soon", None), ("1m30s", None), ("-1", None), ("1e9", None), ("1000000000", None), ("9" * 40, None),
        ("0x10", None), ("inf", None), ("nan", None), ("١٢", None), ("1,2", None), ("Sat, 99 Nov 2026 12:01:00 GMT", None),
        ("Sat, 21 Nov 99999 12:01:00 GMT", None), ("Sat, 21 Nov 2099 12:01:00 GMT", None), ("x" * 100_000, None),
    ],
)  # fmt: skip
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.text(max_size=80))
@settings(deadline=None, derandomize=True, database=None)
def test_no_text_raises(text: str) -> None:
    seconds = retry_after(text, NOW)
    assert seconds is None or 0 <= seconds <= 366 * 86400
    assert http_date(text) is None or http_date(text).tzinfo is not None  # type: ignore[union-attr]
    assert len(clean(text, 20)) <= 20
    media_type(text)


@given(st.binary(max_size=200))
@settings(deadline=None, derandomize=True, database=None)
def test_no_bytes_raise(data: bytes) -> None:
    location = decode_location(data)
    assert location is not None
    assert not any(ord(char) < 32 for char in location)
    decode_fields([(data, data)])
    lenient_head(data)
    lenient_head(b"HTTP/1.1 200 OK\r\n" + data + b"\r\n\r\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"), ("a\x1b[31mb", "a [31mb"), ("a\r\nb", "a b"), ("a\x9b31mb", "a 31mb"), ("a\u202eb\u2066c", "a b c"),
        ("x" * 30, "x" * 19 + "…"), ("x" * 20, "x" * 20), ("\x00" * 90 + "x", "…"), ("grüße", "grüße"),
    ],
)  # fmt: skip
def test_clean_text_is_one_harmless_line(text: str, shown: str) -> None:
    assert clean(text, 20) == shown


def test_fields_are_named_in_lower_case_and_read_as_utf_8_or_latin_1() -> None:
    raw = [(b"X-Name", "ü".encode()), (b"x-name", b"\xfc"), (b"Set-Cookie", b"a=\x1b1")]
    assert decode_fields(raw) == (("x-name", "ü"), ("x-name", "ü"), ("set-cookie", "a=1"))


@pytest.mark.parametrize(
    ("raw", "location"),
    [
        (b" /x ", "/x"),
        ("/é".encode(), "/é"),
        (b"/\xe9", "/%E9"),
        (b"/a\r\n\x1bb", "/ab"),
        (b"/" + b"a" * 7999, "/" + "a" * 7999),
        (b"/" + b"a" * 8000, None),
    ],
)
def test_a_location_as_text(raw: bytes, location: str | None) -> None:
    assert decode_location(raw) == location


@pytest.mark.parametrize(
    ("raw", "status", "rest"),
    [
        (b"HTTP/1.1 404 Not Found\r\nA: b\r\n\r\nrest", 404, b"rest"),
        (b"HTTP/1.0 200\nA: b\n\nrest", 200, b"rest"),
        (b"\r\nHTTP/1.1 200 OK\r\n\r\n", 200, b""),
        (b"http/1.1 200 OK\r\n\r\n", 200, b""),
    ],
)
def test_lenient_heads(raw: bytes, status: int, rest: bytes) -> None:
    found = lenient_head(raw)
    assert found is not None
    assert (found[0], found[2]) == (status, rest)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nA: b\r\n",
        b"<html>\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 099 x\r\n\r\n",
        b"HTTP/1.1 103 x\r\n\r\n",
    ],
)
def test_unreadable_heads(raw: bytes) -> None:
    assert lenient_head(raw) is None
