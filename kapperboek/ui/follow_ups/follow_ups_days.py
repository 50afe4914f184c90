"""Menu to put a follow-up off (snooze) to another day."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from kapperboek.domain.views.card_view import FollowUpView
from kapperboek.i18n import _, format_weekday
from kapperboek.services.moments import follow_ups
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.lists.action_list import ActionList


def choose_day(context: Context, rows: ActionList, view: FollowUpView) -> None:
    """Ask until when, and keep it; another day or other words are chosen in the follow-up itself."""
    menu = QMenu(rows)
    for words, days in (
        (_("Tomorrow"), 1), (_("In three days"), 3), (_("In a week"), 7), (_("In two weeks"), 14),
        (_("In four weeks"), 28),
    ):
        day = context.day + timedelta(days=days)
        action = menu.addAction(f"{words} – {format_weekday(day)}")
        action.triggered.connect(
            lambda _on=False, until=day: context.save(follow_ups.snooze, view.id, until, owner=rows)
        )
    menu.addSeparator()
    menu.addAction(
        _("Other day or other words…"),
        lambda: context.open_dialog("follow_up", customer_id=view.customer_id, follow_up=view),
    )
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    place = rows.viewport().mapToGlobal(rows.visualRect(rows.currentIndex()).center())
    menu.popup(QCursor.pos() if rows.underMouse() else place)
    menu.setActiveAction(menu.actions()[0])
