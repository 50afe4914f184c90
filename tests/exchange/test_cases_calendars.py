"""Small calendars as people bring them: what the README of ../shared/data/cases-2026-11 says is right must hold."""

from __future__ import annotations

from pathlib import Path

from kapperboek.services.importing import exporting
from tests.exchange.cases import Desk, here

pytestmark = here


def test_i04_this_and_future(salon_desk: Desk) -> None:
    salon_desk.read("i04-thisandfuture.ics")
    assert salon_desk.appointments("Carla") == ["12-03 10:00", "12-10 10:00", "12-17 14:00", "12-24 14:00",
                                           "12-31 14:00", "01-07 14:00"]


def test_i05_further_days(salon_desk: Desk) -> None:
    salon_desk.read("i05-rdate.ics")
    assert salon_desk.appointments("Dirk-Jan") == ["12-04 11:00", "01-08 11:00", "02-12 11:00"]
    assert salon_desk.appointments("Elly") == ["12-04 12:00", "12-18 12:00", "01-15 12:00"]


def test_i07_two_versions_in_one_file(salon_desk: Desk) -> None:
    salon_desk.read("i07-same-uid-twice.ics")
    assert salon_desk.appointments("Frits") == ["12-10 15:30"] and salon_desk.appointments("Carla") == ["12-11 15:30"]


def test_i09_cancelled_by_method(salon_desk: Desk) -> None:
    salon_desk.read("i09a-first.ics", "i09c-cancel-method-only.ics")
    assert salon_desk.appointments("Anouk") == ["12-15 10:00"]
    assert salon_desk.appointments("Bram") == [] and salon_desk.appointments("Bram", "cancelled") == ["12-15 11:00"]


def test_i10_new_uids_at_each_export(salon_desk: Desk) -> None:
    salon_desk.read("i08a-first.ics", "i10b-new-uids.ics")
    once = salon_desk.appointments("Anouk") == ["12-15 10:00"] and salon_desk.appointments("Bram") == ["12-15 11:00"]
    assert once or "Anouk" in salon_desk.said


def test_i11_one_moved(salon_desk: Desk) -> None:
    salon_desk.read("i11a-series.ics", "i11b-one-moved.ics")
    assert salon_desk.appointments("Carla") == ["12-08 10:00", "12-16 14:30", "12-22 10:00", "12-29 10:00"]


def test_i11_one_taken_out(salon_desk: Desk) -> None:
    salon_desk.read("i11a-series.ics", "i11c-one-taken-out.ics")
    assert salon_desk.appointments("Carla") == ["12-08 10:00", "12-15 10:00", "12-29 10:00"]


def test_i15_birthday_at_midnight(salon_desk: Desk) -> None:
    salon_desk.read("i15b-birthday-midnight.ics")
    assert salon_desk.card("Carla").birthday == "1975-05-15" and salon_desk.card("Carla").interactions == []


def test_i16_attendees(salon_desk: Desk) -> None:
    salon_desk.read("i16-attendees.ics")
    assert salon_desk.appointments("Anouk") == ["12-17 09:00"] and salon_desk.appointments("Bram") == ["12-17 10:00"]
    assert salon_desk.appointments("Elly") == ["12-17 11:00"] and salon_desk.appointments("Frits") == []
    assert "Bakker" in salon_desk.said and "Frits" in salon_desk.said


def test_i17_zones_of_the_file_itself(salon_desk: Desk) -> None:
    salon_desk.read("i17b-exchange-zone-names.ics")
    assert salon_desk.appointments("Anouk") == ["12-08 09:00"] and salon_desk.appointments("Bram") == ["12-08 10:00"]


def test_i18_rhythms(salon_desk: Desk) -> None:
    salon_desk.read("i18-rhythms.ics")
    assert salon_desk.appointments("Anouk") == ["12-01 09:00", "12-29 09:00", "01-26 09:00", "02-23 09:00"]
    assert salon_desk.appointments("Bram") == ["12-01 10:00", "01-01 10:00", "02-01 10:00"]
    assert salon_desk.appointments("Carla") == ["12-01 11:00", "01-05 11:00", "02-02 11:00"]
    assert salon_desk.appointments("Dirk-Jan") == ["12-31 12:00", "01-31 12:00", "03-31 12:00"]
    assert salon_desk.appointments("Frits") == ["12-02 13:00"]
    assert salon_desk.appointments("Elly") == ["12-01 13:00", "12-04 13:00", "12-08 13:00", "12-11 13:00"]


def test_i19_day_taken_out(salon_desk: Desk) -> None:
    salon_desk.read("i19-exdate-day-only.ics")
    assert salon_desk.appointments("Elly") == ["12-02 14:00", "12-16 14:00", "12-23 14:00"]


def test_i22_middle_names(desk: Desk) -> None:
    desk.read("c01-google-2024.csv", "c02-outlook-nl.csv", "i22-middle-names.ics")
    assert len(desk.cards()) == 8
    adriana = desk.appointments("Adriana")
    assert adriana == ["12-10 10:00", "12-11 11:00"] or (adriana == ["12-10 10:00"] and "Adriana Gunten" in desk.said)
    assert desk.appointments("Renée") == ["12-12 12:00"]
    assert desk.appointments("Greet") == ["12-13 13:00", "12-14 14:00"]


def test_i27_an_older_copy_changes_nothing(salon_desk: Desk) -> None:
    salon_desk.read("i27a-new.ics", "i27b-old-again.ics")
    assert salon_desk.appointments("Anouk") == ["12-07 14:00"] and len(salon_desk.card("Anouk").interactions) == 1


def test_i28_our_own_calendar_read_back(desk: Desk, tmp_path: Path) -> None:
    desk.read("i28-own-appointment.json")
    out = tmp_path / "agenda.ics"
    exporting.export_file(desk.book, out)
    report = desk.take(out)
    assert (report.added, report.updated, len(report.failed)) == (0, 0, 0)
    assert desk.appointments("Anouk") == ["12-15 10:00"] and len(desk.cards()) == 1
