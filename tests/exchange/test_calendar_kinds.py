"""Calendars read more than once, by others and by ourselves: who is meant, what is followed and what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from kapperboek.domain.records import CustomerRecord, Email, Phone
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services.customers import customers
from kapperboek.services.importing import exporting
from kapperboek.services.moments import moments
from kapperboek.storage.write.row_lookup import moment_at
from tests.exchange.cases import Desk

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//somebody//EN\r\n"
Calendar = Callable[..., Path]


@pytest.fixture
def calendar(tmp_path: Path) -> Calendar:
    """Makes a calendar of events given as their lines."""

    def make(*events: str, head: str = "") -> Path:
        body = "".join(f"BEGIN:VEVENT\r\n{event.strip()}\r\nEND:VEVENT\r\n" for event in events)
        path = tmp_path / "agenda.ics"
        path.write_text(f"{HEAD}{head}{body}END:VCALENDAR\r\n", "utf-8", newline="")
        return path

    return make


@pytest.fixture
def book(desk: Desk) -> Desk:
    """A desk with three customers."""
    for record in (
        CustomerRecord(given_name="Anouk", family_name="Bakker", emails=[Email("anouk@example.nl")]),
        CustomerRecord(given_name="Bram", prefix="de", family_name="Wit", phones=[Phone("0612345002")]),
        CustomerRecord(given_name="Carla Maria", family_name="Mulder", nickname="Cara"),
    ):
        customers.new_customer(desk.book, record)
    return desk


def at(day: str, time: str = "100000", title: str = "Anouk Bakker - knippen", more: str = "", uid: str = "u") -> str:
    return f"UID:{uid}\r\nDTSTART;TZID=Europe/Amsterdam:202612{day}T{time}\r\nSUMMARY:{title}\r\n{more}"


# ---- our own calendar ------------------------------------------------------------------------------------------


def test_our_own_calendar_adds_nothing_whatever_changed_since(book: Desk, tmp_path: Path) -> None:
    anouk = customers.find(book.book, "Anouk").results[0].customer_id
    bram = customers.find(book.book, "Bram").results[0].customer_id
    for who, day in ((anouk, 7), (anouk, 8), (bram, 8), (bram, 9)):
        moments.add_appointment(book.book, who, f"2026-12-{day:02}T10:00", 30)
    out = tmp_path / "own.ics"
    exporting.export_file(book.book, out)
    before = book.appointments("Anouk"), book.appointments("Bram")
    assert (book.take(out).updated, book.appointments("Anouk"), book.appointments("Bram")) == (0, *before)
    first, second = (moment_at(book.book, anouk, f"2026-12-{day}T10:00") for day in ("07", "08"))
    moments.edit_moment(book.book, first, {"at": "2026-12-07T15:00"}, version=1)
    moments.cancel_appointment(book.book, second, version=1)
    moments.delete_moment(book.book, moment_at(book.book, bram, "2026-12-08T10:00"))
    report = book.take(out)
    assert (report.added, report.updated, len(report.failed), report.unchanged) == (0, 0, 0, 4)
    assert book.appointments("Anouk") == ["12-07 15:00"] and book.appointments("Anouk", "cancelled") == ["12-08 10:00"]
    assert book.appointments("Bram") == ["12-09 10:00"] and len(report.remarks) == 3


def test_our_own_calendar_in_another_notebook_is_added_once(book: Desk, tmp_path: Path) -> None:
    anouk = customers.find(book.book, "Anouk").results[0].customer_id
    moments.add_appointment(book.book, anouk, "2026-12-07T10:00", 30)
    exporting.export_file(book.book, tmp_path / "own.ics")
    (tmp_path / "b").mkdir()
    other = Desk(tmp_path / "b")
    assert other.take(tmp_path / "own.ics").added == 1
    assert (other.take(tmp_path / "own.ics").unchanged, other.appointments("Anouk")) == (1, ["12-07 10:00"])
    exporting.export_file(other.book, tmp_path / "back.ics")
    other.book.close()
    report = book.take(tmp_path / "back.ics")
    assert (report.added, report.updated, book.appointments("Anouk")) == (0, 0, ["12-07 10:00"])


# ---- read again ------------------------------------------------------------------------------------------------


def test_what_was_changed_here_stays_until_the_calendar_changes(book: Desk, calendar: Calendar) -> None:
    book.take(calendar(at("07")))
    (row,) = book.book.rows("SELECT id, version FROM interaction")
    moments.edit_moment(book.book, row[0], {"at": "2026-12-07T16:00", "note": "eigen woorden"}, version=row[1])
    assert book.take(calendar(at("07"))).unchanged == 1 and book.appointments("Anouk") == ["12-07 16:00"]
    assert book.take(calendar(at("08"))).updated == 1 and book.appointments("Anouk") == ["12-08 10:00"]
    assert book.take(calendar(at("08", title="Anouk Bakker - kleuren"))).unchanged == 1
    (one,) = book.card("Anouk").interactions
    assert one.note == "eigen woorden"


def test_another_treatment_is_followed(book: Desk, calendar: Calendar) -> None:
    book.take(calendar(at("07")))
    assert book.take(calendar(at("07", title="Anouk Bakker - kleuren + föhnen"))).updated == 1
    assert book.card("Anouk").interactions[0].treatments == ["kleuren", "föhnen"]


def test_an_appointment_given_to_somebody_else(book: Desk, calendar: Calendar) -> None:
    book.take(calendar(at("07")))
    assert book.take(calendar(at("07", title="Bram de Wit - knippen"))).updated == 1
    assert book.appointments("Anouk") == [] and book.appointments("Bram") == ["12-07 10:00"]


@pytest.mark.parametrize(("new", "old"), [
    ("SEQUENCE:3", "SEQUENCE:2"), ("LAST-MODIFIED:20261120T100000Z", "LAST-MODIFIED:20261110T100000Z"),
    ("DTSTAMP:20261120T100000Z", "DTSTAMP:20261110T100000Z"),
])
def test_the_newest_version_wins(book: Desk, calendar: Calendar, new: str, old: str) -> None:
    assert book.take(calendar(at("07", more=new), at("08", more=old))).unchanged == 1
    assert book.appointments("Anouk") == ["12-07 10:00"]
    report = book.take(calendar(at("08", more=old)))
    assert report.unchanged == 1 and "oudere" in report.remarks[0] and book.appointments("Anouk") == ["12-07 10:00"]


def test_one_uid_for_everybody_loses_nobody(book: Desk, calendar: Calendar) -> None:
    file = calendar(at("07"), at("08", title="Bram de Wit"), at("09"))
    assert book.take(file).updated == 3
    assert book.appointments("Anouk") == ["12-07 10:00", "12-09 10:00"] and book.appointments("Bram") == ["12-08 10:00"]
    assert book.take(file).unchanged == 3


def test_a_series_called_off_as_a_whole(book: Desk, calendar: Calendar) -> None:
    book.take(calendar(at("07", more="RRULE:FREQ=WEEKLY;COUNT=3")))
    assert len(book.appointments("Anouk")) == 3
    book.take(calendar(at("07"), head="METHOD:CANCEL\r\n"))
    assert book.appointments("Anouk") == [] and len(book.appointments("Anouk", "cancelled")) == 3


def test_a_series_that_ends_sooner_and_an_older_copy_of_it(book: Desk, calendar: Calendar) -> None:
    old = at("07", more="SEQUENCE:0\r\nRRULE:FREQ=WEEKLY;COUNT=3")
    new = at("07", more="SEQUENCE:1\r\nRRULE:FREQ=WEEKLY;COUNT=2")
    book.take(calendar(old))
    assert book.take(calendar(new)).updated == 1 and book.appointments("Anouk") == ["12-07 10:00", "12-14 10:00"]
    assert book.take(calendar(old)).unchanged == 1 and book.appointments("Anouk") == ["12-07 10:00", "12-14 10:00"]
    book.book.clock = FixedClock(datetime(2026, 12, 10, 9, 0))
    assert book.take(calendar(new)).unchanged == 1


def test_several_rules_and_days(book: Desk, calendar: Calendar) -> None:
    more = "RRULE:FREQ=WEEKLY;COUNT=2\r\nRRULE:FREQ=MONTHLY;COUNT=2\r\nRDATE;VALUE=PERIOD:20261224T090000Z/PT1H"
    book.take(calendar(at("07", more=more)))
    assert book.appointments("Anouk") == ["12-07 10:00", "12-14 10:00", "12-24 10:00", "01-07 10:00"]


@pytest.mark.parametrize(("rule", "days"), [
    ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=5", ["07", "09", "14", "16", "21"]),
    ("FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=MO,TH;UNTIL=20261231T000000Z", ["07", "10", "21", "24"]),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE;COUNT=3", ["07", "08", "09"]),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", []), ("FREQ=DAILY", []), ("FREQ=DAILY;INTERVAL=2", []),
])
def test_several_days_a_week_but_not_every_day(book: Desk, calendar: Calendar, rule: str, days: list[str]) -> None:
    report = book.take(calendar(at("07", more=f"RRULE:{rule}")))
    assert book.appointments("Anouk") == [f"12-{day} 10:00" for day in days]
    assert [text for _record, _line, text, _title in report.failed] == [] if days else [
        "Het komt bijna elke dag terug, dus het is geen afspraak van een klant."
    ]


def test_what_is_taken_out_or_moved_at_the_time_a_series_was_moved_to(book: Desk, calendar: Calendar) -> None:
    """From the 14th on at two; the 21st is taken out as of two, the 28th goes from two to four."""
    series = at("07", more="RRULE:FREQ=WEEKLY;COUNT=5")
    zone = "TZID=Europe/Amsterdam"
    later = at("14", "140000", more=f"RECURRENCE-ID;{zone};RANGE=THISANDFUTURE:20261214T100000")
    one = at("28", "160000", more=f"RECURRENCE-ID;{zone}:20261228T140000")
    out = f"EXDATE;{zone}:20261221T140000"
    stands = ["12-07 10:00", "12-14 14:00", "12-28 16:00", "01-04 14:00"]
    book.take(calendar(series, later))
    assert book.appointments("Anouk")[2:] == ["12-21 14:00", "12-28 14:00", "01-04 14:00"]
    book.take(calendar(f"{series}\r\n{out}", later, one))
    assert book.appointments("Anouk") == stands
    assert book.take(calendar(series, f"{later}\r\n{out}", one)).updated == 0 and book.appointments("Anouk") == stands


# ---- zones -----------------------------------------------------------------------------------------------------


def test_a_zone_of_the_files_own_and_one_of_nobody(book: Desk, calendar: Calendar) -> None:
    zone = ("BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
            "TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n")
    events = [f"UID:{n}\r\nDTSTART;TZID={name}:20261207T100000\r\nSUMMARY:Anouk Bakker"
              for n, name in enumerate(("Customized Time Zone", "Marsrode Tijd"))]
    report = book.take(calendar(*events, head=zone))
    assert book.appointments("Anouk") == ["12-07 08:00", "12-07 10:00"]
    assert len(report.remarks) == 1 and "Marsrode Tijd" in report.remarks[0]


# ---- who is meant ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("title", "more", "who"), [
    ("Kleuren en knippen voor Anouk Bakker", "", "Anouk"), ("Keratinebehandeling Anouk Bakker", "", ""),
    ("Knippen en wassen bij Anouk Bakker", "", "Anouk"), ("Bakker, Anouk", "", "Anouk"),
    ("Carla Mulder", "", "Carla Maria"), ("Cara Mulder - knippen", "", "Carla Maria"), ("Bram Wit", "", "Bram"),
    ("Knippen", "ATTENDEE;CN=Somebody:mailto:anouk@example.nl", "Anouk"),
    ("Knippen", "ATTENDEE;CN=Bram de Wit:mailto:bram@elders.example", "Bram"),
    ("Knippen", "DESCRIPTION:anouk@example.nl belde", "Anouk"), ("Knippen", "DESCRIPTION:tel. 06 12345002", "Bram"),
    ("Knippen", "ORGANIZER:mailto:anouk@example.nl\r\nATTENDEE:mailto:anouk@example.nl", ""),
    ("Knippen Bakker", "", ""), ("Petra Nieuw", "ATTENDEE:mailto:anouk@example.nl", "Petra"),
])
def test_who_is_meant(book: Desk, calendar: Calendar, title: str, more: str, who: str) -> None:
    report = book.take(calendar(at("07", title=title, more=more)))
    for card in book.cards():
        assert len(card.interactions) == (card.given_name == who)
    assert len(book.cards()) == 4 if who == "Petra" else len(book.cards()) == 3 or not who
    assert bool(report.failed) == (len(book.cards()) == 3 and not who)


def test_a_shortened_name_is_taken_for_the_only_one_it_fits(book: Desk, calendar: Calendar) -> None:
    """Of several nobody: then it is said who they are. Their number, or a title that is not theirs, tells."""
    for given, family, title, phone in (
        ("Anouk", "Berg", "", "0612345009"), ("Frits", "Mulder", "Dhr.", ""), ("Jan", "Mulder-Smit", "Dhr.", "")
    ):
        phones = [Phone(phone)] if phone else []
        record = CustomerRecord(given_name=given, family_name=family, honorific=title, phones=phones)
        customers.new_customer(book.book, record)
    titles = ("Anouk B.", "Anouk B. 06-12345009", "Mevr. Mulder", "Dhr. Mulder", "Dhr. F. Mulder", "B. de Wit",
              "Bram d. W.")
    report = book.take(calendar(*(at("07", f"{n:02d}0000", title, uid=f"u{n}") for n, title in enumerate(titles, 8))))
    assert [text.split(";")[1] for _record, _line, text, _title in report.failed] == [
        " misschien is het Anouk Bakker (1), Anouk Berg (4). Schrijf de hele naam in de agenda.",
        " misschien is het Carla Maria Mulder (3), Dhr. Frits Mulder (5), Dhr. Jan Mulder-Smit (6)."
        " Schrijf de hele naam in de agenda.",
    ]
    planned = {f"{c.given_name} {c.family_name}": [i.at[11:13] for i in c.interactions] for c in book.cards()}
    assert planned == {"Anouk Bakker": [], "Bram Wit": ["13", "14"], "Carla Maria Mulder": ["10"], "Anouk Berg": ["09"],
                       "Frits Mulder": ["12"], "Jan Mulder-Smit": []}


def test_birthdays_at_midnight_in_every_zone(book: Desk, calendar: Calendar) -> None:
    for start in (":19750515T000000", ":19750514T230000Z", ":19750515T000000Z", ";VALUE=DATE:19750515"):
        event = f"UID:b\r\nDTSTAMP:20261101T000000Z\r\nDTSTART{start}\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:X (verjaardag)"
        book.take(calendar(event.replace("X", "Anouk Bakker")))
        assert book.card("Anouk").birthday == "1975-05-15" and book.card("Anouk").interactions == [], start
