"""`listkeeper schema`: what is made from the fields and the topics: JSON Schemas for editors, the issue form for readers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from generator.exit_codes import Exit
from generator.sources.catalogue.schema import collection_schema, schema_text, topic_schema
from generator.sources.files import shown, write

NAMES = {"topic": "_topic.schema.json", "collection": "_collection.schema.json"}
FORM = Path(".github") / "ISSUE_TEMPLATE" / "suggest-entry.yml"


def schema(folder: Path, show: str | None = None, *, check: bool = False) -> tuple[Exit, str]:
    """Write both schemas beside the sources, or give the text of the one named by `show`; `check` only says what is stale.

    The issue form is written where the repository has a folder for such forms, unless a person's own file has its name.
    """
    texts = {"topic": schema_text(topic_schema()), "collection": schema_text(collection_schema())}
    if show == "data":
        from generator.publishing.data import json_

        return Exit.OK, schema_text(dict(json_.schema()))
    if show is not None:
        return Exit.OK, texts[show]
    wanted = {folder / name: texts[kind] for kind, name in NAMES.items()} | _form(folder)
    lines, stale = list[str](), False
    for path, text in wanted.items():
        if check:
            same = path.is_file() and path.read_bytes() == text.encode()
            stale = stale or not same
            lines.append(f"{'as it should be' if same else 'stale'}: {shown(path)}")
        else:
            lines.append(f"{'written' if write(path, text) else 'unchanged'}: {shown(path)}")
    return Exit.FOUND if stale else Exit.OK, "\n".join(lines) + "\n"


def _form(folder: Path) -> dict[Path, str]:
    from generator.sources.catalogue.form import FIRST_LINE, form
    from generator.sources.loading import load

    path = folder.absolute().parent / FORM
    if not path.parent.is_dir():
        return {}
    if path.exists() and not path.read_text(encoding="utf-8", errors="replace").startswith(FIRST_LINE):
        return {}
    topics = load(folder, today=datetime.now(UTC).date()).catalogue.topics
    return {path: form(topic.title for topic in topics)} if topics else {}
