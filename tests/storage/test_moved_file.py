"""The file moved, replaced, deleted, overwritten or linked while it is open: nothing confirmed is lost, nothing is
written into a stranger, and a copy is never made worse."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services.keeping import maintenance
from kapperboek.services.privacy import forgetting
from kapperboek.storage.copies import moved_file, rekey, verified_copy
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file import file_identity, generation, key_derivation, overwrite_detection, wal_repair
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.journal import change_history
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import erasure, erasure_list
from kapperboek.storage.recovery import backup, restore_copy
from tests.conftest import KEY, NOW, ROOT
from tests.storage.conftest import add_customer

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be taken away")


def names(path: Path) -> list[str]:
    """Who is in it; the file is whole, or the test fails."""
    with open_notebook(path, key=KEY) as book:
        assert integrity_check.check(book) == []
        return [row[0] for row in book.rows("SELECT given_name FROM customer ORDER BY id")]


def older_copy(book: Notebook) -> Path:
    """As it is now, kept by hand somewhere else: what a sync program or a hand will put back."""
    book.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(shutil.copy(book.path, book.path.with_name("oud.copy")))


def refused(book: Notebook) -> str:
    """The sentence with which the next save is refused."""
    with pytest.raises(CannotOpen) as caught:
        add_customer(book, "Geweigerd")
    assert caught.value.code == "file-gone" and not book.connection.in_transaction
    return caught.value.message


def test_what_was_saved_is_in_the_file_that_was_moved(bare: Notebook, path: Path) -> None:
    for name in ("Els", "Wim"):
        add_customer(bare, name)
    there = path.rename(path.with_name("Mijn klanten.kapperboek"))
    assert str(there) in refused(bare)
    bare.close()
    assert names(there) == ["Els", "Wim"]
    assert [one.name for one in path.parent.iterdir()] == [there.name]


@pytest.mark.parametrize("how", ["deleted", "replaced", "in the bin"])
def test_what_has_no_name_any_more_is_saved_under_a_new_one(bare: Notebook, path: Path, how: str) -> None:
    add_customer(bare, "Els")
    old = older_copy(bare)
    add_customer(bare, "Wim")
    if how == "deleted":
        path.unlink()
    elif how == "replaced":
        old.replace(path)
    else:
        (path.parent / ".Trash-1000").mkdir()
        path.rename(path.parent / ".Trash-1000" / path.name)
    assert "nieuw bestand" in refused(bare)
    bare.close()
    assert bare.file.kept is not None and bare.file.kept.parent == path.parent
    assert names(bare.file.kept) == ["Els", "Wim"]
    if how == "replaced":
        assert names(path) == ["Els"]
    assert not list(path.parent.glob("zaak.kapperboek-*"))


def test_a_notebook_that_was_only_read_does_not_come_back(bare: Notebook, path: Path) -> None:
    add_customer(bare)
    bare.close()
    with open_notebook(path, key=KEY) as book:
        path.unlink()
    assert book.file.kept is None and not list(path.parent.iterdir())


def test_the_copy_of_the_day_is_of_what_is_open_and_not_of_what_took_its_place(bare: Notebook, path: Path) -> None:
    folder = path.parent / "kopie"
    add_customer(bare, "Els")
    old = older_copy(bare)
    add_customer(bare, "Wim")
    made = backup.daily(bare, folder)
    add_customer(bare, "Daarna")
    old.replace(path)
    assert backup.closing(bare, folder, lambda: False) == made
    with pytest.raises(CannotOpen):
        bare.again()  # with the log that lies there it would be spoilt
    bare.close()
    assert made is not None and names(made) == ["Els", "Wim", "Daarna"] and names(path) == ["Els"]


@pytest.mark.parametrize("content", ["older", "the one before", "another's", "cut off"])
def test_a_file_that_is_written_over_is_noticed_before_anything_more_is_confirmed(
    bare: Notebook, path: Path, content: str
) -> None:
    folder = path.parent / "kopie"
    add_customer(bare, "Els")
    old = older_copy(bare)
    for n in range(30):
        add_customer(bare, f"Wim {n}")
    bare.rows("PRAGMA wal_checkpoint(PASSIVE)")
    made = backup.daily(bare, folder)
    before = path.read_bytes()
    add_customer(bare, "Daarna")
    others = {"another's": b"iets anders" * 5000, "cut off": b"", "the one before": before}
    new = others.get(content, old.read_bytes())
    if content == "the one before":
        bare.rows("PRAGMA wal_checkpoint(PASSIVE)")
        bare.see_file()
    path.write_bytes(new)  # in the same file, as cat and some sync programs do
    assert "herschreven" in refused(bare)
    with pytest.raises(UserError):
        backup.closing(bare, folder, lambda: False)
    with pytest.raises(CannotOpen):
        moved_file.secure(bare)
    bare.close()
    assert path.read_bytes() == new
    assert made is not None and len(names(made)) == 31
    aside = restore_copy.restore(made, path, KEY, NOW)
    assert len(names(path)) == 31 and aside.is_file()


def test_working_the_log_in_is_not_taken_for_another_programs_writing(bare: Notebook, path: Path) -> None:
    with bare.again() as other:
        for n in range(4):
            add_customer(bare, f"Els {n}")
            (other if n % 2 else bare).rows("PRAGMA wal_checkpoint(PASSIVE)")
    with open_notebook(path, key=KEY) as another:
        add_customer(another, "Van een ander programma")
        another.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        add_customer(bare, "Wim")
        another.rows("PRAGMA wal_checkpoint(PASSIVE)")
        add_customer(bare, "Jan")
    bare.close()
    assert len(names(path)) == 7


def test_a_mark_is_raised_once_for_each_log_and_stands_in_every_copy(bare: Notebook, path: Path) -> None:
    seen = []
    for _log in range(3):
        for _save in range(2):
            add_customer(bare)
            seen.append(generation.of(bare.connection))
        bare.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    marks = [one.now for one in seen]
    assert marks[0] == marks[1] != marks[2] == marks[3] != marks[4] == marks[5]
    assert [generation.number(mark) for mark in marks[::2]] == [1, 2, 3]
    assert [one.before for one in seen[::2]] == [0, marks[0], marks[2]]
    copy = backup.backup(bare, path.parent)
    assert generation.in_file(copy, KEY, bare.salt) == seen[-1]


def test_whichever_copy_is_put_back_is_the_latest_from_then_on(bare: Notebook, path: Path) -> None:
    """Also one from before another was put back."""
    copies = []
    for name in ("Els", "Wim"):
        add_customer(bare, name)
        copies.append(verified_copy.copy_to(bare, path.with_name(f"{name}.copy")))
    bare.close()
    marks = []
    for turn, copy in enumerate((*copies, *copies)):
        restore_copy.restore(copy, path, KEY, NOW + timedelta(seconds=turn))
        with open_notebook(path, key=KEY) as book:
            marks.append(generation.number(generation.of(book.connection).now))
    assert marks == sorted(set(marks))


def test_where_it_is_by_now_is_told_by_the_file_itself(bare: Notebook, path: Path) -> None:
    assert bare.file.look(bare) == (file_identity.State.HERE, path)
    folder = path.parent / "la"
    folder.mkdir()
    there = path.rename(folder / path.name)
    assert bare.file.look(bare) == (file_identity.State.MOVED, there)
    assert moved_file.secure(bare) == there
    path.touch()
    assert bare.file.look(bare) == (file_identity.State.MOVED, there)
    path.unlink()
    there.rename(path)
    assert bare.file.look(bare) == (file_identity.State.HERE, path)




def test_a_log_that_is_of_another_state_spoils_nothing(bare: Notebook, path: Path) -> None:
    """Killed while another file had taken the place of the open one, or a copy put back over what a crash has left."""
    add_customer(bare, "Els")
    old = older_copy(bare)
    for n in range(40):
        add_customer(bare, f"Wim {n}")
    bare.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    add_customer(bare, "Daarna")
    crashed = {}
    for name, file in (("vreemd", old), ("eigen", path)):
        (path.parent / name).mkdir()
        crashed[name] = Path(shutil.copy(file, path.parent / name / path.name))
        shutil.copy(f"{path}-wal", f"{crashed[name]}-wal")
    with open_notebook(crashed["vreemd"], key=KEY) as book:
        aside = book.file.strange_log
        assert aside is not None and aside.read_bytes() == Path(f"{path}-wal").read_bytes()
    assert names(crashed["vreemd"]) == ["Els"]
    with open_notebook(crashed["eigen"], key=KEY) as book:
        assert book.file.strange_log is None
    assert names(crashed["eigen"])[-1] == "Daarna" and len(names(crashed["eigen"])) == 42


def test_a_log_of_a_file_that_was_written_anew_spoils_no_older_one(bare: Notebook, path: Path) -> None:
    """Forgetting writes the whole file anew: the page with the mark stands elsewhere then."""
    add_customer(bare, "Els")
    add_customer(bare, "Wim")
    old = older_copy(bare)
    for n in range(40):
        add_customer(bare, f"Jan {n}")
    erasure.forget(bare, [1])
    change_history.undo(bare)
    crashed = Path(shutil.copy(old, path.with_name("vreemd.kapperboek")))
    shutil.copy(f"{path}-wal", f"{crashed}-wal")
    with open_notebook(crashed, key=KEY) as book:
        assert book.file.strange_log is not None
    assert names(crashed) == ["Els", "Wim"]


ELSEWHERE = """
import sys
from pathlib import Path
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write.unit_of_work import unit_of_work
with open_notebook(Path(sys.argv[1]), key=bytes(range(32))) as book:
    print("open", flush=True)
    sys.stdin.readline()
    for what in ("in het bestand", "in het logboek"):
        book.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        with unit_of_work(book, "geteld") as uow:
            uow.next_id(what)
    print("saved", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.parametrize("elsewhere", ["open", "closed"])
def test_a_file_that_is_written_over_is_noticed_also_when_another_program_used_it_meanwhile(
    bare: Notebook, path: Path, elsewhere: str
) -> None:
    add_customer(bare, "Els")
    old = older_copy(bare)
    add_customer(bare, "Wim")
    command = [sys.executable, "-c", ELSEWHERE, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as other:  # type: ignore[call-overload]
        assert other.stdout and other.stdin and other.stdout.readline() == "open\n"
        print(file=other.stdin, flush=True)
        assert other.stdout.readline() == "saved\n"
        bare.see_file()  # honest
        if elsewhere == "closed":
            other.communicate("\n")
        content = old.read_bytes()
        path.write_bytes(content)
        assert "herschreven" in refused(bare)
        log = path.with_name(f"{path.name}-wal")
        said = log.read_bytes()
        bare.close()
        aside = [one.read_bytes() for one in path.parent.glob(f"{log.name}-*")]
        if elsewhere == "open":
            assert log.read_bytes() == said  # the other reads it still
        other.kill()
    assert said and aside == [said] and path.read_bytes() == content
    assert names(path) == ["Els"]


def test_a_notebook_that_is_kept_again_and_again_gets_no_longer_name(bare: Notebook, path: Path) -> None:
    add_customer(bare, "Els")
    path.unlink()
    kept = moved_file.secure(bare)
    assert kept is not None
    with open_notebook(kept, key=KEY, clock=FixedClock(NOW + timedelta(minutes=1))) as book:
        kept.unlink()
        again = moved_file.secure(book)
    assert again is not None and again != kept and len(again.name) == len(kept.name) and names(again) == ["Els"]


def test_who_is_forgotten_goes_out_of_what_was_kept_before_too(bare: Notebook, path: Path, tmp_path: Path) -> None:
    """Also when the open notebook is one that was kept itself: what was kept earlier is set aside all the same."""
    add_customer(bare, "Els")
    path.unlink()
    kept = moved_file.secure(bare)
    assert kept is not None
    with open_notebook(kept, key=KEY, clock=FixedClock(NOW + timedelta(minutes=1))) as book:
        there = kept.read_bytes()
        kept.unlink()
        again = moved_file.secure(book)
    kept.write_bytes(there)  # the sync program brings it back
    assert again is not None and backup.set_aside(again) == [kept] and backup.set_aside(path) == [kept, again]
    with open_notebook(again, key=KEY, clock=bare.clock) as book:
        forgetting.forget(book, 1)
        maintenance.look_after(book, tmp_path / "kopie")
    assert names(kept) == names(again) == []


def test_who_closes_last_works_no_log_into_a_file_that_is_written_over_though_another_set_it_aside(
    bare: Notebook, path: Path
) -> None:
    """Both in the same second, as when somebody logs out."""
    add_customer(bare, "Els")
    old = older_copy(bare)
    for name in ("Wim", "Jan"):
        bare.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        add_customer(bare, name)
    log = wal_repair.beside(path)
    path.write_bytes(old.read_bytes())
    assert "herschreven" in refused(bare)
    for number in ("", "-2", "-3"):
        log.with_name(f"{log.name}-{NOW:%Y-%m-%d-%H%M%S}{number}").write_bytes(b"van een ander")
    said = log.read_bytes()
    bare.close()
    aside = [one.read_bytes() for one in path.parent.glob(f"{log.name}-*")]
    assert said in aside and len(aside) == 4 and path.read_bytes() == old.read_bytes()
    assert names(path) == ["Els"]


def test_a_program_that_stood_still_notices_it_by_the_log(bare: Notebook, path: Path) -> None:
    """It knows no mark of what the other saved meanwhile."""
    add_customer(bare, "Els")
    contents = []
    with open_notebook(path, key=KEY) as another:
        for name in ("Wim", "Jan", "Piet"):
            add_customer(another, name)
            another.rows("PRAGMA wal_checkpoint(PASSIVE)")
            contents.append(path.read_bytes())
    path.write_bytes(contents[1])
    assert "herschreven" in refused(bare)


def test_a_program_that_stood_still_takes_no_log_for_one_that_completes_what_it_saw(bare: Notebook, path: Path) -> None:
    """What comes back is just what it saw last; the log is of after another that was worked in meanwhile."""
    add_customer(bare, "Els")
    bare.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    bare.see_file()
    content = path.read_bytes()
    with open_notebook(path, key=KEY) as another:
        add_customer(another, "Wim")
        another.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        add_customer(another, "Jan")
    path.write_bytes(content)
    assert "herschreven" in refused(bare)


def test_a_state_that_went_another_way_is_older_than_none_and_yet_another(bare: Notebook) -> None:
    for name in ("Els", "Wim"):
        add_customer(bare, name)
        bare.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    own = generation.of(bare.connection)
    assert not overwrite_detection.goes_back(bare, own) and not overwrite_detection.goes_back(
        bare, generation.Marks(own.before)
    )
    for strange in (generation.Marks(own.now ^ 1, own.before), generation.Marks(own.before ^ 1)):
        assert overwrite_detection.goes_back(bare, strange)


OPENS = """
import sys
from datetime import timedelta
from pathlib import Path
from kapperboek.domain.errors import CannotOpen
from kapperboek.storage.opening import open_notebook
try:
    with open_notebook(Path(sys.argv[1]), key=bytes(range(32))):
        print("open")
except CannotOpen as error:
    print(error.code)
"""


def opened_elsewhere(path: Path) -> str:
    """What becomes of opening it in another process."""
    command = [sys.executable, "-c", OPENS, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_two_names_of_one_file_are_never_open_together(bare: Notebook, path: Path) -> None:
    add_customer(bare, "Els")
    second = path.with_name("tweede.kapperboek")
    os.link(path, second)
    linked = path.with_name("koppeling.kapperboek")
    linked.symlink_to(path)
    assert opened_elsewhere(second) == "in-use" and not list(path.parent.glob("tweede.kapperboek-*"))
    assert opened_elsewhere(path) == opened_elsewhere(linked) == "open"
    add_customer(bare, "Wim")
    second.unlink()
    path.rename(second)
    assert opened_elsewhere(second) == "in-use"  # its log has stayed under the old name
    bare.close()
    assert opened_elsewhere(second) == "open" and names(second) == ["Els", "Wim"]


def test_a_second_name_does_not_hide_the_log_of_the_first(bare: Notebook, path: Path, tmp_path: Path) -> None:
    add_customer(bare, "Els")
    crashed = tmp_path / "later"
    crashed.mkdir()
    for end in ("", "-wal"):
        shutil.copy(f"{path}{end}", crashed / f"zaak.kapperboek{end}")
    second = crashed / "tweede.kapperboek"
    os.link(crashed / "zaak.kapperboek", second)
    with pytest.raises(CannotOpen) as caught:
        open_notebook(second, key=KEY)
    assert caught.value.code == "in-use"
    assert names(crashed / "zaak.kapperboek") == ["Els"] == names(second)


def test_of_a_symbolic_link_the_file_itself_is_meant(tmp_path: Path, clock: FixedClock) -> None:
    real, link = tmp_path / "echt" / "zaak.kapperboek", tmp_path / "zaak.kapperboek"
    real.parent.mkdir()
    with open_notebook(real, key=KEY, clock=clock, create=True) as book:
        copy = backup.backup(book, tmp_path)
        els = add_customer(book, "Els")
        backup.backup(book, tmp_path / "echt")
    link.symlink_to(real)
    with open_notebook(link, key=KEY, clock=clock) as book:
        erasure.forget(book, [els])
    assert erasure_list.read(real.with_name("zaak.kapperboek.forgotten"))
    rekey.rekey(link, KEY, bytes(32), bytes(range(16)))
    assert link.is_symlink() and key_derivation.read_salt(real) == bytes(range(16))
    aside = restore_copy.restore(copy, link, KEY, NOW, present_key=bytes(32))
    assert link.is_symlink() and aside.parent == real.parent and real in real.parent.iterdir()


def test_of_a_symbolic_link_the_list_is_found_when_the_notebook_cannot_be_read(
    tmp_path: Path, clock: FixedClock
) -> None:
    real, link = tmp_path / "echt" / "zaak.kapperboek", tmp_path / "anders.kapperboek"
    real.parent.mkdir()
    with open_notebook(real, key=KEY, clock=clock, create=True) as book:
        els = add_customer(book, "Els")
        add_customer(book, "Wim")
        copy = backup.backup(book, tmp_path)
    link.symlink_to(real)
    with open_notebook(link, key=KEY, clock=clock) as book:
        erasure.forget(book, [els])
    real.write_bytes(b"kapot" * 3000)
    restore_copy.restore(copy, link, KEY, NOW)
    assert names(real) == names(link) == ["Wim"] and link.is_symlink()
    assert [one.name for one in (*tmp_path.glob("*.forgotten"), *real.parent.glob("*.forgotten"))] == [
        "zaak.kapperboek.forgotten"
    ]


@pytest.mark.parametrize("closing", [False, True])
def test_a_log_that_is_taken_away_is_worked_in_from_the_connection(bare: Notebook, path: Path, closing: bool) -> None:
    """As when another computer has closed the notebook, and a sync program repeats here what it did there."""
    add_customer(bare, "Els")
    log = path.with_name(f"{path.name}-wal")
    log.unlink()
    assert "logboek" in refused(bare)
    if not closing:
        assert moved_file.secure(bare) == path
        log.write_bytes(b"")
    bare.close()
    assert names(path) == ["Els"] and [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_log_that_cannot_be_worked_in_now_is_not_given_up(bare: Notebook, path: Path) -> None:
    """Somebody read an older state, so half of it stayed in the log, which was taken for done."""
    bare.connection.execute("PRAGMA busy_timeout = 20")
    with bare.again() as reader:
        reader.connection.execute("BEGIN")
        reader.rows("SELECT * FROM customer")
        add_customer(bare, "Els")
        there = path.rename(path.with_name("elders.kapperboek"))
        with pytest.raises(UserError) as caught:
            moved_file.secure(bare)
        assert caught.value.code == "in-use"
        reader.connection.execute("ROLLBACK")
        assert moved_file.secure(bare) == there
    bare.close()
    assert names(there) == ["Els"]


def test_what_is_taken_away_in_the_moment_of_closing_is_kept_with_its_log_and_for_its_owner_only(
    path: Path, clock: FixedClock
) -> None:
    book = open_notebook(path, key=KEY, clock=clock, create=True)
    old = older_copy(book)
    add_customer(book, "Els")
    umask = os.umask(0)
    try:
        left = moved_file.let_go(book)
        old.replace(path)
        book.connection.close()
        assert left is not None
        left()
    finally:
        os.umask(umask)
    kept = book.file.kept
    assert kept is not None and names(kept) == ["Els"] and names(path) == []
    assert kept.stat().st_mode & 0o777 == 0o600


def test_wiping_that_stopped_half_in_the_file_is_completed_by_its_log(path: Path, clock: FixedClock) -> None:
    """The whole file is written anew, by way of the log; a full disk or a kill leaves some pages of before and some of
    after. Taken for a stranger's, the log would be set aside and half a file be left."""
    with open_notebook(path, key=KEY, clock=clock, create=True) as book:
        ids = [add_customer(book, name) for name in ("Els", "Wim", "Noor")]
        book.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        with book.again() as reader:  # so that it cannot be worked in yet
            reader.connection.execute("BEGIN")
            reader.rows("SELECT * FROM customer")
            assert not erasure.forget(book, ids[:2]).wiped
            before, log = path.read_bytes(), wal_repair.beside(path).read_bytes()
        book.rows("PRAGMA wal_checkpoint(PASSIVE)")
        after = path.read_bytes()
    pages = len(after) // 4096
    for cut in (0, 4096, 6000, *(4096 * (pages * part // 8) + 2048 for part in range(1, 8)), len(after)):
        path.write_bytes(after[:cut] + before[cut:])
        wal_repair.beside(path).write_bytes(log)
        assert names(path) == ["Noor"], cut
        assert not wal_repair.beside(path).exists() and not [*path.parent.glob("*-wal-*")], cut


def test_who_goes_on_after_a_crash_makes_no_two_states_with_one_mark(
    bare: Notebook, path: Path, tmp_path: Path
) -> None:
    """SQLite no longer knows then how much of the log is in the file, and goes on in the same one."""

    def crashed(name: str) -> Path:
        """The file and its log as a program leaves them that is killed now."""
        there = tmp_path / name / path.name
        there.parent.mkdir()
        for end in ("", "-wal"):
            shutil.copy(now.with_name(now.name + end), there.with_name(there.name + end))
        return there

    now = path
    add_customer(bare, "Els")
    maintenance.work_log_in(bare)
    by_hand = Path(shutil.copy(path, tmp_path / "stick.copy"))
    now = crashed("eerst")
    with open_notebook(now, key=KEY) as book:
        add_customer(book, "Wim")
        maintenance.work_log_in(book)
        add_customer(book, "Bea")
        second = crashed("toen")
    shutil.copy(by_hand, second)
    with open_notebook(second, key=KEY) as book:
        assert book.file.strange_log is not None, "this log completes what has Wim in it"
        assert integrity_check.check(book) == [] and names(second) == ["Els"]


LAST, PIECE = 25, 4 * 4096


def test_the_file_alone_copied_while_people_save_lacks_nothing_that_was_worked_in_or_is_told_to_be_half(
    bare: Notebook, path: Path, tmp_path: Path
) -> None:
    """As to a stick, in pieces, at any moment: the log is worked in a moment after each save, as the window does."""
    add_customer(bare, "Klant 0")
    maintenance.work_log_in(bare)
    worked_in = [0]

    def save_on() -> None:
        with bare.again() as desk:
            for number in range(1, LAST + 1):
                add_customer(desk, f"Klant {number}")
                maintenance.work_log_in(desk)
                worked_in.append(number)

    desk = Thread(target=save_on)
    desk.start()
    file = os.open(path, os.O_RDONLY)  # once: to close it would drop this process's locks
    copies: list[tuple[int, list[str]]] = []
    told = 0
    while desk.is_alive() or not copies or copies[-1][0] < LAST:
        known, copy = worked_in[-1], tmp_path / "stick.kapperboek"
        copy.write_bytes(b"".join(os.pread(file, PIECE, at) for at in range(0, os.fstat(file).st_size, PIECE)))
        try:
            with open_notebook(copy, key=KEY, read_only=True) as book:
                if integrity_check.check(book):
                    told += 1
                else:
                    copies.append((known, [row[0] for row in book.rows("SELECT given_name FROM customer ORDER BY id")]))
        except CannotOpen as error:
            assert error.code in ("damaged", "damaged-beginning"), "it says what is the matter"
            told += 1
    desk.join()
    os.close(file)
    assert worked_in[-1] == LAST and len(copies) + told > 1
    for known, there in copies:
        assert there == [f"Klant {number}" for number in range(len(there))] and len(there) > known
