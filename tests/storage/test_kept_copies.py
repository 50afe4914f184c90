"""Which copies are kept, which go, and which are good for nothing but to be told of: also after a day of a wrong
clock, a restore, or a hand that puts a file there."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kapperboek.domain.time.clock import FixedClock
from kapperboek.services.keeping import maintenance
from kapperboek.storage.copies import copy_names
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.recovery import backup, restore_copy, second_copies
from kapperboek.storage.write import upkeep_memory
from tests.conftest import KEY, NOW
from tests.storage.conftest import add_customer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kopie"


def on(book: Notebook, day: datetime) -> None:
    book.clock = FixedClock(day)


def test_one_day_of_a_wrong_clock_silences_no_warning(bare: Notebook, folder: Path) -> None:
    add_customer(bare)
    on(bare, datetime(2035, 1, 1, 9))
    ahead = backup.daily(bare, folder)
    assert ahead is not None
    on(bare, NOW)
    good = backup.daily(bare, folder)
    assert good is not None and backup.copies(bare, folder) == [good, ahead]
    on(bare, NOW + timedelta(days=200))
    state = maintenance.backup_state(bare, folder)
    assert state.is_old and state.last is not None and state.last.date() == NOW.date()
    assert state.by_hand == (ahead.name,)


def test_what_is_only_called_of_today_is_no_copy_of_today(bare: Notebook, folder: Path) -> None:
    add_customer(bare)
    old = backup.daily(bare, folder)
    assert old is not None
    on(bare, NOW + timedelta(days=1))
    add_customer(bare, "Later")
    on(bare, NOW + timedelta(days=9))
    today = copy_names.place_for(bare, folder)
    shutil.copy(old, today)
    assert maintenance.backup_state(bare, folder).is_old
    assert backup.daily(bare, folder) == today and backup.look_into(bare, today)[0] == 2
    assert not maintenance.backup_state(bare, folder).is_old
    assert backup.daily(bare, folder) is None


def test_within_a_year_everything_that_is_out_of_order_has_gone(bare: Notebook, path: Path, folder: Path) -> None:
    add_customer(bare)
    on(bare, datetime(2035, 1, 1, 9))
    ahead = backup.daily(bare, folder)
    on(bare, NOW)
    copy = backup.daily(bare, folder)
    assert ahead is not None and copy is not None
    bare.close()
    aside = restore_copy.restore(copy, path, KEY, NOW)
    by_hand = Path(shutil.copy(copy, path.with_name("zaak van mij.kapperboek")))
    kept = Path(shutil.copy(copy, path.with_name("zaak-kept-2026-11-22-100000.kapperboek")))
    other = path.with_name("zaak-before-restore-2020-01-01-100000.kapperboek")  # another's, put aside by a restore
    with open_notebook(other, key=bytes(32), create=True):
        pass
    with open_notebook(path, key=KEY, clock=FixedClock(NOW)) as book:
        for fortnight in range(1, 27):
            on(book, NOW + timedelta(days=14 * fortnight))
            add_customer(book, f"Els {fortnight}")
            backup.daily(book, folder)
            if fortnight == 20:
                assert ahead.exists() and aside.exists()
        assert not ahead.exists() and not aside.exists()
        assert set(maintenance.backup_state(book, folder).by_hand) == {by_hand.name, kept.name}
        on(book, datetime(2020, 1, 1, 9))  # and a clock that went back throws nothing away
        there = set(folder.iterdir())
        for day in range(10):
            on(book, datetime(2020, 1, 1 + day, 9))
            backup.daily(book, folder)
        assert there <= set(folder.iterdir())
    assert by_hand.exists() and kept.exists() and other.exists()


def test_within_a_year_each_copy_that_is_kept_has_been_put_back(bare: Notebook, folder: Path) -> None:
    add_customer(bare)
    opened: Counter[str] = Counter()
    there: set[str] = set()
    for month in range(14):
        on(bare, NOW + timedelta(days=31 * month))
        add_customer(bare, f"Els {month}")
        backup.daily(bare, folder)
        assert second_copies.rehearse_when_due(bare, folder)
        opened.update(upkeep_memory.memory(bare)["rehearsed"].split(" / "))
        there = {copy.name for copy in backup.copies(bare, folder)}
    assert there <= set(opened) and len(there) >= copy_names.MONTHS
    oldest = backup.copies(bare, folder)[-1]
    content = bytearray(oldest.read_bytes())
    content[9 * 4096 + 1000] ^= 4
    oldest.write_bytes(content)
    upkeep_memory.remember(bare, rehearsed=" / ".join(there - {oldest.name}))
    on(bare, NOW + timedelta(days=31 * 14))
    for _again in range(2):  # until it is gone, and not only until another has its turn
        assert second_copies.rehearse_when_due(bare, folder) is False
        assert oldest.name in maintenance.backup_state(bare, folder).rehearsal_trouble
    oldest.unlink()
    assert second_copies.rehearse_when_due(bare, folder) is True
