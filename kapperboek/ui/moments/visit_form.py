"""Visit form: the fields of a visit, without knowing where they come from or go to."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.card_view import Moment, VisitStart
from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.form_binding import FormBinding
from kapperboek.ui.moments.moment_fields import AmountField, MinutesField, WhenField, staff_select
from kapperboek.ui.moments.next_appointment import came_of_it
from kapperboek.ui.moments.recipe_edit import RecipeEdit
from kapperboek.ui.moments.usual_work import UsualWork, Work
from kapperboek.ui.widgets.form_fields import TextEdit
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.tag_edit import TagEdit
from kapperboek.ui.widgets.text_labels import Label


class VisitForm(QWidget):
    """Form of a visit, bound by the names of Moment and VisitInput; ``editing`` one that was noted."""

    def __init__(self, context: Context, fields: FormBinding, *, editing: bool) -> None:
        super().__init__()
        self.fields, self._editing = fields, editing
        self.treatments = TagEdit()
        self.when = fields.add("at", WhenField(context), key="")
        self.staff = staff_select(context, context.staff_id)
        self.minutes = fields.add("minutes", MinutesField())
        self.amount = fields.add("amount_cents", AmountField(context), key="amount")
        self.products = TagEdit(name=_("Products"))
        self.recipe = RecipeEdit(mono=True, most=6)
        self.note = TextEdit(most=8)
        self.customer_id = 0
        who = lambda: (self.customer_id, self.minutes.value(), self.staff.value())  # noqa: E731
        self.talk, self.points, self.follow = came_of_it(context, self, who, fields if not editing else None)
        self._build()
        self.usual = UsualWork(context, self.treatments, self.minutes, self.amount)
        self._work.addWidget(fields.add("", self.usual, key="by_hand"))  # the last one: it compares what stands there

    def _build(self) -> None:
        box = vbox(self, gap=9)
        field = self.fields.field
        what = SideBySide((field("treatments", _("Treatment"), self.treatments), 3), (self.when, 2))
        work = QWidget()
        self._work = vbox(work, gap=2)  # minutes and amount, and beneath them what the price list says
        self._work.addWidget(SideBySide((self.minutes, 1), (self.amount, 1), narrow=200))
        whose = SideBySide((field("staff_id", _("By"), self.staff), 2), (work, 3), narrow=300)
        box.addWidget(SideBySide((what, 2), (whose, 1), narrow=1000))
        self._products = field("products", _("Products sold"), self.products)
        self.recipe_field = field("recipe", _("Recipe"), self.recipe)
        box.addWidget(SideBySide((self._products, 2), (self.recipe_field, 5), narrow=660))
        self._talk_part = QWidget()
        inside = vbox(self._talk_part)
        inside.addWidget(self.talk)
        box.addWidget(self._talk_part)
        self._note = field("note", _("Note about this visit"), self.note)
        self._follow_part = self._make_follow_part()
        if self._editing:
            box.addWidget(self._note)
        else:
            box.addWidget(SideBySide((self.points, 1), (self._note, 1)))
            box.addWidget(self._follow_part)

    def _make_follow_part(self) -> QWidget:
        part = QWidget()
        follow = vbox(part)
        words = Label(_("Follow up (Ctrl+O)"), size=13, weight=500, token="soft")
        words.setMinimumHeight(theme.px(40))  # on the height of the choices beside it
        words.setBuddy(self.follow)
        line = SideBySide((words, 0), (self.follow, 1), narrow=660, row_gap=4)
        line.turned.connect(lambda beside: words.setMinimumHeight(theme.px(40) if beside else 0))
        follow.addWidget(line)
        return part

    def private(self) -> tuple[QWidget, ...]:
        """Private parts of the form, hidden from who looks along."""
        parts = (self._note, self._products, self.amount, self.usual, self._talk_part)
        return parts if self._editing else (*parts, self.points, self._follow_part)

    def first(self) -> QWidget:
        """First field, where typing most likely begins: the recipe, or the treatments when there is none."""
        self.recipe.to_end()
        return self.recipe if self.recipe.text() else self.treatments.line

    # --- filling --------------------------------------------------------------------------------------------

    def fill(self, start: VisitStart, today: date) -> None:
        """Fill the form as last time, at the time of now."""
        seen = self.amount.seen  # nobody notes what they cannot see
        self.fields.fill(start if seen else start._replace(amount_cents=None))
        remark = _("taken over from last time, change what was different") if start.recipe.strip() else ""
        self.recipe_field.set_remark(remark)
        self.usual.begin(start.treatments, Work(start.minutes, start.amount_cents))
        self.talk.set_points(tuple(point for point in start.talk_points if point.due), today)
        self.points.clear()
        self.note.clear()
        self.customer_id = start.customer_id
        self.follow.set_rhythm(start.rhythm_days, time=start.usual_time)

    def fill_moment(self, moment: Moment) -> None:
        """Fill the form with a visit as it was noted."""
        self.fields.fill(moment)
        self.usual.begin(moment.treatments, Work(), noted=True)
