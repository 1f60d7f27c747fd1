"""The wheel, installed alone in an environment of its own, outside the checkout."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def command(wheel, tmp_path_factory) -> Path:
    """The command of a fresh environment that holds the wheel; its dependencies are those that are installed already."""
    home = tmp_path_factory.mktemp("alone")
    venv.create(home, with_pip=False)
    folder = "Scripts" if sys.platform == "win32" else "bin"
    python = home / folder / "python"
    place = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], check=True, capture_output=True, text=True
    ).stdout.strip()
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", place, str(wheel)], check=True)
    others = next(path for path in sys.path if path.endswith("site-packages"))
    hide = "import sys; sys.path[:] = [p for p in sys.path if 'listkeeper-checkout' not in p]"
    (Path(place) / "dependencies.pth").write_text(f"{others}\n", encoding="utf-8")
    (Path(place) / "zz.pth").write_text(f"{hide}\n", encoding="utf-8")
    runner = home / "run.py"
    runner.write_text("from generator.cli import main\nmain()\n", encoding="utf-8")
    return python


def run(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.argv[0] = 'listkeeper'; from generator.cli import main; main()"
    return subprocess.run([python, "-P", "-c", code, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_it_holds_the_two_packages_and_their_data(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"linkcheck", "generator", next(top for top in tops if top.endswith(".dist-info"))}
    assert "generator/reporting/explanations/unknown-key.md" in names
    assert "generator/reporting/check.schema.json" in names
    assert any(name.endswith("LICENSE") for name in names)


def test_it_works_where_there_is_no_checkout(command, tmp_path):
    code = "import generator, linkcheck; print(generator.__file__, linkcheck.__file__)"
    where = subprocess.run([command, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert str(ROOT) not in where
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "one.yaml").write_text(
        "title: One\nentries:\n  - title: A\n    url: https://example.org/a\n", encoding="utf-8"
    )
    assert run(command, tmp_path, "validate").returncode == 0
    assert run(command, tmp_path, "build").returncode == 0
    assert "A" in (tmp_path / "lists" / "one.md").read_text(encoding="utf-8")
    assert "unknown-key" in run(command, tmp_path, "explain", "unknown-key").stdout
    assert run(command, tmp_path, "--version").stdout.startswith("listkeeper ")
