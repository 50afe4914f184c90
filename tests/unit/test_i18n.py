"""A catalogue that is damaged keeps nobody from working."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kapperboek import i18n


@pytest.fixture(autouse=True)
def dutch_afterwards() -> Iterator[None]:
    yield
    i18n.set_language("nl")


@pytest.mark.parametrize(
    ("was", "becomes"),
    [(b"charset=utf-8", b"charset=utf-9"), (b"plural=(n != 1)", b"plural=(n != ("), (b"\xde", b"\xdf")],
)
def test_it_speaks_english_where_a_catalogue_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was: bytes, becomes: bytes
) -> None:
    whole = (i18n.TRANSLATIONS / "nl" / "kapperboek.mo").read_bytes()
    assert was in whole
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "kapperboek.mo").write_bytes(whole.replace(was, becomes, 1))
    i18n.set_language("en")
    with monkeypatch.context() as damaged:
        damaged.setattr(i18n, "TRANSLATIONS", tmp_path)
        i18n.set_language("nl")
    assert i18n.language() == "en" and i18n._("Nobody found") == "Nobody found"
