"""`listkeeper` as a command that starts quickly: a server has imported the modules and forks for each call.

A call is a process of its own, with the arguments, environment, folder and streams of its caller, like one that an interpreter was
started for; only the imports are shared. A night of the workflows makes ten calls, and imports were most of their time.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from select import select

_ROOT = Path(__file__).parents[2]
_COMMANDS = ("check", "duplicates", "preview", "publish", "report", "validate", "build")
_MODULES = (*(f"generator.commands.{name}" for name in _COMMANDS), "generator.checking.history_view", "generator.network")
_CLIENT = """
import os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect(sys.argv[1])
given = [*map(os.fsencode, sys.argv[2:])]
words = [os.getcwdb(), b"%d" % len(given), *given, *(name + b"=" + value for name, value in os.environb.items())]
text = b"\\0".join(words)
socket.send_fds(server, [len(text).to_bytes(4, "big")], [0, 1, 2])
server.sendall(text)
sys.exit(int(server.recv(4)))
"""


@contextmanager
def command() -> Iterator[str]:
    """A line of shell that runs `listkeeper`, to be followed by its arguments."""
    with tempfile.TemporaryDirectory(prefix="listkeeper-") as folder:
        address, client = Path(folder) / "socket", Path(folder) / "client.py"
        client.write_text(_CLIENT, encoding="utf-8")
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"}
        starting = [sys.executable, "-P", __file__, str(address)]
        with subprocess.Popen(starting, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
            assert server.stdout
            assert server.stdout.readline() == b"ready\n"
            yield f'"{sys.executable}" -I -S "{client}" "{address}"'
            server.communicate()  # closes its input, at which it ends


def _serve(address: str) -> None:
    """Fork for each call until the input ends. Returns in the process of a call, ready to run it."""
    for name in _MODULES:
        import_module(name)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen()
    print("ready", flush=True)
    while True:
        if 0 in select([listening, 0], [], [])[0]:
            os._exit(0)
        with suppress(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)
        caller, _ = listening.accept()
        if not os.fork():
            break
        caller.close()
    listening.close()
    size, streams, _, _ = socket.recv_fds(caller, 4, 3)
    with caller.makefile("rb") as file:
        text = file.read(int.from_bytes(size, "big"))
    if call := os.fork():
        for stream in (0, 1, 2, *streams):
            os.close(stream)  # so that the caller's pipes end with the call
        code = os.waitstatus_to_exitcode(os.waitpid(call, 0)[1])
        caller.sendall(b"%d" % (code if code >= 0 else 128 - code))
        os._exit(0)
    caller.close()
    for standard, stream in enumerate(streams):
        os.dup2(stream, standard)
        os.close(stream)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, errors="backslashreplace", closefd=False)
    folder, number, *words = text.split(b"\0")
    arguments, variables = words[: int(number)], words[int(number) :]
    os.chdir(folder)
    os.environb.clear()
    os.environb.update(dict(each.split(b"=", 1) for each in variables))
    sys.argv = ["listkeeper", *map(os.fsdecode, arguments)]


if __name__ == "__main__":
    from generator.cli import main

    _serve(sys.argv[1])
    main()
