"""Verified means verified: a copy takes the place of a good one only when each of its pages is as it was written and it
holds what the notebook held."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.domain.time.clock import FixedClock
from kapperboek.storage.copies import copy_verification
from kapperboek.storage.file.key_derivation import PAGE_BYTES
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.recovery import backup, restore_copy
from kapperboek.storage.write.unit_of_work import unit_of_work
from tests.conftest import KEY, NOW
from tests.storage.conftest import add_customer


def flip(path: Path, place: int) -> None:
    """One bit of the file."""
    with path.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ 4]))


def test_one_bit_flipped_in_any_page_is_noticed(bare: Notebook, tmp_path: Path) -> None:
    for n in range(20):
        add_customer(bare, f"Els {n}", note="x" * 9000)
    held = copy_verification.contents(bare.connection)
    copy = backup.backup(bare, tmp_path)
    copy_verification.see(bare, copy, held)
    places = [number * PAGE_BYTES + (37 * number + 20) % PAGE_BYTES for number in range(held.pages)]
    for place in (0, 15, PAGE_BYTES - 1, *places):  # the salt and the last byte of a page's seal too
        flip(copy, place)
        with pytest.raises(UserError) as caught:
            copy_verification.see(bare, copy, held)
        assert caught.value.code == "damaged"
        flip(copy, place)
    assert held.pages > 100
    copy_verification.see(bare, copy, held)


def test_a_copy_is_counted_against_the_notebook(tmp_path: Path, clock: FixedClock) -> None:
    """And not against itself: a whole copy of another moment, or one cut off, is not this one."""
    with open_notebook(tmp_path / "zaak.kapperboek", key=KEY, clock=clock, create=True) as book:
        add_customer(book)
        older = backup.backup(book, tmp_path)
        add_customer(book, "Later")
        with pytest.raises(UserError):
            copy_verification.see(book, older, copy_verification.contents(book.connection))
        backup.backup(book, tmp_path)
        held = copy_verification.contents(book.connection)
        copy_verification.see(book, older, held)
        with older.open("r+b") as file:
            file.truncate((held.pages - 1) * PAGE_BYTES)
        with pytest.raises(UserError):
            copy_verification.see(book, older, held)


def spoils(folder: Path) -> Callable[[], bool]:
    """A disk that keeps another bit than was written, of each copy that is being made, once that is whole."""
    spoilt: set[Path] = set()

    def spoil() -> bool:
        for draft in set(folder.glob(".*.new")) - spoilt:
            if draft.stat().st_size > 50 * PAGE_BYTES:
                spoilt.add(draft)
                flip(draft, 50 * PAGE_BYTES + 100)
        return False

    return spoil


@pytest.mark.parametrize("make", [backup.daily, backup.closing, lambda b, f, c: backup.backup(b, f, cancelled=c)])
def test_a_bad_copy_never_takes_the_place_of_a_good_one(
    make: Callable[..., object], bare: Notebook, tmp_path: Path
) -> None:
    folder = tmp_path / "kopie"
    folder.mkdir()
    add_customer(bare)
    good = None if make is backup.daily else backup.backup(bare, folder)
    before = good.read_bytes() if good else b""
    for n in range(20):
        add_customer(bare, f"Els {n}", note="x" * 9000)
    with pytest.raises(UserError) as caught:
        make(bare, folder, spoils(folder))
    assert caught.value.code == "damaged"
    assert [path.read_bytes() for path in folder.iterdir()] == [before] * bool(good)


def test_what_is_put_back_is_verified_too(bare: Notebook, tmp_path: Path) -> None:
    """The last bit of damage that only a seal tells of: in a page that nothing asks for."""
    for n in range(20):
        add_customer(bare, f"Els {n}", note="x" * 9000)
    with unit_of_work(bare, "weg") as uow:
        uow.session.connection().exec_driver_sql("DELETE FROM contact_point")
        uow.session.connection().exec_driver_sql("UPDATE customer SET note = ''")
    copy, now = backup.backup(bare, tmp_path), bare.path.read_bytes()
    bare.close()
    flip(copy, copy.stat().st_size - PAGE_BYTES + 100)
    with pytest.raises(CannotOpen) as caught:
        restore_copy.restore(copy, bare.path, KEY, NOW)
    assert caught.value.code == "damaged" and len(bare.path.read_bytes()) >= len(now)
