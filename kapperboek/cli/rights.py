"""The commands for what the privacy law gives a customer a right to: consent, dossier, forget."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kapperboek.cli.outcome import Outcome
from kapperboek.domain.errors import UsageError, UserError
from kapperboek.domain.labels import channel_label, purpose_label
from kapperboek.i18n import _

Book = Any  # the command line knows notebooks only as something services take


def consent(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """Add to the consent register; gives what is permitted now. UsageError for a word it does not hold."""
    from kapperboek.domain.consent import check
    from kapperboek.services import consents, customers

    try:
        check(args.purpose, args.channel, args.state, args.how)
    except UserError as error:
        raise UsageError("usage", error.message) from error
    customer_id = customers.card_by_number(book, args.number)
    said = (args.purpose, args.channel, args.state)
    saved = consents.record_consent(book, customer_id, *said, how=args.how, source="command")
    allowed = consents.allowed(book, customer_id)
    lines = [
        f"{purpose_label(purpose)}: {', '.join(map(channel_label, channels))}" for purpose, channels in allowed.items()
    ]
    return Outcome({"allowed": allowed}, [saved.what, *(lines or [_("Nothing may be sent.")])])


def dossier(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """Everything we hold on one person; by the suffix. NotFound when nobody has that number."""
    from kapperboek.services import customers
    from kapperboek.services import dossier as service

    path = Path(args.file)
    if path.suffix.lower() not in (".json", ".pdf"):
        text = _("Choose a name that ends in one of: {suffixes}.")
        raise UsageError("unknown-format", text.format(suffixes=".pdf .json"))
    customer_id = customers.card_by_number(book, args.number)
    lines = [_("Everything we hold is in {file}.").format(file=path)]
    if path.suffix.lower() == ".json":
        service.write_json(book, customer_id, path)
        return Outcome({"file": args.file}, lines)
    return Outcome({"file": args.file}, lines, paper=(service.paper(book, customer_id), path))


def forget(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """Remove somebody everywhere. NotFound when nobody has that number."""
    from kapperboek.services import customers, forgetting

    customer_id = customers.card_by_number(book, args.number)
    named_on = forgetting.preview(book, customer_id).named_on
    saved = forgetting.forget(book, customer_id)
    lines, data = [saved.what], {"forgotten": args.number}
    if named_on:
        cards = ", ".join(f"{name} ({number})" for number, name in named_on)
        lines.append(_("Look on the cards of others, where they were or may be named: {cards}.").format(cards=cards))
        data["named_on"] = [number for number, _name in named_on]
    return Outcome(data, lines)


COMMANDS: dict[str, Callable[[Book, Namespace, Path], Outcome]] = {
    "consent": consent,
    "dossier": dossier,
    "forget": forget,
}
