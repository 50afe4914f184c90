"""Choose the customer for a new follow-up: type a few letters, choose, and the follow-up itself opens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from kapperboek.domain.views.search_view import FindResult, Found
from kapperboek.i18n import _
from kapperboek.services.customers import customers
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.widgets.buttons import icon_button
from kapperboek.ui.widgets.form_fields import LineEdit
from kapperboek.ui.widgets.frames import CardFrame
from kapperboek.ui.widgets.lists.action_list import ActionList
from kapperboek.ui.widgets.lists.action_rows import Row
from kapperboek.ui.widgets.text_labels import Label

MOST = 5


class ChooseCustomer(CardFrame):
    """Search line with the first few customers it finds. Enter takes the first, the arrows go to the others."""

    chosen = Signal(int)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(_("For whom?"), icon="search")
        self.context = context
        self.line = LineEdit(placeholder=_("Name, phone or number"), name=_("For whom?"))
        shut = icon_button("cross", _("Close"), hint="Esc")
        shut.clicked.connect(self.left.emit)
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(shut)
        self.nobody = Label(_("Nobody found"), size=13.5, token="soft")
        self.nobody.hide()
        self.found = ActionList(_("Found"), grows=True)
        self.found.hide()
        self.body.addLayout(row)
        self.body.addWidget(self.nobody)
        self.body.addWidget(self.found)
        self.body.setSpacing(theme.px(6))
        self.line.textEdited.connect(self._typed)
        self.line.returnPressed.connect(self._take_first)
        self.line.installEventFilter(self)
        self.found.installEventFilter(self)
        self.found.opened.connect(lambda subject: self.chosen.emit(subject.customer_id))
        self.setFocusProxy(self.line)
        self._enter = False

    def start(self) -> None:
        """Begin anew."""
        self.line.clear()
        self._show(())
        self.nobody.hide()
        self.line.setFocus()

    def _typed(self, text: str) -> None:
        self._enter = False
        if text.strip():
            self.context.jobs.run(
                customers.find, text, MOST, done=self._got, key="follow_ups.find", owner=self
            )
        else:
            self._show(())
            self.nobody.hide()

    def _got(self, result: FindResult) -> None:
        self._show(result.results[:MOST])
        self.nobody.setVisible(not result.results)
        if self._enter:
            self._enter = False
            self._take_first()

    def _show(self, found: tuple[Found, ...]) -> None:
        rows = [
            Row(each.name, each, right=(f"#{each.number}", ""), lines=self._lines(each)) for each in found
        ]
        self.found.setVisible(bool(rows))
        self.found.set_rows(rows)
        later(self, self.updateGeometry)

    def _lines(self, found: Found) -> tuple[tuple[str, str], ...]:
        text = (
            ""
            if self.context.discreet
            else " · ".join(part for part in (*found.phones[:1], found.place) if part)
        )
        return ((text, "soft"),) if text else ()

    def _take_first(self) -> None:
        rows = self.found.rows()
        if rows and isinstance(rows[0].subject, Found):
            self.chosen.emit(rows[0].subject.customer_id)
        else:
            self._enter = True  # the answer is still under way

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Down and watched is self.line and self.found.rows():
                self.found.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if (
                event.key() == Qt.Key.Key_Up
                and watched is self.found
                and self.found.currentIndex().row() == 0
            ):
                self.line.setFocus()
                return True
        return False
