"""`listkeeper schema`: the JSON Schemas that editors complete and check the sources by."""

from __future__ import annotations

from pathlib import Path

from generator.actions import Exit
from generator.catalogue.schema import collection_schema, schema_text, topic_schema
from generator.files import shown, write

NAMES = {"topic": "_topic.schema.json", "collection": "_collection.schema.json"}


def schema(folder: Path, show: str | None = None) -> tuple[Exit, str]:
    """Write both schemas beside the sources, or give the text of the one named by `show`."""
    texts = {"topic": schema_text(topic_schema()), "collection": schema_text(collection_schema())}
    if show is not None:
        return Exit.OK, texts[show]
    lines = []
    for kind, name in NAMES.items():
        path = folder / name
        lines.append(f"{'written' if write(path, texts[kind]) else 'unchanged'}: {shown(path)}")
    return Exit.OK, "\n".join(lines) + "\n"
