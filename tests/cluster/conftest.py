"""One local cluster of two workers, started once for all tests here."""

from __future__ import annotations

import dask
import pytest
from distributed import LocalCluster


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """A busy machine is no lost cluster."""
    monkeypatch.setattr("linkcheck.cluster.client._CONNECT", 60.0)
    monkeypatch.setattr("linkcheck.cluster.client._LATE_EVENTS", 60.0)


@pytest.fixture(scope="session")
def cluster():
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(
            n_workers=2,
            threads_per_worker=4,
            host="127.0.0.1",
            dashboard_address=None,
            worker_dashboard_address=None,
            silence_logs=50,
        ) as started,
    ):
        yield started
