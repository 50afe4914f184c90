"""The rights of a customer, from the card: health facts behind a key, permission, a dossier, being forgotten."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services import drafts, settings
from kapperboek.services.customers import customers
from kapperboek.services.keeping import locking
from kapperboek.services.privacy import breaches, consents, health_facts, retention
from kapperboek.storage.privacy import access_log
from kapperboek.storage.read.privacy import privacy_query
from kapperboek.ui.app.program import Program
from kapperboek.ui.card.card_rights import save_dossier
from kapperboek.ui.privacy.breach_dialog import BreachDialog
from kapperboek.ui.privacy.consent_dialog import ConsentDialog
from kapperboek.ui.privacy.forget_dialog import ForgetDialog
from kapperboek.ui.privacy.health_dialog import HealthDialog
from kapperboek.ui.privacy.retention_dialog import RetentionDialog
from kapperboek.ui.settings.keeping.journal_years_dialog import JournalYearsDialog
from kapperboek.ui.start.drafts_bar import DraftsBar
from kapperboek.ui.start.startup_offers import offer_drafts
from tests.ui.card_tools import CONTROL, MARIEKE, Hands, everything_said, said_to_screen_reader, sheet_open

KEY = Qt.Key
SECRET = "hoofdhuid"


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def test_one_key_shows_a_health_fact_and_says_who_looked(hands: Hands) -> None:
    page = hands.open_card()
    window = hands.program.window
    assert "gezondheidsgegeven" in page.health.label.text() and SECRET not in said_to_screen_reader(window)
    assert hands.ask(access_log.looks, MARIEKE) == []
    hands.press(KEY.Key_I, CONTROL)
    assert SECRET in page.health.label.text()
    assert [(look.staff, look.what) for look in hands.ask(access_log.looks, MARIEKE)] == [("Sanne", "health")]
    hands.press(KEY.Key_F9)
    assert SECRET not in said_to_screen_reader(window) and page.health.isHidden()
    hands.press(KEY.Key_F9)
    assert SECRET not in said_to_screen_reader(window)  # it has to be asked for again
    hands.press(KEY.Key_I, CONTROL)
    hands.program.context.open_page("today")
    hands.settle()
    hands.open_card()
    assert SECRET not in said_to_screen_reader(window)
    assert len(hands.ask(access_log.looks, MARIEKE)) == 2


def test_the_visit_masks_it_too(hands: Hands) -> None:
    hands.open_card()
    hands.press(KEY.Key_Return, CONTROL)
    sheet = hands.sheet()
    assert "gezondheidsgegeven" in sheet.health.label.text() and SECRET not in said_to_screen_reader(sheet)
    hands.press(KEY.Key_I, CONTROL)
    assert SECRET in sheet.health.label.text()
    hands.press(KEY.Key_F9)
    assert SECRET not in said_to_screen_reader(sheet) and not sheet.warnings.isHidden()


def test_a_new_fact_asks_for_consent_in_the_same_gesture(hands: Hands) -> None:
    hands.open_card(2)
    hands.program.context.open_dialog("health", customer_id=2)
    sheet = hands.sheet()
    assert isinstance(sheet, HealthDialog)
    hands.write("Latexallergie")
    hands.press(KEY.Key_Return)
    assert sheet_open() is sheet and sheet.how_field.has_error()  # nobody said how they agreed
    sheet.how.button("in writing").click()
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is None
    assert hands.card(2).health_facts == 1
    (line,) = [line for line in hands.ask(consents.register, 2).history if line.purpose == "health"]
    assert (line.state, line.how, line.staff) == ("given", "in writing", "Sanne") and "gezondheid" in line.wording
    assert [fact.text for fact in hands.ask(health_facts.look, 2).facts] == ["Latexallergie"]


def half_a_fact(hands: Hands) -> None:
    """A health fact half typed, and the dialog left."""
    hands.program.context.open_dialog("health", customer_id=MARIEKE)
    hands.sheet()
    hands.write("Qxvzallergie voor")
    hands.press(KEY.Key_Escape)
    assert ["Qxvz" in draft.payload for draft in hands.ask(drafts.drafts)] == [True]


def test_a_half_typed_health_fact_is_masked_until_it_is_asked_for(hands: Hands) -> None:
    context, window = hands.program.context, hands.program.window
    half_a_fact(hands)
    looks = len(hands.ask(access_log.looks, MARIEKE))
    assert "Qxvz" not in everything_said(hands.program)
    hands.press(KEY.Key_L, CONTROL)
    assert window.cover is not None
    said = everything_said(hands.program)
    assert "Qxvz" not in said and "Marieke" not in said
    hands.press(KEY.Key_Return)
    assert window.cover is None and window.shell is not None
    bar = window.shell.findChild(DraftsBar)
    assert bar is not None and "Marieke" in bar.words.text() and "Qxvz" not in everything_said(hands.program)
    context.set_discreet(True)
    assert "Marieke" not in said_to_screen_reader(bar)
    bar.buttons[0].click()
    sheet = hands.sheet()
    assert isinstance(sheet, HealthDialog) and "Qxvz" not in said_to_screen_reader(window)
    context.set_discreet(False)
    assert sheet.fact.isVisible() and sheet.fact.text() == "Qxvzallergie voor"
    assert len(hands.ask(access_log.looks, MARIEKE)) > looks, "going on with it is looking at it"


def test_what_was_half_typed_of_somebodys_health_is_written_down_as_looked_at(hands: Hands) -> None:
    """Also on a card without any health facts, where the dialog itself shows nothing."""
    hands.program.context.open_dialog("health", customer_id=2)
    hands.sheet()
    hands.write("Qxvz")
    hands.press(KEY.Key_Escape)
    assert hands.ask(access_log.looks, 2) == []
    hands.program.context.open_dialog("health", customer_id=2)
    hands.sheet()
    assert [look.what for look in hands.ask(access_log.looks, 2)] == ["health"]


def test_forgetting_somebody_forgets_what_was_half_typed_of_them(hands: Hands) -> None:
    half_a_fact(hands)
    page = hands.open_card()
    page.talk.new.setFocus()
    hands.write("Qxvzpunt")
    page.talk.rows[0].edit()
    hands.write("Qxvzwoorden")
    hands.program.context.open_dialog("forget", customer_id=MARIEKE)
    hands.sheet().typed.setFocus()
    hands.write("412")
    hands.press(KEY.Key_Return, CONTROL)
    hands.qtbot.waitUntil(lambda: sheet_open() is None)
    hands.settle()
    hands.open_card(2)
    hands.program.window.flush_drafts()
    assert hands.ask(drafts.drafts) == () and "Qxvz" not in everything_said(hands.program)


def test_a_half_typed_leak_is_offered_to_an_owner_only(hands: Hands) -> None:
    context = hands.program.context
    context.open_dialog("breach")
    hands.sheet()
    hands.write("Telefoon van Marieke kwijt")
    hands.press(KEY.Key_Escape)
    noor = next(person for person in hands.ask(settings.staff) if person.id != context.staff_id)
    hands.ask(locking.set_role, noor.id, "staff")
    context.staff = hands.ask(settings.staff)

    offer_drafts(context, hands.program.window.above)
    hands.settle()
    assert hands.program.window.shell is not None
    bars = hands.program.window.shell.findChildren(DraftsBar)
    assert bars and all(bar.isVisible() for bar in bars)
    context.set_staff(noor.id)
    assert not any(bar.isVisible() for bar in bars) and "Telefoon" not in everything_said(hands.program)
    context.set_staff(next(person.id for person in context.staff if person.role == "owner"))
    assert all(bar.isVisible() for bar in bars)


def test_permission_is_given_and_withdrawn_with_one_key(hands: Hands) -> None:
    page = hands.open_card()
    hands.press(KEY.Key_M, CONTROL)
    sheet = hands.sheet()
    assert isinstance(sheet, ConsentDialog) and sheet.buttons["birthday", "post"].isChecked()
    sheet.buttons["news", "email"].setFocus()
    hands.press(KEY.Key_Space)
    assert hands.ask(consents.allowed, MARIEKE) == {"birthday": ["post"], "news": ["email"]}
    sheet.buttons["birthday", "post"].setFocus()
    hands.press(KEY.Key_Space)
    assert hands.ask(consents.allowed, MARIEKE) == {"news": ["email"]}
    assert "ingetrokken" in said_to_screen_reader(sheet) and "aan de balie" in said_to_screen_reader(sheet)
    hands.press(KEY.Key_Escape)
    assert "mag nieuws per e-mail" in said_to_screen_reader(page)


def test_a_dossier_is_written_from_the_menu(hands: Hands, tmp_path: Path, qtbot: QtBot) -> None:
    page = hands.open_card()
    assert "Alles wat we bewaren…" in [action.text() for action in page.header.menu().actions()]
    for name in ("marieke.pdf", "marieke.json"):
        save_dossier(hands.program.context, MARIEKE, tmp_path / name)
        qtbot.waitUntil((tmp_path / name).exists)
    assert (tmp_path / "marieke.pdf").read_bytes().startswith(b"%PDF")
    assert json.loads((tmp_path / "marieke.json").read_text("utf-8"))["customer"]["number"] == "412"
    hands.settle()


def test_forgetting_asks_for_the_number_and_leaves_nobody(hands: Hands) -> None:
    hands.open_card()
    hands.program.context.open_dialog("forget", customer_id=MARIEKE)
    sheet = hands.sheet()
    assert isinstance(sheet, ForgetDialog) and "bezoeken" in sheet.holds.text()
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is sheet, "nothing was typed"
    hands.write("412")
    hands.press(KEY.Key_Return, CONTROL)
    hands.qtbot.waitUntil(lambda: sheet_open() is None)
    hands.settle()
    assert all(found.number != "412" for found in hands.ask(customers.find, "412").results)
    assert "Marieke Jansen" not in said_to_screen_reader(hands.program.window)


def test_where_else_the_name_stands_is_shown_and_goes_or_stays_as_chosen(hands: Hands) -> None:
    name = hands.card(2).name
    given, family = name.split(" ", 1)
    notes = {"Zoon": f"Zoon van {name}'s broer", "Ruil": f"{family}, {given}", "Eerst": f"{given[0]}. {family}"}
    for called, note in notes.items():
        hands.ask(customers.new_customer, CustomerRecord(given_name=called, note=note))
    hands.program.context.open_dialog("forget", customer_id=2)
    sheet = hands.sheet()
    assert isinstance(sheet, ForgetDialog)
    lines = {button.text().split(" ", 1)[0]: button for button in sheet.places.buttons.values()}
    lit = {called: button.isChecked() for called, button in lines.items() if called in notes}
    assert lit == {"Zoon": True, "Ruil": True, "Eerst": False} and notes["Ruil"] in lines["Ruil"].text()
    lines["Ruil"].click()
    lines["Eerst"].click()
    hands.write(hands.card(2).number)
    sheet.save_button.click()
    hands.qtbot.waitUntil(lambda: sheet_open() is None)
    hands.settle()
    kept = dict(hands.ask(lambda book: book.rows("SELECT given_name, note FROM customer")))
    assert (kept["Zoon"], kept["Ruil"], kept["Eerst"]) == ("Zoon van …'s broer", notes["Ruil"], "…")
    assert "Op 1 plaats" in said_to_screen_reader(hands.program.window)


def test_whose_cards_change_is_told_of_all_of_them(hands: Hands) -> None:
    """After twenty the list stopped, and said nothing of it."""
    name = hands.card(2).name
    for number in range(23):
        hands.ask(customers.new_customer, CustomerRecord(given_name=f"Zus{number}", note=f"Zus van {name}"))
    hands.program.context.open_dialog("forget", customer_id=2)
    said = hands.sheet().named.text()
    more = len(hands.ask(privacy_query.named_on, 2)) - 20
    assert more >= 3 and f"en nog {more}." in said


def test_of_health_facts_nobody_is_chosen_by_itself(hands: Hands) -> None:
    """One press took the warning off everybody whose allergy was noted two years ago."""
    for customer_id in (2, 3):
        hands.ask(health_facts.add_fact, customer_id, "Latexallergie", how="in writing")
    later = FixedClock(datetime(2036, 1, 1, 9))
    hands.ask(lambda book: setattr(book, "clock", later))
    hands.program.context.open_dialog("retention", of="health")
    sheet = hands.sheet()
    assert {2, 3} <= sheet.choices.keys() and not any(one.isChecked() for one in sheet.choices.values())
    assert not sheet.save_button.isEnabled()
    sheet.choices[2].click()
    hands.press(KEY.Key_Return, CONTROL)
    assert hands.card(2).health_facts == 0 and hands.card(3).health_facts == 1


def test_how_much_the_journal_would_forget_is_said_before_it_is_chosen(hands: Hands) -> None:
    """Choosing a time was enough, and at the next copy all of it was gone."""
    later = FixedClock(datetime(2030, 1, 1, 9))
    hands.ask(lambda book: setattr(book, "clock", later))
    changes = hands.ask(retention.would_forget, 3)
    hands.program.context.open_page("settings", subject="privacy")
    hands.settle()
    assert hands.program.window.shell is not None and changes > 0
    years = hands.program.window.shell.page().section("privacy").years["journal"]
    years.set_value(3)
    years.activated.emit(0)
    sheet = hands.sheet()
    assert isinstance(sheet, JournalYearsDialog) and str(changes) in said_to_screen_reader(sheet)
    hands.press(KEY.Key_Return)  # on Cancel
    assert sheet_open() is None and hands.ask(retention.years, "journal") == 0 == years.value()
    years.set_value(3)
    years.activated.emit(0)
    hands.sheet()
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is None and hands.ask(retention.years, "journal") == 3 == years.value()
    years.set_value(10)
    years.activated.emit(0)
    hands.settle()
    assert sheet_open() is None and hands.ask(retention.years, "journal") == 10  # nothing is that old


def test_the_owner_reviews_old_cards_and_has_the_papers(hands: Hands, tmp_path: Path) -> None:
    program = hands.program
    program.context.open_page("settings", subject="privacy")
    hands.settle()
    assert program.window.shell is not None
    section = program.window.shell.page().section("privacy")
    section.years["card"].set_value(2)
    section.years["card"].activated.emit(0)
    hands.settle()
    assert hands.ask(retention.years) == 2
    section.save_register(tmp_path / "register.pdf")
    hands.qtbot.waitUntil((tmp_path / "register.pdf").exists)
    section.look["card"].click()
    sheet = hands.sheet()
    assert isinstance(sheet, RetentionDialog) and len(sheet.choices) == hands.ask(retention.overview).review["card"] > 0
    left_out = next(iter(sheet.choices))
    sheet.choices[left_out].click()
    hands.press(KEY.Key_Return, CONTROL)
    assert [row.customer_id for row in hands.ask(retention.review)] == [left_out]
    hands.press(KEY.Key_Escape)
    section.note.click()
    assert isinstance(hands.sheet(), BreachDialog)
    hands.write("Telefoon kwijt")
    hands.press(KEY.Key_Return, CONTROL)
    assert [leak.what for leak in hands.ask(breaches.breaches)] == ["Telefoon kwijt"]
    assert "Telefoon kwijt" in said_to_screen_reader(section)


def test_ctrl_i_on_a_card_without_health_facts_adds_one(hands: Hands) -> None:
    made = hands.ask(customers.new_customer, CustomerRecord(given_name="Zonder")).customer_id
    hands.open_card(made)
    hands.press(Qt.Key.Key_I, CONTROL)
    assert hands.sheet().customer_id == made and hands.sheet().kind == "health"
