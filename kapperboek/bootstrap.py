"""The one place where the rooms are wired together: the options before the command, then the window or a command.

The window's path must be short: what stands before the command is read by hand, because argparse is only needed for
what stands behind it, and the key is worked out in a thread of its own while Qt is being imported.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from kapperboek import durable
from kapperboek.domain.errors import CannotOpen, UsageError, UserError
from kapperboek.i18n import LANGUAGES, _, set_language
from kapperboek.system import paths, process

if TYPE_CHECKING:
    from kapperboek.domain.views.printed_document import Paper
    from kapperboek.system.key_store import KeyStore

DEFAULT_LANGUAGE = "nl"
EXIT_AFTER = ("paint", "today")
PASSPHRASE = "KAPPERBOEK_PASSPHRASE"  # in the environment
YEARS = range(1900, 3000)  # a notebook can be on


class Options(NamedTuple):
    """Options before the command (notebook, language, day, …), and the rest of the command line."""

    notebook: Path | None = None
    lang: str | None = None
    on: date | None = None
    exit_after: str | None = None
    card: int = 0  # the window opens with this card: a caller's
    rest: tuple[str, ...] = ()


def main(argv: list[str]) -> int:
    """Run the window or a command; gives the exit code. Never raises but for what ends the process anyway."""
    set_language(DEFAULT_LANGUAGE)
    process.leave_no_core()
    if argv[:1] == ["--read-workbook"] and len(argv) == 2:
        return read_workbook(argv[1])
    if argv[:1] == ["--ask-key-store"] and len(argv) == 3:
        return ask_key_store(argv[1], argv[2])
    try:
        passphrase = _passphrase()
        options = read_options(argv)
    except UserError as error:
        return refuse(error, as_json="--json" in argv)
    if options.lang:
        set_language(options.lang)
    try:
        path = durable.real(options.notebook or paths.default_notebook())
    except OSError as error:
        return refuse(_no_folder(error), as_json="--json" in argv)
    key = Key(path, passphrase)
    if options.rest:
        return run_command(options, path, key, list(options.rest), passphrase)
    if not has_screen():
        return today_as_text(options, path, key, passphrase)
    del passphrase  # it is in the key by now
    return open_window(options, path, key)


def _passphrase() -> str:
    """Passphrase of KAPPERBOEK_PASSPHRASE. CannotOpen when it cannot be one."""
    given = process.take_secret(PASSPHRASE)
    try:
        given.encode("utf-8")
    except UnicodeEncodeError as error:
        text = _("KAPPERBOEK_PASSPHRASE is no text in UTF-8. Set it again, or leave it out to be asked for it.")
        raise CannotOpen("wrong-key", text) from error
    return given


def read_workbook(path: str) -> int:
    """Read a workbook as the child process of a frozen program: see ``exchange.sheet.workbook``.

    Gives the exit code.
    """
    from kapperboek.exchange.sheet import workbook_child

    return workbook_child.main(path, sys.stdout.buffer)


def ask_key_store(what: str, name: str) -> int:
    """Ask the desktop's key store as the child process of a frozen program: see ``system.desktop_keys``.

    Gives the exit code.
    """
    from kapperboek.system import desktop_keys_child

    return desktop_keys_child.main(what, name, sys.stdin, sys.stdout)


def _no_folder(error: OSError) -> CannotOpen:
    """A home that isn't there, or may not be written in."""
    text = _(
        "There is no place for a notebook: the folder {folder} cannot be made. Choose another with --notebook FILE."
    )
    return CannotOpen("no-rights", text.format(folder=error.filename))


def read_options(argv: list[str]) -> Options:
    """The options before the command. Raises UsageError."""
    options, place = Options(), 0
    while place < len(argv) and argv[place].startswith("--"):
        name, mark, value = argv[place].partition("=")
        if name not in ("--notebook", "--lang", "--on", "--exit-after", "--card"):
            break  # --help, --version, or wrong: the command line knows
        if not mark:
            place += 1
            if place == len(argv):
                raise UsageError("usage", _("{option} needs a value behind it.").format(option=name))
            value = argv[place]
        options = _with_option(options, name, value)
        place += 1
    return options._replace(rest=tuple(argv[place:]))


def _with_option(options: Options, name: str, value: str) -> Options:
    if name == "--notebook":
        if not value:
            raise UsageError("usage", _("{option} needs a value behind it.").format(option=name))
        return options._replace(notebook=Path(value))
    if name == "--on":
        return options._replace(on=_day(value))
    if name == "--card":
        return options._replace(card=int(value) if value.isdecimal() and len(value) <= 9 else 0)
    choices = LANGUAGES if name == "--lang" else EXIT_AFTER
    if value not in choices:
        text = _("{option} is one of: {choices}.").format(option=name, choices=", ".join(choices))
        raise UsageError("usage", text)
    return options._replace(lang=value) if name == "--lang" else options._replace(exit_after=value)


def _day(value: str) -> date:
    """The day that ``--on`` names; the days beside it must exist too, so not at the ends of the calendar."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        text = _("“{value}” is not a day. Write it as 2026-11-23.")
        raise UsageError("usage", text.format(value=value)) from None
    if day.year not in YEARS:
        text = _("{value} is no day to work on. Choose one from {first} to {last}.")
        raise UsageError("usage", text.format(value=value, first=YEARS[0], last=YEARS[-1]))
    return day


class Key:
    """The notebook's key, being worked out in a thread from the moment the program starts; call it to have it.

    Argon2 takes a third of a second on purpose and lets go of Python's lock, so Qt is imported meanwhile. Without a
    passphrase it is the one that is kept on this computer; where the desktop's key store has it another process is
    asked for it, which takes as long.
    """

    def __init__(self, path: Path, passphrase: str) -> None:
        self._path = path
        self._typed = bool(passphrase)
        self._key: bytes | str | None = passphrase or None
        self._refused: UserError | None = None
        how, given = (self._derive, (passphrase,)) if passphrase else (self._find, ())
        self._thread: Thread | None = Thread(target=how, args=given, name="key", daemon=True)
        self._thread.start()

    def __call__(self) -> bytes | str | None:
        """The raw key; the passphrase itself for a notebook yet to be made; None when none was given.

        CannotOpen "key-store" when the desktop's key store does not give it; called again it is asked again.
        """
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        elif not self._typed:
            self._find()
        refused, self._refused = self._refused, None
        if refused is not None:
            raise refused
        return self._key

    def _find(self) -> None:
        from kapperboek.services.keeping.security import kept_key

        try:
            self._key = kept_key(self._path, keeper())
        except UserError as error:
            self._refused = error

    def _derive(self, passphrase: str) -> None:
        from kapperboek.storage.file import key_derivation

        try:
            salt = key_derivation.read_salt(self._path)
        except OSError:
            return  # opening it will say what is wrong
        if salt is not None:
            self._key = key_derivation.derive(passphrase, salt)


def keeper() -> KeyStore:
    """Key store of this computer."""
    from kapperboek.system.desktop_keys import DesktopKeys
    from kapperboek.system.key_store import KeyStore

    return KeyStore(paths.key_folder, DesktopKeys())


def has_screen() -> bool:
    """Tell whether a window can be opened at all; elsewhere than on Linux there always is a screen."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def open_window(options: Options, path: Path, key: Key) -> int:
    """Open the window, until it is closed; gives the exit code."""
    import gc

    gc.disable()  # from here to the first page nothing is thrown away; then ``ui.core.gc_on_ui_thread`` does it
    try:
        from kapperboek.ui.app.run_window import run

        return run(
            path,
            key=key,
            on=options.on,
            lang=options.lang,
            exit_after=options.exit_after,
            keeper=keeper(),
            backups=paths.backup_folder(path),
            report=report,
            memory=process,
            card=options.card,
        )
    except UserError as error:
        return refuse(error, as_json=False)
    except KeyboardInterrupt:
        return 130


def run_command(options: Options, path: Path, key: Key, rest: list[str], passphrase: str) -> int:
    """Run one command of the command line; gives the exit code."""
    from kapperboek.cli import command_line as cli

    process.keep_to_itself()
    surroundings = cli.Surroundings(
        path=path,
        key=key,
        passphrase=passphrase,
        keeper=keeper(),
        on=options.on,
        lang=options.lang,
        backups=paths.backup_folder(path),
        report=report,
        self_test=self_test,
        show_card=lambda card: show_card(path, card, passphrase),
        print_paper=print_paper,
    )
    return cli.main(rest, surroundings)


def show_card(path: Path, card: int, passphrase: str) -> None:
    """Show a card in the window that is open on the notebook, else in a new one; without a screen nowhere."""
    if not has_screen() or os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return
    from kapperboek.ui.core.single_instance import SingleInstance

    instance = SingleInstance(path)
    if not instance.is_first():
        instance.raise_first(card)
        return
    instance.close()
    import subprocess

    command = [sys.executable, "-m", "kapperboek", "--notebook", str(path), "--card", str(card)]
    quiet, secret = subprocess.DEVNULL, {PASSPHRASE: passphrase} if passphrase else {}
    env = {**os.environ, **secret}
    subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True, env=env)


def print_paper(paper: Paper, path: Path) -> None:
    """A PDF file, which needs Qt but no screen. OSError."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from kapperboek.ui.printing.pdf_paper import write_pdf

    write_pdf(paper, path)


def today_as_text(options: Options, path: Path, key: Key, passphrase: str) -> int:
    """Print Today as text where there is no screen: of the notebook, or of a salon made for the occasion."""
    text = _(
        "There is no screen here, so this is Today as text. For the window, start it on a desktop (or set DISPLAY)."
    )
    print(text, file=sys.stderr)
    if path.exists():
        return run_command(options, path, key, ["today"], passphrase)
    import tempfile

    print(
        _("There is no notebook yet: this is a made-up salon. Begin one with: kapperboek import FILE"),
        file=sys.stderr,
    )
    with tempfile.TemporaryDirectory(prefix="kapperboek-") as folder:
        salon = Path(folder) / "salon.kapperboek"
        made = _make_salon(salon, options, customers=300)
        return run_command(options, salon, Key(salon, made.hex()), ["today"], passphrase)


def _make_salon(path: Path, options: Options, customers: int) -> bytes:
    """Make a salon for the occasion; gives its key, which nobody keeps."""
    from kapperboek import demo
    from kapperboek.services.keeping import notebooks, security

    key = security.new_key()
    book = notebooks.create(path, key=key, on=options.on)
    try:
        demo.fill(book, customers=customers)
    finally:
        book.close()
    return key


def self_test(on: date | None, lang: str | None) -> list[str]:
    """Look whether all is installed, open the window on a throw-away salon and walk the main loop; the steps done.

    Raises AssertionError with the step that failed.
    """
    import tempfile

    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from kapperboek.ui.app import installation_check
    from kapperboek.ui.app import self_test as window

    installed = installation_check.check()
    with tempfile.TemporaryDirectory(prefix="kapperboek-") as folder:
        salon = Path(folder) / "salon.kapperboek"
        key = _make_salon(salon, Options(on=on), customers=60)
        return installed + window.walk(salon, key=lambda: key, on=on, lang=lang)


def report(error: BaseException) -> Path:
    """Write a bug report without personal data; gives its path. OSError when there is no room for it."""
    from kapperboek.domain.time.clock import SystemClock
    from kapperboek.system import logs

    folder, now = paths.log_folder(), SystemClock().local()
    logs.note(folder, now, f"bug: {type(error).__qualname__}")
    return logs.write_report(folder, now, error)


def refuse(error: UserError, *, as_json: bool) -> int:
    """Say what is wrong before there is anything to run; gives the exit code."""
    from kapperboek.cli import command_line as cli

    return cli.say_error(error, as_json=as_json)
