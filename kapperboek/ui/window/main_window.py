"""Main window: its first frame, what stands in it (the shell or a cover), its keys, files dropped on it, its place.

The first frame is painted before anything else is loaded; ``furnish`` brings in the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kapperboek.ui.appearance import colours
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.core.window_state import Remembered
from kapperboek.ui.window import window_placement

if TYPE_CHECKING:

    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDropEvent,
        QKeyEvent,
        QPaintEvent,
        QResizeEvent,
        QShortcut,
    )

    from kapperboek.ui.core.context import Context
    from kapperboek.ui.forms.page import Page
    from kapperboek.ui.start.full_page import Cover
    from kapperboek.ui.window.shell import Shell
    from kapperboek.ui.window.toast import Toast

SMALLEST = (760, 560)


def _go_to_number(number: int, shell: Shell) -> None:
    shell.go_to_number(number)


def _fill(widget: QWidget, color: str) -> None:
    widget.setStyleSheet(f"background:{color}")


class Window(QWidget):
    """One window per notebook. Its title never names a customer."""

    painted = Signal()
    woken = Signal()
    closing = Signal()

    def __init__(self, place: Remembered, stands: bool = True) -> None:
        """``stands``: there is a notebook, so the first frame shows where its pages will be."""
        super().__init__()
        self.shell: Shell | None = None
        self.cover: Cover | None = None
        self._outline: list[QWidget] | None = None  # of the first frame, until the window is furnished
        self._first_paint = True
        self._may_close = False
        self.setMinimumSize(*SMALLEST)
        self.set_title(place.shop)
        self._full = window_placement.give_place(self, place.place) or place.full
        self._sketch(place.theme, place.text_scale / 100 if stands else 0.0)

    def _sketch(self, theme: str, scale: float) -> None:
        """The ground, and where navigation, search and cards will stand until they do.

        By style sheets alone: the first call of a painter or a palette that takes a colour makes PySide build every
        enumeration of Qt, which takes longer than all the rest of this window.
        """
        system_dark = self.palette().color(QPalette.ColorRole.Window).lightness() < 128
        colors = colours.DARK if theme == "dark" or (theme == "system" and system_dark) else colours.LIGHT
        _fill(self, colors["paper"])
        outline = self._outline = []
        if not scale:
            return
        nav, gap, right = round(208 * scale), round(28 * scale), self.width() - round(28 * scale)
        wide = (right - nav - gap - round(40 * scale)) // 3
        places = [(nav, 0, 1, self.height(), "line"), (nav + gap, round(16 * scale), right - nav - gap, 46, "card")]
        for column in range(3):
            left = nav + gap + column * (wide + round(20 * scale))
            places.append((left, round(120 * scale), wide, self.height() - round(180 * scale), "card"))
        for x, y, width, height, token in places:
            part = QWidget(self)
            part.setGeometry(x, y, width, height)
            _fill(part, colors[token])
            outline.append(part)

    def furnish(self, context: Context) -> None:
        """Furnish the window, from its first frame to pages; ``serve`` follows once the first of them stands."""
        from kapperboek.ui.window.notices import Saying

        for part in self._outline or ():
            part.hide()
            part.deleteLater()
        self._outline = None
        self.setStyleSheet("")
        self.context = context
        context.window = self
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.setAcceptDrops(True)
        self._keys: list[QShortcut] = []
        self.saying = Saying(context, self, self._is_silent, lambda: self.undo)
        self.saying.room_wished.connect(self._make_room)
        context.shop_changed.connect(lambda shop: self.set_title(shop.name))

    def serve(self) -> None:
        """The keys that work everywhere, taking back, and the program's sign."""
        from kapperboek.ui.appearance import icons
        from kapperboek.ui.window.undo_keys import Undo

        if self._keys:
            return
        context = self.context
        self.setWindowIcon(icons.window_icon())
        self.undo = Undo(context, self, self.shell_in_front, self.saying.toast_now)
        for keys in ("Ctrl+K", "Ctrl+F"):
            self._key(keys, lambda shell: shell.search.start())
        self._key("Ctrl+N", lambda shell: shell.new_customer())
        self._key("Alt+Left", lambda shell: shell.go_back())
        self._key("Ctrl+L", lambda _shell: context.lock_wished.emit(), True, True)
        self._key("F1", lambda shell: self.show_help(shell), also_in_sheets=True)
        self._key("F9", lambda _shell: context.set_discreet(not context.discreet), True, True)
        context.help_wished.connect(lambda: self.show_help(self.shell) if self.shell is not None else None)
        leave = QShortcut(QKeySequence("Ctrl+Q"), self)  # also where something else stands instead of the pages
        leave.activated.connect(self.closing)
        self._keys.append(leave)
        for number in range(1, 5):
            self._key(f"Alt+{number}", partial(_go_to_number, number))
        for number in range(1, 10):
            self._key(f"Ctrl+{number}", partial(self._choose_staff, number), also_in_sheets=True)

    def _key(
        self, keys: str, do: Callable[[Shell], object], also_in_sheets: bool = False, also_in_menus: bool = False
    ) -> None:
        from PySide6.QtCore import Qt

        from kapperboek.ui.widgets.sheet.open_sheets import open_sheets

        shortcut = QShortcut(QKeySequence(keys), self)
        if also_in_menus:  # somebody walks up while one is open, which takes all other keys
            shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)

        def pressed() -> None:
            shell = self.shell_in_front()
            if shell is not None and (also_in_sheets or not open_sheets()):
                do(shell)

        shortcut.activated.connect(pressed)
        self._keys.append(shortcut)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nothing on the page wanted: letters and digits search, arrows go into the page, Alt and a letter
        to its line."""
        from PySide6.QtCore import Qt

        from kapperboek.ui.widgets.sheet.open_sheets import open_sheets

        arrows = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left)
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        shell, page = self.shell_in_front(), self.page()
        if shell is None or open_sheets():
            super().keyPressEvent(event)
        elif held:
            if held != Qt.KeyboardModifier.AltModifier or page is None or not page.act_on_line(event):
                super().keyPressEvent(event)
        elif event.text().strip() and event.text().isprintable():
            shell.search.begin(event.text())
        elif event.key() in arrows and page is not None:
            page.focus_first()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab. Qt also asks this when what has the keyboard was hidden: then it goes back to the page."""
        had = QApplication.focusWidget()
        if had is not None and not had.isVisible() and self.shell is not None and self.shell.isVisible():
            self.shell.keyboard.give_back(had)
            return True
        return super().focusNextPrevChild(forward)

    def _choose_staff(self, number: int, _shell: Shell) -> None:
        active = [person for person in self.context.staff if person.active]
        if number <= len(active):
            self.context.choose_staff(active[number - 1].id)

    # --- what stands in it ----------------------------------------------------------------------------------

    def show_shell(self) -> Shell:
        """The shell, made now if there is none."""
        from kapperboek.ui.window.shell import Shell

        self._take_cover_away()
        if self.shell is None:
            self.shell = Shell(self.context)
            self._box.addWidget(self.shell)
        self.shell.show()
        self.saying.say_unsaid()
        return self.shell

    def shell_in_front(self) -> Shell | None:
        """Shell that shows the pages; None while something else stands there."""
        return self.shell if self.cover is None else None

    def page(self) -> Page | None:
        """The page in front; None while something else stands there."""
        shell = self.shell_in_front()
        return shell.page() if shell is not None else None

    def _is_silent(self) -> bool:
        return self.cover is not None and self.cover.silent

    def _make_room(self, height: int) -> None:
        if self.shell is not None:
            self.shell.make_room(height)

    def above(self) -> QVBoxLayout | None:
        """Layout for a banner above the page; None while there is no page."""
        return self.shell.above if self.shell is not None else None

    def show_cover(self, cover: Cover) -> None:
        """Show a cover, something else instead of the shell."""
        self._take_cover_away()
        if self.shell is not None:
            self.shell.hide()
        self.cover = cover
        self._box.addWidget(cover)
        cover.show()
        cover.setFocus()

    def _take_cover_away(self) -> None:
        if self.cover is not None:
            self._box.removeWidget(self.cover)
            self.cover.hide()
            self.cover.deleteLater()
            self.cover = None

    def take_pages_away(self) -> None:
        """Take the pages away: nothing of any customer may stay in the widgets; ``show_shell`` builds new ones."""
        self.flush_drafts()
        self.saying.forget()
        if self.shell is not None:
            self.shell.search.close_list()
            self._box.removeWidget(self.shell)
            gone, self.shell = self.shell, None
            self.context.at_hand = tuple
            gone.go()  # that and no more: what a dialog of the system's still stands in goes when it ends
            QApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete.value)

    def flush_drafts(self) -> None:
        """Write the drafts of what was typed on a page a moment ago, before the page goes; a line that is kept when one
        leaves it (the settings) is left.
        """
        from kapperboek.ui.card.card_draft import CardDraft

        focus = QApplication.focusWidget()
        if focus is not None and self.shell is not None and self.shell.isAncestorOf(focus):
            focus.clearFocus()
        for draft in self.findChildren(CardDraft):
            draft.flush()

    def make_anew(self) -> None:
        """Words, colours or sizes have changed: the shell is built again, shows the same page, and asks the same."""
        from kapperboek.ui.start.startup_offers import offer
        from kapperboek.ui.widgets.banner import is_taken
        from kapperboek.ui.window.shell import Shell

        self.flush_drafts()
        old = self.shell
        place = old.place() if old is not None else None
        back = old.back_list() if old is not None else []
        self.saying.forget()
        if old is None or place is None:
            return
        old.search.close_list()
        asked = is_taken(old.above)
        self._box.removeWidget(old)
        old.go()
        self.shell = Shell(self.context, back)
        self._box.addWidget(self.shell)
        self.shell.setVisible(self.cover is None)
        if asked:
            offer(self.context, self.above)
        if self.context.jobs.is_open():
            self.shell.show_page(place.name, place.kw, remember=False)
            if place.name != "today":
                self.shell.wake_today()

    def set_title(self, shop: str) -> None:
        """The shop's name, never a customer's."""
        self.setWindowTitle(f"{shop} – Kapperboek" if shop else "Kapperboek")

    def show_help(self, shell: Shell) -> None:
        """Show the help (F1): the guide at the dialog or page in front."""
        from kapperboek.ui.help.help_dialog import HelpSheet
        from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
        from kapperboek.ui.window.page_registry import topic_of

        front = open_sheets()[-1] if open_sheets() else None
        if not isinstance(front, HelpSheet):
            name = topic_of(type(front)) if front is not None else shell.topic()
            HelpSheet.open_for(self.context, name)

    # --- saying ---------------------------------------------------------------------------------------------

    @property
    def toast(self) -> Toast:
        """Toast, the quiet word at the bottom."""
        return self.saying.toast

    # --- files dropped --------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from kapperboek.ui.window import file_drop

        if file_drop.files_of(event) and file_drop.may_drop(self.context, self.page()):
            event.acceptProposedAction()
            file_drop.DropSign(self, self.dropEvent)  # takes it from here

    def dropEvent(self, event: QDropEvent) -> None:
        from kapperboek.ui.window import file_drop

        file_drop.take(self.context, self.page(), event)

    # --- place and end --------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show it as it was last time, with the keyboard: nothing else gives it that where no window manager runs."""
        self.painted.connect(lambda: window_placement.stand_inside(self))
        self.showMaximized() if self._full else self.show()
        self.activateWindow()

    def come_forward(self) -> None:
        """Raise the window, because somebody started the program again."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def place_now(self) -> str:
        """Place of the window on the screen as ``x,y,width,height``."""
        rect = self.normalGeometry() if self.isMaximized() else self.geometry()
        return f"{rect.x()},{rect.y()},{rect.width()},{rect.height()}"

    def close_for_good(self) -> None:
        """Close without asking anybody any more."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    def changeEvent(self, event: QEvent) -> None:
        if self._outline is None and event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.woken.emit()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.shell is not None:
            self.shell.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._first_paint:
            self._first_paint = False
            later(self, self.painted.emit)
