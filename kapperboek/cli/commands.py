"""The commands, one function each, in the words of design/cli.md."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from kapperboek import demo as salon
from kapperboek.cli import json_shapes, plain_lines, privacy_commands
from kapperboek.cli.outcome import Outcome
from kapperboek.domain.errors import CannotOpen, UsageError, UserError
from kapperboek.domain.time.clock import SystemClock
from kapperboek.i18n import _, ngettext
from kapperboek.services import attention as attention_service
from kapperboek.services import journal
from kapperboek.services import today as today_service
from kapperboek.services.customers import customers
from kapperboek.services.customers import customers as cards
from kapperboek.services.importing import exporting, importing
from kapperboek.services.keeping import maintenance, notebooks
from kapperboek.services.keeping.security import KeyKeeper, kept_key
from kapperboek.services.privacy import health_facts

Book = Any  # the command line knows notebooks only as something services take


def demo(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """Fill a new notebook. UsageError when somebody is in it already."""
    if cards.customer_count(book):
        text = _("There are customers in this notebook already. Choose another one with --notebook FILE.")
        raise UsageError("not-empty", text)
    customers, interactions = salon.fill(book, customers=args.customers, seed=args.seed)
    line = _("{customers} customers with {interactions} contact moments.")
    data = {"customers": customers, "interactions": interactions}
    return Outcome(data, [line.format(**data)])


def import_(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """Read files; exit code 1 when a record was not taken."""
    progress = progress_of(args)
    files = [Path(name) for name in args.files]
    report = importing.import_files(book, files, dry_run=args.dry_run, progress=progress, source="command")
    failed = sum(len(file.failed) for file in report.files)
    return Outcome(json_shapes.import_report(report), plain_lines.import_lines(report), exit_code=1 if failed else 0)


def progress_of(args: Namespace) -> Callable[[str, float], None]:
    """Progress of a long command, shown on a terminal; nowhere else."""
    return _say_nothing if args.json or not sys.stderr.isatty() else _show_progress


def _say_nothing(_what: str, _part: float) -> None:
    pass


def _show_progress(what: str, part: float) -> None:
    end = "\n" if part >= 1 else ""
    print(f"\r{what[:60]:<60} {part:4.0%}", end=end, file=sys.stderr, flush=True)


def export(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """Export to a file; by its suffix."""
    customer_id = customers.card_by_number(book, args.customer) if args.customer else 0
    count = exporting.export_file(book, Path(args.file), customer_id=customer_id)
    line = ngettext("{n} customer written to {file}.", "{n} customers written to {file}.", count)
    return Outcome({"file": args.file, "customers": count}, [line.format(n=count, file=args.file)])


def find(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """The search box; exit code 4 when nobody fits."""
    found = customers.find(book, " ".join(args.text), limit=50)
    lines = plain_lines.found_lines(found)
    return Outcome(json_shapes.find_result(found), lines, () if lines else (_("Nobody found."),), 0 if lines else 4)


def show(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """The card. NotFound when nobody has that number."""
    customer_id = customers.card_by_number(book, args.number)
    card = customers.open_card(book, customer_id)
    due = [line for line in today_service.today(book).lines if line.customer_id == customer_id]
    data = exporting.document_of(book, customer_id)
    if args.json:  # health facts and all, which the lines for people leave out
        health_facts.looked(book, customer_id, "document")
    return Outcome(json_shapes.card(data, card, due), plain_lines.card_lines(card, due))


def today(book: Book, _args: Namespace, _backups: Path) -> Outcome:
    """Show Today."""
    view = today_service.today(book)
    return Outcome(json_shapes.today(view), plain_lines.today_lines(view))


def attention(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """List who needs attention, the most urgent first."""
    found = attention_service.attention(book, everybody=args.all)
    data = {"date": book.clock.today().isoformat(), "lines": [one._asdict() for one in found]}
    lines = [f"{one.score:4.2f}  {one.name} ({one.number}): {one.why}" for one in found]
    return Outcome(data, lines or [_("Nobody needs a word today.")])


def call(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """Find the caller by telephone number. NotFound when nobody has it; the window is told by whoever runs this."""
    people = attention_service.caller(book, " ".join(args.phone))
    customer_id, number, name = people[0]
    lines = [f"{name} ({number})" for _id, number, name in people]
    return Outcome({"number": number, "name": name}, lines, card=customer_id)


def changes(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """The journal, newest first."""
    customer_id = customers.card_by_number(book, args.customer) if args.customer else None
    found = journal.changes(book, customer_id)
    return Outcome(json_shapes.changes(found), plain_lines.change_lines(found))


def undo(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """Undo a change."""
    saved = journal.undo(book, args.change, source="command")
    lines = plain_lines.undo_lines(saved, journal.cards(book, saved.change_id))
    return Outcome({"change": saved.change_id}, lines)


def backup(book: Book, args: Namespace, backups: Path) -> Outcome:
    """Make a backup, verified by opening it again. UserError when it cannot be written."""
    if not args.folder:  # a folder that was named and isn't there may be a disk that isn't plugged in
        maintenance.make_folder(backups)
    file = maintenance.backup(book, Path(args.folder) if args.folder else backups)
    customers = cards.customer_count(book)
    line = ngettext("Backup with {n} customer: {file}", "Backup with {n} customers: {file}", customers)
    data = {"file": str(file), "customers": customers, "verified": True}
    return Outcome(data, [line.format(n=customers, file=file)])


def check(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """Check the notebook for damage; exit code 1 when there is."""
    found = maintenance.check(book, progress=progress_of(args))
    lines = [] if found.problems else [_("Everything is in order.")]
    data = {"ok": not found.problems, "problems": found.problems}
    if found.pages or found.unreadable:
        data |= {"pages": list(found.pages), "unreadable": [one._asdict() for one in found.unreadable]}
    return Outcome(data, lines, tuple(found.problems), 1 if found.problems else 0)


def rescue(args: Namespace, path: Path, backups: Path, *, key: bytes | str | None, keeper: KeyKeeper) -> Outcome:
    """Rescue what can be read into a new notebook; exit code 1 when something is known to be lost."""
    target = Path(args.rescue)
    done = maintenance.rescue(
        path, target, key=key, clock=SystemClock(), backups=backups, keeper=keeper, progress=progress_of(args)
    )
    data: dict[str, Any] = {"file": str(target), "tables": [one._asdict() for one in done.tables]}
    data |= {"restored_heads": done.restored_heads, "orphans": done.orphans, "mended_beginning": done.mended_beginning}
    return Outcome(data, plain_lines.rescue_lines(done), exit_code=1 if done.lost or done.restored_heads else 0)


def restore(
    copy: Path, path: Path, *, key: bytes | str | None, present_key: bytes | None, keeper: KeyKeeper, on: date | None,
    another: bool,
) -> Outcome:
    """Restore a backup; the present notebook is kept aside. UserError, also when it is of another notebook."""
    now = SystemClock().now()
    how: dict[str, Any] = {"present_key": present_key, "keeper": keeper, "another": another}
    try:
        aside = maintenance.restore(copy, path, key=key, now=now, **how)
    except UserError as error:
        if error.code != "another-notebook":
            raise
        how_to = _("To put it in this one's place all the same, which is kept aside then, add --another.")
        raise UserError(error.code, f"{error.message} {how_to}") from error
    with suppress(CannotOpen):  # a key store that does not answer now: what opened the copy may do
        key = kept_key(path, keeper) or key
    book = notebooks.open_(path, key=key, on=on)
    try:
        customers = cards.customer_count(book)
    finally:
        book.close()
    kept = str(aside) if aside else None
    lines = [_("The notebook is put back: {file}").format(file=path)]
    lines += [_("What was there is kept as {file}").format(file=kept)] if kept else []
    return Outcome({"file": str(path), "kept_aside": kept, "customers": customers}, lines)


def bring_back(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """Restore one card out of a backup, which may have been locked with the passphrase of then."""
    copy, passphrase = Path(args.file), args.passphrase
    try:
        saved = maintenance.bring_back(book, copy, args.customer)
    except CannotOpen as error:
        if error.code != "wrong-key" or not passphrase:
            raise
        saved = maintenance.bring_back(book, copy, args.customer, key=passphrase)
    line = _("To undo it: kapperboek undo {change}").format(change=saved.change_id)
    return Outcome({"change": saved.change_id, "what": saved.what}, [saved.what, line])


def self_test(steps: list[str]) -> Outcome:
    """The steps that the window was walked through."""
    return Outcome({"ok": True, "steps": steps}, [*steps, _("Everything works.")])


def self_test_failed(step: str) -> Outcome:
    """Report the step of the self-test that did not work; exit code 1."""
    data = {"ok": False, "steps": [], "failed": step}
    return Outcome(data, [], (_("This does not work here: {step}").format(step=step),), 1)


COMMANDS: dict[str, Callable[[Book, Namespace, Path], Outcome]] = {
    "demo": demo,
    "import": import_,
    "export": export,
    "find": find,
    "show": show,
    "today": today,
    "attention": attention,
    "call": call,
    "changes": changes,
    "undo": undo,
    "backup": backup,
    "check": check,
    "restore": bring_back,
    **privacy_commands.COMMANDS,
}
