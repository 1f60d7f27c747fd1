"""Sites that must be asked in their own way: an interface of theirs says more of a link than its page would. Pure.

One file for each site. `asking.Registries` asks them, many links in one request where the site allows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from linkcheck.registries import arxiv, doi, github, youtube
from linkcheck.registries.question import BatchRequest, Registry

__all__ = ["ENDPOINTS", "BatchRequest", "Registry", "registries", "registry_for"]

ENDPOINTS: Mapping[str, str] = MappingProxyType({
    "doi": doi.ENDPOINT,
    "github": github.ENDPOINT,
    "arxiv": arxiv.ENDPOINT,
    "youtube": youtube.ENDPOINT,
})  # fmt: skip
"""Where each site is asked: templates, with what is asked for in braces."""

_ASKED = {
    "doi": "/{doi}",
    "github": "/repos/{repository}",
    "arxiv": "?id_list={ids}&max_results={count}",
    "youtube": "?url={url}&format=json",
}


def registries(endpoints: Mapping[str, str] = ENDPOINTS, github_token: str = "") -> tuple[Registry, ...]:
    """All sites. `endpoints` replaces the addresses of some, by the names in `ENDPOINTS`; without a token GitHub answers nothing.

    An endpoint without braces is the interface's own address, and what is asked of it is added as the site's own has it.
    """
    at = {name: _template(endpoints.get(name, given), _ASKED[name]) for name, given in ENDPOINTS.items()}
    return (
        doi.Doi(at["doi"]),
        github.GitHub(github_token.strip(), at["github"]),
        arxiv.Arxiv(at["arxiv"]),
        youtube.YouTube(at["youtube"]),
    )


def _template(endpoint: str, asked: str) -> str:
    return endpoint if "{" in endpoint else f"{endpoint.rstrip('/')}{asked}"


def registry_for(url: str, sites: Iterable[Registry]) -> tuple[Registry, str] | None:
    """The site whose word settles a link, with its key there; None where the page itself must be asked."""
    for site in sites:
        key = site.key(url)
        if key is not None:
            return site, key
    return None
