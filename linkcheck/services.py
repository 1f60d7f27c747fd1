"""Services with interfaces of their own: a row for each, with its address and the limit that it publishes.

A row with `asked` has a file of its name in `linkcheck.registries.adapters`. Settings import this module, so it must import little.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from linkcheck.policy import Pace

__all__ = ["ENDPOINTS", "LIMITS", "SERVICES", "Service"]


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its name in the settings, the address of its interface, and what is added to it for a request.

    `limit` applies to all requests to `host`, a registrable domain. `repositories` marks services that say how alive a repository is.
    """

    name: str
    endpoint: str
    asked: str = ""
    host: str = ""
    limit: Pace | None = None
    repositories: bool = False

    def template(self, endpoint: str = "") -> str:
        """The address of a request, with placeholders in braces. An `endpoint` that has braces is such an address already."""
        given = endpoint or self.endpoint
        return given if "{" in given else f"{given.rstrip('/')}{self.asked}"


SERVICES = (
    Service("doi", "https://doi.org/api/handles", "/{doi}"),
    # Terms of use of its API: one request every three seconds on one connection.
    Service(
        "arxiv", "https://export.arxiv.org/api/query", "?id_list={ids}&max_results={count}", "arxiv.org",
        Pace(connections=1, burst=1, rate=1 / 3, ceiling=1 / 3),
    ),
    Service("crossref", "https://api.crossref.org/works", "{query}", "crossref.org", Pace(connections=1, burst=1, ceiling=5.0)),
    Service("datacite", "https://api.datacite.org/dois", "/{doi}"),
    # Its pages, without a token.
    Service("github", "https://api.github.com", "/repos/{repository}", "github.com", Pace(connections=1, burst=1, ceiling=1.0),
            repositories=True),
    Service("youtube", "https://www.youtube.com/oembed", "?url={url}&format=json"),
    # For an address without a token: 400 projects a minute, 500 requests of any kind (https://docs.gitlab.com/user/gitlab_com/rate_limits/).
    Service("gitlab", "https://gitlab.com/api/v4", "/{kind}/{path}", "gitlab.com", Pace(connections=1, burst=1, ceiling=5.0),
            repositories=True),
    # It publishes no number, but asks programs for fair use (https://docs.codeberg.org/advanced/api-usage/).
    Service("codeberg", "https://codeberg.org/api/v1", "/repos/{repository}", "codeberg.org",
            Pace(connections=1, burst=1, ceiling=1.0), repositories=True),
    Service("wayback", "https://archive.org/wayback/available", "", "archive.org",
            Pace(connections=1, burst=1, rate=0.5, ceiling=0.5)),
    Service("cdx", "https://web.archive.org/cdx/search/cdx"),
)  # fmt: skip
"""In the order in which they are believed if several have a record of a work."""

ENDPOINTS: Mapping[str, str] = MappingProxyType({service.name: service.endpoint for service in SERVICES})
"""The addresses by the names of services; `check.endpoints` in the settings replaces them."""

LIMITS: Mapping[str, Pace] = MappingProxyType({service.host: service.limit for service in SERVICES if service.limit})
"""The published limits by host."""
