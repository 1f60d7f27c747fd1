"""DOIs, arXiv identifiers and language tags as maintainers write them, brought into their bare form."""

from __future__ import annotations

import re
from urllib.parse import unquote

from linkcheck.identity.identifiers import doi_page

__all__ = ["arxiv", "doi", "doi_page", "language"]

_DOI_LEAD = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+$")
_ARXIV_LEAD = re.compile(r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html|format)/|arxiv:\s*", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.", re.IGNORECASE)
_ARXIV = re.compile(r"(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})$")
_ARXIV_OLD = re.compile(r"([a-z][a-z-]+)(?:\.[A-Z]{2})?/(\d{2}(?:0[1-9]|1[0-2])\d{3})$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


def doi(text: str) -> str | None:
    """The bare DOI in lower case (DOIs don't tell case apart), from a bare one, `doi:` or a resolver's URL; None for others.

    ISO 26324: "10.", a registrant's number, "/", and any characters without space.
    """
    text = text.strip()
    lead = _DOI_LEAD.match(text)
    if lead:
        text = text[lead.end() :]
        text = unquote(text) if "%" in text else text
    return text.lower() if _DOI.match(text) else None


def arxiv(text: str) -> str | None:
    """The bare arXiv identifier without version, from a bare one, `arXiv:`, a URL or arXiv's own DOI; None for others.

    New ones are YYMM.NNNN until 2014 and YYMM.NNNNN since; old ones archive/YYMMNNN, a subject class falls away.
    """
    text = text.strip()
    for pattern in (_ARXIV_LEAD, _DOI_LEAD, _ARXIV_DOI):
        lead = pattern.match(text)
        if lead:
            text = text[lead.end() :]
    text = re.sub(r"(?:v\d+)?(?:\.pdf|\s*\[[\w.-]+\])?$", "", text)
    if match := _ARXIV.match(text):
        digits = 4 if match[1] < "15" else 5
        return text if len(match[3]) == digits and match[1] >= "07" else None
    if match := _ARXIV_OLD.match(text):
        return f"{match[1]}/{match[2]}"
    return None


def language(text: str) -> str | None:
    """A language tag that is well formed (RFC 5646, section 2.1, without looking up subtags); None for others."""
    return text if _LANGUAGE.match(text) else None
