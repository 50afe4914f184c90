"""Visit dialog: opens filled in, so that only what was different is typed; or shows a noted visit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.card_view import Card, Moment, VisitStart
from kapperboek.domain.views.list_views import DraftView
from kapperboek.i18n import _, format_long_day
from kapperboek.services import settings
from kapperboek.services.customers import customers
from kapperboek.services.moments import moments
from kapperboek.ui.appearance import theme
from kapperboek.ui.card.card_discreet import warning_veiled
from kapperboek.ui.card.knowledge.health_line import HealthLine
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.draft_dialog import DraftedSheet
from kapperboek.ui.moments.visit_form import VisitForm
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.sheet.front_keys import add_keys


class VisitDialog(DraftedSheet):
    """Dialog of a visit: Ctrl+Enter saves, Esc keeps a draft, Ctrl+T to the new points, Ctrl+O round the follow-ups."""

    def __init__(self, context: Context, customer_id: int, draft: DraftView | None, moment: Moment | None) -> None:
        title = _("Visit") if moment else _("Note a visit")
        key = f"-{moment.id}" if moment else ""
        super().__init__(context, title, draft=draft, key=key, kind="visit", customer_id=customer_id, width=1180)
        self.sheet.body.setContentsMargins(theme.px(28), theme.px(16), theme.px(28), theme.px(14))
        self.sheet.body.setSpacing(theme.px(10))
        self.moment = moment
        self.appointment_id = 0  # that is meant; 0: today's, if there is one
        self.start: VisitStart | None = None
        self._before: dict[str, Any] | None = None
        self.warnings = Notice("")
        self.health = HealthLine(context, parent=self)
        self.warnings.row.setAlignment(self.warnings.sign, Qt.AlignmentFlag.AlignVCenter)
        for line in (self.warnings, self.health):
            line.body.setContentsMargins(theme.px(15), theme.px(4), theme.px(15), theme.px(4))
            line.setMinimumHeight(theme.px(48))
        self.body.addWidget(SideBySide((self.warnings, 1), (self.health, 1), narrow=660))
        add_keys(self, {"Ctrl+I": self.health.toggle})
        self.form = VisitForm(context, editing=moment is not None)
        self.body.addWidget(self.form)
        self.keep_private(*self.form.private())
        self.form.changed.connect(self.touched)
        self.form.resized.connect(self.relayout)
        self.save_button.setEnabled(False)
        if moment is None:
            add_keys(self, {"Ctrl+T": self._go_to_points, "Ctrl+O": self.form.follow.next_choice})

    @classmethod
    def open_for(
        cls,
        context: Context,
        *,
        customer_id: int = 0,
        draft: DraftView | None = None,
        moment: Moment | None = None,
        appointment_id: int = 0,
    ) -> VisitDialog:
        """Note a visit of this customer; with ``moment`` look at one that was noted, to change it."""
        if draft is not None:
            customer_id = draft.customer_id
        dialog = cls(context, customer_id, draft, moment)
        dialog.appointment_id = appointment_id
        dialog.open(dialog.form.recipe)
        dialog.begin_again()
        return dialog

    def begin_again(self) -> None:
        jobs, by = self.context.jobs, self.context.staff_id
        jobs.run(settings.treatments, done=self.form.usual.set_offered, owner=self)
        if self.moment is None:
            which = (self.customer_id, self.appointment_id)
            jobs.run(moments.start_visit, *which, by=by, done=self._fill, failed=self._cannot, owner=self)
        else:
            self._fill_moment(self.moment)
            jobs.run(customers.open_card, self.customer_id, done=self._named, owner=self)
            self._ready()

    def _cannot(self, error: Exception) -> None:
        self.close_sheet(False)
        self.context.tell(error)

    # --- filling ------------------------------------------------------------------------------------------

    def _fill(self, start: VisitStart) -> None:
        self.start = start
        self.set_head(subtitle=start.name, avatar=start.name)  # the day stands in the form, and may be another
        self.set_badge(self.context.private(start.badge))
        self._show_warnings(start)
        self.form.fill(start, self.context.day)
        self._ready()

    def _fill_moment(self, moment: Moment) -> None:
        when = datetime.fromisoformat(moment.at)
        self.set_head(subtitle=f"{format_long_day(when.date())}, {when:%H:%M}")
        self.form.fill_moment(moment, moment.staff_id)

    def _named(self, card: Card) -> None:
        self.set_head(subtitle=f"{card.name} · {self.subtitle.text()}", avatar=card.name)

    def _ready(self) -> None:
        self._before = self.form.collect()
        self.save_button.setEnabled(True)
        self.form.first().setFocus(Qt.FocusReason.OtherFocusReason)
        self._typed = False
        self._draft_timer.stop()
        self.relayout()
        self.look_for_draft()

    def _show_warnings(self, start: VisitStart) -> None:
        hidden = self.context.discreet and bool(start.warnings or start.health_facts)
        self.warnings.set_text(warning_veiled() if hidden else " · ".join(start.warnings))
        self.health.set_facts(start.customer_id, 0 if hidden else start.health_facts)

    def _veil_private(self, *discreet: object) -> None:
        super()._veil_private(*discreet)
        if getattr(self, "start", None) is not None and self.start is not None:
            self._show_warnings(self.start)
            self.set_badge(self.context.private(self.start.badge))

    def _go_to_points(self) -> None:
        target: QWidget = self.form.points.lines[-1].line
        target.setFocus(Qt.FocusReason.OtherFocusReason)  # what stands in it is not to be typed over
        self._area.ensureWidgetVisible(target)

    # --- drafts -------------------------------------------------------------------------------------------

    def collect(self) -> dict[str, Any] | None:
        said = self.form.collect()
        return None if self._before is None or said == self._before else said

    def put_back(self, said: dict[str, Any]) -> None:
        self.form.put_back(said)

    # --- saving -------------------------------------------------------------------------------------------

    def save(self) -> None:
        if not self.form.check():
            return
        self.tell("")
        self.busy(True)
        if self.moment is not None:
            self._save_changes(self.moment.version)
            return
        appointment = self.start.appointment_id if self.start else 0
        made = self.form.visit(self.customer_id)._replace(appointment_id=appointment)
        self.write(moments.record_visit, made)

    def _save_changes(self, version: int) -> None:
        assert self.moment is not None
        said = self.form.visit(self.customer_id)
        names = ("at", "staff_id", "treatments", "recipe", "products", "minutes", "amount_cents", "note")
        changes = {name: getattr(said, name) for name in names}
        if not self.form.amount.is_said():
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
