"""Secrets: named in settings, taken from the environment, and masked wherever a report could show them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from generator.config import VARIABLE, variables
from generator.problems import Place, Problem, Severity
from linkcheck.model import Run, Verdict
from linkcheck.policy import HostRule, Policy

MASK = "***"
_SHORTEST = 4


def filled(policy: Policy, environ: Mapping[str, str], path: str) -> tuple[Policy, frozenset[str], tuple[Problem, ...]]:
    """The policy with its `$NAME`s replaced, the secrets themselves, and a warning for each variable that isn't set.

    A header whose variable is missing is left out: a half secret would be sent, and refused. The secrets come as they are and as
    a URL would carry them; GitHub's token is one, too.
    """
    names = variables(policy)
    known = [value for name in (*names, "GITHUB_TOKEN") if len(value := environ.get(name, "").strip()) >= _SHORTEST]
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
    return replace(policy, hosts=tuple(_filled(rule, environ) for rule in policy.hosts)), secrets, missing


def masked(run: Run, secrets: Collection[str]) -> Run:
    """The run with every secret that a server gave back to us replaced."""
    if not secrets:
        return run
    return replace(run, verdicts=tuple(_masked(found, secrets) for found in run.verdicts))


def hidden(text: str, secrets: Collection[str]) -> str:
    """A text with every secret in it replaced."""
    for secret in secrets:
        text = text.replace(secret, MASK)
    return text


def _filled(rule: HostRule, environ: Mapping[str, str]) -> HostRule:
    return replace(rule, headers=tuple((name, text) for name, value in rule.headers if (text := _value(value, environ))))


def _value(text: str, environ: Mapping[str, str]) -> str:
    """A header's value with each variable replaced, "" where one is missing."""
    names = VARIABLE.findall(text)
    return VARIABLE.sub(lambda match: environ[match[1]], text) if all(environ.get(name) for name in names) else ""


def _masked(found: Verdict, secrets: Collection[str]) -> Verdict:
    clean = partial(hidden, secrets=secrets)
    hops = tuple(
        replace(hop, url=clean(hop.url), location=hop.location and clean(hop.location), detail=clean(hop.detail))
        for hop in found.hops
    )
    return replace(found, reason=clean(found.reason), final_url=clean(found.final_url), title=clean(found.title), hops=hops)
