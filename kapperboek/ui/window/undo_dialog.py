"""Undo dialog, before Ctrl+Z takes back more than what stands in front: what would go, in words and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt

from kapperboek.domain.errors import UserError
from kapperboek.domain.views.saved import Saved
from kapperboek.domain.views.undo_view import TakeBack
from kapperboek.i18n import _, ngettext
from kapperboek.services import journal
from kapperboek.ui.card import card_labels as words
from kapperboek.ui.core.context import Context
from kapperboek.ui.customers.customers_labels import thousands
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label

_ORDER = (
    "customer", "interaction", "talk_point", "follow_up", "contact_point", "card_line", "due_decision", "staff",
    "treatment", "setting",
)

_OURS = frozenset({"source_record"})  # how we keep account of what was read; nobody typed it


class TakeBackDialog(SheetDialog):
    """Question before an undo. Leaving it is what Enter and Esc do."""

    def __init__(self, context: Context, question: TakeBack, done: Callable[[Saved], None]) -> None:
        super().__init__(
            context,
            _("Do this again?") if question.again else _("Undo this?"),
            width=740,
            save_text=answer(question),
            cancel_text=_("Leave it as it is"),
        )
        self.question, self._done = question, done
        self.save_button.kind = "danger"
        self.changes = Button(_("Changes"), icon="clock", kind="quiet", size="large")
        self.changes.clicked.connect(self._look)
        self.extra.addWidget(self.changes)
        self.what = Label("", weight=600, wrap=True)
        self.body.addWidget(self.what)
        self.body.addWidget(Label(_when(question, context), size=13.5, token="soft", wrap=True))
        self.why = Label("", wrap=True, token="coral")
        self.body.addWidget(self.why)
        self.effect = Label("\n".join(effects(question)), wrap=True)
        self.body.addWidget(self.effect)
        self.body.addStretch(1)
        context.discreet_changed.connect(lambda: self._show_words())
        self._show_words()

    @classmethod
    def open_for(
        cls, context: Context, *, question: TakeBack, done: Callable[[Saved], None], **_kw: Any
    ) -> TakeBackDialog:
        """Open the question; ``done`` gets what came of it."""
        dialog = cls(context, question, done)
        dialog.open(dialog.cancel_button)
        return dialog

    def _show_words(self) -> None:
        """Discreetly: of somebody else no more than the name."""
        question = self.question
        cards = ngettext("{n} card", "{n} cards", question.cards)
        bare = question.customer or cards.format(n=thousands(question.cards))
        self.what.setText(bare if self.context.discreet else question.what)
        self.why.setText(" ".join(_reasons(question)))
        self.why.setVisible(bool(self.why.text()))
        self.relayout()

    def _look(self) -> None:
        self.close_sheet(False)
        self.context.show_changes()

    def save(self) -> None:
        """Undo the change, because somebody said yes."""
        self.tell("")
        self.busy(True)
        jobs, question = self.context.jobs, self.question
        ask = jobs.work if question.cards > 1 else jobs.run  # of a whole list it takes a while: typing goes on
        ask(
            journal.undo, question.change_id, by=self.context.staff_id,
            done=self._taken_back, failed=self._failed, owner=self,
        )

    def _taken_back(self, saved: Saved) -> None:
        self.busy(False)
        self.close_sheet(True)
        self._done(saved)

    def _failed(self, error: Exception) -> None:
        self.busy(False)
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(error, UserError):  # it quotes what was written since, and about whom
            self.tell(self.context.private(error.message) or _("That did not work. F9 shows why."))
        else:
            self.context.tell(error)


def answer(question: TakeBack) -> str:
    """The button that does it, with how many cards when it is more than one."""
    if question.again:
        single, many = _("Do it again"), _("Do it again on {n} cards")
    else:
        single, many = _("Undo"), _("Undo on {n} cards")
    return many.format(n=thousands(question.cards)) if question.cards > 1 else single


def effects(question: TakeBack) -> list[str]:
    """Effects of an undo in sentences: what goes, what comes back, and what gets its former words."""
    sentences = {
        "insert": _("This goes: {what}."),
        "delete": _("This comes back: {what}."),
        "update": _("This becomes what it was before: {what}."),
    }
    parts = {op: question.parts.get(op, {}) for op in sentences}
    said = {op: counted(rows) for op, rows in parts.items()}
    return [sentence.format(what=said[op]) for op, sentence in sentences.items() if said[op]]


def counted(rows: Mapping[str, int]) -> str:
    """“300 cards, 2,934 visits and contacts, 12 other things”"""
    known = _said(rows)
    rest = sum(number for table, number in rows.items() if table not in known and table not in _OURS)
    said = [known[table] for table in known if table in rows]
    if rest:
        said.append(_number(ngettext("{n} other thing", "{n} other things", rest), rest))
    return ", ".join(said)


def _said(rows: Mapping[str, int]) -> dict[str, str]:
    n = {table: rows.get(table, 0) for table in _ORDER}
    sentences = (
        ngettext("{n} card", "{n} cards", n["customer"]),
        ngettext("{n} visit or contact", "{n} visits and contacts", n["interaction"]),
        ngettext("{n} talk point", "{n} talk points", n["talk_point"]),
        ngettext("{n} follow-up", "{n} follow-ups", n["follow_up"]),
        ngettext("{n} phone number or e-mail address", "{n} phone numbers and e-mail addresses", n["contact_point"]),
        ngettext("{n} line of a card", "{n} lines of cards", n["card_line"]),
        ngettext("{n} decision", "{n} decisions", n["due_decision"]),
        ngettext("{n} staff member", "{n} staff members", n["staff"]),
        ngettext("{n} treatment", "{n} treatments", n["treatment"]),
        ngettext("{n} setting", "{n} settings", n["setting"]),
    )
    return {table: _number(sentence, n[table]) for table, sentence in zip(_ORDER, sentences, strict=True)}


def _number(sentence: str, number: int) -> str:
    return sentence.format(n=thousands(number))


def _reasons(question: TakeBack) -> list[str]:
    reasons = []
    if question.other_card and question.customer:
        reasons.append(_("This is about {name}, not about the card in front.").format(name=question.customer))
    elif question.customer and not question.other_day:
        reasons.append(_("This is about {name}.").format(name=question.customer))
    if question.cards > 1:
        sentence = ngettext("This change wrote on {n} card.", "This change wrote on {n} cards.", question.cards)
        reasons.append(sentence.format(n=thousands(question.cards)))
    if question.other_day:
        reasons.append(_("It is of another day."))
    return reasons


def _when(question: TakeBack, context: Context) -> str:
    moment = datetime.fromisoformat(question.at)
    when = f"{words.short_day(moment.date(), context.day)} {moment:%H:%M}"
    source = _("import") if question.source == "import" else ""
    return words.DOT.join(part for part in (when, context.staff_name(), source) if part)
