"""Command line: run one command (open the notebook, print what came of it) and turn every outcome into an exit code.

0 done · 1 the input has a problem · 2 wrong usage · 3 cannot open · 4 nothing or nobody found · 70 a bug (a report
without personal data is written) · 130 stopped with Ctrl+C.
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from kapperboek.cli import arguments, commands
from kapperboek.cli.outcome import Outcome
from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.domain.views.printed_document import Paper
from kapperboek.i18n import _, set_language
from kapperboek.services.keeping import maintenance, notebooks, older_state, whereabouts
from kapperboek.services.keeping.security import NO_KEY, KeyKeeper, has_key, kept_key, needs_key

BUG, STOPPED = 70, 130


class Surroundings(NamedTuple):
    """Surroundings that bootstrap hands on: notebook, its key when called, day, and what only bootstrap can reach."""

    path: Path
    key: Callable[[], bytes | str | None]
    passphrase: str
    keeper: KeyKeeper
    on: date | None
    lang: str | None
    backups: Path
    report: Callable[[BaseException], Path]
    self_test: Callable[[date | None, str | None], list[str]]
    show_card: Callable[[int], None]
    print_paper: Callable[[Paper, Path], None]


def main(argv: list[str], around: Surroundings) -> int:
    """Run the command in ``argv``; gives the exit code."""
    as_json = "--json" in argv
    _prepare_output()
    try:
        outcome = run(arguments.parse(argv), around)
        _say_or_tell(outcome, as_json=as_json)
        return outcome.exit_code
    except UserError as error:
        return say_error(error, as_json=as_json)
    except KeyboardInterrupt:
        print(_("Stopped. Nothing of it was kept."), file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        _forget_output()
        return 0
    except SystemExit as leaving:  # --help and --version
        return int(leaving.code or 0)
    except Exception as error:
        return say_bug(error, around, as_json=as_json)


def run(args: Namespace, around: Surroundings) -> Outcome:
    """Run the command and give its outcome. Raises UserError."""
    if args.command == "self-test":
        try:
            return commands.self_test(around.self_test(around.on, around.lang))
        except AssertionError as failed:
            return commands.self_test_failed(str(failed))
    if args.command == "restore" and not args.customer:
        return _restore(args, around)
    if args.command == "check" and args.rescue:
        return _rescue(args, around)
    book = _open(args.command, around)
    try:
        if not around.lang:
            set_language(notebooks.language_of(book))
        if older_state.is_older(book, around.keeper):
            print(_("This notebook is older than what was last used on this computer."), file=sys.stderr)
        elif older_state.lacks_last(book, around.keeper):
            print(_("What was last saved on this computer is not in this notebook."), file=sys.stderr)
        if said_of_it := maintenance.settled_again(book):
            print(said_of_it, file=sys.stderr)
            if sys.stderr.isatty():  # else nobody may have read it, and the window says it again
                maintenance.settled_was_read(book)
        args.passphrase = around.passphrase  # of a copy from before it may be the only one
        outcome = commands.COMMANDS[args.command](book, args, around.backups)
    except Exception as error:
        said = book.explained(error)
        if said is error:
            raise
        raise said from error
    finally:
        book.close()
        if kept := whereabouts.kept(book):
            text = _("The notebook was deleted or replaced meanwhile. All that was saved is in {file}.")
            print(text.format(file=kept), file=sys.stderr)
    if outcome.paper:
        _print(*outcome.paper, around)
    if outcome.card:
        around.show_card(outcome.card)
    return outcome


def _print(paper: Paper, path: Path, around: Surroundings) -> None:
    """Print a paper to a file. Raises UserError when the file cannot be written."""
    try:
        around.print_paper(paper, path)
    except OSError as error:
        text = _("{file} could not be written: {trouble}. Choose another place.")
        raise UserError("file-trouble", text.format(file=path, trouble=error.strerror)) from error


def _open(command: str, around: Surroundings) -> Any:
    """The notebook; the commands that fill one make it when there is none."""
    if command in ("demo", "import") and not around.path.exists():
        return notebooks.create(around.path, key=around.key(), keeper=around.keeper, on=around.on)
    passphrase = around.passphrase
    how: dict[str, Any] = {"keeper": around.keeper, "backups": around.backups, "on": around.on}
    try:
        return notebooks.open_(around.path, key=around.key(), **how)
    except CannotOpen as error:
        if error.code == "wrong-key" and passphrase:
            # the passphrase itself can tell whether it is the file's salt that is wrong
            return notebooks.open_(around.path, key=passphrase, **how)
        if error.code not in NO_KEY or not sys.stdin.isatty():
            raise
    return notebooks.open_(around.path, key=_ask(), **how)


def _ask() -> str:
    """The passphrase, typed by a person at a terminal. CannotOpen "needs-key" where there is none."""
    if not sys.stdin.isatty():
        raise needs_key()
    return getpass.getpass(_("Passphrase: "), stream=sys.stderr)


def _restore(args: Namespace, around: Surroundings) -> Outcome:
    """The passphrase belongs to the copy, whose salt is its own, so it is worked out anew for it. Without one a key
    that is kept for the copy opens it, but not past a notebook with a passphrase: that would be gone.
    """
    copy, own = Path(args.file), None
    try:
        own = kept_key(around.path, around.keeper)
    except CannotOpen:
        if not around.passphrase:
            raise

    def put_back(key: bytes | str | None) -> Outcome:
        how: dict[str, Any] = {"keeper": around.keeper, "on": around.on, "another": args.another}
        return commands.restore(copy, around.path, key=key, present_key=own, **how)

    if own is None and not around.passphrase and has_key(around.path):
        return put_back(_ask())
    return _with_passphrase(put_back, copy, around)


def _rescue(args: Namespace, around: Surroundings) -> Outcome:
    """The passphrase itself, because even the salt may be damaged."""
    rescue = lambda key: commands.rescue(args, around.path, around.backups, key=key, keeper=around.keeper)  # noqa: E731
    return _with_passphrase(rescue, around.path, around)


def _with_passphrase(
    command: Callable[[bytes | str | None], Outcome], file: Path, around: Surroundings
) -> Outcome:
    """Run with the passphrase that was given or the key kept for the file, else with one asked at a terminal.

    CannotOpen "needs-key" where nobody can be asked.
    """
    try:
        return command(around.passphrase or kept_key(file, around.keeper))
    except CannotOpen as error:
        if error.code not in NO_KEY or not sys.stdin.isatty():
            raise
    return command(_ask())


def _say_or_tell(outcome: Outcome, *, as_json: bool) -> None:
    """Print it. Raises UserError when there is no room for it where it goes, BrokenPipeError when nobody reads on."""
    try:
        say(outcome, as_json=as_json)
    except BrokenPipeError:
        raise
    except OSError as error:
        _forget_output()
        text = _("It is done, but the answer could not be written: {trouble}.")
        raise UserError("output", text.format(trouble=error.strerror)) from error


def say(outcome: Outcome, *, as_json: bool) -> None:
    """Print it: one JSON document, or the lines for a person (what is amiss on standard error)."""
    if as_json:
        _print_json(outcome.data)
        return
    for line in outcome.lines:
        print(line)
    for line in outcome.amiss:
        print(line, file=sys.stderr)
    sys.stdout.flush()


def say_error(error: UserError, *, as_json: bool) -> int:
    """Print an error: a sentence on standard error, with --json also as a document; gives the exit code."""
    print(error.message, file=sys.stderr)
    if as_json:
        _print_json({"error": {"code": error.code, "message": error.message}})
    return error.exit_code


def say_bug(error: Exception, around: Surroundings, *, as_json: bool) -> int:
    """Print that we did something wrong, and where the bug report is; gives the exit code.

    Never what was in the notebook.
    """
    message = _("Something went wrong inside Kapperboek. Your notebook is as it was before this command.")
    try:
        message += " " + _("A report without personal data is in {file}.").format(file=around.report(error))
    except OSError:
        message += f" ({type(error).__qualname__})"
    print(message, file=sys.stderr)
    if as_json:
        _print_json({"error": {"code": "bug", "message": message}})
    return BUG


def _print_json(data: dict[str, Any]) -> None:
    plain = not (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf8")
    print(json.dumps(data, ensure_ascii=plain, indent=1))
    sys.stdout.flush()


def _prepare_output() -> None:
    """A terminal that cannot show a letter shows a question mark, and none at all shows nothing; that is no reason
    to stop.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _forget_output() -> None:
    """Forget the output when who read it has gone; what is left of it must not fail at the exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
