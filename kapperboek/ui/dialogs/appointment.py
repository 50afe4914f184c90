"""An appointment: when somebody comes, how long, what for, and with whom. Opens one that was made as well."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kapperboek.domain.rhythm import suggestion
from kapperboek.domain.views.card import Card, Moment
from kapperboek.domain.views.lists import DraftView
from kapperboek.i18n import _
from kapperboek.services import customers, moments, settings
from kapperboek.ui.context import Context
from kapperboek.ui.dialogs.drafted import DraftedSheet
from kapperboek.ui.dialogs.moment_fields import MinutesField, WhenField, staff_id_of, staff_select
from kapperboek.ui.dialogs.usual_work import UsualWork, Work
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.fields import Field
from kapperboek.ui.widgets.side_by_side import SideBySide
from kapperboek.ui.widgets.tag_edit import TagEdit


class AppointmentDialog(DraftedSheet):
    """A new appointment opens on the day of the customer's own rhythm."""

    def __init__(self, context: Context, customer_id: int, draft: DraftView | None, moment: Moment | None) -> None:
        key = f"-{moment.id}" if moment else ""
        super().__init__(
            context,
            _("Appointment"),
            draft=draft,
            key=key,
            kind="appointment",
            customer_id=customer_id,
            width=680,
        )
        self.moment = moment
        self._before: dict[str, Any] | None = None
        self.when = WhenField(context, past=False)
        self.minutes = MinutesField()
        self.staff = staff_select(context, context.staff_id)
        self.what = TagEdit(name=_("Treatment"))
        self.usual = UsualWork(context, self.what, self.minutes)
        self.body.addWidget(SideBySide((self.when, 3), (self.minutes, 1)))
        self.body.addWidget(SideBySide((Field(_("Treatment"), self.what), 3), (Field(_("By"), self.staff), 2)))
        self.body.addWidget(self.usual)
        if moment is not None and not moment.state:
            cancel = Button(_("Cancel the appointment"), kind="danger", size="large")
            cancel.clicked.connect(self._call_off)
            self.extra.addWidget(cancel)
        self.when.changed.connect(self.touched)
        self.minutes.line.textEdited.connect(lambda _text: self.touched())
        self.what.changed.connect(self.touched)
        self.usual.changed.connect(self.touched)
        self.staff.activated.connect(lambda _row: self.touched())

    @classmethod
    def open_for(
        cls,
        context: Context,
        *,
        customer_id: int = 0,
        draft: DraftView | None = None,
        moment: Moment | None = None,
    ) -> AppointmentDialog:
        """Make an appointment for this customer; with ``moment`` change or cancel one."""
        dialog = cls(context, draft.customer_id if draft else customer_id, draft, moment)
        dialog.open(dialog.when.day.line)
        dialog.begin_again()
        return dialog

    def begin_again(self) -> None:
        self.save_button.setEnabled(False)
        self.context.jobs.run(settings.treatments, done=self.usual.set_offered, owner=self)
        self.context.jobs.run(customers.open_card, self.customer_id, done=self._fill, failed=self._cannot, owner=self)

    def _cannot(self, error: Exception) -> None:
        self.close_sheet(False)
        self.context.tell(error)

    def _fill(self, card: Card) -> None:
        self.set_head(subtitle=card.name, avatar=card.name)
        if self.moment is not None:
            self.when.set_value(self.moment.at)
            self.minutes.set_value(self.moment.minutes)
            self.what.set_values(self.moment.treatments)
            self.staff.set_value(staff_id_of(self.context, self.moment.staff))
        else:
            last = next((moment for moment in card.history if moment.kind == "visit"), None)
            day = max(
                card.expected_on or suggestion(None, self.context.day)[1],
                self.context.day + timedelta(days=1),
            )
            self.when.set_value(f"{day.isoformat()}T{last.at[11:16] if last else '10:00'}")
            self.minutes.set_value(last.minutes if last else None)
            self.what.set_values(last.treatments if last else ())
        self.usual.begin(self.what.chosen(), Work(self.minutes.value()))
        self._before = self._form()
        self.save_button.setEnabled(True)
        self._typed = False
        self._draft_timer.stop()
        self.when.day.line.selectAll()
        self.look_for_draft()

    def _form(self) -> dict[str, Any]:
        return {
            "day": self.when.day.collect(),
            "time": self.when.time.text(),
            "minutes": self.minutes.line.text(),
            "what": list(self.what.values()),
            "staff_id": self.staff.value(),
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
        self.usual.resume()

    def save(self) -> None:
        self.what.commit()  # which may fill in the minutes
        if not (self.when.check() and self.minutes.check()):
            self.relayout()
            return
        self.busy(True)
        self._write(self.moment.version if self.moment else 0)

    def _write(self, version: int) -> None:
        at, minutes, what = self.when.value() or "", self.minutes.value(), self.what.values()
        chosen = self.staff.value()
        staff_id = chosen if isinstance(chosen, int) else 0
        if self.moment is not None:
            changes = {"at": at, "minutes": minutes, "treatments": what, "staff_id": staff_id}
            self.write(moments.edit_moment, self.moment.id, changes, version=version)
        else:
            self.write(moments.add_appointment, self.customer_id, at, minutes, what, staff_id=staff_id)

    def keep_mine(self) -> None:
        assert self.moment is not None
        self.context.jobs.run(
            moments.moment, self.moment.id, done=lambda now: self._write(now.version), failed=self.failed, owner=self
        )

    def _call_off(self) -> None:
        if self.moment is not None:
            self.write(moments.cancel_appointment, self.moment.id)
