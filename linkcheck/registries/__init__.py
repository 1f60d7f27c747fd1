"""Services that know more about a link than its page: whether it exists, and its record. Pure, except for `asking`.

One file for each service: a file in `adapters` and a row in `linkcheck.services` add one. `asking.RegistryBatcher` asks them, many
keys in one request where the service allows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Protocol, cast

from linkcheck.registries.protocol import (
    Access,
    BatchRequest,
    Headers,
    Person,
    Reading,
    Record,
    Registry,
    RepositoryService,
    Subject,
)
from linkcheck.services import ENDPOINTS, SERVICES

__all__ = [
    "ENDPOINTS", "BatchRequest", "Headers", "Person", "Reading", "Record", "Registry", "RepositoryService", "Subject", "registries",
    "registry_for", "repository_services",
]  # fmt: skip


def registries(
    endpoints: Mapping[str, str] = ENDPOINTS, github_token: str = "", contact: str = ""
) -> tuple[Registry, ...]:  # fmt: skip
    """All services, in the order of their table. `endpoints` replaces the addresses of some, by the names in `ENDPOINTS`.

    An endpoint without braces is the address of an interface; the rest of the request is added as usual. Without a token GitHub is
    asked for records only; `contact` is sent to services that ask programs for it.
    """
    tokens = {"github": github_token.strip()}
    return tuple(
        _adapter(service.name).Adapter(
            service.template(endpoints.get(service.name, "")), Access(tokens.get(service.name, ""), contact)
        )
        for service in SERVICES
        if service.asked
    )


def repository_services(endpoints: Mapping[str, str] = ENDPOINTS, github_token: str = "") -> tuple[RepositoryService, ...]:
    """The services that are asked how alive repositories are. `endpoints` as for `registries`.

    With a token GitHub is asked about many in one request, without one about few in a run.
    """
    tokens = {"github": github_token.strip()}
    return tuple(
        _adapter(service.name).repositories(
            service.template(endpoints.get(service.name, "")), Access(tokens.get(service.name, ""))
        )
        for service in SERVICES
        if service.repositories
    )


class _AdapterModule(Protocol):
    """A file of `adapters`; `repositories` is missing where the row of its service doesn't have it."""

    Adapter: Callable[[str, Access], Registry]
    repositories: Callable[[str, Access], RepositoryService]


def _adapter(name: str) -> _AdapterModule:
    return cast("_AdapterModule", import_module(f"{__name__}.adapters.{name}"))


def registry_for(url: str, sites: Iterable[Registry]) -> tuple[Registry, str] | None:
    """The service that knows the state of a link, with its key; None if the page must be fetched."""
    for site in sites:
        key = site.key(url)
        if key is not None:
            return site, key
    return None
