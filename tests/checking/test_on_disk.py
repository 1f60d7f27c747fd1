"""Relative links and anchors of pages, proved on disk as GitHub resolves them; and addresses that are the reader's own."""

from __future__ import annotations

import json
import os

import pytest

from tests.commands.command import listkeeper
from tests.serving import Answering, serving

GUIDE = """---
title: Guide
---
# The Guide

## A *b* `c`!
## A b c
## A b c-1
## :rocket: Start :+1:
## 🚀 Go
## 日本語 見出し
## Ça va? Straße & more
## ![logo](l.png) With [a link](x.md) and <b>tags</b>
## Custom {#given}
## With a note[^1]
### snake_case & C++ / C#

Setext *heading*
=====

<a id="Own"></a><a name="named"></a>

<h2 align="center">HTML <b>head</b></h2>

- # In an item

[^1]: A note.
"""
FILES = {
    "docs/guide.md": GUIDE, "docs/a b.md": "x", "docs/é.md": "x", "docs/README.md": "# Docs\n## Part\n", "docs/setup.md": "x", "LICENSE": "x",
    "docs/page.html": "<p id=q><a name=n></a><p id=a%3Ab>", "docs/app.html": "<script>go()</script>", "code.py": "a\nb\nc\n", "docs/notes.rst": "x",
    "docs/img.png": b"\x89PNG\0", "docs/empty/keep.txt": "", "site/assets/style.css": "", "site/page.md": "[a](/assets/style.css)",
}  # fmt: skip
LOCAL = ("--format", "json", "-q", "--pace", "none", "--scale", "0.05")


@pytest.fixture
def folder(tmp_path):
    top = tmp_path / "repository"
    for name, text in FILES.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (top / ".git").mkdir()
    (top / ".git" / "config").write_text("x")
    (tmp_path / "secret.md").write_text("# Secret\n")
    (top / "out").symlink_to(tmp_path)
    (top / "in.md").symlink_to("docs/guide.md")
    (top / "loop").symlink_to("loop")
    return top


def checked(monkeypatch, folder, text, *words, name="page.md"):
    (folder / name).write_text(text, encoding="utf-8")
    ran = listkeeper(monkeypatch, folder, "check", name, *words, *LOCAL)
    return ran.code, json.loads(ran.out)["verdicts"]


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        ("docs/guide.md", "alive"), ("./docs/guide.md", "alive"), ("docs/../docs//guide.md", "alive"), ("/docs/guide.md", "alive"),
        ("docs/a%20b.md", "alive"), ("<docs/a b.md>", "alive"), ("docs/%C3%A9.md", "alive"), ("docs/é.md", "alive"), ("docs", "alive"),
        ("docs/", "alive"), (".", "alive"), ("docs/empty", "alive"), ("LICENSE", "alive"), ("docs/img.png?raw=true", "alive"),
        ("in.md", "alive"), ("in.md#the-guide", "alive"), ("", "invalid"),
        ("docs/none.md", "dead"), ("none", "dead"), ("none/", "dead"), ("docs/Guide.md", "dead"), ("Docs/guide.md", "dead"),
        ("license", "dead"), ("docs/none.png", "dead"), ("LICENSE/", "dead"), ("LICENSE/x", "dead"), ("docs/a+b.md", "dead"),
        ("/none.md", "dead"), (".git/config", "dead"), ("example.com", "dead"), ("docs/guide.md.", "dead"),
        ("docs/setup", "unchecked"), ("docs/setup.html", "unchecked"), ("docs/setup/", "unchecked"),
        ("../secret.md", "unchecked"), ("../../issues", "unchecked"), ("docs/../../secret.md", "unchecked"), ("..", "unchecked"),
        ("%2e%2e/secret.md", "unchecked"), ("out/secret.md", "unchecked"), ("out", "unchecked"), ("loop", "unchecked"), ("/../secret.md", "unchecked"),
        ("{{site.url}}/x", "unchecked"), ("${BASE}/x", "unchecked"), ("mailto:a@example.org", "unchecked"), ("//example.org/x", "unchecked"),
    ],
)  # fmt: skip
def test_a_path_is_there_or_not_or_cannot_be_known(monkeypatch, folder, url, outcome):
    code, (found,) = checked(monkeypatch, folder, f"\n- [a]({url})\n")
    assert (found["outcome"], found["places"][0]["line"]) == (outcome, 2)
    assert code == (1 if outcome in {"dead", "invalid"} else 0)
    assert "Secret" not in json.dumps(found)


@pytest.mark.parametrize(
    ("anchor", "outcome"),
    [
        *((f"docs/guide.md#{name}", "alive") for name in (
            "the-guide", "The-Guide", "a-b-c", "a-b-c-1", "a-b-c-1-1", "rocket-start-1", "-go", "日本語-見出し",
            "%E6%97%A5%E6%9C%AC%E8%AA%9E-%E8%A6%8B%E5%87%BA%E3%81%97", "ça-va-straße--more", "-with-a-link-and-tags", "given",
            "with-a-note", "with-a-note1", "snake_case--c--c", "setext-heading", "Own", "named", "html-head", "in-an-item",
            "user-content-the-guide", "user-content-fn-1", "top", "", ":~:text=Guide",
        ) if name != ":~:text=Guide"),
        *((f"docs/guide.md#{name}", "dead") for name in (
            "guide", "a-b-c-2", "start", "own", "logo", "the_guide", "html", "secret", "title",
        )),
        ("docs/guide.md#:~:text=Guide", "unchecked"), ("docs/guide.md#L3", "unchecked"), ("docs/guide.md?plain=1#L3", "alive"),
        ("docs#part", "alive"), ("docs/#docs", "alive"), ("docs#none", "dead"), ("docs/README.md#readme", "alive"), ("docs/empty#x", "unchecked"),
        ("docs/page.html#q", "alive"), ("docs/page.html#n", "alive"), ("docs/page.html#a%3Ab", "alive"), ("docs/page.html#Q", "dead"), ("docs/app.html#q", "unchecked"),
        ("code.py#L2", "alive"), ("code.py#L1-L3", "alive"), ("code.py#L4", "dead"), ("code.py#main", "unchecked"),
        ("docs/notes.rst#x", "unchecked"), ("docs/img.png#x", "unchecked"), ("../x.md#y", "unchecked"),
        ("#here", "alive"), ("#Here", "alive"), ("#there", "dead"), ("#", "alive"), ("page.md#here", "alive"), ("?plain=1#here", "alive"),
    ],
)  # fmt: skip
def test_an_anchor_is_there_by_the_rules_of_github(monkeypatch, folder, anchor, outcome):
    _, found = checked(monkeypatch, folder, f"# Here\n\n[a]({anchor})\n")
    assert [one["outcome"] for one in found] == [outcome]
    assert found[0]["fragment"] in {"alive": ("found", None), "dead": ("missing",), "unchecked": ("unknown", None)}[outcome]


def test_pictures_and_html_are_proved_as_well(monkeypatch, folder):
    text = '![a](docs/img.png) ![b](none.png)\n\n<img src="gone.png" srcset="docs/img.png 1x, lost.png 2x">\n<a href="docs/guide.md#nope">x</a>\n'
    code, found = checked(monkeypatch, folder, text)
    assert code == 1
    assert {(one["url"], one["places"][0]["line"]) for one in found if one["outcome"] == "dead"} == {
        ("none.png", 1), ("gone.png", 3), ("lost.png", 3), ("docs/guide.md#nope", 4),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("href", "outcome"),
    [
        ("docs/page.html", "alive"), ("docs\\page.html", "alive"), ("gone.html", "dead"), ("#a", "alive"), ("#A", "dead"),
        ("/docs/page.html", "alive"), ("/about", "unchecked"), ("{{ '/a.css' | relative_url }}", "unchecked"), ("../x.html", "unchecked"), ("docs/page.html#q", "alive"),
    ],
)  # fmt: skip
def test_links_of_an_html_page_are_proved(monkeypatch, folder, href, outcome):
    _, found = checked(monkeypatch, folder, f'<p id=a><a href="{href}">x</a>', name="index.html")
    assert [one["outcome"] for one in found] == [outcome]


def test_a_site_in_a_folder_has_a_root_of_its_own(monkeypatch, folder):
    ran = listkeeper(monkeypatch, folder, "check", "site/page.md", *LOCAL)
    assert [one["outcome"] for one in json.loads(ran.out)["verdicts"]] == ["unchecked"]
    code, found = checked(monkeypatch, folder, "---\ntitle: x\n---\n[a](/blog/x)\n")
    assert (code, found[0]["outcome"]) == (0, "unchecked")


def test_outside_git_nothing_above_the_folder_is_read(monkeypatch, folder):
    (folder / ".git" / "config").unlink()
    (folder / ".git").rmdir()
    for url, outcome in (
        ("docs/guide.md", "alive"),
        ("/docs/guide.md", "unchecked"),
        ("../secret.md", "unchecked"),
        ("none", "dead"),
    ):
        assert checked(monkeypatch, folder, f"[a]({url})")[1][0]["outcome"] == outcome
    (folder / "docs" / "in.md").write_text("[a](../LICENSE) [b](../../secret.md)", encoding="utf-8")
    found = json.loads(listkeeper(monkeypatch, folder, "check", "docs/in.md", *LOCAL).out)["verdicts"]
    assert [one["outcome"] for one in found] == ["alive", "unchecked"]
    found = json.loads(listkeeper(monkeypatch, folder / "docs" / "empty", "check", "../in.md", *LOCAL).out)["verdicts"]
    assert [one["outcome"] for one in found] == ["unchecked", "unchecked"]


def test_one_place_has_one_verdict_and_two_places_have_two(monkeypatch, folder):
    (folder / "docs" / "other.md").write_text("# Other\n\n[a](#here) [b](guide.md) [c](../page.md#here)\n", encoding="utf-8")
    (folder / "page.md").write_text("# Here\n\n[a](#here)\n[b](docs/guide.md) [c](./docs/guide.md)\n", encoding="utf-8")
    found = json.loads(listkeeper(monkeypatch, folder, "check", "page.md", "docs/other.md", *LOCAL).out)["verdicts"]
    assert [(one["url"], one["outcome"], [(at["path"], at["line"]) for at in one["places"]]) for one in found] == [
        ("#here", "alive", [("page.md", 3), ("docs/other.md", 3)]),
        ("docs/guide.md", "alive", [("page.md", 4), ("page.md", 4), ("docs/other.md", 3)]),
        ("docs/other.md#here", "dead", [("docs/other.md", 3)]),
    ]


class Fine(Answering):
    def get(self) -> None:
        self.answer(200, {"Content-Type": "text/html"}, b"<title>Notes</title><p>" + b"words " * 80)


@pytest.mark.parametrize(
    ("name", "url", "outcome"),
    [
        *(("page.md", url, "unchecked") for url in ("http://localhost:3000/x", "http://127.0.0.1/", "http://[::1]:80/", "http://0.0.0.0:8000", "http://app.localhost/")),
        *(("page.md", url, "invalid") for url in ("http://192.168.1.1/", "http://10.0.0.1/x", "http://169.254.169.254/latest")),
        ("page.txt", "http://localhost:3000/x", "unchecked"),
        *(("b.html", url, "unchecked") for url in (
            "http://192.168.1.1/", "http://localhost:8080/", "http://[fd00::1]/", "http://intranet/wiki", "http://nas.local/", "http://router.lan",
            "https://wiki.corp/x", "place:sort=8", "chrome://settings", "file:///home/x",
        )),
    ],
)  # fmt: skip
def test_addresses_of_the_readers_own_network_are_not_asked(monkeypatch, tmp_path, name, url, outcome):
    text = {
        "page.md": f"[a]({url})",
        "page.txt": url,
        "b.html": f'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><DT><A HREF="{url}" ADD_DATE="1">a</A></DL>',
    }
    _, found = checked(monkeypatch, tmp_path, text[name], name=name)
    assert [one["outcome"] for one in found] == [outcome]


def test_an_allowed_private_address_is_asked(monkeypatch, tmp_path):
    with serving(Fine) as server:
        bookmark = f'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><DT><A HREF="{server.base}/x" ADD_DATE="1">Notes</A></DL>'
        for name, text in (("b.html", bookmark), ("page.md", f"[a]({server.base}/x)")):
            _, found = checked(monkeypatch, tmp_path, text, "--allow-private", "127.0.0.0/8", name=name)
            assert [one["outcome"] for one in found] == ["alive"]


def test_a_folder_that_cannot_be_read_is_no_crash(monkeypatch, folder):
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    (folder / "docs").chmod(0)
    try:
        assert checked(monkeypatch, folder, "[a](docs/guide.md)")[1][0]["outcome"] in {"dead", "unchecked"}
    finally:
        (folder / "docs").chmod(0o755)


class Leading(Answering):
    def get(self) -> None:
        if self.path.startswith("/go?"):
            self.answer(302, {"Location": "/x?X-Amz-Signature=Zq7secret&id=7"}, b"")
        else:
            self.answer(
                404 if "gone" in self.path else 200, {"Content-Type": "text/html"}, b"<title>Notes</title><p>" + b"words " * 80
            )


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "github", "sarif", "junit", "markdown"])
def test_no_secret_of_a_url_is_written(monkeypatch, tmp_path, form):
    with serving(Leading) as server:
        host = server.base.removeprefix("http://")
        urls = [
            f"http://reader:Zq7secret@{host}/a",
            f"{server.base}/gone?token=Zq7secret",
            f"{server.base}/go?id=1",
            f"{server.base}/b?sig=Zq7secret&c=1",
        ]
        rows = "".join(f'<DT><A HREF="{url}" ADD_DATE="1">Notes</A>\n' for url in urls)
        (tmp_path / "b.html").write_text(f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL>{rows}</DL>", encoding="utf-8")
        words = ("--allow-private", "127.0.0.0/8", "--history", "h.db", "--verbose", "--output", "report")
        ran = listkeeper(
            monkeypatch, tmp_path, "check", "b.html", *words, "--format", form, "--pace", "none", "--scale", "0.05"
        )
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name != "b.html"}
    assert {"report", "h.db"} <= set(written)
    assert not [name for name, data in written.items() if b"Zq7secret" in data or b"reader" in data]
    assert "Zq7secret" not in ran.out + ran.err


def test_a_link_with_a_secret_keeps_its_nights(monkeypatch, tmp_path):
    with serving(Leading) as server:
        (tmp_path / "a.md").write_text(f"[a]({server.base}/gone?token=Zq7secret)\n", encoding="utf-8")
        words = ("--allow-private", "127.0.0.0/8", "--history", "h.db", *LOCAL)
        nights = []
        for day in ("01", "05", "10"):
            ran = listkeeper(monkeypatch, tmp_path, "check", "a.md", *words, "--now", f"2026-11-{day}T03:00:00+00:00")
            nights.append(json.loads(ran.out)["verdicts"][0]["nights"])
    assert nights == [1, 2, 3]
