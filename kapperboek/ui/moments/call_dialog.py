"""Phone call dialog: the number stands large, with what it is about; no answer is two keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kapperboek.domain.law.health_mask import masked
from kapperboek.domain.people.phones import pretty
from kapperboek.domain.views.card_view import Card, FollowUpView
from kapperboek.i18n import _
from kapperboek.services.customers import customers
from kapperboek.services.moments import follow_ups
from kapperboek.ui.card import card_labels as words
from kapperboek.ui.card.card_discreet import warning_veiled
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.copy_button import copy_text
from kapperboek.ui.widgets.frames import CardFrame, Notice
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.sheet.front_keys import add_keys
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label


class CallDialog(SheetDialog):
    """Dialog of a call: Enter notes it, Esc closes; Alt and the letters of the lists ("again tomorrow") do the same.

    ``text`` is what the call is about when there is no follow-up (a birthday, somebody staying away).
    """

    def __init__(self, context: Context, customer_id: int, follow_up: FollowUpView | None, text: str) -> None:
        super().__init__(
            context,
            _("Make the call"),
            customer_id=customer_id,
            width=620,
            save_text=_("Note the call"),
            cancel_text=_("Close"),
        )
        self.follow_up, self._about = follow_up, text
        self.card: Card | None = None
        self.warning = Notice("")
        self.body.addWidget(self.warning)
        self.number = Label("", size=34, weight=700, wrap=True)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.number)
        self.others = QWidget()
        self._flow = FlowLayout(self.others)
        self.body.addWidget(flow_policy(self.others))
        self.about = CardFrame(_("What it is about"), icon="promise")
        self.what = Label("", wrap=True, weight=600)
        self.why = Label("", size=13.5, token="soft", wrap=True)
        self.recipe_title = Label(_("Last recipe"), size=13.5, token="soft")
        self.recipe = Label("", size=14, mono=True, wrap=True)
        for part in (self.what, self.why, self.recipe_title, self.recipe):
            self.about.body.addWidget(part)
        self.body.addWidget(self.about)
        self._add_answers(follow_up is not None)
        context.discreet_changed.connect(self._show)

    def _add_answers(self, following_up: bool) -> None:
        """Add the buttons that settle a follow-up: no answer (again tomorrow) and done."""
        self.tomorrow = Button(_("No answer: again tomorrow"), icon="snooze", size="large", hint="Alt M")
        self.tomorrow.clicked.connect(self._tomorrow)
        self.done = Button(_("Done"), icon="check", size="large", hint="Alt K")
        self.done.clicked.connect(self._done)
        holder = QWidget()
        flow = FlowLayout(holder)
        flow.addWidget(self.tomorrow)
        flow.addWidget(self.done)
        self.body.addWidget(flow_policy(holder))
        if not following_up:
            holder.hide()
        add_keys(self, {"Alt+M": self._tomorrow, "Alt+K": self._done})

    @classmethod
    def open_for(
        cls,
        context: Context,
        *,
        customer_id: int = 0,
        follow_up: FollowUpView | None = None,
        text: str = "",
    ) -> CallDialog:
        """Open for a call of this customer, about ``follow_up`` or ``text``."""
        dialog = cls(context, customer_id, follow_up, text)
        dialog.open(dialog.save_button)
        context.jobs.run(customers.open_card, customer_id, done=dialog._got, failed=dialog._cannot, owner=dialog)
        return dialog

    def _cannot(self, error: Exception) -> None:
        self.close_sheet(False)
        self.context.tell(error)

    def _got(self, card: Card) -> None:
        self.card = card
        self._show()

    def _show(self, *_discreet: object) -> None:
        card, discreet = self.card, self.context.discreet
        if card is None:
            return
        self.set_head(subtitle=card.name, avatar=card.name)
        region = self.context.shop.region
        phones = [one.shown for one in card.contacts if one.kind == "phone"]
        first = pretty(self.follow_up.phone, region) if self.follow_up and self.follow_up.phone else ""
        if first:
            phones = [first, *(phone for phone in phones if phone != first)]
        hidden = _("Hidden. F9 shows it.")
        self.number.setText(hidden if discreet else phones[0] if phones else _("No phone number known"))
        self._flow.clear()
        for phone in phones if not discreet else []:
            copy = Button(phone, icon="copy", kind="quiet", size="small", name=_("Copy {text}").format(text=phone))
            copy.clicked.connect(lambda phone=phone: copy_text(self.context, phone))
            self._flow.addWidget(copy)
        self._show_about(card, discreet)
        warning = masked(" · ".join(line.text for line in card.warnings), card.health_facts)
        self.warning.set_text(warning_veiled() if discreet and warning else warning)
        self.relayout()

    def _show_about(self, card: Card, discreet: bool) -> None:
        follow = self.follow_up
        what = follow.what if follow else self._about
        why = f"{follow.due_text} · {words.follow_up_origin(follow)}" if follow else ""
        complaint = next((one for one in card.history if one.kind in ("complaint", "question")), None)
        if follow is not None and follow.kind == "promise" and complaint is not None and complaint.note not in what:
            what = f"{what}\n{complaint.note[:1000]}"
        recipe = next((one.recipe for one in card.history if one.recipe), "")
        self.what.setText("" if discreet else what)
        self.why.setText("" if discreet else why)
        self.recipe.setText("" if discreet else recipe)
        for label in (self.what, self.why, self.recipe):
            label.setVisible(bool(label.text()))
        self.recipe_title.setVisible(bool(self.recipe.text()))
        self.about.setVisible(bool(self.what.text() or self.recipe.text()))

    def _tomorrow(self) -> None:
        if self.follow_up is not None:
            day = self.context.day + timedelta(days=1)
            self._close_with(follow_ups.snooze, self.follow_up.id, day)

    def _done(self) -> None:
        if self.follow_up is not None:
            self._close_with(follow_ups.done, self.follow_up.id)

    def _close_with(self, fn: Any, *args: Any) -> None:
        self.busy(True)
        self.context.save(fn, *args, done=lambda _saved: self.close_sheet(True), failed=self._failed, owner=self)

    def _failed(self, error: Exception) -> None:
        self.busy(False)
        self.tell(error)

    def save(self) -> None:
        """Close, and note what was said."""
        self.close_sheet(True)
        self.context.note_contact(self.customer_id, "call")
