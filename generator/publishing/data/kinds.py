"""The types of CSL 1.0.2 and biblatex for kinds of entries."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.publishing.data.vocabulary import BIB_OF_CSL, BIBLATEX_TYPES, CSL_OF_BIB, CSL_TYPES
from generator.sources.catalogue.model import Entry

__all__ = ["at_meeting", "bib_type", "csl_type"]

_CSL = {
    "preprint": "article",
    "book": "book",
    "thesis": "thesis",
    "course": "webpage",
    "lecture": "speech",
    "video": "motion_picture",
    "workshop": "event",
    "blog": "post-weblog",
    "software": "software",
    "dataset": "dataset",
}
_MEETING = re.compile(
    r"\b(?:proceedings|proc\.|conference|conf\.|workshops?|symposium|meeting|congress|colloquium|neurips|nips|icml|iclr|aistats|colt"
    r"|uai|aaai|ijcai|cvpr|iccv|eccv|wacv|bmvc|miccai|midl|ipmi|isbi|icip|icassp|interspeech|acl|emnlp|naacl|eacl|coling|kdd|www"
    r"|sigir|recsys|siggraph|icra|iros|corl|rss|soda|stoc|focs|icalp|itcs|isit|icpr|dagm|gcpr|ssvm|3dv|aamas|gecco)\b",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|letters|annals|review|magazine|proceedings of the (?:ieee|national academy))\b", re.IGNORECASE
)


@lru_cache(maxsize=1024)  # venues repeat
def at_meeting(venue: str) -> bool:
    """Whether a venue is a conference or a workshop, judged by its name. Other venues count as journals."""
    return bool(_MEETING.search(venue)) and not _JOURNAL.search(venue)


def bib_type(entry: Entry, *, page: bool) -> str:
    """The biblatex type of an entry: `cite_as`, else one whose required fields it has. `page`: it has a URL to read."""
    if entry.cite_as:
        found = entry.cite_as if entry.cite_as in BIBLATEX_TYPES else BIB_OF_CSL.get(entry.cite_as, entry.cite_as)
        if found in BIBLATEX_TYPES:
            return found
    match entry.kind:
        case "paper" | "survey" if entry.venue and entry.authors:
            return "inproceedings" if at_meeting(entry.venue) else "article"
        case "book" if entry.authors or entry.more.get("editors"):
            return "book" if entry.authors else "collection"
        case "thesis" if entry.authors and (entry.venue or entry.more.get("publisher")):
            return "thesis"
        case "software" | "dataset":
            return entry.kind
    return "online" if page or entry.doi or entry.arxiv else "misc"


def csl_type(entry: Entry) -> str:
    """The CSL type of an entry: `cite_as`, else by its kind and venue."""
    if entry.cite_as:
        same = entry.cite_as in CSL_TYPES and not (entry.kind == "book" and entry.cite_as == "collection")
        if entry.cite_as in CSL_OF_BIB and (entry.cite_as == "article" or not same):
            return CSL_OF_BIB[entry.cite_as]
        if same:
            return entry.cite_as
    if entry.kind in {"paper", "survey"}:
        if entry.venue:
            return "paper-conference" if at_meeting(entry.venue) else "article-journal"
        return "article"
    return _CSL.get(entry.kind, "webpage" if entry.page else "document")
