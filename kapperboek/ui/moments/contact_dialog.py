"""Contact dialog: a call, message, note, purchase, complaint, question or event, in one sentence and Enter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kapperboek.domain.labels import kind_label
from kapperboek.domain.views.card_view import Card, Moment
from kapperboek.domain.views.list_views import DraftView
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _, format_weekday
from kapperboek.services.customers import customers
from kapperboek.services.inputs import ContactInput
from kapperboek.services.moments import moments
from kapperboek.ui.card import card_labels as words
from kapperboek.ui.core.context import Context
from kapperboek.ui.moments.moment_dialog import MomentDialog
from kapperboek.ui.moments.moment_fields import AmountField, MinutesField, WhenField, staff_select
from kapperboek.ui.moments.next_appointment import came_of_it
from kapperboek.ui.widgets.form_fields import Choice, Field, TextEdit
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.sheet.front_keys import add_keys
from kapperboek.ui.widgets.tag_edit import TagEdit

KINDS = ("call", "message", "note", "purchase", "complaint", "question", "event")
PROMISING = ("complaint", "question")
TALKING = ("call", "message", "note")


class NoteEdit(TextEdit):
    """Note field that leaves Enter to the dialog, which saves; Shift+Enter makes a new line."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class ContactDialog(MomentDialog):
    """Dialog of a contact: ``kind`` is chosen at the top; what is asked follows it. Enter in the note saves."""

    def __init__(
        self, context: Context, customer_id: int, draft: DraftView | None, moment: Moment | None, kind: str = "note"
    ) -> None:
        super().__init__(context, customer_id, draft, moment, title=_("Note a contact"), kind="contact", width=760)
        options = [(one, kind_label(one)) for one in KINDS]
        chosen = moment.kind if moment else kind
        if chosen not in KINDS:
            options.append((chosen, kind_label(chosen)))
        fields = self.fields
        self.choice = fields.add("kind", Choice(options, chosen, name=_("Kind")), light=True)
        self.choice.button("complaint").set_hint("Alt K")
        self.note = NoteEdit(lines=2, most=10, placeholder=_("Enter saves, Shift+Enter makes a new line"))
        self.products = TagEdit()
        self.amount = fields.add("amount_cents", AmountField(context), key="amount")
        self.when = fields.add("at", WhenField(context), key="")
        self.staff = staff_select(context, context.staff_id)
        self.minutes = fields.add("minutes", MinutesField())
        who = lambda: (self.customer_id, None, self.staff.value())  # noqa: E731
        self.talk, self.points, self.follow = came_of_it(context, self, who, None if moment else fields)
        self.promise = Notice("", kind="info", icon="promise")
        self._build()
        self.choice.changed.connect(self._kind_changed)
        add_keys(self, {"Alt+K": self.choice.button("complaint").click})
        if moment is None:
            add_keys(self, {"Ctrl+T": self._go_to_points, "Ctrl+O": self.follow.next_choice})
        self._follow_kind()

    def first(self) -> QWidget:
        return self.note

    def _build(self) -> None:
        field = self.fields.field
        self.body.addWidget(self.choice)
        note = field("note", _("What was it about?"), self.note)
        self.body.addWidget(note)
        self.body.addWidget(self.promise)
        self._bought = SideBySide((field("products", _("Products"), self.products), 3), (self.amount, 1))
        self.body.addWidget(self._bought)
        by = field("staff_id", _("By"), self.staff)
        self.body.addWidget(SideBySide((self.when, 5), (by, 3), (self.minutes, 2)))
        came_of_it = QWidget()
        box = vbox(came_of_it)
        self._talk_part = QWidget()
        inside = vbox(self._talk_part)
        inside.addWidget(self.talk)
        self._follow = Field(_("Follow up (Ctrl+O)"), self.follow)
        for part in (self._talk_part, self.points, self._follow):
            box.addWidget(part)
        self.body.addWidget(came_of_it)
        if self.moment is not None:
            came_of_it.hide()
            self.keep_private(note)
        else:
            self.keep_private(note, came_of_it)

    def _kind_changed(self, _kind: object) -> None:
        self._follow_kind()
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_points(self) -> None:
        self.points.lines[-1].line.setFocus(Qt.FocusReason.OtherFocusReason)

    def kind_chosen(self) -> str:
        """The kind of contact as it is stored."""
        return str(self.choice.value() or "note")

    def _follow_kind(self) -> None:
        """Show what this kind asks for."""
        kind = self.kind_chosen()
        self._bought.setVisible(kind == "purchase" or bool(self.products.values()))
        self.minutes.setVisible(kind == "call")
        promising = kind in PROMISING and self.moment is None
        self._follow.setVisible(not promising)
        self._talk_part.setVisible(kind in TALKING)
        day = self.context.day + timedelta(days=self.context.shop.promise_days)
        text = _("This becomes a promise by itself: answer before the end of {day}.")
        self.promise.set_text(text.format(day=format_weekday(day)) if promising else "")
        self.set_head(title=self._title(kind))
        self.relayout()

    def _title(self, kind: str) -> str:
        word = kind_label(kind)
        title = word if self.moment else _("Note: {kind}").format(kind=word.lower())
        return title[:1].upper() + title[1:]

    # --- filling ----------------------------------------------------------------------------------------

    def begin_again(self) -> None:
        self.save_button.setEnabled(False)
        self.context.jobs.run(customers.open_card, self.customer_id, done=self._fill, failed=self.cannot, owner=self)

    def _fill(self, card: Card) -> None:
        self.set_head(subtitle=card.name, avatar=card.name)
        if self.moment is not None:
            self.fields.fill(self.moment)
            self.version = self.moment.version
        else:
            now = self.context.clock.local().isoformat(timespec="minutes")
            self.fields.fill(ContactInput(self.customer_id, self.kind_chosen(), now, self.context.staff_id))
            self.talk.set_points(tuple(point for point in card.talk_points if point.due), self.context.day)
            self.points.clear()
            self.follow.set_rhythm(card.rhythm_days, time=words.usual_time(card))
        self._follow_kind()
        self.filled()

    def put_back(self, said: dict[str, Any]) -> None:
        super().put_back(said)
        self._follow_kind()

    # --- saving -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if plain and self.note.hasFocus() and self.save_button.isEnabled():
            self.save()
            event.accept()
        else:
            super().keyPressEvent(event)

    def noted(self) -> tuple[Callable[..., Saved], dict[str, Any]]:
        kind = self.kind_chosen()
        said = self.fields.values() | {"kind": kind, "appointment": self.follow.appointment()}
        if kind != "call":
            said |= {"minutes": None}
        if kind != "purchase":
            said |= {"amount_cents": None, "products": ()}
        if kind not in TALKING:
            said |= {"talk": ()}
        if kind in PROMISING:
            said |= {"follow_up": None, "appointment": None}
        return moments.record_contact, {"contact": ContactInput(self.customer_id, **said)}
