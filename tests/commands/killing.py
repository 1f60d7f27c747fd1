"""Run commands in forks of one process that has imported all modules, each killed before its n-th change of a file.

    python tests/commands/killing.py < requests

A request is a line of JSON with "folder", "arguments" and "moment" (0: it isn't killed), and perhaps "bytes" (the maximum size of a
file) and "user" (a user id to run as from the first change on). An answer is one, too: "code" (negative: the signal), "changes" (the
number of changes of files) and "output".
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

_ROOT = Path(__file__).parents[2]
_CHANGES = frozenset({"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.link", "os.symlink", "os.truncate"})
_NETWORK = ("generator.checking.cluster", "generator.network")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    changes: int
    output: str


class Runner:
    """Commands of one process, one at a time."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server

    def run(self, folder: Path, arguments: Sequence[str], moment: int = 0, **more: int) -> Ended:
        """Run `listkeeper` in a folder, killed before the change with this number; 0 lets it end."""
        assert self._server.stdin
        assert self._server.stdout
        request = {"folder": str(folder), "arguments": list(arguments), "moment": moment, **more}
        print(json.dumps(request), file=self._server.stdin, flush=True)
        return Ended(**json.loads(self._server.stdout.readline()))


@contextmanager
def runner() -> Iterator[Runner]:
    """A process to run commands in."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"}
    starting = [sys.executable, "-P", __file__]
    with subprocess.Popen(starting, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        yield Runner(server)
        server.communicate()


def _serve() -> None:
    import generator

    for module in walk_packages(generator.__path__, "generator."):
        if not module.name.startswith(_NETWORK) and not module.name.endswith("__main__"):
            import_module(module.name)
    gc.freeze()
    for line in sys.stdin:
        request = json.loads(line)
        numbers, number = os.pipe()
        texts, output = os.pipe()
        child = os.fork()
        if not child:
            _call(request, number, output)
        os.close(number)
        os.close(output)
        with os.fdopen(texts, "rb") as text, os.fdopen(numbers) as changes:
            answer = {"output": text.read().decode("utf-8", "replace"), "changes": int(changes.read() or 0)}
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps({"code": code, **answer}), flush=True)


def _call(request: dict[str, object], changes: int, output: int) -> None:
    """Run one command and end the process."""
    from generator.cli import main_group
    from generator.cli.errors import run

    folder, moment = str(request["folder"]), request["moment"]
    null = os.open(os.devnull, os.O_RDONLY)
    for standard, stream in enumerate((null, output, output)):
        os.dup2(stream, standard)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    os.chdir(folder)
    if "bytes" in request:
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["bytes"], resource.RLIM_INFINITY))  # type: ignore[arg-type]
    number = 0

    def count(event: str, values: tuple[object, ...]) -> None:
        nonlocal number
        flags = values[2] if event == "open" else 0
        opened = isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        path = values[0] if values else None
        if (opened or event in _CHANGES) and isinstance(path, str | os.PathLike):
            number += Path(path).absolute().is_relative_to(folder)
            if number == 1 and "user" in request:  # not before: that user may not read all modules
                os.seteuid(request["user"])  # type: ignore[arg-type]
            if number == moment and moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    sys.argv = ["listkeeper", *request["arguments"]]  # type: ignore[misc]
    code = 70
    try:
        code = run(main_group)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os.write(changes, str(number).encode())
        os._exit(code)


if __name__ == "__main__":
    _serve()
