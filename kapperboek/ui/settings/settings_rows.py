"""Setting rows and lists: what sections are made of, lines with a control and lists that are edited in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from shiboken6 import isValid

from kapperboek.domain.errors import UserError
from kapperboek.domain.people.names import fold
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.settings.settings_heads import Column, ColumnHeads
from kapperboek.ui.widgets.buttons import Button, icon_button
from kapperboek.ui.widgets.form_fields import LineEdit
from kapperboek.ui.widgets.frames import CardFrame, Line
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.side_by_side import SIDE_BY_SIDE, TurningRow
from kapperboek.ui.widgets.layout.tab_order import tab_as_read
from kapperboek.ui.widgets.text_labels import Label

AT_ONCE = 30  # lines of a list: each costs some milliseconds whenever one changes


class SettingRow(QWidget):
    """Row of a setting: what it is, what that means, its control, and beneath it what is wrong with it."""

    def __init__(self, title: str, remark: str, control: QWidget, wide: int = 260) -> None:
        super().__init__()
        self.control = control
        words = QWidget()
        box = vbox(words, gap=0)
        self.title = Label(title, weight=600, wrap=True)
        self.remark = Label(remark, size=13.5, token="soft", wrap=True)
        box.addWidget(self.title)
        box.addWidget(self.remark)
        self.remark.setVisible(bool(remark))  # once it has a parent: before, it would be a window of its own
        box.addStretch(1)
        if wide:
            control.setMinimumWidth(theme.px(wide))
            control.setMaximumWidth(theme.px(max(wide, 420)))
        self.problem = Label("", size=13, weight=500, token="coral", wrap=True)
        self.problem.hide()
        outer = vbox(self, gap=4, margins=(0, 6, 0, 6))
        outer.addWidget(TurningRow(words, control))
        outer.addWidget(self.problem)
        self.title.setBuddy(control)
        if not control.accessibleName():
            control.setAccessibleName(title)
        control.setAccessibleDescription(remark)

    def set_remark(self, text: str, token: str = "soft") -> None:
        """Set the remark under the title."""
        self.remark.setText(text)
        self.remark.set_token(token)
        self.remark.setVisible(bool(text))

    def show_error(self, text: str) -> None:
        """Show below the row what is wrong; empty takes it away."""
        show_problem(self.problem, text)


def show_problem(label: QLabel, text: str) -> None:
    """Show or hide the line that says what is wrong."""
    label.setText(text)
    label.setVisible(bool(text))


class _LineAbove(Line):
    """Line above a row, hidden when the row is: two lines on each other look like a mistake."""

    def __init__(self, row: QWidget) -> None:
        super().__init__()
        self._row = row
        row.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._row and event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(not self._row.isHidden())
        return False


class Section(QWidget):
    """Section of one subject: cards under each other in ``body``; ``refresh`` asks for what it shows."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.body = vbox(self, gap=16)

    def refresh(self) -> None:
        """Ask for what is shown."""

    def card(self, title: str, icon: str, rows: Sequence[QWidget]) -> CardFrame:
        """Add a card with rows, a line between them."""
        card = CardFrame(title, icon=icon)
        for place, row in enumerate(rows):
            if place:
                card.body.addWidget(_LineAbove(row))
            card.body.addWidget(row)
        self.body.addWidget(card)
        return card


class EditRow(QWidget):
    """Row of a list edited in place. ``view()`` is what stands in it (None: nothing typed yet)."""

    changed = Signal()  # editing of one of its controls has ended
    moved = Signal(int)

    def __init__(self, first: QWidget, second: QWidget, from_width: int = SIDE_BY_SIDE) -> None:
        super().__init__()
        self._view: Any = None
        self.lines: dict[str, QLineEdit] = {}  # by the code of what may be wrong with them
        self.problem = Label("", size=13, weight=500, token="coral", wrap=True)
        self.problem.hide()
        box = vbox(self, gap=4, margins=(0, 4, 0, 4))
        box.addWidget(TurningRow(first, second, from_width))
        box.addWidget(self.problem)

    def show_problem(self, text: str, code: str = "") -> None:
        """Show what is wrong, below the line that has this code (see ``lines``); empty takes it away."""
        wrong = self.lines.get(code)
        at_right = wrong is not None and wrong.mapTo(self, QPoint()).x() > self.width() // 2
        self.problem.setAlignment(Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft)
        show_problem(self.problem, text)
        for line in self.lines.values():
            line.setProperty("wrong", line is wrong)
            line.style().unpolish(line)
            line.style().polish(line)

    def follow(self, *lines: QLineEdit) -> None:
        """Emit ``changed`` when editing of one of these lines has ended with another text than it began with."""
        for line in lines:
            line.editingFinished.connect(self._ended(line))

    def _ended(self, line: QLineEdit) -> Callable[[], None]:
        def ended() -> None:
            if line.isModified():
                line.setModified(False)
                self.changed.emit()

        return ended

    def view(self) -> Any:
        raise AssertionError("every list has rows of its own")

    def set_view(self, view: Any) -> None:
        """Show this view, except what is being typed at the moment."""

    def adopt(self, view: Any) -> None:
        """Adopt the view as it stands in the notebook now; the controls stay as they are."""
        self._view = view

    @property
    def identity(self) -> int:
        """Id of the row in the notebook; 0 while it is new."""
        return int(self._view.id)

    def blank(self) -> bool:
        """Tell whether the row is new and nothing was typed yet."""
        raise AssertionError("every list has rows of its own")

    def start(self) -> None:
        """Give the keyboard to where one begins to type."""

    def columns(self) -> Sequence[Column]:
        """Headings of the list, from left to right."""
        raise AssertionError("every list has rows of its own")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


def set_line(line: QLineEdit, text: str) -> None:
    """Put text in a line, unless somebody is typing there."""
    if line.text() != text and not (line.hasFocus() and line.isModified()):
        line.setText(text)
        line.setCursorPosition(0)  # of what is too long the beginning is seen
        line.setModified(False)


def mover(row: EditRow) -> tuple[Button, Button]:
    """Make two buttons that move a row up and down."""
    up = icon_button("chevron-up", _("Move up (Alt+↑)"))
    down = icon_button("chevron-down", _("Move down (Alt+↓)"))
    up.clicked.connect(lambda: row.moved.emit(-1))
    down.clicked.connect(lambda: row.moved.emit(1))
    return up, down


class ListSection(Section):
    """Section with a list edited in place, kept after every change, in its order; a new line once it has a name.

    One save at a time: what changes meanwhile is kept after it, so that a new line is never written twice.
    """

    may_be_long = False  # then only some lines are seen at once, which is for lists without an order of their own

    def __init__(
        self,
        context: Context,
        words: tuple[str, str, str],
        icon: str,
        read: Callable[..., Any],
        write: Callable[..., Saved],
    ) -> None:
        super().__init__(context)
        title, remark, add = words
        self._read, self._write = read, write
        self.rows: list[EditRow] = []
        self._saving = self._again = False
        self._last: EditRow | None = None
        self._sent: list[EditRow] = []
        card = self.card(title, icon, ())
        card.body.addWidget(Label(remark, size=13.5, token="soft", wrap=True))
        self._all: Sequence[Any] = ()
        self.seek = LineEdit(placeholder=_("Search by name…"), name=_("Search by name…"))
        self.seek.textEdited.connect(lambda _text: self._got(self._all))
        self.seek.hide()
        card.body.addWidget(self.seek)
        self.heads = ColumnHeads()
        card.body.addWidget(self.heads)
        self._list = vbox(gap=2)
        card.body.addLayout(self._list)
        self.add_button = Button(add, icon="plus", size="small")
        self.add_button.clicked.connect(self.add)
        card.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def make_row(self, view: Any) -> EditRow:
        """Make a row for this view, None for a new one."""
        raise AssertionError("every list has rows of its own")

    # --- showing ------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.context.jobs.run(self._read, done=self._got, key=f"settings.{type(self).__name__}", owner=self)

    def _got(self, views: Sequence[Any]) -> None:
        if self._saving:
            return
        self._all, views = views, self._some(views)
        started = [row for row in self.rows if row.blank()]
        kept = [row for row in self.rows if not row.blank()]
        if len(kept) != len(views) or any(row.identity not in (0, v.id) for row, v in zip(kept, views, strict=True)):
            self._rebuild(views, started)
            return
        for row, view in zip(kept, views, strict=True):
            row.set_view(view)

    def _some(self, views: Sequence[Any]) -> Sequence[Any]:
        """Rows to show: of very many the first and the newest, or those searched for.

        What is not shown stays as it is, for only what is shown is written.
        """
        long = self.may_be_long and len(views) > AT_ONCE
        self.seek.setVisible(long)
        if not long:
            return views
        wanted, newest = fold(self.seek.text()).strip(), max(view.id for view in views)
        fits = [view for view in views if wanted in fold(view.name)]
        return [*fits[:AT_ONCE], *(view for view in fits[AT_ONCE:] if view.id == newest)]

    def _rebuild(self, views: Sequence[Any], started: list[EditRow]) -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            if row not in started:
                row.hide()
                row.deleteLater()
        self.rows = []
        for view in views:
            self._append(self.make_row(view))
        for row in started:
            self.rows.append(row)
            self._list.addWidget(row)
        self._head(self.rows)

    def _head(self, rows: Sequence[EditRow]) -> None:
        if rows:
            self.heads.follow(rows[0], rows[0].columns())
        self.heads.place()
        tab_as_read(self)

    def _append(self, row: EditRow) -> None:
        self.rows.append(row)
        self._list.addWidget(row)
        row.changed.connect(lambda: self._changed(row))
        row.moved.connect(lambda step: self.move_row(row, step))

    # --- changing -----------------------------------------------------------------------------------------

    def add(self) -> None:
        """Add a new, empty line at the end, or go to the one that was begun before."""
        begun = next((row for row in self.rows if row.blank()), None)
        if begun is None:
            begun = self.make_row(None)
            self._append(begun)
            self._head(self.rows)
        begun.show()
        begun.start()

    def move_row(self, row: EditRow, step: int) -> None:
        """Move a row one place up (-1) or down (1)."""
        place = self.rows.index(row) + step
        if 0 <= place < len(self.rows):
            self.rows.remove(row)
            self.rows.insert(place, row)
            self._list.removeWidget(row)
            self._list.insertWidget(place, row)
            tab_as_read(self)
            self.save()

    def _changed(self, row: EditRow) -> None:
        self._last = row
        self.save()

    def save(self) -> None:
        """Keep the list as it stands."""
        if self._saving:
            self._again = True
            return
        views = []
        self._sent = []
        for row in self.rows:
            try:
                view = row.view()
            except UserError as error:
                row.show_problem(error.message, error.code)
                return
            row.show_problem("")
            if view is not None:
                views.append(view)
                self._sent.append(row)
        self._saving = True
        self.context.save(self._write, views, done=self._saved, failed=self._failed, owner=self)

    def _saved(self, _saved: Saved) -> None:
        self.context.jobs.run(self._read, done=self._kept, owner=self)

    def _kept(self, views: Sequence[Any]) -> None:
        self._saving = False
        if not self._again:
            self._got(views)
            return
        self._again = False
        self._adopt(views)
        self.save()

    def _adopt(self, views: Sequence[Any]) -> None:
        """Learn ids and versions only: what was changed while the list was being written is kept next."""
        unseen = {view.id for view in self._all} - {row.identity for row in self._sent}
        known = {view.id: view for view in views if view.id not in unseen}
        for row in self._sent:
            identity = row.identity if row in self.rows else 0
            if identity in known:
                row.adopt(known.pop(identity))
        fresh = [row for row in self._sent if row in self.rows and not row.identity]
        for row, identity in zip(fresh, sorted(known), strict=False):
            row.adopt(known[identity])

    def _failed(self, error: Exception) -> None:
        if not isValid(self):
            self.context.tell(error)
            return
        self._saving = self._again = False
        row = self._last if self._last in self.rows else None
        if row is None or not isinstance(error, UserError):
            self.context.tell(error)
        else:
            show_problem(row.problem, error.message)
