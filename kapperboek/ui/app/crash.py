"""Crash handling: half-typed work is kept, a report without personal data is written, and the program goes on."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from kapperboek import __version__
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets


def summary(error: BaseException) -> str:
    """Crash report: what happened and where, without a value; messages of errors may quote what somebody typed."""
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


class CrashWindow:
    """Takes over what nobody caught: on the window's thread, in a slot, on another thread."""

    def __init__(self, context: Context, report: Callable[[BaseException], Path] | None = None) -> None:
        self._context = context
        self._report = report
        self._open = False
        context.crash_wished.connect(self.show)

    def install(self) -> None:
        """Install the hooks: bugs come here from now on instead of ending up in the terminal alone."""
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
        from kapperboek.ui.app.crash_dialog import CrashSheet

        sheet = CrashSheet(self._context, text, place)
        sheet.closed.connect(self._closed)
        sheet.open()

    def _closed(self, _saved: bool) -> None:
        self._open = False
