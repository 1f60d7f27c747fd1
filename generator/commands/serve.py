"""`listkeeper serve`: serve the site from memory and render it again whenever a source changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Event, Thread

from generator import VERSION
from generator.checking.history_view import history_path
from generator.exit_codes import Exit
from generator.problems import Place, Problem, Severity, errors_and_warnings
from generator.publishing.dev_server import HOST, DevServer
from generator.publishing.link_health import link_health
from generator.publishing.site import Health, RenderCache, Settings, render_site
from generator.reporting import render
from generator.results import Report
from generator.sources.catalogue.links import links
from generator.sources.catalogue.parse import Parsed, parse_topic
from generator.sources.files import shown
from generator.sources.loading import load

__all__ = ["SiteRenderer", "serve"]

_DEBOUNCE = 60
"""Milliseconds without a further change before changes are rendered."""
_FIRST_RENDER = 200
"""Milliseconds until the first rendering."""


class SiteRenderer:
    """Renders a lists folder as a site repeatedly; each time only what changed is rendered."""

    def __init__(self, folder: Path, health: Health | None = None) -> None:
        self._folder = folder
        self._health = health or Health()
        self._settings = Settings(folder.absolute().name, live=True)
        self._cache = RenderCache()
        self._parsed: dict[str, tuple[bytes | str, Parsed]] = {}

    def render(self, today: date) -> tuple[dict[str, str], str]:
        """The files of the site, from all sources that can be read, and the problems as text."""
        loaded = load(self._folder, today=today, parse=self._parse)
        problems = errors_and_warnings(loaded.problems)
        problem_text = render(Report("validate", version=VERSION, problems=problems), "text") if problems else ""
        settings = replace(self._settings, files=loaded.site_files)
        return render_site(loaded.catalogue, self._health, settings, self._cache), problem_text

    def _parse(self, text: bytes | str, path: str) -> Parsed:
        known = self._parsed.get(path)
        if known is None or known[0] != text:
            known = self._parsed[path] = text, parse_topic(text, path)
        return known[1]


def serve(
    folder: Path,
    port: int,
    *,
    calendar: Callable[[], datetime],
    history: Path | None = None,
    say: Callable[[str], None],
    stop: Event | None = None,
) -> tuple[Exit, Problem | None]:
    """Serve the site on this machine until interrupted or `stop` is set; exit 2 with the problem if that is impossible."""
    try:
        from watchfiles import watch
    except ImportError:
        return Exit.USAGE, _not_installed()
    if not folder.is_dir():
        return Exit.USAGE, Problem("no-sources", Severity.ERROR, f"there is no folder {shown(folder)}/", Place(shown(folder)))
    try:
        server = DevServer(port)
    except OSError as error:
        return Exit.USAGE, _port_in_use(port, error)
    now = calendar()
    loaded = load(folder, today=now.date())
    health, _ = link_health(links(loaded.catalogue, now.date()), loaded.policy, history_path(folder, history), now)
    renderer = SiteRenderer(folder, health)
    Thread(target=server.run, daemon=True).start()
    changes = watch(
        folder, stop_event=stop, step=_DEBOUNCE, debounce=10 * _DEBOUNCE, rust_timeout=_FIRST_RENDER, yield_on_timeout=True
    )
    started = False
    try:
        for paths in changes:
            # The first one comes as soon as the folder is watched: no later edit is missed.
            if started and not any(path.endswith((".yaml", ".css", ".svg", ".png")) for _, path in paths):
                continue
            files, problem_text = renderer.render(calendar().date())
            server.show(files, problem_text)
            if problem_text:
                say(problem_text.rstrip("\n"))
            if not started:
                say(f"Serving {shown(folder)}/ at {server.url} (Ctrl-C ends)")
            started = True
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
    return Exit.OK, None


def _not_installed() -> Problem:
    hint = "add it to Listkeeper's environment: pipx inject listkeeper watchfiles"
    return Problem(
        "missing-extra", Severity.ERROR, "serve needs the package watchfiles, which isn't installed", Place(""), hint
    )


def _port_in_use(port: int, error: OSError) -> Problem:
    message = f"port {port} of {HOST} can't be used: {error.strerror or error}"
    return Problem(
        "port-in-use", Severity.ERROR, message, Place(""), "name another port with --port NUMBER; 0 takes a free one"
    )
