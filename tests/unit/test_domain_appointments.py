"""When somebody usually comes, and what is remarkable about a moment."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kapperboek.domain.time.appointment_fit import Taken, Wanted, is_open_past, remarks, reminder_day, usual_time
from kapperboek.domain.time.closing_days import ClosingDays, closed_dates_text, parse_closed_dates

OPEN = ClosingDays()
NOW = datetime(2026, 11, 22, 9, 0)
TODAY = NOW.date()
PIET = Taken(1, 2, "Piet Smit", "2026-12-01T13:30", 30, 1, "Sanne")
WANTED = Wanted(7, "2026-12-01T13:30", 30, 1, "Sanne")


@pytest.mark.parametrize(
    ("visits", "agreed", "time"),
    [
        ([], [], "10:00"),
        (["2026-11-01T19:22"], [], "10:00"),
        (["2026-11-01T14:22"], [], "14:30"),
        (["2026-11-01T19:22", "2026-12-01T19:08"], [], "19:15"),
        ([], ["2026-11-01T19:30"], "19:30"),
        (["2026-08-01T09:31", "2026-09-01T09:28", "2026-10-01T19:22"], [], "09:30"),
        (["2026-10-01T10:55"], ["2026-10-02T09:30"], "09:30"),
        (["2026-10-01T23:59"], [], "10:00"),
        (["2026-09-01T11:02", "2026-10-01T23:59"], [], "11:00"),
        (["2026-08-01T23:40", "2026-10-01T23:59"], [], "23:45"),
        (["2026-08-01T09:00", "2026-09-01T09:30", "2026-10-01T16:00"], [], "09:30"),
    ],
)
def test_the_usual_time_was_agreed_or_came_back_or_is_by_day(visits: list[str], agreed: list[str], time: str) -> None:
    assert usual_time(visits, agreed) == time


def said(wanted: Wanted = WANTED, *taken: Taken, closed: ClosingDays = OPEN, discreet: bool = False) -> list[str]:
    return list(remarks(wanted, taken, closed, NOW, discreet=discreet))


def test_nothing_to_remark() -> None:
    assert said() == []
    assert said(WANTED, PIET._replace(at="2026-12-01T14:00")) == [], "the next one begins when this one ends"
    assert said(WANTED, PIET._replace(staff_id=2, staff="Noor")) == [], "with somebody else"
    assert said(WANTED._replace(ref=1), PIET) == [], "the appointment itself, being moved"


def test_two_at_one_time_with_one_hairdresser() -> None:
    assert said(WANTED._replace(at="2026-12-01T13:45"), PIET) == ["Sanne heeft dan Piet Smit (13:30–14:00)."]
    assert said(WANTED, PIET, discreet=True) == ["Sanne heeft dan een andere klant (13:30–14:00)."]
    assert said(WANTED, PIET._replace(minutes=None, at="2026-12-01T13:10"))
    assert said(WANTED, PIET._replace(at="2026-11-30T23:50", minutes=16 * 60)), "over midnight"


def test_one_customer_twice_that_day() -> None:
    again = PIET._replace(customer_id=7, at="2026-12-01T09:30", staff_id=2, staff="Noor")
    assert said(WANTED, again) == ["Komt die dag al: 09:30 (Noor)."]


def test_what_has_been() -> None:
    assert said(WANTED._replace(at="2026-11-22T08:59")) == ["Deze tijd is vandaag al voorbij."]
    assert said(WANTED._replace(at="2026-11-22T09:00")) == []
    assert said(WANTED._replace(at="2026-11-21T23:30")) == ["Dit was gisteren."]
    assert said(WANTED._replace(at="2026-11-01T10:00")) == ["Deze dag is al geweest: 3 weken geleden."]


def test_closed_and_gone() -> None:
    closed = ClosingDays(frozenset({1}), frozenset({"--12-25", "2026-12-03"}))
    assert said(closed=closed) == ["Op dinsdag is de zaak dicht."]
    assert said(WANTED._replace(at="2026-12-25T10:00"), closed=closed) == ["Op vr 25 dec is de zaak dicht."]
    assert said(WANTED._replace(at="2026-12-03T10:00"), closed=closed) == ["Op do 3 dec is de zaak dicht."]
    assert closed.next_open(date(2026, 12, 1)) == date(2026, 12, 2)
    assert said(WANTED._replace(staff_left=True)) == ["Sanne werkt hier niet meer."]


def test_closing_dates_as_they_are_typed() -> None:
    assert parse_closed_dates("25-12, 5-5-2027; kermis") == (("--12-25", "2027-05-05"), ("kermis",))
    assert closed_dates_text(("--12-25", "2027-05-05", "onzin")) == "25-12, 5-5-2027"


def test_a_reminder_comes_before_the_day_it_is_about() -> None:
    assert reminder_day(date(2027, 1, 11), TODAY) == date(2027, 1, 4)
    assert reminder_day(date(2026, 11, 29), TODAY) == date(2026, 11, 23)


def test_the_night_the_clock_changes_is_wall_time() -> None:
    night = Taken(1, 2, "Piet", "2026-10-25T02:30", 60, 1, "Sanne")
    early = Wanted(7, "2026-10-25T03:15", 30, 1, "Sanne")
    assert "Sanne heeft dan Piet (02:30–03:30)." in remarks(early, [night], ClosingDays(), NOW)
    assert is_open_past("appointment", "", "2026-11-21T23:59", TODAY)
    assert not is_open_past("appointment", "", "2026-11-22T00:00", TODAY)
