"""Follow-up dialog: what is to be done for this customer (a reminder), when, and by whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kapperboek.domain.views.card_view import Card, FollowUpView
from kapperboek.domain.views.list_views import DraftView
from kapperboek.i18n import _
from kapperboek.services.customers import customers
from kapperboek.services.inputs import NewFollowUp
from kapperboek.services.moments import follow_ups
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.draft_dialog import DraftedSheet
from kapperboek.ui.forms.draft_restore import changed_in
from kapperboek.ui.moments.moment_fields import staff_select
from kapperboek.ui.widgets.day_edit import DayEdit
from kapperboek.ui.widgets.form_fields import Choice
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
        self.what = InlineLine(placeholder=_("Call about…, order…, send…"))
        self.day = DayEdit(lambda: context.day)
        tomorrow = _("tomorrow")
        words = {"1": tomorrow, "7": _("in 1 week"), "14": _("in 2 weeks"), "42": _("in 6 weeks")}
        self.soon = Choice([(key, words[key]) for key, _days in SOON], None, name=_("When"), may_be_none=True)
        self.staff = staff_select(context, follow_up.staff_id if follow_up else 0)
        fields = self.fields
        self.what_field = fields.field("what", _("What to do"), self.what, needs=_("Type what is to be done."))
        day = fields.field("due", _("When"), self.day, key="day", needs=_("Choose a day: fri, in 2 weeks, 23-11."))
        self.body.addWidget(self.what_field)
        self.body.addWidget(self.soon)
        self.body.addWidget(SideBySide((day, 3), (fields.field("staff_id", _("By"), self.staff), 2)))
        self.keep_private(self.what_field)
        self.what.entered.connect(self.save)
        self.what.escaped.connect(self.cancel)
        self.soon.changed.connect(self._chosen)

    @classmethod
    def open_for(
        cls, context: Context, *, customer_id: int = 0, draft: DraftView | None = None,
        follow_up: FollowUpView | None = None,
    ) -> None:
        """Make a follow-up for this customer; with ``follow_up``, or a draft that changes one, change it."""

        def show(follow_up: FollowUpView | None) -> None:
            dialog = cls(context, draft.customer_id if draft else customer_id, draft, follow_up)
            dialog.open(dialog.what)
            dialog.begin_again()

        changed = changed_in(draft) if follow_up is None else 0
        if changed:  # gone or done meanwhile, what was typed about it is noted anew
            context.jobs.run(follow_ups.open_one, changed, done=show, failed=lambda _gone: show(None))
        else:
            show(follow_up)

    def begin_again(self) -> None:
        follow = self.follow_up
        tomorrow = self.context.day + timedelta(days=1)
        self.fields.fill(follow or NewFollowUp("", tomorrow, self.context.staff_id))
        self.version = follow.version if follow else 0
        self.soon.set_value(None if follow else "1")
        self.context.jobs.run(customers.open_card, self.customer_id, done=self._named, owner=self)
        self.filled()

    def _named(self, card: Card) -> None:
        self.set_head(subtitle=card.name, avatar=card.name)

    def _chosen(self, days: object) -> None:
        if isinstance(days, str):
            self.day.set_value(self.context.day + timedelta(days=int(days)))
        self.touched()

    def put_back(self, said: dict[str, Any]) -> None:
        super().put_back(said)
        self.soon.set_value(None)

    def save(self) -> None:
        if not self.fields.check():
            self.relayout()
            return
        self.busy(True)
        said = self.fields.values()
        if self.follow_up is not None:
            self.write(follow_ups.edit, self.follow_up.id, **said, version=self.version)
        else:
            self.write(follow_ups.add, self.customer_id, **said)
