"""Health facts on the card: a coral line says that there are; one key or click shows them, and that is written down."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from kapperboek.domain.law.health_mask import mask
from kapperboek.domain.views.privacy_views import HealthView
from kapperboek.i18n import _
from kapperboek.services.privacy import health_facts
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import Flag

SHOWN_FOR = 60_000  # milliseconds; then it is masked again by itself


class HealthLine(Flag):
    """Masked line of health facts, ``set_facts`` says whose and how many; masked again when no longer looked at."""

    _shown = False  # asked for by hideEvent while a Flag is still being made

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.context = context
        self._customer_id, self._count = 0, 0
        self.button = Button(_("Show"), icon="eye", size="small", hint="Ctrl I")
        self.button.clicked.connect(self.toggle)
        self.row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.setContentsMargins(theme.px(13), theme.px(1), theme.px(1), theme.px(1))
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.hide_words)
        context.staff_changed.connect(lambda _staff: self.hide_words())

    def set_facts(self, customer_id: int, count: int) -> None:
        """Set the number of facts of this customer; none hides the line."""
        if (customer_id, count) != (self._customer_id, self._count):
            self._customer_id, self._count = customer_id, count
            self.hide_words()

    def toggle(self) -> None:
        """Show the words, or mask them again; with none, ask for the first."""
        if self._shown:
            self.hide_words()
        elif not self._count:  # nothing to show: one may be added
            if self._customer_id:
                self.context.open_dialog("health", customer_id=self._customer_id)
        else:
            jobs, by = self.context.jobs, self.context.staff_id
            jobs.run(health_facts.look, self._customer_id, by=by, done=self._got, failed=self.context.tell, owner=self)

    def hide_words(self) -> None:
        """Mask the words again."""
        self._again.stop()
        self._tell(mask(self._count), shown=False)

    def _got(self, view: HealthView) -> None:
        if view.customer_id == self._customer_id and not self.context.discreet and self.isVisible():
            self._tell("\n".join(fact.text for fact in view.facts), shown=True)
            self._again.start(SHOWN_FOR)

    def _tell(self, text: str, *, shown: bool) -> None:
        self._shown = shown
        self.button.setText(_("Mask") if shown else _("Show"))
        self.button.setAccessibleName(_("Mask the health facts") if shown else _("Show the health facts"))
        self.button.set_icon("eye-off" if shown else "eye")
        self.set_text(text)

    def hideEvent(self, event: QHideEvent) -> None:
        if self._shown:
            self._shown = False
            self.hide_words()
        super().hideEvent(event)
