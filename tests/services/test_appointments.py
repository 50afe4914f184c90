"""Appointments: proposed, made, moved, called off, kept or missed; each one change that can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from kapperboek.domain.errors import ChangedMeanwhile, NotFound, UserError
from kapperboek.domain.records import CustomerRecord
from kapperboek.services import journal, settings, today
from kapperboek.services.customers import customers
from kapperboek.services.inputs import ContactInput, NewAppointment, VisitInput
from kapperboek.services.moments import appointments, moments, talk

if TYPE_CHECKING:
    from collections.abc import Callable

    from kapperboek.domain.views.saved import Saved
    from kapperboek.storage.file.notebook import Notebook


@pytest.fixture
def marieke(book: Notebook) -> int:
    return customers.new_customer(book, CustomerRecord(given_name="Marieke"), by=1).customer_id


def of_kind(book: Notebook, kind: str) -> list[today.TodayLine]:
    return [line for line in today.today(book).lines if line.kind == kind]


def settle(book: Notebook, become: Callable[..., Saved], moment_id: int, reason: str = "") -> Saved:
    return become(book, moment_id, reason, version=moments.moment(book, moment_id).version, by=1)


def test_the_proposal_is_as_this_customer_comes(book: Notebook, marieke: int) -> None:
    for day in ("2026-08-30T09:32", "2026-10-11T09:27", "2026-11-21T19:22"):
        moments.record_visit(book, VisitInput(marieke, day, 1, ("Knippen",), minutes=45), by=1)
    start = appointments.start_appointment(book, marieke, by=1)
    assert start.at[11:] == "09:30" and (start.minutes, start.treatments, start.staff_id) == (45, ("Knippen",), 1)
    day = date.fromisoformat(start.at[:10])
    assert day > date(2026, 12, 20)
    settings.save_shop(book, settings.shop(book)._replace(closed_weekdays=(day.weekday(),)), by=1)
    assert appointments.start_appointment(book, marieke, by=1).at[:10] > start.at[:10]
    with pytest.raises(NotFound):
        appointments.start_appointment(book, 999)
    appointments.add_appointment(book, marieke, "2027-01-05T09:30", 45, by=1)
    assert appointments.start_appointment(book, marieke, by=1).at > "2027-01-20", "the one after the one that is made"


def test_what_is_too_early_to_ask_is_not_in_sight_while_one_is_made(book: Notebook, marieke: int) -> None:
    talk.add_point(book, marieke, "Lissabon", by=1)
    talk.add_point(book, marieke, "de operatie", not_before=book.clock.today() + timedelta(days=9), by=1)
    start = appointments.start_appointment(book, marieke, by=1)
    assert start.at[:10] > (book.clock.today() + timedelta(days=9)).isoformat() and start.talk_points == ("Lissabon",)
    appointments.add_appointment(book, marieke, start.at, 30, by=1)
    (made,) = customers.open_card(book, marieke).appointments
    assert appointments.start_appointment(book, marieke, made.id).talk_points == ("Lissabon",)


def test_moved_and_changed_and_back(book: Notebook, marieke: int) -> None:
    appointments.add_appointment(book, marieke, "2026-12-01T14:00", 30, ("Knippen",), staff_id=1, by=1)
    (made,) = customers.open_card(book, marieke).appointments
    changes = {"at": "2026-12-02T09:15", "minutes": 60, "treatments": ("Kleuren",), "note": "met zus", "staff_id": 0}
    saved = moments.edit_moment(book, made.id, changes, version=made.version, by=1)
    assert saved.what == "Afspraak met Marieke: wo 2 dec 09:15"
    (moved,) = customers.open_card(book, marieke).appointments
    assert (moved.id, moved.at, moved.minutes) == (made.id, "2026-12-02T09:15", 60)
    assert (moved.note, moved.staff) == ("met zus", "")
    journal.undo(book, by=1)
    (back,) = customers.open_card(book, marieke).appointments
    assert (back.at, back.minutes, back.staff, back.staff_id) == ("2026-12-01T14:00", 30, "Sanne", 1)


def test_called_off_with_a_reason_and_made_to_stand_again(book: Notebook, marieke: int) -> None:
    appointments.add_appointment(book, marieke, "2026-12-01T14:00", 30, note="voor de bruiloft", by=1)
    (made,) = customers.open_card(book, marieke).appointments
    settle(book, appointments.cancel_appointment, made.id, "griep")
    card = customers.open_card(book, marieke)
    assert card.appointments == ()
    assert (card.history[0].state, card.history[0].note) == ("cancelled", "voor de bruiloft\ngriep")
    settle(book, appointments.reopen_appointment, made.id)
    assert customers.open_card(book, marieke).appointments[0].state == ""
    journal.undo(book, by=1)
    assert customers.open_card(book, marieke).appointments == ()


def test_what_was_typed_about_it_is_kept_whatever_becomes_of_it(book: Notebook, marieke: int) -> None:
    appointments.add_appointment(book, marieke, "2026-11-22T09:00", 30, note="belt nog", by=1)
    (made,) = customers.open_card(book, marieke).appointments
    for become in (appointments.cancel_appointment, appointments.missed_appointment, appointments.reopen_appointment):
        settle(book, become, made.id, "belt nog, is ziek")
        assert moments.moment(book, made.id).note == "belt nog, is ziek", become
    settle(book, appointments.missed_appointment, made.id)
    assert moments.moment(book, made.id).note == "belt nog, is ziek"


def test_what_a_colleague_made_of_it_meanwhile_is_shown_and_stays(book: Notebook, marieke: int) -> None:
    """At another station it was moved, or called off, since this one was read."""
    appointments.add_appointment(book, marieke, "2026-11-22T09:00", 30, by=1)
    (read,) = customers.open_card(book, marieke).appointments
    moments.edit_moment(book, read.id, {"at": "2026-11-22T11:00"}, version=read.version, by=1)
    for become in (appointments.cancel_appointment, appointments.missed_appointment, appointments.reopen_appointment):
        with pytest.raises(ChangedMeanwhile, match="Sanne heeft dit intussen gewijzigd") as caught:
            become(book, read.id, version=read.version, by=1)
        assert caught.value.theirs == "zo 22 nov 11:00"
    assert moments.moment(book, read.id).state == ""
    settle(book, appointments.cancel_appointment, read.id)
    with pytest.raises(ChangedMeanwhile) as caught:
        appointments.missed_appointment(book, read.id, version=read.version + 1, by=1)
    assert (caught.value.theirs, caught.value.ours) == (
        "zo 22 nov 11:00 · afgezegd", "zo 22 nov 11:00 · niet gekomen",
    )


def test_of_two_today_the_visit_is_the_nearest_one(book: Notebook, marieke: int) -> None:
    """It is nine o'clock; and whoever types another time means the one then."""
    for hour in ("06:00", "09:30", "16:00"):
        appointments.add_appointment(book, marieke, f"2026-11-22T{hour}", 30, by=1)
    nearest = moments.start_visit(book, marieke, by=1).appointment_id
    assert moments.moment(book, nearest).at == "2026-11-22T09:30"
    moments.record_visit(book, VisitInput(marieke, "2026-11-22T15:40", 1), by=1)
    left = [one.at[11:] for one in customers.open_card(book, marieke).appointments]
    assert left == ["06:00", "09:30"]


def test_yesterdays_is_settled_as_missed_or_by_the_visit(book: Notebook, marieke: int) -> None:
    for hour in ("10:00", "15:00"):
        appointments.add_appointment(book, marieke, f"2026-11-21T{hour}", 30, ("Knippen",), staff_id=1, by=1)
    first, second = of_kind(book, "unsettled")
    assert (first.time, first.staff, first.due_text) == ("10:00", "Sanne", "gisteren 10:00")
    settle(book, appointments.missed_appointment, first.ref)
    assert [line.ref for line in of_kind(book, "unsettled")] == [second.ref]
    assert customers.open_card(book, marieke).history[-1].state == "missed"
    start = moments.start_visit(book, marieke, second.ref, by=1)
    assert (start.at, start.appointment_id) == ("2026-11-21T15:00", second.ref)
    moments.record_visit(book, VisitInput(marieke, start.at, 1, appointment_id=start.appointment_id), by=1)
    assert of_kind(book, "unsettled") == []
    kinds = [(one.kind, one.state) for one in customers.open_card(book, marieke).history]
    assert sorted(kinds) == [("appointment", "missed"), ("visit", "")]


def test_the_visit_of_a_day_settles_its_appointment(book: Notebook, marieke: int) -> None:
    """Also when nobody said which: noted the day after by its date. Today's stays when the visit is of another day."""
    appointments.add_appointment(book, marieke, "2026-11-21T10:00", 30, by=1)
    appointments.add_appointment(book, marieke, "2026-11-22T10:00", 30, by=1)
    today_s = moments.start_visit(book, marieke, by=1).appointment_id
    moments.record_visit(book, VisitInput(marieke, "2026-11-21T10:05", 1, appointment_id=today_s), by=1)
    card = customers.open_card(book, marieke)
    assert [one.id for one in card.appointments] == [today_s] and [one.kind for one in card.history] == ["visit"]


def test_who_is_still_to_come_was_not_missed(book: Notebook, marieke: int) -> None:
    appointments.add_appointment(book, marieke, "2026-12-01T14:00", 30, by=1)
    (made,) = customers.open_card(book, marieke).appointments
    with pytest.raises(UserError, match="moet nog komen"):
        settle(book, appointments.missed_appointment, made.id)


def test_the_next_one_agreed_in_a_visit_or_a_call(book: Notebook, marieke: int) -> None:
    next_one = NewAppointment("2027-01-03T09:30")
    visit = VisitInput(marieke, "2026-11-22T09:00", 1, ("Knippen", "Kleuren"), minutes=90, appointment=next_one)
    moments.record_visit(book, visit, by=1)
    (made,) = customers.open_card(book, marieke).appointments
    assert (made.at, made.minutes, made.staff) == ("2027-01-03T09:30", 90, "Sanne")
    assert made.treatments == ("Knippen", "Kleuren")
    journal.undo(book, by=1)
    assert customers.open_card(book, marieke).appointments == ()
    moments.record_visit(book, visit._replace(appointment=None), by=1)
    call = ContactInput(marieke, "call", "2026-11-22T11:00", 1, "belt", appointment=next_one)
    moments.record_contact(book, call, by=1)
    (made,) = customers.open_card(book, marieke).appointments
    assert (made.minutes, made.treatments) == (90, ("Knippen", "Kleuren"))


def test_remarks_know_the_book(book: Notebook, marieke: int) -> None:
    piet = customers.new_customer(book, CustomerRecord(given_name="Piet"), by=1).customer_id
    appointments.add_appointment(book, piet, "2026-12-01T13:30", 45, staff_id=1, by=1)
    at = "2026-12-01T14:00"
    assert appointments.remarks(book, marieke, at, 30, 1) == ("Sanne heeft dan Piet (13:30–14:15).",)
    assert appointments.remarks(book, marieke, at, 30, 0) == ()
    (line,) = customers.open_card(book, piet).appointments
    assert appointments.remarks(book, piet, at, 30, 1, moment_id=line.id) == ()
    assert appointments.remarks(book, marieke, "9999-12-31T23:50", 600, 1) == ()
    settle(book, appointments.cancel_appointment, line.id)
    assert appointments.remarks(book, marieke, at, 30, 1) == ()
