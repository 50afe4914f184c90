"""The real files and their truth, read in place from beside the checkout."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.exchange.cases import Desk

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


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty notebook to read files into, on 1 December 2026."""
    from tests.exchange.cases import Desk

    opened = Desk(tmp_path)
    yield opened
    opened.book.close()


@pytest.fixture
def salon_desk(desk: Desk) -> Iterator[Desk]:
    """The desk with the six customers of i00; nobody new may come of any file that is read after them."""
    yield desk.read("i00-klanten.vcf")
    assert len(desk.cards()) == 6
