"""Follow-up row of the card: done, called about, put off or changed, by its buttons, by keys, or by a menu."""

from __future__ import annotations

from datetime import timedelta

from kapperboek.domain.views.card_view import FollowUpView
from kapperboek.i18n import _
from kapperboek.services.moments import follow_ups
from kapperboek.ui.card import card_labels as words
from kapperboek.ui.card.card_todo_row import TodoRow, fill_row
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.buttons import Button, icon_button
from kapperboek.ui.widgets.lists.action_rows import Action
from kapperboek.ui.widgets.text_labels import Chip, Label


class FollowUpRow(TodoRow):
    """Row of one open follow-up, with the keys it has on the page of follow-ups."""

    def __init__(self, context: Context, follow: FollowUpView) -> None:
        self._named = (
            (Action("done", "check", _("Done"), "K"), _("Done: {what}")),
            (Action("call", "phone", _("Call"), "B"), _("Call about: {what}")),
            (Action("tomorrow", "snooze", _("Again tomorrow"), "M"), _("Again tomorrow: {what}")),
            (Action("edit", "pencil", _("Change"), "W"), _("Change: {what}")),
        )
        super().__init__(tuple(action for action, _name in self._named), follow.what, "edit")
        self.acted.connect(self.act)
        self.context, self.follow = context, follow
        keys = ", ".join(f"Alt+{action.key} {action.name}" for action in self.actions_)
        self.setAccessibleDescription(_("Enter: move or change; {keys}").format(keys=keys))
        badge = Chip(follow.due_text, "coral" if follow.overdue else "plain")
        facts = [badge, Label(words.follow_up_origin(follow), size=13.5, token="soft")]
        icon = "promise" if follow.kind == "promise" else "follow-up"
        fill_row(self, icon, follow.what, facts, [self._button(*named) for named in self._named])

    def _button(self, action: Action, name: str) -> Button:
        button = icon_button(action.icon, name.format(what=self.follow.what[:80]), kind="plain")
        button.setToolTip(f"{action.name} (Alt+{action.key})")
        button.clicked.connect(lambda: self.act(action.id))
        return button

    def act(self, action: str) -> None:
        """Do this action with the follow-up."""
        follow, context = self.follow, self.context
        if action == "done":
            context.save(follow_ups.done, follow.id, owner=self)
        elif action == "tomorrow":
            context.save(follow_ups.snooze, follow.id, context.day + timedelta(days=1), owner=self)
        else:
            name = "call" if action == "call" else "follow_up"
            context.open_dialog(name, customer_id=follow.customer_id, follow_up=follow)
