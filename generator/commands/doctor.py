"""`listkeeper doctor`: test on this machine what a check needs."""

from __future__ import annotations

import asyncio
import platform
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import monotonic

from generator import VERSION
from generator.checking.history_view import history_path
from generator.exit_codes import Exit
from generator.network import authorities_of, proxies_of, trusted_by
from generator.problems import counted
from generator.reporting.phrases import network_advice
from generator.sources.files import shown
from generator.sources.git import GitError, NoGit
from generator.sources.git import run as run_git
from linkcheck.history import History, HistoryError

_PACKAGES = ("httpx", "httpcore", "mistune", "pyyaml", "click", "aiofiles", "publicsuffixlist")
_TEST_HOST = "example.com"
_TIMEOUT = 5.0
_USERINFO = re.compile(r"^([a-z][a-z0-9+.-]*://)?[^/?#]*@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """The result of one test: whether it passed (None: for information only), its name, what was found, what to do."""

    ok: bool | None
    name: str
    text: str
    advice: str = ""


def doctor(folder: Path, history: Path | None, environ: Mapping[str, str], *, resolver: str | None = None) -> tuple[Exit, str]:
    """Run all tests and report each on a line. Exit 1 if something would keep a check from working."""
    found = [
        *_versions(),
        *_proxy(environ),
        *_certificates(environ),
        *_network(resolver, environ),
        *_token(environ),
        *_sources(folder),
        *_history(folder, history),
    ]
    lines = []
    for one in found:
        mark = {True: "ok", False: "trouble", None: "note"}[one.ok]
        lines.append(f"{mark:<8}{one.name}: {one.text}")
        if one.advice and one.ok is not True:
            lines.append(f"{'':<8}  {one.advice}")
    return Exit.FOUND if any(one.ok is False for one in found) else Exit.OK, "\n".join(lines) + "\n"


def _versions() -> Iterator[Diagnostic]:
    yield Diagnostic(
        True,
        "listkeeper",
        f"{VERSION}, Python {platform.python_version()}, {platform.system()}, SQLite {sqlite3.sqlite_version}",
    )
    missing, known = list[str](), list[str]()
    for name in _PACKAGES:
        try:
            known.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    yield Diagnostic(
        not missing,
        "packages",
        ", ".join(known) + (f"; missing: {', '.join(missing)}" if missing else ""),
        "reinstall Listkeeper",
    )
    try:
        yield Diagnostic(True, "git", run_git(Path(), "--version").decode().strip().removeprefix("git version "))
    except NoGit:
        yield Diagnostic(None, "git", "not found", "only `--since` and `fix` need it")
    except GitError as error:
        yield Diagnostic(False, "git", f"git --version failed: {error}", "reinstall git")


def _proxy(environ: Mapping[str, str]) -> Iterator[Diagnostic]:
    named = proxies_of(environ)
    if not named:
        yield Diagnostic(True, "proxy", "none in the environment")
    for scheme, address in named.items():
        yield Diagnostic(None, f"proxy for {scheme}", _without_secret(address) if scheme != "no" else address)


def _certificates(environ: Mapping[str, str]) -> Iterator[Diagnostic]:
    found, faults = authorities_of(environ)
    for fault in faults:
        yield Diagnostic(False, "certificates", fault, "correct the variable, or unset it")
    if not faults:
        yield Diagnostic(True, "certificates", ", ".join(["the bundled authorities", *found]))


def _network(resolver: str | None, environ: Mapping[str, str]) -> Iterator[Diagnostic]:
    from linkcheck.engine.sender import user_agent
    from linkcheck.net.dns import DnsResolver, ThreadResolver
    from linkcheck.net.guard import Guard
    from linkcheck.net.http import Fetcher, Request
    from linkcheck.policy import Bounds

    async def look() -> list[Diagnostic]:
        guard = Guard(DnsResolver(resolver, _TIMEOUT) if resolver else ThreadResolver(_TIMEOUT))
        fetcher = Fetcher(
            guard, Bounds(), user_agent=user_agent(""), ssl_context=trusted_by(environ), proxies=proxies_of(environ)
        )
        try:
            started = monotonic()
            approval = await guard.approve(_TEST_HOST, 443, scheme="https")
            seconds = monotonic() - started
            if approval.failure is not None:
                advice = "without name resolution nothing can be checked: look at the resolver, or name one with --dns"
                return [
                    Diagnostic(False, "DNS", f"{_TEST_HOST} does not resolve ({approval.detail or approval.failure})", advice)
                ]
            found = [Diagnostic(True, "DNS", f"{_TEST_HOST} in {seconds:.2f} s: {', '.join(approval.addresses[:2])}")]
            hop = (await fetcher.fetch(Request(f"https://{_TEST_HOST}/", group=_TEST_HOST))).hop
            text = (
                f"https://{_TEST_HOST}/ answered {hop.status} in {hop.seconds:.2f} s"
                if hop.status
                else f"{hop.failure}: {hop.detail}"
            )
            return [
                *found,
                Diagnostic(
                    hop.status is not None,
                    "network",
                    text,
                    network_advice(hop.failure),
                ),
            ]
        finally:
            await fetcher.aclose()
            await guard.aclose()

    yield from asyncio.run(look())


def _token(environ: Mapping[str, str]) -> Iterator[Diagnostic]:
    if environ.get("GITHUB_TOKEN"):
        yield Diagnostic(True, "GITHUB_TOKEN", "set: repositories are looked up through GitHub's API")
    else:
        yield Diagnostic(None, "GITHUB_TOKEN", "not set", "without it, pages of github.com are requested one a second")


def _sources(folder: Path) -> Iterator[Diagnostic]:
    count = len([path for path in folder.glob("*.yaml") if not path.name.startswith("_")]) if folder.is_dir() else 0
    advice = "name the folder with --lists DIR, or create one with listkeeper init"
    yield Diagnostic(True if count else None, "lists", f"{counted(count, 'topic file')} in {shown(folder)}/", advice)


def _history(folder: Path, history: Path | None) -> Iterator[Diagnostic]:
    path = history_path(folder, history)
    if not path.is_file():
        yield Diagnostic(
            None,
            "history",
            f"none yet at {shown(path)}",
            "the first `listkeeper check` creates it",
        )
        return
    try:
        with History(path) as past:
            seen = dict(past.last_seen())
    except (sqlite3.DatabaseError, HistoryError) as error:
        yield Diagnostic(False, "history", f"{shown(path)} can't be read: {error}", "replace it by a copy, or move it away")
        return
    last = f", the last on {max(seen.values()).astimezone(UTC):%Y-%m-%d %H:%M} UTC" if seen else ""
    yield Diagnostic(
        True, "history", f"{shown(path)}, {path.stat().st_size / 1e6:.1f} MB, {counted(len(seen), 'URL')} asked{last}"
    )
    if seen and max(seen.values()) > datetime.now(UTC):
        yield Diagnostic(False, "clock", "the history has a check from the future", "set the machine's clock")


def _without_secret(address: str) -> str:
    """A proxy's address with its user name and password masked, whatever else is wrong with it."""
    return _USERINFO.sub(r"\1***@", address)
