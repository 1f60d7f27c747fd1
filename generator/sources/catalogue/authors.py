"""Names of people: from the forms in which they are written to family and given name, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.problems import Severity, quoted
from generator.sources.catalogue.model import Author
from generator.sources.yaml_tree import Mapping, Node, Scalar, Sequence
from generator.sources.yaml_tree.reader import Key, Reader
from generator.sources.yaml_tree.scalars import scalar

__all__ = [
    "AUTHOR_KEYS",
    "SUFFIXES",
    "Author",
    "author",
    "cell",
    "named",
    "parts",
    "people_text",
    "person",
    "read_authors",
    "read_people",
    "stands_for_others",
]

AUTHOR_KEYS = (
    Key("family", "line", "Family name."),
    Key("given", "line", "Given name."),
    Key("literal", "line", "A name that isn't a person's, or has one part."),
    Key("suffix", "line", "What follows the name: Jr., III."),
)

_PARTICLES = frozenset((
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "ten", "ter", "zu", "zur",
    "af", "av", "el", "al", "bin", "ibn", "st.",
))  # fmt: skip
SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_PEOPLE = re.compile(r"\s*\{[^{}]*\}|[^;]+")
_KEYS = {key.name: key for key in AUTHOR_KEYS}
_SYNONYMS = {
    **dict.fromkeys(("last", "last_name", "surname", "family-names", "familyname", "lastname"), "family"),
    **dict.fromkeys(("first", "first_name", "given-names", "givenname", "firstname"), "given"),
    **dict.fromkeys(("name", "organization", "organisation", "group"), "literal"),
}


def author(text: str) -> Author:
    """Parse a name: `Given Family`, `Family, Given`, `Family, Suffix, Given`, or one word, which becomes `literal`.

    Particles (van, de la) belong to the family name.
    """
    if "," in text:
        family, _, given = (part.strip() for part in text.partition(","))
        second, _, rest = (part.strip() for part in given.partition(","))
        if given.casefold() in SUFFIXES:
            return author(f"{family} {given}")
        if rest and second.casefold() in SUFFIXES and family:
            return Author(family=family, given=rest, suffix=second)
        return Author(family=family, given=given) if family else Author(literal=given)
    words = text.split()
    if len(words) < 2 or words[-1].casefold() == "al.":
        return Author(literal=text)
    suffix = words.pop() if words[-1].casefold() in SUFFIXES and len(words) > 2 else ""
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    if start == 1 and words[0] in _PARTICLES:
        start = 0
    return Author(family=" ".join(words[start:]), given=" ".join(words[:start]), suffix=suffix)


def read_authors(reader: Reader, node: Node, field: str) -> tuple[Author, ...]:
    """A list of names. A text alone is a problem, whose hint gives the list."""
    if not isinstance(node, Sequence):
        if isinstance(node, Mapping) and _is_author(node):
            reader.wrong_type(node, field, "a list", f"write {field}: [{{family: ..., given: ...}}]")
            one = _read_author(reader, node, field)
            return (one,) if one is not None else ()
        texts = reader.texts(node, field, people=True)
        return tuple(map(author, texts))
    found: list[Author] = []
    for index, item in enumerate(node.items):
        one = _read_author(reader, item, field, last=0 < index == len(node.items) - 1)
        if one is not None:
            found.append(one)
    return tuple(found)


def stands_for_others(one: Author) -> bool:
    """Whether a name says that more people follow: "et al." as the last item of a list, as bibliographies write it."""
    return one.literal.strip(". ").casefold() in {"et al", "others", "and others"}


def named(people: tuple[Author, ...]) -> tuple[Author, ...]:
    """The people without an "et al." behind them, for formats in which it would be a name."""
    return people[:-1] if len(people) > 1 and stands_for_others(people[-1]) else people


def _read_author(reader: Reader, node: Node, field: str, *, last: bool = False) -> Author | None:
    if isinstance(node, Scalar) or not isinstance(node, Mapping) or not _is_author(node):
        text = reader.line(node, field, item=True)
        if text is None:
            return None
        found = author(text)
        if not (last and stands_for_others(found)):
            _check_name(reader, node, field, text)
        return found
    values = reader.fields(node, _KEYS, "an author", _SYNONYMS)
    family, given, literal, suffix = (reader.line(values[name], name) or "" if name in values else "" for name in _KEYS)
    if literal and (family or given or suffix):
        reader.report("wrong-type", node, "an author has either literal, or family and given", field=field)
    elif not (family or literal):
        if given:
            return Author(literal=given)
        reader.report("missing-key", node, "an author without a name", "write {family: ..., given: ...}", field=field)
        return None
    return Author(literal=literal) if literal else Author(family=family, given=given, suffix=suffix)


_JOINED = re.compile(r" ?(?: (?:&|and|und|et|with|y|e|og|och|i|en|и|і) |[;、；]) ?")
_SHORT_WORDS = frozenset({"y", "e", "i", "en", "og", "och"})
"""Words that also join the parts of one surname (Ramón y Cajal)."""
_OTHERS = re.compile(
    r"(?:^|(?<=[ ,;]))(?:et\.? ?al(?:ii|iae|\.)?|(?:and|&|und|et|y|e|och|og) (?:many )?(?:others|andere|autres|otros|outros|andra|andre)"
    r"|u\. ?a\.|и др\.?|\.\.\.|…)[ .,]*$|(?:\.\.\.|…|等人?|他)$",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:of|for|the|at|in|universit\w+|institut\w*|department|school|college|academy|laborator\w+|labs?|group|team|society|association|"
    r"center|centre|council|committee|press|publish\w+|company|co|inc|ltd|llc|gmbh|foundation|project|consortium|sons|ministry|office|"
    r"sciences?|technolog\w+|engineering|research|community|contributors)\b",
    re.IGNORECASE,
)
_MAX_NAMES = 2_000
"""Number of characters of one item in which several names are looked for."""


def _check_name(reader: Reader, node: Node, field: str, text: str) -> None:
    """Warn of a name that stands for several people."""
    text = " ".join(text[:_MAX_NAMES].split())
    others = _OTHERS.search(text)
    known = text[: others.start()].rstrip(" ,;") if others else text
    people = _people(known)
    listed = f"write {field}: [{', '.join(scalar(one, flow=True) for one in people)}]"
    if others:
        hint = f"{listed}, with the others by name" if known else "name the others, or leave it out"
        message = f"{field}: {quoted(others[0].strip(' ,;'))} in {quoted(text)} is no name"
        reader.report("not-an-author", node, message, hint, field=field, severity=Severity.WARNING)
    elif len(people) > 1:
        message = f"{field}: {quoted(text)} names {len(people)} people in one item"
        hint = f"{listed}; the name of a group is {{literal: ...}}"
        reader.report("several-authors", node, message, hint, field=field, severity=Severity.WARNING)


def _people(text: str) -> list[str]:
    """The people that a text names; one where it may be one person, or a group."""
    joins = [match[0].strip().casefold() for match in _JOINED.finditer(text)]
    if _GROUP.search(text) or (not joins and text.count(",") < 2):
        return [text]
    parts = [part.strip(" ,") for part in _JOINED.split(text) if part.strip(" ,")]
    if not _SHORT_WORDS.isdisjoint(joins) and any(" " not in part for part in parts):
        return [text]
    people = [name for part in parts for name in _by_commas(part, joined=bool(joins))]
    return people if all(len(name.split()) <= 6 for name in people) else [text]


def _by_commas(text: str, *, joined: bool) -> list[str]:
    """The names of a text with commas: `Ann Lee, Bo Li, Cy Day` are three, `Lee, Ann` and `Lee, Ann, Jr.` one.

    `joined`: the text is one of several, so that `Ann Lee, Bo Li` are two.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    if len(names) < 2 or any(name.casefold() in SUFFIXES for name in names):
        return [text]
    if len(names) % 2 == 0 and not any(" " in name for name in names[::2]):
        return [f"{family}, {given}" for family, given in zip(names[::2], names[1::2], strict=True)]
    several = len(names) > 2 or (joined and all(" " in name for name in names) and names[0].split()[0] not in _PARTICLES)
    return names if several else [text]


def _is_author(node: Mapping) -> bool:
    """Whether a mapping is an author, not a name with a colon in it."""
    return len(node.items) != 1 or node.items[0][0].text in _KEYS or node.items[0][0].text in _SYNONYMS


def person(one: Author) -> str:
    """A name as YAML on one line: one text where that is read back as the same name, else its parts."""
    if one.name and author(one.name) == one:
        return scalar(one.name, flow=True)
    if one.family and one.given and author(cell(one)) == one:
        return scalar(cell(one), flow=True)
    return f"{{{', '.join(f'{name}: {scalar(text, flow=True)}' for name in _KEYS if (text := getattr(one, name)))}}}"


def parts(one: Author) -> dict[str, str]:
    """A name for JSON: {literal}, or {family, given} and a suffix if there is one."""
    if one.literal:
        return {"literal": one.literal}
    return {"family": one.family, "given": one.given} | ({"suffix": one.suffix} if one.suffix else {})


def cell(one: Author) -> str:
    """A name for a table: "Family, Given", or "Family, Jr., Given"."""
    return ", ".join(filter(None, (one.family, one.suffix, one.given))) if one.family and one.given else one.name


def people_text(people: Iterable[Author]) -> str:
    """Names as one text that `read_people` reads back: "; " between them, and braces around names that aren't persons'."""
    return "; ".join(f"{{{one.name}}}" if one.literal or not (one.family and one.given) else cell(one) for one in people)


def read_people(text: str) -> tuple[Author, ...]:
    """The names of a text by `people_text`; without braces they are read as `author` reads them."""
    found: list[Author] = []
    for part in _PEOPLE.findall(text):
        name = part.strip()
        if name.startswith("{") and name.endswith("}"):
            found.append(Author(literal=name[1:-1].strip()))
        elif name:
            found.append(_in_parts(name))
    return tuple(one for one in found if one.name)


def _in_parts(name: str) -> Author:
    family, *rest = (part.strip() for part in name.split(","))
    if len(rest) == 2 and all((family, *rest)):
        return Author(family=family, suffix=rest[0], given=rest[1])
    return author(name)
