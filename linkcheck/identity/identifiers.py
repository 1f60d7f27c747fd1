"""Parse DOIs and arXiv ids in all common spellings. Pure."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[!-~\u00a1-\U0010ffff]+")
_DOI_PREFIX = re.compile(
    r"(?:(?:https?:)?//)?(?:dx\.|www\.)?doi\.org/(?:doi:)?|(?:info:doi/|urn:doi:|doi)[\s:/]*",
    re.IGNORECASE,
)
_IS_URL = re.compile(r"(?:(?:https?:)?//|(?:dx\.|www\.)?doi\.org/)", re.IGNORECASE)
_IN_A_PATH = re.compile(r"[\w./()-]+")
_OPENING = {")": "(", "]": "[", "}": "{", ">": "<"}

_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_ARXIV_PREFIX = re.compile(
    r"(?:(?:https?:)?//)?(?:[a-z0-9-]+\.)*(?:arxiv\.org|xxx\.lanl\.gov)/(?:abs|pdf|html|ps|format|e-print)/(?:arxiv:)?|arxiv[\s:./]*",
    re.IGNORECASE,
)
_ARXIV_SUFFIX = re.compile(
    r"(?:\.pdf|\.ps|\.gz)*(?:v[0-9]+)?(?:\.pdf|\.ps|\.gz)*(?:\s*\[[\w.-]+\])?/?(?:[?#].*)?", re.IGNORECASE
)
_ARXIV_NEW = re.compile(r"([0-9]{2})(0[1-9]|1[0-2])\.([0-9]{4,5})")
_ARXIV_OLD = re.compile(
    r"([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2,8}(?:-[a-z]{2,8})?)?/([0-9]{2})(0[1-9]|1[0-2])([0-9]{3})", re.IGNORECASE
)
_ARCHIVES = frozenset({
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn", "chem-ph", "cmp-lg",
    "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math",
    "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th", "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio",
    "quant-ph", "solv-int", "stat", "supr-con",
})  # fmt: skip


def doi(text: str) -> str | None:
    """The normal form of a DOI (`10.1000/xyz`, lower case: DOI Handbook 3.4), or None if the text is no DOI.

    Accepts a bare DOI, `doi:`, `DOI `, `info:doi/`, and URLs of doi.org and dx.doi.org with percent-encoding, query and fragment.
    Punctuation at the end is removed, and closing brackets without an opening one.
    """
    text_given = text.strip()
    prefix = _DOI_PREFIX.match(text_given)
    bare = text_given[prefix.end() :] if prefix else text_given
    if prefix and _IS_URL.match(text_given):
        bare = unquote(re.split(r"[?#]", bare, maxsplit=1)[0])
    bare = _strip_trailing(bare)
    return bare.lower() if _DOI.fullmatch(bare) and bare.isprintable() else None


def doi_page(bare: str) -> str:
    """The URL of a bare DOI; characters that can't stand in a path are encoded (RFC 3986, section 3.3)."""
    return "https://doi.org/" + (bare if bare.isascii() and _IN_A_PATH.fullmatch(bare) else quote(bare, safe="/:@!$&'()*+,;="))


def _strip_trailing(text: str) -> str:
    while text and (text[-1] in ".,;:'\"" or (text[-1] in _OPENING and text.count(text[-1]) > text.count(_OPENING[text[-1]]))):
        text = text[:-1]
    return text


def arxiv(text: str) -> str | None:
    """The normal form of an arXiv id (`1706.03762`, `math/0211159`) without version, or None if the text is no arXiv id.

    Accepts a bare id, `arXiv:`, abs, pdf and html URLs of arXiv and its mirrors, arXiv's DOIs, and old ids with a subject class
    (`math.GT/0309136`). None for ids that arXiv can't have issued (a 13th month, four digits after 2014, an unknown archive).
    """
    text_given = text.strip()
    own_doi = _ARXIV_DOI.fullmatch(doi(text_given) or "")
    if own_doi:
        text_given = own_doi[1]
    prefix = _ARXIV_PREFIX.match(text_given)
    bare = text_given[prefix.end() :] if prefix else text_given
    new = _ARXIV_NEW.match(bare)
    if new and _ARXIV_SUFFIX.fullmatch(bare, new.end()):
        month = int(new[1] + new[2])
        return new[0] if month >= 704 and len(new[3]) == (4 if month < 1501 else 5) else None
    old = _ARXIV_OLD.match(bare)
    if old and _ARXIV_SUFFIX.fullmatch(bare, old.end()):
        archive, month = old[1].lower(), int(old[2] + old[3])
        issued = month >= 9107 or month <= 703
        return f"{archive}/{old[2]}{old[3]}{old[4]}" if archive in _ARCHIVES and issued else None
    return None
