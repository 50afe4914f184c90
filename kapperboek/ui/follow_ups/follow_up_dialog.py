"""Follow-up dialog: what is to be done for this customer (a reminder), when, and by whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kapperboek.domain.views.card_view import Card, FollowUpView
from kapperboek.domain.views.list_views import DraftView
from kapperboek.i18n import _
from kapperboek.services.customers import customers
from kapperboek.services.moments import follow_ups
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.draft_dialog import DraftedSheet
from kapperboek.ui.moments.moment_fields import staff_select
from kapperboek.ui.widgets.day_edit import DayEdit
from kapperboek.ui.widgets.form_fields import Choice, Field
from kapperboek.ui.widgets.inline_line import InlineLine
from kapperboek.ui.widgets.layout.side_by_side import SideBySide

SOON = (("1", 1), ("7", 7), ("14", 14), ("42", 42))


class FollowUpDialog(DraftedSheet):
    """Dialog of a new follow-up, or with ``follow_up`` of one to change."""

    def __init__(
        self, context: Context, customer_id: int, draft: DraftView | None, follow_up: FollowUpView | None
    ) -> None:
        key = f"-{follow_up.id}" if follow_up else ""
        title = _("Change the follow-up") if follow_up else _("Follow up")
        super().__init__(context, title, draft=draft, key=key, kind="follow_up", customer_id=customer_id, width=640)
        self.follow_up = follow_up
        self._before: dict[str, Any] | None = None
        self.what = InlineLine(placeholder=_("Call about…, order…, send…"))
        self.day = DayEdit(lambda: context.day)
        tomorrow = _("tomorrow")
        words = {"1": tomorrow, "7": _("in 1 week"), "14": _("in 2 weeks"), "42": _("in 6 weeks")}
        self.soon = Choice([(key, words[key]) for key, _days in SOON], None, name=_("When"), may_be_none=True)
        self.staff = staff_select(context, follow_up.staff_id if follow_up else 0)
        self._what = Field(_("What to do"), self.what, required=True)
        self._day = Field(_("When"), self.day, required=True)
        self.body.addWidget(self._what)
        self.body.addWidget(self.soon)
        self.body.addWidget(SideBySide((self._day, 3), (Field(_("By"), self.staff), 2)))
        self.keep_private(self._what)
        self.what.textEdited.connect(lambda _text: self.touched())
        self.what.entered.connect(self.save)
        self.what.escaped.connect(self.cancel)
        self.day.changed.connect(self.touched)
        self.staff.activated.connect(lambda _row: self.touched())
        self.soon.changed.connect(self._chosen)

    @classmethod
    def open_for(
        cls,
        context: Context,
        *,
        customer_id: int = 0,
        draft: DraftView | None = None,
        follow_up: FollowUpView | None = None,
    ) -> FollowUpDialog:
        """Make a follow-up for this customer, or change one."""
        dialog = cls(context, draft.customer_id if draft else customer_id, draft, follow_up)
        dialog.open(dialog.what)
        dialog.begin_again()
        return dialog

    def begin_again(self) -> None:
        follow = self.follow_up
        self.what.setText(follow.what if follow else "")
        self.day.set_value(follow.due if follow else self.context.day + timedelta(days=1))
        self.soon.set_value(None if follow else "1")
        self._before = self._form()
        self._typed = False
        self._draft_timer.stop()
        self.context.jobs.run(customers.open_card, self.customer_id, done=self._named, owner=self)
        self.look_for_draft()

    def _named(self, card: Card) -> None:
        self.set_head(subtitle=card.name, avatar=card.name)

    def _chosen(self, days: object) -> None:
        if isinstance(days, str):
            self.day.set_value(self.context.day + timedelta(days=int(days)))
        self.touched()

    def _form(self) -> dict[str, Any]:
        return {"what": self.what.text(), "day": self.day.collect(), "staff_id": self.staff.value()}

    def collect(self) -> dict[str, Any] | None:
        said = self._form()
        return None if self._before is None or said == self._before else said

    def put_back(self, said: dict[str, Any]) -> None:
        self.what.setText(said.get("what", ""))
        self.day.put_back(said.get("day", ""))
        self.staff.set_value(said.get("staff_id", 0))
        self.soon.set_value(None)

    def save(self) -> None:
        day, what = self.day.value(), self.what.text().strip()
        self._what.show_error("" if what else _("Type what is to be done."))
        self._day.show_error("" if day else _("Choose a day: fri, in 2 weeks, 23-11."))
        if not what or day is None:
            (self.what if not what else self.day).setFocus()
            self.relayout()
            return
        self.busy(True)
        self._write(what, day, self.follow_up.version if self.follow_up else 0)

    def _write(self, what: str, day: date, version: int) -> None:
        chosen = self.staff.value()
        staff_id = chosen if isinstance(chosen, int) else 0
        if self.follow_up is not None:
            self.write(follow_ups.edit, self.follow_up.id, what, day, staff_id=staff_id, version=version)
        else:
            self.write(follow_ups.add, self.customer_id, what, day, staff_id=staff_id)

    def keep_mine(self) -> None:
        def again(all_of_them: tuple[FollowUpView, ...]) -> None:
            now = next((one for one in all_of_them if self.follow_up and one.id == self.follow_up.id), None)
            day = self.day.value()
            if day is not None:
                self._write(self.what.text().strip(), day, now.version if now else 0)

        run = self.context.jobs.run
        run(follow_ups.follow_ups, include_done=True, done=again, failed=self.failed, owner=self)
