"""Every page and dialog at twice the text size in the smallest window that is promised: nothing out of reach, no button
whose words are cut."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from pytestqt.qtbot import QtBot

from kapperboek import i18n
from kapperboek.domain.views.list_views import DraftView
from kapperboek.ui.appearance import theme
from kapperboek.ui.customer_form.customer_dialog import CustomerDialog
from kapperboek.ui.start.drafts_bar import DraftsBar
from kapperboek.ui.start.recovery_bar import RecoveryBar
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import bring_in_sight
from kapperboek.ui.widgets.sheet.sheet import open_sheets
from kapperboek.ui.widgets.text_labels import Label
from tests.shots import PAGES, Setting, Studio

SMALL = Setting(size=(1024, 700), scale=200)
SKIPPED = {"imported"}  # shows the page of "import" once more


@pytest.fixture
def room(salon_file: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Studio]:
    """One window for all of them."""
    before = i18n.language()
    path = Path(shutil.copy(salon_file, tmp_path / "salon.kapperboek"))
    studio = Studio(path, getattr(request, "param", SMALL))
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


def in_sight(part: QWidget, rect: QRect | None = None) -> bool:
    return part.isVisible() and part.visibleRegion().boundingRect().contains(part.rect() if rect is None else rect)


def test_lines_above_the_page_are_whole(room: Studio) -> None:
    drafts = DraftsBar(room.context)
    offered = (DraftView("a", "visit", room.somebody("Marieke Jansen"), "Marieke Jansen", "{}", ""),)
    for bar in (RecoveryBar(room.context), drafts):  # they come one at a time
        room.shell.above.addWidget(bar)
        drafts.offer(offered if bar is drafts else ())
        for page in ("today", "customers", "card"):
            PAGES[page](room)
            room.settle(0)
            words = [label for label in bar.findChildren(Label) if label.text()]
            assert words
            for part in (*words, *bar.findChildren(Button)):
                assert in_sight(part), (page, said(part))
                assert part.height() >= part.heightForWidth(part.width()), (page, said(part))
            assert not cut_short(bar)
            assert not (problems := out_of_reach(room.window)), problems
        bar.hide()


@pytest.mark.parametrize("room", [Setting(size=(1440, 900), scale=200)], indirect=True)
def test_the_card_shows_what_to_talk_about(room: Studio) -> None:
    PAGES["card"](room)
    page = room.page
    assert all(in_sight(flag) for flag in page.alerts.flags if not flag.isHidden()) and in_sight(page.health)
    first = page.talk.rows[0]
    assert in_sight(first) and in_sight(page.header.visit)
    assert page.header.reach.isVisible()  # further down
    room.window.resize(2800, 1700)
    room.settle(0)
    assert page.header.isAncestorOf(page.header.reach) and in_sight(page.header.reach)


def test_who_it_may_be_is_seen_when_it_appears(room: Studio, qtbot: QtBot) -> None:
    for size in ((1024, 700), (1440, 900)):
        room.window.resize(*size)
        PAGES["new-customer"](room)
        sheet = open_sheets()[-1]
        assert isinstance(sheet, CustomerDialog)
        line = sheet.form.name.line
        for other, typed in ((sheet.form.phone, "010 765 43 21"), (line, "Geen Mens")):
            other.setFocus()
            other.selectAll()
            QTest.keyClicks(other, typed)
        qtbot.waitUntil(sheet.exists.isHidden)
        line.selectAll()
        QTest.keyClicks(line, "M. Janssen")
        qtbot.waitUntil(sheet.exists.isVisible)
        room.settle(0)
        title = QRect(0, 0, sheet.exists.width(), theme.px(40))
        assert in_sight(sheet.exists, title) and in_sight(line), size
        room.shut_dialogs()
