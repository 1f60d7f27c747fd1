"""The topic to which the tests add, and helpers to read it."""

from __future__ import annotations

from generator.sources.catalogue.parse import parse_topic

TOPIC = """title: Engines   # ours
sections:
  - title: Start here
    entries:
      # the classic
      - title: Sketch of the Engine
        url: https://example.org/sketch
        kind: paper
        year: 1843
  - title: Papers
    entries:
      - title: "Notes: G"
        url: https://example.org/g   # keep
        kind: paper
      - title: Older
        url: https://example.org/older
        kind: paper
  # about the code
  - title: Software
    entries:
      - {title: Mill, url: "https://example.org/mill", kind: software}
"""


def entries(tmp_path, name="engines"):
    topic, problems = parse_topic((tmp_path / "lists" / f"{name}.yaml").read_bytes(), f"{name}.yaml")
    assert not [one for one in problems if one.severity != "note"]
    return topic


def section(topic, title):
    return next(one for one in topic.sections if one.title == title)
