"""Every change can be taken back to the very words that stood there, or says what is in the way."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kapperboek.domain.errors import NotFound, UserError
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.journal import change_history
from kapperboek.storage.write import setting_store
from kapperboek.storage.write.unit_of_work import unit_of_work
from tests.storage.conftest import CREATED, add_customer, add_visit, content


def edit(book: Notebook, customer_id: int, *, staff_id: int = 0, **columns: object) -> int:
    from kapperboek.storage.write.tables import Customer

    with unit_of_work(book, "Kaart aangepast", staff_id=staff_id) as uow:
        row = uow.get(Customer, customer_id)
        assert row is not None
        for name, value in columns.items():
            setattr(row, name, value)
    return uow.saved.change_id


def in_the_way(book: Notebook, change_id: int) -> str:
    """Refused, with everything as it was; gives the sentence."""
    before = content(book, versions=True)
    with pytest.raises(UserError) as caught:
        change_history.undo(book, change_id)
    assert caught.value.code == "in-the-way"
    assert content(book, versions=True) == before
    return caught.value.message


def test_undo_one_by_one_back_to_nothing_and_forth_again(bare: Notebook) -> None:
    states = [content(bare)]
    customer = add_customer(bare)
    states.append(content(bare))
    visit = add_visit(bare, customer, recipe="7/1 40 g")
    states.append(content(bare))
    edit(bare, customer, note="houdt van \x00 rare tekens 🙂", deceased=True)
    states.append(content(bare))
    with unit_of_work(bare, "weg") as uow:
        from kapperboek.storage.write.tables import InteractionRow

        row = uow.get(InteractionRow, visit)
        assert row is not None
        uow.delete(row)
    states.append(content(bare))
    undone = []
    for state in reversed(states[:-1]):
        undone.append(change_history.undo(bare).change_id)
        assert content(bare) == state
    with pytest.raises(UserError) as caught:
        change_history.undo(bare)
    assert caught.value.code == "nothing-to-undo"
    for change, state in zip(reversed(undone), states[1:], strict=True):
        assert change_history.undo(bare, change).what.startswith("Opnieuw gedaan")
        assert content(bare) == state
    assert integrity_check.check(bare) == []


def test_undone_twice_is_refused(bare: Notebook) -> None:
    change = edit(bare, add_customer(bare), note="x")
    change_history.undo(bare, change)
    with pytest.raises(UserError) as caught:
        change_history.undo(bare, change)
    assert caught.value.code == "nothing-to-undo"
    with pytest.raises(NotFound):
        change_history.undo(bare, 99)


def test_versions_only_go_up(bare: Notebook) -> None:
    customer = add_customer(bare)
    edit(bare, customer, note="x")
    change_history.undo(bare)
    assert bare.value("SELECT version FROM customer") == 3


def test_a_later_edit_is_in_the_way_until_it_is_undone(bare: Notebook) -> None:
    from kapperboek.storage.write.tables import Staff

    with unit_of_work(bare, "ploeg") as uow:
        uow.add(Staff(name="Sanne"))
    customer = add_customer(bare)
    first = edit(bare, customer, note="eerst")
    second = edit(bare, customer, staff_id=1, note="later")
    assert "Sanne" in in_the_way(bare, first)
    undo = change_history.undo(bare, second).change_id
    change_history.undo(bare, first)
    assert bare.value("SELECT note FROM customer") == ""
    in_the_way(bare, undo)  # doing the second again would skip the first


def test_two_columns_edited_in_turn_and_taken_back_in_turn(bare: Notebook) -> None:
    customer = add_customer(bare)
    other = add_customer(bare, "Piet")
    first = edit(bare, customer, note="een")
    edit(bare, other, note="iets anders")
    change_history.undo(bare, first)
    assert bare.rows("SELECT note FROM customer ORDER BY id") == [("",), ("iets anders",)]


def test_a_new_customer_with_a_visit_since_is_named(bare: Notebook) -> None:
    customer = add_customer(bare, "Marieke")
    add_visit(bare, customer)
    assert "Marieke" in in_the_way(bare, 1)
    change_history.undo(bare)
    change_history.undo(bare)
    assert bare.value("SELECT count(*) FROM customer") == 0


def test_what_took_the_place_is_in_the_way(bare: Notebook) -> None:
    customer = add_customer(bare)
    change = edit(bare, customer, number="412")
    add_customer(bare, "Piet")
    other = bare.value("SELECT id FROM customer WHERE given_name = 'Piet'")
    edit(bare, other, number="1")
    in_the_way(bare, change)


def import_people(book: Notebook, count: int) -> int:
    """An import as the record writer does it: many rows of several tables, with a new staff member."""
    with unit_of_work(book, "Ingelezen", source="import") as uow:
        uow.bulk_insert("staff", ("id", "name"), [(uow.next_id("staff"), "Kim")])
        first, visits = uow.next_id("customer", count), uow.next_id("interaction", 2 * count)
        people = [(first + n, f"i{n}", f"9{n}", f"Naam {n}", CREATED) for n in range(count)]
        uow.bulk_insert("customer", ("id", "uid", "number", "full_name", "created_at"), people)
        moments = [
            (visits + n, first + n // 2, f"2026-0{1 + n % 2}-01T10:00", "visit", 1) for n in range(2 * count)
        ]
        uow.bulk_insert("interaction", ("id", "customer_id", "at", "kind", "staff_id"), moments)
    return uow.saved.change_id


def test_an_import_goes_and_comes_back_whole(bare: Notebook) -> None:
    add_customer(bare)
    before = content(bare)
    change = import_people(bare, 450)
    after = content(bare)
    undo = change_history.undo(bare, change)
    assert content(bare) == before
    assert undo.many
    change_history.undo(bare, undo.change_id)
    assert content(bare) == after
    assert integrity_check.check(bare) == []


def test_an_import_with_work_done_since_names_at_most_three(bare: Notebook) -> None:
    change = import_people(bare, 10)
    for customer in range(1, 6):
        add_visit(bare, customer)
    message = in_the_way(bare, change)
    assert message.count("Naam") == 3
    for _turn in range(5):
        change_history.undo(bare)
    edit(bare, 4, note="x")
    assert "Kaart aangepast" in in_the_way(bare, change)
    change_history.undo(bare)
    change_history.undo(bare, change)
    assert bare.value("SELECT count(*) FROM customer") == 0


def test_settings_are_undone_too(bare: Notebook) -> None:
    for name in ("Salon Sanne", "Sanne & Co"):
        with unit_of_work(bare, "Instellingen") as uow:
            setting_store.put(uow, "name", name)
    change_history.undo(bare)
    assert bare.get_setting("name") == "Salon Sanne"
    change_history.undo(bare)
    assert bare.get_setting("name") is None


def test_the_journal_says_who_changed_what(bare: Notebook) -> None:
    from kapperboek.storage.write.tables import Staff

    with unit_of_work(bare, "ploeg") as uow:
        uow.add(Staff(name="Sanne"))
    customer = add_customer(bare)
    add_customer(bare, "Piet")
    edit(bare, customer, staff_id=1, note="een", customer_since="2019-03-02")
    edit(bare, customer, note="twee", no_advertising=True, regular_staff_id=1, preferred_channel="call")
    latest, earlier, made = change_history.changes(bare, customer)
    assert (earlier.staff, earlier.at, earlier.undone) == ("Sanne", "2026-11-22T09:00", False)
    assert earlier.details == (("Klant sinds", "", "2 mrt 2019"), ("Notitie", "", "een"))
    assert ("Notitie", "een", "twee") in latest.details
    assert ("Geen reclame", "nee", "ja") in latest.details
    assert ("Vaste kapper", "", "Sanne") in latest.details
    assert ("Liefst bereikt via", "", "telefoon") in latest.details  # and not the key
    assert made.what == "Els toegevoegd"
    assert [change.what for change in change_history.changes(bare, limit=2, before=latest.id)] == [
        earlier.what,
        "Piet toegevoegd",
    ]


words = st.text(alphabet=st.characters(codec="utf-8"), max_size=30)
steps = st.lists(
    st.tuples(st.sampled_from(["add", "visit", "edit", "move", "drop", "undo", "redo"]), words),
    min_size=1,
    max_size=12,
)


@given(steps)
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_was_done_undoing_all_of_it_gives_the_notebook_before(
    bare: Notebook, todo: list[tuple[str, str]]
) -> None:
    before, last = content(bare), bare.value("SELECT coalesce(max(id), 0) FROM change")
    for step, text in todo:
        do(bare, step, text, last)
    assert integrity_check.check(bare) == []
    while bare.value(
        "SELECT count(*) FROM change WHERE id > ? AND undoes_id IS NULL AND undone_by_id IS NULL", (last,)
    ):
        change_history.undo(bare)
    assert content(bare) == before
    assert integrity_check.check(bare) == []


def do(book: Notebook, step: str, text: str, since: int) -> None:
    """One thing a person might do with whatever there is."""
    from kapperboek.storage.write.tables import InteractionRow

    customer = book.value("SELECT max(id) FROM customer")
    visit = book.value("SELECT max(id) FROM interaction")
    if step == "add" or (customer is None and step in ("visit", "edit")):
        add_customer(book, text)
    elif step == "visit":
        add_visit(book, customer, note=text)
    elif step == "edit":
        edit(book, customer, note=text)
    elif step in ("move", "drop") and visit is not None:
        with unit_of_work(book, step) as uow:
            row = uow.get(InteractionRow, visit)
            assert row is not None
            if step == "drop":
                uow.delete(row)
            else:
                row.at, row.note = "2025-01-01T12:00", text
    elif step == "undo":
        if book.value(
            "SELECT count(*) FROM change WHERE id > ? AND undoes_id IS NULL AND undone_by_id IS NULL",
            (since,),
        ):
            change_history.undo(book)
    elif step == "redo":
        last = book.value(
            "SELECT max(id) FROM change WHERE id > ? AND undoes_id IS NOT NULL AND undone_by_id IS NULL",
            (since,),
        )
        if last is not None and last == book.value("SELECT max(id) FROM change"):
            change_history.undo(book, last)
