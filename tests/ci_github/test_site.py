"""The nightly site: built from the lists and the stored history, and published if the repository has Pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ci_github.conftest import Web, edit
from tests.ci_github.github import GitHub
from tests.ci_github.runner import Ran, Runner, workflow
from tests.ci_github.test_nightly import INPUTS, night

PAGES = {"html_url": "https://reader.github.io/lists/", "build_type": "workflow", "status": None}
CONTEXT = {f"inputs.{name}": INPUTS[name] for name in ("lists", "branch")}


def site(runner: Runner) -> tuple[Ran, Ran | None]:
    """Run both jobs; the second is None if its condition is false."""
    # A condition without a status function requires that all earlier jobs succeeded, the link check among them.
    wanted = "${{ !cancelled() && needs.build.result == 'success' && needs.build.outputs.address != '' }}"
    assert workflow("publish-site.yml")["jobs"]["deploy"]["if"] == wanted
    built = runner.job("publish-site.yml", "build", CONTEXT)
    if built.code or not built.outputs["address"]:
        return built, None
    artifact = CONTEXT | {"needs.build.outputs.artifact": "github-pages-1"}
    return built, runner.job("publish-site.yml", "deploy", artifact)


def read(runner: Runner, path: str) -> str:
    assert runner.published
    return (runner.published / path).read_text(encoding="utf-8")


def test_the_site_is_published_with_link_health_and_data(runner: Runner, web: Web, github: GitHub):
    web.pages["/sand"] = 410
    github.site = PAGES
    assert night(runner).code == 0
    built, deployed = site(runner)
    assert built.code == 0, built.out
    assert deployed
    assert deployed.code == 0, deployed.out
    assert "https://reader.github.io/lists/topics/waves.html" in read(runner, "sitemap.xml")
    assert "1 is proven dead" in read(runner, "health.html")
    assert "Heaps of sand" in read(runner, "topics/transport.html")
    assert "Heaps of sand" in read(runner, "data/all.bib")
    # The date comes from git, even after the data branch was fetched.
    assert "<title>Heaps of sand</title>" in read(runner, "data/transport.atom.xml")


def test_the_feeds_have_the_dates_of_entries(runner: Runner, github: GitHub):
    github.site = PAGES
    assert site(runner)[0].code == 0
    assert "<title>Heaps of sand</title>" in read(runner, "data/transport.atom.xml")


def test_before_the_first_check_the_site_has_no_link_health(runner: Runner, github: GitHub):
    github.site = PAGES
    built, deployed = site(runner)
    assert built.code == 0, built.out
    assert deployed
    assert "has been checked yet" in read(runner, "health.html")


def test_the_site_does_not_need_this_nights_check(runner: Runner, github: GitHub):
    """The site needs none of this night's jobs: the stored history is enough."""
    github.site = PAGES
    assert night(runner).code == 0
    called = workflow("nightly.yml")["jobs"]["site"]
    assert (called["needs"], called["if"]) == ("links", "${{ !cancelled() }}")
    for _ in range(2):  # repeatedly, from the same history
        runner.published = None
        for old in runner.artifacts.glob("github-pages-*"):
            old.rename(old.with_name(f"older-{runner.jobs}"))
        built, deployed = site(runner)
        assert built.code == 0, built.out
        assert deployed
        assert "3 of 3 links are known to work" in read(runner, "health.html")


@pytest.mark.parametrize("pages", [None, {**PAGES, "build_type": "legacy"}], ids=["none", "from a branch"])
def test_without_pages_for_workflows_there_is_a_notice(runner: Runner, github: GitHub, pages: dict | None):
    github.site = pages
    built, deployed = site(runner)
    assert (built.code, built.outputs["address"], deployed) == (0, "", None)
    assert "::notice title=No site was published::" in built.out
    assert not list(runner.artifacts.glob("github-pages*"))


@pytest.mark.parametrize(
    "address", [None, "javascript:alert(1)", "https://e.org/\naddress=https://f.org/", "https://e.org/ x", ""]
)
def test_an_invalid_address_fails(runner: Runner, github: GitHub, address: str | None):
    github.site = {**PAGES, "html_url": address}
    built, deployed = site(runner)
    assert (built.code, built.failed, deployed) == (1, "Find the site's address", None)
    assert built.outputs == {}


def test_broken_sources_fail_and_nothing_is_published(runner: Runner, github: GitHub, tmp_path: Path):
    github.site = PAGES
    edit(runner.remote, tmp_path, "broken", {"lists/waves.yaml": "title: W\nentires: []\n"})
    built, deployed = site(runner)
    assert (built.code, built.failed, deployed) == (1, "Build", None)
    assert not list(runner.artifacts.glob("github-pages*"))
