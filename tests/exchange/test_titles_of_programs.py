"""Titles as booking programs and people write them in a calendar: the known customer is found, nobody is invented."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.exchange.cases import Desk, here, name

pytestmark = here


@pytest.fixture
def salon(desk: Desk) -> Iterator[Desk]:
    yield desk.read("i00-klanten.vcf")


def calendar(*events: str) -> str:
    """A calendar of events at 8, 9, 10… on 8 December; each is a title, with further lines below it."""
    body = (
        f"BEGIN:VEVENT\nUID:t{n}\nDTSTART:20261208T{n:02d}0000\nDURATION:PT45M\nSUMMARY:{event}\nEND:VEVENT"
        for n, event in enumerate(events, 8)
    )
    return "\n".join(("BEGIN:VCALENDAR", *body, "END:VCALENDAR", ""))


@pytest.mark.parametrize(
    ("given", "title", "treatments"),
    [
        ("Anouk", "Klant: Anouk Bakker – Knippen (45 min)", ["Knippen"]),
        ("Frits", "Frits Bakker, Knippen heren met Karin", ["Knippen heren met Karin"]),
        ("Elly", "Knippen dames (Elly van den Berg)", ["Knippen dames"]),
        ("Anouk", "Bakker Anouk", []),
        ("Bram", "Wit Bram de", []),
        ("Carla", "Mevr. Carla Mulder knippen", ["knippen"]),
        ("Carla", "Client: Carla Mulder", []),
        ("Anouk", "Anouk B. knippen", ["knippen"]),
        ("Anouk", "A. Bakker", []),
        ("Carla", "Mevr. Mulder knippen", ["knippen"]),
        ("Bram", "Nieuwe afspraak\nDESCRIPTION:Knippen\\nbram@example.nl", []),
        ("Carla", "Appointment\nDESCRIPTION:<p>Client: <b>Carla Mulder</b><br>Service: Cut</p>", []),
        ("Anouk", "Booking\nDESCRIPTION:Naam: Anouk Bakker (nieuw)", []),
        ("Bram", "Online boeking\nDESCRIPTION:Bram de Wit\\nKnippen", []),
    ],
)
def test_the_known_customer_is_found(
    salon: Desk, write: Any, given: str, title: str, treatments: list[str]
) -> None:
    path = write(calendar(title), "agenda.ics")
    assert salon.take(path).updated == 1 and len(salon.cards()) == 6
    (moment,) = salon.card(given).interactions
    assert moment.at == "2026-12-08T08:00"
    assert not treatments or moment.treatments == treatments
    assert salon.take(path).unchanged == 1 and len(salon.card(given).interactions) == 1


@pytest.mark.parametrize(
    "title",
    [
        "Anouk C. knippen", "Mevr. Bakker knippen", "Mulder knippen", "Mevr. Mulder 06-87654321", "Petra G.",
        "Nieuwe afspraak", "Online Boeking",
        "Knippen 06-87654321", "Anouk Bakker en Bram de Wit",
    ],
)
def test_nobody_is_invented_and_it_is_said(salon: Desk, write: Any, title: str) -> None:
    report = salon.take(write(calendar(title), "agenda.ics"))
    assert len(salon.cards()) == 6 and len(report.failed) == 1 and title in salon.said


def test_somebody_new_gets_the_name_without_what_stands_around_it(salon: Desk, write: Any) -> None:
    salon.take(write(calendar(
        "Nieuwe klant Petra Groen 06-87654321", "Mevr. Anna de Jong", "Nieuwe afspraak\nDESCRIPTION:Klant: Bo Vos"
    ), "agenda.ics"))
    petra, anna, bo = salon.cards()[6:]
    assert name(petra) == ("Petra", "", "Groen") and petra.phones[0].value == "06-87654321"
    assert anna.honorific == "Mevr." and name(anna) == ("Anna", "de", "Jong") and name(bo) == ("Bo", "", "Vos")


def test_called_off_in_the_title(salon: Desk, write: Any) -> None:
    titles = ("Anouk Bakker", "Bram de Wit", "Carla Mulder", "Elly van den Berg")
    salon.take(write(calendar(*titles), "a.ics"))
    off = ("Geannuleerd: Anouk Bakker", "Canceled: Bram de Wit", "Carla Mulder", "[Abgesagt] Elly van den Berg")
    salon.take(write(calendar(*off), "b.ics"))
    planned = [len(salon.appointments(given)) for given in ("Anouk", "Bram", "Carla", "Elly")]
    assert planned == [0, 0, 1, 0] and len(salon.appointments("Anouk", "cancelled")) == 1
    assert len(salon.cards()) == 6
