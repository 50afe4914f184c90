"""Our own files read back: nothing is added, whatever changed in the notebook since, and in another notebook once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kapperboek.domain.records import CustomerRecord, InteractionRecord, Phone
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services.customers import customers
from kapperboek.services.importing import exporting, importing
from kapperboek.services.keeping import notebooks
from kapperboek.services.moments import appointments, moments
from kapperboek.storage.records.record_reader import read_customers
from kapperboek.storage.write.row_lookup import moment_at
from tests.conftest import KEY

if TYPE_CHECKING:
    from kapperboek.storage.file.notebook import Notebook

SUFFIXES = (".ics", ".xlsx", ".csv", ".vcf", ".json")


def moments_of(book: Notebook) -> list[tuple[str, str, str]]:
    """Every contact moment: who, when, what."""
    return [(c.uid, i.at, i.kind) for _id, c in read_customers(book) for i in c.interactions]


@pytest.fixture
def small(book: Notebook) -> Notebook:
    """A notebook with appointments made here and in a calendar, visits, and two at one time."""
    kinds = (("appointment", "2026-12-15T10:00", ""), ("appointment", "2026-12-16T10:00", "abc@elsewhere"),
             ("visit", "2026-10-01T10:00", ""), ("call", "2026-10-01T10:00", ""), ("visit", "2026-09-01T10:00", ""),
             ("appointment", "2026-12-17T10:00", ""), ("appointment", "2026-12-17T10:00", ""))
    for given, family in (("Anouk", "Bakker"), ("Bram", "de Wit"), ("Anouk", "Bakker")):
        record = CustomerRecord(given_name=given, family_name=family, birthday="1980-02-03", phones=[Phone("06123")])
        record.interactions = [
            InteractionRecord(kind, at, minutes=30, treatments=["Knippen"], source_key=key and f"{key}{len(given)}")
            for kind, at, key in kinds
        ]
        customers.new_customer(book, record)
    return book


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_read_back_as_it_was(small: Notebook, tmp_path: Path, suffix: str) -> None:
    exporting.export_file(small, tmp_path / f"own{suffix}")
    before = moments_of(small)
    report = importing.import_files(small, [tmp_path / f"own{suffix}"]).files[0]
    assert (report.added, report.updated, report.failed) == (0, 0, ()) and moments_of(small) == before


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_read_back_after_changes(small: Notebook, tmp_path: Path, suffix: str) -> None:
    exporting.export_file(small, tmp_path / f"own{suffix}")
    days = ("2026-12-15", "2026-12-16", "2026-09-01", "2026-10-01")
    moved, called_off, visit, other = (moment_at(small, 1, f"{day}T10:00") for day in days)
    moments.edit_moment(small, moved, {"at": "2026-12-15T15:00"}, version=1)
    moments.cancel_appointment(small, called_off, version=1)
    moments.edit_moment(small, visit, {"note": "kleur 7.1", "recipe": "7/1"}, version=1)
    moments.delete_moment(small, other)
    before = moments_of(small)
    report = importing.import_files(small, [tmp_path / f"own{suffix}"]).files[0]
    assert (report.added, report.updated, report.failed) == (0, 0, ()) and moments_of(small) == before


def test_what_was_moved_stays_there_and_who_did_not_come_is_not_expected(small: Notebook, tmp_path: Path) -> None:
    appointments.add_appointment(small, 2, "2026-11-22T10:00", 30, ("Knippen",))
    made, known, gone = (moment_at(small, 2, f"{day}T10:00") for day in ("2026-12-15", "2026-12-16", "2026-11-22"))
    moments.edit_moment(small, made, {"at": "2026-12-18T15:00"}, version=1)
    moments.edit_moment(small, known, {"at": "2026-12-19T09:00"}, version=1)
    appointments.missed_appointment(small, gone, version=1)
    exporting.export_file(small, tmp_path / "own.ics")
    before = moments_of(small)
    report = importing.import_files(small, [tmp_path / "own.ics"]).files[0]
    assert (report.added, report.updated, report.failed) == (0, 0, ()) and moments_of(small) == before
    assert not any("Bram" in remark for remark in report.remarks)
    assert (tmp_path / "own.ics").read_text().count("STATUS:CANCELLED") == 1


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_in_another_notebook_once(small: Notebook, tmp_path: Path, suffix: str) -> None:
    exporting.export_file(small, tmp_path / f"own{suffix}")
    clock = FixedClock(datetime(2026, 11, 22))
    other = notebooks.create(tmp_path / "b.kapperboek", key=KEY, shop_name="B", clock=clock)
    first = importing.import_files(other, [tmp_path / f"own{suffix}"]).files[0]
    before = moments_of(other)
    again = importing.import_files(other, [tmp_path / f"own{suffix}"]).files[0]
    assert (again.added, again.updated, moments_of(other)) == (0, 0, before) and first.added
    exporting.export_file(other, tmp_path / f"back{suffix}")
    other.close()
    before = moments_of(small)
    back = importing.import_files(small, [tmp_path / f"back{suffix}"]).files[0]
    assert (back.added, moments_of(small)) == (0, before)


def entries(path: Path) -> dict[str, dict[str, str]]:
    """The entries of a calendar file by their UID, folding undone."""
    text = path.read_text("utf-8").replace("\n ", "")
    found = [dict(line.split(":", 1) for line in part.split() if ":" in line) for part in text.split("BEGIN:VEVENT")]
    return {one["UID"]: one for one in found[1:]}


def test_a_moved_one_is_the_same_entry_elsewhere_and_the_newest_change_counts(small: Notebook, tmp_path: Path) -> None:
    first, then, back = tmp_path / "1.ics", tmp_path / "2.ics", tmp_path / "3.ics"
    exporting.export_file(small, first)
    clock = FixedClock(datetime(2026, 11, 22))
    other = notebooks.create(tmp_path / "b.kapperboek", key=KEY, shop_name="B", clock=clock)
    importing.import_files(other, [first])
    small.clock = FixedClock(datetime(2026, 11, 23, 9))
    moved, called_off = (moment_at(small, 2, f"2026-12-{day}T10:00") for day in ("15", "16"))
    moments.edit_moment(small, moved, {"at": "2026-12-18T15:00"}, version=1)
    moments.edit_moment(small, moved, {"at": "2026-12-19T16:00"}, version=moments.moment(small, moved).version)
    appointments.add_appointment(small, 2, "2026-12-15T10:00", 30)  # in the place that became free
    moments.cancel_appointment(small, called_off, version=1)
    exporting.export_file(small, then)
    before, after = entries(first), entries(then)
    assert before.keys() < after.keys() and len(after) == len(before) + 1
    changed = sorted((key for key in before if before[key] != after[key]), key=lambda key: key.startswith("abc"))
    assert [after[key]["DTSTART"] for key in changed] == ["20261219T150000Z", "20261216T090000Z"]
    assert [after[key].get("STATUS", "") for key in changed] == ["", "CANCELLED"]
    for key in changed:
        assert int(after[key]["SEQUENCE"]) > int(before[key]["SEQUENCE"])
        assert after[key]["LAST-MODIFIED"] == after[key]["DTSTAMP"] == "20261123T080000Z"

    def read(book: Notebook, path: Path) -> tuple[int, int]:
        report = importing.import_files(book, [path]).files[0]
        return report.added, report.updated

    assert read(other, then) == (0, 3) and read(other, then) == (0, 0) and read(other, first) == (0, 0)
    bram = [(i.at, i.state) for _id, c in read_customers(other) if c.given_name == "Bram" for i in c.interactions]
    assert bram == [("2026-12-15T10:00", ""), ("2026-12-16T10:00", "cancelled"), ("2026-12-17T10:00", ""),
                    ("2026-12-19T16:00", "")]
    other.clock = FixedClock(datetime(2026, 11, 24, 9))
    there = next(id for id, c in read_customers(other) if c.given_name == "Bram")
    theirs = moments.moment(other, moment_at(other, there, "2026-12-19T16:00"))
    moments.edit_moment(other, theirs.id, {"at": "2026-12-20T11:00"}, version=theirs.version)
    assert read(other, then) == (0, 0), "what was changed here since, stays"
    exporting.export_file(other, back)
    other.close()
    assert read(small, first) == (0, 0) and read(small, back) == (0, 1) and read(small, back) == (0, 0)
    assert moments.moment(small, moved).at == "2026-12-20T11:00"


def test_the_whole_salon_read_back(salon: Notebook, tmp_path: Path) -> None:
    before = moments_of(salon)
    for suffix in SUFFIXES:
        exporting.export_file(salon, tmp_path / f"own{suffix}")
        report = importing.import_files(salon, [tmp_path / f"own{suffix}"]).files[0]
        assert (report.added, report.updated, report.failed) == (0, 0, ()), suffix
    assert moments_of(salon) == before


@pytest.mark.parametrize("name", ["b.kapperboek", "kopie.bak"])
def test_another_notebook_is_told_what_it_is(book: Notebook, tmp_path: Path, name: str) -> None:
    clock = FixedClock(datetime(2026, 11, 22))
    notebooks.create(tmp_path / "x.kapperboek", key=KEY, shop_name="B", clock=clock).close()
    file = (tmp_path / "x.kapperboek").rename(tmp_path / name)
    report = importing.import_files(book, [file]).files[0]
    [(_record, _line, reason, _text)] = report.failed
    assert "notitieboek van Kapperboek" in reason and "Terugzetten" in reason and "restore" in reason
