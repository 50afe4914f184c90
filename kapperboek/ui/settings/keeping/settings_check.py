"""Settings: integrity check, looking for damage while work goes on."""

from __future__ import annotations

from kapperboek.domain.views.file_health import Findings
from kapperboek.i18n import _
from kapperboek.services.keeping import maintenance
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.jobs import Handle
from kapperboek.ui.settings.settings_rows import SettingRow
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.layout.side_by_side import in_a_row


class CheckRow(SettingRow):
    """Row that checks the whole notebook when asked, tells how far it is, and can be stopped."""

    def __init__(self, context: Context) -> None:
        self.now, self.stop = Button(_("Check now")), Button(_("Stop"), kind="quiet")
        words = _("The whole notebook is read through. You can go on working meanwhile.")
        super().__init__(_("Look for damage"), words, in_a_row(self.now, self.stop), 0)
        self._context = context
        self._handle: Handle | None = None
        self.stop.hide()
        self.now.clicked.connect(self._begin)
        self.stop.clicked.connect(self._stop)

    def _begin(self) -> None:
        self._say(_("Checking…"), running=True)
        self.stop.setFocus()
        self._handle = self._context.jobs.work(
            maintenance.check, progress=self._progress, done=self._done, failed=self._failed, owner=self
        )

    def _progress(self, text: str, share: float) -> None:
        if text and self.stop.isEnabled():
            self.set_remark(f"{text} · {share:.0%}")

    def _stop(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self.stop.setEnabled(False)
            self.set_remark(_("Stopping…"))

    def _done(self, found: Findings) -> None:
        self._say("" if found.problems else _("Everything is in order."))
        self.show_error(" ".join(found.problems))

    def _failed(self, error: Exception) -> None:
        self._say("")
        if getattr(error, "code", "") == "cancelled":
            self.set_remark(str(error))
        else:
            self._context.tell(error)

    def _say(self, words: str, *, running: bool = False) -> None:
        held = self.stop.hasFocus()
        self.set_remark(words)
        self.show_error("")
        self.now.setEnabled(not running)
        self.stop.setVisible(running)
        self.stop.setEnabled(True)
        if held and not running:
            self.now.setFocus()
