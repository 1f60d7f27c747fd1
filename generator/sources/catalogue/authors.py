"""Names of people: from the forms in which they are written to family and given name, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
    "parts",
    "people_text",
    "person",
    "read_authors",
    "read_people",
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
        return tuple(map(author, reader.texts(node, field, people=True)))
    found: list[Author] = []
    for item in node.items:
        one = _read_author(reader, item, field)
        if one is not None:
            found.append(one)
    return tuple(found)


def _read_author(reader: Reader, node: Node, field: str) -> Author | None:
    if isinstance(node, Scalar) or not isinstance(node, Mapping) or not _is_author(node):
        text = reader.line(node, field, item=True)
        return author(text) if text is not None else None
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
            found.append(_by_commas(name))
    return tuple(one for one in found if one.name)


def _by_commas(name: str) -> Author:
    family, *rest = (part.strip() for part in name.split(","))
    if len(rest) == 2 and all((family, *rest)):
        return Author(family=family, suffix=rest[0], given=rest[1])
    return author(name)
