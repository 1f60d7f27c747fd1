"""DOIs and arXiv ids, in all the forms in which people write them, and their one normal form. Pure."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[!-~\u00a1-\U0010ffff]+")
_DOI_BEFORE = re.compile(
    r"(?:(?:https?:)?//)?(?:dx\.|www\.)?doi\.org/(?:doi:)?|(?:info:doi/|urn:doi:|doi)[\s:/]*",
    re.IGNORECASE,
)
_IS_URL = re.compile(r"(?:(?:https?:)?//|(?:dx\.|www\.)?doi\.org/)", re.IGNORECASE)
_IN_A_PATH = re.compile(r"[\w./()-]+")
_OPENING = {")": "(", "]": "[", "}": "{", ">": "<"}

_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_ARXIV_BEFORE = re.compile(
    r"(?:(?:https?:)?//)?(?:[a-z0-9-]+\.)*(?:arxiv\.org|xxx\.lanl\.gov)/(?:abs|pdf|html|ps|format|e-print)/(?:arxiv:)?|arxiv[\s:./]*",
    re.IGNORECASE,
)
_ARXIV_AFTER = re.compile(
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
    """A DOI in its normal form (`10.1000/xyz`, lower case: DOI Handbook 3.4), or None where the text is none.

    Taken are the bare DOI, `doi:`, `DOI `, `info:doi/`, and URLs of doi.org and dx.doi.org with their percent-encoding, query
    and fragment. A dot, comma or closing bracket that a sentence left behind is dropped.
    """
    given = text.strip()
    before = _DOI_BEFORE.match(given)
    bare = given[before.end() :] if before else given
    if before and _IS_URL.match(given):
        bare = unquote(re.split(r"[?#]", bare, maxsplit=1)[0])
    bare = _untrailed(bare)
    return bare.lower() if _DOI.fullmatch(bare) and bare.isprintable() else None


def doi_page(bare: str) -> str:
    """The address that leads to what a bare DOI names; signs that can't stand in a path are encoded (RFC 3986, section 3.3)."""
    return "https://doi.org/" + (bare if bare.isascii() and _IN_A_PATH.fullmatch(bare) else quote(bare, safe="/:@!$&'()*+,;="))


def _untrailed(text: str) -> str:
    while text and (text[-1] in ".,;:'\"" or (text[-1] in _OPENING and text.count(text[-1]) > text.count(_OPENING[text[-1]]))):
        text = text[:-1]
    return text


def arxiv(text: str) -> str | None:
    """An arXiv id in its normal form (`1706.03762`, `math/0211159`), without a version, or None where the text is none.

    Taken are the bare id, `arXiv:`, abs, pdf and html URLs of arXiv and its mirrors, and arXiv's own DOIs; old ids also with
    their subject class (`math.GT/0309136`), which isn't part of the id. Ids that arXiv can't have given out (a 13th month, four
    digits after 2014, an archive that never was) are none.
    """
    given = text.strip()
    registered = _ARXIV_DOI.fullmatch(doi(given) or "")
    if registered:
        given = registered[1]
    before = _ARXIV_BEFORE.match(given)
    bare = given[before.end() :] if before else given
    new = _ARXIV_NEW.match(bare)
    if new and _ARXIV_AFTER.fullmatch(bare, new.end()):
        month = int(new[1] + new[2])
        return new[0] if month >= 704 and len(new[3]) == (4 if month < 1501 else 5) else None
    old = _ARXIV_OLD.match(bare)
    if old and _ARXIV_AFTER.fullmatch(bare, old.end()):
        archive, month = old[1].lower(), int(old[2] + old[3])
        given_out = month >= 9107 or month <= 703
        return f"{archive}/{old[2]}{old[3]}{old[4]}" if archive in _ARCHIVES and given_out else None
    return None
