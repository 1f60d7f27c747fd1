"""What GitHub would make of a text in a comment, as far as that is known without GitHub."""

from __future__ import annotations

import re

import cmarkgfm
from cmarkgfm.cmark import Options


def html(markdown: str) -> str:
    """GitHub's own Markdown, nothing filtered."""
    return cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)


def text(markdown: str) -> str:
    """The text outside code, in which GitHub links names, numbers and addresses."""
    return re.sub(r"<[^>]*>", "\x00", re.sub(r"<(code|pre)\b.*?</\1>", "\x00", html(markdown), flags=re.DOTALL))


def decoded(shown: str) -> str:
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&#64;", "@").replace("&amp;", "&")


CALLS = re.compile(r"@\w|#\d|\bGH-\d|\bwww\.|://\w|\b[0-9a-f]{7,40}\b")


def calls(markdown: str) -> list[str]:
    """The names, numbers, commits and bare addresses that GitHub would link."""
    return CALLS.findall(decoded(text(markdown)))
