"""When a bug shows: half-typed work is kept, a report without personal data is written, and the program goes
on.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from kapperboek import __version__
from kapperboek.i18n import _
from kapperboek.ui.context import Context
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.labels import Label
from kapperboek.ui.widgets.sheet import SheetDialog, open_sheets


def summary(error: BaseException) -> str:
    """What happened and where, without a value: messages of errors may quote what somebody typed."""
    lines = [f"Kapperboek {__version__} · Python {sys.version.split()[0]} · {sys.platform}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__name__)
        lines.extend(
            f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(seen.__traceback__)
        )
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


class CrashSheet(SheetDialog):
    """Says so, shows the report, lets it be copied, and goes on."""

    def __init__(self, context: Context, report: str, place: str) -> None:
        super().__init__(context, _("Something went wrong in Kapperboek"), width=760, save_text=_("Go on"))
        self.cancel_button.hide()
        kept = _(
            "What you had saved is safe, and what you were typing is kept as a draft. You can go on working."
        )
        self.body.addWidget(Label(kept, wrap=True))
        self.body.addWidget(
            Label(_("This report contains nothing about customers:"), size=13, token="soft", wrap=True)
        )
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(_("Report"))
        self.report.setTabChangesFocus(True)
        self.body.addWidget(self.report)
        if place:
            self.body.addWidget(Label(place, size=12, token="soft", wrap=True))
        copy = Button(_("Copy the report"), icon="copy", size="large")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        self.extra.addWidget(copy)


class CrashWindow:
    """Takes over what nobody caught: on the window's thread, in a slot, on another thread."""

    def __init__(self, context: Context, report: Callable[[BaseException], Path] | None = None) -> None:
        self._context = context
        self._report = report
        self._open = False
        context.crash_wished.connect(self.show)

    def install(self) -> None:
        """From now on bugs come here instead of ending up in the terminal alone."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.show(error.with_traceback(trace))

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._context.crash_wished.emit(args.exc_value)

    def show(self, error: BaseException) -> None:
        """Keep the drafts, write the report, and say so; one at a time, so that a bug in a timer is no
        avalanche.
        """
        text = summary(error)
        print(text, file=sys.stderr)
        place = ""
        if self._report is not None:
            try:
                place = str(self._report(error))
            except OSError:
                place = ""
        if self._open:
            return
        self._open = True
        for sheet in open_sheets():
            sheet.save_draft()
        sheet = CrashSheet(self._context, text, place)
        sheet.closed.connect(self._closed)
        sheet.open()

    def _closed(self, _saved: bool) -> None:
        self._open = False
