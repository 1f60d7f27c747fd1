"""A small runner for our own workflows: it takes the very scripts from the YAML and runs them with bash, step by step.

Checkouts are clones of a bare repository, artifacts and caches are folders. A job is given what its YAML gives it and no more:
the token only where a step's `env` names it, and the stand-in for GitHub learns the permissions that the job declares.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.ci_github.github import REPOSITORY, TOKEN, GitHub

ROOT = Path(__file__).parents[2]
_EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")


def workflow(name: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Reader", "-c", "user.email=reader@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@dataclass
class Ran:
    """The result of a job. `code` is that of the first failed step, 0 if none failed."""

    code: int = 0
    failed: str = ""
    out: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    folder: Path = Path()


class Runner:
    """The runners of one repository: `remote` is its bare repository; artifacts and caches are kept between jobs.

    `listkeeper` is the line of shell that their command `listkeeper` consists of.
    """

    def __init__(self, home: Path, remote: Path, github: GitHub, listkeeper: str) -> None:
        self.home, self.remote, self.github = home, remote, github
        self.artifacts, self.caches = home / "artifacts", home / "caches"
        self.published: Path | None = None
        self.jobs = 0
        binaries = home / "bin"
        binaries.mkdir(parents=True)
        shim = binaries / "listkeeper"
        shim.write_text(f'#!/bin/sh\nexec {listkeeper} "$@"\n', encoding="utf-8")
        shim.chmod(0o755)
        self.path = f"{binaries}{os.pathsep}{os.environ['PATH']}"

    def job(self, name: str, job: str, context: Mapping[str, str], *, ref: str = "main", prepared: Path | None = None) -> Ran:
        """Run one job of a workflow; `context` has the values of its expressions by name."""
        self.jobs += 1
        top = workflow(name)
        found = top["jobs"][job]
        self.github.permissions = found["permissions"]
        work = self.home / f"job-{self.jobs}"
        ran = Ran(folder=prepared or work / "work")
        ran.folder.mkdir(parents=True, exist_ok=True)
        files = {word: work / word for word in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "RUNNER_TEMP")}
        for path in files.values():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir() if path.name == "RUNNER_TEMP" else path.touch()
        context = {
            "github.token": TOKEN,
            "runner.temp": str(files["RUNNER_TEMP"]),
            "github.run_id": str(self.jobs),
            "github.run_attempt": "1",
            **context,
        }
        base = {
            "PATH": self.path,
            "HOME": str(work),
            "LANG": "C.UTF-8",
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_API_URL": self.github.base,
            "GITHUB_SERVER_URL": "https://github.com",
            **{word: str(path) for word, path in files.items()},
            **_env(top, context),
            **_env(found, context),
        }
        for step in found["steps"]:
            if (ran.code and "cancelled()" not in str(step.get("if", ""))) or not _wanted(str(step.get("if", "")), context):
                continue
            code, output = self._step(step, base, context, ran.folder, ref, prepared is not None)
            ran.out += output
            ran.outputs |= (own := dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()))
            context |= {f"steps.{step.get('id')}.outputs.{name}": value for name, value in own.items()}
            files["GITHUB_OUTPUT"].write_bytes(b"")
            if code and not ran.code and not step.get("continue-on-error"):
                ran.code, ran.failed = code, step["name"]
        ran.summary = files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        return ran

    def _step(
        self, step: dict[str, Any], base: Mapping[str, str], context: Mapping[str, str], folder: Path, ref: str, prepared: bool
    ) -> tuple[int, str]:
        if "run" in step:
            return script(step["run"], {**base, **_env(step, context)}, folder)
        given = {name: _filled(str(value), context) for name, value in step.get("with", {}).items()}
        match step["uses"].partition("@")[0]:
            case "actions/checkout":
                if not prepared:
                    git(folder, "clone", "--quiet", "--branch", ref, self.remote.as_uri(), ".")
            case "$/.github/actions/listkeeper":
                assert not given, "it only installs here"
            case "actions/upload-artifact":
                target = self.artifacts / given["name"]
                assert not set(given["name"]) & set('":<>|*?\r\n\\/'), "GitHub refuses such a name"
                if (folder / given["path"]).exists():
                    shutil.rmtree(target, ignore_errors=True)
                    shutil.copytree(folder / given["path"], target)
            case "actions/upload-pages-artifact":
                target = self.artifacts / given["name"]
                assert not target.exists(), "Pages' artifacts can't be replaced"
                shutil.copytree(folder / given["path"], target, ignore=shutil.ignore_patterns(".*"))
            case "actions/deploy-pages":
                assert {"pages": "write", "id-token": "write"}.items() <= self.github.permissions.items()
                self.published = self.artifacts / given["artifact_name"]
                assert self.published.is_dir()
            case "actions/download-artifact":
                return self._download(given, folder)
            case "actions/cache/restore":
                kept = sorted(self.caches.glob(f"{given['restore-keys']}*"), key=lambda path: path.stat().st_mtime)
                if kept:
                    (folder / given["path"]).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(kept[-1], folder / given["path"])
            case "actions/cache/save":
                self.caches.mkdir(exist_ok=True)
                if (folder / given["path"]).exists():
                    shutil.copy(folder / given["path"], self.caches / given["key"])
            case other:
                raise AssertionError(f"the runner doesn't know {other}")
        return 0, ""

    def _download(self, given: Mapping[str, str], folder: Path) -> tuple[int, str]:
        target = folder / given["path"]
        if "pattern" in given:
            found = sorted(self.artifacts.glob(given["pattern"]))
            # Since its version 5 the action unpacks an artifact that is the only one without a folder of its own.
            flat = given.get("merge-multiple") == "True" or len(found) == 1
            for artifact in found:
                shutil.copytree(artifact, target if flat else target / artifact.name, symlinks=True, dirs_exist_ok=True)
            return 0, ""
        if not (self.artifacts / given["name"]).is_dir():
            return 1, f"no artifact {given['name']}\n"
        shutil.copytree(self.artifacts / given["name"], target, symlinks=True, dirs_exist_ok=True)
        return 0, ""


def script(text: str, environment: Mapping[str, str], folder: Path) -> tuple[int, str]:
    """Run a step's script with GitHub's default shell; return its exit code and output."""
    assert "${{" not in text, "a script has no expression"
    done = subprocess.run(
        ["bash", "-e", "-c", text], cwd=folder, env=dict(environment), capture_output=True, text=True, check=False, timeout=100
    )
    return done.returncode, done.stdout + done.stderr


def _wanted(condition: str, context: Mapping[str, str]) -> bool:
    """Whether a step is run, for the conditions that our steps use: none, not cancelled, a value that isn't some text."""
    if not condition or "cancelled()" in condition:
        return True
    found = re.fullmatch(r"(?:\$\{\{ )?((?:steps\.\w+\.outputs|github)\.\w+) != '(\w*)'(?: \}\})?", condition)
    assert found, f"the runner doesn't understand {condition}"
    return context.get(found[1], "") != found[2]


def _env(of: Mapping[str, Any], context: Mapping[str, str]) -> dict[str, str]:
    return {name: _filled(str(value), context) for name, value in of.get("env", {}).items()}


def _filled(text: str, context: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda found: context[found[1]], text)
