"""No English in the Dutch window and no Dutch in the English one: every page and most dialogs are walked in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kapperboek import i18n
from kapperboek.domain.records import CustomerRecord, DateRecord, Phone, RelationRecord
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services.customers import customers
from kapperboek.services.keeping import notebooks
from kapperboek.services.privacy import consents
from kapperboek.ui.app.program import Program
from kapperboek.ui.appearance import theme
from kapperboek.ui.card.history.card_history_delegate import side_width
from kapperboek.ui.settings.settings_page import subjects
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from kapperboek.ui.window.page_registry import PAGES
from tests.conftest import KEY, NOW, ROOT
from tests.test_house import dutch, forms
from tests.ui.conftest import settle

Make = Callable[..., Program]
DIALOGS = ("visit", "contact", "follow_up", "customer", "appointment", "changes", "consent", "health")
OURS = {"Ans", "Fleur", "Salon", "Max", "Kapperboek"}


def notebook(path: Path, language: str) -> Path:
    """A notebook begun in that language, with somebody of whom much is known under keys."""
    i18n.set_language(language)
    book = notebooks.create(path, key=KEY, shop_name="Salon", staff_name="Ans", clock=FixedClock(NOW))
    record = CustomerRecord(
        given_name="Fleur", customer_since="2019-03-02", preferred_channel="letter",
        phones=[Phone("0612345678", "mobile")], birthday="2010-11-28", dates=[DateRecord("wedding", "2009-06-14")],
        relations=[RelationRecord("daughter", "Max"), RelationRecord("dog", "Max"), RelationRecord("relative", "Max")],
    )
    customers.new_customer(book, record)
    consents.record_consent(book, 1, "news", "post", "given", how="at the desk")
    book.close()
    return path


def said(window: QWidget) -> Iterator[str]:
    """Every word in sight, and what a screen reader or a tooltip says of it."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        texts = [widget.accessibleName(), widget.toolTip()]
        if isinstance(widget, QLabel | QAbstractButton):
            texts.append(widget.text())
        if isinstance(widget, QLineEdit):
            texts += [widget.placeholderText(), widget.text()]
        if isinstance(widget, QComboBox):
            texts += [widget.itemText(row) for row in range(widget.count())]
        for text in texts:
            yield from (part.strip() for part in text.split(" · "))


def walked(program: Program, qtbot: QtBot) -> Iterator[tuple[str, str]]:
    """(where, words) of every page and dialog."""
    shell = program.window.shell
    assert shell is not None
    places = [(name, {"customer_id": 1} if name == "card" else {}) for name in PAGES if name != "settings"]
    for name, kw in [*places, *(("settings", {"subject": each.name}) for each in subjects())]:
        shell.show_page(name, kw)
        settle(program, qtbot)
        yield from ((f"{name} {kw}", words) for words in said(program.window))
    for name in DIALOGS:
        program.context.open_dialog(name, customer_id=1)
        settle(program, qtbot)
        yield from ((name, words) for words in said(program.window))
        for sheet in reversed(open_sheets()):
            sheet.close_sheet(False)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_no_word_of_the_other_language(make_program: Make, tmp_path: Path, qtbot: QtBot, language: str) -> None:
    pairs = {english: forms(found[0][1].string)[0] for english, found in dutch().items()}
    english, nederlands = set(pairs), set(pairs.values())
    other = (english - nederlands if language == "nl" else nederlands - english) - OURS
    program = make_program(notebook(tmp_path / "salon.kapperboek", language), lang=language)
    settle(program, qtbot)
    strangers = sorted({f"{where}: {words!r}" for where, words in walked(program, qtbot) if words in other})
    assert not strangers, "\n".join(strangers)


def test_one_thing_has_one_word() -> None:
    """What is imported is not also brought in or taken over, and a day is no date."""
    pairs = dutch()
    said = {"en": list(pairs), "nl": [form for found in pairs.values() for form in forms(found[0][1].string)]}
    others = {
        "en": ("bring in", "bringing in", "brought in", "not taken"),
        "nl": ("binnenhal", "binnengehaald", "binnen die je", "niet overgenomen", "geen datum", "andere datum"),
    }
    for language, texts in said.items():
        texts.append((ROOT / "resources" / "help" / f"{language}.md").read_text("utf-8"))
        found = [(word, text[:80]) for text in texts for word in others[language] if word in text.casefold()]
        assert found == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_day_of_another_year_fits_beside_its_visit(program: Program, language: str) -> None:
    i18n.set_language(language)
    for month in range(1, 13):
        assert theme.width(i18n.format_day(date(2025, month, 25)), 14) <= side_width() - theme.px(4)
