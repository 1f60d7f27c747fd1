"""DOIs, arXiv identifiers and language tags as maintainers write them, brought into their bare form."""

from __future__ import annotations

import re

from linkcheck.identity.identifiers import arxiv, doi, doi_page

__all__ = ["arxiv", "doi", "doi_page", "language"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


def language(text: str) -> str | None:
    """A language tag that is well formed (RFC 5646, section 2.1, without looking up subtags); None for others."""
    return text if _LANGUAGE.match(text) else None
