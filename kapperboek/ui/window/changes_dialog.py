"""Changes (Wijzigingen): who changed what, and undo of just one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kapperboek.domain.errors import UserError
from kapperboek.domain.views.card_view import Card
from kapperboek.domain.views.list_views import ChangeView
from kapperboek.i18n import _, ngettext
from kapperboek.services import journal
from kapperboek.services.customers import customers
from kapperboek.ui.card import card_labels as words
from kapperboek.ui.core.context import Context
from kapperboek.ui.customers.customers_labels import thousands
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import Line
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.clear_layout import forget_children
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Chip, Label

AT_ONCE = 50


class ChangeRow(QWidget):
    """One change: what, who, when, what it said before; and the button that takes it back."""

    def __init__(self, change: ChangeView, context: Context, undo: Callable[[ChangeView], None]) -> None:
        super().__init__()
        self.change = change
        row = hbox(self, margins=(0, 4, 0, 4))
        box = self._box = vbox(gap=2)
        box.addWidget(Label(change.what, weight=600, wrap=True))
        moment = datetime.fromisoformat(change.at)
        when = f"{words.short_day(moment.date(), context.day)} {moment:%H:%M}"
        origin = words.DOT.join(part for part in (when, change.staff, _source(change.source)) if part)
        box.addWidget(Label(origin, size=13.5, token="soft", wrap=True))
        for words_of_it in change.about:
            box.addWidget(Label(words_of_it, size=13.5, wrap=True))
        if change.cards > 1:
            box.addWidget(Label(_concerns(change.cards), size=13.5, token="coral", wrap=True))
        for what, before, now in change.details:
            text = f"{what}: {_short(before)} → {_short(now)}"
            box.addWidget(Label(text, size=13.5, token="soft", wrap=True))
        row.addLayout(box, 1)
        self.button: Button | None = None
        if change.undone:
            row.addWidget(Chip(_("undone")), 0, Qt.AlignmentFlag.AlignTop)
        else:
            name = _("Undo: {what}").format(what=change.what)
            self.button = Button(_("Undo"), icon="undo", size="small", name=name)
            self.button.setToolTip("")
            self.button.clicked.connect(lambda: undo(change) if change.cards <= 1 else self._ask(undo))
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def _ask(self, undo: Callable[[ChangeView], None]) -> None:
        """Ask before an undo on more than this card: say so, and take no Enter too many for a yes."""
        assert self.button is not None
        sentence, answer = _question(self.change.direction)
        number = thousands(self.change.cards)
        question = Label(sentence.format(n=number), weight=600, wrap=True)
        self.leave = Button(_("Leave it as it is"), size="small")
        self.all = Button(answer.format(n=number), icon="undo", kind="danger", size="small")
        answers = QWidget()
        flow = FlowLayout(answers)
        flow.addWidget(self.leave)
        flow.addWidget(self.all)
        self._box.addWidget(question)
        self._box.addWidget(flow_policy(answers))
        self.leave.clicked.connect(lambda: self._answered(question, answers))
        self.all.clicked.connect(lambda: undo(self.change))
        self.button.hide()
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self, *parts: QWidget) -> None:
        assert self.button is not None
        self.button.show()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in parts:
            part.hide()
            part.deleteLater()


class ChangesDialog(SheetDialog):
    """The changes of one card, or with customer 0 of everybody, all of them or from one source; newest first."""

    least_air = 60  # what was taken back is said above it, and the list scrolls anyway

    def __init__(self, context: Context, customer_id: int, of: str = "") -> None:
        super().__init__(context, _("Changes"), customer_id=customer_id, width=760, cancel_text=_("Close"))
        self.save_button.hide()
        self.rows: list[ChangeRow] = []
        self._of = of
        self._last = 0
        self._list = vbox(gap=0)
        self.body.addLayout(self._list)
        self.more = Button(_("Older changes"), kind="quiet")
        self.more.clicked.connect(lambda: self._ask(self._last))
        self.more.hide()
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        context.discreet_changed.connect(lambda _discreet: self._again())
        context.staff_changed.connect(lambda _staff: self._again())  # who may see no amounts is told of none

    @classmethod
    def open_for(cls, context: Context, *, customer_id: int = 0, source: str = "", **_kw: Any) -> ChangesDialog:
        """Show the changes of this card, or from this source."""
        dialog = cls(context, customer_id, source)
        dialog.open(dialog.cancel_button)
        if customer_id:
            context.jobs.run(
                customers.open_card, customer_id, done=dialog._named, failed=lambda _error: None, owner=dialog
            )
        dialog._again()
        return dialog

    def _named(self, card: Card) -> None:
        self.set_head(subtitle=card.name, avatar=card.name)

    def _again(self) -> None:
        forget_children(self._list)
        self.rows = []
        self._ask(None)

    def _ask(self, before: int | None) -> None:
        jobs, of_whom = self.context.jobs, self.customer_id or None
        jobs.run(
            journal.changes, of_whom, source=self._of, limit=AT_ONCE, before=before, by=self.context.staff_id,
            done=self._got, key="changes", owner=self,
        )

    def _got(self, changes: list[ChangeView]) -> None:
        if self.context.discreet:  # each of them tells of somebody
            changes = []
            forget_children(self._list)
            self._list.addWidget(Label(_("Hidden. F9 shows it."), token="soft"))
        for change in changes:
            if self.rows:
                self._list.addWidget(Line())
            self.rows.append(ChangeRow(change, self.context, self._undo))
            self._list.addWidget(self.rows[-1])
        if not self.rows and not self.context.discreet:
            none = _("Nothing has been imported yet.") if self._of else _("Nothing has been changed yet.")
            self._list.addWidget(Label(none, token="soft"))
        self._last = changes[-1].id if changes else 0
        self.more.setVisible(len(changes) == AT_ONCE)
        self.relayout()

    def _undo(self, change: ChangeView) -> None:
        self.tell("")
        jobs = self.context.jobs
        ask = jobs.work if change.cards > 1 else jobs.run  # of a whole list it takes a while: typing goes on
        ask(
            journal.undo,
            change.id,
            by=self.context.staff_id,
            done=self._undone,
            failed=self._failed,
            owner=self,
        )

    def _undone(self, saved: Any) -> None:
        self.context.toast(saved.what, saved)
        self._again()
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.tell(error)
        else:
            self.context.tell(error)


def _concerns(cards: int) -> str:
    """Number of cards a change wrote on, in words: this one is only one of them."""
    return ngettext("This change wrote on {n} card.", "This change wrote on {n} cards.", cards).format(
        n=thousands(cards)
    )


def _question(direction: str) -> tuple[str, str]:
    """Question before an undo on many cards, and its button: the undo of an undo removes nothing."""
    if direction == "restores":
        return (
            _("Undoing this puts back what it took away from all {n} cards."),
            _("Put back on {n} cards"),
        )
    if direction == "turns-back":
        return (
            _("Undoing this makes all {n} cards what they were before."),
            _("Undo on {n} cards"),
        )
    return (
        _("Undoing this removes what it wrote on all {n} cards."),
        _("Undo on {n} cards"),
    )


def _source(source: str) -> str:
    """Source of a change in words, when it was not typed in this window."""
    return {"command": _("command line"), "import": _("import"), "demo": _("demo")}.get(source, "")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return f"“{plain[:120]}…”" if len(plain) > 120 else f"“{plain}”" if plain else "–"
