"""The commands for what the privacy law gives a customer a right to: consent, dossier, forget."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kapperboek.cli.outcome import Outcome
from kapperboek.domain.errors import UsageError, UserError
from kapperboek.domain.labels import channel_label, purpose_label
from kapperboek.domain.law.consent import check
from kapperboek.domain.views.privacy_views import NamedPlace
from kapperboek.i18n import _
from kapperboek.services.customers import customers
from kapperboek.services.privacy import consents, forgetting
from kapperboek.services.privacy import dossier as service

Book = Any  # the command line knows notebooks only as something services take


def consent(book: Book, args: Namespace, _backups: Path) -> Outcome:
    """Add to the consent register; gives what is permitted now. UsageError for a word it does not hold."""
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
    """Write the dossier, everything we hold on one person, as the suffix says.

    UsageError for another suffix than .json or .pdf, NotFound when nobody has that number.
    """
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
    """Remove somebody everywhere, with what elsewhere can hardly be anybody else; tells every place that is left. With
    ``--dry-run`` it only tells the places. NotFound when nobody has that number.
    """
    customer_id = customers.card_by_number(book, args.number)
    preview = forgetting.preview(book, customer_id)
    sure, told = set(forgetting.sure(preview.places)), {one.number for one in preview.places if not one.by_itself}
    named_on = [one for one in preview.named_on if one[0] not in told]
    goes = [place for place in preview.places if place.by_itself or place.key in sure]
    stays = [place for place in preview.places if place not in goes]
    data: dict[str, Any] = {"forgotten": args.number, "left": [_place(one) for one in stays]}
    elsewhere: list[str] = []
    if named_on:
        cards = ", ".join(f"{name} ({number})" for number, name in named_on)
        elsewhere = [_("Look on the cards of others, where they were or may be named: {cards}.").format(cards=cards)]
        data["named_on"] = [number for number, _name in named_on]
    if args.dry_run:
        goes_from = _("Forgetting #{number} would take it from:").format(number=args.number)
        lines = [goes_from, *map(_place_line, goes)] if goes else []
        lines += [_("There it would stay:"), *map(_place_line, stays)] if stays else []
        return Outcome({**data, "forgotten": None, "goes": [_place(one) for one in goes]}, lines + elsewhere)
    saved = forgetting.forget(book, customer_id, clean=sure)
    return Outcome(data, [saved.what, *map(_place_line, stays), *elsewhere])


def _place(place: NamedPlace) -> dict[str, str]:
    return {"number": place.number, "name": place.name, "what": place.what, "text": place.text}


def _place_line(place: NamedPlace) -> str:
    whose = f"{place.name} ({place.number}), " if place.name else ""
    return f"  {whose}{place.what}: {place.text}"


COMMANDS: dict[str, Callable[[Book, Namespace, Path], Outcome]] = {
    "consent": consent,
    "dossier": dossier,
    "forget": forget,
}
