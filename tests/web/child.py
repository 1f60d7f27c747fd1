"""The process in which the simulated web runs: pickled orders come in on stdin, pickled answers go out on stdout.

It is apart from the checker's process so that neither takes the other's time: a busy checker would make every host look slow.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import sys
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO

from tests.web.running import Wanted, Web


async def _serve(orders: BinaryIO, answers: BinaryIO) -> None:
    """Build what is wanted, then obey until there are no more orders. An exception is an answer, too."""
    loop = asyncio.get_running_loop()
    over = asyncio.Event()

    def say(value: object) -> None:
        pickle.dump(value, answers)
        answers.flush()

    with contextlib.ExitStack() as stack:
        wanted: Wanted = pickle.load(orders)
        web = Web(wanted)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="simulated-web-")))
        try:
            say(web.open(folder, stack))
        except Exception as error:  # noqa: BLE001
            say(error)
            return

        def carry_out(order: str, value: object) -> None:
            try:
                say(web.obey(order, value))
            except Exception as error:  # noqa: BLE001
                say(error)

        def listen() -> None:
            with contextlib.suppress(EOFError):
                while True:
                    loop.call_soon_threadsafe(carry_out, *pickle.load(orders))
            loop.call_soon_threadsafe(over.set)

        threading.Thread(target=listen, daemon=True).start()
        await over.wait()
        await web.close()


if __name__ == "__main__":
    # Whatever else prints must not get between the answers.
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        asyncio.run(_serve(sys.stdin.buffer, out))
