"""DOIs, arXiv ids and language tags in their normal form."""

from __future__ import annotations

import re

from linkcheck.identity.identifiers import arxiv, doi, doi_page

__all__ = ["arxiv", "doi", "doi_page", "language"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


def language(text: str) -> str | None:
    """The text, if it is a well-formed language tag (RFC 5646, section 2.1; subtags aren't looked up); None for others."""
    return text if _LANGUAGE.match(text) else None
