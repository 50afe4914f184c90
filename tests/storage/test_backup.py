"""Copies that can be trusted: verified, complete, kept long enough, and put back without losing the present
one."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kapperboek.domain.errors import Cancelled, CannotOpen, UserError
from kapperboek.domain.time.clock import FixedClock
from kapperboek.storage.copies import copy_names
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.recovery import backup, restore_copy, restore_customer
from kapperboek.storage.write.unit_of_work import unit_of_work
from tests.conftest import KEY, NOW
from tests.storage.conftest import add_customer, add_visit, content


def flip(path: Path, at: int) -> None:
    """Change one bit."""
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 4]))


def test_a_copy_has_everything_also_what_is_still_in_the_log(tmp_path: Path, clock: FixedClock) -> None:
    with open_notebook(tmp_path / "zaak.kapperboek", key=KEY, clock=clock, create=True) as book:
        add_visit(book, add_customer(book))
        made = backup.backup(book, tmp_path)
        assert made.name == "zaak-2026-11-22.kapperboek"
        before = content(book, versions=True)
        add_customer(book, "Later")
    with open_notebook(made, key=KEY, clock=clock) as copy:
        assert content(copy, versions=True) == before
        assert integrity_check.check(copy) == []
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_copy_while_somebody_writes_is_of_one_moment(bare: Notebook, tmp_path: Path) -> None:
    customer = add_customer(bare)
    with bare.again() as writer, unit_of_work(writer, "bezig") as uow:
        from kapperboek.storage.write.tables import Household

        uow.add(Household(name="half"))
        uow.session.flush()
        made = backup.backup(bare, tmp_path)
    with open_notebook(made, key=KEY) as copy:
        assert copy.rows("SELECT id FROM customer") == [(customer,)]
        assert copy.value("SELECT count(*) FROM household") == 0


def test_a_folder_that_is_not_there(bare: Notebook, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        backup.backup(bare, tmp_path / "stick")
    assert caught.value.code == "folder-missing"


def test_daily_is_once_a_day(bare: Notebook, tmp_path: Path) -> None:
    folder = tmp_path / "kopieën"
    first = backup.daily(bare, folder)
    assert first is not None
    assert backup.daily(bare, folder) is None
    assert list(folder.iterdir()) == [first]


def test_seven_days_four_weeks_twelve_months_are_kept(tmp_path: Path) -> None:
    today = date(2026, 11, 22)
    for back in range(800):
        (tmp_path / f"zaak-{today - timedelta(days=back)}.kapperboek").touch()
    mine = [
        tmp_path / name
        for name in ("zaak-2026-13-45.kapperboek", "anders-2020-01-01.kapperboek", "zaak-2020-01-01.pdf")
    ]
    for path in mine:
        path.touch()
    gone = set(copy_names.superfluous(copy_names.dated(tmp_path, "zaak")))
    kept = sorted(path.name[5:15] for path in tmp_path.iterdir() if path not in gone | set(mine))
    assert not gone & set(mine)
    assert kept[-7:] == [str(today - timedelta(days=back)) for back in range(6, -1, -1)]
    assert {"2026-11-15", "2026-11-08", "2026-11-01"} <= set(kept)
    assert {day[:7] for day in kept} == {"2025-12", *(f"2026-{month:02d}" for month in range(1, 12))}


def test_a_clock_that_ran_ahead_throws_nothing_away(tmp_path: Path) -> None:
    for day in ("2026-11-20", "2026-11-21", "2026-11-22", "2036-01-01"):
        (tmp_path / f"zaak-{day}.kapperboek").touch()
    assert copy_names.superfluous(copy_names.dated(tmp_path, "zaak")) == []


def test_restoring_keeps_the_present_one_aside(bare: Notebook, path: Path, tmp_path: Path) -> None:
    add_customer(bare)
    made = backup.backup(bare, tmp_path)
    add_customer(bare, "Sindsdien")
    bare.close()
    aside = restore_copy.restore(made, path, KEY, NOW)
    with open_notebook(path, key=KEY) as book, open_notebook(aside, key=KEY) as former:
        assert book.value("SELECT count(*) FROM customer") == 1
        assert former.value("SELECT count(*) FROM customer") == 2


def test_two_are_put_back_within_one_second(bare: Notebook, path: Path, tmp_path: Path) -> None:
    made = backup.backup(bare, tmp_path)
    bare.close()
    first, second = (restore_copy.restore(made, path, KEY, NOW) for _time in range(2))
    assert first != second and first.exists() and second.exists()


def test_restoring_over_a_damaged_notebook(bare: Notebook, path: Path, tmp_path: Path) -> None:
    add_customer(bare)
    made = backup.backup(bare, tmp_path)
    bare.close()
    path.write_bytes(b"kapot" * 3000)
    assert restore_copy.restore(made, path, KEY, NOW).read_bytes().startswith(b"kapot")
    with open_notebook(path, key=KEY) as book:
        assert book.value("SELECT count(*) FROM customer") == 1


def test_another_notebook_takes_no_place_unless_that_is_meant(bare: Notebook, path: Path, tmp_path: Path) -> None:
    with open_notebook(tmp_path / "buren.kapperboek", key=KEY, clock=bare.clock, create=True) as other:
        add_customer(other, "Buurvrouw")
    assert backup.look_into(bare, other.path) == (1, 0, "2026-11-22T08:00:00Z", False)  # nobody is missed here
    add_customer(bare)
    made = backup.backup(bare, tmp_path)
    assert backup.look_into(bare, other.path)[3] and not backup.look_into(bare, made)[3]
    bare.close()
    before = path.read_bytes()
    with pytest.raises(UserError) as caught:
        restore_copy.restore(other.path, path, KEY, NOW)
    assert caught.value.code == "another-notebook" and path.read_bytes() == before
    assert not list(tmp_path.glob("*before-restore*"))
    aside = restore_copy.restore(other.path, path, KEY, NOW, another=True)
    with open_notebook(path, key=KEY) as book, open_notebook(aside, key=KEY) as former:
        assert book.value("SELECT given_name FROM customer") == "Buurvrouw"
        assert former.value("SELECT given_name FROM customer") == "Els"


def test_what_opens_only_the_copy_does_not_tell_that_it_is_one(bare: Notebook, path: Path, tmp_path: Path) -> None:
    """The passphrase of another shop's notebook, or of before: that is said, before the one that is here goes aside."""
    add_customer(bare)
    made = backup.backup(bare, tmp_path)
    bare.close()
    other = bytes(reversed(KEY))
    with open_notebook(tmp_path / "buren.kapperboek", key=other, clock=bare.clock, create=True) as neighbours:
        add_customer(neighbours, "Buurvrouw")
    before = path.read_bytes()
    with pytest.raises(UserError) as caught:
        restore_copy.restore(neighbours.path, path, other, NOW)
    assert caught.value.code == "another-notebook" and "buren.kapperboek" in caught.value.message
    assert path.read_bytes() == before and not list(tmp_path.glob("*before-restore*"))
    path.write_bytes(bytes(16) + before[16:])  # damage: nothing can be told of it, but a copy is what it needs
    restore_copy.restore(made, path, KEY, NOW)
    restore_copy.restore(neighbours.path, path, other, NOW + timedelta(1), another=True)


def test_restoring_is_refused_while_the_notebook_is_open(bare: Notebook, path: Path, tmp_path: Path) -> None:
    made = backup.backup(bare, tmp_path)
    add_customer(bare)
    with pytest.raises(CannotOpen) as caught:
        restore_copy.restore(made, path, KEY, NOW)
    assert caught.value.code == "in-use"
    assert bare.value("SELECT count(*) FROM customer") == 1


def test_a_damaged_copy_is_not_put_back(bare: Notebook, path: Path, tmp_path: Path) -> None:
    add_customer(bare)
    made = backup.backup(bare, tmp_path)
    bare.close()
    flip(made, 5 * 4096 + 100)
    before = path.read_bytes()
    with pytest.raises(CannotOpen) as caught:
        restore_copy.restore(made, path, KEY, NOW)
    assert caught.value.code == "damaged"
    assert path.read_bytes() == before


@pytest.mark.parametrize("page", [5, 9, 20])
def test_the_check_notices_a_single_bit(bare: Notebook, path: Path, page: int) -> None:
    add_customer(bare)
    bare.close()
    flip(path, page * 4096 + 1000)
    with open_notebook(path, key=KEY) as book:
        problems = integrity_check.check(book)
    assert problems[0] == f"1 bladzijde van het bestand is beschadigd: {page + 1}."


def test_damage_met_while_opening(bare: Notebook, path: Path) -> None:
    bare.close()
    for page in (1, 2, 3):  # where the settings are, among them the time zone
        flip(path, page * 4096 + 1000)
    with pytest.raises(CannotOpen) as caught:
        open_notebook(path, key=KEY)
    assert caught.value.code in ("damaged", "damaged-beginning")


def test_yesterdays_copy_is_replaced_by_none(bare: Notebook, path: Path, tmp_path: Path) -> None:
    """Two copies of one day are one; of two days two."""
    backup.backup(bare, tmp_path)
    backup.backup(bare, tmp_path)
    bare.close()
    with open_notebook(path, key=KEY, clock=FixedClock(datetime(2026, 11, 23, 9, 0))) as book:
        backup.backup(book, tmp_path)
    assert len(list(tmp_path.glob("zaak-*.kapperboek"))) == 2


def test_at_closing_the_copy_of_today_is_brought_up_to_date(bare: Notebook, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    never = lambda: False  # noqa: E731
    add_customer(bare)
    made = backup.closing(bare, folder, never)
    assert made is not None and backup.closing(bare, folder, never) is None
    add_customer(bare, "Later")
    assert backup.closing(bare, folder, never) == made
    assert backup.look_into(bare, made)[0] == 2 and backup.copies(bare, folder) == [made]


def test_a_copy_at_closing_that_is_stopped_leaves_the_one_before(bare: Notebook, tmp_path: Path) -> None:
    add_customer(bare)
    made = backup.backup(bare, tmp_path)
    add_customer(bare, "Later")
    with pytest.raises(Cancelled):
        backup.closing(bare, tmp_path, lambda: True)
    assert backup.look_into(bare, made)[0] == 1
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_what_was_put_back_does_not_replace_the_copy_that_knows_more(bare: Notebook, tmp_path: Path) -> None:
    add_customer(bare)
    elsewhere = tmp_path / "stick"
    elsewhere.mkdir()
    older = backup.backup(bare, elsewhere)
    add_customer(bare, "Later")
    today = backup.backup(bare, tmp_path)
    bare.close()
    restore_copy.restore(older, bare.path, KEY, NOW)
    with open_notebook(bare.path, key=KEY, clock=FixedClock(NOW)) as book:
        beside = backup.closing(book, tmp_path, lambda: False)
        assert beside is not None and beside != today
        assert backup.look_into(book, today)[0] == 2 and backup.look_into(book, beside)[0] == 1
        add_customer(book, "Later still")
        assert backup.closing(book, tmp_path, lambda: False) == beside
        assert backup.look_into(book, beside)[0] == 2


def test_what_an_older_state_took_away_stays_in_a_copy(bare: Notebook, tmp_path: Path) -> None:
    """A sync program put a state of days ago in the notebook's place: daily copies push out everything but the last."""
    folder, old = tmp_path / "kopie", tmp_path / "old"
    bare.close()
    for day in range(1, 40):
        if day == 2:
            shutil.copy(bare.path, old)
        if day == 4:
            shutil.copy(old, bare.path)
        clock = FixedClock(datetime(2026, 3, 1, 9) + timedelta(days=day))
        with open_notebook(bare.path, key=KEY, clock=clock) as book:
            add_customer(book, f"Of day {day}")
            backup.daily(book, folder)
    with open_notebook(bare.path, key=KEY, clock=clock) as book:
        apart = [copy for copy in backup.copies(book, folder) if copy_names.place_in_journal(book, copy) is None]
        assert [backup.look_into(book, copy)[0] for copy in apart] == [3]


def test_the_copy_that_is_offered_to_whoever_has_an_older_state_is_not_thinned(bare: Notebook, tmp_path: Path) -> None:
    """One of before holds as much; but it is the later that was named."""
    folder, old = tmp_path / "kopie", tmp_path / "old"
    bare.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(bare.path, old)
    add_customer(bare)
    bare.close()
    for day in (1, 2):
        clock = FixedClock(NOW + timedelta(days=day))
        with open_notebook(bare.path, key=KEY, clock=clock) as book:
            offered = backup.daily(book, folder)
        assert offered is not None
        os.utime(offered, (day, day))
    shutil.copy(old, bare.path)
    with open_notebook(bare.path, key=KEY, clock=clock) as book:
        add_customer(book, "In the older one")
        assert backup.daily(book, folder) not in (None, offered)
        assert offered.exists()


def test_a_ruined_copy_of_today_is_made_again(bare: Notebook, tmp_path: Path) -> None:
    add_customer(bare)
    made = backup.backup(bare, tmp_path)
    salt = made.read_bytes()[:16]
    made.write_bytes(salt + b"kapot" * 1000)
    assert backup.closing(bare, tmp_path, lambda: False) == made
    assert backup.look_into(bare, made)[0] == 1


def test_what_is_ruined_to_the_first_bytes_is_left_and_a_copy_made_beside_it(bare: Notebook, tmp_path: Path) -> None:
    """It cannot be told from another's."""
    add_customer(bare)
    ruined = backup.backup(bare, tmp_path)
    ruined.write_bytes(b"kapot" * 1000)
    made = backup.closing(bare, tmp_path, lambda: False)
    assert made is not None and backup.copies(bare, tmp_path) == [made] and ruined.exists()
    assert backup.look_into(bare, made)[0] == 1


def test_two_notebooks_of_one_name_keep_each_others_copies_on_one_stick(tmp_path: Path, clock: FixedClock) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for n, whose in enumerate(("An", "Bea")):
        (tmp_path / whose).mkdir()
        path, key = tmp_path / whose / "klanten.kapperboek", bytes([n]) * 32
        with open_notebook(path, key=key, clock=clock, create=True) as book:
            add_customer(book, whose)
            for day in (22, 23):
                book.clock = FixedClock(datetime(2026, 11, day, 9))
                backup.daily(book, stick)
                add_customer(book, "Later")
                backup.closing(book, stick, lambda: False)
            newest, _older = backup.copies(book, stick)
            assert backup.look_into(book, newest)[0] == 3
    assert len(list(stick.glob("*.kapperboek"))) == 4


def test_a_copy_that_todays_key_does_not_open_is_left_alone(tmp_path: Path, clock: FixedClock) -> None:
    """What it says may stand nowhere else: a copy with another passphrase was put back today."""
    folder, other = tmp_path / "kopie", bytes([7]) * 32
    with open_notebook(tmp_path / "zaak.kapperboek", key=other, clock=clock, create=True) as book:
        add_customer(book, "Van vandaag")
        before = backup.daily(book, folder)
    assert before is not None
    content_before = before.read_bytes()
    (tmp_path / "zaak.kapperboek").unlink()
    with open_notebook(tmp_path / "zaak.kapperboek", key=KEY, clock=clock, create=True) as book:
        add_customer(book, "Van toen")
        made = backup.closing(book, folder, lambda: False)
        assert made is not None and made != before and backup.copies(book, folder) == [made]
    assert before.read_bytes() == content_before


def test_a_card_is_brought_back_by_name_and_of_two_of_one_name_only_by_number(bare: Notebook, tmp_path: Path) -> None:
    """The first of two was brought back as if it was meant; and of a short name the longer ones were in the way."""
    for name in ("Anna", "Els", "Els", *(f"Anna {number}" for number in range(6))):
        add_customer(bare, name)
    made = backup.backup(bare, tmp_path)
    with pytest.raises(UserError) as caught:
        restore_customer.bring_back(bare, made, "els")
    assert caught.value.code == "several" and "(2)" in caught.value.message and "(3)" in caught.value.message
    for asked in ("anna", "3"):
        with pytest.raises(UserError) as caught:
            restore_customer.bring_back(bare, made, asked)
        assert caught.value.code == "nothing-new"
