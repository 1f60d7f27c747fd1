"""Single edits: the text before and after, and refused edits."""

from __future__ import annotations

from datetime import date

import pytest

from generator.editing.edit import Edit, Source, apply
from generator.sources.catalogue.ids import make_unique
from generator.sources.catalogue.parse import parse_topic

PATH = "lists/t.yaml"


def edited(text, *edits):
    data = text if isinstance(text, bytes) else text.encode()
    topic = make_unique([parse_topic(data, PATH)[0]])[0]
    first = next(topic.walk()).id
    done = apply(Source(PATH, data), topic, [Edit(PATH, first, *edit) for edit in edits])
    return done.source.data.decode("utf-8", "replace"), [reason for _, reason in done.refused]


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("- url: a.org\n  title: A", ("archive_url", None, "https://x: y"), '- url: a.org\n  title: A\n  archive_url: "https://x: y"'),
        ("- title: A\n  links:\n    pdf: a.pdf\n  # next\n- title: B", ("links.code", None, "c"), "- title: A\n  links:\n    pdf: a.pdf\n    code: c\n  # next\n- title: B"),
        ("- title: A\n  links: {pdf: a.pdf} # one", ("links.pdf", None, "b.pdf"), "- title: A\n  links: {pdf: [a.pdf, b.pdf]} # one"),
        ("- title: A\n  links:\n    pdf:\n    - a.pdf # one\n    - b", ("links.pdf", None, "c"), "- title: A\n  links:\n    pdf:\n    - a.pdf # one\n    - b\n    - c"),
        ("- title: A\n  links:\n    code: 'a, b'", ("links.code", None, "c,d"), "- title: A\n  links:\n    code: ['a, b', \"c,d\"]"),
        ("- title: A\n  tags: []\n  year: 2019", ("tags", (), ("x",)), "- title: A\n  tags: [x]\n  year: 2019"),
        ("- title: A\n  tags: [\n    a, # first\n    b,\n  ]", ("tags", ("a", "b"), ("a", "b", "c: d")), '- title: A\n  tags: [\n    a, # first\n    b, "c: d",\n  ]'),
        ("- {title: A, tags: [a, 'b}']}", ("year", None, 2019), "- {title: A, year: 2019, tags: [a, 'b}']}"),
        ("- title: A\n  added: 2019-01-02  # when", ("added", "2019-01-02", date(2018, 1, 2)), "- title: A\n  added: 2018-01-02  # when"),
        ("- title: A\n  description: |\n    One.\n\n    # two\n\n# behind", ("state", None, "dead"), "- title: A\n  description: |\n    One.\n\n    # two\n  state: dead\n\n# behind"),
        ("- title: A\n  description: |+\n    One.\n\n", ("description", "One.", "Two."), "- title: A\n  description: |+\n    Two.\n\n"),
        ("- title: A\n  description: one\n    two  three\n    four", ("description", "one two three four", "one two 3 four"), "- title: A\n  description: one\n    two  3\n    four"),
        ('- title: A\n  description: "a \\u00e9 b"', ("description", "a é b", "a é c"), '- title: A\n  description: "a \\u00e9 c"'),
        ("- title: A\n  description: |\n    One.", ("state", None, "dead"), "- title: A\n  description: |\n    One.\n  state: dead"),
        ("- title: A\n  description: >\n    One\n    two.", ("year", None, 2019), "- title: A\n  year: 2019\n  description: >\n    One\n    two."),
        ("- title: A\n  tags: [a]\n  description: >\n    One\n    two.", ("state", None, "dead"), "- title: A\n  tags: [a]\n  description: >\n    One\n    two.\n  state: dead"),
        ("- title: A\n  description:", ("state", None, "dead"), "- title: A\n  description:\n  state: dead"),
        ("- title: A\n  description:\n  year: 2019", ("venue", None, "JMLR"), "- title: A\n  description:\n  year: 2019\n  venue: JMLR"),
        ("- title: A", ("description", None, "One.\nTwo: three."), "- title: A\n  description: |-\n    One.\n    Two: three."),
        ("-   title: A\n    url: u", ("state", None, "dead"), "-   title: A\n    url: u\n    state: dead"),
        ("-\n  title: A\n  url: u", ("state", None, "dead"), "-\n  title: A\n  url: u\n  state: dead"),
    ],
)  # fmt: skip
def test_an_edit_changes_the_value_alone(before, edit, after):
    for end in ("", "\n"):
        text, refused = edited(f"entries:\n{before}{end}", edit)
        assert refused == []
        assert text == f"entries:\n{after}{end}"


@pytest.mark.parametrize(
    ("text", "edit", "reason"),
    [
        ("entries:\n- &a {title: A, url: u}\n- *a", ("url", "u", "v"), "anchor or alias"),
        ("entries:\n- title: A\n  url: &u u\n- title: B\n  url: *u", ("url", "u", "v"), "anchor or alias"),
        ("entries:\n- title: A\n  url: u", ("url", "w", "v"), "another value"),
        ("entries:\n- title: A\n  links: {pdf: u}", ("links", None, None), ""),
        ("entries:\n- title: A\n  tags: [a, b]", ("tags", ("a",), ("a", "c")), "longer"),
        ("entries:\n- title: A: b\n  url: u", ("url", "u", "v"), "syntax error"),
        (b"entries:\n- title: caf\xe9\n  url: u", ("url", "u", "v"), "UTF-8"),
        ("entries:\n- title: A\n  url: u\u2028", ("url", "u", "v"), "invisible"),
        ("entries:\n- {title: A, id: x}\n- {title: B, id: x}", ("title", "A", "C"), "more than one"),
        ("entries:\n- title: A # best\n- title: B", ("", None, None), "comment"),
        ("title: T\nentries:\n# of all\n- title: A", ("", None, None), "comment"),
        ("title: T\nentries: # of all\n- title: A", ("", None, None), "comment"),
        ("title: T\nentries: [ # of all\n  {title: A}]", ("", None, None), "comment"),
        ("title: T\nentries: [{title: A}] # of it\nfooter: F", ("", None, None), "comment"),
        ("title: T\nentries: [{title: A} # of it\n  ]", ("", None, None), "comment"),
        ("entries:\n- title: A", ("", None, None), "by hand"),
        ("entries:\n- title: A", ("title", "A", None), "by hand"),
        ('entries:\n- title: A\n  description: "one\n    two"', ("description", "one two", "three"), "several lines"),
    ],
)
def test_a_refused_edit_changes_nothing(text, edit, reason):
    after, refused = edited(text, edit)
    if reason:
        assert len(refused) == 1
        assert reason in refused[0]
        assert (
            after.encode("utf-8", "replace")
            == (text if isinstance(text, bytes) else text.encode()).decode("utf-8", "replace").encode()
        )
    else:
        assert (after, refused) == ("entries:\n- title: A", [])


def test_a_refused_edit_doesnt_keep_others_from_being_made():
    text = "entries:\n- title: A\n  url: u\n  doi: x\n- title: B\n"
    after, refused = edited(text, ("url", "u", "v"), ("year", None, 2019), ("doi", "other", "y"), ("url", "u", "w"))
    assert after == "entries:\n- title: A\n  url: v\n  year: 2019\n  doi: x\n- title: B\n"
    assert len(refused) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: T\nentries:\n- title: A\nfooter: F # foot\n", "title: T\nfooter: F # foot\n"),
        ("title: T # of it\nentries:\n- title: A\n# last\n", "title: T # of it\n# last\n"),
        ("title: T\nentries: [{title: 'A # 1'}]\nfooter: F\n", "title: T\nfooter: F\n"),
        ("{title: T, entries: [{title: A}], footer: F} # all\n", "{title: T, footer: F} # all\n"),
    ],
)
def test_the_key_is_removed_with_its_only_entry(before, after):
    assert edited(before, ("", None, None)) == (after, [])
