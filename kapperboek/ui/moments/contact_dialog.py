"""Contact dialog: a call, message, note, purchase, complaint, question or event, in one sentence and Enter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kapperboek.domain.labels import kind_label
from kapperboek.domain.views.card_view import Card, Moment
from kapperboek.domain.views.list_views import DraftView
from kapperboek.i18n import _, format_weekday
from kapperboek.services.customers import customers
from kapperboek.services.inputs import ContactInput
from kapperboek.services.moments import moments
from kapperboek.ui.card import card_labels as words
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.draft_dialog import DraftedSheet
from kapperboek.ui.moments.moment_fields import AmountField, MinutesField, WhenField, staff_select
from kapperboek.ui.moments.next_appointment import follow_choice
from kapperboek.ui.moments.next_points import NextPoints
from kapperboek.ui.moments.talk_decisions import TalkDecisions
from kapperboek.ui.widgets.form_fields import Choice, Field, TextEdit
from kapperboek.ui.widgets.frames import Notice
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


class ContactDialog(DraftedSheet):
    """Dialog of a contact: ``kind`` is chosen at the top; what is asked follows it. Enter in the note saves."""

    def __init__(
        self, context: Context, customer_id: int, kind: str, draft: DraftView | None, moment: Moment | None
    ) -> None:
        key = f"-{moment.id}" if moment else ""
        super().__init__(
            context,
            _("Note a contact"),
            draft=draft,
            key=key,
            kind="contact",
            customer_id=customer_id,
            width=760,
        )
        self.moment = moment
        self._before: dict[str, Any] | None = None
        options = [(one, kind_label(one)) for one in KINDS]
        chosen = moment.kind if moment else kind
        if chosen not in KINDS:
            options.append((chosen, kind_label(chosen)))
        self.choice = Choice(options, chosen, name=_("Kind"))
        self.choice.button("complaint").set_hint("Alt K")
        self.note = NoteEdit(lines=2, most=10, placeholder=_("Enter saves, Shift+Enter makes a new line"))
        self.products = TagEdit(name=_("Products"))
        self.amount = AmountField(context)
        self.minutes = MinutesField()
        self.when = WhenField(context)
        self.staff = staff_select(context, context.staff_id)
        self.talk = TalkDecisions()
        self.points = NextPoints(lambda: context.day, _("Next time about…"))
        self.follow = follow_choice(context, self, lambda: (self.customer_id, None, self.staff.value()))
        self.promise = Notice("", kind="info", icon="promise")
        self._build()
        self._wire()
        self._follow_kind()

    @classmethod
    def open_for(
        cls,
        context: Context,
        *,
        customer_id: int = 0,
        kind: str = "note",
        draft: DraftView | None = None,
        moment: Moment | None = None,
    ) -> ContactDialog:
        """Note a contact with this customer; with ``moment`` look at one that was noted, to change it."""
        dialog = cls(context, draft.customer_id if draft else customer_id, kind, draft, moment)
        dialog.open(dialog.note)
        dialog.begin_again()
        return dialog

    def _build(self) -> None:
        self.body.addWidget(self.choice)
        self._note = Field(_("What was it about?"), self.note)
        self.body.addWidget(self._note)
        self.body.addWidget(self.promise)
        self._products = Field(_("Products"), self.products)
        self._bought = SideBySide((self._products, 3), (self.amount, 1))
        self.body.addWidget(self._bought)
        self.body.addWidget(SideBySide((self.when, 5), (Field(_("By"), self.staff), 3), (self.minutes, 2)))
        self._came_of_it = QWidget()
        box = QVBoxLayout(self._came_of_it)
        box.setContentsMargins(0, 0, 0, 0)
        self._talk_part = QWidget()
        inside = QVBoxLayout(self._talk_part)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.talk)
        self._points = Field(_("Next time about… (Ctrl+T)"), self.points)
        self._follow = Field(_("Follow up (Ctrl+O)"), self.follow)
        for part in (self._talk_part, self._points, self._follow):
            box.addWidget(part)
        self.body.addWidget(self._came_of_it)
        if self.moment is not None:
            self._came_of_it.hide()
            self.keep_private(self._note)
        else:
            self.keep_private(self._note, self._came_of_it)

    def _wire(self) -> None:
        self.choice.changed.connect(self._kind_changed)
        self.note.textChanged.connect(self._touched)
        for part in (self.products, self.talk, self.points, self.follow):
            part.changed.connect(self._touched)
        for line in (self.amount.line, self.minutes.line):
            line.textEdited.connect(lambda _text: self.touched())
        self.when.changed.connect(self.touched)
        self.staff.activated.connect(lambda _row: self.touched())
        add_keys(self, {"Alt+K": self.choice.button("complaint").click})
        if self.moment is None:
            add_keys(self, {"Ctrl+T": self._go_to_points, "Ctrl+O": self.follow.next_choice})

    def _kind_changed(self, _kind: object) -> None:
        self._follow_kind()
        self.touched()
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _touched(self) -> None:
        self.touched()
        self.relayout()

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
        self.context.jobs.run(customers.open_card, self.customer_id, done=self._fill, failed=self._cannot, owner=self)

    def _cannot(self, error: Exception) -> None:
        self.close_sheet(False)
        self.context.tell(error)

    def _fill(self, card: Card) -> None:
        self.set_head(subtitle=card.name, avatar=card.name)
        moment = self.moment
        self.note.setText(moment.note if moment else "")
        self.when.set_value(moment.at if moment else self.context.clock.local().isoformat(timespec="minutes"))
        self.products.set_values(moment.products if moment else ())
        self.amount.set_value(moment.amount_cents if moment else None)
        self.minutes.set_value(moment.minutes if moment else None)
        self.staff.set_value(moment.staff_id if moment else self.context.staff_id)
        if moment is None:
            self.talk.set_points(tuple(point for point in card.talk_points if point.due), self.context.day)
            self.points.clear()
            self.follow.set_rhythm(card.rhythm_days, time=words.usual_time(card))
        self._follow_kind()
        self._before = self._form()
        self.save_button.setEnabled(True)
        self._typed = False
        self._draft_timer.stop()
        self.look_for_draft()

    # --- drafts -----------------------------------------------------------------------------------------

    def _form(self) -> dict[str, Any]:
        return {
            "kind": self.kind_chosen(),
            "note": self.note.text(),
            "products": list(self.products.values()),
            "amount": self.amount.collect(),
            "minutes": self.minutes.line.text(),
            "day": self.when.day.collect(),
            "time": self.when.time.text(),
            "staff_id": self.staff.value(),
            "talk": self.talk.collect(),
            "points": self.points.collect(),
            "follow": self.follow.collect(),
        }

    def collect(self) -> dict[str, Any] | None:
        said = self._form()
        same = self._before is None or {**said, "kind": ""} == {**self._before, "kind": ""}
        return None if same else said

    def put_back(self, said: dict[str, Any]) -> None:
        self.choice.set_value(said.get("kind", "note"))
        self.note.setText(said.get("note", ""))
        self.products.set_values(said.get("products", ()))
        self.amount.put_back(said.get("amount", ""))
        self.minutes.line.setText(said.get("minutes", ""))
        self.when.day.put_back(said.get("day", ""))
        self.when.time.setText(said.get("time", ""))
        self.staff.set_value(said.get("staff_id", 0))
        self.talk.put_back(said.get("talk", []))
        self.points.put_back(said.get("points", []))
        self.follow.put_back(said.get("follow", {}))
        self._follow_kind()

    # --- saving -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if plain and self.note.hasFocus() and self.save_button.isEnabled():
            self.save()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _check(self) -> bool:
        for field in (self.when, self.minutes, self.amount):
            if not field.check():
                field.control.setFocus()
                return False
        wrong = self.points.wrong()
        self._points.show_error(_("That isn't a day. Type it as fri, in 2 weeks or 3-12.") if wrong else "")
        return not wrong and (self.moment is not None or self.follow.check())

    def save(self) -> None:
        if not self._check():
            return
        self.tell("")
        self.busy(True)
        if self.moment is not None:
            self._save_changes(self.moment.version)
            return
        self.write(moments.record_contact, self.contact())

    def contact(self) -> ContactInput:
        """Contact as typed, ready to be saved."""
        kind, staff = self.kind_chosen(), self.staff.value()
        return ContactInput(
            self.customer_id,
            kind,
            self.when.value() or "",
            staff if isinstance(staff, int) else 0,
            self.note.text(),
            self.minutes.value() if kind == "call" else None,
            self.amount.value() if kind == "purchase" else None,
            self.products.values() if kind == "purchase" else (),
            self.talk.decisions() if kind in TALKING else (),
            self.points.values(),
            None if kind in PROMISING else self.follow.value(),
            None if kind in PROMISING else self.follow.appointment(),
        )

    def _save_changes(self, version: int) -> None:
        assert self.moment is not None
        changes = {
            "kind": self.kind_chosen(),
            "at": self.when.value() or self.moment.at,
            "staff_id": self.staff.value() or 0,
            "products": self.products.values(),
            "minutes": self.minutes.value(),
            "amount_cents": self.amount.value(),
            "note": self.note.text(),
        }
        if not self.amount.is_said():
            del changes["amount_cents"]
        self.write(moments.edit_moment, self.moment.id, changes, version=version)

    def keep_mine(self) -> None:
        assert self.moment is not None
        jobs = self.context.jobs
        jobs.run(
            moments.moment,
            self.moment.id,
            done=lambda now: self._save_changes(now.version),
            failed=self.failed,
            owner=self,
        )
