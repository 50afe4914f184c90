"""Every place with somebody's name, number or address is listed before they are forgotten, and goes or stays as was
chosen; afterwards it is said what is left.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kapperboek.domain.records import (
    Address,
    ConsentRecord,
    CustomerRecord,
    DateRecord,
    DocumentRecord,
    Email,
    InteractionRecord,
    Phone,
    ProfileFieldRecord,
    StaffRecord,
    TreatmentRecord,
    WarningRecord,
)
from kapperboek.services import settings
from kapperboek.services.customers import customers
from kapperboek.services.importing import importing
from kapperboek.services.privacy import forgetting
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_reader import write_document_head
from kapperboek.storage.write import draft_store
from kapperboek.storage.write.unit_of_work import unit_of_work

NAME = "Zwaanhild Kroostermans"
ZWAAN = CustomerRecord(
    uid="uid-zwaan", given_name="Zwaanhild", family_name="Kroostermans", phones=[Phone("06 70717273")],
    emails=[Email("zwaan_h@voorbeeld.nl")],
)
NOTES = (
    f"zag {NAME}' dochter", f"zag {NAME}'s zus", "zag #ZwaanhildKroostermans", "zag Z. Kroostermans",
    "zag Kroostermans, Zwaanhild", "zag Zwaanhild Maria Kroostermans", "zag Zwaanhild_Kroostermans",
    "zag Zwaanhild\u200bKroostermans", f"{NAME}-korting", "bel 06-70 71 72 73", "bel +31 6 7071 7273",
    "mail zwaan_h@voorbeeld.nl",
)
STAY = ("Kroostermans", "Zwaanhild", "Zwaanhild Kroostermansen", "06 70717274", "mijnzwaan_h@voorbeeld.nl")


def made(book: Notebook, **what: object) -> int:
    return customers.new_customer(book, CustomerRecord(**what)).customer_id  # type: ignore[arg-type]


@pytest.fixture
def zwaan(book: Notebook, tmp_path: Path) -> int:
    """Zwaanhild, named all over the notebook."""
    id = customers.new_customer(book, ZWAAN).customer_id
    for number, note in enumerate((*NOTES, *STAY)):
        made(book, given_name=f"Wie{number}", note=note)
    made(book, given_name="Label", phones=[Phone("06 1", f"moeder {NAME}")], emails=[Email("a@b.nl", NAME)])
    made(book, given_name="Thuis", addresses=[Address(f"{NAME}-laan", "1", label=NAME), Address(f"p/a {NAME}")])
    made(book, given_name="Dag", dates=[DateRecord(f"trouwdag met {NAME}", "--06-14")])
    how = ConsentRecord("news", "post", "given", "2026-01-05", f"gezegd door moeder {NAME}", "", f"Mag {NAME} dit?")
    made(book, given_name="Zei", consents=[how])
    visit = InteractionRecord("visit", "2026-10-01T10:00", treatments=[f"{NAME}-knip"], recipe=f"als {NAME}",
                              products=[f"gel van {NAME}"])
    made(book, given_name="Bezoek", interactions=[visit])
    made(book, given_name="Huis", household=f"Huis van {NAME}", extra={f"/x {NAME}": [NAME]}, nickname=f"{NAME} 2",
         department=f"Afdeling {NAME}", warnings=[WarningRecord("moeder Z. Kroostermans", True)])
    made(book, given_name="Samen", phones=[Phone("0670717273")], emails=[Email("Zwaan_H@voorbeeld.nl")])
    with unit_of_work(book, "Zaak") as uow:
        field = ProfileFieldRecord("zwaanhild kroostermans", f"Kent {NAME}", "choice", [f"{NAME} wel", "niet"])
        write_document_head(uow, DocumentRecord(staff=[StaffRecord(NAME)], profile_fields=[field],
                                                treatments=[TreatmentRecord(f"{NAME}-korting")]))
    for name in (f"Salon {NAME}", "Salon Goudhaar"):
        settings.save_shop(book, settings.shop(book)._replace(name=name))
    path = tmp_path / "Zwaanhild_Kroostermans.csv"
    path.write_text("Klantnummer;Voornaam\n9001;Noor\n", "utf-8")
    importing.import_files(book, [path])
    draft_store.save(book, "half", "customer", 0, json.dumps({"given_name": "Zwaanhild", "phones": ["0670717273"]}))
    draft_store.save(
        book, "apart", "customer", 0, json.dumps({"given_name": "Zwaanhild", "family_name": "Kroostermans"})
    )
    draft_store.save(book, "other", "visit", 2, json.dumps({"note": "met Z. Kroostermans"}))
    return id


def test_every_place_is_listed_and_goes_when_that_is_chosen(book: Notebook, zwaan: int) -> None:
    places = forgetting.preview(book, zwaan).places
    listed = {place.name for place in places}
    assert {f"Wie{number}" for number in range(len(NOTES))} <= listed
    assert not {f"Wie{number}" for number in range(len(NOTES), len(NOTES) + len(STAY))} & listed
    assert {"Label", "Thuis", "Dag", "Zei", "Bezoek", "Huis", "Samen", "Noor"} <= listed, sorted(listed)
    tables = {place.key.partition("/")[0] for place in places if not place.name}
    assert {"staff", "treatment", "profile_field", "household", "draft", "change"} <= tables
    sure = {place.name for place in places if place.sure and not place.by_itself}
    assert {"Wie0", "Wie2", "Wie4", "Wie5", "Wie6", "Wie7"} <= sure
    assert not {"Wie3", "Wie8", "Wie9", "Samen"} & sure, "these may be somebody else, or theirs"
    said = forgetting.forget(book, zwaan, clean=[place.key for place in places]).what
    assert "niets meer over" in said
    kept = " ".join(
        repr(book.rows(f"SELECT * FROM {table}"))
        for (table,) in book.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    ).replace(" ", "").replace("-", "")
    for note in STAY:
        kept = kept.replace(note.replace(" ", ""), "")
    for trace in ("wanhild", "Kroosterm", "kroosterm", "70717273", "zwaan_h"):
        assert trace not in kept, trace
    assert customers.find(book, "Samen").total == 1 and not customers.find(book, "0670717273").total
    assert integrity_check.check(book) == []


def test_what_is_left_is_said_and_stays(book: Notebook, zwaan: int) -> None:
    before = forgetting.preview(book, zwaan).places
    left = [place for place in before if not place.by_itself]
    said = forgetting.forget(book, zwaan).what
    assert f"Op {len(left)} plaatsen" in said and "niets" not in said
    note = "SELECT note FROM customer WHERE given_name = ?"
    assert book.value(note, ("Wie0",)) == NOTES[0] and book.value(note, ("Wie9",)) == NOTES[9]


def test_of_a_namesake_nothing_is_sure(book: Notebook) -> None:
    jan = CustomerRecord(given_name="Jan", family_name="Jansen")
    first = customers.new_customer(book, jan).customer_id
    customers.new_customer(book, replace(jan, nickname="Jan"))
    made(book, given_name="Bea", note="met Jan Jansen's hond")
    (place,) = forgetting.preview(book, first).places
    assert (place.name, place.sure, place.by_itself) == ("Bea", False, False)
