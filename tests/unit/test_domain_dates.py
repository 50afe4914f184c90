"""Days with and without a year, and what people type."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapperboek.domain.time.dates import PartialDate, add_months, parse_typed, parse_typed_day, weeks_phrase

SUNDAY = date(2026, 11, 22)
days = st.dates(date(1850, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("23-11-1985", "1985-11-23"),
        ("23/11", "--11-23"),
        ("23.11.85", "1985-11-23"),
        ("23 nov 1985", "1985-11-23"),
        ("23 november", "--11-23"),
        ("1985-11-23", "1985-11-23"),
        ("--11-23", "--11-23"),
        ("23111985", "1985-11-23"),
        ("19851123", "1985-11-23"),
        ("231185", "1985-11-23"),
        ("nov 23, 1985", "1985-11-23"),
        ("3 mei '78", "1978-05-03"),
        ("1-1-05", "2005-01-01"),
        ("28-10-2026 14:30", "2026-10-28"),
        ("1985-11-23T00:00:00Z", "1985-11-23"),
        ("zo 3 jan", "--01-03"),
        ("29-2", "--02-29"),
        ("29 feb 2000", "2000-02-29"),
        ("23 MRT 1985", "1985-03-23"),
    ],
)
def test_what_people_type(typed: str, stored: str) -> None:
    partial = parse_typed(typed)
    assert partial is not None
    assert partial.text() == stored


@pytest.mark.parametrize(
    "typed",
    ["31-2-1990", "30 feb", "29-2-2001", "13/13", "0-5", "marieke", "", "0612345678", "12", "23-11-1985-1"],
)
def test_what_is_no_day(typed: str) -> None:
    assert parse_typed(typed) is None


def test_month_first_and_two_digit_years() -> None:
    assert parse_typed("11/23/1985", day_first=False) == PartialDate(1985, 11, 23)
    assert parse_typed("11/23/1985") is None
    assert parse_typed("1-1-26", latest=2026) == PartialDate(2026, 1, 1)
    assert parse_typed("1-1-27", latest=2026) == PartialDate(1927, 1, 1)


@given(days, st.booleans())
def test_partial_dates_survive_storing(day: date, with_year: bool) -> None:
    partial = PartialDate(day.year if with_year else None, day.month, day.day)
    assert PartialDate.parse(partial.text()) == partial
    assert parse_typed(partial.text()) == partial


@given(days)
def test_every_way_of_writing_gives_the_day_back(day: date) -> None:
    expected = PartialDate(day.year, day.month, day.day)
    for form in ("%d-%m-%Y", "%d/%m/%Y", "%d %b %Y", "%d %B %Y", "%d%m%Y", "%Y-%m-%d", "%B %d, %Y"):
        assert parse_typed(day.strftime(form)) == expected


@given(st.text(max_size=30))
def test_nothing_typed_breaks_it(text: str) -> None:
    parse_typed(text)
    parse_typed_day(text, SUNDAY)


@pytest.mark.parametrize("text", ["1985-02-30", "--02-30", "1985", "", "--13-01", "0000-01-01"])
def test_no_such_stored_day(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)


@given(days, days)
def test_the_next_time_is_within_a_year(born: date, day: date) -> None:
    next_day = PartialDate(born.year, born.month, born.day).next_on_or_after(day)
    assert timedelta(0) <= next_day - day <= timedelta(days=366)


def test_29_february_is_kept_on_the_28th() -> None:
    leap = PartialDate(2000, 2, 29)
    assert leap.occurrence(2027) == date(2027, 2, 28)
    assert leap.occurrence(2028) == date(2028, 2, 29)
    assert leap.age_on(date(2027, 2, 27)) == 26
    assert leap.age_on(date(2027, 2, 28)) == 27
    assert leap.next_on_or_after(date(2027, 3, 1)) == date(2028, 2, 29)


def test_age() -> None:
    assert PartialDate(1985, 11, 23).age_on(SUNDAY) == 40
    assert PartialDate(None, 11, 23).age_on(SUNDAY) is None
    assert PartialDate(2027, 11, 23).age_on(SUNDAY) is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("vandaag", date(2026, 11, 22)),
        ("morgen", date(2026, 11, 23)),
        ("overmorgen", date(2026, 11, 24)),
        ("vr", date(2026, 11, 27)),
        ("zo", date(2026, 11, 29)),
        ("friday", date(2026, 11, 27)),
        ("over 2 weken", date(2026, 12, 6)),
        ("over een maand", date(2026, 12, 22)),
        ("in 3 days", date(2026, 11, 25)),
        ("+10", date(2026, 12, 2)),
        ("+6w", date(2027, 1, 3)),
        ("3 jan", date(2027, 1, 3)),
        ("3-1-27", date(2027, 1, 3)),
        ("zo 3 jan", date(2027, 1, 3)),
        ("22 nov", SUNDAY),
        ("29 feb", date(2027, 2, 28)),
        ("volgende week vrijdag", date(2026, 11, 27)),
        ("Over 6 Weken", date(2027, 1, 3)),
    ],
)
def test_due_days(typed: str, day: date) -> None:
    assert parse_typed_day(typed, SUNDAY) == day


@pytest.mark.parametrize("typed", ["", "10", "ooit", "over 9999 jaar", "31 feb", "over"])
def test_no_due_day(typed: str) -> None:
    assert parse_typed_day(typed, SUNDAY) is None


def test_months_end_where_they_end() -> None:
    assert add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert add_months(date(2026, 12, 31), 2) == date(2027, 2, 28)


def test_a_stretch_of_time() -> None:
    said = [weeks_phrase(count) for count in (0, 1, 7, 10, 14, 42, 77, 91, 105, 200, 365, 800)]
    assert said == [
        "0 dagen",
        "1 dag",
        "1 week",
        "10 dagen",
        "2 weken",
        "6 weken",
        "11 weken",
        "3 maanden",
        "15 weken",
        "7 maanden",
        "1 jaar",
        "2 jaar",
    ]
