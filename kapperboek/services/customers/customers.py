"""Customers: finding them, opening the card, and keeping what we know of them."""

from __future__ import annotations

import re

from kapperboek.domain.errors import UserError
from kapperboek.domain.people import matching
from kapperboek.domain.people.firms import is_firm
from kapperboek.domain.people.names import split_full_name
from kapperboek.domain.people.phones import digits
from kapperboek.domain.records import CustomerRecord, Email, Phone
from kapperboek.domain.time.dates import PartialDate, parse_typed
from kapperboek.domain.views.card_view import Card
from kapperboek.domain.views.list_views import CustomerFilter, CustomerRow
from kapperboek.domain.views.saved import Saved
from kapperboek.domain.views.search_view import Likeness
from kapperboek.i18n import _
from kapperboek.services.customers.card_diff import new_line, write_differences, write_profile
from kapperboek.services.customers.namesakes import told_apart
from kapperboek.services.drafts import finished
from kapperboek.services.privacy.health_facts import note_consent
from kapperboek.services.row_checks import customer_of, name_of, region_of
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read import customer_list_query, matching_store
from kapperboek.storage.read.card import card_query
from kapperboek.storage.read.customer_list_query import all_tags as all_tags
from kapperboek.storage.read.search_query import find as find
from kapperboek.storage.read.settings_lists import card_by_number as card_by_number
from kapperboek.storage.records.record_reader import read_customer
from kapperboek.storage.records.record_update import update
from kapperboek.storage.records.record_writer import RecordWriter, shown_names
from kapperboek.storage.write.row_lookup import card_version, existing
from kapperboek.storage.write.row_lookup import customer_count as customer_count
from kapperboek.storage.write.unit_of_work import UnitOfWork, unit_of_work

_MAIL = re.compile(r"[^\s,;<>@]+@[^\s,;<>@]+")
_FIRM = re.compile(r"(\S+(?: \S+)+), (?:van|from|bij|at) (\S.*)", re.IGNORECASE)  # "M. Janssen, van Isala"
_NUMBER = re.compile(r"(?<![\w@.])[+(]?\d[\d\s()+\-–./]*\d(?![\w@])")
_SHORTEST_PHONE = 6
_SHOWN_LIKENESSES = 8


# ---- looking -----------------------------------------------------------------------------------------------------


def open_card(book: Notebook, customer_id: int) -> Card:
    """Everything the card shows. NotFound."""
    card = card_query.card(book, customer_id, book.clock.today())
    members, relations = told_apart(book, card.household_members), told_apart(book, card.relations)
    return card._replace(household_members=members, relations=relations)


def list_customers(book: Notebook, filter: CustomerFilter) -> list[int]:
    """The ids of those the filter keeps, in its order."""
    return customer_list_query.customer_ids(book, filter, book.clock.today())


def customer_rows(book: Notebook, ids: list[int]) -> list[CustomerRow]:
    """The rows of a list, for the ids that are visible."""
    return list(told_apart(book, customer_list_query.customer_rows(book, ids, book.clock.today())))


def identity(book: Notebook, customer_id: int) -> tuple[CustomerRecord, int]:
    """The card as the edit dialog wants it, and the version it was read at. NotFound.

    Without its history, and without health facts: those have a door of their own (``services.privacy.health_facts``).
    """
    version = card_version(book, customer_id)
    record = read_customer(book, customer_id)
    record.interactions, record.talk_points, record.follow_ups = [], [], []
    record.warnings = [warning for warning in record.warnings if not warning.health]
    return record, version


# ---- a new card --------------------------------------------------------------------------------------------------


def new_customer(
    book: Notebook, record: CustomerRecord, *, health_how: str = "", draft_id: str = "", by: int = 0
) -> Saved:
    """A new card. Only a wholly empty one is refused (UserError "empty"); "birthday" when that is no day.

    ``health_how``: how it was agreed to that the health facts among its warnings are kept. ``draft_id``: what was half
    typed of it, which goes in the same transaction.
    """
    check(record)
    name, _sort_key = shown_names(record)
    with unit_of_work(book, _("Card of {name} made").format(name=name or _("a customer")), staff_id=by) as uow:
        writer = RecordWriter(uow)
        customer_id = writer.add(record)
        writer.flush()
        _agreed(uow, customer_id, health_how, by)
        finished(uow, draft_id)
    return uow.saved._replace(customer_id=customer_id)


def check(record: CustomerRecord) -> None:
    """UserError naming the field, when a card is empty or a date is none."""
    if not has_content(record):
        raise UserError("empty", _("Type at least a first name."))
    for field, day in [("birthday", record.birthday), *(("dates", each.on) for each in record.dates)]:
        if day:
            try:
                PartialDate.parse(day)
            except ValueError as error:
                raise UserError(field, _("This isn't a day. Type it as 23-11-1985 or 23 November.")) from error
    if any(mail.value.strip() and "@" not in mail.value for mail in record.emails):
        raise UserError("emails", _("An e-mail address has an @ in it."))


def has_content(record: CustomerRecord) -> bool:
    """Check that somebody is on this card: a name, a firm, or a way to reach them."""
    names = (record.given_name, record.family_name, record.nickname, record.initials, record.organisation)
    if any(name.strip() for name in (*names, record.display_name, record.additional_names)):
        return True
    reach = [each.value for each in (*record.phones, *record.handles)] + [mail.value for mail in record.emails]
    return any(value.strip() for value in reach)


def record_from_text(text: str) -> CustomerRecord:
    """Split what was typed into the search box over the fields of a new card: a name, a number, a mail address, a
    birthday; a name that ends in a legal form is a firm's, with its letters as typed.
    """
    record = CustomerRecord()
    for mail in _MAIL.findall(text):
        record.emails.append(Email(mail))
    rest = _MAIL.sub(" ", text)
    for found in _NUMBER.findall(rest):
        _place_number(record, found.strip())
    rest = " ".join(_NUMBER.sub(" ", rest).split()).strip(" ,;:·")
    if named := _FIRM.fullmatch(rest):
        rest, record.organisation = named.group(1), named.group(2)[:1].upper() + named.group(2)[1:]
    elif is_firm(rest):
        record.organisation = rest
        return record
    given, record.prefix, record.family_name = split_full_name(rest)
    if re.fullmatch(r"(?:[^\W\d_]\.\s?)+", given):
        record.initials = given
    else:
        record.given_name = given[:1].upper() + given[1:]
    if record.family_name.islower():
        record.family_name = record.family_name[:1].upper() + record.family_name[1:]
    return record


def _place_number(record: CustomerRecord, typed: str) -> None:
    """A run of digits is a birthday when it reads as one with a year, a phone when long enough, else their number."""
    day = parse_typed(typed) if not typed.isdecimal() and not digits(typed).startswith("06") else None
    if day is not None and day.year is not None:
        record.birthday = day.text()
    elif len(digits(typed)) >= _SHORTEST_PHONE:
        record.phones.append(Phone(typed))
    else:
        record.number = typed


def may_exist(book: Notebook, record: CustomerRecord) -> tuple[Likeness, ...]:
    """Possible duplicates of a new card, for beside its form: who it may be, with reasons, the likeliest first."""
    mine = matching.keys(record, region_of(book))
    scored = []
    for customer_id, theirs in matching_store.candidates(book, mine):
        score, reasons = matching.likeness(mine, theirs)
        if score >= matching.WORTH_SHOWING:
            scored.append((score, customer_id, reasons))
    best = sorted(scored, key=lambda each: (-each[0], each[1]))[:_SHOWN_LIKENESSES]
    return _likenesses(book, best)


def _likenesses(book: Notebook, best: list[tuple[float, int, list[str]]]) -> tuple[Likeness, ...]:
    ids = [customer_id for _score, customer_id, _why in best]
    rows = {row.customer_id: row for row in customer_rows(book, ids)}
    firms = matching_store.firms(book, ids)
    shown = []
    for score, customer_id, reasons in best:
        if row := rows.get(customer_id):
            firm = firms.get(customer_id, "")
            detail = " · ".join(part for part in (firm if firm != row.name else "", row.phone, row.place) if part)
            shown.append(Likeness(customer_id, row.number, row.name, detail, score, tuple(reasons)))
    return tuple(shown)


# ---- an existing card --------------------------------------------------------------------------------------------


def _agreed(uow: UnitOfWork, customer_id: int, how: str, by: int) -> None:
    if how:
        note_consent(uow, customer_id, how, by)


def edit_customer(
    book: Notebook,
    customer_id: int,
    record: CustomerRecord,
    *,
    version: int,
    health_how: str = "",
    draft_id: str = "",
    by: int = 0,
) -> Saved:
    """Write what differs from the card as it is; rows that did not change stay as they are. ``health_how`` and
    ``draft_id`` as above.

    ChangedMeanwhile with both texts when the card is no longer the version that was read. NotFound; UserError as
    new_customer.
    """
    check(record)
    with unit_of_work(book, "", staff_id=by) as uow:
        write_differences(uow, customer_id, record, version, by)
        _agreed(uow, customer_id, health_how, by)
        finished(uow, draft_id)
        uow.say(_("Card of {name} changed").format(name=name_of(customer_of(uow, customer_id))))
    return uow.saved


def take_along(
    book: Notebook,
    customer_id: int,
    record: CustomerRecord,
    *,
    health_how: str = "",
    draft_id: str = "",
    by: int = 0,
) -> Saved:
    """Add what was typed for a new card to an existing one: fills what is empty, adds what is new, removes nothing.
    ``health_how`` and ``draft_id`` as above. NotFound when the card is gone.
    """
    with unit_of_work(book, "", staff_id=by) as uow:
        name = name_of(customer_of(uow, customer_id))
        writer = RecordWriter(uow)
        update(writer, customer_id, record)
        writer.flush()
        _agreed(uow, customer_id, health_how, by)
        finished(uow, draft_id)
        uow.say(_("Added to the card of {name}").format(name=name))
    return uow.saved


def set_profile(
    book: Notebook, customer_id: int, key: str, value: object, *, state: str = "known", draft_id: str = "",
    draft_left: str = "", by: int = 0,
) -> Saved:
    """Save what is known of one profile field: the value, ``refused`` (never asked again) or ``later`` (not now).

    ``known`` with None or an empty value makes it unknown again. ``draft_id``: where it was half typed, in which
    ``draft_left`` stays. NotFound when there is no such field.
    """
    with unit_of_work(book, "", staff_id=by) as uow:
        name = name_of(customer_of(uow, customer_id))
        label = write_profile(uow, customer_id, key, value, state)
        what = {
            "known": _("{label} of {name} saved"),
            "refused": _("{label} of {name}: rather not say"),
            "later": _("{label} of {name}: not now"),
        }[state]
        finished(uow, draft_id, draft_left)
        uow.say(what.format(label=label, name=name))
    return uow.saved


def add_line(
    book: Notebook, customer_id: int, kind: str, text: str, *, draft_id: str = "", draft_left: str = "", by: int = 0
) -> Saved:
    """Add a warning, something not to bring up (``avoid``) or a ``wish``; the draft as above.

    UserError "text" when nothing was typed; NotFound when the card is gone.
    """
    with unit_of_work(book, "", staff_id=by) as uow:
        name = name_of(customer_of(uow, customer_id))
        new_line(uow, customer_id, kind, text, by=by)
        finished(uow, draft_id, draft_left)
        uow.say(_line_sentence(kind).format(name=name))
    return uow.saved


def remove_line(book: Notebook, line_id: int, *, by: int = 0) -> Saved:
    """Take a warning, an "avoid" or a wish off the card. NotFound when it is gone already."""
    from kapperboek.storage.write.tables import CardLineRow

    with unit_of_work(book, "", staff_id=by) as uow:
        row = existing(uow, CardLineRow, line_id)
        uow.touch(row.customer_id)
        uow.say(_("Line removed from the card of {name}").format(name=name_of(customer_of(uow, row.customer_id))))
        uow.delete(row)
    return uow.saved


def _line_sentence(kind: str) -> str:
    return {
        "warning": _("Warning for {name} saved"),
        "avoid": _("What not to bring up with {name} saved"),
        "wish": _("Wish of {name} saved"),
    }[kind]
