"""CITATION.cff, checked with the format's schema."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import yaml

from generator.publishing.data import CITATION, render_data
from tests.publishing.data.evil import TEXTS, evil
from tests.publishing.samples import catalogue, entry, topic

HERE = f"lists/data/{CITATION}"


def test_the_schema_accepts_our_files_and_refuses_a_bad_one(tmp_path):
    several = [
        evil(),
        catalogue(),
        *(catalogue(topic("t", title=text), title=text, description=text, license=text, repository=text) for text in TEXTS),
        catalogue(repository="https://example.org/a b", license="CC-BY-4.0"),
    ]
    paths = []
    for number, lists in enumerate(several):
        paths.append(tmp_path / f"{number}.cff")
        paths[-1].write_text(render_data(lists)[HERE], encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    bad = tmp_path / "bad.cff"
    bad.write_text(paths[0].read_text(encoding="utf-8").replace("license: CC0-1.0", "license: Mine"), encoding="utf-8")
    assert subprocess.run([*command, str(bad)], capture_output=True, check=False).returncode == 1


def test_the_fields_of_the_collection():
    lists = catalogue(
        topic("a", title="Alpha", entries=[entry("One", id="one", added=date(2024, 1, 2)), entry("Two", id="two")]),
        title='My "lists": all', description="All *our* lists.", license="MIT", repository="https://github.com/example/lists",
    )  # fmt: skip
    found = yaml.safe_load(render_data(lists, first_seen={"two": date(2025, 3, 4)})[HERE])
    assert found == {
        "cff-version": "1.2.0",
        "message": "If these lists helped you, please cite them as below.",
        "type": "dataset",
        "title": 'My "lists": all',
        "authors": [{"name": 'The maintainers of My "lists": all'}],
        "abstract": "All our lists.",
        "repository": "https://github.com/example/lists",
        "url": "https://github.com/example/lists",
        "license": "MIT",
        "date-released": date(2025, 3, 4),
        "keywords": ["Alpha"],
    }
