"""Card, Today and lists on the demo salon of Sunday 22 November 2026: what a page shows is what happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kapperboek.domain.errors import NotFound
from kapperboek.domain.people.phases import PHASES
from kapperboek.domain.views.list_views import CustomerFilter
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read import customer_list_query, follow_up_query, settings_lists
from kapperboek.storage.read import today_query as todays
from kapperboek.storage.read.card import card_query as cards
from kapperboek.storage.write.unit_of_work import unit_of_work

DAY = date(2026, 11, 22)


def number(book: Notebook, name: str) -> int:
    return int(book.value("SELECT id FROM customer WHERE full_name = ? ORDER BY id", (name,)))


def test_card_of_the_story(salon: Notebook) -> None:
    card = cards.card(salon, number(salon, "Marieke Jansen"), DAY)
    assert (card.number, card.visit_count, card.phase, card.rhythm_text) == (
        "412",
        41,
        "regular",
        "elke 6 weken",
    )
    assert card.birthday_text == "morgen 41" and card.birthday_soon
    assert [line.text for line in card.warnings] == ["Geen ammoniak"]
    assert card.health_facts == 1  # that there is something, and not what
    assert [(point.text[:7], point.due) for point in card.talk_points] == [
        ("Hoe was", True),
        ("Fleur: ", True),
        ("Heupope", False),
    ]
    assert [relation.text for relation in card.relations] == ["Fleur (15)", "Daan (12)", "Erik"]
    assert card.history[0].recipe.startswith("Koleston 7/1 40 g") and card.history[0].amount_cents == 9650
    assert [moment.at for moment in card.appointments] == ["2026-11-22T09:30"]
    assert card.question is not None and card.question.field_key == "holiday"
    assert card.allowed == ("mag verjaardagsgroet per post",)
    assert card.addresses == ("Dorpsstraat 12, 8011 AB Zwolle",)


def test_history_is_newest_first_and_all_there(salon: Notebook) -> None:
    for (customer_id,) in salon.rows("SELECT id FROM customer"):
        card = cards.card(salon, customer_id, DAY)
        shown = [*card.appointments, *card.history]
        assert len(shown) == salon.value("SELECT count(*) FROM interaction WHERE customer_id = ?", (customer_id,))
        assert [moment.at for moment in card.history] == sorted((moment.at for moment in card.history), reverse=True)
        assert card.name


def test_discussed_points_are_answers_of_their_visit(salon: Notebook) -> None:
    customer_id, closed_in, text, outcome = salon.rows(
        "SELECT customer_id, closed_in_id, text, outcome FROM talk_point WHERE closed_in_id IS NOT NULL LIMIT 1"
    )[0]
    card = cards.card(salon, customer_id, DAY)
    assert (text, outcome) in next(moment.answers for moment in card.history if moment.id == closed_in)
    assert (text, outcome) in cards.moment(salon, closed_in).answers


def test_visit_starts_filled_in(salon: Notebook) -> None:
    start = cards.visit_start(salon, number(salon, "Marieke Jansen"), DAY)
    assert start.treatments == ("Knippen", "Kleuren") and start.recipe.endswith("35 min")
    assert (start.minutes, start.amount_cents, start.at) == (85, 9650, "2026-11-22T09:00")
    assert start.appointment_id and start.badge == "morgen jarig" and start.warnings
    first = cards.visit_start(salon, number(salon, "M. Janssen"), DAY)
    assert (first.treatments, first.recipe, first.amount_cents, first.appointment_id) == ((), "", None, 0)


def test_nobody(salon: Notebook) -> None:
    for question in (cards.card, cards.visit_start):
        with pytest.raises(NotFound):
            question(salon, 10**6, DAY)
    with pytest.raises(NotFound):
        cards.moment(salon, 10**9)
    with pytest.raises(NotFound):
        settings_lists.card_by_number(salon, "99999")
    assert settings_lists.card_by_number(salon, "#0412") == number(salon, "Marieke Jansen")


def test_today_of_the_story(salon: Notebook) -> None:
    today = todays.today(salon, DAY)
    appointments = [line for line in today.lines if line.kind == "appointment"]
    assert [(line.time, line.name) for line in appointments][:3] == [
        ("09:30", "Marieke Jansen"), ("11:00", "Ahmed el Bouzidi"), ("11:45", "Thea van der Veen"),
    ]
    assert len(appointments[0].talk_points) == 2 and appointments[0].badge == "morgen jarig"
    assert appointments[2].warning == "Geen haarverf met PPD · Let op: gezondheidsgegeven"
    about = {(line.kind, line.name): line for line in today.lines}
    assert about["promise", "Piet Janssen"].due_text == "uiterlijk morgen"
    assert about["birthday", "Hans Koster"].text == "wordt 60"
    assert about["follow_up", "Joke de Vries"].overdue
    assert "11 weken" in about["absent", "Els Visser"].why
    assert "Cor Meijer" not in {line.name for line in today.lines}, "the dead are never listed"
    assert all(line.why for line in today.lines)
    assert not today.empty and today.absent_total >= sum(line.kind == "absent" for line in today.lines)


def test_a_decision_is_respected_until_its_day(salon: Notebook) -> None:
    from kapperboek.storage.write.tables import DueDecision

    for kind, name, ref in (("absent", "Els Visser", ""), ("birthday", "Hans Koster", "")):
        before = todays.today(salon, DAY)
        assert (kind, name) in {(line.kind, line.name) for line in before.lines}
        with unit_of_work(salon, "test") as uow:
            until = (DAY + timedelta(days=3)).isoformat()
            uow.add(DueDecision(customer_id=number(salon, name), kind=kind, ref=ref, hidden_until=until))
        after = todays.today(salon, DAY)
        assert (kind, name) not in {(line.kind, line.name) for line in after.lines}
        assert after.absent_total == before.absent_total - (kind == "absent")
    later = todays.today(salon, DAY + timedelta(days=3))
    assert ("absent", "Els Visser") in {(line.kind, line.name) for line in later.lines}


def test_the_day_rolls_over(salon: Notebook) -> None:
    tomorrow = todays.today(salon, DAY + timedelta(days=1))
    about = {(line.kind, line.name): line for line in reversed(tomorrow.lines)}
    assert about["promise", "Piet Janssen"].due_text == "uiterlijk vandaag"
    assert about["birthday", "Marieke Jansen"].due_text == "vandaag"
    assert ("birthday", "Hans Koster") not in about
    assert about["follow_up", "Joke de Vries"].due_text == "3 dagen te laat"


@pytest.mark.parametrize("sort", ["name", "last_visit", "expected", "number", "since"])
@pytest.mark.parametrize("descending", [False, True])
def test_every_order_holds_everybody_once(salon: Notebook, sort: str, descending: bool) -> None:
    ids = customer_list_query.customer_ids(salon, CustomerFilter(sort=sort, descending=descending), DAY)
    assert sorted(ids) == [row[0] for row in salon.rows("SELECT id FROM customer ORDER BY id")]
    rows = customer_list_query.customer_rows(salon, ids, DAY)
    assert [row.customer_id for row in rows] == ids
    if sort in ("last_visit", "expected"):
        days = [row.last_visit if sort == "last_visit" else row.expected_on for row in rows]
        placed = [day for day in days if day is not None]
        assert placed == sorted(placed, reverse=descending) and days[len(placed) :] == [None] * (
            len(days) - len(placed)
        )


def test_phases_of_list_and_card_agree(salon: Notebook) -> None:
    found = 0
    for phase in PHASES:
        ids = customer_list_query.customer_ids(salon, CustomerFilter(phases=(phase,)), DAY)
        found += len(ids)
        assert {row.phase for row in customer_list_query.customer_rows(salon, ids, DAY)} <= {phase}
    assert found == 300
    for row in customer_list_query.customer_rows(salon, list(range(1, 40)), DAY):
        assert cards.card(salon, row.customer_id, DAY).phase == row.phase


def test_filters(salon: Notebook) -> None:
    everybody = customer_list_query.customer_rows(
        salon, customer_list_query.customer_ids(salon, CustomerFilter(), DAY), DAY
    )
    tagged = customer_list_query.customer_ids(salon, CustomerFilter(tag="kleur"), DAY)
    assert set(tagged) == {row.customer_id for row in everybody if "kleur" in row.tags.split(" · ")}
    assert "kleur" in customer_list_query.all_tags(salon)
    since = DAY - timedelta(days=42)
    away = customer_list_query.customer_ids(salon, CustomerFilter(not_since=since), DAY)
    assert set(away) == {row.customer_id for row in everybody if row.last_visit is None or row.last_visit < since}
    noor = next(person for person in settings_lists.staff(salon) if person.name == "Noor")
    hers = customer_list_query.customer_ids(salon, CustomerFilter(staff_id=noor.id, phases=("regular",)), DAY)
    wanted = {row.customer_id for row in everybody if row.staff_initials == "NK" and row.phase == "regular"}
    assert set(hers) == wanted
    assert customer_list_query.customer_ids(salon, CustomerFilter(text="marieke jansen"), DAY)


def test_follow_ups(salon: Notebook) -> None:
    still = follow_up_query.follow_ups(salon, DAY)
    assert [view.due for view in still] == sorted(view.due for view in still)
    assert {view.state for view in still} == {"open"}
    assert {view.state for view in follow_up_query.follow_ups(salon, DAY, include_done=True)} == {"open", "done"}


def test_empty_notebook(bare: Notebook) -> None:
    today = todays.today(bare, DAY)
    assert (today.lines, today.empty, today.absent_total) == ((), True, 0)
    assert customer_list_query.customer_ids(bare, CustomerFilter(phases=("regular",), tag="x"), DAY) == []
    assert settings_lists.shop(bare).timezone == "Europe/Amsterdam"
