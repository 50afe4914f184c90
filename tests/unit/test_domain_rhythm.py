"""Rhythm, staying away and phases."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapperboek.domain.labels import phase_label
from kapperboek.domain.people import phases
from kapperboek.domain.time import rhythm

TODAY = date(2026, 11, 22)
CDNOW = Path(__file__).resolve().parents[3] / "shared" / "data" / "purchases" / "CDNOW_sample.txt"
days = st.dates(date(2000, 1, 1), date(2030, 12, 31))


def every(weeks: int, times: int, last: date = TODAY) -> list[date]:
    return [last - timedelta(weeks=weeks * n) for n in range(times)][::-1]


def test_one_visit_is_no_rhythm() -> None:
    assert rhythm.rhythm_days([]) is None
    assert rhythm.rhythm_days([TODAY]) is None
    assert rhythm.rhythm_days([TODAY, TODAY]) is None


@pytest.mark.parametrize("weeks", [3, 5, 8, 12])
def test_who_comes_like_clockwork_is_soon_believed(weeks: int) -> None:
    assert rhythm.rhythm_days(every(weeks, 8)) == pytest.approx(7 * weeks, abs=3.5)


def test_one_gap_is_drawn_towards_the_shops() -> None:
    assert rhythm.rhythm_days([TODAY, TODAY + timedelta(days=7)]) == pytest.approx((7 + 4 * 42) / 5, abs=0.1)


def test_one_long_holiday_changes_little() -> None:
    usual = every(5, 6, TODAY - timedelta(weeks=30))
    with_holiday = usual + every(5, 6)
    found = rhythm.rhythm_days(with_holiday)
    assert found is not None
    assert found < 42


@given(st.lists(days, min_size=2, max_size=40))
def test_rhythm_ignores_order_and_repetition(visits: list[date]) -> None:
    found = rhythm.rhythm_days(visits)
    assert found == rhythm.rhythm_days([*reversed(visits), visits[0]])
    assert (found is None) == (len(set(visits)) < 2)
    assert found is None or found >= 1


def test_staying_away_by_the_own_rhythm() -> None:
    last = TODAY - timedelta(weeks=11)
    assert rhythm.is_absent(last, last, 35, None, TODAY)
    assert not rhythm.is_absent(last, last, 84, None, TODAY)
    assert not rhythm.is_absent(last, last, None, None, TODAY)
    assert not rhythm.is_absent(None, None, 35, None, TODAY)


def test_an_appointment_or_a_contact_silences_it() -> None:
    last = TODAY - timedelta(weeks=11)
    assert not rhythm.is_absent(last, last, 35, TODAY + timedelta(days=3), TODAY)
    assert not rhythm.is_absent(last, last, 35, TODAY, TODAY)
    assert rhythm.is_absent(last, last, 35, TODAY - timedelta(days=1), TODAY)
    assert not rhythm.is_absent(TODAY - timedelta(days=2), last, 35, None, TODAY)


def test_a_weekly_customer_may_have_a_holiday() -> None:
    last = TODAY - timedelta(days=20)
    assert not rhythm.is_absent(last, last, 7, None, TODAY)
    assert rhythm.absent_from(last, last, 7) == TODAY + timedelta(days=1)


def test_nobody_nags_about_those_who_left_years_ago() -> None:
    last = TODAY - timedelta(days=rhythm.NO_LONGER_ABSENT_DAYS)
    assert not rhythm.is_absent(last, last, 35, None, TODAY)
    assert rhythm.is_absent(None, last + timedelta(days=1), 35, None, TODAY)


@given(days, days, st.floats(1, 400), days)
def test_the_kept_day_says_the_same_as_the_rule(visit: date, contact: date, own: float, today: date) -> None:
    start = rhythm.absent_from(contact, visit, own)
    assert start is not None
    recent = (today - visit).days < rhythm.NO_LONGER_ABSENT_DAYS
    assert rhythm.is_absent(contact, visit, own, None, today) == (start <= today and recent)
    assert start > visit
    assert start > contact


def test_the_next_appointment() -> None:
    assert rhythm.suggestion(41.0, TODAY) == (6, date(2027, 1, 3))
    assert rhythm.suggestion(None, TODAY) == (6, date(2027, 1, 3))
    assert rhythm.suggestion(2.0, TODAY) == (1, date(2026, 11, 29))
    assert rhythm.expected_on(date(2026, 10, 11), 44) == date(2026, 11, 24)


def test_who_drifts_away_is_recognised_in_real_purchases() -> None:
    if not CDNOW.exists():
        pytest.skip("the shared purchases of CDNOW are not on this machine")
    scored = _score_cdnow()
    stayed = [score for score, came_back in scored if came_back]
    left = [score for score, came_back in scored if not came_back]
    wins = sum((a < b) + (a == b) / 2 for a in stayed for b in left)
    assert wins / (len(stayed) * len(left)) > 0.68


def _score_cdnow() -> list[tuple[float, bool]]:
    """Days away over the own rhythm after 39 weeks, and whether the customer came back in the next 39."""
    end, visits = date(1997, 9, 30), defaultdict(set)
    with CDNOW.open(newline="") as file:
        for row in csv.reader((" ".join(line.split()) for line in file), delimiter=" "):
            visits[row[0]].add(date(int(row[2][:4]), int(row[2][4:6]), int(row[2][6:])))
    before = {who: sorted(day for day in seen if day <= end) for who, seen in visits.items()}
    gaps = [(b - a).days for seen in before.values() for a, b in pairwise(seen)]
    shop = sum(gaps) / len(gaps)
    scored = []
    for who, seen in before.items():
        if len(seen) > 1 and (own := rhythm.rhythm_days(seen, shop)):
            scored.append(((end - seen[-1]).days / own, max(visits[who]) > end))
    return scored


def phase_of(visits: int, last: date | None, own: float | None, today: date) -> str:
    return phases.phase_from_dates(visits, last, *phases.phase_dates(visits, last, own), today)


@pytest.mark.parametrize(
    ("visits", "weeks_ago", "own", "phase"),
    [
        (0, 0, None, "prospect"),
        (1, 1, None, "new"),
        (2, 4, 30.0, "new"),
        (3, 4, 30.0, "regular"),
        (40, 11, 35.0, "regular"),
        (20, 15, 56.0, "dormant"),
        (20, 20, 28.0, "dormant"),
        (1, 15, None, "dormant"),
        (20, 40, 35.0, "lost"),
        (1, 60, None, "lost"),
        (20, 105, 35.0, "former"),
        (9, 60, 364.0, "regular"),
    ],
)
def test_phases(visits: int, weeks_ago: int, own: float | None, phase: str) -> None:
    last = TODAY - timedelta(weeks=weeks_ago) if visits else None
    assert phase_of(visits, last, own, TODAY) == phase


def test_phases_in_words() -> None:
    assert [phase_label(phase) for phase in phases.PHASES] == [
        "nog niet geweest",
        "nieuw",
        "vast",
        "sluimerend",
        "verloren",
        "voormalig",
    ]


@given(st.integers(1, 500), days, st.none() | st.floats(1, 2000))
def test_phases_follow_each_other(visits: int, last: date, own: float | None) -> None:
    dormant_from, lost_from = phases.phase_dates(visits, last, own)
    assert dormant_from is not None
    assert lost_from is not None
    assert last < dormant_from <= lost_from < last + timedelta(days=phases.FORMER_AFTER_DAYS)
    order = [phase_of(visits, last, own, last + timedelta(days=n)) for n in range(0, 800, 7)]
    ranks = [phases.PHASES.index(phase) for phase in order]
    assert ranks == sorted(ranks)
