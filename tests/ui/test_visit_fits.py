"""The visit stands whole on a small screen, and whatever has the keyboard is in sight everywhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kapperboek.services.customers import customers
from kapperboek.services.moments import talk
from kapperboek.ui.app.program import Program
from kapperboek.ui.moments.visit_dialog import VisitDialog
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label
from tests.ui.card_tools import CONTROL, MARIEKE, Hands

KEY = Qt.Key
TITLE = 32  # pixels a window manager takes of the screen above the window


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    hands = Hands(program, qtbot)
    hands.ask(customers.add_line, MARIEKE, "warning", "Snel hoofdpijn van de droogkap")
    hands.ask(talk.add_point, MARIEKE, "Is de nieuwe keuken al klaar?")
    return hands


def visit_at(hands: Hands, width: int, height: int, percent: int = 100) -> VisitDialog:
    context = hands.program.context
    context.set_shop(context.shop._replace(text_scale=percent))
    hands.settle()
    hands.program.window.resize(width, height)
    hands.open_card()
    hands.press(KEY.Key_Return, CONTROL)
    dialog: VisitDialog = hands.sheet()
    assert len(dialog.form.talk.rows) == 3 and " · " in dialog.warnings.label.text() and dialog.health.isVisible()
    return dialog


def in_sight(dialog: VisitDialog, widget: QWidget) -> bool:
    """Whether all of it stands within what the sheet shows of its body."""
    port = dialog.area.viewport()
    return port.rect().contains(widget.rect().translated(widget.mapTo(port, QPoint(0, 0))))


@pytest.mark.parametrize(("width", "height"), [(1440, 900 - TITLE), (1366, 768 - TITLE)])
def test_with_two_warnings_and_three_points_nothing_is_out_of_sight(hands: Hands, width: int, height: int) -> None:
    dialog = visit_at(hands, width, height)
    dialog.form.talk.rows[0].choice.button("discussed").click()
    hands.settle()
    bar = dialog.area.verticalScrollBar()
    hands.qtbot.waitUntil(lambda: bar.maximum() == 0 and not bar.isVisible())
    for part in (dialog.warnings, dialog.health, dialog.form.treatments, dialog.form.note, dialog.form.follow):
        assert in_sight(dialog, part), part.accessibleName()
    assert dialog.form.treatments.line.y() < dialog.form.treatments.height() / 2, "in one line with what was chosen"


@pytest.mark.parametrize(("width", "height", "percent"), [(1024, 700, 100), (1024, 700, 200)])
def test_whatever_a_key_changes_is_in_sight(hands: Hands, width: int, height: int, percent: int) -> None:
    dialog = visit_at(hands, width, height, percent)
    for _time in range(3):
        hands.press(KEY.Key_O, CONTROL)
        chosen = dialog.form.follow.choice.button(dialog.form.follow.choice.value())
        hands.qtbot.waitUntil(lambda chosen=chosen: in_sight(dialog, chosen))
    hands.press(KEY.Key_T, CONTROL)
    hands.qtbot.waitUntil(lambda: in_sight(dialog, dialog.form.points.lines[-1].line))
    dialog.form.first().setFocus(Qt.FocusReason.OtherFocusReason)
    hands.qtbot.waitUntil(lambda: in_sight(dialog, dialog.form.recipe))
    for _step in range(30):
        hands.press(KEY.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        if dialog.area.isAncestorOf(focus):
            hands.qtbot.waitUntil(lambda focus=focus: in_sight(dialog, focus))


def test_buttons_on_two_lines_take_no_height_of_what_stands_above_them(hands: Hands) -> None:
    sheet = SheetDialog(hands.program.context, "Afspraak", width=440, save_text="Bewaar de afspraak")
    sheet.extra.addWidget(Button("Zeg de afspraak af", size="large"))
    for line in ("een", "twee", "drie"):
        sheet.body.addWidget(Label(line))
    sheet.open()
    hands.settle()
    assert sheet.save_button.y() > sheet.extra.itemAt(0).widget().y(), "the buttons stand on two lines"
    assert sheet.area.verticalScrollBar().maximum() == 0
    sheet.close_sheet(False)


def test_no_words_of_last_time_when_there_was_none(hands: Hands) -> None:
    dialog = visit_at(hands, 1366, 736)
    assert dialog.form.recipe_field.label.text().startswith("Recept – laatste keer")
    lines = (dialog.form.products.line, dialog.form.treatments.line)
    for line in lines:
        middle = line.mapTo(line.parentWidget(), line.rect().center()).y()
        assert abs(middle - line.parentWidget().height() / 2) <= 2, "what is typed stands in the middle"
