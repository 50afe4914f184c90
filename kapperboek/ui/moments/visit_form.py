"""Visit form: the fields of a visit, without knowing where they come from or go to."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kapperboek.domain.views.card_view import Moment, VisitStart
from kapperboek.i18n import _
from kapperboek.services.inputs import VisitInput
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.moments.moment_fields import AmountField, MinutesField, WhenField, staff_select
from kapperboek.ui.moments.next_appointment import follow_choice
from kapperboek.ui.moments.next_points import NextPoints
from kapperboek.ui.moments.recipe_edit import RecipeEdit
from kapperboek.ui.moments.talk_decisions import TalkDecisions
from kapperboek.ui.moments.usual_work import UsualWork, Work
from kapperboek.ui.widgets.form_fields import Field, TextEdit
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.tag_edit import TagEdit
from kapperboek.ui.widgets.text_labels import Label


class VisitForm(QWidget):
    """Form of a visit: ``changed`` when something was typed, ``resized`` when parts came or went."""

    changed = Signal()
    resized = Signal()

    def __init__(self, context: Context, *, editing: bool) -> None:
        super().__init__()
        self._editing = editing
        self.treatments = TagEdit(name=_("Treatment"))
        self.staff = staff_select(context, context.staff_id)
        self.minutes = MinutesField()
        self.amount = AmountField(context)
        self.usual = UsualWork(context, self.treatments, self.minutes, self.amount)
        self.recipe = RecipeEdit(mono=True, most=6)
        self.products = TagEdit(name=_("Products"))
        self.when = WhenField(context)
        self.talk = TalkDecisions()
        self.points = NextPoints(lambda: context.day, _("Next time about…"))
        self.note = TextEdit(most=8)
        self.customer_id = 0
        self.follow = follow_choice(
            context, self, lambda: (self.customer_id, self.minutes.value(), self.staff.value())
        )
        self._build()
        self._wire()

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(9))
        self._recipe = Field(_("Recipe"), self.recipe)
        self._products = Field(_("Products sold"), self.products)
        self._talk_part, self._follow_part = QWidget(), QWidget()
        inside = QVBoxLayout(self._talk_part)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.talk)
        self._points = Field(_("Next time about… (Ctrl+T)"), self.points)
        self._note = Field(_("Note about this visit"), self.note)
        follow = QVBoxLayout(self._follow_part)
        follow.setContentsMargins(0, 0, 0, 0)
        words = Label(_("Follow up (Ctrl+O)"), size=13, weight=500, token="soft")
        words.setMinimumHeight(theme.px(40))  # on the height of the choices beside it
        words.setBuddy(self.follow)
        line = SideBySide((words, 0), (self.follow, 1), narrow=660, row_gap=4)
        line.turned.connect(lambda beside: words.setMinimumHeight(theme.px(40) if beside else 0))
        follow.addWidget(line)
        what = SideBySide((Field(_("Treatment"), self.treatments), 3), (self.when, 2))
        whose = SideBySide((Field(_("By"), self.staff), 2), (self._work(), 3), narrow=300)
        box.addWidget(SideBySide((what, 2), (whose, 1), narrow=1000))
        box.addWidget(SideBySide((self._products, 2), (self._recipe, 5), narrow=660))
        box.addWidget(self._talk_part)
        if self._editing:
            box.addWidget(self._note)
        else:
            box.addWidget(SideBySide((self._points, 1), (self._note, 1)))
            box.addWidget(self._follow_part)

    def _work(self) -> QWidget:
        """Make the row of minutes and amount, and beneath them what the price list says."""
        work = QWidget()
        box = QVBoxLayout(work)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(2))
        box.addWidget(SideBySide((self.minutes, 1), (self.amount, 1), narrow=200))
        box.addWidget(self.usual)
        return work

    def _wire(self) -> None:
        for line in (self.recipe, self.note):
            line.textChanged.connect(self._touched)
        for tags in (self.treatments, self.products):
            tags.changed.connect(self._touched)
        for field in (self.minutes, self.amount):
            field.line.textEdited.connect(lambda _text: self.changed.emit())
        self.staff.activated.connect(lambda _row: self.changed.emit())
        self.when.changed.connect(self.changed)
        self.usual.changed.connect(self._touched)
        for part in (self.talk, self.points, self.follow):
            part.changed.connect(self._touched)

    def _touched(self) -> None:
        self.changed.emit()
        self.resized.emit()

    def private(self) -> tuple[QWidget, ...]:
        """Private parts of the form, hidden from who looks along."""
        parts = (self._note, self._products, self.amount, self.usual, self._talk_part)
        return parts if self._editing else (*parts, self._points, self._follow_part)

    def first(self) -> QWidget:
        """First field, where typing most likely begins: the recipe, or the treatments when there is none."""
        self.recipe.to_end()
        return self.recipe if self.recipe.text() else self.treatments.line

    # --- filling --------------------------------------------------------------------------------------------

    def fill(self, start: VisitStart, today: date) -> None:
        """Fill the form as last time, at the time of now."""
        self.treatments.set_values(start.treatments)
        self.staff.set_value(start.staff_id)
        self.minutes.set_value(start.minutes)
        self.amount.set_value(start.amount_cents if self.amount.seen else None)  # nobody notes what they cannot see
        self.recipe.setText(start.recipe)
        remark = _("taken over from last time, change what was different") if start.recipe.strip() else ""
        self._recipe.set_remark(remark)
        self.usual.begin(start.treatments, Work(start.minutes, start.amount_cents))
        self.products.set_values(start.products)
        self.when.set_value(start.at)
        self.talk.set_points(tuple(point for point in start.talk_points if point.due), today)
        self.points.clear()
        self.note.clear()
        self.customer_id = start.customer_id
        self.follow.set_rhythm(start.rhythm_days, time=start.usual_time)

    def fill_moment(self, moment: Moment, staff_id: int) -> None:
        """Fill the form with a visit as it was noted."""
        self.treatments.set_values(moment.treatments)
        self.staff.set_value(staff_id)
        self.minutes.set_value(moment.minutes)
        self.amount.set_value(moment.amount_cents)
        self.recipe.setText(moment.recipe)
        self.usual.begin(moment.treatments, Work(), noted=True)
        self.products.set_values(moment.products)
        self.when.set_value(moment.at)
        self.note.setText(moment.note)

    # --- reading --------------------------------------------------------------------------------------------

    def check(self) -> bool:
        """Check the form: says beside the fields what is not understood, and goes to the first."""
        self.treatments.commit()  # which may fill in the amount
        for field in (self.when, self.minutes, self.amount):
            if not field.check():
                field.control.setFocus()
                return False
        if self.points.wrong():
            self._points.show_error(_("That isn't a day. Type it as fri, in 2 weeks or 3-12."))
            return False
        self._points.show_error("")
        return self._editing or self.follow.check()

    def visit(self, customer_id: int) -> VisitInput:
        """Visit as typed, ready to be saved. Only after ``check``."""
        staff = self.staff.value()
        return VisitInput(
            customer_id,
            self.when.value() or "",
            staff if isinstance(staff, int) else 0,
            self.treatments.values(),
            self.recipe.text(),
            self.products.values(),
            self.minutes.value(),
            self.amount.value(),
            self.note.text(),
            self.talk.decisions(),
            self.points.values(),
            self.follow.value(),
            appointment=self.follow.appointment(),
        )

    def collect(self) -> dict[str, Any]:
        """Collect everything typed, for the draft."""
        return {
            "treatments": list(self.treatments.values()),
            "staff_id": self.staff.value(),
            "minutes": self.minutes.line.text(),
            "amount": self.amount.collect(),
            "by_hand": self.usual.collect(),
            "recipe": self.recipe.text(),
            "products": list(self.products.values()),
            "day": self.when.day.collect(),
            "time": self.when.time.text(),
            "note": self.note.text(),
            "talk": self.talk.collect(),
            "points": self.points.collect(),
            "follow": self.follow.collect(),
        }

    def put_back(self, said: dict[str, Any]) -> None:
        """Put back everything typed, from the draft."""
        self.treatments.set_values(said.get("treatments", ()))
        self.staff.set_value(said.get("staff_id", 0))
        self.minutes.line.setText(said.get("minutes", ""))
        self.amount.put_back(said.get("amount", ""))
        self.recipe.setText(said.get("recipe", ""))
        self.products.set_values(said.get("products", ()))
        self.when.day.put_back(said.get("day", ""))
        self.when.time.setText(said.get("time", ""))
        self.note.setText(said.get("note", ""))
        self.talk.put_back(said.get("talk", []))
        self.points.put_back(said.get("points", []))
        self.follow.put_back(said.get("follow", {}))
        self.usual.resume(said.get("by_hand", ()))
