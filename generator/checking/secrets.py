"""Secrets: settings name them, the environment has their values, and reports mask them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import overload
from urllib.parse import quote

from generator.problems import Place, Problem, Severity, counted
from generator.sources.config.hosts import VARIABLE, variables
from linkcheck.engine.targets import credentials_for, rule_for
from linkcheck.model import Link, Run, Verdict
from linkcheck.policy import HostRule, Policy
from linkcheck.urls import Parts, split, web

MASK = "***"
GIVEN = "LISTKEEPER_SECRETS"
"""The variable with secrets for a workflow that can't know their names: `NAME=value`, one a line."""
_MIN_LENGTH = 4


def fill_secrets(policy: Policy, environ: Mapping[str, str], path: str) -> tuple[Policy, frozenset[str], tuple[Problem, ...]]:
    """The policy with its `$NAME`s replaced, the secrets, and a warning for each variable that isn't set.

    Variables are in the environment, or lines of LISTKEEPER_SECRETS. A header whose variable is missing is left out. The secrets are
    returned as they are and percent-encoded; GITHUB_TOKEN is one of them.
    """
    environ = {**_lines(environ.get(GIVEN, "")), **environ}
    names = variables(policy)
    known = [value for name in (*names, "GITHUB_TOKEN") if len(value := environ.get(name, "").strip()) >= _MIN_LENGTH]
    secrets = frozenset(form for value in known for form in (value, quote(value, safe="")))
    missing = tuple(
        Problem(
            "unset-variable",
            Severity.WARNING,
            f"the environment variable {name} isn't set, so the headers that need it are not sent",
            Place(path),
            f"set {name} where listkeeper runs",
        )
        for name in sorted(names)
        if not environ.get(name)
    )
    return replace(policy, hosts=tuple(_fill(rule, environ) for rule in policy.hosts)), secrets, missing


def _lines(text: str) -> dict[str, str]:
    """The variables in a text of lines `NAME=value`; other lines are ignored."""
    pairs = (line.partition("=") for line in text.splitlines())
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip() and value.strip()}


def withheld_secrets(links: Iterable[Link], policy: Policy) -> tuple[Problem, ...]:
    """A note for each host with links that get no secret: by http, or on a port that no rule names."""
    found: dict[tuple[str, str, int], tuple[HostRule, list[Link]]] = {}
    for link in links if any(rule.credentials for rule in policy.hosts) else ():
        parts = split(link.url)
        if web(link.url) and (rule := _rule_for_other_address(parts, policy)) is not None:
            found.setdefault((parts.scheme, parts.ascii_host, parts.port), (rule, []))[1].append(link)
    notes = []
    for (scheme, host, port), (rule, its) in found.items():
        asked = counted(len(its), "link is", "links are")
        message = f"{asked} asked without the secret of {host}: the URL is {scheme} on port {port}"
        hint = (
            f"the secret is sent by {rule.scheme} to port {rule.port} only; correct the URL, or add this address "
            f"under check.hosts: {scheme}://{rule.host}:{port}"
        )
        notes.append(Problem("secret-withheld", Severity.NOTE, message, its[0].place, hint))
    return tuple(notes)


def _rule_for_other_address(parts: Parts, policy: Policy) -> HostRule | None:
    """The rule with a secret for this URL's host but for another scheme or port; None if there is none."""
    nearest = rule_for(parts.ascii_host, policy.hosts)
    if nearest is None or credentials_for(parts, policy.hosts):
        return None
    its = [rule for rule in policy.hosts if rule.host == nearest.host]
    here = any((rule.scheme, rule.port) == (parts.scheme, parts.port) for rule in its)
    return None if here else next((rule for rule in its if rule.credentials), None)


def mask_run(run: Run, secrets: Collection[str]) -> Run:
    """The run with every secret masked that a server sent back."""
    return replace(run, verdicts=_Masked(run.verdicts, secrets)) if secrets else run


class _Masked(Sequence[Verdict]):
    """Verdicts with every secret masked, each time they are read."""

    def __init__(self, verdicts: Sequence[Verdict], secrets: Collection[str]) -> None:
        self._verdicts = verdicts
        self._secrets = secrets

    def __len__(self) -> int:
        return len(self._verdicts)

    def __iter__(self) -> Iterator[Verdict]:
        return (_mask_verdict(found, self._secrets) for found in self._verdicts)

    @overload
    def __getitem__(self, index: int) -> Verdict: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Verdict, ...]: ...
    def __getitem__(self, index: int | slice) -> Verdict | tuple[Verdict, ...]:
        return tuple(self)[index]


def mask_text(text: str, secrets: Collection[str]) -> str:
    """A text with every secret masked."""
    for secret in secrets:
        text = text.replace(secret, MASK)
    return text


def _fill(rule: HostRule, environ: Mapping[str, str]) -> HostRule:
    values = ((name, _value(value, environ)) for name, value in rule.credentials)
    return replace(rule, credentials=tuple((name, text) for name, text in values if text))


def _value(text: str, environ: Mapping[str, str]) -> str:
    """A header's value with each variable replaced; "" if one is missing."""
    names = VARIABLE.findall(text)
    return VARIABLE.sub(lambda match: environ[match[1]], text) if all(environ.get(name) for name in names) else ""


def _mask_verdict(found: Verdict, secrets: Collection[str]) -> Verdict:
    clean = partial(mask_text, secrets=secrets)
    hops = tuple(
        replace(hop, url=clean(hop.url), location=hop.location and clean(hop.location), detail=clean(hop.detail))
        for hop in found.hops
    )
    return replace(found, reason=clean(found.reason), final_url=clean(found.final_url), title=clean(found.title), hops=hops)
