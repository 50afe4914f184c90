"""All or nothing, noted in the journal, and no update lost between two writers."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kapperboek.domain.errors import ChangedMeanwhile, UserError
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.journal import undo_change
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write import draft_store, journaled_tables, setting_store
from kapperboek.storage.write.unit_of_work import unit_of_work
from tests.conftest import KEY
from tests.storage.conftest import CREATED, add_customer, add_visit, content


def test_saved_says_what_was_touched(bare: Notebook) -> None:
    from kapperboek.storage.write.tables import CardLineRow

    customer = add_customer(bare)
    with unit_of_work(bare, "eerst") as uow:
        uow.add(CardLineRow(customer_id=customer, kind="warning", text="Gevoelige hoofdhuid"))
        uow.say("Let op bewaard")
    assert uow.saved == (
        2,
        "Let op bewaard",
        frozenset({"card_line"}),
        frozenset({customer}),
        customer,
        False,
    )
    assert bare.value("SELECT what FROM change WHERE id = 2") == "Let op bewaard"


def test_a_row_written_at_once_is_in_the_journal_as_any_other(bare: Notebook) -> None:
    from kapperboek.storage.write.tables import TalkPointRow

    customer = add_customer(bare)
    before = content(bare)
    with unit_of_work(bare, "vraag") as uow:
        uow.insert(TalkPointRow(customer_id=customer, text="Hoe was Texel?", made_on="2026-11-20"))
    assert (uow.saved.customer_id, uow.saved.kinds) == (customer, frozenset({"talk_point"}))
    assert bare.value("SELECT open_talk_points FROM customer_fact WHERE customer_id = ?", (customer,)) == 1
    undo_change.undo(bare, uow.saved.change_id)
    assert content(bare) == before


def test_an_exception_leaves_nothing(bare: Notebook) -> None:
    from kapperboek.storage.write.tables import Household

    before = content(bare, versions=True)
    with pytest.raises(ZeroDivisionError), unit_of_work(bare, "half") as uow:
        uow.add(Household(name="Jansen"))
        uow.session.flush()
        uow.bulk_insert("staff", ("id", "name"), [(uow.next_id("staff"), "Sanne")])
        1 / 0  # noqa: B018
    assert content(bare, versions=True) == before
    assert bare.value("SELECT count(*) FROM change") == 0
    add_customer(bare)  # the connection is as good as new


def test_nothing_changed_leaves_no_change(bare: Notebook) -> None:
    from kapperboek.storage.write.tables import Customer

    customer = add_customer(bare)
    with unit_of_work(bare, "niets") as uow:
        row = uow.get(Customer, customer)
        assert row is not None
        row.note = row.note
        setting_store.put(uow, "name", "x")
    with unit_of_work(bare, "niets") as uow:
        setting_store.put(uow, "name", "x")
    assert uow.saved.change_id == 0
    assert bare.value("SELECT count(*) FROM change") == 2


def test_one_within_another_is_a_bug(bare: Notebook) -> None:
    with unit_of_work(bare, "buiten"), pytest.raises(RuntimeError), unit_of_work(bare, "binnen"):
        pass
    add_customer(bare)


def test_ids_are_never_given_twice(bare: Notebook) -> None:
    from kapperboek.storage.write.tables import Customer, InteractionRow

    customer = add_customer(bare)
    visit = add_visit(bare, customer)
    with unit_of_work(bare, "weg") as uow:
        row = uow.get(InteractionRow, visit)
        assert row is not None
        uow.delete(row)
    assert add_visit(bare, customer) > visit
    with unit_of_work(bare, "reeks") as uow:
        first = uow.next_id("customer", 3)
        assert first == customer + 1
        other = Customer(uid="u", number="9", created_at=CREATED)
        uow.add(other)
        assert other.id == first + 3


def test_versions_count_every_edit(bare: Notebook) -> None:
    from kapperboek.storage.write.tables import Customer

    customer = add_customer(bare)
    for note in ("één", "twee"):
        with unit_of_work(bare, "aangepast") as uow:
            row = uow.get(Customer, customer)
            assert row is not None
            row.note = note
    assert bare.row("SELECT version, note FROM customer") == (3, "twee")


def test_changed_meanwhile_shows_both_texts(bare: Notebook) -> None:
    from kapperboek.storage.write.tables import Staff, TalkPointRow

    customer = add_customer(bare)
    with unit_of_work(bare, "ploeg") as uow:
        uow.add(Staff(name="Sanne"))
    with unit_of_work(bare, "punt", staff_id=1) as uow:
        uow.add(TalkPointRow(customer_id=customer, text="Hoe was Lissabon?", made_on="2026-11-22"))
    with pytest.raises(ChangedMeanwhile) as caught, unit_of_work(bare, "later") as uow:
        point = uow.get(TalkPointRow, 1)
        assert point is not None
        uow.check_version(point, 7, "Hoe was Porto?")
    assert (caught.value.theirs, caught.value.ours) == ("Hoe was Lissabon?", "Hoe was Porto?")
    assert "Sanne" in caught.value.message


def test_two_writers_lose_no_update(bare: Notebook) -> None:
    """Each reads a number and writes it one higher; a lost update would leave the sum too low."""

    def count(book: Notebook) -> None:
        for _turn in range(25):
            with unit_of_work(book, "tellen") as uow:
                setting_store.put(uow, "teller", book.get_setting("teller", 0) + 1)

    writers = [bare.again() for _ in range(3)]
    threads = [threading.Thread(target=count, args=(book,)) for book in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for book in writers:
        book.close()
    assert bare.get_setting("teller") == 75


def test_bulk_and_session_are_journaled_alike(path: Path) -> None:
    from kapperboek.storage.write.tables import Customer

    journals = []
    for way in ("bulk", "session"):
        with open_notebook(path.with_stem(way), key=KEY, create=True) as book:
            with unit_of_work(book, "nieuw") as uow:
                if way == "bulk":
                    columns = ("id", "uid", "number", "given_name", "created_at")
                    first = uow.next_id("customer", 3)
                    uow.bulk_insert(
                        "customer", columns, [(first + n, f"u{n}", str(n), "Els", CREATED) for n in range(3)]
                    )
                else:
                    for n in range(3):
                        uow.add(Customer(uid=f"u{n}", number=str(n), given_name="Els", created_at=CREATED))
            assert uow.saved.customers == {1, 2, 3}
            journals.append((book.rows("SELECT * FROM change_row ORDER BY seq"), content(book)))
    assert journals[0] == journals[1]


def test_bulk_with_gaps_between_the_ids(bare: Notebook) -> None:
    add_customer(bare)
    with unit_of_work(bare, "nieuw") as uow:
        uow.bulk_insert(
            "customer",
            ("id", "uid", "number", "created_at"),
            [(5, "a", "5", CREATED), (9, "b", "9", CREATED)],
        )
    rows = bare.rows("SELECT seq, row_key, customer_id FROM change_row WHERE change_id = 2 ORDER BY seq")
    assert rows == [(1, "5", 5), (2, "9", 9)]


def test_a_reference_to_nobody_is_refused_as_a_whole(bare: Notebook) -> None:
    from sqlcipher3.dbapi2 import IntegrityError

    from kapperboek.storage.write.tables import TalkPointRow

    with pytest.raises(IntegrityError), unit_of_work(bare, "fout") as uow:
        uow.add(TalkPointRow(customer_id=99, text="Wie?", made_on="2026-11-22"))
    assert bare.value("SELECT count(*) FROM talk_point") == 0


def test_tables_say_what_the_file_says(bare: Notebook) -> None:
    """The classes and the migrated schema agree on columns, what may be empty, and keys."""
    from sqlmodel import SQLModel

    from kapperboek.storage.write import tables

    described = SQLModel.metadata.tables
    assert tables.Customer.__tablename__ in described
    assert set(journaled_tables.JOURNALED) == set(described)
    for name, table in described.items():
        in_file = {
            row[0]: (bool(row[1]) or bool(row[2]), row[2] > 0)
            for row in bare.rows('SELECT name, "notnull", pk FROM pragma_table_info(?) ORDER BY cid', (name,))
        }
        in_class = {column.name: (not column.nullable, column.primary_key) for column in table.columns}
        assert in_class == in_file, name
        points_at = {
            (row[0], row[1])
            for row in bare.rows('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (name,))
        }
        assert {(key.parent.name, key.column.table.name) for key in table.foreign_keys} == points_at, name


def test_a_draft_is_there_at_once_and_goes_with_the_save(bare: Notebook) -> None:
    draft_store.save(bare, "a", "visit", 0, "half een")
    draft_store.save(bare, "a", "visit", 0, "half een zin")
    with bare.again() as second:
        assert [(draft.id, draft.payload) for draft in draft_store.load(second)] == [("a", "half een zin")]
    with pytest.raises(UserError), unit_of_work(bare, "mislukt"):
        draft_store.drop(bare, "a")
        raise UserError("x", "mislukt")
    assert len(draft_store.load(bare)) == 1
    with unit_of_work(bare, "gelukt") as uow:
        setting_store.put(uow, "name", "x")
        draft_store.drop(bare, "a")
    assert draft_store.load(bare) == []
