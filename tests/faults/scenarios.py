"""What people have the program do while something goes wrong: each a few steps, confirmed one by one.

A scenario is run undisturbed first, which gives every state the folder may ever be found in: how it was before, and
how it is after each confirmed step. After a fault it must be in one of these: at least what was confirmed, at most one
step more (done, but the answer did not get through). Nothing in between exists.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from kapperboek.domain.errors import UserError
from kapperboek.domain.records import CustomerRecord, Phone
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services import drafts, journal
from kapperboek.services.customers import customers
from kapperboek.services.importing import importing
from kapperboek.services.inputs import ContactInput, NewFollowUp, NewPoint, VisitInput
from kapperboek.services.keeping import maintenance, notebooks
from kapperboek.services.moments import moments
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file import generation
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.migrations import runner
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write.unit_of_work import writing
from tests.conftest import KEY, NOW
from tests.faults.meanwhile import OLDER

Confirm = Callable[[], None]
State = dict[str, str]  # of every notebook in the folder: a digest of all that stands in it
NAME = "zaak.kapperboek"
PEOPLE = 40
BY_LOT = {("change", "at")}  # putting a copy back asks the computer's clock
_CHECKED = set[str]()  # states of which all fits together: the same rows need no second look
_DIGESTS: dict[bytes, str] = {}  # of files that nothing was done to since
CLOCK = FixedClock(NOW)
NEXT_STEP = SimpleNamespace(
    VERSION=runner.NEWEST + 1,
    STATEMENTS=(
        "ALTER TABLE customer ADD COLUMN pronoun TEXT NOT NULL DEFAULT ''",
        "UPDATE customer SET pronoun = 'zij'",
        "CREATE TABLE talk_point_2 AS SELECT * FROM talk_point",
        "DROP TABLE talk_point",
        "ALTER TABLE talk_point_2 RENAME TO talk_point",
        "UPDATE interaction SET note = note || ' (overgezet)'",
    ),
)


def one_of_the_states(states: list[State], found: State, confirmed: int) -> bool:
    """Exactly as after the last confirmed step, or the one after that."""
    return found in states[confirmed : confirmed + 2]


def updated_or_not(states: list[State], found: State, confirmed: int) -> bool:
    """The notebook is the old or the new one; a copy of the old one may lie beside it, and must before it changes."""
    before, after = states
    if confirmed or found[NAME] != before[NAME]:
        return found[NAME] == after[NAME] and before[NAME] in found.values()
    return set(found.values()) == {before[NAME]}


def restored_or_not(states: list[State], found: State, confirmed: int) -> bool:
    """The notebook is the old or the new one, and the one it replaces is never gone."""
    before, after = states
    if confirmed or found[NAME] != before[NAME]:
        return found[NAME] == after[NAME] and set(before.values()) <= set(found.values())
    return all(found.get(name) == digest for name, digest in before.items())


def state(folder: Path) -> State:
    """Every notebook below the folder, opened as the program does; what is damaged raises."""
    return {str(path.relative_to(folder)): digest(path) for path in sorted(notebooks_in(folder))}


def written_state(folder: Path) -> State:
    """What people wrote, in the notebook and its copies, but not what the program remembers of looking after them."""
    return {str(path.relative_to(folder)): digest(path, leave_out=("upkeep",)) for path in sorted(notebooks_in(folder))}


def notebooks_in(folder: Path) -> Iterator[Path]:
    """All that go by a name; what was being made when it stopped has none yet."""
    found = (path for path in folder.rglob("*.kapperboek") if path.is_file())
    return (path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def digest(path: Path, key: bytes | None = KEY, leave_out: tuple[str, ...] = ()) -> str:
    """Of all that stands in a notebook, but for what is drawn by lot and some settings; AssertionError when anything is
    amiss."""
    log = path.with_name(f"{path.name}-wal")
    content = path.read_bytes() + (log.read_bytes() if log.exists() else b"")
    fingerprint = hashlib.blake2b(content).digest() + repr(leave_out).encode()
    if fingerprint not in _DIGESTS:
        _DIGESTS[fingerprint] = _digest(path, key, leave_out)
    return _DIGESTS[fingerprint]


def _digest(path: Path, key: bytes | None, leave_out: tuple[str, ...]) -> str:
    with any_version(), open_notebook(path, key=key, clock=CLOCK, migrate=False) as book:
        version = book.value("PRAGMA user_version")
        assert book.value("PRAGMA integrity_check") == "ok"
        found = {"schema": book.rows("SELECT name, sql FROM sqlite_master ORDER BY name, sql")}
        for (table,) in book.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"):
            names = [row[0] for row in book.rows("SELECT name FROM pragma_table_info(?)", (table,))]
            told = [name for name in names if (table, name) not in BY_LOT and name not in ("uid", "before")]
            rows = sorted(book.rows(f"SELECT {', '.join(told)} FROM {table}"), key=repr)
            found[table] = [row for row in rows if row[0] not in (*generation.NAMES, *leave_out)]
        digest = hashlib.blake2b(repr((version, found)).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        if version == NEXT_STEP.VERSION - 1 and digest not in _CHECKED:
            assert (problems := integrity_check.check(book)) == [], problems
            _CHECKED.add(digest)
    return digest


class Scenario(NamedTuple):
    """``prepare`` makes the folder as it is before, ``work`` does the steps, ``fits`` judges what is found after by
    ``state``. Some ``may_be_silent``: what cannot be done now is done at another time, and nothing is lost by it.
    """

    name: str
    prepare: Callable[[Path], None]
    work: Callable[[Path, Confirm], None]
    fits: Callable[[list[State], State, int], bool]
    state: Callable[[Path], State] = state
    may_be_silent: bool = False
    saves: bool = False  # all of it with the notebook open; its state as it began lies beside it as "ouder"
    look_into: Callable[[Path], str] = digest


@contextmanager
def any_version() -> Iterator[None]:
    """Also a notebook that is a step further than this program is opened."""
    newest, runner.NEWEST = runner.NEWEST, NEXT_STEP.VERSION
    try:
        yield
    finally:
        runner.NEWEST = newest


def glance(folder: Path) -> None:
    """What another program does that comes by: read, and see whether it could write. UserError when it must wait."""
    with any_version(), open_notebook(folder / NAME, key=KEY, clock=CLOCK, migrate=False) as book:
        book.connection.execute("PRAGMA busy_timeout = 10").fetchone()
        customers.customer_count(book)
        with writing(book):
            pass


# ---- what is done


def _begin(folder: Path) -> Notebook:
    return notebooks.create(folder / NAME, key=KEY, shop_name="Zaak", staff_name="Odette", clock=CLOCK)


def open_it(folder: Path) -> Notebook:
    """As the program opens it, on the day that tests stand still on."""
    book = open_notebook(folder / NAME, key=KEY, clock=CLOCK)
    book.connection.execute("PRAGMA wal_autocheckpoint = 30").fetchone()  # tidy up often: that too may be interrupted
    return book


def with_one_customer(folder: Path) -> None:
    with _begin(folder) as book:
        customers.new_customer(book, CustomerRecord(given_name="Tine", phones=[Phone("06 11223344")]))


def with_one_customer_twice(folder: Path) -> None:
    """And the file as it is then once more, to be put in its place later."""
    with_one_customer(folder)
    shutil.copy(folder / NAME, folder / OLDER)


def save(folder: Path, confirm: Confirm) -> None:
    """Type, save, save another, take it back; and tidy up as in every quiet moment."""
    with open_it(folder) as book:
        for day in (1, 2):
            drafts.save(book, f"d{day}", "visit", 1, "half getypt " * 50)
            confirm()
            visit = VisitInput(
                1, f"2026-10-0{day}T10:00", 1, ("Knippen",), "7/1 40 g", note="Vertelde veel. " * 40,
                new_points=(NewPoint("Hoe was het eiland?"),), follow_up=NewFollowUp("Nabellen", date(2026, 12, 1)),
            )
            moments.record_visit(book, visit, draft_id=f"d{day}")
            confirm()
            moments.record_contact(book, ContactInput(1, "complaint", "2026-10-05T12:00", 1, note="Te kort"))
            confirm()
            journal.undo(book)
            confirm()
            while maintenance.join_a_little(book):
                pass
            maintenance.work_log_in(book)


def with_lists(folder: Path) -> None:
    with_one_customer(folder)
    for place in (1, 2):
        cards = "".join(
            f"BEGIN:VCARD\nVERSION:3.0\nUID:{place}-{n}\nFN:Naam{n} Zo{place}\nTEL:06{place}{n:07d}\nEND:VCARD\n"
            for n in range(PEOPLE)
        )
        (folder / f"lijst{place}.vcf").write_text(cards, "utf-8")


def bring(folder: Path, confirm: Confirm) -> None:
    """Two lists in, and the second out again."""
    with open_it(folder) as book:
        for place in (1, 2):
            (report,) = importing.import_files(book, [folder / f"lijst{place}.vcf"]).files
            if report.failed:
                raise UserError("not-read", report.failed[0][2])
            confirm()
        journal.undo(book)
        confirm()


def begin(folder: Path, confirm: Confirm) -> None:
    """The first start."""
    with _begin(folder):
        confirm()


def with_an_older_one(folder: Path) -> None:
    with_lists(folder)
    with open_it(folder) as book:
        importing.import_files(book, [folder / "lijst1.vcf"])
        visit = VisitInput(1, "2026-10-01T10:00", 1, note="Vertelde", new_points=(NewPoint("Hoe was het?"),))
        moments.record_visit(book, visit)


def migrate(folder: Path, confirm: Confirm) -> None:
    """One version further, as opening it does, with a copy made first."""
    runner.STEPS, runner.NEWEST = (*runner.STEPS, NEXT_STEP), NEXT_STEP.VERSION  # this process ends with the scenario
    with open_notebook(folder / NAME, key=KEY, clock=CLOCK) as book:
        if not book.read_only:  # on a disk that cannot be written it is opened as it is
            confirm()


def with_a_copy(folder: Path) -> None:
    with_an_older_one(folder)
    (folder / "kopie").mkdir()
    with open_it(folder) as book:
        maintenance.backup(book, folder / "kopie")
        customers.new_customer(book, CustomerRecord(given_name="Sindsdien"))


def copy(folder: Path, confirm: Confirm) -> None:
    """The copy of the day made anew, and one of another day beside it."""
    with open_it(folder) as book:
        maintenance.backup(book, folder / "kopie")
        confirm()
        book.clock = FixedClock(datetime(2026, 11, 23, 9, 0))
        maintenance.daily_backup(book, folder / "kopie")
        confirm()


def restore(folder: Path, confirm: Confirm) -> None:
    """A copy in the notebook's place."""
    (backup,) = (folder / "kopie").glob("*.kapperboek")
    maintenance.restore(backup, folder / NAME, key=KEY, now=NOW)
    confirm()


SCENARIOS = (
    Scenario("saving", with_one_customer_twice, save, one_of_the_states, saves=True),
    Scenario("importing, undoing", with_lists, bring, one_of_the_states),
    Scenario("beginning", lambda folder: None, begin, one_of_the_states),
    Scenario("migrating", with_an_older_one, migrate, updated_or_not, may_be_silent=True),
    Scenario("backing up", with_a_copy, copy, one_of_the_states, written_state),
    Scenario("restoring", with_a_copy, restore, restored_or_not),
)


def all_of_them() -> tuple[Scenario, ...]:
    """Every scenario there is."""
    from tests.faults import care, locking

    return (*SCENARIOS, *locking.SCENARIOS, *care.SCENARIOS)
