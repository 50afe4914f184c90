"""Appointment dialog: when somebody comes, how long, what for, and with whom. Opens one that was made as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kapperboek.domain.views.appointment_view import AppointmentStart
from kapperboek.domain.views.card_view import Moment
from kapperboek.domain.views.list_views import DraftView
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services import settings
from kapperboek.services.moments import appointments, moments
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.draft_dialog import DraftedSheet
from kapperboek.ui.moments.appointment_top import AppointmentTop
from kapperboek.ui.moments.moment_fields import MinutesField, WhenField, staff_select
from kapperboek.ui.moments.usual_work import UsualWork, Work
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Field, TextEdit
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.sheet.front_keys import add_keys
from kapperboek.ui.widgets.tag_edit import TagEdit
from kapperboek.ui.widgets.text_labels import Label


class AppointmentDialog(DraftedSheet):
    """Dialog of an appointment; a new one opens as this customer usually comes: day, time, what for, with whom.

    What is remarkable about it (double booked, over, closed) stands beneath while it is typed; nothing is refused.
    """

    def __init__(self, context: Context, customer_id: int, draft: DraftView | None, moment_id: int) -> None:
        key = f"-{moment_id}" if moment_id else ""
        super().__init__(
            context,
            _("Appointment"),
            draft=draft,
            key=key,
            kind="appointment",
            customer_id=customer_id,
            width=760,
        )
        self.moment_id = moment_id
        self.start: AppointmentStart | None = None
        self._before: dict[str, Any] | None = None
        self._become: Callable[..., Saved] | None = None  # what was last to become of it; None: it is changed
        self.top = AppointmentTop(context)
        self.when = WhenField(context, past=False)
        self.minutes = MinutesField()
        self.staff = staff_select(context, context.staff_id)
        self.what = TagEdit(name=_("Treatment"))
        self.usual = UsualWork(context, self.what, self.minutes)
        self.remarks = Label("", size=13.5, weight=500, token="coral", wrap=True)
        self.remarks.hide()
        self.note = TextEdit(lines=1, most=4)
        about = _("Note, or why it is called off") if moment_id else _("Note")
        self._note = Field(about, self.note)
        self._build()
        self._wire()

    def _build(self) -> None:
        self.body.addWidget(self.top)
        self.body.addWidget(SideBySide((self.when, 3), (self.minutes, 1)))
        self.body.addWidget(self.remarks)
        self.body.addWidget(SideBySide((Field(_("Treatment"), self.what), 3), (Field(_("With whom"), self.staff), 2)))
        self.body.addWidget(self.usual)
        self.body.addWidget(self._note)
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
        self.keep_private(self._note)

    def _wire(self) -> None:
        self.when.changed.connect(self._changed)
        self.minutes.line.textChanged.connect(lambda _text: self._ask_remarks())
        self.minutes.line.textEdited.connect(lambda _text: self.touched())
        self.what.changed.connect(self._changed)
        self.usual.changed.connect(self._changed)
        self.staff.activated.connect(lambda _row: self._changed())
        self.note.textChanged.connect(self.touched)
        self.top.resized.connect(self.relayout)
        add_keys(self, {"Ctrl+I": self.top.health.toggle})

    @classmethod
    def open_for(
        cls,
        context: Context,
        *,
        customer_id: int = 0,
        draft: DraftView | None = None,
        moment: Moment | None = None,
        moment_id: int = 0,
    ) -> AppointmentDialog:
        """Make an appointment for this customer; with ``moment`` or its id move, change or call one off."""
        moment_id = moment.id if moment else moment_id or _moment_of(draft)
        dialog = cls(context, draft.customer_id if draft else customer_id, draft, moment_id)
        dialog.open(dialog.when.day.line)
        dialog.begin_again()
        return dialog

    def begin_again(self) -> None:
        self.save_button.setEnabled(False)
        jobs, which = self.context.jobs, (self.customer_id, self.moment_id)
        jobs.run(settings.treatments, done=self.usual.set_offered, owner=self)
        jobs.run(
            appointments.start_appointment, *which, by=self.context.staff_id, done=self._fill, failed=self._cannot,
            owner=self,
        )  # fmt: skip

    def _cannot(self, error: Exception) -> None:
        self.close_sheet(False)
        self.context.tell(error)

    def _fill(self, start: AppointmentStart) -> None:
        self.start = start
        self.set_head(subtitle=start.name, avatar=start.name)
        self.top.show_start(start)
        self.when.set_value(start.at)
        self.minutes.set_value(start.minutes)
        self.what.set_values(start.treatments)
        self.staff.set_value(start.staff_id)
        self.note.setText(start.note)
        self._show_buttons(start)
        self.usual.begin(self.what.chosen(), Work(self.minutes.value()))
        self._before = self._form()
        self.save_button.setEnabled(True)
        self._typed = False
        self._draft_timer.stop()
        self.when.day.line.selectAll()
        self._ask_remarks()
        self.relayout()
        self.look_for_draft()

    def _show_buttons(self, start: AppointmentStart) -> None:
        made, day = bool(self.moment_id), self.context.day.isoformat()
        self.calling_off.setVisible(made and not start.state)
        self.missed.setVisible(made and not start.state and start.at[:10] <= day)
        self.again.setVisible(made and bool(start.state))

    # --- what is remarkable -----------------------------------------------------------------------------------

    def _changed(self) -> None:
        self.touched()
        self._ask_remarks()

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
        )  # fmt: skip

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

    # --- drafts -----------------------------------------------------------------------------------------------

    def _form(self) -> dict[str, Any]:
        return {
            "day": self.when.day.collect(),
            "time": self.when.time.text(),
            "minutes": self.minutes.line.text(),
            "by_hand": self.usual.collect(),
            "what": list(self.what.values()),
            "staff_id": self.staff.value(),
            "note": self.note.text(),
        }

    def collect(self) -> dict[str, Any] | None:
        said = self._form()
        return None if self._before is None or said == self._before else said

    def put_back(self, said: dict[str, Any]) -> None:
        self.when.day.put_back(said.get("day", ""))
        self.when.time.setText(said.get("time", ""))
        self.minutes.line.setText(said.get("minutes", ""))
        self.what.set_values(said.get("what", ()))
        self.staff.set_value(said.get("staff_id", 0))
        self.note.setText(said.get("note", ""))
        self.usual.resume(said.get("by_hand", ()))
        self._ask_remarks()

    # --- writing ----------------------------------------------------------------------------------------------

    def save(self) -> None:
        self.what.commit()  # which may fill in the minutes
        if not (self.when.check() and self.minutes.check()):
            self.relayout()
            return
        self.busy(True)
        self._become = None
        self._write(self.start.version if self.start else 0)

    def _write(self, version: int) -> None:
        at, minutes, what = self.when.value() or "", self.minutes.value(), self.what.values()
        chosen = self.staff.value()
        staff_id = chosen if isinstance(chosen, int) else 0
        if self.moment_id:
            said = {"at": at, "minutes": minutes, "treatments": what, "staff_id": staff_id, "note": self.note.text()}
            self.write(moments.edit_moment, self.moment_id, said, version=version)
        else:
            note = self.note.text()
            self.write(
                appointments.add_appointment, self.customer_id, at, minutes, what, staff_id=staff_id, note=note
            )

    def keep_mine(self) -> None:
        again = self._write if self._become is None else self._settle
        self.context.jobs.run(
            moments.moment, self.moment_id, done=lambda now: again(now.version), failed=self.failed, owner=self
        )

    def _settler(self, fn: Callable[..., Saved]) -> Callable[[], None]:
        """Action of a button that settles the appointment, with what was typed about it."""

        def settle() -> None:
            self._become = fn
            self._settle(self.start.version if self.start else 0)

        return settle

    def _settle(self, version: int) -> None:
        before, note = self.start.note if self.start else "", self.note.text()
        if self._become is not None:
            self.write(self._become, self.moment_id, note if note != before else "", version=version)


def _moment_of(draft: DraftView | None) -> int:
    """Id of the appointment a draft changes, which is in its key; 0 for a new one."""
    parts = draft.id.split("-") if draft else []
    return int(parts[2]) if len(parts) == 3 and parts[2].isdecimal() else 0
