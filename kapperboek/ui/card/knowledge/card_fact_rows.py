"""Fact rows of the card: painted, edited in place; and lines that are only added and removed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QWidget

from kapperboek.domain.errors import UserError
from kapperboek.domain.people.profile import parse_value
from kapperboek.domain.views.card_view import CardLine, Knowledge
from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.card.card_draft_state import HalfTyped
from kapperboek.ui.widgets.buttons import icon_button
from kapperboek.ui.widgets.chips import paint_chips
from kapperboek.ui.widgets.inline_line import InlineLine
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.painting import paint
from kapperboek.ui.widgets.painting.drawn_words import Drawn
from kapperboek.ui.widgets.painting.paint import chip_size
from kapperboek.ui.widgets.painting.text_lines import words
from kapperboek.ui.widgets.text_labels import Label

LABEL, GAP = 92, 12  # pixels at 100 %: the soft word at the left, and the room beside it


class FactRow(Drawn):
    """Row with a soft label and the words or chips of a fact beside it. One widget, for a card has many of them."""

    def __init__(
        self, label: str, text: str, *, tags: tuple[str, ...] = (), token: str = "soft", ink: str = "ink"
    ) -> None:
        super().__init__()
        self._label, self._text, self._tags, self._token, self._ink = label, text, tags, token, ink
        self.setAccessibleName(f"{label}: {text}")

    def text(self) -> str:
        """Text of the fact."""
        return self._text

    def fits(self, width: int) -> bool:
        """Tell whether the row takes one line in this width, so that another may stand beside it."""
        taken = [chip_size(tag)[0] + theme.px(6) for tag in self._tags] or [theme.width(self._text[:200])]
        one = "\n" not in self._text.strip() and theme.width(self._label, 13.5) <= theme.px(LABEL)
        return one and sum(taken) <= width - theme.px(LABEL + GAP)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(260), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(LABEL + GAP + 60), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            left = theme.px(LABEL + GAP) - theme.px(4)
            paint.ring(painter, QRectF(left, 0, self.width() - left, self.height()), theme.px(6))

    def draw(self, painter: QPainter | None, width: int) -> float:
        left = theme.px(LABEL + GAP)
        high = words(painter, self._label, (0, theme.px(2), theme.px(LABEL)), self._token, 13.5)
        if self._tags:
            return max(high, paint_chips(painter, self._tags, left, width))
        return max(high, words(painter, self._text, (left, 0, width - left), self._ink))


class Fact(FactRow):
    """Editable row of a fact: Enter, F2 or a click turns it into a line to type in; a half-typed one is that already.
    ``save(value, typed)`` gets what is to be kept, and the words of it; None empties it.
    """

    left = Signal()  # by Esc, with words in the line

    def __init__(
        self, fact: Knowledge, choices: tuple[str, ...], half: HalfTyped, save: Callable[[object, str], None]
    ) -> None:
        refused = fact.state == "refused"
        super().__init__(
            fact.label, _("rather not") if refused else fact.text, tags=fact.tags, ink="soft" if refused else "ink"
        )
        self.key = fact.key
        self._fact, self._choices, self._half, self._save = fact, choices, half, save
        self._line: InlineLine | None = None
        self._error: Label | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setToolTip(_("Enter or a click changes it"))
        if fact.key in half.facts:
            self._open()

    def line(self) -> InlineLine | None:
        """Edit line of the row while somebody types in it, else None."""
        return self._line

    def fits(self, width: int) -> bool:
        return self._line is None and super().fits(width)

    def edit(self) -> None:
        """Open the edit line."""
        if self._line is None:
            line = self._open()
            line.selectAll()
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _text_now(self) -> str:
        fact = self._fact
        text = ", ".join(fact.tags) if fact.tags else fact.text
        return "" if fact.state == "refused" else text

    def _open(self) -> InlineLine:
        fact = self._fact
        self._line = line = InlineLine(self._half.facts.get(fact.key, self._text_now()), name=fact.label)
        line.setParent(self)
        line.setPlaceholderText(_("with commas between them") if fact.kind == "tags" else "")
        if self._choices and fact.kind == "choice":
            completer = QCompleter(list(self._choices), line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(completer)
        line.entered.connect(self._entered)
        line.escaped.connect(self._leave)
        line.textChanged.connect(self._typed)
        line.show()
        self._fit()
        return line

    def _typed(self, text: str) -> None:
        """Keep what is typed, also what was chosen from the suggestions."""
        self._half.keep(self._half.facts, self.key, None if text == self._text_now() else text)

    def _entered(self) -> None:
        if self._line is None:
            return
        try:
            value = parse_value(self._fact.kind, self._line.text(), self._choices)
        except UserError as error:
            if self._error is None:
                self._error = Label("", size=13, weight=500, token="coral", wrap=True, parent=self)
                self._error.show()
            self._error.setText(error.message)
            self._fit()
            return
        self._save(value, self._line.text())

    def _leave(self) -> None:
        """Leave by Esc: the line goes; words that were typed in it come back with it."""
        if not self._half.facts.get(self.key, "").strip():
            self._half.keep(self._half.facts, self.key, None)
        else:
            self.left.emit()
        for widget in (self._line, self._error):
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._line = self._error = None
        self._fit()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """Give the line and its error their places, and take the height they need."""
        self._place()
        self.forget()

    def _place(self) -> None:
        left = theme.px(LABEL + GAP)
        room, top = max(0, self.width() - left), 0
        if self._line is not None:
            top = self._line.sizeHint().height()
            self._line.setGeometry(left, 0, room, top)
        if self._error is not None:
            self._error.setGeometry(left, top, room, self._error.heightForWidth(room))

    def draw(self, painter: QPainter | None, width: int) -> float:
        if self._line is None:
            return super().draw(painter, width)
        left = theme.px(LABEL + GAP)
        high = words(painter, self._label, (0, theme.px(10), theme.px(LABEL)), self._token, 13.5)
        below = self._error.heightForWidth(max(1, width - left)) if self._error is not None else 0
        return max(high, float(self._line.sizeHint().height() + below))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not event.modifiers():
            self.edit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.edit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()


class LineList(QWidget):
    """Card lines of one kind ("niet over beginnen", wishes), each with a cross."""

    def __init__(self, lines: tuple[CardLine, ...], remove: Callable[[int], None], token: str = "ink") -> None:
        super().__init__()
        box = vbox(self, gap=0)
        for line in lines:
            row = QHBoxLayout()
            row.addWidget(Label(line.text, token=token, wrap=True), 1)
            cross = icon_button("cross", _("Remove: {text}").format(text=line.text[:80]), size="tight")
            cross.clicked.connect(lambda line_id=line.id: remove(line_id))
            row.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
            box.addLayout(row)
