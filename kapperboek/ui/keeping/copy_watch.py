"""Watch over the copies that make themselves behind the window; one banner above the page when one needs somebody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kapperboek.domain.views.file_health import BackupState
from kapperboek.i18n import _, format_day
from kapperboek.services.keeping import maintenance
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.widgets.banner import Banner, put_above
from kapperboek.ui.widgets.buttons import Button

_NAMED = 5
SOON = 20_000  # milliseconds after the start or after midnight


class KeepingSafe(QObject):
    """Once a day the copy of the day, the second place, and now and then a rehearsal; ``above`` gives where the line
    goes, while there is such a place. Only where the program has a folder for them."""

    def __init__(
        self, context: Context, above: Callable[[], QVBoxLayout | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.context, self._above = context, above
        self.bar: BackupBar | None = None
        self._soon()
        context.day_changed.connect(lambda _day: self._soon())

    def _soon(self) -> None:
        later(self, self.look_after, SOON)

    def look_after(self) -> None:
        """Look after the backups: do what is due."""
        if self.context.jobs.is_open():
            self.context.jobs.work(
                maintenance.look_after,
                self.context.backups,
                self.context.keeper,
                progress=lambda _text, _share: None,
                done=self.show,
                failed=self._failed,
                owner=self,
            )

    def _failed(self, error: Exception) -> None:
        if getattr(error, "code", "") == "cancelled":
            return
        self.context.tell(error)
        self.context.jobs.run(maintenance.backup_state, self.context.backups, done=self.show, owner=self)

    def show(self, state: BackupState) -> None:
        """The line, when there is something to say; else none."""
        words = warning(state, self.context)
        if self.bar is not None:
            self.bar.hide()
            self.bar.deleteLater()
            self.bar = None
        above = self._above()
        if words and above is not None:
            self.bar = BackupBar(self.context, words)
            quiet = state._replace(is_old=False, rehearsal_trouble="", old_keys="")
            if state.settled:
                quiet = state._replace(settled="")
                self.bar.closed.clicked.connect(lambda: self.context.jobs.run(maintenance.settled_was_read))
            self.bar.closed.clicked.connect(lambda: self.show(quiet))
            put_above(above, self.bar)
            self.bar.show()


class BackupBar(Banner):
    """Banner about the backups: what is amiss with them, and the way to the settings."""

    def __init__(self, context: Context, words: str, parent: QWidget | None = None) -> None:
        self.open = Button(_("Backups"), size="small")
        self.closed = Button(_("Later"), kind="quiet", size="small")
        super().__init__("backup", words, (self.open, self.closed), "coral", parent)
        self.open.clicked.connect(lambda: context.open_page("settings", subject="backup"))


def warning(state: BackupState, context: Context) -> str:
    """Warning about the backups: what somebody must know and do; empty when all is well."""
    if state.settled:
        return state.settled
    if state.is_old and state.last is None:
        return _("There is no backup yet. Make one in the settings.")
    if state.is_old and state.last is not None:
        day = format_day(state.last.date(), context.day)
        return _("The last good backup is of {day}. Make one in the settings.").format(day=day)
    if state.rehearsal_trouble:
        return _("A backup could not be put back as a test: {trouble}").format(trouble=state.rehearsal_trouble)
    return state.old_keys


def place_words(state: BackupState, context: Context) -> str:
    """Second place for copies in words: where it is, and when something was last copied there."""
    if state.place is None:
        return _("On a USB stick, for example, that you keep at home.")
    parts = [str(state.place)]
    if not state.place_there:
        parts.append(_("not connected now"))
    if state.copied_at is not None:
        day = format_day(state.copied_at.date(), context.day)
        parts.append(_("last copied there: {day}").format(day=day))
    if state.copy_trouble:
        parts.append(state.copy_trouble)
    return " · ".join(parts)


def where_words(state: BackupState, folder: Path) -> str:
    """Folder of the copies in words, and which of them stay there until somebody throws them away."""
    if not state.by_hand:
        return str(folder)
    files = ", ".join(state.by_hand[:_NAMED]) + (" …" if len(state.by_hand) > _NAMED else "")
    words = _("These stay until you throw them away, and who was forgotten may still be in them: {files}")
    return f"{folder}\n{words.format(files=files)}"


def rehearsal_words(state: BackupState, context: Context) -> str:
    """Result of the last rehearsal in words: day and outcome of putting a backup back as a test."""
    if state.rehearsed_at is None:
        return _("Once a month a copy is put back by itself in a temporary place, and looked through.")
    day = format_day(state.rehearsed_at.date(), context.day)
    if state.rehearsal_trouble:
        return f"{day}: {state.rehearsal_trouble}"
    words = _("{day}: the newest copy and an older one were put back in a temporary place, and are whole.")
    return words.format(day=day)
