"""Visit dialog: opens filled in, so that only what was different is typed; or shows a noted visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.card_view import Card, Moment, VisitStart
from kapperboek.domain.views.list_views import DraftView
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _, format_long_day
from kapperboek.services import settings
from kapperboek.services.customers import customers
from kapperboek.services.inputs import VisitInput
from kapperboek.services.moments import moments
from kapperboek.ui.appearance import theme
from kapperboek.ui.card.card_discreet import warning_veiled
from kapperboek.ui.card.knowledge.health_line import HealthLine
from kapperboek.ui.core.context import Context
from kapperboek.ui.moments.moment_dialog import MomentDialog
from kapperboek.ui.moments.visit_form import VisitForm
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.sheet.front_keys import add_keys


class VisitDialog(MomentDialog):
    """Dialog of a visit: Ctrl+Enter saves, Esc keeps a draft, Ctrl+T to the new points, Ctrl+O round the follow-ups.

    ``appointment_id``: the one that was kept; 0: today's, if there is one.
    """

    def __init__(
        self, context: Context, customer_id: int, draft: DraftView | None, moment: Moment | None,
        appointment_id: int = 0,
    ) -> None:
        title = _("Visit") if moment else _("Note a visit")
        super().__init__(context, customer_id, draft, moment, title=title, kind="visit", width=1180)
        self.sheet.body.setContentsMargins(theme.px(28), theme.px(16), theme.px(28), theme.px(14))
        self.sheet.body.setSpacing(theme.px(10))
        self.appointment_id = appointment_id
        self.start: VisitStart | None = None
        self.warnings = Notice("")
        self.health = HealthLine(context, parent=self)
        self.warnings.row.setAlignment(self.warnings.sign, Qt.AlignmentFlag.AlignVCenter)
        for line in (self.warnings, self.health):
            line.body.setContentsMargins(theme.px(15), theme.px(4), theme.px(15), theme.px(4))
            line.setMinimumHeight(theme.px(48))
        self.body.addWidget(SideBySide((self.warnings, 1), (self.health, 1), narrow=660))
        add_keys(self, {"Ctrl+I": self.health.toggle})
        self.form = VisitForm(context, self.fields, editing=moment is not None)
        self.body.addWidget(self.form)
        self.keep_private(*self.form.private())
        self.save_button.setEnabled(False)
        if moment is None:
            add_keys(self, {"Ctrl+T": self._go_to_points, "Ctrl+O": self.form.follow.next_choice})

    def first(self) -> QWidget:
        return self.form.recipe

    def begin_again(self) -> None:
        jobs, by = self.context.jobs, self.context.staff_id
        jobs.run(settings.treatments, done=self.form.usual.set_offered, owner=self)
        if self.moment is None:
            which = (self.customer_id, self.appointment_id)
            jobs.run(moments.start_visit, *which, by=by, done=self._fill, failed=self.cannot, owner=self)
        else:
            self._fill_moment(self.moment)
            jobs.run(customers.open_card, self.customer_id, done=self._named, owner=self)
            self._ready()

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
        self.form.fill_moment(moment)
        self.version = moment.version

    def _named(self, card: Card) -> None:
        self.set_head(subtitle=f"{card.name} · {self.subtitle.text()}", avatar=card.name)

    def _ready(self) -> None:
        self.form.first().setFocus(Qt.FocusReason.OtherFocusReason)
        self.relayout()
        self.filled()

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
        self.area.ensureWidgetVisible(target)

    def noted(self) -> tuple[Callable[..., Saved], dict[str, Any]]:
        appointment_id = self.start.appointment_id if self.start else 0
        following = self.form.follow.appointment()
        said = self.fields.values() | {"appointment_id": appointment_id, "appointment": following}
        return moments.record_visit, {"visit": VisitInput(self.customer_id, **said)}
