"""Every page and dialog at twice the text size in the smallest window that is promised: nothing out of reach, no button
whose words are cut."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from kapperboek import i18n
from kapperboek.ui import theme
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import bring_in_sight
from kapperboek.ui.widgets.sheet import open_sheets
from tests.shots import PAGES, Setting, Studio

SMALL = Setting(size=(1024, 700), scale=200)
SKIPPED = {"imported"}  # shows the page of "import" once more


@pytest.fixture
def room(salon_file: Path, tmp_path: Path) -> Iterator[Studio]:
    """One window for all of them."""
    before = i18n.language()
    studio = Studio(Path(shutil.copy(salon_file, tmp_path / "salon.kapperboek")), SMALL)
    yield studio
    studio.close()
    i18n.set_language(before)
    theme.apply(QApplication.instance(), "light", 100)  # type: ignore[arg-type]


def said(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName() or getattr(widget, 'text', str)()}”"


def out_of_reach(top: QWidget) -> list[str]:
    """What Tab comes to and cannot be brought in sight whole, or where it is larger than the window, its beginning."""
    found = []
    for widget in top.findChildren(QWidget):
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy():
            continue
        bring_in_sight(widget)
        seen, whole = widget.visibleRegion().boundingRect(), widget.rect()
        if isinstance(widget, QAbstractScrollArea):  # scrolls by itself
            whole = QRect(whole.topLeft(), whole.size().boundedTo(widget.minimumSizeHint()))
        if seen.width() < whole.width() or seen.height() < min(whole.height(), theme.px(40)):
            found.append(f"{said(widget)}: {seen.width()}x{seen.height()} of {whole.width()}x{whole.height()}")
    return found


def cut_short(top: QWidget) -> list[str]:
    """Buttons that have less room than their words take, and do not go on at the next line."""
    return [
        f"{said(button)}: {button.width()} of {button.sizeHint().width()}"
        for button in top.findChildren(Button)
        if button.isVisible() and button.text() and not button.hasHeightForWidth()
        and button.width() < button.sizeHint().width()
    ]


def test_nothing_is_out_of_reach_and_no_button_is_cut(room: Studio) -> None:
    wrong = {}
    for name, show in PAGES.items():
        if name in SKIPPED:
            continue
        show(room)
        room.settle(0)
        sheets = open_sheets()
        if sheets:
            sheets[-1].set_hint(i18n._("draft kept · won't get lost"))
            room.app.processEvents()
        top = sheets[-1] if sheets else room.window
        if problems := [*out_of_reach(top), *cut_short(top)]:
            wrong[name] = problems
        room.context.set_discreet(False)
        room.shell.search.leave()
        room.shut_dialogs()
    assert not wrong, "\n".join(f"{name}: {'; '.join(problems)}" for name, problems in wrong.items())
