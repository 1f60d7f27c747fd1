"""Run the command line in this process, with its streams captured."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from generator.cli import main_group
from generator.cli.errors import run


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


class _Stream(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    def text(self) -> str:
        return self.buffer.getvalue().decode()


def listkeeper(monkeypatch, folder: Path, *arguments: str, stdin: bytes = b"") -> Ran:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["listkeeper", *arguments])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
    out, err = _Stream(), _Stream()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(main_group)
    return Ran(code, out.text(), err.text())


TOPIC = """# yaml-language-server: $schema=_topic.schema.json
title: Optimal Transport
description: Moving heaps of sand.
sections:
  - title: Books
    entries:
      - id: peyre2019computational
        title: Computational Optimal Transport
        url: {url}
        kind: book
        authors: [Gabriel Peyré, Marco Cuturi]
        year: 2019
"""


def lists(folder: Path, url: str = "https://arxiv.org/abs/1803.00567", **more: str) -> Path:
    (folder / "lists").mkdir(exist_ok=True)
    (folder / "lists" / "optimal-transport.yaml").write_text(TOPIC.replace("{url}", url), encoding="utf-8")
    for name, text in more.items():
        (folder / "lists" / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return folder
