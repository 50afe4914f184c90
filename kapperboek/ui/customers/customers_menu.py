"""Context menu of a customer in the list: what the card offers, without going there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from kapperboek.i18n import _
from kapperboek.ui.appearance.icons import icon
from kapperboek.ui.core.context import Context


def customer_menu(context: Context, customer_id: int, parent: QWidget) -> QMenu:
    """Make the context menu of a customer, not yet shown."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name, words, keys, do in (
        ("customers", _("Open the card"), "Return", context.open_customer),
        ("scissors", _("Note a visit"), "Ctrl+Return", context.note_visit),
        ("note", _("Conversation"), "", context.note_contact),
        ("follow-up", _("Follow up"), "", context.add_follow_up),
        ("calendar", _("Appointment…"), "", context.add_appointment),
        ("pencil", _("Edit the card"), "", context.edit_customer),
    ):
        action = menu.addAction(icon(name), words)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _on=False, do=do: do(customer_id))
    return menu
