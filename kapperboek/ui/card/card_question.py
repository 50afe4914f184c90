"""Question for today on the card, about a fact not known yet: filled in, not now, or rather not (then never again)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kapperboek.domain.errors import UserError
from kapperboek.domain.people.profile import parse_value
from kapperboek.domain.views.card_view import Card, Question
from kapperboek.i18n import _
from kapperboek.services.customers import customers
from kapperboek.ui.card.card_draft_state import HalfTyped, Typed
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import CardFrame
from kapperboek.ui.widgets.inline_line import InlineLine
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.text_labels import Icon, Label


class QuestionSection(CardFrame):
    """Section with the question for today; hidden when there is nothing to ask."""

    def __init__(self, context: Context, half: HalfTyped) -> None:
        super().__init__()
        self.context, self.half = context, half
        self._customer_id = 0
        self._kind = "text"
        self.question: Question | None = None
        row = hbox(gap=12)
        row.addWidget(Icon("question"))
        words = vbox(gap=0)
        words.addWidget(Label(_("Question for today"), size=13.5, token="soft"))
        self.text = Label(weight=600, wrap=True)
        words.addWidget(self.text)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.answer = InlineLine(placeholder=_("The answer; Enter saves"))
        self.body.addWidget(self.answer)
        self.error = Label("", size=13, weight=500, token="coral", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        holder = QWidget()
        flow = FlowLayout(holder)
        self.fill = Button(_("Save"), icon="check", size="small")
        self.later = Button(_("Not now"), size="small")
        self.never = Button(_("Rather not"), size="small")
        for button in (self.fill, self.later, self.never):
            flow.addWidget(button)
        self.body.addWidget(flow_policy(holder))
        self.answer.textEdited.connect(self._typed)
        self.answer.entered.connect(self._answer)
        self.fill.clicked.connect(self._answer)
        self.later.clicked.connect(lambda: self._put_off("later"))
        self.never.clicked.connect(lambda: self._put_off("refused"))

    def show_card(self, card: Card) -> None:
        """Ask this customer's question."""
        self._customer_id = card.customer_id
        if card.question != self.question:
            self.question = card.question
            self.answer.setText(self.half.facts.get(card.question.field_key, "") if card.question else "")
            self.error.hide()
        self.setVisible(card.question is not None)
        if card.question is not None:
            self.text.setText(card.question.text)
            self.answer.setAccessibleName(card.question.text)
            kinds = {fact.key: fact.kind for fact in card.knowledge}
            self._kind = kinds.get(card.question.field_key, "text")

    def show_again(self) -> None:
        """Forget which question is shown: the draft of this card was replaced."""
        self.question = None

    def _typed(self, text: str) -> None:
        if self.question is not None:
            self.half.keep(self.half.facts, self.question.field_key, text or None)

    def _answer(self) -> None:
        if self.question is None or not self.answer.text().strip():
            self.answer.setFocus()
            return
        try:
            value = parse_value(self._kind, self.answer.text())
        except UserError as error:
            self.error.setText(error.message)
            self.error.show()
            return
        key = self.question.field_key
        typed = Typed(self.half.facts, key, self.answer.text())
        self.half.save(self.context, typed, customers.set_profile, self._customer_id, key, value)

    def _put_off(self, state: str) -> None:
        if self.question is not None:
            key, facts = self.question.field_key, self.half.facts
            typed = Typed(facts, key, facts.get(key, ""))
            self.half.save(self.context, typed, customers.set_profile, self._customer_id, key, None, state=state)
