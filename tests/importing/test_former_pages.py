"""Rendered pages that only lead to a renamed topic hold nothing to import."""

from __future__ import annotations

from tests.commands.command import listkeeper

TOPIC = "title: Moss\naliases: [lichen]\nsections:\n  - title: Books\n    entries:\n      - {title: A, url: https://example.org/a}\n"


def test_a_folder_of_our_own_pages_gives_each_topic_once(tmp_path, monkeypatch):
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "moss.yaml").write_text(TOPIC, encoding="utf-8")
    assert listkeeper(monkeypatch, tmp_path, "build").code == 0
    assert (tmp_path / "lists" / "lichen.md").exists()
    ran = listkeeper(monkeypatch, tmp_path, "import", "lists", "--into", "again")
    assert ran.code == 0, ran.out + ran.err
    assert "1 link found = 1 imported + 0 reported" in ran.out + ran.err
    assert [path.name for path in (tmp_path / "again").glob("*.yaml")] == ["moss.yaml"]
