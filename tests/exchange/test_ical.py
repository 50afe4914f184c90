"""Calendars against the truth; times, repeats and birthdays; and our own calendar back in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kapperboek.domain.records import AgendaRecord, CustomerRecord, InteractionRecord, Rejected, SeriesRecord
from kapperboek.exchange.calendar.ical import read_ical, write_ical
from kapperboek.exchange.calendar.ical_titles import name_and_title
from tests.exchange.conftest import DATA, TRUTH, files

TODAY = date(2026, 11, 22)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ODD_ZONES = {
    "evolution2.ics": "Asia/Dubai",
    "x_location_apple.ics": "Europe/Zurich",
    "events_and_todos.ics": "America/New_York",
}


def local(text: str, zone: str) -> str:
    """A moment of truth.json on the clock of Amsterdam."""
    naive = datetime.fromisoformat(text.replace("Z", ""))
    return (
        naive.replace(tzinfo=ZoneInfo("UTC" if text.endswith("Z") else zone))
        .astimezone(AMSTERDAM)
        .strftime("%Y-%m-%dT%H:%M")
    )


@pytest.mark.parametrize("name", files("ical"))
def test_real_calendars(name: str) -> None:
    truth = TRUTH[name]
    starts = [sample["start"] for sample in truth["samples"] if "repeats" in sample and "T" in sample.get("start", "")]
    day = date.fromisoformat(starts[0][:10]) if starts else date(2015, 7, 10) if "exchange" in name else TODAY
    day = date(2012, 4, 1) if "exdates" in name else day
    found = list(read_ical(DATA / name, "Europe/Amsterdam", day))
    found = [item for item in found if not isinstance(item, SeriesRecord)]
    keys = {
        item.key.partition("/")[0].partition("#")[0] if isinstance(item, AgendaRecord) else item.record
        for item in found
    }
    others = 2 if truth.get("todos") else 0  # the to-do, and a diary page the truth does not count
    assert len(keys) == truth["events"] + others
    for sample in truth["samples"]:
        items = [i for i in found if sample["summary"] in (f"{i.name} - {i.title}" if isinstance(i,
            AgendaRecord) and i.title and i.kind == "appointment" else i.name
                 if isinstance(i, AgendaRecord) and i.kind == "appointment" else i.title if isinstance(i,
                     AgendaRecord) else i.text.rpartition(" ")[0] or i.text)]
        items = items or [i for i in found if isinstance(i, Rejected) and i.text.startswith(sample["summary"])]
        assert items, sample["summary"]
        if isinstance(items[0], AgendaRecord):
            _hold(items, sample, Path(name).name)


def _hold(items: list[AgendaRecord], sample: dict[str, str], name: str) -> None:
    if "birthday" in sample:
        assert (items[0].kind, items[0].at) == ("birthday", sample["birthday"])
    elif "T" in sample.get("start", ""):
        zone = sample.get("zone", ODD_ZONES.get(name, "Europe/Amsterdam"))
        assert local(sample["start"], zone) in [item.at for item in items]
        if "end" in sample:
            length = datetime.fromisoformat(sample["end"].replace("Z", "")) - datetime.fromisoformat(
                sample["start"].replace("Z", "")
            )
            assert items[0].minutes == length // timedelta(minutes=1)
    if "description" in sample:
        assert items[0].note == sample["description"] and items[0].phone == "06-12345601"
    if "cancelled" in sample.get("note", ""):
        assert items[0].cancelled


def event(*lines: str) -> str:
    return "BEGIN:VEVENT\r\n" + "\r\n".join(lines) + "\r\nEND:VEVENT\r\n"


@pytest.mark.parametrize(("title", "names", "day"), [
    ("Verjaardag van Jan de Wit", ["Jan de Wit"], "--05-03"), ("Jan's birthday", ["Jan"], "--05-03"),
    ("Birthday of Jan & Els", ["Jan", "Els"], "--05-03"),
    ("Jan de Wit - Birthday", ["Jan de Wit"], "--05-03"), ("🎂 Jan (1980)", ["Jan"], "1980-05-03"),
    ("Geburtstag von Jan", ["Jan"], "--05-03"),
    ("Jan is jarig!", ["Jan"], "--05-03"), ("Koningsdag", [], ""),
])
def test_birthdays_in_many_words(write, title: str, names: list[str], day: str) -> None:
    found = list(
        read_ical(
            write(
                event(
                    "UID:1",
                    "DTSTAMP:20260101T000000Z",
                    "DTSTART;VALUE=DATE:20260503",
                    "RRULE:FREQ=YEARLY",
                    f"SUMMARY:{title}",
                )
            ),
            "Europe/Amsterdam",
            TODAY,
        )
    )
    assert [(item.name, item.at) for item in found if isinstance(item, AgendaRecord)] == [(name, day) for name in names]
    assert len(found) == max(1, len(names))


def test_repeats_keep_the_hour_over_a_change_of_clock_and_skip_what_was_moved(write) -> None:
    head = ("UID:r", "DTSTART;TZID=Europe/Amsterdam:20261016T093000", "SUMMARY:Els - wassen")
    text = event(*head, "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Europe/Amsterdam:20261023T093000")
    text += event(
        "UID:r",
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20261030T093000",
        "DTSTART;TZID=Europe/Amsterdam:20261031T100000",
        "SUMMARY:Els - wassen",
    )
    found = list(read_ical(write(text), "Europe/Amsterdam", TODAY))
    assert [item.at for item in found if isinstance(item, AgendaRecord)] == [
        "2026-10-16T09:30",
        "2026-11-06T09:30",
        "2026-10-31T10:00",
    ]
    assert len({item.key for item in found if isinstance(item, AgendaRecord)}) == 3


def test_one_bad_event_costs_no_other(write) -> None:
    text = (
        event("SUMMARY:kapot", "DTSTART:20261399T990000")
        + "BEGIN:VEVENT\r\nSUMMARY:half\r\n"
        + event("SUMMARY:Jan", "DTSTART:20261201T1000")
    )
    text += event("SUMMARY:raar", "DTSTART:20261201T100000", "RRULE:FREQ=SOMETIMES") + event(
        "SUMMARY:Els", "DTSTART:20261202T100000", "DURATION:PT30M"
    )
    found = list(read_ical(write("BEGIN:VCALENDAR\r\n" + text), "Europe/Amsterdam", TODAY))
    assert [(i.name, i.minutes) for i in found if isinstance(i, AgendaRecord)] == [("Jan", None), ("Els", 30)]
    assert [i.text.split()[0] for i in found if isinstance(i, Rejected)] == ["kapot", "half", "raar"]


def test_our_own_calendar_comes_back(tmp_path: Path) -> None:
    people = [
        CustomerRecord(uid="u1", given_name="Marieke", prefix="van der", family_name="Veen",
        birthday="1985-11-23",
                       interactions=[InteractionRecord("appointment", "2026-12-03T09:30", minutes=75,
                       treatments=["knippen", "kleuren"])]),
        CustomerRecord(uid="u2", given_name="Jan", birthday="--02-29",
        interactions=[InteractionRecord("visit", "2026-10-01T10:00")]),
        CustomerRecord(uid="u3", given_name="Els", birthday="1950-01-01", deceased=True),
    ]
    assert write_ical(tmp_path / "a.ics", people) == 2
    found = [
        item for item in read_ical(tmp_path / "a.ics", "Europe/Amsterdam", TODAY) if isinstance(item, AgendaRecord)
    ]
    assert [(i.kind, i.name, i.at, i.minutes) for i in found] == [
        ("birthday", "Marieke van der Veen", "1985-11-23", None), ("appointment", "Marieke van der Veen",
        "2026-12-03T09:30", 75),
        ("birthday", "Jan", "--02-29", None),
    ]
    assert found[1].title == "knippen + kleuren"


def test_a_meeting_of_every_working_day_is_nobodys_appointment(shared: Path) -> None:
    [only] = list(read_ical(shared / "ical" / "x_location_apple.ics", "Europe/Amsterdam"))
    assert isinstance(only, Rejected)
    assert "Daily Sync" in only.text


@pytest.mark.parametrize(("summary", "name", "title"), [
    ("Knippen - Marieke van der Veen", "Marieke van der Veen", "Knippen"),
    ("Marieke van der Veen knippen en kleuren", "Marieke van der Veen", "knippen en kleuren"),
    ("Jan Jansen (knippen)", "Jan Jansen", "knippen"), ("Jan Jansen (06-12345678)", "Jan Jansen", ""),
    ("Sanne de Boer · Haircut", "Sanne de Boer", "Haircut"), ("Afspraak met Jan Bakker", "Jan Bakker", ""),
    ("Annelies - knippen", "Annelies", "knippen"), ("Knippen", "Knippen", ""), ("Els/Jan", "Els/Jan", ""),
    ("Jan Masker", "Jan Masker", ""),
])
def test_who_comes_and_what_for(summary: str, name: str, title: str) -> None:
    assert name_and_title(summary) == (name, title)


def test_a_description_of_google_is_text(write) -> None:
    text = 'Tel: <a href="tel:+31612345678">06-12345678</a><br>kleur &lt; 7/43 &amp; 3<5'
    path = write(event("SUMMARY:Jan", "DTSTART:20261201T100000", f"DESCRIPTION:{text}"))
    (item,) = read_ical(path, "Europe/Amsterdam", TODAY)
    assert isinstance(item, AgendaRecord) and item.note == "Tel: 06-12345678\nkleur < 7/43 & 3<5"


def test_a_repeat_that_ends_on_no_day_costs_that_event_only(write) -> None:
    bad = event("SUMMARY:Els", "DTSTART:20261201T100000", "RRULE:FREQ=WEEKLY;UNTIL=20269999T000000Z")
    found = list(read_ical(write(bad + event("SUMMARY:Jan", "DTSTART:20261201T100000")), "Europe/Amsterdam", TODAY))
    assert [(type(item).__name__, item.record) for item in found] == [("Rejected", 1), ("AgendaRecord", 2)]
