"""Keyboard hints under a page of lists: what the keys do to the line that has the keyboard."""

from __future__ import annotations

from kapperboek.i18n import _
from kapperboek.ui.widgets.lists.action_list import ActionList
from kapperboek.ui.widgets.lists.action_rows import Row
from kapperboek.ui.widgets.text_labels import Label


class KeyHints(Label):
    """Line of key hints, from the actions of the row itself, so that it cannot promise a key that does nothing."""

    def __init__(self, *lists: ActionList, more: str = "") -> None:
        super().__init__(size=13, token="soft", wrap=True)
        self._more = more
        for rows in lists:
            rows.keyboard_at.connect(self.say)
        self.say(None)

    def say(self, row: Row | None) -> None:
        """Show the keys of this row; of no row, how to come to one."""
        if row is None or row.title:
            parts = [_("↑ ↓ choose a line"), _("type a name to search")]
        else:
            parts = [_("Enter card"), *(f"Alt+{action.key} {action.name.lower()}" for action in row.actions)]
        self.setText(" · ".join(part for part in (*parts, self._more) if part))
