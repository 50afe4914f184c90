"""Last focused line of a page, for keys pressed after the keyboard went elsewhere."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent

from kapperboek.ui.widgets.lists.action_list import ActionList
from kapperboek.ui.widgets.lists.action_rows import Row


class LineInUse:
    """Line last in use in these lists, in reading order; acted upon only once it was seen to have the keyboard."""

    def __init__(self, *lists: ActionList) -> None:
        self._lists = lists
        self._last: ActionList | None = None
        self._seen: object = None  # whose line it was: by now somebody else's may stand in its place
        for rows in lists:
            rows.keyboard_at.connect(lambda row, rows=rows: self._came(rows, row))

    def _came(self, rows: ActionList, row: Row | None) -> None:
        if row is not None:
            self._last, self._seen = rows, row.subject

    def forget(self) -> None:
        """Forget the line: the page comes to the front anew."""
        self._last = None

    def act(self, event: QKeyEvent) -> bool:
        """Do what Alt and this letter mean to the line in use; gives whether it is a key of that line.

        When none was chosen yet, or another stands in its place since, that one gets the keyboard, so that one sees to
        which it would be done.
        """
        chosen = self._last if self._last is not None and self._has_line(self._last) else None
        target = chosen or next((rows for rows in self._lists if self._has_line(rows)), None)
        row = target.current() if target is not None else None
        if target is None or row is None or event.key() not in [ord(action.key) for action in row.actions]:
            return False
        target.come_back(event if chosen is not None and row.subject == self._seen else None)
        return True

    @staticmethod
    def _has_line(rows: ActionList) -> bool:
        return rows.isVisible() and rows.current() is not None
