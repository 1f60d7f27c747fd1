"""`preview --since`: how a branch changes the pages, limited in length and safe to post."""

from __future__ import annotations

import re

import pytest

from generator.publishing.preview import LIMIT, MARKER
from tests.checking.repository import entry, topic
from tests.commands.command import listkeeper


@pytest.fixture
def preview(repository, monkeypatch):
    def run(since: str = "main") -> str:
        ran = listkeeper(monkeypatch, repository.folder, "preview", "--since", since, "--now", "2026-11-21")
        assert ran.code == 0, ran.err
        assert ran.out.splitlines()[0] == MARKER
        return ran.out

    return run


A, B, C = (entry(name, f"https://example.org/{name}") for name in ("alpha", "beta", "gamma"))


def test_each_touched_entry_before_and_after(repository, preview):
    repository.start(one=topic(A, B), two=topic(C, title="Others"))
    changed = entry("alpha", "https://example.org/alpha", description="Now told.")
    repository.write(one=topic(changed, entry("delta", "https://example.org/delta")), two=topic(C, B, title="Others")).commit()
    output = preview()
    assert "1 entry added, 1 entry changed, 1 entry moved" in output
    assert "- [The Alpha of All](https://example.org/alpha)\n- after" in output
    assert "  - [The Alpha of All](https://example.org/alpha) - Now told." in output
    assert "**Added**: `delta` at `lists/one.yaml:4`\n\n- [The Delta of All](https://example.org/delta)" in output
    assert "**Moved here from Things**: `beta`" in output
    assert "gamma" not in output.lower()
    assert re.search(r"### Things\n\nPage: [\d,]+ bytes before, [\d,]+ after\.", output)


def test_removed_entries_are_shown(repository, preview):
    repository.start(one=topic(A, B)).write(one=topic(A)).commit()
    output = preview()
    assert "1 entry removed" in output
    assert "**Removed**: `beta` at `lists/one.yaml:4`\n\n- [The Beta of All](https://example.org/beta)" in output


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (topic(A, B), "No entry changes"),
        (f"# a comment\n\n{topic(A, B)}", "No entry changes"),
        (topic(A, B.replace("}", ", kind: book}")), "Changed only in fields that the pages don't show: `beta`"),
        (topic(A, B, title="Renamed"), "Also changed on the page: title."),
        (topic(A, B.replace("}", ", also_in: [two]}")), "Also shown on: `two`."),
    ],
)
def test_small_changes_are_described_as_such(repository, preview, after, said):
    repository.start(one=topic(A, B), two=topic(C)).write(one=after).file("notes.txt", "elsewhere").commit()
    assert said in preview()


def test_a_source_that_cannot_be_read_is_named(repository, preview):
    repository.start(one=topic(A, B)).write(one=topic(A, B).replace("  - {id: beta", "  - [ {id: beta")).commit()
    told = preview()
    assert "entries may be missing below: `lists/one.yaml`" in told
    assert "Removed" not in told


def test_new_and_removed_topics(repository, preview):
    repository.start(one=topic(A), two=topic(C, title="Others")).git("rm", "-q", "lists/two.yaml")
    repository.write(three=topic(B, title="Fresh")).commit()
    told = preview()
    assert re.search(r"### Fresh\n\nPage: [\d,]+ bytes, new\.", told)
    assert re.search(r"### Others\n\nPage: [\d,]+ bytes before, removed after\.", told)


HOSTILE = {
    "a mention": ("Ask @octocat and @org/team", r"(?<![`\w])@(?!\u200b)\w"),
    "a reference": ("Fixes #1, owner/repo#2 and GH-3", r"(?:#|GH-)\d"),
    "HTML": ("<img src=x onerror=alert(1)><script>x</script><!-- c -->", r"(?<!\\)<[a-z!]"),
    "an image": ("![x](https://evil.example/pixel.png)", r"(?<!\\)!\["),
    "a marker of ours": ("<!-- listkeeper-preview --> x", r"(?<!\\)<!-- listkeeper-preview"),
    "a link in a title": ("[click](https://evil.example)", r"(?<!\\)\]\(https://evil"),
    "a direction mark": ("abc \u202e evil", "\u202e"),
    "a fence": ("```\n# Heading", r"(?m)^(?:```|# )"),
    "a workflow command": ("::error::x", r"(?m)^::"),
    "a bare address": ("https://evil.example/x and www.evil.example", r"(?<!\()https://evil|www\.evil"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_texts_are_made_safe(repository, preview, case):
    hostile, bad = HOSTILE[case]
    quoted = '"' + hostile.replace("\n", "\\n").replace("\u202e", "\\u202e") + '"'
    text = f"title: {quoted}\nentries:\n  - {{id: x, title: {quoted}, url: 'https://example.org/@user/x', authors: [{quoted}], venue: {quoted}}}\n"
    repository.start(one=topic(A)).write(two=text).commit()
    output = preview().removeprefix(MARKER)
    assert "(https://example.org/@user/x)" in output
    assert not re.search(bad, re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", output.replace("(https://example.org/@user/x)", "")))


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://github.com/owner/repo", True),
        ("https://github.com/owner/repo/", True),
        ("https://github.com/owner/repo/issues/1", False),
        ("http://www.GitHub.com:443/owner/repo/pull/1#x", False),
        ("https://gist.github.com/owner/repo/x", False),
        ("https://github.community/owner/repo/issues/1", True),
    ],
)
def test_links_to_github_pages_are_not_active(repository, preview, url, linked):
    repository.start(one=topic(A)).write(one=topic(A, entry("x", url))).commit()
    output = preview()
    assert (f"]({url})" in output) is linked
    assert url in output


def test_its_length_is_limited_and_omissions_are_counted(repository, preview):
    many = topic(*(entry(f"e{n}", f"https://example.org/{n}", description="'" + "word " * 60 + "'") for n in range(600)))
    huge = topic(entry("huge", "https://example.org/huge", description="'" + "word " * 4000 + "'"), title="Huge")
    repository.start(one=topic(A)).write(zero=many, huge=huge).commit()
    output = preview()
    assert len(output) <= LIMIT
    assert "601 entries added" in output
    assert "too long to show here" in output
    assert int(re.search(r"and ([\d,]+) more", output)[1]) == 601 - output.count("**Added**")


def test_a_page_near_githubs_limit_is_reported(repository, preview):
    text = topic(*(entry(f"e{n}", f"https://example.org/{n}", description="'" + "word " * 180 + "'") for n in range(500)))
    repository.start(one=topic(A)).write(one=text).commit()
    assert "split the topic soon" in preview()


def test_an_output_file_and_a_missing_ref(repository, monkeypatch):
    repository.start(one=topic(A)).write(one=topic(A, B))
    ran = listkeeper(monkeypatch, repository.folder, "preview", "--since", "main", "--output", "out/preview.md")
    assert (ran.code, ran.out) == (0, "")
    assert repository.read("out/preview.md").startswith(MARKER)
    ran = listkeeper(monkeypatch, repository.folder, "preview", "--since", "--nowhere")
    assert (ran.code, ran.out, "unknown-ref" in ran.err) == (2, "", True)


def test_a_renamed_topic_is_one_line(repository, preview, monkeypatch):
    repository.start(one=topic(A, B), two=topic(C).replace("title:", "related: [one]\ntitle:", 1))
    assert listkeeper(monkeypatch, repository.folder, "rename", "topic", "one", "first", "--yes").code == 0
    repository.commit()
    told = preview()
    assert "No rendered entry changes" in told
    assert "`one` is now `first`; its old page links to the new one." in told
    assert "alpha" not in told
    assert "related" not in told
    assert re.search(r"Page: [\d,]+ bytes before, [\d,]+ after\.", told)
