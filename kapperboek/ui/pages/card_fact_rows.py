"""One line of "Weet je nog" that is edited where it stands, and lines that are only added and removed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from kapperboek.domain.errors import UserError
from kapperboek.domain.profile import parse_value
from kapperboek.domain.views.card import CardLine, Knowledge
from kapperboek.i18n import _
from kapperboek.ui import theme
from kapperboek.ui.pages.card_inline import InlineLine
from kapperboek.ui.widgets import paint
from kapperboek.ui.widgets.buttons import icon_button
from kapperboek.ui.widgets.flow import FlowLayout, flow_policy
from kapperboek.ui.widgets.labels import Chip, Label


class Value(QWidget):
    """What is known, as words or chips. Enter, F2 or a click turns it into something to type in."""

    def __init__(self, fact: Knowledge, wanted: Callable[[], None]) -> None:
        super().__init__()
        self._wanted = wanted
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAccessibleName(f"{fact.label}: {fact.text}")
        self.setToolTip(_("Enter or a click changes it"))
        if fact.tags:
            flow = FlowLayout(self, 6, 4)
            for tag in fact.tags:
                flow.addWidget(Chip(tag))
            flow_policy(self)
        else:
            box = QHBoxLayout(self)
            box.setContentsMargins(0, 0, 0, 0)
            refused = fact.state == "refused"
            text = _("rather not") if refused else fact.text
            box.addWidget(Label(text, token="soft" if refused else "ink", wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not event.modifiers():
            self._wanted()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._wanted()

    def paintEvent(self, _event: object) -> None:
        if self.hasFocus():
            from PySide6.QtCore import QRectF
            from PySide6.QtGui import QPainter

            paint.ring(QPainter(self), QRectF(self.rect()), theme.px(6))

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()


class EditableFact(QWidget):
    """Shows a fact and, when asked, edits it. ``save(value)`` gets what is to be kept; None empties it."""

    def __init__(self, fact: Knowledge, choices: tuple[str, ...], save: Callable[[object], None]) -> None:
        super().__init__()
        self.fact, self._choices, self._save = fact, choices, save
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.value = Value(fact, self.edit)
        self.line: InlineLine | None = None
        self.error = Label("", size=13, weight=500, token="coral", wrap=True)
        self.error.hide()
        self._box.addWidget(self.value)
        self._box.addWidget(self.error)

    def edit(self) -> None:
        """Type here from now on."""
        if self.line is not None:
            return
        text = ", ".join(self.fact.tags) if self.fact.tags else self.fact.text
        self.line = InlineLine("" if self.fact.state == "refused" else text, name=self.fact.label)
        self.line.setPlaceholderText(_("with commas between them") if self.fact.kind == "tags" else "")
        if self._choices and self.fact.kind == "choice":
            completer = QCompleter(list(self._choices), self.line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.line.setCompleter(completer)
        self.line.entered.connect(self._entered)
        self.line.escaped.connect(self._leave)
        self.value.hide()
        self._box.insertWidget(0, self.line)
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self) -> None:
        if self.line is None:
            return
        try:
            value = parse_value(self.fact.kind, self.line.text(), self._choices)
        except UserError as error:
            self.error.setText(error.message)
            self.error.show()
            return
        self._save(value)

    def _leave(self) -> None:
        if self.line is None:
            return
        self.line.hide()
        self.line.deleteLater()
        self.line = None
        self.error.hide()
        self.value.show()
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)


class LineList(QWidget):
    """Card lines of one kind ("niet over beginnen", wishes), each with a cross."""

    def __init__(self, lines: tuple[CardLine, ...], remove: Callable[[int], None], token: str = "ink") -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(2))
        for line in lines:
            row = QHBoxLayout()
            row.addWidget(Label(line.text, token=token, wrap=True), 1)
            cross = icon_button("cross", _("Remove: {text}").format(text=line.text[:80]))
            cross.clicked.connect(lambda line_id=line.id: remove(line_id))
            row.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
            box.addLayout(row)
