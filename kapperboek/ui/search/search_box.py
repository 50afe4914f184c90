"""Search box, the one for everything: name, number, mail, place, a word in a note. Ctrl+K from anywhere.

Every key press asks the database at once; an answer that has been overtaken by another key press is
dropped. Enter pressed before the answer is there waits for it: a card scanner types a number and Enter in
a few milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from kapperboek.i18n import _, ngettext
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.layout.boxes import hbox
from kapperboek.ui.widgets.text_labels import Icon, Key

if TYPE_CHECKING:
    from kapperboek.domain.views.search_view import FindResult
    from kapperboek.ui.search.search_results import ResultModel, ResultPopup
    from kapperboek.ui.widgets.sheet.typed_ahead import TypedAhead

LIMIT = 20  # who is not among these is found by another letter, not by scrolling


class SearchBox(QWidget):
    """The frame with its line, and the list that opens beneath it."""

    left = Signal()  # it had the keyboard

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._ahead: TypedAhead | None = None  # Enter waits, and what is pressed after it is for who is opened
        self._row = 0  # the chosen one; beyond the last is the new card
        self.setFixedHeight(theme.px(46))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = hbox(self, gap=12, margins=(16, 0, 14, 0))
        self.line = QLineEdit()
        self.line.setProperty("bare", True)
        self.line.setFont(theme.font(16))
        self.line.setPlaceholderText(_("Search by name, phone, note…"))
        self.line.setAccessibleName(_("Search customers"))
        self.line.setMaxLength(200)
        self.hint = Key("Ctrl K")
        row.addWidget(Icon("search", "soft"))
        row.addWidget(self.line, 1)
        row.addWidget(self.hint)
        self.popup: ResultPopup | None = None  # made when first needed, or on an idle moment
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)
        context.discreet_changed.connect(self._repaint_rows)

    # --- asking -------------------------------------------------------------------------------------------

    def text(self) -> str:
        """Text that was typed."""
        return self.line.text().strip()

    def start(self) -> None:
        """The keyboard comes here; what stood in it is selected."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def begin(self, text: str) -> None:
        """Begin a search with what somebody began to type on a page where nothing else takes letters."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.setText(text)

    def _typed(self, _text: str) -> None:
        self._wait(False)
        if not self.text():
            self.context.jobs.drop("search")
            self._show_nothing()
            return
        if self.context.jobs.is_open():
            self._ask()

    def resume(self) -> None:
        """The notebook has been opened: answer what was typed meanwhile."""
        if self.text() and not self.answered():
            self._ask()

    def _ask(self) -> None:
        from kapperboek.services.customers import customers

        self.context.jobs.run(customers.find, self.text(), LIMIT, done=self._got, failed=self._failed, key="search")

    def _got(self, result: FindResult) -> None:
        self._show(result._replace(query=self.text()))
        if self._ahead is not None:
            self._open_row(0)

    def _failed(self, error: Exception) -> None:
        self._wait(False)
        self.context.tell(error)

    def _wait(self, wait: bool) -> None:
        if wait and self._ahead is None:
            from kapperboek.ui.widgets.sheet.typed_ahead import TypedAhead

            self._ahead = TypedAhead(self.context, saving=False)
        elif not wait and self._ahead is not None:
            self._ahead.give_back()
            self._ahead = None

    def answered(self) -> bool:
        """Tell whether what is shown is the answer to what stands in the box."""
        return self.model.result.query == self.text()

    # --- showing --------------------------------------------------------------------------------------------

    def _show_nothing(self) -> None:
        self.hint.set_text("Ctrl K")
        self.close_list()
        if self.popup is not None:
            self.model.show(None)

    def _show(self, result: FindResult) -> None:
        self.model.show(result)
        if result.total >= 1000:
            words = _("1,000 or more found")
        else:
            words = ngettext("{n} found", "{n} found", result.total).format(n=result.total)
        self.hint.set_text(words if result.total else _("nobody found"))
        popup = self.prepare()
        self._place(popup)
        self._choose(0)
        if self.line.hasFocus():
            popup.show()
            popup.raise_()

    @property
    def model(self) -> ResultModel:
        """Results of the search, as a model for the list."""
        return self.prepare().model

    def prepare(self) -> ResultPopup:
        """List of results, made now if it is not there yet."""
        if self.popup is None:
            from kapperboek.ui.search.search_results import ResultModel, ResultPopup

            context = self.context
            window = context.window
            self.popup = ResultPopup(window, ResultModel(), lambda: context.day, lambda: context.discreet)
            self.destroyed.connect(self.popup.deleteLater)  # it is the window's child, and holds who was found
            self.popup.list.clicked.connect(self._clicked)
            self.popup.list.entered.connect(lambda index: self._choose(index.row()))
            self.popup.new_row.clicked.connect(lambda: self._open_row(self.model.rowCount()))
            window.installEventFilter(self)
        return self.popup

    def _place(self, popup: ResultPopup) -> None:
        corner = self.mapTo(self.context.window, QPoint(0, 0))
        room = self.context.window.height() - corner.y() - self.height() - theme.px(12)
        popup.place(QRect(corner, self.size()), room)

    def close_list(self) -> None:
        """Close the list of results."""
        if self.popup is not None:
            self.popup.hide()

    def is_open(self) -> bool:
        """Tell whether the list is shown."""
        return self.popup is not None and self.popup.isVisible()

    def _repaint_rows(self, _discreet: bool) -> None:
        if self.popup is not None:
            self.popup.list.viewport().update()

    # --- choosing -------------------------------------------------------------------------------------------

    def _clicked(self, index: QModelIndex) -> None:
        self._open_row(index.row())

    def enter(self) -> None:
        """Open the chosen row, or the first one as soon as it is known."""
        if not self.text():
            return
        if self.answered():
            self._open_row(self._row)
        else:
            self._wait(True)

    def _open_row(self, row: int) -> None:
        self._wait(False)
        typed, found = self.text(), self.model.found(row)
        self.leave()
        if found is not None:
            self.context.open_customer(found.customer_id)
        else:
            self.context.new_customer(typed)

    def leave(self) -> None:
        """Empty the box and give the keyboard back to the page."""
        self.line.clear()
        self.close_list()
        if self.line.hasFocus():
            self.line.clearFocus()
            self.left.emit()

    def _move(self, step: int) -> None:
        if not self.is_open() or self.popup is None:
            return
        self._choose((self._row + step) % (self.model.rowCount() + 1))

    def _choose(self, row: int) -> None:
        self._row = row
        if self.popup is not None:
            self.popup.choose(row, self.text())
            found = self.model.found(row)
            self.line.setAccessibleDescription(found.name if found else self.popup.new_row.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self.context.window:
            if kind == QEvent.Type.Resize and self.popup is not None and self.popup.isVisible():
                self._place(self.popup)
            return False
        if kind == QEvent.Type.FocusIn:
            if self.text() and self.answered() and self.popup is not None:
                self.popup.show()
            self.update()
        elif kind == QEvent.Type.FocusOut:
            self.close_list()
            self.update()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text():
                event.accept()  # with Ctrl too: it is about who is being searched, not about the card behind
                return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        if held & Qt.KeyboardModifier.AltModifier and not held & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # Alt and a letter is a line's on the page, and no letter here
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        elif key == Qt.Key.Key_Down:
            self._move(1)
        elif key == Qt.Key.Key_Up:
            self._move(-1)
        elif key == Qt.Key.Key_PageDown:
            self._move(5)
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.line.hasFocus()
        painter.setPen(QPen(theme.color("petrol" if focus else "edge"), theme.px(2) if focus else 1.5))
        painter.setBrush(theme.color("card"))
        rect = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.drawRoundedRect(rect, theme.px(12), theme.px(12))
