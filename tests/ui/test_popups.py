"""Every list that pops up can be read: the ground and the words it really paints, in both themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QImage
from PySide6.QtWidgets import QApplication, QCalendarWidget, QCompleter, QLineEdit, QListView, QMenu, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Select
from tests.ui.test_theme import contrast

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
WORDS = ["Knippen", "Kleuren", "Balayage"]


@pytest.fixture(params=["light", "dark"])
def app(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[QApplication]:
    theme.apply(qapp, request.param, 100)
    yield qapp
    theme.apply(qapp, "light", 100)


def best_contrast(image: QImage) -> float:
    """Of the words with the ground, which is the colour there is most of; black shows through where there is none."""
    colours = Counter(image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height()))
    ground = colours.most_common(1)[0][0]
    words = max(contrast(ground, colour) for colour, times in colours.items() if times > 2)
    return min(words, contrast(ground, theme.color("ink").name()))


def painted(widget: QWidget) -> QImage:
    """What stands on the screen, not what the widget would paint on a ground of somebody else's."""
    QApplication.processEvents()
    return widget.screen().grabWindow(widget.winId()).toImage()


def test_the_list_of_a_completer(app: QApplication, qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.setCompleter(QCompleter(WORDS, line))
    line.show()
    line.setText("K")
    completer = line.completer()
    completer.setCompletionPrefix("K")
    completer.complete()
    popup = completer.popup()
    assert popup is not None
    assert best_contrast(painted(popup)) >= 4.5
    popup.hide()


def test_the_list_of_a_choice(app: QApplication, qtbot: QtBot) -> None:
    select = Select([(word, word) for word in WORDS])
    qtbot.addWidget(select)
    select.show()
    select.showPopup()
    assert best_contrast(painted(select.view().window())) >= 4.5
    select.hidePopup()


def test_a_menu_and_a_calendar_and_lists_of_other_windows(app: QApplication, qtbot: QtBot) -> None:
    menu = QMenu()
    for word in WORDS:
        menu.addAction(word)
    menu.addAction("later").setEnabled(False)
    for widget in (menu, QCalendarWidget(), QListView(), QTreeView()):
        qtbot.addWidget(widget)
        widget.show()
        ground = Counter(
            painted(widget).pixelColor(x, y).name() for x in range(2, widget.width() - 2, 3) for y in range(4, 60, 3)
        ).most_common(1)[0][0]
        assert contrast(ground, theme.color("ink").name()) >= 4.5, type(widget).__name__
        widget.hide()


def test_back_from_a_menu_the_ring_stands_where_it_stood(app: QApplication, qtbot: QtBot) -> None:
    button = Button("Kapper")
    qtbot.addWidget(button)
    reason = Qt.FocusReason
    for first, ring in ((reason.TabFocusReason, True), (reason.MouseFocusReason, False)):
        for why in (first, reason.PopupFocusReason, reason.ActiveWindowFocusReason):
            QApplication.sendEvent(button, QFocusEvent(QEvent.Type.FocusIn, why))
            assert button.ring is ring
            QApplication.sendEvent(button, QFocusEvent(QEvent.Type.FocusOut, why))
