"""The files of `.github/`: up to date with their sources, without linter findings, and with minimal permissions."""

from __future__ import annotations

import re
import sys
import tomllib
from datetime import date
from importlib.metadata import requires
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from generator.commands.explain import explain_all, explain_code
from generator.commands.schema import schema
from generator.reporting.explanations import known_codes, rules
from generator.sources.catalogue.form import form
from generator.sources.catalogue.model import KINDS
from tests.ci_github import lint

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
TEXTS = [*WORKFLOWS, *GITHUB.glob("actions/*/action.yml")]
TODAY = date(2026, 11, 21)
TOOLS = all((Path(sys.executable).parent / name).exists() for name in ("check-jsonschema", "zizmor", "shellcheck"))


def jobs(path: Path) -> dict[str, dict]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]


def test_the_explanations_page_is_up_to_date():
    """To update it: `listkeeper explain --all > .github/EXPLANATIONS.md`."""
    assert (GITHUB / "EXPLANATIONS.md").read_text(encoding="utf-8").rstrip() == explain_all()[1].rstrip()


@pytest.mark.parametrize("name", [*known_codes(), *rules()])
def test_every_code_and_rule_is_explained_on_the_page_and_by_the_command(name: str):
    page = (GITHUB / "EXPLANATIONS.md").read_text(encoding="utf-8")
    assert f"### {name}\n" in page or f"| `{name}` |" in page
    assert explain_code(name)[0] == 0


def test_every_rule_that_decides_is_explained():
    used = set()
    for path in (ROOT / "linkcheck").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'Finding\(\s*_[AMFBU],\s*"([a-z0-9-]+)"', source))
        used |= set(re.findall(r'Verdict\(link\.url, \S+, \S+, "([a-z0-9-]+)"', source))
        used |= set(re.findall(r'"(offline|void|not-asked)"', source))
    assert len(used) > 40
    assert used <= {*rules(), *known_codes()}


def test_every_finding_of_a_report_is_explained():
    from linkcheck.model import Outcome

    names = {f"link-{outcome}" for outcome in Outcome if outcome is not Outcome.ALIVE} | {"link-fragment", "link-changed"}
    names |= {f"duplicate-{kind}" for kind in ("same-url", "same-resource", "same-work", "near-title")}
    assert names <= set(rules())


def test_the_issue_form_is_up_to_date():
    """Only its kinds and structure: the bot updates its topics on main, so a pull request need not."""
    text = (GITHUB / "ISSUE_TEMPLATE" / "suggest-entry.yml").read_text(encoding="utf-8")
    fields = {field.get("id"): field for field in yaml.safe_load(text)["body"]}
    assert fields["kind"]["attributes"]["options"] == list(KINDS)
    assert text == form(fields["topic"]["attributes"]["options"][:-1])


def test_the_form_follows_the_lists(tmp_path: Path):
    (tmp_path / "lists").mkdir()
    (tmp_path / ".github" / "ISSUE_TEMPLATE").mkdir(parents=True)
    (tmp_path / "lists" / "waves.yaml").write_text("title: Waves\nentries: [https://example.org/]\n", encoding="utf-8")
    path = tmp_path / ".github" / "ISSUE_TEMPLATE" / "suggest-entry.yml"
    assert schema(tmp_path / "lists", today=TODAY, check=True)[0] == 1
    assert not path.exists()
    assert schema(tmp_path / "lists", today=TODAY)[0] == 0
    assert '"Waves"' in path.read_text(encoding="utf-8")
    assert schema(tmp_path / "lists", today=TODAY, check=True)[0] == 0
    (tmp_path / "lists" / "tides.yaml").write_text("title: Tides\nentries: [https://example.org/t]\n", encoding="utf-8")
    assert schema(tmp_path / "lists", today=TODAY, check=True)[0] == 1


def test_another_form_is_not_overwritten(tmp_path: Path):
    test_the_form_follows_the_lists(tmp_path)
    path = tmp_path / ".github" / "ISSUE_TEMPLATE" / "suggest-entry.yml"
    path.write_text("name: Mine\n", encoding="utf-8")
    assert schema(tmp_path / "lists", today=TODAY)[0] == 0
    assert path.read_text(encoding="utf-8") == "name: Mine\n"


@pytest.mark.parametrize(
    "title", ['"', "a: b # c", "- x", "{a}", "\\n", "line\nbreak", "${{ github.token }}", "é – ✓", "None of these", "  "]
)
def test_no_title_breaks_the_form(title: str):
    fields = {field.get("id"): field for field in yaml.safe_load(form([title, "Waves", "Waves"]))["body"]}
    options = fields["topic"]["attributes"]["options"]
    assert options == list(dict.fromkeys(filter(None, [" ".join(title.split()), "Waves", "None of these"])))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_actions_are_pinned_and_scripts_have_no_expressions(path: Path):
    text = path.read_text(encoding="utf-8")
    for line in text.splitlines():
        if "uses:" in line:
            assert re.search(r"uses: (?:\$/\.github/[\w./-]+|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$", line), line
    scripts = [
        step
        for job in ([yaml.safe_load(text)["runs"]] if "runs:" in text else jobs(path).values())
        for step in job.get("steps", [])
    ]
    assert not any("${{" in step.get("run", "") for step in scripts)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_permission_by_default_and_each_has_a_reason(path: Path):
    text = path.read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    assert data["permissions"] == {}
    assert "concurrency" in data
    assert "secrets." not in text.replace("${{ secrets.hosts }}", "" if path.name == "check-list.yml" else "secrets.")
    for job in data["jobs"].values():
        assert job["permissions"]
        assert job["name"]
        assert all(step.get("name") for step in job.get("steps", []))
    grants = re.findall(
        r"^\s+(?:contents|issues|pull-requests|actions|pages|id-token): (?:read|write)(.*)$", text, re.MULTILINE
    )
    assert all(re.match(r" # \w", reason) for reason in grants)


def test_credentials_persist_only_for_jobs_that_fetch_or_push_branches():
    kept = {
        (path.name, name)
        for path in WORKFLOWS
        for name, job in jobs(path).items()
        for step in job.get("steps", [])
        if "actions/checkout" in step.get("uses", "") and step["with"]["persist-credentials"] is not False
    }
    assert kept == {
        ("check-list.yml", "prepare"),
        ("check-list.yml", "report"),
        ("main.yml", "render"),
        ("publish-site.yml", "build"),
    }


def test_only_what_publishes_a_site_or_a_release_may_prove_who_it_is():
    granted = {
        (path.name, name)
        for path in WORKFLOWS
        for name, job in jobs(path).items()
        if "write" in {job["permissions"].get("pages"), job["permissions"].get("id-token")}
    }
    assert granted == {("nightly.yml", "site"), ("publish-site.yml", "deploy"), ("release.yml", "publish")}


def test_a_release_is_off_until_somebody_configures_it():
    found = jobs(GITHUB / "workflows" / "release.yml")
    assert found["build"]["if"] == "vars.LISTKEEPER_RELEASE == 'on'"
    assert found["publish"]["needs"] == "build"
    assert "id-token" not in found["build"]["permissions"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_callers_of_workflows_grant_the_permissions_of_all_jobs(path: Path):
    """Otherwise GitHub starts none of the called jobs."""
    ranks = ["none", "read", "write"]
    for job in jobs(path).values():
        if "/workflows/" in job.get("uses", ""):
            called = jobs(GITHUB / "workflows" / Path(job["uses"]).name)
            for inner in called.values():
                for right, rank in inner["permissions"].items():
                    assert ranks.index(job["permissions"].get(right, "none")) >= ranks.index(rank), right


def test_hooks_name_commands_that_are_there():
    from generator.cli import main_group

    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hook in hooks:
        program, command = hook["entry"].split()
        assert program == "listkeeper"
        assert command in main_group.every()
        assert re.match(hook["files"], "lists/waves.yaml")
        assert not re.match(hook["files"], "lists/waves.md")


@pytest.mark.skipif(not TOOLS, reason="the linters are in the extra `lint`")
def test_the_linters_find_nothing(capfd):
    assert lint.main() == 0, capfd.readouterr()


BAD = {
    "shapes": ("    runs-on: ubuntu-latest\n", "    runs_on: ubuntu-latest\n"),
    "dangers": ('run: printf "%s" "$NUMBER"', "run: echo ${{ github.event.pull_request.title }}"),
    "shell": ('run: printf "%s" "$NUMBER"', "run: rm -rf $NUMBER/*"),
    "names": ("${{ github.event.number }}", "${{ steps.nowhere.outputs.x }}"),
}
PLAIN = """name: Plain
on: pull_request
permissions: {}
concurrency:
  group: plain
  cancel-in-progress: true
jobs:
  one:
    name: One
    runs-on: ubuntu-latest
    permissions: {}
    steps:
      - name: Print
        env:
          NUMBER: ${{ github.event.number }}
        run: printf "%s" "$NUMBER"
"""


@pytest.mark.skipif(not TOOLS, reason="the linters are in the extra `lint`")
@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.node) if name == "names" else name for name in BAD])
def test_each_linter_can_fail(name: str, tmp_path: Path, capfd):
    folder = tmp_path / ".github"
    (folder / "workflows").mkdir(parents=True)
    path = folder / "workflows" / "plain.yml"
    path.write_text(PLAIN, encoding="utf-8")
    check = getattr(lint, name)
    assert check(folder) == 0, capfd.readouterr()
    old, new = BAD[name]
    assert old in PLAIN
    path.write_text(PLAIN.replace(old, new), encoding="utf-8")
    assert check(folder) > 0


OLD_BASH = [
    'set -u\nwords=(a)\nrun "$@" ${words[@]+"${words[@]}"}',
    'set -eu\nfor word in "$@"; do echo "${word%.db}" "${word#x}" "${word:1:2}" "${#word}"; done',
    'words=()\nrun "${words[@]}"',
    'while IFS= read -r line; do echo "$line"; done <<< "$TEXT" 2>&1',
    'local -r x=1; declare -a words; case "$x" in a) ;; *) false ;; esac',
    "# mapfile is not in bash 3.2\necho $((1 + 2)) {1..3} $RANDOM",
    "sed -n 's/a/b/p' | grep -v x || test -n \"$x\"",
]
NEW_BASH = [
    "mapfile -t words < <(ls)", "readarray -d '' words", "coproc cat", "declare -A of", "local -A of=()", "declare -gA of",
    "typeset -n other=$1", "local -l small=$1", 'echo "${x,,}"', 'echo "${x^}"', 'echo "${words[0]^^}"', 'echo "${x@Q}"',
    'echo "${words[-1]}"', "run |& tee log", "run &>> log", "case x in a) b ;& c) d ;; esac", "case x in a) b ;;& c) d ;; esac",
    "[[ -v x ]] && y", "if test -v x; then y; fi", "[ -v x ]", "wait -n", "printf '%(%F)T' -1", "printf -v words[0] x",
    "shopt -s globstar", "shopt -s lastpipe", "read -r -N 3 x", "read -t 0.5 x", "echo $EPOCHSECONDS", "echo ${BASHPID}",
    "echo {1..9..2}", "echo {01..10}", "exec {log}> file", "printf '\\u00e9'",
    'set -u\nrun "${words[@]}"', 'set -euo pipefail\nwords=()\nrun "${words[@]}"', 'set -o nounset\nrun "${words[*]}"',
]  # fmt: skip


@pytest.mark.parametrize("script", OLD_BASH)
def test_what_bash_3_2_knows_is_accepted(script: str):
    assert lint.newer_bash(script) == []


@pytest.mark.parametrize("script", NEW_BASH)
def test_what_bash_3_2_does_not_know_is_refused(script: str):
    assert lint.newer_bash(script)


def test_no_script_needs_a_newer_bash_than_3_2():
    """Those of the workflows that `init` writes, too."""
    template = (ROOT / "generator/commands/templates/workflow.yml").read_text(encoding="utf-8")
    texts = [text for _, text in lint.scripts(GITHUB)]
    texts += re.findall(r"^ +run: (.+(?:\n {10}.*)*)", template, re.MULTILINE)
    texts.append((ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert len(texts) > 30
    assert {text: found for text in texts if (found := lint.newer_bash(text))} == {}


PINNED = re.compile(r"^([\w.-]+)==(\S+)(?: ; [^\\\n]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)
REQUIREMENTS = GITHUB / "actions" / "listkeeper" / "requirements.txt"


def pinned() -> dict[str, str]:
    text = REQUIREMENTS.read_text(encoding="utf-8")
    left = PINNED.sub("", "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#")))
    assert left.strip() == "", left
    return {canonical(name): version for name, version, _ in PINNED.findall(text)}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_action_installs_all_that_listkeeper_needs_by_its_hash():
    """All requirements of its own, of its build and of those, in the versions that are tested."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    waiting = [Requirement(one) for one in (*project["project"]["dependencies"], *project["build-system"]["requires"])]
    needed = set[str]()
    while waiting:
        one = waiting.pop()
        name = canonical(one.name)
        if name in needed or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        needed.add(name)
        waiting += [Requirement(text) for text in requires(one.name) or []]
    found = pinned()
    assert needed <= set(found), needed - set(found)
    constraints = (ROOT / "tests" / "constraints.txt").read_text(encoding="utf-8").split()
    tested = {canonical(name): version for name, _, version in (line.partition("==") for line in constraints)}
    assert {name: version for name, version in found.items() if tested[name] != version} == {}


def test_jobs_that_may_write_install_nothing_without_a_hash():
    """They use the action, which installs from the hashed file, and then its own code without a network."""
    for path in WORKFLOWS:
        for job in jobs(path).values():
            if "write" not in job["permissions"].values():
                continue
            for step in job.get("steps", []):
                assert not re.search(r"\b(?:pip|pipx|uv|npm|npx|apt-get|curl|wget)\b", step.get("run", "")), step["name"]
    steps = yaml.safe_load((GITHUB / "actions/listkeeper/action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    installed = [line for step in steps for line in step.get("run", "").splitlines() if re.match(r"\s*pip install", line)]
    assert len(installed) == 2
    assert "--require-hashes --only-binary :all:" in installed[0]
    assert "--no-index --no-deps --no-build-isolation" in installed[1]
    release = next(step["run"] for step in jobs(GITHUB / "workflows/release.yml")["build"]["steps"] if step["name"] == "Build")
    assert "--require-hashes" in release


def test_the_lock_file_names_no_registry():
    assert '"resolved"' not in (ROOT / "tests" / "node" / "package-lock.json").read_text(encoding="utf-8")
