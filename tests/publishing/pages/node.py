"""Run Node.js tools; a test is skipped where they aren't installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

NODE_MODULES = Path(__file__).parents[2] / "node" / "node_modules"


def run_node(*arguments, cwd=None):
    """Run node; skips the test where it or the packages are missing."""
    node = shutil.which("node")
    if node is None or not NODE_MODULES.is_dir():
        pytest.skip("needs Node.js and `npm ci` in tests/node")
    return subprocess.run([node, *arguments], cwd=cwd, capture_output=True, encoding="utf-8", check=False)


def tool(name):
    """The path of a tool; skips the test where it isn't installed."""
    path = NODE_MODULES / ".bin" / name
    if shutil.which("node") is None or not path.exists():
        pytest.skip(f"{name} is missing: needs Node.js and `npm ci` in tests/node")
    return str(path)


def run_tool(name, *arguments, cwd):
    return subprocess.run([tool(name), *arguments], cwd=cwd, capture_output=True, encoding="utf-8", check=False)
