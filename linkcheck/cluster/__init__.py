"""Asks the links of one run from several machines, through Dask: partitions of hosts go to workers, one writer keeps what they see.

A host is asked by one partition only, and a partition by one worker at a time. Where a worker dies, the targets of its partitions of
which nothing was seen are asked again by another. Needs the extra `cluster`, which is imported when it is used.
"""

from __future__ import annotations

from linkcheck.cluster.client import Cluster, ClusterError, ClusterOptions, is_confidential

__all__ = ["Cluster", "ClusterError", "ClusterOptions", "is_confidential"]
