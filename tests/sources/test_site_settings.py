"""The settings under `site` in `_collection.yaml`, and the files that they name."""

from __future__ import annotations

import struct
from datetime import date
from pathlib import Path

import pytest

from generator.problems import errors
from generator.sources.collection import Accent, Site
from generator.sources.config import read_collection
from generator.sources.config.colours import DARK_PAPERS, LEAST_CONTRAST, LIGHT_PAPERS, contrast, hex_colour, readable
from generator.sources.loading import load

FULL = """site:
  language: fr
  logo: logo.svg
  accent: {light: "#7A2C65", dark: "#e6a5d4"}
  stylesheet: own.css
  forge: forgejo
  branch: trunk
  suggest: https://example.org/new
"""
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 30, 10)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"/>'


def site(text: str) -> tuple[Site, list[tuple[str, int, int]]]:
    collection, _, problems = read_collection(text, "lists/_collection.yaml")
    return collection.site, [(one.code, one.place.line, one.place.column) for one in problems]


def test_all_settings_are_read():
    accent = Accent("#7a2c65", "#e6a5d4")
    assert site(FULL) == (Site("fr", "logo.svg", accent, "own.css", "forgejo", "trunk", "https://example.org/new"), [])


@pytest.mark.parametrize(
    ("line", "code", "column", "hint"),
    [
        ("langauge: de", "unknown-key", 9, 'did you mean "language"?'),
        ("color: '#0a556a'", "unknown-key", 9, 'write "accent" instead'),
        ("language: Deutsch", "unknown-value", 19, 'did you mean "de"?'),
        ("language: nl", "unknown-value", 19, ""),
        ("forge: gitea", "unknown-value", 16, 'did you mean "forgejo"?'),
        ("accent: teal", "bad-site", 17, "hexadecimal"),
        ("accent: '#12345'", "bad-site", 17, "hexadecimal"),
        ("accent: '#1a9ab8'", "low-contrast", 17, '"#0f596a"'),
        ("accent: {light: '#0a556a', dark: '#0a556a'}", "low-contrast", 42, '"#'),
        ("suggest: javascript:alert(1)", "bad-site", 18, "https://"),
        ("logo: [a]", "wrong-type", 15, ""),
    ],
)
def test_mistakes_have_a_place_and_a_hint(line: str, code: str, column: int, hint: str):
    _, _, problems = read_collection(f"site: {{{line}}}\n", "x")
    assert [(one.code, one.place.line, one.place.column) for one in problems] == [(code, 1, column - 1)]
    assert hint in problems[0].hint


def test_a_setting_of_the_site_at_the_top_is_recognised():
    assert "belongs under site" in read_collection("logo: a.svg\n", "x")[2][0].hint


@pytest.mark.parametrize("colour", ["#1a9ab8", "#ffff00", "#ffffff", "#000000", "#808080", "#0a556a"])
@pytest.mark.parametrize("papers", [LIGHT_PAPERS, DARK_PAPERS])
def test_the_nearest_readable_colour_is_readable_and_near(colour: str, papers: tuple[str, ...]):
    found = readable(colour, papers)
    assert min(contrast(found, paper) for paper in papers) >= LEAST_CONTRAST
    assert (found == colour) == (min(contrast(colour, paper) for paper in papers) >= LEAST_CONTRAST)
    if found not in {colour, "#000000", "#ffffff"}:
        assert min(contrast(found, paper) for paper in papers) < LEAST_CONTRAST + 0.4


@pytest.mark.parametrize(
    ("text", "colour"), [("#ABC", "#aabbcc"), (" #0A556a ", "#0a556a"), ("0a556a", None), ("#0a556", None), ("red", None)]
)
def test_colours_in_hexadecimal_digits(text: str, colour: str | None):
    assert hex_colour(text) == colour


def test_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "a.yaml").write_text("entries: [{title: One}]\n", encoding="utf-8")
    return folder


def loaded(lists: Path, line: str):
    (lists / "_collection.yaml").write_text(f"title: T\nsite:\n  {line}\n", encoding="utf-8")
    found = load(lists, today=date(2026, 11, 21))
    return found.site_files, found.problems


@pytest.mark.parametrize(
    ("name", "data", "ratio"), [("logo.svg", SVG, 2.0), ("pictures/l.png", PNG, 3.0), ("l.svg", b"<svg/>", None)]
)
def test_a_logo_becomes_a_data_url(lists, name, data, ratio):
    (lists / name).parent.mkdir(exist_ok=True)
    (lists / name).write_bytes(data)
    files, problems = loaded(lists, f"logo: {name}")
    if ratio is None:
        assert [one.code for one in problems] == ["bad-site"]
        return
    assert (problems, files.ratio) == ((), ratio)
    assert files.logo.startswith("data:image/")


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("logo: none.svg", "can't be read"),
        ("logo: text.svg", "isn't a picture"),
        ("logo: big.png", "100,000"),
        ("logo: a.yaml", "doesn't end in"),
        ("logo: ../outside.svg", "is outside"),
        ("logo: /etc/passwd.svg", "is outside"),
        ("logo: link.svg", "is outside"),
        ("stylesheet: own.txt", "doesn't end in"),
        ("stylesheet: none.css", "can't be read"),
    ],
)
def test_files_that_cant_be_used_are_problems_at_their_setting(lists, line, part):
    (lists / "text.svg").write_text("no picture", encoding="utf-8")
    (lists / "big.png").write_bytes(PNG + bytes(100_000))
    (lists.parent / "outside.svg").write_bytes(SVG)
    (lists / "link.svg").symlink_to(lists.parent / "outside.svg")
    files, problems = loaded(lists, line)
    assert (files.logo, files.stylesheet) == ("", "")
    (problem,) = errors(problems)
    assert part in problem.message
    assert (problem.code, problem.place.line, problem.place.column) == ("bad-site", 3, line.index(" ") + 4)


def test_a_style_sheet_that_loads_from_elsewhere_is_a_warning_at_its_line(lists):
    styles = 'a { color: red }\n@import "https://fonts.example.org/a.css";\nb { background: url( //example.org/x.png ) }\nc { background: url(data:x) }\n'
    (lists / "own.css").write_text(styles, encoding="utf-8")
    files, problems = loaded(lists, "stylesheet: own.css")
    assert files.stylesheet == styles
    assert [(one.severity, Path(one.place.path).name, one.place.line, one.place.column) for one in problems] == [
        ("warning", "own.css", 2, 1),
        ("warning", "own.css", 3, 17),
    ]


def test_pictures_of_headers_and_footers_become_data_urls(lists):
    (lists / "pictures").mkdir()
    (lists / "pictures" / "a b.svg").write_bytes(SVG)
    (lists / "big.png").write_bytes(PNG + bytes(100_000))
    (lists / "text.png").write_text("text")
    (lists.parent / "out.svg").write_bytes(SVG)
    names = ("none.png", "big.png", "text.png", "../out.svg", "https://e.org/a.png", "/a.png", "a.yaml")
    footer = " ".join(f"![A]({name})" for name in names)
    header = '<p><img src="./pictures/a%20b.svg?raw=true"></p>'
    (lists / "a.yaml").write_text(f"header: '{header}'\nfooter: '{footer}'\nentries: [{{title: One}}]\n", encoding="utf-8")
    found = load(lists, today=date(2026, 11, 21))
    ((name, url),) = found.site_files.pictures
    assert name == "pictures/a b.svg"
    assert url.startswith("data:image/svg+xml;base64,")
    parts = ("none.png", "100,000", "isn't a picture", "is outside", "doesn't end in")
    for problem, part in zip(found.problems, parts, strict=True):
        assert (problem.code, problem.severity, problem.place.line) == ("markup-not-shown", "note", 2)
        assert part in problem.message
        assert problem.message.endswith("; the site shows its text")
