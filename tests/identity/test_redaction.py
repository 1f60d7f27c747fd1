"""User names and secrets of URLs, taken out before anything is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.urls import has_secret, redacted

SECRET = "Zq7secret"


@pytest.mark.parametrize(
    "url",
    [
        f"https://user:{SECRET}@example.org/x", f"https://{SECRET}@example.org/", f"HTTP://a@b:{SECRET}@example.org", f"ftp://a:{SECRET}@h/x",
        f"https://example.org/?token={SECRET}", f"https://example.org/?a=1&access_token={SECRET}&b=2", f"https://example.org/#id_token={SECRET}",
        f"https://s3.example.org/x?X-Amz-Signature={SECRET}&X-Amz-Credential={SECRET}%2F1&X-Amz-Security-Token={SECRET}",
        f"https://example.org/?x-goog-signature={SECRET}", f"https://example.org/?sv=1&sig={SECRET}", f"https://example.org/?apikey={SECRET}",
        f"https://example.org/?api-key={SECRET}&q=1", f"https://example.org/?client_secret={SECRET}", f"https://example.org/?PASSWORD={SECRET}",
        f"https://example.org/x;jsessionid={SECRET}", f"https://example.org/?a=1&amp;token={SECRET}", f"https://example.org/?private-token={SECRET}",
        f"https://example.org/?url=https%3A%2F%2Fs3%3FX-Amz-Signature%3D{SECRET}%26b%3D1", f"https://example.org/?AWSAccessKeyId={SECRET}",
        f'"https://u:{SECRET}@example.org/" has a user name (write https://example.org/)', f"see https://example.org/?jwt={SECRET}.",
    ],
)  # fmt: skip
def test_secrets_are_masked(url):
    assert SECRET not in redacted(url)
    assert "***" in redacted(url)
    assert has_secret(url)
    assert redacted(redacted(url)) == redacted(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/@user/x", "https://example.org/?q=a@b.org", "mailto:a@example.org", "https://example.org/?design=1&signal=2",
        "https://example.org/?author=me&tokens=3&tokenizer=x", "https://example.org/token=x", "https://example.org/sig/", "https://example.org/?id=7#part",
        "https://web.archive.org/web/2020/https://example.org/@x", "https://example.org/?key=value&code=y", "", "https://",
    ],
)  # fmt: skip
def test_other_parts_stay(url):
    assert redacted(url) == url
    assert not has_secret(url)


@given(st.text(st.sampled_from("https://@?&=#%3D*;token.sig ***-_"), max_size=60))
def test_what_is_masked_is_masked_for_good(text):
    assert redacted(redacted(text)) == redacted(text)


@pytest.mark.parametrize("piece", ["https://a", "?token", "a-", "x_", "&a_a", "a@", "https:", "?sig="])
def test_long_texts_take_linear_time(piece):
    redacted("?" + piece * 100_000 + "@=")
