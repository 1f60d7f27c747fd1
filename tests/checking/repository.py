"""A real git repository with a collection, driven by git's own commands."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

_WHO = ("-c", "user.name=A Contributor", "-c", "user.email=contributor@example.org", "-c", "commit.gpgsign=false")
_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *_WHO, *arguments], cwd=folder, env=_ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@dataclass(frozen=True)
class Repository:
    folder: Path

    def start(self, **files: str) -> Repository:
        git(self.folder, "init", "-q", "-b", "main")
        self.write(**files)
        return self.commit().branch("feature")

    def write(self, **files: str) -> Repository:
        for name, text in files.items():
            self.file(f"lists/{name.replace('_', '-')}.yaml", text)
        return self

    def file(self, path: str, text: str) -> Repository:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")
        return self

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def commit(self, message: str = "A change") -> Repository:
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "--allow-empty", "-m", message)
        return self

    def branch(self, name: str) -> Repository:
        git(self.folder, "checkout", "-q", "-b", name)
        return self

    def git(self, *arguments: str) -> str:
        return git(self.folder, *arguments)


def topic(*entries: str, title: str = "Things") -> str:
    return f"title: {title}\nentries:\n" + "".join(f"  - {entry}\n" for entry in entries)


def entry(name: str, url: str, **fields: str) -> str:
    more = "".join(f", {key}: {value}" for key, value in fields.items())
    return f"{{id: {name}, title: The {name.title()} of All, url: '{url}'{more}}}"
