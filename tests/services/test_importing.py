"""Imports: everybody in once, nobody joined on likeness, all of it one change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kapperboek.domain.errors import Cancelled, UserError
from kapperboek.domain.records import CustomerRecord, Phone, Rejected, SourceRecord
from kapperboek.domain.time.clock import FixedClock
from kapperboek.domain.views.list_views import CustomerFilter, FileReport
from kapperboek.exchange.vcard import vcard
from kapperboek.services import journal, today
from kapperboek.services.customers import customers
from kapperboek.services.importing import exporting, importing
from kapperboek.services.keeping import maintenance, notebooks

if TYPE_CHECKING:
    from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_reader import read_customer

KEY = bytes(range(32))


def take(book: Notebook, *paths: Path, **kw: Any) -> FileReport:
    """Import and give the report of the first file; what was read must add up."""
    report = importing.import_files(book, list(paths), **kw)
    for file in report.files:
        assert file.added + file.updated + file.unchanged + len(file.failed) == file.read
    return report.files[0]


def everybody(book: Notebook) -> list[str]:
    """The names of all customers."""
    ids = customers.list_customers(book, CustomerFilter())
    return [row.name for row in customers.customer_rows(book, ids)]


def vcf(path: Path, *cards: str) -> Path:
    """A file of vCards, given their lines."""
    text = "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\n{card}\r\nEND:VCARD\r\n" for card in cards)
    path.write_text(text, "utf-8", newline="")
    return path


def test_every_real_export_gives_its_people_once(book: Notebook, shared: Path) -> None:
    truth = json.loads((shared / "truth.json").read_text("utf-8"))
    for folder in ("vcard", "csv"):
        for file in sorted((shared / folder).iterdir()):
            before = len(everybody(book))
            first = take(book, file)
            known = truth[f"{folder}/{file.name}"]
            rows = known.get("cards", known.get("rows", known["people"]))
            assert first.added + first.unchanged + first.updated + len(first.failed) >= min(rows, known["people"]), file
            assert len(everybody(book)) == before + first.added
            again = take(book, file)
            assert (again.added, again.updated) == (0, 0), file
            assert again.unchanged == first.added + first.updated + first.unchanged


@pytest.mark.parametrize(
    "name", ["vcard/gmail-list.vcf", "csv/tb-export.ldif", "made/klantenlijst-nl.xlsx", "made/agenda-nl.ics"]
)
def test_an_import_is_undone_as_one_change(book: Notebook, shared: Path, tmp_path: Path, name: str) -> None:
    customers.new_customer(book, CustomerRecord(given_name="Wim"))
    report = importing.import_files(book, [shared / name])
    assert len(everybody(book)) > 1
    changes = journal.changes(book)
    assert (changes[0].id, changes[0].source) == (report.batch, "import")
    journal.undo(book, report.batch)
    assert everybody(book) == ["Wim"]
    assert maintenance.check(book).problems == []
    assert take(book, shared / name).added > 0  # and it can be done again


def test_a_renamed_file_is_the_same_file(book: Notebook, shared: Path, tmp_path: Path) -> None:
    for name in (
        "made/klantenlijst-nl.xlsx",
        "made/klantenlijst-nl-excel.csv",
        "csv/rc-gmail.csv",
        "vcard/gmail-list.vcf",
    ):
        file = shared / name
        take(book, file)
        renamed = Path(shutil.copy(file, tmp_path / f"anders{file.suffix}"))
        again = take(book, renamed)
        assert (again.added, again.updated) == (0, 0)


def test_the_same_person_twice_in_one_file(book: Notebook, tmp_path: Path) -> None:
    report = take(
        book, vcf(tmp_path / "a.vcf", "FN:Wim de Groot", "FN:Wim de Groot", "FN:Wim de Groot\r\nTEL:0612345678")
    )
    assert (report.read, report.added, report.unchanged, report.possible_duplicates) == (3, 2, 1, 1)


def test_a_key_that_is_known_updates_and_never_removes(book: Notebook, tmp_path: Path) -> None:
    file = vcf(tmp_path / "a.vcf", "UID:u1\r\nFN:Wim de Groot\r\nTEL:0612345678")
    take(book, file)
    (customer_id,) = customers.list_customers(book, CustomerFilter())
    customers.add_line(book, customer_id, "warning", "Latex")
    newer = vcf(tmp_path / "b.vcf", "UID:u1\r\nFN:Wim de Groot\r\nEMAIL:wim@voorbeeld.nl\r\nBDAY:1960-01-02")
    report = take(book, newer)
    assert (report.added, report.updated) == (0, 1)
    record, _version = customers.identity(book, customer_id)
    assert [phone.value for phone in record.phones] == ["0612345678"]
    assert [mail.value for mail in record.emails] == ["wim@voorbeeld.nl"]
    assert record.birthday == "1960-01-02" and record.warnings
    for older_or_same in (file, newer):
        assert take(book, older_or_same).unchanged == 1


def test_the_same_source_next_month_corrects_itself_and_never_a_person(book: Notebook, tmp_path: Path) -> None:
    said = "UID:u1\r\nFN:Wim de Groot\r\nTEL:{phone}\r\nADR:;;{street};Zwolle;;8011 AB;\r\nORG:{firm}"
    take(book, vcf(tmp_path / "a.vcf", said.format(phone="0612345678", street="Kade 1", firm="Isla")))
    (customer_id,) = customers.list_customers(book, CustomerFilter())
    record, version = customers.identity(book, customer_id)
    customers.edit_customer(book, customer_id, replace(record, organisation="Isala"), version=version)
    report = take(book, vcf(tmp_path / "b.vcf", said.format(phone="0687654321", street="Markt 2", firm="Isola")))
    assert report.updated == 1 and any("Isala" in remark and "Isola" in remark for remark in report.remarks)
    record, _version = customers.identity(book, customer_id)
    assert [phone.value for phone in record.phones] == ["0687654321"]
    assert [home.street for home in record.addresses] == ["Markt"] and record.organisation == "Isala"
    again = take(book, vcf(tmp_path / "c.vcf", said.format(phone="0687654321", street="Weg 3", firm="Isola")))
    assert not any("Isola" in remark for remark in again.remarks), "said once"
    record, _version = customers.identity(book, customer_id)
    assert [home.street for home in record.addresses] == ["Weg"]
    gone = take(book, vcf(tmp_path / "d.vcf", "UID:u1\r\nFN:Wim de Groot"))
    assert sum("Weg 3" in remark or "0687654321" in remark for remark in gone.remarks) == 2
    assert customers.identity(book, customer_id)[0] == record


def test_likeness_alone_never_joins(book: Notebook, tmp_path: Path) -> None:
    take(book, vcf(tmp_path / "a.vcf", "UID:u1\r\nFN:Marieke Jansen\r\nTEL:0612345678"))
    report = take(book, vcf(tmp_path / "b.vcf", "UID:u2\r\nFN:Marieke Janssen\r\nTEL:+31 6 1234 5678"))
    assert (report.added, report.possible_duplicates) == (1, 1)


def test_a_number_in_a_list_of_another_day_and_of_another_shop(book: Notebook, tmp_path: Path) -> None:
    def csv(name: str, row: str) -> Path:
        path = tmp_path / name
        path.write_text(f"Klantnr;Voornaam;Achternaam;Mobiel;E-mail\n{row}\n", "utf-8")
        return path

    take(book, csv("klanten 2026-10.csv", "7;Wim;de Groot;0612345678;"))
    assert take(book, csv("Klanten 2026-11 (1).csv", "7;Wim;de Groot;0612345678;wim@voorbeeld.nl")).updated == 1
    other = take(book, csv("klanten.csv", "7;Els;Visser;0687654321;"))
    assert other.added == 1 and "7" in other.remarks[0]
    elsewhere = take(book, csv("leden.csv", "7;Wim;Groot;;groot@voorbeeld.nl"))
    assert elsewhere.added == 1


def test_the_number_of_a_namesake_with_another_birthday_is_of_somebody_else(book: Notebook, tmp_path: Path) -> None:
    def csv(name: str, row: str) -> Path:
        path = tmp_path / name
        path.write_text(f"Klantnr;Voornaam;Achternaam;Geboortedatum;Plaats\n{row}\n", "utf-8")
        return path

    take(book, csv("klanten 1.csv", "7;Wim;de Groot;12-05-1961;Zwolle"))
    assert take(book, csv("klanten 2.csv", "7;Wim;Visser;03-11-1984;Kampen")).added == 1
    assert take(book, csv("klanten 3.csv", "7;Wim;Groot-Bakker;12-05-1961;Hattem")).updated == 1


def test_one_bad_record_takes_no_other_along(book: Notebook, tmp_path: Path) -> None:
    file = vcf(tmp_path / "a.vcf", "FN:Een", "NOTE:niemand", "FN:Twee\r\nBDAY:2001-02-31", 'TEL;X="', "FN:Drie")
    report = take(book, file)
    assert everybody(book) == ["Drie", "Een", "Twee"]
    assert len(report.failed) == 2 and all(reason for _record, _line, reason, _text in report.failed)


def test_a_number_or_address_that_misses_a_part_is_kept_and_said(book: Notebook, tmp_path: Path) -> None:
    whole = ("06 12 34 56 78", "+31 6 1234 5678", "038-4212345", "0900-1234", "0032 470 12 34 56", "0612345678 (na 5)")
    cards = [f"FN:Heel {n}\r\nTEL:{number}\r\nEMAIL:h{n}@b.example" for n, number in enumerate(whole)]
    file = vcf(tmp_path / "a.vcf", "FN:Elif\r\nTEL:06-1212\r\nEMAIL:elif@x", *cards)
    sheet = tmp_path / "b.csv"
    lines = "Naam;Telefoon;E-mail\nBram de Boer;4212345;bram@\nCas Cornelis;0612345679;cas@c.example\n"
    sheet.write_text(lines, "utf-8")
    for report, parts in ((take(book, file), ("06-1212", "elif@x")), (take(book, sheet), ("4212345", "bram@"))):
        assert len(report.remarks) == 2 and not report.failed
        for part, remark in zip(parts, report.remarks, strict=True):
            assert f"“{part}”" in remark and "1" in remark
    assert not take(book, file).remarks  # nothing new about them
    kept = [read_customer(book, one) for one in customers.list_customers(book, CustomerFilter())]
    assert ["06-1212"] in [[phone.value for phone in one.phones] for one in kept]


def test_a_rehearsal_writes_nothing(book: Notebook, shared: Path) -> None:
    before = journal.changes(book)
    report = importing.import_files(book, [shared / "made" / "klantenlijst-nl.xlsx"], dry_run=True)
    assert report.dry_run and report.batch == 0 and report.files[0].added == 12
    assert everybody(book) == [] and journal.changes(book) == before


def test_stopping_keeps_nothing(book: Notebook, shared: Path) -> None:
    told: list[float] = []

    def progress(_what: str, part: float) -> None:
        told.append(part)

    with pytest.raises(Cancelled):
        importing.import_files(
            book, [shared / "csv" / "febrl-dataset1.csv"], progress=progress, cancelled=lambda: len(told) > 1
        )
    assert everybody(book) == []


def test_who_was_read_before_a_file_breaks_off_is_in(
    book: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = vcard.read_vcards

    def breaking(path: Path, *rest: Any) -> Iterator[SourceRecord | Rejected]:
        yield from whole(path, *rest)
        raise UserError("damaged-file", "Here it ends.")

    monkeypatch.setattr(importing, "read_vcards", breaking)
    report = take(book, vcf(tmp_path / "a.vcf", "FN:Jan Bos", "FN:Els Bos"))
    assert (report.added, [why for _record, _line, why, _text in report.failed]) == (2, ["Here it ends."])
    assert everybody(book) == ["Els Bos", "Jan Bos"]


def test_progress_only_goes_on(book: Notebook, shared: Path) -> None:
    told: list[float] = []
    files = [shared / "csv" / "febrl-dataset1.csv", shared / "made" / "klantenlijst-nl.xlsx"]
    importing.import_files(book, files, progress=lambda _what, part: told.append(part))
    assert told == sorted(told) and told[-1] == 1.0


def test_files_that_are_no_lists(book: Notebook, tmp_path: Path) -> None:
    empty, folder, noise = tmp_path / "empty.csv", tmp_path / "folder", tmp_path / "noise.vcf"
    empty.touch()
    folder.mkdir()
    noise.write_bytes(bytes(range(256)) * 40)
    report = importing.import_files(book, [empty, folder, noise, tmp_path / "absent.xlsx"])
    assert all(len(file.failed) == 1 and file.failed[0][2] for file in report.files)
    assert report.batch == 0


# ---- the notebook document ----------------------------------------------------------------------------------------


def document(folder: Path, *people: dict[str, Any], **head: Any) -> Path:
    path = folder / "boek.json"
    path.write_text(json.dumps({"kapperboek": 1, **head, "customers": list(people)}), "utf-8")
    return path


def test_out_and_in_again(salon: Notebook, tmp_path: Path, clock: FixedClock) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    exporting.export_file(salon, first)
    empty = notebooks.create(tmp_path / "empty.kapperboek", key=KEY, staff_name="Iemand anders", clock=clock)
    assert take(empty, first).added == 300
    exporting.export_file(empty, second)
    assert first.read_bytes() == second.read_bytes()  # the clock stands still
    assert [line.text for line in today.today(empty).lines] == [line.text for line in today.today(salon).lines]
    assert take(empty, first).unchanged == 300
    assert maintenance.check(empty).problems == []
    empty.close()


def test_by_uid_and_by_number(book: Notebook, tmp_path: Path) -> None:
    take(book, document(tmp_path, {"uid": "a", "number": "5", "given_name": "Wim"}))
    assert take(book, document(tmp_path, {"uid": "a", "given_name": "Wim", "nickname": "Wimpie"})).updated == 1
    assert take(book, document(tmp_path, {"number": "5", "given_name": "Wim", "family_name": "Bos"})).updated == 1
    assert everybody(book) == ["Wim Bos"]
    stranger = take(book, document(tmp_path, {"number": "5", "given_name": "Els"}))
    assert stranger.added == 1 and stranger.remarks


def test_unknown_keys_are_kept_and_reported(book: Notebook, tmp_path: Path) -> None:
    file = document(tmp_path, {"uid": "a", "given_name": "Wim", "star_sign": "leeuw"}, colour_of_door="groen")
    report = take(book, file)
    assert any("star_sign" in remark and "colour_of_door" in remark for remark in report.remarks)
    exporting.export_file(book, tmp_path / "out.json")
    out = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert (out["colour_of_door"], out["customers"][0]["star_sign"]) == ("groen", "leeuw")


# ---- agendas ------------------------------------------------------------------------------------------------------


@pytest.fixture
def ics(tmp_path: Path) -> Callable[..., Path]:
    """Makes a calendar of events given as their lines."""

    def make(*events: str) -> Path:
        body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
        path = tmp_path / "agenda.ics"
        path.write_text(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n", "utf-8", newline="")
        return path

    return make


def appointment(uid: str, who: str, at: str = "20261203T093000", more: str = "") -> str:
    return f"UID:{uid}\r\nDTSTART:{at}\r\nDURATION:PT45M\r\nSUMMARY:{who}{more}"


def test_an_agenda_after_the_list(book: Notebook, shared: Path) -> None:
    take(book, shared / "made" / "klantenlijst-nl.xlsx")
    report = take(book, shared / "made" / "agenda-nl.ics")
    assert report.added == 0
    annelies = customers.open_card(book, customers.card_by_number(book, "1001"))
    (planned,) = annelies.appointments
    assert (planned.at, planned.minutes, planned.treatments) == ("2026-12-03T09:30", 75, ("knippen", "kleuren"))
    (reason,) = [reason for _record, _line, reason, _text in report.failed]
    assert "1002" in reason and "1012" in reason  # Jan in 't Veld stands in the list twice
    again = take(book, shared / "made" / "agenda-nl.ics")
    assert (again.added, again.updated) == (0, 0)


def test_an_agenda_into_an_empty_notebook(book: Notebook, shared: Path) -> None:
    report = take(book, shared / "made" / "agenda-nl.ics")
    assert sorted(everybody(book)) == [
        "Annelies van der Meer",
        "Fatima El Idrissi",
        "Jan in 't Veld",
        "Noëlle de Groot",
    ]
    assert report.failed == () and any("Chloë" in remark for remark in report.remarks)
    (fatima,) = customers.find(book, "Fatima").results
    assert fatima.birthday == "--07-12"


def test_an_appointment_that_was_moved_and_cancelled(book: Notebook, ics: Callable[..., Path]) -> None:
    wim = customers.new_customer(book, CustomerRecord(given_name="Wim", family_name="Bos")).customer_id
    assert take(book, ics(appointment("1", "Wim Bos"))).updated == 1
    assert take(book, ics(appointment("1", "Wim Bos", "20261204T100000"))).updated == 1
    assert [one.at for one in customers.open_card(book, wim).appointments] == ["2026-12-04T10:00"]
    cancelled = appointment("1", "Wim Bos", "20261204T100000", "\r\nSTATUS:CANCELLED")
    assert take(book, ics(cancelled)).updated == 1
    assert take(book, ics(cancelled)).unchanged == 1


def test_what_became_a_visit_does_not_come_back(book: Notebook, ics: Callable[..., Path]) -> None:
    from kapperboek.services.inputs import VisitInput
    from kapperboek.services.moments import moments

    wim = customers.new_customer(book, CustomerRecord(given_name="Wim", family_name="Bos")).customer_id
    file = ics(appointment("1", "Wim Bos", "20261122T100000"))
    take(book, file)
    start = moments.start_visit(book, wim, by=1)
    moments.record_visit(book, VisitInput(wim, start.at, 1, appointment_id=start.appointment_id))
    assert take(book, file).unchanged == 1
    assert customers.open_card(book, wim).appointments == ()


def test_who_is_meant(book: Notebook, ics: Callable[..., Path]) -> None:
    bos = CustomerRecord(given_name="Wim", family_name="Bos", phones=[Phone("0612345678")])
    wim = customers.new_customer(book, bos).customer_id
    customers.new_customer(book, CustomerRecord(given_name="Els", family_name="Bos", phones=[Phone("0612345678")]))
    report = take(
        book,
        ics(
            appointment("1", "Wim", more="\r\nDESCRIPTION:06-12345678"),  # the number is of two, the name of one
            appointment("2", "Lunch"),
            appointment("3", "Teun Nieuw"),
            appointment("4", "Teun Nieuw", "20261210T093000"),
        ),
    )
    assert (report.added, report.updated, len(report.failed)) == (1, 2, 1)
    assert len(customers.open_card(book, wim).appointments) == 1
    assert sorted(everybody(book)) == ["Els Bos", "Teun Nieuw", "Wim Bos"]


def test_birthdays(book: Notebook, ics: Callable[..., Path]) -> None:
    wim = customers.new_customer(book, CustomerRecord(given_name="Wim", family_name="Bos")).customer_id

    def birthday(day: str, title: str = "Verjaardag Wim Bos") -> str:
        return f"UID:b\r\nDTSTART;VALUE=DATE:{day}\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:{title}"

    assert take(book, ics(birthday("20260503"))).updated == 1
    assert customers.identity(book, wim)[0].birthday == "--05-03"
    assert take(book, ics(birthday("20260503", "Verjaardag Wim Bos (1978)"))).updated == 1
    assert customers.identity(book, wim)[0].birthday == "1978-05-03"
    assert take(book, ics(birthday("20260503"))).unchanged == 1
    report = take(book, ics(birthday("20260504")))
    assert len(report.failed) == 1 and customers.identity(book, wim)[0].birthday == "1978-05-03"


# ---- out ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".vcf", ".csv", ".xlsx"])
def test_our_own_files_come_back_as_the_same_people(
    salon: Notebook, tmp_path: Path, clock: FixedClock, suffix: str
) -> None:
    file = tmp_path / f"uit{suffix}"
    assert exporting.export_file(salon, file) == 300
    back = take(salon, file)
    assert (back.added, len(back.failed)) == (0, 0)
    empty = notebooks.create(tmp_path / "empty.kapperboek", key=KEY, clock=clock)
    assert take(empty, file).added == 300
    assert sorted(everybody(empty)) == sorted(everybody(salon))
    empty.close()


def test_an_export_that_cannot_be_written_leaves_what_was_there(salon: Notebook, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        exporting.export_file(salon, tmp_path / "x.doc")
    with pytest.raises(UserError):
        exporting.export_file(salon, tmp_path / "absent" / "x.csv")


LIST = """Naam;Nummer van de mensen;Kenmerk;Plaatsnaam
Tessa Testman;0655443322;blond;Ede
Roy Regenboog;0655443323;kaal;Wageningen
"""


def test_what_each_column_becomes_is_told_and_can_be_chosen(book: Notebook, tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text(LIST, "utf-8")
    name, phone, mark, place = importing.import_files(book, [path], dry_run=True).files[0].columns
    assert (name.field, name.confidence, name.example) == ("display", "likely", "Tessa Testman")
    assert (phone.heading, phone.field, phone.confidence) == ("Nummer van de mensen", "phone", "likely")
    assert (mark.field, mark.confidence) == ("note_with_heading", "choose")
    assert (place.field, place.confidence) == ("place", "sure")
    wanted = {path: {phone.number: "phone:mobile", mark.number: "job", place.number: "skip"}}
    report = importing.import_files(book, [path], columns=wanted).files[0]
    assert [column.confidence for column in report.columns] == ["likely", "chosen", "chosen", "chosen"]
    tessa = read_customer(book, 1)
    assert tessa.profile == {"job": "blond"} and not tessa.addresses and not tessa.note
    assert (tessa.phones[0].value, tessa.phones[0].label) == ("0655443322", "mobile")


def test_the_column_somebody_chose_takes_the_place_of_a_guess(book: Notebook, tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Voornaam;Roepnaam van het kind;Achternaam\nAntonia;Toos;Vos\n", "utf-8")
    importing.import_files(book, [path], columns={path: {1: "given"}})
    toos = read_customer(book, 1)
    assert toos.given_name == "Toos" and "Voornaam: Antonia" in toos.note


def test_who_may_be_double_is_named_with_the_reason(book: Notebook, tmp_path: Path) -> None:
    first, second = tmp_path / "een.csv", tmp_path / "twee.csv"
    first.write_text("Voornaam;Achternaam;Mobiel\nMarieke;Jansen;0612345678\n", "utf-8")
    second.write_text(
        "Voornaam;Achternaam;Mobiel\nMarieke;Janssen;06-12345678\nRoy;Vos;0611111111\nRoy;Vos;0611111112\n", "utf-8"
    )
    importing.import_files(book, [first])
    report = importing.import_files(book, [second], dry_run=True).files[0]
    marieke, roy = report.doubles
    assert (marieke.name, marieke.other_name, marieke.other_known) == ("Marieke Janssen", "Marieke Jansen", True)
    assert "zelfde 06-nummer" in marieke.reasons
    assert (roy.name, roy.other_name, roy.other_known) == ("Roy Vos", "Roy Vos", False)
    assert report.possible_duplicates == 2


def cards(path: Path, *names: str, uid: str = "1", more: str = "") -> Path:
    body = (f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nUID:{uid}\n{more}END:VCARD\n" for name in names)
    path.write_text("".join(body), "utf-8")
    return path


def test_one_uid_for_everybody_takes_nobody_away(book: Notebook, tmp_path: Path) -> None:
    path = cards(tmp_path / "a.vcf", "Jan Jansen", "Els Smit", "Jan Jansen-Smit")
    report = take(book, path)
    assert (report.read, report.added, report.unchanged) == (3, 2, 1)
    assert "Jan Jansen-Smit" in report.remarks[0]
    assert sorted(everybody(book)) == ["Els Smit", "Jan Jansen"]
    assert take(book, path).unchanged == 3


def test_another_name_under_a_known_uid_is_told(book: Notebook, tmp_path: Path) -> None:
    take(book, cards(tmp_path / "a.vcf", "Jan Jansen", more="BDAY:1980-01-02\n"))
    report = take(book, cards(tmp_path / "b.vcf", "Jan Bakker", more="BDAY:1980-02-01\n"))
    assert (report.unchanged, everybody(book)) == (1, ["Jan Jansen"])
    assert [text in report.remarks[0] for text in ("Jan Jansen", "Jan Bakker")] == [True, True]
    assert "1980-02-01" in report.remarks[1]
    assert take(book, cards(tmp_path / "c.vcf", "Jan", more="NICKNAME:J\n")).remarks == ()


def test_an_agenda_is_counted_by_its_entries(book: Notebook, ics: Callable[..., Path]) -> None:
    customers.new_customer(book, CustomerRecord(given_name="Wim", family_name="Bos"))
    report = take(book, ics(
        appointment("1", "Wim Bos", more="\r\nRRULE:FREQ=WEEKLY;COUNT=4"),
        appointment("2", "Sport", more="\r\nRRULE:FREQ=WEEKLY"),
        "UID:3\r\nDTSTART;VALUE=DATE:20000914\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Verjaardag Frodo Baggins & Bilbo Baggins",
        appointment("4", "Wim Bos", more="\r\nRRULE:FREQ=WEEKLY;UNTIL=20269999T000000Z"),
    ))
    assert (report.read, report.added, report.updated, len(report.failed)) == (4, 1, 1, 2)
    assert [(record, line) for record, line, _reason, _text in report.failed] == [(2, 10), (4, 23)]
    assert sorted(everybody(book)) == ["Bilbo Baggins", "Frodo Baggins", "Wim Bos"]
