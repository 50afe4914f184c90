"""vCards in, from every version and maker, and out again for telephones.

vobject was considered and not taken: on real files it cuts names and notes at a comma that nobody escaped,
loses every card after a broken picture, refuses files with PROFILE or a line without a colon, and takes ten
times as long. This reader knows the properties of 2.1, 3.0, 4.0 and of Apple, Google, Outlook, Evolution,
KDE and Thunderbird; a line it cannot read costs that line only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kapperboek.domain.people.firms import looks_like_firm
from kapperboek.domain.people.names import split_family, split_full_name
from kapperboek.domain.records import (
    Address,
    CustomerRecord,
    DateRecord,
    Rejected,
    RelationRecord,
    SourceRecord,
)
from kapperboek.exchange.files import Progress, reading
from kapperboek.exchange.person_questions import address_text, is_somebody, once_each, take_prefix_of_middle
from kapperboek.exchange.vcard.vcard_death import settle_death
from kapperboek.exchange.vcard.vcard_fields import HANDLERS, Card, Handler, skip
from kapperboek.exchange.vcard.vcard_lines import Head, RawCard, logical_lines, read_text, split_cards, split_line
from kapperboek.exchange.vcard.vcard_own import own_properties
from kapperboek.exchange.vcard.vcard_unknown import other, said_already, unreadable
from kapperboek.exchange.vcard.vcard_vocabulary import relation_kind
from kapperboek.exchange.vcard.vcard_write import write_vcards
from kapperboek.i18n import _

__all__ = ["read_vcards", "write_vcards"]

_WORD = re.compile(r"\w+")


def read_vcards(path: Path, progress: Progress | None = None) -> Iterator[SourceRecord | Rejected]:
    """Read every card of the file as a customer, or rejected and why. UserError when the file cannot be read."""
    with reading(path) as (file, size):
        told = False
        for number, raw in enumerate(split_cards(file, size, progress), 1):
            lines, guessed = logical_lines(raw.data)
            item = _read_card(raw, number, lines)
            if guessed and not told and isinstance(item, SourceRecord):
                item.remarks.append(
                    _("The file does not say in which alphabet it is written; it was guessed. Check the accents.")
                )
                told = True
            yield item


def _read_card(raw: RawCard, number: int, lines: list[str]) -> SourceRecord | Rejected:
    if not raw.inside:
        return Rejected(number, raw.line, _("These lines stand outside of any card."), "\n".join(lines).strip()[:500])
    card = Card(CustomerRecord())
    lines[0] = lines[0].removeprefix("\ufeff")  # files put behind each other
    for line in lines:
        text, _colon, value = line.partition(":")
        plan = _plans.get(text)
        if plan is not None:
            handler, head = plan
            handler(card, head, value)
        elif line:
            _read_line(card, line)
    return _finish(card, raw, number, lines)


_plans: dict[str, tuple[Handler, Head]] = {}  # what stands before the colon, seen before in this run → what to do


def _read_line(card: Card, line: str) -> None:
    """A line whose beginning is new to us, has quotation marks in it, or is broken."""
    pair = split_line(line)
    if pair is None:
        if not line.isspace():
            unreadable(card, line)
        return
    head, value = pair
    alternative = head.parameters.get("ALTID")
    if alternative is not None and _said_before(card, head.name, alternative):
        return
    handler = HANDLERS.get(head.name) or other
    handler(card, head, value)
    if alternative is None and '"' not in line[:200] and len(_plans) < 5000:
        _plans[line.partition(":")[0]] = (handler, head)


def _said_before(card: Card, name: str, mark: str) -> bool:
    """Properties with one ALTID are one fact written in several ways: the first one counts."""
    said = (name, mark) in card.alternatives
    card.alternatives.add((name, mark))
    return said


def _finish(card: Card, raw: RawCard, number: int, lines: list[str]) -> SourceRecord | Rejected:
    customer = card.customer
    if card.group:
        reason = _("This is a group of addresses, not a person or a firm.")
        return Rejected(number, raw.line, reason, card.full_name or _text_of(lines))
    if card.waiting or card.no_days:
        _apply_labels(card)
    if card.dates_of_death or customer.dates:
        settle_death(card)
    _settle_name(card)
    if card.postal_labels:
        _settle_postal_labels(card)
    if card.jobs:
        customer.profile["job"] = ", ".join(card.jobs)
    if card.notes:
        customer.note = card.notes[0] if len(card.notes) == 1 else "\n".join(dict.fromkeys(card.notes))
    if card.own:
        own_properties(card)
    else:
        once_each(customer)
    if card.leftovers:
        _append_leftovers(card)
    if not is_somebody(customer):
        reason = _("There is no name, firm, telephone number or e-mail address on this card.")
        return Rejected(number, raw.line, reason, _text_of(lines))
    if not raw.whole:
        card.remarks.append(_("The end of this card is missing in the file; what was there has been read."))
    return SourceRecord(customer, number, raw.line, card.key, card.remarks, list(dict.fromkeys(card.left_out)))


def _apply_labels(card: Card) -> None:
    """The owner's own words (X-ABLabel) to what they were written for."""
    for group, record in card.waiting:
        word = card.labels.get(group, "")
        if not word:
            continue
        if isinstance(record, RelationRecord):
            record.kind = relation_kind(word)
        elif isinstance(record, DateRecord):
            record.what = "wedding" if word.lower() == "anniversary" else word
        else:
            record.label = word
    card.leftovers += [(card.labels.get(group, "") or _("Date"), text) for group, text in card.no_days]
    card.customer.dates = [day for n, day in enumerate(card.customer.dates) if day not in card.customer.dates[:n]]


def _settle_name(card: Card) -> None:
    customer = card.customer
    full = card.full_name
    if not card.named:
        if full and full != customer.organisation:
            customer.given_name, customer.prefix, customer.family_name = split_full_name(full)
    elif " " in customer.family_name or "." in customer.family_name:
        customer.prefix, customer.family_name = split_family(customer.family_name)
    if customer.additional_names and "DISPLAY-NAME" not in card.own:
        take_prefix_of_middle(customer)
    if not full:
        return
    if customer.honorific or customer.additional_names or customer.suffix:
        customer.display_name = full
        return
    glue = " " if customer.prefix and not customer.prefix.endswith(("'", "’")) else ""
    plain = f"{customer.given_name} {customer.prefix}{glue}{customer.family_name}".strip()
    if not (customer.given_name or customer.prefix or customer.organisation) and looks_like_firm(full):
        customer.organisation, customer.family_name = full, ""
        card.remarks.append(_("Taken for a firm because of its name."))
    elif full != (plain or customer.organisation):
        customer.display_name = full


def _settle_postal_labels(card: Card) -> None:
    """The printed form of an address is kept when there is no address, or when it says more than that one
    does.
    """
    customer = card.customer
    known = set(_WORD.findall(" ".join(address_text(address) for address in customer.addresses).lower()))
    known |= set(_WORD.findall(f"{card.full_name} {customer.organisation}".lower()))
    for label, text in card.postal_labels:
        if not customer.addresses:
            customer.addresses.append(Address(street=text, label=label))
        elif not set(_WORD.findall(text.lower())) <= known:
            card.leftovers.append((_("Address"), text))


def _append_leftovers(card: Card) -> None:
    customer = card.customer
    known = {"".join(text.lower().split()) for text in said_already(customer)}
    lines = [
        f"{title}: {text}" if title else text
        for title, text in dict.fromkeys(card.leftovers)
        if "".join(text.lower().split()) not in known
    ]
    if not lines:
        return
    customer.note = "\n".join([customer.note, *lines] if customer.note else lines)


def _text_of(lines: list[str]) -> str:
    """Text of the card that a person can read, so that nobody has to guess which one it was."""
    pairs = [split_line(line) for line in lines if line]
    kept = (f"{head.name}: {read_text(head, value)}" for head, value in filter(None, pairs)
            if value.strip(";") and HANDLERS.get(head.name) is not skip)
    return "\n".join(kept)[:500]
