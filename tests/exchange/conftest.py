"""The real files and their truth, read in place from beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
TRUTH: dict[str, Any] = json.loads((DATA / "truth.json").read_text("utf-8")) if (DATA / "truth.json").exists() else {}


def files(*kinds: str) -> list[Any]:
    """The files of these kinds, as parameters of a test; one skipped parameter when the data is not there."""
    found = [name for name, truth in TRUTH.items() if truth["kind"] in kinds]
    missing = pytest.param("", marks=pytest.mark.skip(reason="the sample files of ../shared/data are not here"))
    return list(found) or [missing]


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Put text or bytes in a file and get its path."""

    def put(content: str | bytes, name: str = "file.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return put
