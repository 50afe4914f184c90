"""Appointment dialog: when somebody comes, how long, what for, and with whom. Opens one that was made as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.appointment_view import AppointmentStart
from kapperboek.domain.views.card_view import Moment
from kapperboek.domain.views.list_views import DraftView
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services import settings
from kapperboek.services.moments import appointments
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.draft_restore import changed_in
from kapperboek.ui.moments.appointment_top import AppointmentTop
from kapperboek.ui.moments.moment_dialog import MomentDialog
from kapperboek.ui.moments.moment_fields import MinutesField, WhenField, staff_select
from kapperboek.ui.moments.usual_work import UsualWork, Work
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import TextEdit
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.sheet.front_keys import add_keys
from kapperboek.ui.widgets.tag_edit import TagEdit
from kapperboek.ui.widgets.text_labels import Label


class AppointmentDialog(MomentDialog):
    """Dialog of an appointment; a new one opens as this customer usually comes: day, time, what for, with whom.

    What is remarkable about it (double booked, over, closed) stands beneath while it is typed; nothing is refused.
    """

    asks_itself = True

    def __init__(
        self, context: Context, customer_id: int, draft: DraftView | None, moment: Moment | None, moment_id: int = 0
    ) -> None:
        super().__init__(
            context, customer_id, draft, moment, title=_("Appointment"), kind="appointment", width=760,
            moment_id=moment_id or changed_in(draft),
        )
        self.start: AppointmentStart | None = None
        self._become: Callable[..., Saved] | None = None  # what was last to become of it; None: it is changed
        self.top = AppointmentTop(context)
        self.when = self.fields.add("at", WhenField(context, past=False), key="")
        self.minutes = self.fields.add("minutes", MinutesField())
        self.staff = staff_select(context, context.staff_id)
        self.what = TagEdit()
        self.usual = UsualWork(context, self.what, self.minutes)
        self.remarks = Label("", size=13.5, weight=500, token="coral", wrap=True)
        self.remarks.hide()
        self.note = TextEdit(lines=1, most=4)
        self._build()
        self._wire()

    def first(self) -> QWidget:
        return self.when.day.line

    def _build(self) -> None:
        self.body.addWidget(self.top)
        self.body.addWidget(SideBySide((self.when, 3), (self.minutes, 1)))
        self.body.addWidget(self.remarks)
        what = self.fields.field("treatments", _("Treatment"), self.what, key="what")
        self.body.addWidget(SideBySide((what, 3), (self.fields.field("staff_id", _("With whom"), self.staff), 2)))
        self.body.addWidget(self.fields.add("", self.usual, key="by_hand"))
        about = _("Note, or why it is called off") if self.moment_id else _("Note")
        note = self.fields.field("note", about, self.note)
        self.body.addWidget(note)
        self.calling_off = Button(_("Call off the appointment"), kind="danger", size="large")
        self.missed = Button(_("Did not come"), kind="plain", size="large")
        self.again = Button(_("Let it stand again"), kind="plain", size="large")
        doing = {
            self.calling_off: appointments.cancel_appointment,
            self.missed: appointments.missed_appointment,
            self.again: appointments.reopen_appointment,
        }
        for button, fn in doing.items():
            button.clicked.connect(self._settler(fn))
            button.hide()
            self.extra.addWidget(button)
        self.keep_private(note)

    def _wire(self) -> None:
        for part in (self.when, self.what, self.usual):
            part.changed.connect(self._ask_remarks)
        self.minutes.line.textChanged.connect(lambda _text: self._ask_remarks())
        self.staff.activated.connect(lambda _row: self._ask_remarks())
        self.top.resized.connect(self.relayout)
        add_keys(self, {"Ctrl+I": self.top.health.toggle})

    def begin_again(self) -> None:
        self.save_button.setEnabled(False)
        jobs, which = self.context.jobs, (self.customer_id, self.moment_id)
        jobs.run(settings.treatments, done=self.usual.set_offered, owner=self)
        jobs.run(
            appointments.start_appointment, *which, by=self.context.staff_id, done=self._fill, failed=self.cannot,
            owner=self,
        )

    def _fill(self, start: AppointmentStart) -> None:
        self.start = start
        self.set_head(subtitle=start.name, avatar=start.name)
        self.top.show_start(start)
        self.fields.fill(start)
        self.version = start.version
        self._show_buttons(start)
        self.usual.begin(self.what.chosen(), Work(self.minutes.value()))
        self.when.day.line.selectAll()
        self._ask_remarks()
        self.relayout()
        self.filled()

    def _show_buttons(self, start: AppointmentStart) -> None:
        made, day = bool(self.moment_id), self.context.day.isoformat()
        self.calling_off.setVisible(made and not start.state)
        self.missed.setVisible(made and not start.state and start.at[:10] <= day)
        self.again.setVisible(made and bool(start.state))

    # --- what is remarkable -----------------------------------------------------------------------------------

    def _ask_remarks(self) -> None:
        at = self.when.value()
        if self.start is None or at is None:
            self._remark(())
            return
        chosen = self.staff.value()
        self.context.jobs.run(
            appointments.remarks, self.customer_id, at, self.minutes.value(), chosen if isinstance(chosen, int) else 0,
            moment_id=self.moment_id, discreet=self.context.discreet, done=self._remark, key="appointment.remarks",
            owner=self,
        )

    def _remark(self, found: tuple[str, ...]) -> None:
        words = "\n".join(found)
        if words != self.remarks.text() or self.remarks.isHidden() == bool(words):
            self.remarks.setText(words)
            self.remarks.setVisible(bool(words))
            self.when.day.line.setAccessibleDescription(" ".join((self.when.day.understood.text(), *found)).strip())
            self.relayout()

    def _veil_private(self, *discreet: object) -> None:
        super()._veil_private(*discreet)
        if self.start is not None:
            self.top.show_start(self.start)
            self._ask_remarks()

    def put_back(self, said: dict[str, Any]) -> None:
        super().put_back(said)
        self._ask_remarks()

    # --- writing ----------------------------------------------------------------------------------------------

    def noted(self) -> tuple[Callable[..., Saved], dict[str, Any]]:
        said = self.fields.values()
        return appointments.add_appointment, {"customer_id": self.customer_id, "what": said.pop("treatments"), **said}

    def save(self) -> None:
        self._become = None
        super().save()

    def _settler(self, fn: Callable[..., Saved]) -> Callable[[], None]:
        """Action of a button that settles the appointment, with what was typed about it."""

        def settle() -> None:
            self._become = fn
            self.keep_mine()

        return settle

    def keep_mine(self) -> None:
        """Settle the appointment once more where that is what was to become of it, else save it."""
        if self._become is None:
            self.save()
        else:
            note = self.fields.changes().get("note", "")
            self.write(self._become, self.moment_id, note, version=self.version)
