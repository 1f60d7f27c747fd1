"""A plain text that names a work the way people do: its title told apart from authors, venue and year around it."""

from __future__ import annotations

import re

__all__ = ["is_acronym", "is_people", "is_person", "is_tag", "is_venue", "people", "split_title"]

_PARTICLES = "van|von|de|der|den|del|della|di|da|dos|das|du|la|le|ten|ter|zu|el|al|bin|ibn|st\\."
_INITIAL = r"[^\W\d_]\.(?:[- ]?[^\W\d_]\.)*"
_NAME_WORD = rf"(?:{_INITIAL}|[^\W\d_a-z][\w'’.-]*|{_PARTICLES})"
_NAME = re.compile(rf"{_NAME_WORD}(?: {_NAME_WORD}){{1,4}}(?:,? (?:Jr|Sr)\.?| I{{2,3}})?")
_LOOSE_WORD = rf"(?:{_INITIAL}|[^\W\d_]\.?|[^\W\d_][\w'’.-]*[\w.])"
_LOOSE_NAME = re.compile(rf"(?:and |& )?{_LOOSE_WORD}(?: {_LOOSE_WORD}){{1,3}}(?: et al\.?)?")
_SURNAME_FIRST = re.compile(r"[^\W\d_a-z][\w'’-]+")
_CAPITALS = re.compile(r"[A-Z]{2}")
_LOWER_CASED = frozenset(("van", "von", "de", "der", "den", "dan", "del", "di", "da", "dos", "la", "le", "ten", "el", "al"))
_INITIALS = re.compile(rf"(?:{_INITIAL}|[A-Z]{{1,3}})")
# Words by which a group of capitalised words is no person.
_NOT_NAMES = frozenset((
    "university", "universität", "université", "institute", "institut", "college", "school", "department", "laboratory", "lab", "labs", "group",
    "team", "foundation", "inc", "ltd", "corporation", "press", "journal", "conference", "workshop", "proceedings", "spring",
    "springer", "summer", "winter", "autumn", "fall", "quarter", "semester", "course", "lecture", "lectures", "video", "videos", "book",
    "books", "paper", "papers", "tutorial", "introduction", "deep", "machine", "learning", "neural", "networks", "network",
    "data", "science", "theory", "optimal", "transport", "software", "library", "framework", "tool", "tools", "code", "source",
    "open", "free", "online", "web", "site", "website", "guide", "handbook", "list", "awesome", "research", "google", "microsoft",
    "facebook", "amazon", "apple", "the", "on", "in", "for", "with", "and", "from", "of", "to", "by", "computer", "vision",
    "language", "models", "model", "analysis", "methods", "programming", "systems", "system", "security", "public", "api", "part",
    "volume", "chapter", "project", "page", "great", "good", "best", "new", "using", "based", "towards", "via", "how", "what",
    "why", "learn", "getting", "started", "advanced", "modern", "applied", "statistical", "stable", "flows", "reports", "works",
))  # fmt: skip
_VENUE = re.compile(
    r"(?:in )?[A-Za-z][A-Za-z&./ -]{1,40}?[ '’,(-]*(?:19|20)?\d\d\)?(?: [A-Z]\w+)?|(?:19|20)\d\d[ -][A-Z][A-Za-z]{1,11}"
)
_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,3}[A-Z]{2,8}(?: (?:Oral|Poster|Spotlight))?")
_NAMED = re.compile(r"(?:(?:19|20)\d\d[ -])?(?:[A-Za-z]*[A-Z][a-z]*[A-Z]|(?i:arxiv))")
_TAG = re.compile(r"[\[(【（].{1,60}[\])】）]")
_ET_AL = re.compile(r"\bet\.? ?al\b", re.IGNORECASE)
_CLOSE_INITIAL = re.compile(r"(?<=\b[A-Z]\.)(?=[A-Z][a-z])")
_BIB = re.compile(
    r"(?:in:? )?(?:(?i:arxiv)(?: preprint)?(?: arxiv)?[: ].*|(?:19|20)\d\d[a-z]?|(?:vol|no|pp|nr)\b\.?.*"
    r"|[A-Z][A-Za-z&-]{1,9}(?:[ '’-]?(?:19|20)?\d\d)?(?: [Ww]orkshops?)?"
    r"|.*\b(?:Journal|Transactions|Proceedings|Conference|Symposium|Letters|Review|Annals|Press|Springer|Workshop)\b.*)",
)
_QUOTED = re.compile(r"[\"“«「『„]([^\"”»」』“„]{6,300}?)[,.]?[\"”»」』“]")
_TAGGED = re.compile(
    r"(?P<tag>[(\[][^()\[\]]{0,30}\d{2,4}[^()\[\]]{0,6}[)\]]|\[[^()\[\]]{1,30}\](?=\s))\s*(?P<title>[^\W\d_].{3,})", re.DOTALL
)
_DATED = re.compile(
    r"(?P<title>.{6,}?)\s*(?P<rest>[(\[](?:[A-Za-z&'’.,\- ]{0,30})(?:19|20)\d\d[a-z]?[^()\[\]]{0,30}[)\]].*)", re.DOTALL
)
_SEPARATOR = re.compile(r"\s+(?:[-–—|•·]|--|::|=>|→)\s+|\s*[：—]\s*|\s*--\s+")
_SENTENCE = re.compile(r"(?<!\b[A-Z])(?<!\bvs)(?<!\bal)(?<!\bDr)(?<!\bSt)[.!?。]\s+(?=[^\W_a-z])")
_BY = re.compile(r",? by (?=[^\W\d_a-z])")
_LONG = 200
_ARROW = re.compile(r"(?:\s*(?:[-=]>|→))+$")
_WHO = re.compile(r"(?P<who>[^\W\d_].{2,300}?(?:\bet al|[^\W\d_]{2}))\.\s+(?P<rest>[^\W_a-z].{5,})", re.DOTALL)
_PROFILE = re.compile(
    r"//(?:www\.)?(?:scholar\.google|(?:mobile\.)?twitter\.com/\w+/?$|x\.com/\w+/?$|linkedin\.com/in|github\.com/[\w-]+/?$"
    r"|orcid\.org|bsky\.app/profile|mastodon\.|researchgate\.net/profile|dblp\.org/pid)|/~\w|/people/|/person/|/users?/"
)


def is_person(text: str, url: str = "") -> bool:
    """Whether a text is a person's name, as far as its form and the URL behind it prove it."""
    name = " ".join(text.strip(" ,.").split())
    if not _is_name(name):
        return False
    where = url.casefold()
    if _PROFILE.search(where):
        return True
    family = re.sub(r"\W", "", name.split()[-1].casefold())
    return len(family) > 2 and family in re.sub(r"\W", "", where)


def _is_name(text: str) -> bool:
    words = text.casefold().replace(".", "").split()
    coined = any(len(word) > 3 and _CAPITALS.search(word) for word in text.split())
    return bool(_NAME.fullmatch(text)) and not coined and not any(word in _NOT_NAMES or word.isdigit() for word in words)


def people(text: str) -> tuple[str, ...]:
    """The names of a list such as "Gabriel Peyré, Marco Cuturi"; nothing where one part of it is no name."""
    parts = text.split(", ")
    return tuple(parts) if all(map(_is_name, parts)) else ()


def is_venue(text: str) -> bool:
    """Whether a text is a venue with its year, such as "NeurIPS19" or "ICML 2020"."""
    return len(text) <= 40 and _VENUE.fullmatch(text.strip(" []()")) is not None


def is_tag(text: str) -> bool:
    """Whether a text in type of its own is no title: a remark in brackets, a venue."""
    named = text.strip()
    return _TAG.fullmatch(named) is not None or (is_venue(named) and len(named.split()) <= 3 and bool(_NAMED.match(named)))


def is_acronym(text: str) -> bool:
    """Whether a text has the form in which venues are named without a year: "IJCNN", "ICLR Oral"."""
    return _ACRONYM.fullmatch(text.strip(" []()")) is not None


def is_people(text: str) -> bool:
    """Whether a text lists people, tags before it aside: "[3] Lee, Ann, and Bo Kim", "Ann Lee et al. arXiv"."""
    shown = re.sub(r"^(?:\W*[\[(][^\])]{1,30}[\])])+", "", text).strip(' .,:;"“«*')
    if _ET_AL.search(shown):
        return len(shown.split()) <= 14
    parts = [part for part in re.split(r",|;|\band\b|&", shown) if part.strip()]
    named = [part for part in parts if len(part.split()) > 1]
    return len(parts) > 1 and bool(named) and _mostly_people(shown) and not any(
        word.strip(".") in _NOT_NAMES for part in parts for word in part.casefold().split()
    )  # fmt: skip


def split_title(text: str) -> tuple[str, str]:
    """The title and what stands around it, as text; the whole text is the title where nothing tells them apart."""
    whole = _ARROW.sub("", text.strip()).rstrip(":,;-–—|· ").strip()
    if whole.count("(") > whole.count(")") and whole.rfind("(") > 3:
        title, rest = split_title(whole[: whole.rfind("(")])
        return title, " ".join(filter(None, (rest, whole[whole.rfind("(") + 1 :].strip())))
    for attempt in (_tagged, _quoted, _people_sentence, _separated, _dated, _people_first, _people_last, _by):
        found = attempt(whole)
        if found and found[0].strip():
            return found[0].strip(" ,;:"), found[1].strip().strip(",;: ").strip()
    sentence = _SENTENCE.search(whole)
    if len(whole) > _LONG and sentence:
        return whole[: sentence.start()], whole[sentence.end() :]
    return whole.rstrip(".") if whole.count(".") == 1 else whole, ""


def _tagged(text: str) -> tuple[str, str] | None:
    match = _TAGGED.fullmatch(text)
    if not match:
        return None
    title, rest = split_title(match["title"])
    return title, " ".join(filter(None, (match["tag"], rest)))


def _quoted(text: str) -> tuple[str, str] | None:
    match = _QUOTED.search(text)
    if not match or len(match[1].split()) < 2:
        return None
    before, after = text[: match.start()].strip(" ,.:-–—"), text[match.end() :].strip(" ,.")
    # A quotation within a longer title is a part of it, unless names or a venue stand around.
    who = re.sub(r"\s*\((?:19|20)\d\d[a-z]?\)$", "", before)
    quoting = before.endswith(";") or len(match[1]) < len(text) / 2
    if before and not _mostly_people(who) and len(before.split()) > 3 and quoting:
        return None
    return match[1], ", ".join(filter(None, (before, after)))


def _separated(text: str) -> tuple[str, str] | None:
    match = _SEPARATOR.search(text)
    if not match or len(text[: match.start()]) < 3:
        return None
    if is_tag(text[: match.start()]) or not re.search(r"[^\W\d_]", text[: match.start()]):
        title, rest = split_title(text[match.end() :])
        return title, ", ".join(filter(None, (text[: match.start()], rest)))
    return text[: match.start()], text[match.end() :]


def _dated(text: str) -> tuple[str, str] | None:
    match = _DATED.fullmatch(text)
    if not match or _mostly_people(match["title"]):
        return None
    return match["title"], match["rest"]


def _mostly_people(text: str) -> bool:
    parts = [part for part in re.split(r",|;|\band\b|&", text) if part.strip()]
    named = sum(
        bool(_LOOSE_NAME.fullmatch(part.strip()) or _INITIALS.fullmatch(part.strip()) or _SURNAME_FIRST.fullmatch(part.strip()))
        for part in parts
    )
    if len(parts) == 1 and any(word.islower() and word not in _LOWER_CASED for word in text.split()) and len(text.split()) > 2:
        return False
    return bool(parts) and named * 2 > len(parts) and all(len(part.split()) <= 4 for part in parts)


def _people_first(text: str) -> tuple[str, str] | None:
    """In the forms "A. Lee, Bo Li, The Title, Venue, 2019" and "Ann Lee: The Title. Venue, 2019."."""
    colon = text.find(": ")
    named = people(text[:colon].replace(" and ", ", ")) if 0 < colon < 120 else ()
    rest = text[colon + 2 :]
    stop = _SENTENCE.search(rest)
    if len(named) > 1 or (named and stop):
        cut = stop.start() if stop else len(rest)
        return rest[:cut], f"{text[:colon]}, {rest[stop.end() :] if stop else ''}".rstrip(", ")
    year = re.match(r"(?P<who>[^()]{5,300})\((?P<year>(?:19|20)\d\d[a-z]?)\)[.,:]?\s+(?P<rest>.+)", text, re.DOTALL)
    if year and _mostly_people(year["who"]):
        stop = _SENTENCE.search(year["rest"])
        cut = stop.start() if stop else len(year["rest"].rstrip("."))
        return year["rest"][:cut], f"{year['who'].strip()} ({year['year']}). {year['rest'][stop.end() :] if stop else ''}"
    parts = re.split(r",\s*", text.rstrip("."))
    first = 0
    while first < len(parts) and _author_part(parts[first]):
        first += 1
        if parts[first - 1].startswith(("and ", "& ")):
            break
    if first < 1 or (first == 1 and " and " not in parts[0]) or first == len(parts):
        return None
    last = len(parts)
    while last > first + 1 and _BIB.fullmatch(parts[last - 1].strip()):
        last -= 1
    title = ", ".join(parts[first:last])
    if len(title.split()) < (2 if first > 1 else 3) or title.startswith(("and ", "& ")):
        return None
    return title, ", ".join((*parts[:first], *parts[last:]))


def _people_sentence(text: str) -> tuple[str, str] | None:
    """In the form "Ann Lee, Bo Kim. The Title. Venue, 2019."."""
    match = _WHO.fullmatch(text)
    if match is None or re.search(r"\d", match["who"]) or not is_people(match["who"]):
        return None
    stop = _SENTENCE.search(match["rest"])
    cut = stop.start() if stop else len(match["rest"].rstrip("."))
    return match["rest"][:cut], ", ".join(filter(None, (match["who"], match["rest"][stop.end() :] if stop else "")))


def _author_part(part: str) -> bool:
    names = re.split(r" and | & ", _CLOSE_INITIAL.sub(" ", part).removeprefix("and ").strip())
    return all(_loosely_named(name.strip()) for name in names if name.strip())


def _loosely_named(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 4 or not _LOOSE_NAME.fullmatch(text):
        return False
    lowered = [word.casefold().strip(".") for word in words]
    capitals = sum(word[:1].isupper() or word in _LOWER_CASED for word in words)
    return not any(word in _NOT_NAMES for word in lowered) and (capitals == len(words) or len(words) == 2)


def _people_last(text: str) -> tuple[str, str] | None:
    """In the form "The Title. Ann Lee, Bo Li. Venue 2019"."""
    stop = _SENTENCE.search(text)
    if not stop:
        return None
    title, rest = text[: stop.start()], text[stop.end() :]
    who = re.split(r"[.,;(]|\band\b", rest)[0].strip()
    if len(title.split()) >= 2 and _loosely_named(who):
        return title, rest
    return None


def _by(text: str) -> tuple[str, str] | None:
    match = _BY.search(text)
    who = re.split(r"[.,;(]|\band\b", text[match.end() :])[0].strip() if match else ""
    if match is None or len(who.split()) > 3 or not _loosely_named(who):
        return None
    return text[: match.start()], text[match.start() :].lstrip(", ")
