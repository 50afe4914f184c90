"""Prices that add up."""

from __future__ import annotations

from kapperboek.domain.care.price_list import together
from kapperboek.domain.views.settings_view import TreatmentView


def offer(name: str, minutes: int | None = None, cents: int | None = None, active: bool = True) -> TreatmentView:
    return TreatmentView(0, name, minutes, cents, active, 1)


LIST = (
    offer("Knippen", 30, 3250),
    offer("Kleuren", 60, 4800),
    offer("Föhnen", 20, 1775),
    offer("Baard", 15),
    offer("Advies", None, 0),
)


def test_minutes_and_prices_are_added() -> None:
    assert together(("Knippen", "Kleuren"), LIST) == (90, 8050, (), ())
    assert together(("Knippen", "Föhnen"), LIST) == (50, 5025, (), ())
    assert together((), LIST) == (None, None, (), ())


def test_capitals_accents_and_spaces_make_no_difference() -> None:
    assert together((" knippen", "FOHNEN"), LIST)[:2] == (50, 5025)


def test_what_has_no_price_or_is_not_listed_is_named() -> None:
    found = together(("Knippen", "Baard", "Wenkbrauwen"), LIST)
    assert found == (45, 3250, ("Wenkbrauwen",), ("Baard", "Wenkbrauwen"))
    assert together(("Wenkbrauwen",), LIST)[:2] == (None, None)


def test_free_of_charge_is_a_price() -> None:
    assert together(("Advies",), LIST) == (None, 0, ("Advies",), ())


def test_of_two_of_one_name_what_is_offered_today_counts_and_of_those_the_first() -> None:
    several = (offer("Knippen", 40, 2800, active=False), *LIST, offer("knippen", 99, 9900))
    assert together(("Knippen",), several)[:2] == (30, 3250)
    assert together(("Watergolf",), (offer("Watergolf", 45, 3150, active=False),))[:2] == (45, 3150)
