"""Take user names and secrets out of URLs before they are written. Pure, linear, and idempotent."""

from __future__ import annotations

import re

__all__ = ["MASK", "has_secret", "redacted"]

MASK = "***"

_USERINFO = re.compile(r"(\b[a-z][a-z0-9+.-]{1,20}:[/\\]{2})[^\s/?#\\<>\"]*@", re.IGNORECASE)
_NAMES = (
    r"(?:[\w.-]*[_.-])?(?:token|secret|sig|signature|passwd|password|passphrase|pwd|apikey|api[_-]key|accesskey|access[_-]key(?:[_-]?id)?"
    r"|auth|authorization|credentials?|jwt|session[_-]?id|hmac)"
    r"|x-(?:amz|goog|oss|obs|ms|bce|cos)-[\w-]+|(?:aws|google)access(?:key)?id|access[_-]?token|auth[_-]?token|authtoken|accesstoken"
    r"|q-(?:signature|ak|sign-time|key-time)|ossaccesskeyid|phpsessid|jsessionid|se?ssid|key-pair-id|policy(?==ey)"
)
_PARAMETER = re.compile(
    rf"((?:[?&;#]|%3F|%26|%23|%3B)(?:amp;)?(?:{_NAMES})(?:=|%3D))(?!\*\*\*)((?:(?!%26|%23|&|;|#)[^\s\"'<>()\[\]{{}}|\\^`])+)",
    re.IGNORECASE,
)
_MARK = re.compile(r"@|[=]|%3D", re.IGNORECASE)


def redacted(text: str) -> str:
    """A text with the user information of its URLs, and the values of parameters that grant access, replaced by `***`.

    Such parameters are `token`, `sig`, `X-Amz-*` and their like, in the query and the fragment, also where one URL is a parameter of
    another.
    """
    if _MARK.search(text) is None:
        return text
    text = _USERINFO.sub(rf"\1{MASK}@", text) if "@" in text else text
    return _PARAMETER.sub(rf"\1{MASK}", text)


def has_secret(url: str) -> bool:
    """Whether a URL names a user or holds a secret."""
    return redacted(url) != url
