"""`check --cluster`: which cluster asks the links, and what is wrong with it, as problems."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from pathlib import Path

from generator.network import proxies_of, trusted_by
from generator.problems import Place, Problem, Severity
from linkcheck.cluster import Cluster, ClusterOptions, is_confidential
from linkcheck.cluster.job import Network

__all__ = ["LOCAL", "cluster_lost", "cluster_of", "no_cluster", "without_tls"]

LOCAL = "local"
"""The value of `--cluster` without an address."""
_MOST = 4
"""Maximum number of processes of a local cluster: the links are mostly waited for."""


def cluster_of(address: str, resolver: str | None, authority: Path | None, environ: Mapping[str, str]) -> Cluster:
    """The cluster at an address, or a local one. Its workers trust the authorities that this machine trusts."""
    context = trusted_by(environ, authority)
    known = "".join(map(ssl.DER_cert_to_PEM_cert, context.get_ca_certs(binary_form=True)))
    network = Network(resolver, proxies_of(environ), known)
    workers = min(_MOST, max(2, os.cpu_count() or 2))
    where = "" if address == LOCAL else address
    return Cluster(ClusterOptions(where, workers, network=network, token=environ.get("GITHUB_TOKEN", "")))


def without_tls(address: str) -> Problem | None:
    """The warning for a scheduler on another machine that is reached without TLS."""
    if address == LOCAL or is_confidential(address):
        return None
    message = f"{address} is reached without TLS: others on the way can read which links are asked, and run code on the workers"
    hint = (
        "use tls://, with certificates by Dask's settings; links that need a secret are asked by this machine alone either way"
    )
    return Problem("cluster-without-tls", Severity.WARNING, message, Place(""), hint)


def no_cluster(error: Exception) -> Problem:
    """The problem of a cluster that can't be used."""
    hint = "`--cluster` alone starts a local one; `dask scheduler` and `dask worker ADDRESS` start one on several machines"
    return Problem("no-cluster", Severity.ERROR, str(error), Place(""), hint)


def cluster_lost(reason: str) -> Problem:
    """The problem of a cluster that was lost in the middle of a run."""
    message = f"the cluster was lost: {reason}; what was seen until then is kept"
    return Problem("cluster-lost", Severity.ERROR, message, Place(""), "`listkeeper check --resume` asks only what is missing")
