"""Opening of a notebook, from its path on: first start, passphrase, and trouble, each with its own page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kapperboek import i18n
from kapperboek.domain.errors import UserError
from kapperboek.domain.views.settings_view import AtStart
from kapperboek.i18n import _
from kapperboek.services import settings
from kapperboek.services.keeping import notebooks, security
from kapperboek.services.keeping.security import NO_KEY
from kapperboek.ui.appearance.qt_translations import QtWords
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.core.window_state import WindowMemory
from kapperboek.ui.window.main_window import Window

if TYPE_CHECKING:
    from kapperboek.ui.start.full_page import Cover

SAY_AFTER = 2500  # milliseconds without an answer of the key store before that is said


def _encrypting() -> Cover:
    from kapperboek.ui.start.full_page import Cover

    return Cover(_("Encrypting the notebook…"), _("This takes a moment."))


class Opening(QObject):
    """Tries to open, and shows what is needed when that does not work. ``opened(clock)`` once it is open."""

    opened = Signal(object)
    trying = Signal()  # it is being opened once more: its pages can be asked meanwhile, they are answered next
    spoken = Signal()  # a language was chosen before there are settings

    def __init__(
        self,
        context: Context,
        window: Window,
        memory: WindowMemory,
        qt_words: QtWords,
        key: Callable[[], bytes | str | None],
        on: date | None,
    ) -> None:
        super().__init__(context)
        self._context, self._jobs, self._window = context, context.jobs, window
        self._memory, self._qt_words = memory, qt_words
        self._path, self._keeper, self._key, self._on = memory.path, context.keeper, key, on
        self._book: Any = None
        self._typed: str | None = None
        self.then_import = False
        self.kept_aside: Path | None = None  # where the notebook is that a copy took the place of
        self.refused: UserError | None = None  # why it has no other key
        self.locked_anew = False
        self._asking_store = False
        self._exists = self._path.exists()
        self.asked = True  # what the pages show was asked while it was being opened
        self.known = False  # the passphrase was typed by the only one who works here
        self.first: AtStart | None = None  # for the lock, when who was here last must show their PIN first

    def begin_early(self) -> None:
        """Open on the database thread while the window is being built."""
        if self._exists:
            self._open()

    def begin(self) -> None:
        """The window is built: show the shell, or the first start when there is no notebook yet."""
        if self._exists:
            self._window.show_shell()
            later(self, self._say_waiting, SAY_AFTER)
        else:
            self._first_start()

    def _say_waiting(self) -> None:
        """The computer may be asking somebody to unlock its key store: then the lists stay empty for a reason."""
        from kapperboek.ui.start.full_page import Cover

        if self._asking_store:
            words = _("It has the key of this notebook. Unlock it when the computer asks for it.")
            self._cover(Cover(_("Waiting for the key store…"), words))

    def _open(self) -> None:
        self._jobs.open(self._opener, self._done, self._failed)

    def _opener(self) -> Any:
        """Open the notebook, on the database thread."""
        key = self._typed if self._typed is not None else self._kept_key()
        self._book = notebooks.open_(
            self._path, key=key, keeper=self._keeper, backups=self._context.backups, on=self._on
        )
        if self._typed:
            security.keep_again(self._book, self._keeper)
        raw = self._book.key
        self._key = lambda: raw  # for opening it again after a copy was put back: nobody types it twice
        self._look_who(self._book)
        return self._book

    def _kept_key(self) -> bytes | str | None:
        """Key that the program was given or has kept; it may take somebody's unlocking of a key store."""
        self._asking_store = self._keeper is not None and security.in_key_store(self._path, self._keeper)
        try:
            return self._key()
        finally:
            self._asking_store = False

    def _look_who(self, book: Any) -> None:
        """Look who works before anything of a customer is asked; a passphrase many know tells not who they are."""
        try:
            self.known = bool(self._typed) and settings.works_alone(book)
            self.first = None if self.known else settings.asked_first(book, self._memory.now.staff, self._keeper)
        except Exception as error:
            told = book.explained(error)
            book.close()
            raise told from error

    def _done(self, _nothing: object) -> None:
        clock, self._book, self._typed = self._book.clock, None, None
        self._context.notebook = self._path
        self.opened.emit(clock)

    def _failed(self, error: Exception) -> None:
        self.asked = False  # what was asked meanwhile is let go
        if not isinstance(error, UserError):
            self._context.tell(error)
        elif error.code in (*NO_KEY, "wrong-key"):
            self._ask(error)
        elif error.code == "no-notebook":
            self._first_start()
        else:
            self._trouble(error)

    def _cover(self, page: Cover) -> None:
        """A page that can open Qt's own dialogs and menus before Today stands."""
        self._qt_words.speak(i18n.language())
        self._window.serve()
        self._window.show_cover(page)

    # --- pages --------------------------------------------------------------------------------------------

    def _first_start(self) -> None:
        from kapperboek.ui.start.first_start import FirstStartPage

        page = FirstStartPage()
        page.begun.connect(self._begin_new)
        page.spoken.connect(self._speak)
        if isinstance(before := self._window.cover, FirstStartPage):
            page.take_over(before)
        self._cover(page)

    def _speak(self, language: str) -> None:
        """Speak another language before there are settings to choose it in: the notebook begins with it."""
        i18n.set_language(language)
        self.spoken.emit()
        later(self, self._first_start)

    def _ask(self, error: UserError) -> None:
        from kapperboek.ui.start.unlock import UnlockPage

        page = self._window.cover
        if not isinstance(page, UnlockPage):
            page = UnlockPage()
            Thread(target=security.prepare_to_derive, daemon=True).start()  # while somebody types
            page.unlocked.connect(self._unlock)
            self._cover(page)
            page.again.connect(self._ask_again)
            if self._typed is None and error.code == "needs-key":
                return
        page.refuse(error.message, again=error.code == "key-store")

    def _ask_again(self) -> None:
        """Open again, for the key store was unlocked meanwhile."""
        self._try(None)

    def _unlock(self, typed: str) -> None:
        self._try(typed)

    def _try(self, typed: str | None) -> None:
        self._typed = typed
        self._open()
        self.trying.emit()
        self.asked = True

    def _trouble(self, error: UserError) -> None:
        from kapperboek.ui.start.cannot_open import TroublePage

        page = TroublePage(error, self._path, self._context.backups)
        page.again.connect(self._open)
        page.restore.connect(self.restore)
        page.rescue.connect(self._rescue)
        self._cover(page)

    def follow(self, path: Path) -> None:
        """The notebook, which is closed, goes by this name now: open it there. What the pages show stays true."""
        self._path = path
        self._open()

    def restore(self, backup: Path, another: bool = False) -> None:
        """Put a copy in the notebook's place, which is closed, and open that; the present one is kept aside. With
        ``another`` also one of another notebook."""
        from kapperboek.services.keeping import maintenance
        from kapperboek.ui.start.full_page import Cover

        self._window.show_cover(Cover(_("Putting the copy back…"), str(backup.name)))
        now = self._context.clock.local()

        def opener() -> Any:
            key = self._typed or self._key()
            how: dict[str, Any] = {"now": now, "keeper": self._keeper, "another": another}
            self.kept_aside = maintenance.restore(backup, self._path, key=key, **how)
            return self._opener()

        self._jobs.open(opener, self._done, self._failed)

    def _rescue(self) -> None:
        """All that can still be read into a new notebook in the damaged one's place; that is kept aside."""
        from kapperboek.services.keeping import maintenance
        from kapperboek.ui.start.full_page import Cover

        self._window.show_cover(Cover(_("Saving what can be read…"), _("This can take some minutes.")))
        clock = self._context.clock
        places: dict[str, Any] = {"backups": self._context.backups, "keeper": self._keeper}

        def opener() -> Any:
            key = self._typed or self._key()
            self.kept_aside = maintenance.rescue_in_place(self._path, key=key, clock=clock, **places)
            return self._opener()

        self._jobs.open(opener, self._done, self._failed)

    def lock_anew(self, passphrase: str | None, keep: bool, same: bool) -> None:
        """The notebook, which is closed, under another key; then open it with that. ``same``: the passphrase is."""
        keeper = self._keeper
        if keeper is None:
            return
        self._window.show_cover(_encrypting())
        by = self._context.staff_id

        def opener() -> Any:
            old = self._key()
            assert isinstance(old, bytes)  # it was open
            try:
                key = security.change_key(self._path, old, passphrase, keeper, keep=keep, by=by)
            except UserError as error:
                self.refused = error  # the notebook is as it was: open it, and say so then
                return self._opener()
            self._key = lambda: key
            self.locked_anew = True
            book = self._opener()
            security.note_passphrase(book, passphrase is not None, same=same, by=by)
            return book

        self._jobs.open(opener, self._done, self._failed)

    def _begin_new(self, shop: str, name: str, how: str) -> None:
        from kapperboek.ui.start.first_start import DEMO, IMPORT

        self.then_import = how == IMPORT
        make = self._make_demo if how == DEMO else self._make
        self._jobs.open(lambda: make(shop, name), self._done, self._new_failed)

    def _make(self, shop: str, name: str) -> Any:
        self._book = book = notebooks.create(
            self._path, key=self._key(), keeper=self._keeper, shop_name=shop, staff_name=name, on=self._on
        )
        self._key = lambda: book.key
        return book

    def _make_demo(self, shop: str, name: str) -> Any:
        from kapperboek.ui.core.demo_salon import demo_path, open_or_make

        path = demo_path(self._path)
        self._book = book = open_or_make(path, self._keeper, self._on, shop, name)
        self._path = path
        self._key = lambda: book.key
        return book

    def _new_failed(self, error: Exception) -> None:
        from kapperboek.ui.start.first_start import FirstStartPage

        page = self._window.cover
        if isinstance(error, UserError) and isinstance(page, FirstStartPage):
            page.busy("")
            page.tell(error.message)
        else:
            self._context.tell(error)
