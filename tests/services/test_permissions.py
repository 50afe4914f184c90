"""What somebody who is no owner may do: refused where it is done, whatever a window shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from kapperboek.domain import staff_rights
from kapperboek.domain.errors import UserError
from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.views.settings_view import StaffView, TreatmentView
from kapperboek.services import drafts, journal, settings
from kapperboek.services.customers import card_paper, customers
from kapperboek.services.importing import exporting, importing
from kapperboek.services.inputs import VisitInput
from kapperboek.services.keeping import locking, maintenance, security
from kapperboek.services.moments import moments
from kapperboek.services.privacy import breaches, dossier, forgetting, health_facts, retention
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import access_log
from kapperboek.storage.write.setting_store import put
from kapperboek.storage.write.unit_of_work import unit_of_work
from kapperboek.system.key_store import KeyStore
from tests.conftest import KEY

Try = Callable[[Notebook, Path, int], object]


@pytest.fixture
def noor(book: Notebook) -> int:
    """Who works here and is no owner, as Yara."""
    settings.save_staff(book, [StaffView(0, "Yara", "", True, 0), StaffView(0, "Noor", "", True, 0)])
    _sanne, yara, noor = (person.id for person in settings.staff(book))
    for staff_id in (yara, noor):
        locking.set_role(book, staff_id, "staff")
    customers.new_customer(book, CustomerRecord(given_name="Marieke"))
    return noor


def choose(book: Notebook, *rights: str) -> None:
    settings.save_shop(book, settings.shop(book)._replace(staff_may=rights))


def a_leak(book: Notebook) -> int:
    """Anybody writes one down."""
    breaches.add(book, "Tablet kwijt", by=2)
    return breaches.breaches(book)[0].id


TRIES: dict[str, tuple[str, Try]] = {
    "export": (staff_rights.EXPORT, lambda book, folder, by: exporting.export_file(book, folder / "x.csv", by=by)),
    "dossier": (staff_rights.EXPORT, lambda book, folder, by: dossier.write_json(book, 1, folder / "x.json", by=by)),
    "dossier on paper": (staff_rights.EXPORT, lambda book, _folder, by: dossier.paper(book, 1, by=by)),
    "forget": (staff_rights.FORGET, lambda book, _folder, by: forgetting.forget(book, 1, by=by)),
    "mark": (staff_rights.FORGET, lambda book, _folder, by: retention.mark(book, [1], by=by)),
    "shop": (staff_rights.SETTINGS, lambda book, _folder, by: settings.save_shop(
        book, settings.shop(book)._replace(name="Van mij"), by=by)),
    "staff": (staff_rights.SETTINGS, lambda book, _folder, by: settings.save_staff(book, settings.staff(book), by=by)),
    "treatments": (staff_rights.SETTINGS, lambda book, _folder, by: settings.save_treatments(book, [], by=by)),
    "years": (staff_rights.SETTINGS, lambda book, _folder, by: retention.set_years(book, 2, by=by)),
    "place": (staff_rights.SETTINGS, lambda book, folder, by: maintenance.choose_place(book, folder, by=by)),
    "leaks": (staff_rights.SETTINGS, lambda book, _folder, by: breaches.breaches(book, by=by)),
    "a leak was reported": (staff_rights.SETTINGS, lambda book, _folder, by: breaches.reported(
        book, a_leak(book), by=by)),
}
OF_OWNERS: dict[str, Try] = {
    "what staff may": lambda book, _folder, by: settings.save_shop(
        book, settings.shop(book)._replace(staff_may=("export",)), by=by),
    "that the paper is there": lambda book, _folder, by: security.proved(book, by=by),
    "open without asking": lambda book, folder, by: security.remember(
        book, KeyStore(lambda: folder / "keys"), True, by=by),
    "recovery key": lambda book, _folder, by: security.recovery_groups(book, by=by),
    "a PIN": lambda book, _folder, by: locking.set_pin(book, 2, "1357", by=by),
    "a role": lambda book, _folder, by: locking.set_role(book, 2, "staff", by=by),
}


@pytest.mark.parametrize("name", TRIES)
def test_staff_may_what_the_owner_allowed(book: Notebook, noor: int, tmp_path: Path, name: str) -> None:
    right, attempt = TRIES[name]
    choose(book, *(set(staff_rights.RIGHTS) - {right}))
    with pytest.raises(UserError) as refused:
        attempt(book, tmp_path, noor)
    assert refused.value.code == "owner-only"
    assert customers.customer_count(book) == 1 and not list(tmp_path.glob("x.*"))
    choose(book, right)
    attempt(book, tmp_path, noor)


@pytest.mark.parametrize("name", OF_OWNERS)
def test_rights_and_the_key_are_the_owners_own(book: Notebook, noor: int, tmp_path: Path, name: str) -> None:
    """Whoever may change the settings gave themselves every right, and printed the key of the notebook."""
    choose(book, *staff_rights.RIGHTS)
    refused(book, noor, lambda: OF_OWNERS[name](book, tmp_path, noor))
    with unit_of_work(book, "Verzonnen recht") as uow:
        put(uow, "staff_may", [staff_rights.OWNER, "settings"])
    refused(book, noor, lambda: OF_OWNERS[name](book, tmp_path, noor))
    OF_OWNERS[name](book, tmp_path, settings.staff(book)[0].id)


def test_nobody_makes_themselves_owner(book: Notebook, noor: int) -> None:
    choose(book, *staff_rights.RIGHTS)
    with pytest.raises(UserError) as refused:
        locking.set_role(book, noor, "owner", by=noor)
    assert refused.value.code == "owner-only"


def test_looks_and_their_own_pin_are_everybodys(book: Notebook, noor: int) -> None:
    choose(book)
    settings.save_shop(book, settings.shop(book)._replace(theme="dark", text_scale=150), by=noor)
    locking.set_pin(book, noor, "2468", by=noor)
    assert settings.shop(book).theme == "dark" and settings.staff(book)[-1].has_pin


def test_an_owner_may_do_everything(book: Notebook, noor: int, tmp_path: Path) -> None:
    choose(book)
    owner = settings.staff(book)[0].id
    for name, (_right, attempt) in TRIES.items():
        if "forget" not in name:
            attempt(book, tmp_path, owner)
    forgetting.forget(book, 1, by=owner)
    assert customers.customer_count(book) == 0


def test_another_key_is_the_owners_choice(book: Notebook, noor: int, tmp_path: Path) -> None:
    path, keeper = book.path, KeyStore(lambda: tmp_path / "keys")
    choose(book)
    book.close()
    with pytest.raises(UserError) as error:
        security.change_key(path, KEY, None, keeper, keep=True, by=noor)
    assert error.value.code == "owner-only" and keeper.known() == []
    key = security.change_key(path, KEY, None, keeper, keep=True, by=1)
    with open_notebook(path, key=key) as opened:
        assert customers.customer_count(opened) == 1


# ---- taking back


def refused(book: Notebook, by: int, attempt: Callable[[], object]) -> None:
    before = (settings.staff(book), settings.shop(book))
    with pytest.raises(UserError) as error:
        attempt()
    assert error.value.code == "owner-only" and (settings.staff(book), settings.shop(book)) == before


def test_who_was_made_staff_does_not_take_that_back(book: Notebook, noor: int) -> None:
    sanne = settings.staff(book)[0].id
    change = locking.set_role(book, noor, "owner", by=sanne).change_id
    made_staff = locking.set_role(book, noor, "staff", by=sanne).change_id
    choose(book, *staff_rights.RIGHTS)
    refused(book, noor, lambda: journal.undo(book, made_staff, by=noor))
    refused(book, noor, lambda: journal.undo(book, change, by=noor))
    journal.undo(book, made_staff, by=sanne)
    assert settings.staff(book)[-1].role == "owner"


def test_taking_back_leaves_an_owner(book: Notebook, noor: int) -> None:
    made_owner = locking.set_role(book, noor, "owner", by=1).change_id
    locking.set_role(book, 1, "staff", by=noor)
    with pytest.raises(UserError) as error:
        journal.undo(book, made_owner, by=noor)
    assert error.value.code == "last-owner" and settings.staff(book)[-1].role == "owner"


def test_rights_do_not_come_back_with_ctrl_z(book: Notebook, noor: int) -> None:
    choose(book, *staff_rights.RIGHTS)
    choose(book)
    refused(book, noor, lambda: journal.undo(book, by=noor))
    choose(book, staff_rights.SETTINGS)
    choose(book, *staff_rights.RIGHTS)
    choose(book, staff_rights.SETTINGS)
    refused(book, noor, lambda: journal.undo(book, by=noor))
    choose(book)
    customers.new_customer(book, CustomerRecord(given_name="Els"), by=noor)
    assert journal.undo(book, by=noor).what.startswith("Ongedaan")
    settings.save_shop(book, settings.shop(book)._replace(theme="dark"), by=noor)
    journal.undo(book, by=noor)
    assert settings.shop(book).theme == "system"


def test_treatments_fields_and_leaks_are_not_staffs_to_take_back(book: Notebook, noor: int) -> None:
    choose(book)
    settings.save_treatments(book, [TreatmentView(0, "Vlecht", 30, 2500, True, 0)])
    refused(book, noor, lambda: journal.undo(book, by=noor))
    choose(book, staff_rights.SETTINGS)
    change = settings.save_treatments(book, [TreatmentView(0, "Knot", 30, 2500, True, 0)])
    journal.undo(book, change.change_id, by=noor)
    assert "Knot" not in [treatment.name for treatment in settings.treatments(book)]


def test_a_pin_never_comes_back(book: Notebook, noor: int) -> None:
    sanne = settings.staff(book)[0].id
    visitor = customers.new_customer(book, CustomerRecord(given_name="Els"))
    locking.set_pin(book, sanne, "1357", by=sanne)
    assert locking.set_pin(book, sanne, "2468", by=sanne).change_id == 0
    for change in journal.changes(book, limit=2):
        assert change.what.startswith("Pincode")
        with pytest.raises(UserError) as error:
            journal.undo(book, change.id, by=sanne)
        assert error.value.code == "nothing-to-undo"
    assert locking.try_pin(book, sanne, "2468") == sanne
    journal.undo(book, by=sanne)  # not the PIN, but what was noted before it
    assert journal.is_undone(book, visitor.change_id)


def test_who_is_new_is_staff_and_the_first_is_owner(book: Notebook) -> None:
    settings.save_staff(book, [StaffView(0, "Noor", "", True, 0)])
    assert [one.role for one in settings.staff(book)] == ["owner", "staff"]
    noor = settings.staff(book)[-1].id
    choose(book, staff_rights.SETTINGS)
    settings.save_staff(book, [StaffView(0, "Yara", "", True, 0)], by=noor)
    assert settings.staff(book)[-1].role == "staff"


def test_of_two_who_come_where_there_is_no_owner_the_first_who_works_here_becomes_one(book: Notebook) -> None:
    with unit_of_work(book, "Niemand") as uow:
        uow.session.connection().exec_driver_sql("DELETE FROM staff")
    settings.save_staff(book, [StaffView(0, name, "", name != "Wim", 0) for name in ("Wim", "Sanne", "Noor")])
    assert [(one.name, one.role) for one in settings.staff(book)] == [
        ("Wim", "staff"), ("Sanne", "owner"), ("Noor", "staff")
    ]


def test_only_an_owner_changes_an_owner(book: Notebook, noor: int) -> None:
    choose(book, *staff_rights.RIGHTS)
    sanne = settings.staff(book)[0]
    locking.set_pin(book, sanne.id, "1357", by=sanne.id)
    refused(book, noor, lambda: locking.set_pin(book, sanne.id, "", by=noor))
    refused(book, noor, lambda: settings.save_staff(book, [sanne._replace(active=False)], by=noor))
    refused(book, noor, lambda: settings.save_staff(book, [sanne._replace(name="Niemand")], by=noor))
    settings.save_staff(book, [settings.staff(book)[-1]._replace(name="Noor K")], by=noor)
    with pytest.raises(UserError) as error:
        settings.save_staff(book, [sanne._replace(active=False)], by=sanne.id)
    assert error.value.code == "last-owner"


DOCUMENT = {
    "kapperboek": 1, "staff": [{"name": "Nepbaas"}], "treatments": [{"name": "Gratis", "price": "0.00"}],
    "profile_fields": [{"key": "nep", "label": "Nep", "kind": "text"}], "zonder naam": 1,
    "customers": [{"given_name": "Els", "interactions": [
        {"kind": "visit", "at": "2026-01-02T09:00", "staff": "Nepbaas twee"}]}],
}


def test_a_document_makes_nobody_an_owner(book: Notebook, noor: int, tmp_path: Path) -> None:
    file = tmp_path / "notitieboek.json"
    file.write_text(json.dumps(DOCUMENT), "utf-8")
    choose(book)
    heads = (settings.treatments(book), settings.profile_fields(book), book.get_setting("document_extra"))
    report = importing.import_files(book, [file], by=noor)
    assert report.files[0].added == 1 and any("weggelaten" in words for words in report.files[0].remarks)
    assert (settings.treatments(book), settings.profile_fields(book), book.get_setting("document_extra")) == heads
    assert [(one.name, one.role) for one in settings.staff(book)][3:] == [("Nepbaas twee", "staff")]
    journal.undo(book, report.batch, by=noor)  # their own import they may take back
    assert len(settings.staff(book)) == 3
    importing.import_files(book, [file], by=settings.staff(book)[0].id)
    assert {one.name: one.role for one in settings.staff(book)} == {
        "Sanne": "owner", "Yara": "staff", "Noor": "staff", "Nepbaas": "staff", "Nepbaas twee": "staff",
    }
    assert "Gratis" in [treatment.name for treatment in settings.treatments(book)]


def test_a_document_takes_no_owner_away_in_a_notebook_without_customers(book: Notebook, tmp_path: Path) -> None:
    file = tmp_path / "notitieboek.json"
    file.write_text(json.dumps(DOCUMENT), "utf-8")
    locking.set_pin(book, 1, "1357")
    importing.import_files(book, [file], by=1)
    assert settings.staff(book)[0].name == "Sanne" and settings.staff(book)[0].has_pin


# ---- health facts, amounts


def test_whose_health_facts_went_out_with_everything_is_written_down(
    book: Notebook, noor: int, tmp_path: Path
) -> None:
    """One card taken out was, all of them at once were not; nor by whom."""
    customers.new_customer(book, CustomerRecord(given_name="Els"))
    health_facts.add_fact(book, 1, "Latexallergie", how="in writing")
    choose(book, staff_rights.EXPORT)
    for suffix in exporting.FORMATS:
        exporting.export_file(book, tmp_path / f"x{suffix}", by=noor)
    assert [(look.staff, look.what) for look in access_log.looks(book, 1)] == [("Noor", "export")]
    assert access_log.looks(book, 2) == []


def test_changes_tell_no_amount_to_who_may_not_see_them(book: Notebook, noor: int) -> None:
    made = moments.record_visit(book, VisitInput(1, "2026-11-20T09:00", noor, ("Knippen",), amount_cents=5500))
    visit = customers.open_card(book, 1).history[0]
    moments.edit_moment(book, visit.id, {"amount_cents": 9650, "note": "Iets"}, version=visit.version)
    settings.save_treatments(book, [settings.treatments(book)[0]._replace(price_cents=3300)])
    assert made.change_id

    def told(by: int) -> str:
        return repr(journal.changes(book, by=by))

    choose(book)
    assert "96,50" in told(1) and "33,00" in told(1)
    assert "96,50" not in told(noor) and "33,00" not in told(noor) and "Iets" in told(noor)
    choose(book, staff_rights.PRICES)
    assert "96,50" in told(noor)


@pytest.mark.parametrize("suffix", [*exporting.FORMATS, "dossier.json", "dossier", "card"])
def test_what_goes_out_tells_no_amount_to_who_may_not_see_them(
    book: Notebook, noor: int, tmp_path: Path, suffix: str
) -> None:
    visit = VisitInput(1, "2026-11-20T09:00", noor, ("Knippen",), amount_cents=73219)
    made = moments.record_visit(book, visit)
    row = customers.open_card(book, 1).history[0]
    moments.edit_moment(book, row.id, {"amount_cents": 98765}, version=row.version)
    settings.save_treatments(book, [settings.treatments(book)[0]._replace(price_cents=83377195)])
    drafts.save(book, "d1", "visit", 1, json.dumps({"amount": "444,44", "note": "half"}))

    def told(by: int) -> str:
        if suffix == "dossier":
            return repr(dossier.paper(book, 1, by=by))
        if suffix == "card":
            return repr(card_paper.paper(book, 1, by=by))
        file = tmp_path / f"{by}x{suffix}"
        if suffix == "dossier.json":
            return dossier.write_json(book, 1, file, by=by).read_text("utf-8")
        exporting.export_file(book, file, by=by)
        if suffix != ".xlsx":
            return file.read_text("utf-8")
        with ZipFile(file) as parts:
            return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())

    choose(book, staff_rights.EXPORT)
    assert made.change_id and ("Marieke" in told(noor) or suffix == ".ics")
    hidden = ("98765", "987.65", "987,65", "73219", "732.19", "732,19", "83377195", "833771.95", "444,44")
    assert [words for words in hidden if words in told(noor)] == []
    if suffix in (".json", ".xlsx", "dossier.json", "dossier"):
        assert any(words in told(1) for words in hidden)
