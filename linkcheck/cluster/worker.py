"""The task that a Dask worker runs: one partition on an event loop of its own, in a thread of the worker."""

from __future__ import annotations

import asyncio
import platform
from collections.abc import Callable
from typing import TYPE_CHECKING

from distributed import get_worker

from linkcheck import LISTKEEPER
from linkcheck.cluster.job import Event, Job, JobReport, run_partition
from linkcheck.cluster.wire import pack, unpack

if TYPE_CHECKING:
    from distributed import Worker

__all__ = ["ask", "versions"]

_LOOK = 0.25
"""Seconds between two looks whether the task was cancelled."""


def versions() -> tuple[str, str]:
    """The versions of Listkeeper and Python here."""
    return LISTKEEPER, platform.python_version()


def ask(data: bytes, topic: str, attempt: int) -> JobReport:
    """Ask the targets of a job; each event is published on `topic` with the number of the attempt.

    Ends early if the client cancels it or is gone, or the worker loses its scheduler.
    """
    worker = get_worker()
    key = worker.get_current_task()
    job: Job = unpack(data)

    def emit(event: Event) -> None:
        worker.log_event(topic, (attempt, pack(event)))

    return asyncio.run(_until_cancelled(job, emit, worker, key))


async def _until_cancelled(job: Job, emit: Callable[[Event], None], worker: Worker, key: str) -> JobReport:
    work = asyncio.ensure_future(run_partition(job, emit))
    while not work.done():
        await asyncio.wait({work}, timeout=_LOOK)
        task = worker.state.tasks.get(key)
        if task is None or task.state not in {"executing", "long-running"} or worker.status.name != "running":
            work.cancel()
            await asyncio.wait({work})
    return work.result()
