"""Decisions about talk points in a visit or call: three choices for each open one, and a line for the answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.card_view import TalkPointView
from kapperboek.i18n import _
from kapperboek.services.inputs import TalkDecision
from kapperboek.ui.appearance import theme
from kapperboek.ui.card.card_labels import talk_origin
from kapperboek.ui.card.card_many import AT_ONCE
from kapperboek.ui.widgets.form_fields import Choice
from kapperboek.ui.widgets.frames import CardFrame, Line
from kapperboek.ui.widgets.inline_line import InlineLine
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.clear_layout import forget_children
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.text_labels import Label


class DecisionRow(QWidget):
    """Row of one point. Left alone it stays open; choosing *besproken* (discussed) asks for the answer at once."""

    changed = Signal()

    def __init__(self, point: TalkPointView, today: date) -> None:
        super().__init__()
        self.point = point
        box = vbox(self, gap=4, margins=(0, 2, 0, 2))
        said = QWidget()
        text = vbox(said, gap=0)
        text.addWidget(Label(point.text, weight=600, token="note_ink", wrap=True))
        text.addWidget(Label(talk_origin(point, today), size=13, token="note_soft", wrap=True))
        options = [("discussed", _("Discussed")), ("next", _("Next time")), ("dropped", _("Drop it"))]
        self.choice = Choice(options, None, name=point.text, may_be_none=True)
        for value, words in options:
            button = self.choice.button(value)
            button.setAccessibleName(f"{words}: {point.text[:80]}")
            button.setFixedHeight(theme.px(34))  # lower than elsewhere: three points fit beside all the rest
            if value != "discussed":  # Tab goes from point to point, the arrow keys within one
                button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.choice.setMinimumWidth(self.choice.sizeHint().width())
        box.addWidget(SideBySide((said, 1), (self.choice, 0), narrow=620, row_gap=4))
        self.answer = InlineLine(
            placeholder=_("The answer"), talk=True, name=_("Answer: {point}").format(point=point.text[:80])
        )
        self.answer.hide()
        box.addWidget(self.answer)
        self.choice.changed.connect(self._chosen)
        self.answer.textEdited.connect(lambda _text: self.changed.emit())
        self.answer.entered.connect(lambda: self.focusNextChild())
        self.answer.escaped.connect(lambda: self.choice.button("discussed").setFocus())

    def _chosen(self, decision: object) -> None:
        self.answer.setVisible(decision == "discussed")
        if decision == "discussed":
            self.answer.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def decision(self) -> TalkDecision | None:
        """Decision about the talk point; None leaves it as it is."""
        chosen = self.choice.value()
        if chosen not in ("discussed", "next", "dropped"):
            return None
        answer = self.answer.text().strip() if chosen == "discussed" else ""
        return TalkDecision(self.point.id, chosen, answer)

    def set_decision(self, decision: str, answer: str) -> None:
        """Put back what was chosen."""
        self.choice.set_value(decision)
        self.answer.setText(answer)
        self.answer.setVisible(decision == "discussed")


class TalkDecisions(CardFrame):
    """List of decisions about talk points; hidden when there is nothing to talk about."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Discussed?"), icon="talk", ground="note")
        self._rows_box = vbox(gap=0)
        self.body.setContentsMargins(theme.px(20), theme.px(9), theme.px(20), theme.px(8))
        self.body.setSpacing(theme.px(2))
        self.body.addLayout(self._rows_box)
        self.rows: list[DecisionRow] = []
        self.hide()

    def set_points(self, points: tuple[TalkPointView, ...], today: date) -> None:
        """Ask about these."""
        forget_children(self._rows_box)
        self.rows = []
        for point in points[:AT_ONCE]:
            if self.rows:
                self._rows_box.addWidget(Line("note_line"))
            row = DecisionRow(point, today)
            row.changed.connect(self.changed)
            self.rows.append(row)
            self._rows_box.addWidget(row)
        if len(points) > AT_ONCE:
            words = _("And {n} more, on the card").format(n=len(points) - AT_ONCE)
            self._rows_box.addWidget(Label(words, size=13, token="note_soft", wrap=True))
        self.setVisible(bool(points))

    def value(self) -> tuple[TalkDecision, ...]:
        """Decisions about the talk points, in order."""
        return tuple(decision for row in self.rows if (decision := row.decision()) is not None)

    def collect(self) -> list[list[Any]]:
        """Collect the decisions for the draft."""
        return [list(decision) for decision in self.value()]

    def put_back(self, said: list[list[Any]]) -> None:
        """Put back the decisions from the draft; points that were closed meanwhile are passed over."""
        by_id = {row.point.id: row for row in self.rows}
        for point_id, decision, answer in said:
            if row := by_id.get(point_id):
                row.set_decision(decision, answer)
