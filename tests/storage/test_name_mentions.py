"""A name goes from what was written about others, and from nothing else: no other card is called differently by it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kapperboek.domain.records import CustomerRecord, InteractionRecord, RelationRecord, WarningRecord
from kapperboek.services import journal
from kapperboek.services.customers import customers
from kapperboek.services.privacy import consents, forgetting, health_facts
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.privacy import privacy_query
from kapperboek.storage.write import draft_store

JAN = CustomerRecord(uid="uid-jan", given_name="Jan", family_name="Jansen")


def made(book: Notebook, record: CustomerRecord) -> int:
    return customers.new_customer(book, record).customer_id


def noted(book: Notebook, customer_id: int) -> str:
    return str(book.value("SELECT note FROM customer WHERE id = ?", (customer_id,)))


def renamed(book: Notebook, customer_id: int, **how: str) -> None:
    record, version = customers.identity(book, customer_id)
    customers.edit_customer(book, customer_id, replace(record, **how), version=version)


def test_who_is_called_almost_the_same_keeps_their_name_also_when_a_change_is_undone(book: Notebook) -> None:
    """It wrote "…s" on the card of somebody else for good."""
    jan = made(book, JAN)
    near = RelationRecord("partner", "Jan Jansen-Bakker")
    note = "Vriend van Jan Jansens, jan  jansen's zus, Jan Jansen-Bakker en JAN JANSEN."
    jansens = made(book, CustomerRecord(given_name="Jan", family_name="Jansens", relations=[near], note=note))
    renamed(book, jansens, family_name="Anders")
    forgetting.forget(book, jan)
    assert noted(book, jansens) == "Vriend van Jan Jansens, jan  jansen's zus, Jan Jansen-Bakker en …."
    assert customers.open_card(book, jansens).relations[0].name == "Jan Jansen-Bakker"
    whats = [change.what for change in journal.changes(book)]
    assert any("Jan Jansens" in what for what in whats) and not any("…" in what for what in whats)
    journal.undo(book)
    row = book.row("SELECT full_name, given_name, family_name, sort_key FROM customer WHERE id = ?", (jansens,))
    assert row == ("Jan Jansens", "Jan", "Jansens", "jansens jan")
    assert customers.find(book, "Jansens").total == 1 and integrity_check.check(book) == []


def test_what_somebody_else_was_called_before_comes_back_as_it_was(book: Notebook) -> None:
    """Also when it was the very name of who is forgotten: it is their own name too."""
    jan, other = made(book, JAN), made(book, replace(JAN, uid="uid-other", nickname="Jan Jansen"))
    renamed(book, other, family_name="Bakker", nickname="", note="Heette Jan Jansen")
    renamed(book, other, note="")
    forgetting.forget(book, jan)
    journal.undo(book)
    assert noted(book, other) == "Heette …"
    journal.undo(book)
    row = book.row("SELECT full_name, family_name, nickname FROM customer WHERE id = ?", (other,))
    assert row == ("Jan Jansen", "Jansen", "Jan Jansen")


def test_a_longer_name_that_holds_it_is_somebody_elses(book: Notebook) -> None:
    jan = made(book, JAN)
    made(book, CustomerRecord(given_name="Piet Jan", family_name="Jansen"))
    bea = made(book, CustomerRecord(given_name="Bea", note="Kent Piet Jan Jansen, en Jan Jansen ook"))
    forgetting.forget(book, jan)
    assert noted(book, bea) == "Kent Piet Jan Jansen, en … ook"


def test_a_firm_is_no_person_and_a_recipe_no_story(book: Notebook) -> None:
    """Forgetting the card of a brand took it out of every recipe."""
    firm = made(book, CustomerRecord(organisation="Wella Koleston"))
    renamed(book, firm, organisation="Wella Koleston Perfect")
    jan = made(book, JAN)
    visit = InteractionRecord("visit", "2026-10-01T10:00", recipe="Wella Koleston 7/1 40 g, als Jan Jansen",
                              note="Wella Koleston beviel", products=["Jan Jansen"], treatments=["Jan Jansen"])
    bea = made(book, CustomerRecord(given_name="Bea", interactions=[visit]))
    assert privacy_query.named_on(book, firm) == ()
    forgetting.forget(book, firm)
    forgetting.forget(book, jan)
    assert book.row("SELECT recipe, products, treatments, note FROM interaction WHERE customer_id = ?", (bea,)) == (
        visit.recipe, '["Jan Jansen"]', '["Jan Jansen"]', visit.note)


@pytest.mark.parametrize("written", ["Zoë D'Ávila", "zoë d’ávila", "Zoe\u0308 D'A\u0301vila", "\nZoë\nD'Ávila"])
def test_a_name_is_found_however_it_is_written(book: Notebook, written: str) -> None:
    zoe = made(book, CustomerRecord(given_name="Zoë", family_name="D'Ávila"))
    bea = made(book, CustomerRecord(given_name="Bea", note=f"Zus van {written}.", profile={"hobby": [written]}))
    renamed(book, bea, note="")
    journal.undo(book)
    forgetting.forget(book, zoe)
    assert noted(book, bea).split() == ["Zus", "van", "…."]
    assert "…" in book.value("SELECT value FROM profile_value WHERE customer_id = ?", (bea,))
    befores = " ".join(row[0] for row in book.rows("SELECT before FROM change_row WHERE before IS NOT NULL"))
    assert "vila" not in befores and integrity_check.check(book) == []


def test_it_goes_from_health_facts_and_half_typed_work_of_others_too(book: Notebook) -> None:
    """Those are in no index, and were passed by."""
    jan = made(book, JAN)
    warning = WarningRecord("Zoon Jan Jansen heeft epilepsie", True)
    bea = made(book, CustomerRecord(given_name="Bea", warnings=[warning]))
    consents.record_consent(book, bea, "health", "post", "given", how="aan de balie")
    draft_store.save(book, "d1", "visit", bea, json.dumps({"note": "Met\nJan Jansen", "who": "Jan Jansens"}))
    draft_store.save(book, "d2", "visit", bea, json.dumps({"note": "Met Jan"}))
    draft_store.save(book, "d3", "customer", 0, json.dumps({"said": "Jan\nJansen belde"}))
    assert [name for _number, name in privacy_query.named_on(book, jan)] == ["Bea"]
    forgetting.forget(book, jan)
    assert [fact.text for fact in health_facts.look(book, bea).facts] == ["Zoon … heeft epilepsie"]
    kept = {draft.id: json.loads(draft.payload) for draft in draft_store.load(book)}
    assert kept == {"d1": {"note": "Met\n…", "who": "Jan Jansens"}, "d2": {"note": "Met Jan"}}


def test_the_preview_names_every_card_that_changes_and_where_they_may_be_meant(book: Notebook) -> None:
    """It stopped at twenty, and knew nothing of what somebody was called before."""
    jan = made(book, replace(JAN, family_name="Pietersen"))
    near = RelationRecord("partner", "Jan", customer=JAN.uid)
    changed = [made(book, CustomerRecord(given_name="Wim", relations=[near])),
               made(book, CustomerRecord(given_name="Eva", note="Zus van Jan Pietersen"))]
    changed += [made(book, CustomerRecord(given_name=f"Eva {n}", note="Zus van Jan Jansen")) for n in range(25)]
    meant = made(book, CustomerRecord(given_name="Ida", note="Jansen is ziek, zegt Jan"))
    made(book, CustomerRecord(given_name="Noor", note="Kent een Jan"))
    renamed(book, jan, family_name="Jansen")
    numbers = dict(book.rows("SELECT id, number FROM customer"))
    listed = [number for number, _name in privacy_query.named_on(book, jan)]
    assert listed == [numbers[id] for id in sorted((*changed, meant))]
    assert set(forgetting.forget(book, jan).customers) == {jan, *changed}


def test_many_at_once_are_as_gone_as_each_alone(book: Notebook) -> None:
    """Also two of one name: nobody who stays is called so."""
    first, second = made(book, JAN), made(book, replace(JAN, uid="uid-jan-2"))
    els = CustomerRecord(uid="uid-els", given_name="Els", family_name="Smit", household="S", note="Buur: Jan Jansen")
    third, near = made(book, els), [RelationRecord("partner", "Els", customer=els.uid)]
    bea = made(book, CustomerRecord(given_name="Bea", relations=near, note="Els Smit, Jan Jansen, Els Smits"))
    saved = forgetting.forget_all(book, [first, second, third])
    assert saved.customers == {first, second, third, bea} and noted(book, bea) == "…, …, Els Smits"
    assert book.value("SELECT count(*) FROM change_row WHERE table_name IN ('relation', 'household')") == 0
    assert book.value("SELECT count(*) FROM change WHERE what = 'Een klant is vergeten'") == 3
    assert integrity_check.check(book) == []


def test_a_journal_that_somebody_else_wrote_stops_no_forgetting(book: Notebook) -> None:
    jan, bea = made(book, JAN), made(book, CustomerRecord(given_name="Bea", note="Zus"))
    renamed(book, bea, note="")
    odd = ("{", "[]", '{"note": ["Jan Jansen"], "full_name": 7}', r'{"note": "Jan Jansen \ud800"}')
    for number, before in enumerate(odd, 100):
        book.connection.execute(
            "INSERT INTO change_row (change_id, seq, table_name, row_key, op, before, customer_id)"
            " SELECT max(id), ?, 'customer', '2', 'update', ?, ? FROM change", (number, before, bea)
        )
    book.connection.execute(
        "INSERT INTO change_row (change_id, seq, table_name, row_key, op, before, customer_id)"
        """ SELECT max(id), 99, 'relation', '7', 'update', '{"other_uid": []}', ? FROM change""", (bea,)
    )
    draft_store.save(book, "d1", "visit", bea, r'{"note": "Jan Jansen \ud800"}')
    forgetting.forget(book, jan)
    kept = [row[0] for row in book.rows("SELECT before FROM change_row WHERE seq >= 99 ORDER BY seq")]
    assert kept == ['{"other_uid": []}', *odd[:3], r'{"note": "\u2026 \ud800"}']
    assert [draft.payload for draft in draft_store.load(book)] == [r'{"note": "\u2026 \ud800"}']
    forgetting.forget(book, bea)
    assert book.value("SELECT count(*) FROM customer") == 0
