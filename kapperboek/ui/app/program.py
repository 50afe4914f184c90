"""Program window from start to end: what is painted first, when the notebook is opened, and how it closes.

Start-up is a race against a bare window, so the first frame is painted before anything else is loaded. Then the
shell is built while the notebook is opened on the database thread, and the page Today comes; the door for second
starts, writing and the backup wait until it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication

from kapperboek import i18n
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.core.gc_on_ui_thread import Garbage
from kapperboek.ui.core.window_state import WindowMemory
from kapperboek.ui.window.main_window import Window

if TYPE_CHECKING:
    from kapperboek.domain.views.settings_view import AtStart
    from kapperboek.services.keeping.security import KeyKeeper
    from kapperboek.ui.keeping.copy_watch import KeepingSafe
    from kapperboek.ui.keeping.elsewhere_watch import Elsewhere
    from kapperboek.ui.keeping.file_watch import FileWatch
    from kapperboek.ui.locking.lock import Lock
    from kapperboek.ui.window.shell import Shell

Key = Callable[[], "bytes | str | None"]
IDLE = 400  # milliseconds after Today stands before writing is imported
LATER = 2000  # until drafts have been offered; nothing may come between somebody and those


def application() -> QApplication:
    """The one QApplication."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QApplication.setDesktopFileName("kapperboek")
    app = QApplication(["kapperboek"])
    app.setApplicationName("Kapperboek")
    app.setQuitOnLastWindowClosed(False)
    return app


def _load_writing() -> None:
    from kapperboek.services import writing_imports

    writing_imports.load()


class Program(QObject):
    """Program: everything that lives as long as the window."""

    leaving = Signal()  # the window goes; another start need not wait for what is still being copied
    followed = Signal(object)  # the notebook goes by this path now
    finished = Signal()

    def __init__(
        self,
        path: Path,
        *,
        key: Key,
        on: date | None = None,
        lang: str | None = None,
        exit_after: str | None = None,
        keeper: KeyKeeper | None = None,
        backups: Path | None = None,
        report: Callable[[BaseException], Path] | None = None,
    ) -> None:
        super().__init__()
        self._garbage = Garbage(self)
        self._key, self._on, self._lang = key, on, lang
        self._exit_after, self._backups, self._report = exit_after, backups, report
        self._keeper = keeper
        self.standing: Callable[[], object] = lambda: None
        self.give_back_memory: Callable[[], object] = lambda: None
        self.memory = WindowMemory(path)
        i18n.set_language(lang or self.memory.now.language or "nl")
        self.app = application()
        self.elsewhere: Elsewhere | None = None
        self.card = 0
        self._furnished = False
        self._stands = False
        self._over = False
        self.file_watch: FileWatch | None = None
        self._importer: Thread | None = None
        self._safe: KeepingSafe | None = None
        self._lock: Lock | None = None
        self.window = Window(self.memory.now, path.exists())
        self.window.painted.connect(self._painted)
        self.window.closing.connect(self.close)

    def _furnish(self) -> None:
        """Load and build everything the first frame did without."""
        from kapperboek.domain.time.clock import SystemClock
        from kapperboek.ui.app.crash import CrashWindow
        from kapperboek.ui.app.open_notebook import Opening
        from kapperboek.ui.app.reopen_notebook import Reopening
        from kapperboek.ui.appearance import theme
        from kapperboek.ui.appearance.qt_translations import QtWords
        from kapperboek.ui.core.context import Context
        from kapperboek.ui.core.jobs import Jobs

        self._furnished = True
        self.qt_words = QtWords(self.app, self)
        self.jobs = Jobs(self)
        self.context = Context(SystemClock(on=self._on), self.jobs, self)
        self.context.backups, self.context.keeper = self._backups, self._keeper
        self.context.put_off.memory = self.memory
        self.opening = Opening(self.context, self.window, self.memory, self.qt_words, self._key, self._on)
        self.opening.begin_early()
        self.reopening = Reopening(self.context, self.window, self.opening)
        self.crash = CrashWindow(self.context, self._report)
        self.crash.install()
        theme.apply(self.app, self.memory.now.theme, self.memory.now.text_scale)
        self.window.furnish(self.context)
        self._connect()
        self.opening.begin()
        if self.window.shell is not None:
            self._show_today(self.window.shell)  # it is asked while the notebook is being opened

    def _show_today(self, shell: Shell) -> None:
        shell.today_filled.connect(self._today_stands)
        shell.show_page("today")

    def _connect(self) -> None:
        from kapperboek.ui.appearance.appearance import Looks
        from kapperboek.ui.keeping.closing_backup import Farewell

        self.opening.opened.connect(self._opened)
        self.opening.trying.connect(self._ask_meanwhile)
        self.window.woken.connect(self._woken)
        self.farewell = Farewell(self.context, self.window, lambda: self.file_watch)
        self.farewell.kept.connect(self.leave)
        self.context.restore_wished.connect(self.reopening.put_back)
        self.context.rekey_wished.connect(self.reopening.lock_anew)
        self.reopening.replaced.connect(self.make_anew)
        self.reopening.locked.connect(self.look_after_copies)
        self.looks = Looks(self.app, self.context, self.memory, self.qt_words, self._lang)
        self.looks.changed.connect(self.make_anew)
        self.opening.spoken.connect(self.looks.forget_asked)

    @property
    def path(self) -> Path:
        """Path of the notebook."""
        return self.memory.path

    def go_to(self, path: Path) -> None:
        """The notebook goes by this path now; its copies too, where the whole folder was moved."""
        copies = self.context.backups
        if copies is not None and copies.parent == self.path.absolute().parent and not copies.is_dir():
            self.context.backups = path.absolute().parent / copies.name
        self.memory.path = path
        self.opening.follow(path)

    def furnished(self) -> bool:
        """Tell whether the window is past its first frame."""
        return self._furnished

    def stands(self) -> bool:
        """Tell whether Today has been filled."""
        return self._stands

    def start(self) -> None:
        """Show the window; the rest follows its first frame."""
        self.window.open()

    # --- opening ------------------------------------------------------------------------------------------

    def _painted(self) -> None:
        if self._exit_after == "paint":
            self.finish()
        elif not self._furnished:
            self._furnish()

    def _ask_meanwhile(self) -> None:
        """Ask what the pages show while the key is worked out, so that it is answered as soon as the notebook opens."""
        if self.window.shell is not None:
            self.window.shell.refresh_all()

    def _opened(self, clock: Any) -> None:
        self.context.clock = clock
        self.context.check_day()
        if self.elsewhere is not None:
            self.elsewhere.begin_again()
        if self.file_watch is not None and self.file_watch.arrived():
            return
        if self.opening.first is not None and not self._stands:
            self._begin_locked(self.opening.first)
            return
        from kapperboek.services import settings

        self.jobs.run(settings.at_start, self._keeper, done=self._got_settings)
        shell = self.window.show_shell()
        if self._stands:
            self.reopening.stands_again()
            return
        if shell.page() is None:
            self._show_today(shell)
        elif not self.opening.asked:
            shell.refresh_all()
        shell.search.resume()
        later(self, self.window.serve, LATER)  # should Today not stand by then
        if self.opening.then_import:
            shell.show_page("importing")

    def _begin_locked(self, found: AtStart) -> None:
        """Lock at the start: who was here last shows their PIN first; what was asked for Today goes with its page."""
        self.window.take_pages_away()
        self._got_settings(found)
        self.lock.begin()
        self._let_others_in()
        if self._exit_after == "today":
            later(self, self.finish)

    def go_on(self) -> None:
        """The PIN was right: Today, as after any opening."""
        self._show_today(self.window.show_shell())

    def _got_settings(self, found: AtStart) -> None:
        from kapperboek.services.settings import at_work

        shop, self.context.staff, self.context.asks_passphrase = found
        now = self.context.staff_id
        mine = at_work(self.context.staff, now or self.memory.now.staff, known=bool(now) or self.opening.known)
        self.context.set_shop(shop)
        if self.window.shell is not None:
            self.window.shell.nav.set_staff(self.context.staff, mine)
        self.context.set_staff(mine)

    def _today_stands(self, _count: int) -> None:
        if self._stands:
            return
        self._stands = True
        self._paint_page()
        if self._exit_after == "today":
            later(self, self.finish)
            return
        self.qt_words.speak(i18n.language())
        self.window.serve()
        self.context.lock_wished.connect(self.lock.lock)
        if self.card:
            self.show_card(self.card)
        later(self, self._settle, IDLE)

    def _paint_page(self) -> None:
        """Paint the page in front, each row where it stays, before anything is done that nobody waits for."""
        page = self.window.page()
        if page is not None:
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            page.repaint()

    @property
    def lock(self) -> Lock:
        """Lock of the window, made when it is first needed."""
        from kapperboek.ui.locking.lock import Lock

        if self._lock is None:
            self._lock = Lock(self.context, self.window, self.qt_words, self.stands)
            self._lock.first_opened.connect(self.go_on)
            self._lock.emptied.connect(lambda: self.give_back_memory())
        return self._lock

    def _let_others_in(self) -> None:
        """Second starts come through this window from now on."""
        stands, self.standing = self.standing, lambda: None
        stands()

    def show_card(self, customer_id: int) -> None:
        """Show the card of somebody who is calling. Not over a locked or still closed notebook."""
        if self._stands and self.window.cover is None:
            self.context.open_customer(customer_id)

    def _settle(self) -> None:
        """Start what can wait until the first page stands: second starts, drafts, writing, the day, the backup."""
        from kapperboek.ui.keeping import elsewhere_watch, file_notices, file_watch, idle_work
        from kapperboek.ui.locking import idle_lock
        from kapperboek.ui.start.startup_offers import offer

        if self._over:
            return
        self._let_others_in()
        if self.window.shell is not None:
            self.window.shell.search.prepare()
        self.context.start_watching_the_day()
        idle_lock.QuietWatch(self.context, self.context.lock_wished.emit)
        idle_work.Tidying(self.context, self)
        self.file_watch = file_watch.FileWatch(self.context, self.window.above)
        self.file_watch.found.connect(self.go_to)
        self.file_watch.followed.connect(self.followed)
        self.elsewhere = elsewhere_watch.Elsewhere(self.context, self)
        offer(self.context, self.window.above)
        file_notices.offer(self.context, self.window.above)
        # SQLModel takes longer to import than the window to open: done now, so that the first save is quick.
        self._importer = Thread(target=_load_writing, daemon=True)
        self._importer.start()
        later(self, self._keep_safe, LATER)

    def look_after_copies(self) -> None:
        """Look after the backups at once, and not when it is due."""
        self._keep_safe()
        if self._safe is not None:
            self._safe.look_after()

    def _keep_safe(self) -> None:
        from kapperboek.ui.keeping.copy_watch import KeepingSafe

        if self._safe is None and self.context.backups is not None and not self._over:
            self._safe = KeepingSafe(self.context, self.window.above, self)

    def _woken(self) -> None:
        self.context.check_day()
        if self.elsewhere is not None:
            self.elsewhere.look()

    def make_anew(self) -> None:
        """Every page in the words, colours and lengths of now."""
        self.window.make_anew()
        if self.window.shell is not None:
            self.window.shell.today_filled.connect(self._today_stands)

    # --- closing ------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Keep what is half typed, wait for every save, then go. A save that fails keeps the window open."""
        if self._furnished:
            self.farewell.begin()
        else:
            self.finish()

    def leave(self) -> None:
        """Leave, now that all is kept."""
        if self._over:
            return
        self._over = True
        self.leaving.emit()
        if not self._stands or self.context.backups is None:
            self.finish()
            return
        from kapperboek.ui.keeping.closing_backup import last_copy

        last_copy(self.window, self.jobs, self.context.backups, self._keeper, self.finish)

    def finish(self) -> None:
        """The end: remember the window's place, close the notebook, quit."""
        self._over = True
        if self._furnished:
            if self._exit_after is None and self.jobs.is_open():
                self._remember()
            self.jobs.close()
            self.qt_words.stop()
        if self._importer is not None:
            self._importer.join()
        self.window.close_for_good()
        self._garbage.stop()
        self.finished.emit()

    def _remember(self) -> None:
        place, full = self.window.place_now(), self.window.isMaximized()
        self.memory.change(place=place, full=full, staff=self.context.staff_id)
        self.memory.save()
