"""Top of the appointment dialog, always in sight: warnings, health facts, talk points."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.appointment_view import AppointmentStart
from kapperboek.i18n import _
from kapperboek.ui.card.card_discreet import warning_veiled
from kapperboek.ui.card.card_many import AT_ONCE
from kapperboek.ui.card.knowledge.health_line import HealthLine
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.frames import Flag
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.text_labels import Chip


class AppointmentTop(QWidget):
    """Strip of coral warnings and yellow talk points; of the words nothing is left while somebody looks along."""

    resized = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        box = vbox(self, gap=6)
        self.warnings = Flag("", parent=self)
        self.health = HealthLine(context, parent=self)
        self._points = QWidget(self)
        self._flow = FlowLayout(self._points, 6, 6)
        box.addWidget(self.warnings)
        box.addWidget(self.health)
        box.addWidget(flow_policy(self._points))
        self._points.hide()

    def show_start(self, start: AppointmentStart) -> None:
        """Show what there is of this customer."""
        hidden = self.context.discreet
        veiled = warning_veiled() if hidden and (start.warnings or start.health_facts) else ""
        self.warnings.set_text(veiled or ("" if hidden else " · ".join(start.warnings)))
        self.health.set_facts(start.customer_id, 0 if hidden else start.health_facts)
        self._flow.clear()
        points = () if hidden else start.talk_points[:AT_ONCE]
        for text in points:
            self._flow.addWidget(Chip(text, "note"))
        self._points.setAccessibleName(_("Talk about: {points}").format(points=" · ".join(points)) if points else "")
        self._points.setVisible(bool(points))
        self.setVisible(bool(points or start.warnings or start.health_facts))
        self.resized.emit()
