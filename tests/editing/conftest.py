"""A collection in a folder without git."""

from __future__ import annotations

import pytest

from tests.editing.collection import Collection


@pytest.fixture
def collection(tmp_path, monkeypatch) -> Collection:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return Collection(tmp_path, monkeypatch)
