"""What one person did in one sitting, newest first; what of it may be taken back unasked; and having it again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from kapperboek import demo
from kapperboek.domain.errors import UserError
from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.time.clock import FixedClock
from kapperboek.domain.views.saved import Saved, TakenBack
from kapperboek.domain.views.undo_view import Sitting, TakeBack
from kapperboek.services import journal, settings
from kapperboek.services.customers import customers
from kapperboek.services.importing import importing
from kapperboek.services.keeping import locking, notebooks
from kapperboek.services.moments import appointments, moments, talk
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write.unit_of_work import unit_of_work
from tests.conftest import KEY
from tests.storage.conftest import content

SANNE, NOOR, YARA = 2, 3, 4
ELS, PIET = 1, 2


def begin(book: Notebook, staff_id: int = SANNE, customer_id: int = ELS, here: frozenset[int] = frozenset()) -> Sitting:
    return Sitting(staff_id, journal.last_change(book), customer_id, here)


def back(book: Notebook, sitting: Sitting, again: bool = False) -> Saved:
    done = journal.take_back(book, sitting, again=again)
    assert isinstance(done, Saved)
    return done


def asked(book: Notebook, sitting: Sitting, again: bool = False) -> TakeBack:
    before = content(book, versions=True)
    question = journal.take_back(book, sitting, again=again)
    assert isinstance(question, TakeBack) and content(book, versions=True) == before
    return question


def test_newest_first_on_the_card_in_front_and_all_of_it_again(salon: Notebook) -> None:
    sitting = begin(salon)
    states = [content(salon)]
    for text in ("een", "twee", "drie"):
        talk.add_point(salon, ELS, text, by=SANNE)
        states.append(content(salon))
    for state in reversed(states[:-1]):
        assert isinstance(back(salon, sitting), TakenBack) and content(salon) == state
    assert journal.take_back(salon, sitting) is None, "what was done before this sitting stays"
    for state in states[1:]:
        assert not isinstance(back(salon, sitting, again=True), TakenBack) and content(salon) == state
    assert journal.take_back(salon, sitting, again=True) is None
    back(salon, sitting)
    assert content(salon) == states[2]


def test_having_it_again_is_over_once_something_new_is_done(salon: Notebook) -> None:
    sitting = begin(salon)
    talk.add_point(salon, ELS, "een", by=SANNE)
    back(salon, sitting)
    talk.add_point(salon, ELS, "twee", by=SANNE)
    assert journal.take_back(salon, sitting, again=True) is None
    back(salon, sitting)
    assert "Opnieuw" in back(salon, sitting, again=True).what
    assert journal.take_back(salon, sitting, again=True) is None


def test_nobody_takes_back_what_another_did_or_what_is_older_or_from_elsewhere(salon: Notebook) -> None:
    talk.add_point(salon, ELS, "voor de pauze", by=SANNE)
    sitting = begin(salon)
    talk.add_point(salon, ELS, "van Noor", by=NOOR)
    with unit_of_work(salon, "van de opdrachtregel", source="command") as uow:
        uow.execute("UPDATE customer SET note = 'x', version = version + 1 WHERE id = 1")
        uow.note("customer", 1, "update", {"note": ""}, salon.value("SELECT version FROM customer WHERE id = 1"), 1)
    assert journal.take_back(salon, sitting) is None
    assert journal.take_back(salon, begin(salon, 0)) is None, "a demo that was just filled stays"
    assert journal.take_back(salon, Sitting(0, 0)) is None


def test_where_nobody_is_named_another_station_is_somebody_else(book: Notebook) -> None:
    """A shop without staff: both stations write as nobody, and Ctrl+Z is about what was done at this one."""
    els = customers.new_customer(book, CustomerRecord(given_name="Els")).customer_id
    sitting = begin(book, 0, customer_id=els)
    talk.add_point(book, els, "hier")
    there = talk.add_point(book, els, "daar").change_id
    book.connection.execute("UPDATE change SET uid = lower(hex(randomblob(16))) WHERE id = ?", (there,))
    back(book, sitting)
    assert [point.text for point in customers.open_card(book, els).talk_points] == ["daar"]
    assert journal.take_back(book, sitting) is None
    back(book, sitting, again=True)
    assert len(customers.open_card(book, els).talk_points) == 2


def test_another_card_is_asked_first_by_its_name(salon: Notebook) -> None:
    sitting = begin(salon)
    saved = talk.add_point(salon, PIET, "voor Piet", by=SANNE)
    question = asked(salon, sitting)
    name = salon.value("SELECT full_name FROM customer WHERE id = ?", (PIET,))
    assert (question.change_id, question.cards, question.other_card) == (saved.change_id, 1, True)
    assert question.customer == name
    assert question.parts["insert"] == {"talk_point": 1}
    journal.undo(salon, question.change_id, by=SANNE)
    assert asked(salon, sitting, again=True).parts["delete"] == {"talk_point": 1}


def test_without_a_card_in_front_only_what_was_done_on_this_page(salon: Notebook) -> None:
    sitting = begin(salon, customer_id=0)
    saved = talk.add_point(salon, PIET, "voor Piet", by=SANNE)
    assert not asked(salon, sitting).other_card
    undone = back(salon, sitting._replace(here=frozenset({saved.change_id})))
    assert asked(salon, sitting, again=True).again
    back(salon, sitting._replace(here=frozenset({undone.change_id})), again=True)


def test_another_day_is_asked_first(salon: Notebook) -> None:
    salon.clock = FixedClock(datetime(2026, 11, 22, 23, 58))
    sitting = begin(salon)
    talk.add_point(salon, ELS, "laat", by=SANNE)
    salon.clock = FixedClock(datetime(2026, 11, 23, 0, 3))
    question = asked(salon, sitting)
    assert question.other_day and question.at == "2026-11-22T23:58"


def test_many_cards_are_counted_also_once_they_are_gone(salon: Notebook) -> None:
    demo = int(salon.value("SELECT id FROM change WHERE source = 'demo'"))
    assert journal.cards(salon, demo) == 300
    undone = journal.undo(salon, demo, by=SANNE)
    assert journal.cards(salon, undone.change_id) == 300
    found = journal.changes(salon, limit=2)
    assert [(one.cards, one.direction) for one in found] == [(300, "restores"), (300, "removes")]
    sitting = Sitting(SANNE, demo)
    question = asked(salon, sitting)
    assert question.cards == 300 and question.parts["delete"]["customer"] == 300


def test_the_large_count_is_the_small_one(salon: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    from kapperboek.storage.journal import change_extent

    few = talk.add_point(salon, ELS, "een", by=SANNE).change_id
    for counted_one_by_one in (10**9, -1):
        monkeypatch.setattr(change_extent, "FEW", counted_one_by_one)
        demo = int(salon.value("SELECT id FROM change WHERE source = 'demo'"))
        assert (change_extent.cards(salon, demo), change_extent.cards(salon, few)) == (300, 1)


def test_one_owner_stays_when_all_staff_is_taken_back(tmp_path: Path, clock: FixedClock) -> None:
    """As where the window begins with a demo: nobody was there before. It is done again without that in the way."""
    with notebooks.create(tmp_path / "demo.kapperboek", key=KEY, clock=clock) as book:
        demo.fill(book, customers=5)
        before, change = content(book), journal.last_change(book)
        sanne = settings.staff(book)[0].id
        saved = journal.undo(book, change, by=sanne)
        assert [(one.id, one.role, one.active) for one in settings.staff(book)] == [(sanne, "owner", True)]
        assert "maar Sanne blijft" in saved.what and customers.customer_count(book) == 0
        journal.undo(book, saved.change_id, by=sanne)
        assert content(book) == before
        talk.add_point(book, ELS, "Porto", by=sanne)
        journal.undo(book, by=sanne)
        journal.undo(book, change)  # from the command line: by nobody, but Sanne worked here
        assert [one.name for one in settings.staff(book)] == ["Sanne"]


def test_no_way_leads_to_a_notebook_without_an_owner(salon: Notebook) -> None:
    """Whoever writes the staff, by whatever use case."""
    with pytest.raises(UserError) as caught, unit_of_work(salon, "") as uow:
        from kapperboek.storage.write.tables import Staff

        for id in (SANNE, NOOR, YARA):
            row = uow.get(Staff, id)
            assert row is not None
            row.active = False
    assert caught.value.code == "last-owner" and sum(one.active for one in settings.staff(salon)) == 3


def test_where_nobody_is_owner_whoever_works_there_makes_one_and_then_it_is_over(salon: Notebook) -> None:
    salon.connection.execute("UPDATE staff SET role = 'staff'")
    locking.set_role(salon, NOOR, "owner", by=YARA)
    with pytest.raises(UserError) as caught:
        locking.set_role(salon, YARA, "owner", by=YARA)
    assert caught.value.code == "owner-only"


def test_an_undo_of_something_older_is_itself_something_done(salon: Notebook) -> None:
    old = talk.add_point(salon, ELS, "van gisteren", by=SANNE)
    sitting = begin(salon)
    before = content(salon)
    journal.undo(salon, old.change_id, by=SANNE)  # from Wijzigingen
    assert not isinstance(back(salon, sitting), TakenBack) and content(salon) == before
    assert isinstance(back(salon, sitting, again=True), TakenBack)


def test_what_was_imported_is_asked_first_also_of_one_card(book: Notebook, tmp_path: Path) -> None:
    path = tmp_path / "een.csv"
    path.write_text("Voornaam;Telefoon\nTessa;0655443322\n", "utf-8")
    sitting = begin(book, 1, customer_id=0)
    report = importing.import_files(book, [path], by=1)
    question = asked(book, sitting._replace(here=frozenset({report.batch})))
    assert question.source == "import" and question.customer == "Tessa" and question.cards == 1
    assert customers.customer_count(book) == 1


def test_staff_may_have_again_the_import_they_took_back(salon: Notebook, tmp_path: Path) -> None:
    path = tmp_path / "een.csv"
    path.write_text("Voornaam;Telefoon;Vaste kapper\nTessa;0655443322;Fleur\n", "utf-8")
    sitting = begin(salon, NOOR, customer_id=0)
    importing.import_files(salon, [path], by=NOOR)
    after = content(salon)
    for again in (False, True, False, True):
        journal.undo(salon, asked(salon, sitting, again).change_id, by=NOOR)
    assert content(salon) == after
    brought = asked(salon, sitting).change_id
    with pytest.raises(UserError, match="eigenaar"):
        journal.undo(salon, brought, by=YARA)


def test_what_was_moved_is_said_to_become_what_it_was(salon: Notebook) -> None:
    appointments.add_appointment(salon, ELS, "2026-12-01T10:00", 30, by=SANNE)
    (made,) = [one for one in customers.open_card(salon, ELS).appointments if one.at == "2026-12-01T10:00"]
    sitting = begin(salon, customer_id=PIET)
    moments.edit_moment(salon, made.id, {"at": "2026-12-02T10:00"}, version=made.version, by=SANNE)
    assert asked(salon, sitting).parts == {"insert": {}, "delete": {}, "update": {"interaction": 1}}
