"""Property of edits: all other bytes stay, and only the edited field changes its value.

Sources are generated in every style, with the edited URL again in comments, other entries, texts, and longer URLs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.editing.edit import Edit, Source, apply
from generator.problems import Place
from generator.sources.catalogue.ids import make_unique
from generator.sources.catalogue.parse import parse_topic

URL = "https://example.org/notes/a"
MARK = "\ue000"
PATH = "lists/t.yaml"
NEW = [
    "https://example.org/notes/b",
    "http://example.org/notes/a",
    "https://example.org/notes/a/",
    "https://example.org/x?a=1&b=[2]",
    "https://example.org/#part,one",
    "https://example.org/it's",
    "https://example.org/{curly}",
    "https://münchen.example/straße",
    "https://example.org/a:",
    "https://example.org/%23#!route",
]
AGAIN = [URL, f"{URL}bc", f"{URL}/deeper?x={URL}", f"<{URL}>", f"({URL})", f"see {URL}, and so on", f"'{URL}'", f"url: {URL}"]


@dataclass(frozen=True)
class Made:
    text: str
    """With `MARK` in place of the value to edit."""
    style: str

    def source(self, value: str) -> bytes:
        return self.text.replace(MARK, value).encode()


@st.composite
def comments(draw, indent):
    rows = draw(st.lists(st.sampled_from(AGAIN), max_size=2))
    return "".join(f"{indent}# {row}\n" for row in rows) + draw(st.sampled_from(["", "", "\n", "  \n"]))


@st.composite
def others(draw, number, indent):
    """Another entry, which isn't edited."""
    url = draw(st.sampled_from([URL, f"{URL}bc", f"{URL}?q", "https://other.org/"]))
    form = draw(st.integers(0, 4))
    if form == 0:
        return f"{indent}- {url}\n"
    if form == 1:
        return f"{indent}- {{title: Other {number}, url: '{url}', tags: [a, \"b\"]}}\n"
    note = draw(st.sampled_from(["", f"  # {URL}"]))
    rows = [f"{indent}- title: Other {number}{note}", f"{indent}  url: {url}{note}"]
    if form > 2:
        rows += [f"{indent}  description: >-", f"{indent}    # {URL} is no comment here", f"{indent}    nor {URL} there."]
    if form > 3:
        rows += [f"{indent}  links:", f"{indent}    pdf: {URL}", f"{indent}    code: [{URL}, '{URL}x']{note}"]
    return "\n".join(rows) + "\n"


STYLES = ["plain", "single", "double", "folded", "literal", "bare", "flow", "flow-single"]


@st.composite
def sources(draw):
    indent = draw(st.sampled_from(["", "  ", "    "]))
    inner = f"{indent}  "
    style = draw(st.sampled_from(STYLES))
    note = draw(st.sampled_from(["", f"  # {URL}", "   # why"]))
    parts = [
        f"title: Things # {URL}\n",
        f"description: |\n  Of {URL} and [{URL}]({URL}).\n" if draw(st.booleans()) else "",
        "entries:\n",
    ]
    before, after = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    for number in range(before):
        parts += [draw(comments(indent)), draw(others(number, indent))]
    parts.append(draw(comments(indent)))
    text = draw(st.sampled_from(["", f"{inner}description: See {URL} and {URL}bc.{note}\n", f'{inner}description: "{URL}"\n']))
    first = draw(st.sampled_from([f"title: Mine{note}\n{inner}", f"id: mine\n{inner}", ""]))
    if style == "bare":
        parts.append(f"{indent}- {MARK}{note}\n")
    elif style.startswith("flow"):
        value = f"'{MARK}'" if style == "flow-single" else MARK
        parts.append(f"{indent}- {{title: Mine, url: {value}, description: '{URL}', links: {{pdf: {URL}}}}}{note}\n")
    else:
        value = {
            "plain": f"{MARK}{note}",
            "single": f"'{MARK}'{note}",
            "double": f'"{MARK}"{note}',
            "folded": f">-\n{inner}  {MARK}",
            "literal": f"|{note}\n{inner}    {MARK}",
        }[style]
        parts.append(f"{indent}- {first}url: {value}\n{draw(comments(inner))}{text}")
        if draw(st.booleans()):
            parts.append(f"{inner}link_check:\n{inner}  accept: [403] # {URL}\n{inner}  reason: shy of {URL}\n")
    for number in range(after):
        parts += [draw(comments(indent)), draw(others(number + 10, indent))]
    whole = "".join(parts)
    if draw(st.booleans()):
        whole = whole.removesuffix("\n")
    if draw(st.booleans()):
        whole = whole.replace("\n", "\r\n")
    return Made(("\ufeff" if draw(st.booleans()) else "") + whole, style)


def read(data):
    topic, problems = parse_topic(data, PATH)
    return make_unique([topic])[0], problems


def content(topic):
    return [replace(entry, id="" if not entry.id_given else entry.id, place=Place("")) for entry in topic.walk()]


def edited_entry(made, topic):
    """The edited entry: the last one that begins at or above the mark's line."""
    lines = made.text.removeprefix("\ufeff")[: made.text.index(MARK)].count("\n") + 1
    return [entry for entry in topic.walk() if entry.place.line <= lines][-1]


PROPERTY = settings(max_examples=2000, deadline=None, derandomize=True, database=None)


@PROPERTY
@given(sources(), st.sampled_from(NEW))
def test_a_url_is_changed_and_nothing_else(made, new):
    before = made.source(URL)
    topic, problems = read(before)
    entry = edited_entry(made, topic)
    assert entry.url == URL
    done = apply(Source(PATH, before), topic, [Edit(PATH, entry.id, "url", URL, new)])
    assert not done.refused
    after = done.source.data.decode()
    start, _, end = made.text.partition(MARK)
    assert after.startswith(start) or (made.style in {"plain", "bare", "flow"} and after.startswith(start + '"'))
    written = after[len(start) : len(after) - len(end)]
    assert after.endswith(end)
    assert written in {new, f'"{new}"', new.replace("'", "''")}
    if made.style in {"single", "double", "folded", "literal", "flow-single"}:
        assert not written.startswith('"'), "quotes stay"
    again, problems_after = read(done.source.data)
    assert len(problems_after) <= len(problems)
    expected = content(topic)
    expected[list(topic.walk()).index(entry)] = replace(content(topic)[list(topic.walk()).index(entry)], url=new)
    assert content(again) == expected
    assert (again.title, again.description) == (topic.title, topic.description)


FIELDS = [
    ("state", None, "dead"),
    ("archive_url", None, "https://web.archive.org/web/20190102030405/https://example.org/notes/a#x,y"),
    ("also_in", None, ("geometry", "topology")),
    ("links.code", None, "https://code.example/#x"),
    ("links.pdf", None, "https://pdf.example/{a}"),
    ("link_check", None, None),
    ("", None, None),
]


@PROPERTY
@given(sources(), st.sampled_from(FIELDS))
def test_inserting_or_removing_a_field_changes_no_other_line(made, field):
    name, old, new = field
    before = made.source(URL)
    topic, _ = read(before)
    entry = edited_entry(made, topic)
    if name == "link_check" and entry.link_check is None:
        return
    done = apply(Source(PATH, before), topic, [Edit(PATH, entry.id, name, old, new)])
    if done.refused:
        assert name in {"", "link_check"}, "only removals may be refused: of a comment, or of the last entry"
        assert done.source.data == before
        return
    rows, others = before.decode().splitlines(), done.source.data.decode().splitlines()
    again, _ = read(done.source.data)
    number = list(topic.walk()).index(entry)
    expected = content(topic)
    if new is None:
        kept = iter(rows)
        assert all(row in kept for row in others), "lines were only removed"
        if name:
            expected[number] = replace(expected[number], link_check=None)
        else:
            del expected[number]
            assert "\n".join(rows).count(" # ") == "\n".join(others).count(" # "), "no comment was removed with the entry"
    else:
        touched = [row for row in rows if row not in others]
        assert len(touched) <= 1, "at most one line was changed"
        if name.startswith("links."):
            label = name.removeprefix("links.")
            links = {key: list(urls) for key, urls in expected[number].links}
            links.setdefault(label, []).append(new)
            expected[number] = replace(expected[number], links=tuple((key, tuple(urls)) for key, urls in links.items()))
        else:
            expected[number] = replace(expected[number], **{name: new})
    assert content(again) == expected
