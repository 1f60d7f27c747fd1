"""The types of CSL 1.0.2 and biblatex for kinds of entries."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.sources.catalogue.model import Entry

__all__ = ["at_meeting", "csl_type"]

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


def csl_type(entry: Entry) -> str:
    """The CSL type of an entry."""
    if entry.kind in {"paper", "survey"}:
        if entry.venue:
            return "paper-conference" if at_meeting(entry.venue) else "article-journal"
        return "article"
    return _CSL.get(entry.kind, "webpage" if entry.page else "document")
