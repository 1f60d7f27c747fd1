"""Reading YAML: places, kinds, traps and hostile inputs."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.sources import yaml_tree
from generator.sources.yaml_tree import Mapping, Scalar, Sequence, read
from generator.sources.yaml_tree.repair import Failure, repair_lines

GOLDEN = Path(__file__).parents[1] / "golden"
LISTS = Path(__file__).parents[2] / "lists"
MESS = (GOLDEN / "a-maintainers-mess" / "optimal-transport.yaml").read_text(encoding="utf-8")


def plain(node):
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.items}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node and node.text


def codes(text):
    return [problem.code for problem in read(text, "x.yaml").problems]


def test_values_have_their_places():
    root = read("a: héé\nb:\n  - 'x y'\n  - |\n    one\n    two\nc: [1, {d: e}]\n", "x.yaml").root
    assert root.get("a") == Scalar("héé", "str", "plain", 1, 4, 1, 7)
    assert root.get("b").items[0] == Scalar("x y", "str", "quoted", 3, 5, 3, 10)
    assert root.get("b").items[1][:5] == ("one\ntwo\n", "str", "block", 4, 5)
    assert (root.get("c").line, root.get("c").column) == (7, 4)
    assert root.get("c").items[1].items[0][1][3:5] == (7, 12)
    assert root.get("z") is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_and_byte_order_marks_change_no_place(end, mark):
    text = mark + "a: 1" + end + "b:" + end + "  c: 'é'" + end
    for content in (text, text.encode()):
        tree = read(content, "x.yaml")
        assert tree.problems == ()
        assert tree.root.get("b").get("c")[3:] == (3, 6, 3, 9)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12", "int"), ("0x1F", "int"), ("012", "int"), ("1:30", "int"), ("1803.00567", "float"), (".5", "float"), ("1e3", "str"),
        ("no", "bool"), ("True", "bool"), ("on", "bool"), ("y", "str"), ("null", "null"), ("~", "null"), ("", "null"),
        ("2019-05-03", "date"), ("2019-05-03T10:00:00Z", "date"), ("2019-05", "str"), ("10.1000/xyz", "str"), ("=", "str"),
        ("!!str 12", "str"), ('"12"', "str"), ("'no'", "str"),
    ],
)  # fmt: skip
def test_kinds_are_those_of_the_resolver(text, kind):
    assert read(f"a: {text}\n", "x.yaml").root.get("a").kind == kind


def test_trees_equal_those_of_the_library():
    for path in sorted(LISTS.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        tree = read(text, str(path))
        assert tree.problems == ()
        assert plain(tree.root) == yaml.load(text, Loader=yaml.BaseLoader)


def test_the_pure_loader_reads_the_same(monkeypatch):
    samples = [path.read_text(encoding="utf-8") for path in sorted(LISTS.glob("*.yaml"))[:4]]
    samples += [
        "a: Foo: bar\nb: 'it's'\nc: [1\n",
        "a: &x [1, 2]\nb: *x\n",
        "a: é\r\nb: |\r\n  c\r\n",
        "[" * 200,
        "a: 1\na: 2\n",
    ]
    expected = [read(text, "x.yaml") for text in samples]
    monkeypatch.setattr(yaml_tree, "_LOADER", yaml.SafeLoader)
    for text, tree in zip(samples, expected, strict=True):
        pure = read(text, "x.yaml")
        assert plain(pure.root) == plain(tree.root)
        assert [(each.code, each.place) for each in pure.problems] == [(each.code, each.place) for each in tree.problems]


def test_after_a_repaired_line_the_rest_is_read():
    tree = read("- title: A: b\n- title: 'It's'\n- title: [x\n- title: C\n  title: D\n", "x.yaml")
    assert [problem.code for problem in tree.problems] == [
        "unquoted-colon",
        "needs-quotes",
        "unclosed-bracket",
        "duplicate-key",
    ]
    assert [problem.place.line for problem in tree.problems] == [1, 2, 3, 5]
    assert plain(tree.root) == [{"title": "A: b"}, {"title": "It's"}, {"title": ["x"]}, {"title": "C"}]
    assert tree.whole


def test_items_before_a_line_that_cannot_be_repaired_are_kept():
    tree = read("title: T\nentries:\n  - title: A\n    tags: [x]\n  - title: B\n    ? ]\n  - title: C\n", "x.yaml")
    assert plain(tree.root) == {"title": "T", "entries": [{"title": "A", "tags": ["x"]}]}
    assert [problem.code for problem in tree.problems] == ["yaml-syntax"]
    assert not tree.whole


@pytest.mark.parametrize(
    "text",
    [
        "description: |\n  Note: this is: text\n  # no comment #1\nbroken: [\n",
        "description: >-\n  Two: words: here\n\n  Three: more: words\nbroken: [\n",
        "a: 'one: two\n  three: four: five'\nbroken: [\n",
        "a: [one,\n  two: three: four]\nb: [\n",
        "# a: comment: here\nb: [\n",
        "url: http://example.org:80/a\ntime: 12:30:00\nbroken: [\n",
        '- "key: is: quoted": x\n- [\n',
    ],
)
def test_harmless_colons_are_not_reported(text):
    assert "unquoted-colon" not in [problem.code for problem in read(text, "x.yaml").problems if problem.place.line < 4]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a: C #1\n", True), ("a: C # one\n", False), ("a: C  # one\n", False), ("a: see (no # 4)\n", True), ("a: 'C' #1\n", False),
        ("a: 2019 #1\n", False), ("a: http://x.y/#z\n", False), ("#1\n", False), ("a: |\n  C #1\n", False), ("a: [b #c\n  ]\n", True),
        ("a: b\n  c #1\n", True), ("a:\n  #b\n  c: d\n", False), ("- x\t#y\n", True),
    ],
)  # fmt: skip
def test_comments_that_cut_a_text_are_found(text, cut):
    assert ("unquoted-hash" in codes(text)) is cut


def test_hostile_inputs_are_fast_and_give_a_problem():
    bomb = "x0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    bomb += "".join(f"x{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 30))
    assert codes(bomb).count("alias-bomb") == 1
    for text, code in (
        ("[" * 50_000, "too-deep"),
        ("{a: " * 50_000, "too-deep"),
        ("- " * 50_000 + "x", "too-deep"),
        ("a: &a [*a]\n", "alias-cycle"),
        ("a: &a {b: *a}\n", "alias-cycle"),
        ("\0" * 1000, "control-character"),
        ("a: \ud800\n", "control-character"),
        ('a: "\\ud800"\n', "bad-escape"),
        ("a: *b\n", "unknown-alias"),
        ("a: !!python/object/apply:os.system [ls]\n", "custom-tag"),
        ("? [a, b]\n: c\n", "key-not-text"),
        ("~: a\n", "key-not-text"),
        ("a: 1\n--- b\n", "several-documents"),
        ("%YAML 3.0\n---\na: 1\n", "yaml-syntax"),
    ):
        found = codes(text)
        assert code in found, text[:30]
        assert len(found) < 30


def test_aliases_have_their_own_place():
    root = read("a: &x word\nb: *x\nc: [*x]\n", "x.yaml").root
    assert root.get("b") == Scalar("word", "str", "alias", 2, 4, 2, 6)
    assert plain(root) == {"a": "word", "b": "word", "c": ["word"]}


@pytest.mark.parametrize(
    "data", [b"a: \xe9\n", b"\xff\xfea\x00:\x00 \x00b\x00", b"\xfe\xff\x00a\x00:\x00 \x00b", b"\xc3(", b"\xed\xa0\x80"]
)
def test_other_encodings_are_one_problem_and_are_read(data):
    tree = read(data, "x.yaml")
    assert tree.problems[0].code == "not-utf8"
    assert tree.root is not None


ALPHABET = st.sampled_from(
    [*list("ab: \n-[]{}#\"'|>&*!%@`,?~\\\t\r0.é\u2028\x00\ufeff"), "  ", "\n  ", ": ", "- ", "\n- ", "title: ", " #", "---\n"]
)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.lists(ALPHABET, max_size=60).map("".join))
def test_texts_never_raise(text):
    tree = read(text, "x.yaml")
    rows = len(text.splitlines()) + 2
    assert all(1 <= problem.place.line <= rows and problem.place.column >= 1 for problem in tree.problems)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.integers(0, len(MESS)), st.integers(0, 200), st.text(max_size=8))
def test_damaged_files_never_raise(start, length, text):
    read(MESS[:start] + text + MESS[start + length :], "x.yaml")


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.binary(max_size=80))
def test_bytes_never_raise(data):
    read(data, "x.yaml")


def test_the_attempts_at_a_repair_are_bounded():
    """Each parses the whole text again, and a text may have hundreds of lines with a bracket that isn't closed."""
    lines = [*["- t: [a]\n"] * 20_000, *["- t: {\n"] * 299]
    texts = []

    def attempt(text: str) -> Failure:
        texts.append(text)
        return Failure("did not find expected key", len(lines), 1)

    found = repair_lines(lines, Failure("did not find expected key", len(lines), 1), attempt)
    assert sum(map(len, texts)) < 4_000_000
    assert found[-1].message.startswith('"- t: {"')
