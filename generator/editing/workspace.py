"""The sources of a folder, edited in memory and parsed again after each edit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.editing.edit import Source
from generator.editing.plan import FileChange
from generator.problems import Place, Problem, Severity, nearest, quoted
from generator.sources.catalogue.model import Catalogue, Entry, Topic
from generator.sources.catalogue.names import former
from generator.sources.catalogue.parse import assemble
from generator.sources.files import shown
from generator.sources.loading import Loaded, load

__all__ = ["Workspace", "load_workspace", "unknown_entry", "unknown_topic", "unsafe_edit"]


@dataclass(frozen=True, slots=True)
class Workspace:
    """The files of a folder, by shown path, and the catalogue parsed from them."""

    loaded: Loaded
    texts: dict[str, bytes]
    catalogue: Catalogue
    today: date

    def source(self, path: str) -> Source:
        """One file, for editing."""
        return Source(path, self.texts[path])

    def topic(self, name: str) -> Topic | None:
        """A topic by its file name (folder and `.yaml` optional) or a former name; None where there is none."""
        slug = name.rpartition("/")[2].removesuffix(".yaml").removesuffix(".md")
        topics = self.catalogue.topics
        return next((topic for topic in topics if topic.slug == slug), None) or former(topics).get(slug)

    def entry(self, key: str) -> tuple[Topic, Entry] | None:
        """The entry with this id, else alias, else URL, and its topic; None where no entry has it, or several."""
        pairs = list(self.catalogue.entries())
        for matches in (
            [pair for pair in pairs if pair[1].id == key],
            [pair for pair in pairs if key in pair[1].aliases],
            [pair for pair in pairs if pair[1].url == key],
        ):
            if len(matches) == 1:
                return matches[0]
        return None

    def with_source(self, *sources: Source) -> Workspace:
        """The workspace with changed files, parsed again."""
        return self.with_texts({one.path: one.data for one in sources})

    def with_texts(self, texts: dict[str, bytes | None]) -> Workspace:
        """The workspace with changed files by path, parsed again; None removes a file."""
        whole = {path: data for path, data in {**self.texts, **texts}.items() if data is not None}
        catalogue, _ = assemble(whole, today=self.today)
        return replace(self, texts=whole, catalogue=catalogue)

    def changes(self, first: str = "") -> dict[Path, FileChange]:
        """The differences from the files on disk, that of the file `first` first; new files are created in the folder."""
        known = {shown(path): path for path in self.loaded.found.sources}
        found: dict[Path, FileChange] = {}
        for name in sorted({*self.texts, *self.loaded.sources}, key=lambda name: (name != first, name)):
            before, after = self.loaded.sources.get(name), self.texts.get(name)
            if before != after:
                found[known.get(name) or self.loaded.folder / Path(name).name] = FileChange(before, after)
        return found


def load_workspace(folder: Path, *, today: date) -> Workspace:
    """Read the sources of a folder; a missing or empty folder is one of `loaded.problems`."""
    loaded = load(folder, today=today)
    return Workspace(loaded, dict(loaded.sources), loaded.catalogue, today)


def unsafe_edit(path: str, why: str) -> Problem:
    """The problem for a file that can't be edited safely; `why` is a reason such as `Source.uneditable`."""
    # Other reasons end with what to do.
    hint = "listkeeper validate shows what is wrong in it" if "the file " in why else ""
    return Problem("unsafe-edit", Severity.ERROR, f"{path} is unchanged: {why}", Place(path), hint)


def unknown_topic(workspace: Workspace, name: str, option: str = "") -> Problem:
    """The problem for a topic that doesn't exist; `option` is the command-line option that named it."""
    names = [one.slug for one in workspace.catalogue.topics]
    near = nearest(name, names)
    hint = (
        f'did you mean "{near}"?' if near else f"the topics are: {', '.join(names)}" if names else "listkeeper init creates one"
    )
    message = f"{option}{': ' if option else ''}there is no topic {quoted(name)}"
    return Problem("unknown-topic", Severity.ERROR, message, Place(shown(workspace.loaded.folder)), hint)


def unknown_entry(workspace: Workspace, key: str) -> Problem:
    """The problem for an entry that doesn't exist, or a URL that several entries have."""
    ids = [entry.id for _, entry in workspace.catalogue.entries()]
    many = sum(entry.url == key for _, entry in workspace.catalogue.entries())
    near = nearest(key, ids)
    hint = (
        "give its id" if many else f'did you mean "{near}"?' if near else "give the id of an entry, an alias of it, or its URL"
    )
    message = f"{many} entries have the URL {quoted(key)}" if many else f"there is no entry {quoted(key)}"
    return Problem("unknown-entry", Severity.ERROR, message, Place(shown(workspace.loaded.folder)), hint)
