"""Today's lines: what is due on a given day, and why."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapperboek.domain.care import due_lines, due_words
from kapperboek.domain.care.due_lines import DueAbsent, DueAppointment, DueDate, DueFollowUp, DueTalkPoint, Who
from kapperboek.domain.time.clock import FixedClock
from kapperboek.domain.time.dates import PartialDate

TODAY = date(2026, 11, 22)
MARIEKE = Who(412, "412", "Marieke Jansen", "06 12 34 56 78")
days = st.dates(date(1999, 1, 1), date(2040, 12, 31))


def birthday(year: int | None, month_day: str, who: Who = MARIEKE, **more: str) -> DueDate:
    return DueDate(who, 7, "birthday", year, month_day, **more)


def complaint(due_on: date, made_on: date, show_on: date | None = None) -> DueFollowUp:
    return DueFollowUp(MARIEKE, 3, "Klacht beantwoorden", "promise", due_on, made_on, show_on)


def test_a_birthday_tomorrow() -> None:
    (line,) = due_lines.birthday_lines([birthday(1985, "11-23")], TODAY)
    assert (line.kind, line.customer_id, line.name) == ("birthday", 412, "Marieke Jansen")
    assert (line.text, line.due, line.due_text) == ("wordt 41", date(2026, 11, 23), "morgen")
    assert line.why == "geboren in 1985", "the day stands in front; once is enough"


def test_a_birthday_without_a_year_has_no_age() -> None:
    (line,) = due_lines.birthday_lines([birthday(None, "11-22")], TODAY)
    assert (line.text, line.why, line.due_text) == ("jarig", "geboortejaar onbekend", "vandaag")


def test_a_daughters_birthday() -> None:
    fleur = birthday(
        2010, "11-26", relation="daughter", relation_name="Fleur", appointment_at="2026-11-22T09:30"
    )
    (line,) = due_lines.birthday_lines([fleur], TODAY)
    assert (line.text, line.why, line.due_text) == ("Fleur wordt 16", "dochter van Marieke Jansen", "do 26 nov")
    assert line.badge == "komt vandaag"


def test_the_deceased_are_never_listed() -> None:
    dead = Who(1, "1", "Riet", deceased=True)
    assert due_lines.birthday_lines([birthday(1940, "11-22", dead)], TODAY) == []
    assert due_lines.anniversary_lines([DueDate(dead, 1, "wedding", 1990, "11-22")], TODAY) == []
    assert due_lines.absent_lines([DueAbsent(dead, date(2026, 6, 1), None, 35)], TODAY) == []
    assert due_lines.follow_up_lines([DueFollowUp(dead, 1, "Bellen", "follow_up", TODAY, TODAY)], TODAY) == []
    assert due_lines.appointment_lines([DueAppointment(dead, 1, "2026-11-22T09:30", 30, ())], TODAY) == []
    assert due_lines.talk_point_lines([DueTalkPoint(dead, 1, "Operatie", TODAY)], TODAY) == []
    assert due_words.birthday_badge(PartialDate(1940, 11, 22), TODAY, deceased=True) == ""


def test_across_new_year() -> None:
    (line,) = due_lines.birthday_lines([birthday(1987, "01-02")], date(2026, 12, 29))
    assert (line.text, line.due, line.due_text) == ("wordt 40", date(2027, 1, 2), "za 2 jan")


def test_29_february_in_a_year_without_one() -> None:
    (line,) = due_lines.birthday_lines([birthday(2000, "02-29")], date(2027, 2, 27))
    assert (line.text, line.due, line.due_text) == ("wordt 27", date(2027, 2, 28), "morgen")
    assert line.why == "geboren op 29 februari; dit jaar op de 28e"
    (line,) = due_lines.birthday_lines([birthday(2000, "02-29")], date(2028, 2, 28))
    assert (line.due, line.due_text) == (date(2028, 2, 29), "morgen")
    assert due_lines.birthday_lines([birthday(2000, "02-29")], date(2027, 3, 1)) == []


@given(days, days)
def test_the_index_finds_exactly_who_is_shown(born: date, today: date) -> None:
    month_day = f"{born:%m-%d}"
    shown = bool(due_lines.birthday_lines([birthday(None, month_day)], today))
    assert shown == (month_day in due_lines.coming_month_days(today))


@given(days)
def test_every_birthday_is_shown_in_the_week_before(born: date) -> None:
    for year in (2026, 2027, 2028):
        day = PartialDate(None, born.month, born.day).occurrence(year)
        for ahead in range(8):
            (line,) = due_lines.birthday_lines([birthday(None, f"{born:%m-%d}")], day - timedelta(days=ahead))
            assert line.due == day


def test_midnight_and_the_clock_change_move_the_day_of_the_shop() -> None:
    before = FixedClock(
        datetime(2026, 10, 25, 0, 30)
    )  # the clock goes back this night; in UTC it is still the 24th
    assert before.now().day == 24
    (line,) = due_lines.birthday_lines([birthday(1985, "10-25")], before.today())
    assert line.due_text == "vandaag"
    (line,) = due_lines.birthday_lines(
        [birthday(1985, "10-25")], FixedClock(datetime(2026, 10, 24, 23, 59)).today()
    )
    assert line.due_text == "morgen"


def test_wedding_days_and_round_years_as_a_customer() -> None:
    facts = [
        DueDate(MARIEKE, 1, "wedding", 2014, "11-24"),
        DueDate(MARIEKE, 2, "customer_since", 2016, "11-25"),
        DueDate(MARIEKE, 3, "customer_since", 2019, "11-25"),
        DueDate(MARIEKE, 4, "zaak geopend", None, "11-23"),
        DueDate(MARIEKE, 5, "wedding", None, "12-31"),
        birthday(1985, "11-23"),
    ]
    lines = due_lines.anniversary_lines(facts, TODAY)
    assert [line.text for line in lines] == ["zaak geopend", "12 jaar getrouwd", "10 jaar klant"]
    assert lines[1].why == "sinds 24 november 2014"


def test_a_promise_counts_down_and_stays() -> None:
    made = date(2026, 11, 18)
    fact = complaint(date(2026, 11, 23), made)
    texts = {
        ahead: due_lines.follow_up_lines([fact], made + timedelta(days=ahead))[0] for ahead in (0, 4, 5, 7, 30)
    }
    assert [texts[n].due_text for n in (0, 4, 5, 7, 30)] == [
        "uiterlijk ma 23 nov",
        "uiterlijk morgen",
        "uiterlijk vandaag",
        "2 dagen te laat",
        "4 weken te laat",
    ]
    assert [texts[n].overdue for n in (0, 4, 5, 7, 30)] == [False, False, False, True, True]
    assert texts[4].why == "beloofd op 18 nov"


def test_tomorrow_again_still_counts_from_the_day_of_the_complaint() -> None:
    fact = complaint(date(2026, 11, 23), date(2026, 11, 18), show_on=date(2026, 11, 24))
    assert due_lines.follow_up_lines([fact], TODAY) == []
    (line,) = due_lines.follow_up_lines([fact], date(2026, 11, 24))
    assert (line.due_text, line.overdue) == ("1 dag te laat", True)


def test_follow_ups_wait_for_their_day_and_the_oldest_comes_first() -> None:
    facts = [
        DueFollowUp(MARIEKE, 1, "Kaartje sturen", "follow_up", TODAY, TODAY),
        DueFollowUp(MARIEKE, 2, "Nabellen", "follow_up", date(2026, 11, 20), date(2026, 11, 1)),
        DueFollowUp(MARIEKE, 3, "Later", "follow_up", date(2026, 11, 23), date(2026, 11, 1)),
    ]
    lines = due_lines.follow_up_lines(facts, TODAY)
    assert [(line.text, line.due_text) for line in lines] == [
        ("Nabellen", "2 dagen te laat"),
        ("Kaartje sturen", "vandaag"),
    ]


def test_who_stays_away() -> None:
    els = Who(388, "388", "Els Visser")
    facts = [
        DueAbsent(MARIEKE, date(2026, 10, 11), None, 42),
        DueAbsent(Who(2, "2", "Karin"), date(2026, 8, 9), None, 56),
        DueAbsent(els, date(2026, 9, 6), date(2026, 9, 6), 35),
    ]
    lines = due_lines.absent_lines(facts, TODAY)
    assert [line.name for line in lines] == ["Els Visser", "Karin"]
    assert lines[0].why == "komt elke 5 weken, nu 11 weken niet geweest"
    assert (lines[0].text, lines[0].due_text) == ("laatst geweest op 6 sep", "nu 11 weken")
    assert due_lines.absent_lines([facts[2]._replace(next_appointment=date(2026, 12, 1))], TODAY) == []


def test_appointments_of_the_day() -> None:
    facts = [
        DueAppointment(
            MARIEKE,
            2,
            "2026-11-22T11:00",
            30,
            ("Knippen", "Kleuren"),
            visit_count=41,
            birthday="1985-11-23",
            last_visit=date(2026, 10, 11),
            last_staff="Sanne",
        ),
        DueAppointment(
            Who(9, "9", "Lotte"), 1, "2026-11-22T09:30", None, (), visit_count=9, last_visit=date(2026, 9, 13)
        ),
        DueAppointment(Who(8, "8", "Ahmed"), 3, "2026-11-22T12:00", 30, ("Baard",)),
        DueAppointment(MARIEKE, 4, "2026-11-22T13:00", 30, (), state="cancelled"),
        DueAppointment(MARIEKE, 5, "2026-11-23T13:00", 30, ()),
    ]
    lines = due_lines.appointment_lines(facts, TODAY)
    assert [(line.time, line.text, line.why, line.badge) for line in lines] == [
        ("09:30", "Afspraak", "laatst 10 weken geleden", "10e bezoek"),
        ("11:00", "Knippen + kleuren", "laatst bij Sanne, 6 weken geleden", "morgen jarig"),
        ("12:00", "Baard", "eerste bezoek", ""),
    ]


def test_an_operation_is_brought_up_when_its_day_has_come() -> None:
    fact = DueTalkPoint(MARIEKE, 5, "Heupoperatie", date(2026, 12, 3))
    assert due_lines.talk_point_lines([fact], TODAY) == []
    (line,) = due_lines.talk_point_lines([fact], date(2026, 12, 3))
    assert (line.text, line.why) == ("Heupoperatie", "mag vanaf 3 dec ter sprake komen")
    assert due_lines.talk_point_lines([fact], date(2026, 12, 6)) == []


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        (date(2026, 10, 11), "6 weken voorbij"),
        (TODAY, "vandaag"),
        (date(2026, 11, 24), "deze week"),
        (date(2026, 11, 29), "over 1 week"),
        (date(2026, 12, 6), "over 2 weken"),
        (None, ""),
        (date(2026, 11, 21), "1 dag voorbij"),
    ],
)
def test_when_somebody_is_expected(expected: date | None, words: str) -> None:
    assert due_words.expected_text(expected, TODAY) == words


def test_the_birthday_on_the_card() -> None:
    assert due_words.birthday_text(PartialDate(1985, 11, 23), TODAY) == "morgen 41"
    assert due_words.birthday_text(PartialDate(None, 11, 23), TODAY) == "morgen jarig"
    assert due_words.birthday_text(PartialDate(1985, 5, 3), TODAY) == "3 mei 1985 (41)"
    assert due_words.birthday_text(PartialDate(None, 5, 3), TODAY) == "3 mei"
    assert due_words.birthday_text(PartialDate(1985, 11, 23), TODAY, deceased=True) == "23 november 1985"
    assert due_words.birthday_text(None, TODAY) == ""
    assert due_words.rhythm_text(7.2) == "elke week"
    assert due_words.rhythm_text(41.0) == "elke 6 weken"


def test_a_birthday_further_on_is_a_sentence() -> None:
    assert due_words.birthday_text(PartialDate(1985, 11, 26), TODAY) == "wordt 41 op do 26 nov"
    assert due_words.birthday_badge(PartialDate(None, 11, 28), TODAY) == "za 28 nov jarig"
    assert due_words.due_text(date(2027, 1, 11), TODAY, promise=True) == "uiterlijk ma 11 jan 2027"


def test_an_appointment_nobody_settled_is_asked_about() -> None:
    kept = DueAppointment(MARIEKE, 5, "2026-11-21T14:00", 30, ("Knippen",), staff="Noor")
    (line,) = due_lines.unsettled_lines([kept], TODAY)
    assert (line.kind, line.due_text, line.ref, line.staff) == ("unsettled", "gisteren 14:00", 5, "Noor")
    for other in (
        kept._replace(state="missed"), kept._replace(state="cancelled"), kept._replace(at="2026-11-22T08:00"),
        kept._replace(at="2026-11-01T08:00"), kept._replace(who=MARIEKE._replace(deceased=True)),
    ):
        assert due_lines.unsettled_lines([other], TODAY) == []


def test_one_question_is_asked_of_one_line() -> None:
    ask = [DueTalkPoint(MARIEKE._replace(customer_id=n), field, "Wie?", TODAY) for n, field in ((1, 3), (2, 3), (3, 4))]
    assert [line.customer_id for line in due_lines.question_lines(ask, TODAY)] == [1, 3]


def test_kinds_stand_in_the_order_of_the_page() -> None:
    lines = [
        *due_lines.absent_lines([DueAbsent(MARIEKE, date(2026, 8, 9), None, 35)], TODAY),
        *due_lines.birthday_lines([birthday(1985, "11-23")], TODAY),
        *due_lines.follow_up_lines([complaint(TODAY, TODAY)], TODAY),
    ]
    assert [line.kind for line in due_lines.in_order(lines)] == ["promise", "birthday", "absent"]
