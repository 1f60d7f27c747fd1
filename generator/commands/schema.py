"""`listkeeper schema`: write the JSON Schemas for editors and the issue form for readers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.exit_codes import Exit
from generator.publishing.schema_files import issue_form, schema_files, schema_texts
from generator.sources.catalogue.schema import schema_text
from generator.sources.files import shown, write


def schema(folder: Path, show: str | None = None, *, today: date, check: bool = False) -> tuple[Exit, str]:
    """Write the files that differ and list them; with `check` only list them, and exit 1 if one is stale.

    With `show` ("topic", "collection" or "data") return that schema's text instead.
    """
    if show == "data":
        from generator.publishing.data import json_

        return Exit.OK, schema_text(dict(json_.schema()))
    if show is not None:
        return Exit.OK, schema_texts()[show]
    lines, stale = list[str](), False
    for path, text in {**schema_files(folder), **issue_form(folder, today=today)}.items():
        if check:
            same = path.is_file() and path.read_bytes() == text.encode()
            stale = stale or not same
            lines.append(f"{'up to date' if same else 'stale'}: {shown(path)}")
        else:
            lines.append(f"{'written' if write(path, text) else 'unchanged'}: {shown(path)}")
    return Exit.FOUND if stale else Exit.OK, "\n".join(lines) + "\n"
