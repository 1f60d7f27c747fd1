"""Moved links: which are replaced by default, with --only or not at all; and what happens to their history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linkcheck.history import History
from linkcheck.judging.verdict import verdict
from linkcheck.model import Link, Outcome, Place, Work
from linkcheck.policy import Policy
from linkcheck.urls import fetch_key
from tests.editing.collection import FIRST, answered, moved, renamed

OLD = "http://example.org/old/notes"
TOPIC = """title: T
entries:
  - title: Deep Notes on Learning
    url: {url}   # {url} since 2019
    description: See [these]({url}) and [those]({url}/more).
  - title: Another
    url: {url}/more
"""


@pytest.mark.parametrize(
    ("new", "days", "title", "safe", "with_only"),
    [
        ("https://example.org/old/notes", (1, 2), "", True, True),
        ("https://www.example.org/old/notes/", (1, 2), "", True, True),
        ("https://example.org/new/notes", (1, 2), "", True, True),
        ("https://sub.example.org/new/notes", (1, 2), "", True, True),
        ("https://example.org/new/notes", (1,), "", False, False),
        ("https://example.org/new/notes", (1, 1.2), "", False, False),
        ("https://example.org/", (1, 2), "", False, True),
        ("https://example.org/", (1, 2), "Deep Notes on Learning", True, True),
        ("https://other.net/notes", (1, 2), "", False, False),
        ("https://other.net/notes", (1, 2), "Shoes for sale", False, False),
        ("https://other.net/notes", (1, 2), "Deep notes on learning - Other", False, True),
        ("https://example.org/***/notes", (1, 2), "", False, False),
        ("https://127.0.0.1/notes", (1, 2), "Deep Notes on Learning", False, False),
    ],
)
def test_which_moved_links_are_replaced(collection, new, days, title, safe, with_only):
    collection.write(t=TOPIC.format(url=OLD)).saw(*moved(OLD, new, *days, title=title))
    before = collection.text("t")
    collection.fix()
    assert (collection.text("t") != before) is safe
    collection.fix("--only", "moved,moved-domain")
    text = collection.text("t")
    assert (text != before) is with_only
    if with_only:
        wanted = before.replace(f"url: {OLD}   #", f"url: {new}   #")
        # A link of a text to another site needn't be the entry's own work.
        assert text == (wanted if "other.net" in new else wanted.replace(f"[these]({OLD})", f"[these]({new})"))


def test_a_move_from_https_to_http_needs_only(collection):
    secure = OLD.replace("http:", "https:")
    collection.write(t=TOPIC.format(url=secure)).saw(*moved(secure, OLD, 1, 2))
    assert collection.fix("--dry-run").code == 0
    assert collection.fix("--dry-run", "--only", "moved").code == 1


@pytest.mark.parametrize(
    "nights",
    [
        [*moved(OLD, f"{OLD}/1", 1), *moved(OLD, f"{OLD}/1", 2, status=302)],
        [*moved(OLD, f"{OLD}/1", 1), *moved(OLD, f"{OLD}/2", 2)],
        [*moved(OLD, f"{OLD}/1", 1, 2), *answered(OLD, 200, 3)],
        [*moved(OLD, f"{OLD}/1", 1, 2), *answered(OLD, 404, 3)],
    ],
)
def test_a_move_that_nights_contradict_is_not_fixed(collection, nights):
    collection.write(t=TOPIC.format(url=OLD)).saw(*nights)
    assert collection.fix("--dry-run").code == 0


def test_an_error_between_two_nights_doesnt_matter(collection):
    new = "https://example.org/new"
    collection.write(t=TOPIC.format(url=OLD)).saw(*moved(OLD, new, 1), *answered(OLD, 503, 2), *moved(OLD, new, 3))
    assert f"url: {new} " in (collection.fix(), collection.text("t"))[1]


def test_a_renamed_repository_is_replaced(collection):
    old, new = "https://github.com/owner/old", "https://github.com/owner/new"
    collection.write(t=f"title: T\nentries:\n  - {old}\n  - title: B\n    links: {{code: {old}/issues}}\n")
    collection.saw(*renamed(old, new, 1, 2)).fix()
    assert collection.text("t") == f"title: T\nentries:\n  - {new}\n  - title: B\n    links: {{code: {old}/issues}}\n"


def test_the_fragment_is_kept(collection):
    new = "https://example.org/new"
    collection.write(t=f"title: T\nentries:\n  - url: {OLD}#part-2\n    title: A\n").saw(*moved(OLD, new, 1, 2)).fix()
    assert f"url: {new}#part-2\n" in collection.text("t")


def test_texts_of_topics_and_sections_are_fixed(collection):
    text = (
        "title: T\ndescription: |\n  Begin [here](URL), not with URLsome.\nsections:\n  - title: A\n    sections:\n"
        "      - title: B\n        description: >-\n          For more see <URL>\n          and URL.\n        entries: [https://b.org/]\n"
    )
    new = "https://example.org/new"
    collection.write(t=text.replace("URL", OLD)).saw(*moved(OLD, new, 1, 2)).fix()
    wanted = text.replace("(URL)", f"({new})").replace("<URL>", f"<{new}>").replace("URL.", f"{new}.").replace("URL", OLD)
    assert collection.text("t") == wanted


def test_an_entry_that_others_refer_to_keeps_its_id(collection):
    text = "title: T\nentries:\n  - http://example.org/old/notes\n  - title: B\n    url: https://b.org/\n    not_duplicate_of: [{id: example-org-old-notes, reason: other}]\n"
    collection.write(t=text).saw(*moved(OLD, "https://example.org/new", 1, 2))
    collection.fix()
    assert "url: https://example.org/new\n    id: example-org-old-notes\n" in collection.text("t")
    assert collection.run("validate").code == 0


def test_a_replaced_link_keeps_its_history(collection):
    new = "https://example.org/new"
    nights = [*answered(OLD, 200, 0), *moved(OLD, new, 1, 2, title="Deep Notes on Learning")]
    collection.write(t=TOPIC.format(url=OLD)).saw(*nights).fix()
    link = Link(new, Place("lists/t.yaml"), Work("Deep Notes on Learning"))
    with History(collection.folder / ".listkeeper" / "history.db", now=FIRST + timedelta(days=9)) as past:
        known = past.of(fetch_key(new))
        assert [one.at for one in known] == [FIRST + timedelta(days=1), FIRST + timedelta(days=2)]
        found = verdict(link, known, Policy(), FIRST + timedelta(days=9), confirm=3)
        assert (found.outcome, found.rule, found.final_url) == (Outcome.ALIVE, "answered", new)
        past.add(answered(new, 404, 9)[0])
    with History(collection.folder / ".listkeeper" / "history.db") as past:
        found = verdict(link, past.of(fetch_key(new)), Policy(), FIRST + timedelta(days=9), confirm=3)
    assert (found.outcome, found.nights, str(found.last_alive)) == (Outcome.FAILING, 1, "2026-11-03")
    assert "answered" in collection.run("explain", new).out


def test_only_permanent_redirects_pass_on_their_history(collection):
    new = "https://example.org/new"
    collection.saw(*moved(OLD, new, 1, 2, status=302))
    collection.saw(*moved("https://example.org/third", "https://example.org/fourth", 1))
    with History(collection.folder / ".listkeeper" / "history.db") as past:
        assert past.of(fetch_key(new)) == ()
        assert [one.key for one in past.of(fetch_key("https://example.org/fourth"))] == ["https://example.org/fourth"]


def test_verdicts_from_a_report(collection):
    new = "https://example.org/new"
    collection.write(t=TOPIC.format(url=OLD))
    place = '{"path": "lists/t.yaml", "line": 4, "column": 10, "entry": null, "field": "url"}'
    report = """{"version": 1, "tool": "listkeeper 0", "run": {"started": "2026-11-20T03:00:00+00:00", "seconds": 1.0,
      "offline": false, "void": null, "requests": 1, "confirm": 3}, "summary": {"links": 1}, "duplicates": [], "problems": [],
      "verdicts": [{"url": "OLD", "outcome": "moved", "seen": "moved", "rule": "moved-path", "reason": "r", "status": 200,
      "final_url": "NEW", "title": "", "fragment": null, "nights": 2, "excused": null, "hops": [], "places": [PLACE]}]}"""
    (collection.folder / "r.json").write_text(report.replace("OLD", OLD).replace("NEW", new).replace("PLACE", place))
    assert collection.fix("--report", "r.json").code == 0
    assert f"url: {new} " in collection.text("t")
    (collection.folder / "r.json").write_text("[]")
    assert collection.fix("--report", "r.json").code == 2
