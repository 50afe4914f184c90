"""What is seen of a card without scrolling, and whether everything can be reached in a small window with large text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from kapperboek.domain.records import CustomerRecord
from kapperboek.services.customers import customers
from kapperboek.services.inputs import ContactInput
from kapperboek.services.moments import moments, talk
from kapperboek.ui.app.program import Program
from kapperboek.ui.card.card_appointment import AppointmentRow
from kapperboek.ui.card.card_page import CardPage
from kapperboek.ui.start.recovery_bar import RecoveryBar
from kapperboek.ui.widgets.text_labels import Label
from tests.ui.card_tools import MARIEKE, Hands

LEAST = 36  # pixels a finger or a mouse in a hurry needs, each way
SIZES = ((1440, 900), (1366, 768))
LONG = "Wilhelmina-Alexandrina Antoinette van Oudenaarden-Prinsenbeek tot Westervelde"
ONE_WORD = "Pneumonoultramicroscopicsilicovolcanoconiosisachtigevandervelde"


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def resized(hands: Hands, width: int, height: int) -> None:
    hands.program.window.resize(width, height)
    hands.settle()


def below_the_fold(page: CardPage, part: QWidget) -> int:
    """How many pixels of this part of the left column are out of sight."""
    room = page.area.viewport()
    return part.mapTo(page, part.rect().bottomLeft()).y() - room.mapTo(page, room.rect().bottomLeft()).y()


def busy_marieke(hands: Hands) -> None:
    """Three things to talk about, a warning, a health fact, an appointment today and an open complaint."""
    by = hands.program.context.staff_id
    hands.ask(talk.add_point, MARIEKE, "Kleur iets warmer proberen?", by=by)
    complaint = ContactInput(MARIEKE, "complaint", "2026-11-22T08:00", note="Kleur al dof.", staff_id=by)
    hands.ask(moments.record_contact, complaint, by=by)


def test_the_first_glance_holds_what_is_needed_before_anything_is_said(hands: Hands) -> None:
    busy_marieke(hands)
    page = hands.open_card()
    shell = hands.program.window.shell
    assert shell is not None and len(page.talk.rows) == 3
    for banner in (False, True):
        if banner:
            shell.above.addWidget(RecoveryBar(hands.program.context))
        for width, height in SIZES:
            resized(hands, width, height)
            flags = [flag.label.text() for flag in page.alerts.flags if flag.isVisible()]
            assert "Kleur al dof." in flags[0] and "uiterlijk" in flags[0], flags
            assert "Geen ammoniak" in flags and page.health.isVisible()
            assert page.alerts.height() < 60  # beside each other
            assert page.header.height() < 100
            appointment = page.soon.findChildren(AppointmentRow)
            assert len(appointment) == 1 and page.soon.isVisible() and page.soon.height() < 60
            assert page.soon.mapTo(page, page.soon.rect().topLeft()).y() < page.history.mapTo(page, QPoint(0, 0)).y()
            assert all(row.discussed.y() < 10 for row in page.talk.rows)  # beside the words, not below them
            first = page.knowledge.rows.itemAt(0).widget()  # type: ignore[union-attr]
            assert "scheiding" in "".join(label.text() for label in first.findChildren(Label))
            low = {part: below_the_fold(page, part) for part in (page.talk, first, page.knowledge)}
            assert max(low.values()) <= 0, (banner, width, low.values())
            buttons = [one for one in page.findChildren(QAbstractButton) if one.isVisible()]
            assert [one.accessibleName() for one in buttons if min(one.width(), one.height()) < LEAST] == []


def test_who_belongs_to_somebody_is_said_once(hands: Hands) -> None:
    page = hands.open_card()
    assert [fact.key for fact in page.knowledge.facts if "Erik" in fact.text()] == []
    assert "Gezin" in [action.text() for action in page.knowledge.menu().actions()]  # where it can still be changed
    by = hands.program.context.staff_id
    hands.ask(customers.set_profile, MARIEKE, "family", "man Erik, Fleur, Daan en een hond", by=by)
    page.refresh()
    hands.settle()
    assert [fact.key for fact in page.knowledge.facts if "Erik" in fact.text()] == ["family"]


@pytest.mark.parametrize("name", [LONG, ONE_WORD])
def test_a_long_name_is_whole_and_cuts_nothing(hands: Hands, name: str) -> None:
    by = hands.program.context.staff_id
    given, _space, family = name.partition(" ")
    saved = hands.ask(customers.new_customer, CustomerRecord(given_name=given, family_name=family), by=by)
    page = hands.open_card(saved.customer_id)
    for width, height in (*SIZES, (1024, 700)):
        resized(hands, width, height)
        assert page.header.name.height() >= page.header.name.heightForWidth(page.header.name.width())
        assert page.talk.width() <= page.area.viewport().width(), "the yellow box is cut"
    QApplication.processEvents()


def test_rows_of_the_history_are_as_high_as_what_is_painted_in_them(hands: Hands) -> None:
    """A narrower window, or a scroll bar that comes, divides words into more lines: they ran into the next row."""
    page = hands.open_card()
    rows = page.history.list

    def whole() -> bool:
        shown = [rows.model().index(row, 0) for row in range(5)]
        return all(rows.visualRect(index).height() == rows.sizeHintForIndex(index).height() for index in shown)

    for width in (1440, 1366, 1300, 1230):
        resized(hands, width, 768)
        hands.qtbot.waitUntil(whole)
