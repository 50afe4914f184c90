"""What a save writes and what it leaves for a quiet moment; neither may change what is found."""

from __future__ import annotations

import shutil
import threading
from datetime import date
from pathlib import Path

import pytest

from kapperboek.domain.errors import UserError
from kapperboek.domain.records import Address, CustomerRecord, Email, Phone
from kapperboek.services import journal
from kapperboek.services.customers import customers
from kapperboek.services.inputs import NewFollowUp, NewPoint, VisitInput
from kapperboek.services.moments import moments
from kapperboek.storage.derived import full_text, idle_maintenance
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from tests.conftest import KEY
from tests.storage.conftest import rebuild

Index = dict[str, list[tuple[object, ...]]]


def index(book: Notebook) -> Index:
    """Every word of every index, with where it stands."""
    found: Index = {}
    for table in full_text.TABLES:
        book.connection.execute(f"CREATE VIRTUAL TABLE temp.seen USING fts5vocab('main', '{table}', 'instance')")
        found[table] = sorted(book.rows("SELECT term, doc, coalesce(col, '') FROM temp.seen"))
        book.connection.execute("DROP TABLE temp.seen")
    return found


def rebuilt(book: Notebook) -> Index:
    """As it is when everything is read again."""
    rebuild(book)
    return index(book)


def pieces(book: Notebook, table: str = "search_text") -> int:
    """In how many pieces an index stands in the file."""
    return int(book.value(f"SELECT count(DISTINCT segid) FROM {table}_idx"))


def written(book: Notebook) -> set[str]:
    """The indexes that the next thing done here writes; to be asked before and after."""
    return {f"{table} {book.rows(f'SELECT * FROM {table}_data')}" for table in full_text.TABLES}


def add(book: Notebook, given: str = "Tine") -> int:
    record = CustomerRecord(given_name=given, family_name="Klaassen", phones=[Phone("06 11223344")])
    record.emails, record.addresses = [Email("tine@voorbeeld.nl")], [Address("Dorpsstraat", "12", "8011 AB", "Zwolle")]
    saved = customers.new_customer(book, record)
    return saved.customer_id


def note(book: Notebook, customer_id: int, text: str = "Vertelde over Lissabon.") -> None:
    visit = VisitInput(
        customer_id, "2026-10-01T10:00", 1, ("Knippen",), "7/1 40 g", note=text,
        new_points=(NewPoint("Hoe was het eiland?"),), follow_up=NewFollowUp("Nabellen", date(2026, 12, 1)),
    )
    moments.record_visit(book, visit)


def test_a_visit_writes_no_index_but_that_of_texts(book: Notebook) -> None:
    customer_id = add(book)
    before = written(book)
    note(book, customer_id)
    assert {table.split()[0] for table in written(book) - before} == {"search_text"}


def test_the_index_is_as_if_all_of_it_was_written(book: Notebook) -> None:
    one, two = add(book), add(book, "Wim")
    note(book, one)
    assert index(book) == rebuilt(book)
    record, version = customers.identity(book, two)
    record.given_name, record.phones, record.emails = "Willem", [Phone("038 4567890")], []
    customers.edit_customer(book, two, record, version=version)
    assert index(book) == rebuilt(book)
    customers.add_line(book, two, "wish", "Graag bij het raam")
    assert index(book) == rebuilt(book)
    for _step in range(5):
        journal.undo(book)
        assert index(book) == rebuilt(book)


def test_pieces_are_joined_and_nothing_else_changes(book: Notebook) -> None:
    customer_id = add(book)
    idle_maintenance.join_a_little(book)
    for turn in range(8):
        note(book, customer_id, f"keer{turn}")
    before, found = pieces(book), index(book)
    assert before > 8, "from now on saving leaves them"
    while idle_maintenance.join_a_little(book):
        pass
    assert pieces(book) < before
    assert index(book) == found == rebuilt(book)


def test_joining_does_not_wait_for_another_writer(book: Notebook) -> None:
    add(book)
    other = book.again()
    other.connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError) as told:
        idle_maintenance.join_a_little(book)
    assert told.value.code == "in-use"
    other.close()
    idle_maintenance.join_a_little(book)
    assert book.value("PRAGMA busy_timeout") > 1000, "a save waits"


def test_joining_begins_no_log(book: Notebook) -> None:
    """It would carry no mark of its own, and be taken for the log of any older state put in the file's place."""
    customer_id = add(book)
    idle_maintenance.join_a_little(book)
    for turn in range(8):
        note(book, customer_id, f"keer{turn}")
    idle_maintenance.work_log_in(book)
    assert idle_maintenance.join_a_little(book) is False and idle_maintenance.left_in_log(book) == 0
    note(book, customer_id, "later")
    assert idle_maintenance.join_a_little(book)


def test_the_log_is_worked_in_while_somebody_reads(book: Notebook) -> None:
    def log() -> tuple[int, int]:
        _busy, pages, done = book.rows("PRAGMA wal_checkpoint(NOOP)")[0]
        return pages, done

    customer_id = add(book)
    idle_maintenance.work_log_in(book)
    for _visit in range(60):
        note(book, customer_id)
    pages = log()[0]
    assert log()[1] == 0, "no save did it"
    worker = book.again()
    thread = threading.Thread(target=idle_maintenance.work_log_in, args=(worker,))
    thread.start()
    thread.join()
    worker.close()
    assert log()[0] == log()[1]
    alone = Path(shutil.copy(book.path, book.path.with_name("alone.kapperboek")))
    with open_notebook(alone, key=KEY, read_only=True) as copy:
        assert copy.value("SELECT count(*) FROM interaction") == 60, "a copy without the log lacks nothing"
    note(book, customer_id)
    assert log()[0] < pages, "the log begins anew"


def test_a_notebook_that_may_only_be_read_is_left_alone(book: Notebook, tmp_path: Path) -> None:
    path = book.path
    note(book, add(book))
    with open_notebook(path, key=KEY, read_only=True) as reading:
        assert idle_maintenance.join_a_little(reading) is False
        idle_maintenance.work_log_in(reading)
