"""Contact moments: a visit and all that comes of it is one change, and one undo takes all of it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kapperboek.domain.errors import ChangedMeanwhile, NotFound, UserError
from kapperboek.domain.records import CustomerRecord, Phone
from kapperboek.services import drafts, journal, today
from kapperboek.services.customers import customers
from kapperboek.services.inputs import ContactInput, NewFollowUp, NewPoint, TalkDecision, VisitInput
from kapperboek.services.moments import follow_ups, moments, talk

if TYPE_CHECKING:
    from kapperboek.storage.file.notebook import Notebook

TODAY = date(2026, 11, 22)


@pytest.fixture
def marieke(book: Notebook) -> int:
    """A card with a name and a number."""
    record = CustomerRecord(given_name="Marieke", family_name="Jansen", phones=[Phone("06 12 34 56 78")])
    return customers.new_customer(book, record, by=1).customer_id


def visit(customer_id: int, **kw: object) -> VisitInput:
    base = VisitInput(customer_id, "2026-11-22T10:00", staff_id=1, treatments=("Knippen",), recipe="7/1 40 g")
    return base._replace(**kw)  # type: ignore[arg-type]


def test_a_visit_with_everything_is_one_change(book: Notebook, marieke: int) -> None:
    for text in ("Hoe was Lissabon?", "Nieuwe baan?", "De operatie"):
        talk.add_point(book, marieke, text, by=1)
    moments.add_appointment(book, marieke, "2026-11-22T10:00", 45, ("Knippen",), staff_id=1, by=1)
    drafts.save(book, "d1", "visit", marieke, "{}")
    card = customers.open_card(book, marieke)
    first, second, third = sorted(point.id for point in card.talk_points)
    before = len(journal.changes(book))
    saved = moments.record_visit(
        book,
        visit(
            marieke,
            minutes=45,
            amount_cents=4250,
            products=("Shampoo",),
            note="Gezellig",
            talk=(
                TalkDecision(first, "discussed", "Heerlijk, 24 graden"),
                TalkDecision(second, "next"),
                TalkDecision(third, "dropped"),
            ),
            new_points=(NewPoint("Examen van Fleur", date(2026, 12, 3)),),
            follow_up=NewFollowUp("Bellen over kleur", date(2026, 12, 1)),
            appointment_id=moments.start_visit(book, marieke, by=1).appointment_id,
        ),
        draft_id="d1",
    )
    assert saved.what == "Bezoek van Marieke Jansen bewaard"
    assert saved.customer_id == marieke
    assert len(journal.changes(book)) == before + 1
    after = customers.open_card(book, marieke)
    assert [point.text for point in after.talk_points] == ["Nieuwe baan?", "Examen van Fleur"]
    assert not after.talk_points[0].due  # it was brought up today, so not again today
    (moment,) = after.history
    assert moment.answers == (("Hoe was Lissabon?", "Heerlijk, 24 graden"),)
    assert (moment.recipe, moment.amount_cents, moment.minutes) == ("7/1 40 g", 4250, 45)
    assert [each.what for each in after.follow_ups] == ["Bellen over kleur"]
    assert after.appointments == () and drafts.drafts(book) == ()

    journal.undo(book, by=1)
    again = customers.open_card(book, marieke)
    assert {point.text for point in again.talk_points} == {"Hoe was Lissabon?", "Nieuwe baan?", "De operatie"}
    assert len(again.appointments) == 1 and again.history == () and again.follow_ups == ()


def test_the_visit_opens_with_what_was_done_last_time(book: Notebook, marieke: int) -> None:
    moments.record_visit(book, visit(marieke, at="2026-10-11T10:00", minutes=60))
    start = moments.start_visit(book, marieke, by=1)
    assert (start.treatments, start.recipe, start.staff_id) == (("Knippen",), "7/1 40 g", 1)
    assert start.at == "2026-11-22T09:00"


@pytest.mark.parametrize("kind", ["complaint", "question"])
def test_a_complaint_or_question_makes_its_promise(book: Notebook, marieke: int, kind: str) -> None:
    moments.record_contact(book, ContactInput(marieke, kind, "2026-11-22T09:30", 1, "Kleur te oranje"))
    (promise,) = follow_ups.follow_ups(book)
    assert (promise.kind, promise.due) == ("promise", date(2026, 11, 27))
    assert "Kleur te oranje" in promise.what
    assert any(line.kind == "promise" and line.customer_id == marieke for line in today.today(book).lines)


def test_other_contacts_make_none(book: Notebook, marieke: int) -> None:
    moments.record_contact(book, ContactInput(marieke, "call", "2026-11-22T09:30", 1, "Belt volgende week"))
    assert follow_ups.follow_ups(book) == ()


def test_a_colleague_was_first(book: Notebook, marieke: int) -> None:
    moments.record_visit(book, visit(marieke, note="eerst"))
    (moment,) = customers.open_card(book, marieke).history
    moments.edit_moment(book, moment.id, {"note": "van Noor"}, version=moment.version, by=1)
    with pytest.raises(ChangedMeanwhile) as caught:
        moments.edit_moment(book, moment.id, {"note": "van mij"}, version=moment.version, by=1)
    assert "van Noor" in caught.value.theirs and caught.value.ours == "van mij"


def test_moving_a_visit_takes_its_answers_along(book: Notebook, marieke: int) -> None:
    talk.add_point(book, marieke, "Lissabon?", by=1)
    (point,) = customers.open_card(book, marieke).talk_points
    moments.record_visit(book, visit(marieke, talk=(TalkDecision(point.id, "discussed", "Mooi"),)))
    (moment,) = customers.open_card(book, marieke).history
    moments.edit_moment(book, moment.id, {"at": "2026-11-21T16:00", "note": "x"}, version=moment.version, by=1)
    (moved,) = customers.open_card(book, marieke).history
    assert (moved.id, moved.at, moved.note) == (moment.id, "2026-11-21T16:00", "x")
    assert moved.answers == (("Lissabon?", "Mooi"),)
    journal.undo(book)
    assert customers.open_card(book, marieke).history == (moment._replace(version=moved.version + 1),) or (
        customers.open_card(book, marieke).history[0].at == moment.at
    )


def test_removing_and_bringing_back(book: Notebook, marieke: int) -> None:
    moments.record_visit(book, visit(marieke))
    (moment,) = customers.open_card(book, marieke).history
    moments.delete_moment(book, moment.id, by=1)
    assert customers.open_card(book, marieke).history == ()
    with pytest.raises(NotFound):
        moments.moment(book, moment.id)
    journal.undo(book)
    assert customers.open_card(book, marieke).history[0].recipe == "7/1 40 g"


def test_appointments(book: Notebook, marieke: int) -> None:
    moments.add_appointment(book, marieke, "2026-11-22T14:00", 30, ("Knippen",), staff_id=1, by=1)
    (line,) = (line for line in today.today(book).lines if line.kind == "appointment")
    assert (line.time, line.minutes) == ("14:00", 30)
    moments.cancel_appointment(book, line.ref, version=line.version, by=1)
    assert not [line for line in today.today(book).lines if line.kind == "appointment" and not line.badge]


@pytest.mark.parametrize(
    ("change", "code"),
    [({"at": "morgen"}, "at"), ({"minutes": 0}, "minutes"), ({"amount_cents": -1}, "amount")],
)
def test_mistakes_name_their_field(book: Notebook, marieke: int, change: dict[str, object], code: str) -> None:
    with pytest.raises(UserError) as caught:
        moments.record_visit(book, visit(marieke, **change))
    assert caught.value.code == code
    assert customers.open_card(book, marieke).history == ()


def test_nobody_to_visit(book: Notebook) -> None:
    with pytest.raises(NotFound):
        moments.record_visit(book, visit(999))


def test_follow_ups_are_snoozed_without_moving_their_day(book: Notebook, marieke: int) -> None:
    follow_ups.add(book, marieke, "Bellen", date(2026, 11, 20), by=1)
    (one,) = follow_ups.follow_ups(book)
    follow_ups.snooze(book, one.id, date(2026, 11, 25), by=1)
    (one,) = follow_ups.follow_ups(book)
    assert (one.due, one.show_on) == (date(2026, 11, 20), date(2026, 11, 25))
    assert one.id not in {line.ref for line in today.today(book).lines if line.kind == "follow_up"}
    assert one.id in {line.ref for line in today.today(book, date(2026, 11, 25)).lines}
    follow_ups.done(book, one.id, by=1)
    assert follow_ups.follow_ups(book) == ()
    assert follow_ups.follow_ups(book, include_done=True)[0].state == "done"
    with pytest.raises(UserError):
        follow_ups.done(book, one.id, by=1)
    follow_ups.reopen(book, one.id, by=1)
    (one,) = follow_ups.follow_ups(book)
    follow_ups.edit(book, one.id, "Mailen", date(2026, 12, 1), version=one.version, by=1)
    (one,) = follow_ups.follow_ups(book)
    assert (one.what, one.due, one.show_on) == ("Mailen", date(2026, 12, 1), None)


def test_the_life_of_a_talk_point(book: Notebook, marieke: int) -> None:
    talk.add_point(book, marieke, " Lissabon? ", not_before=date(2026, 12, 3), by=1)
    (point,) = customers.open_card(book, marieke).talk_points
    assert (point.text, point.due, point.staff, point.made_on) == ("Lissabon?", False, "Sanne", TODAY)
    talk.edit_point(book, point.id, "Porto?", not_before=None, version=point.version, by=1)
    talk.discuss(book, point.id, "Leuk", by=1)
    assert customers.open_card(book, marieke).talk_points == ()
    with pytest.raises(UserError):
        talk.drop(book, point.id, by=1)
    journal.undo(book, by=1)
    talk.next_time(book, point.id, by=1)
    (point,) = customers.open_card(book, marieke).talk_points
    assert point.not_before == date(2026, 11, 23)
    with pytest.raises(UserError):
        talk.add_point(book, marieke, "  ", by=1)
