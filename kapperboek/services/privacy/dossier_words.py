"""A dossier in plain words: a heading per kind of thing we keep, and nothing left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from kapperboek.domain.fields import fields_of
from kapperboek.domain.labels import (
    channel_label,
    contact_label,
    date_label,
    kind_label,
    purpose_label,
    relation_label,
    state_label,
    value_label,
    way_label,
)
from kapperboek.domain.people.profile import show_value
from kapperboek.domain.people.record_policies import origins
from kapperboek.domain.records import CustomerRecord, InteractionRecord
from kapperboek.domain.time.clock import wall_time
from kapperboek.domain.time.dates import PartialDate
from kapperboek.domain.views.printed_document import Paper, Section
from kapperboek.i18n import _, format_day, format_long_day, format_money, format_month_day, translated
from kapperboek.services.importing.amount_redaction import left_out, without_amounts
from kapperboek.services.row_checks import region_of
from kapperboek.services.settings import profile_fields
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.journal import change_history
from kapperboek.storage.privacy import access_log
from kapperboek.storage.read import matching_store
from kapperboek.storage.read.privacy import consent_query, dossier_query
from kapperboek.storage.read.privacy.dossier_query import Rows, rows_of
from kapperboek.storage.records.record_reader import read_customer

Lines = Iterator[tuple[str, str]]
DOT = " · "
_ALL = 1_000_000  # changes


def paper(book: Notebook, customer_id: int, amounts: bool = True) -> Paper:
    """All sections that say something; without ``amounts`` it says that they are not in it. NotFound."""
    record, rows = read_customer(book, customer_id), rows_of(book, customer_id)
    if not amounts:
        record, rows = without_amounts(record), left_out(rows)
    name = rows["customer"][0]["full_name"]
    sections = [
        (_("Who you are"), _identity(record)),
        (_("How to reach you"), _reach(record)),
        (_("Family, friends and days"), _near(record)),
        (_("What we know of you"), _profile(book, record)),
        (_("What we take into account"), _lines(record)),
        (_("Appointments, visits and contact"), map(_moment, record.interactions)),
        (_("What we meant to talk about"), _talk(record)),
        (_("What we meant to do"), _follow_ups(record)),
        (_("What you permitted"), _consents(book, customer_id)),
        *_kept(book, customer_id, rows, amounts),
    ]
    shop = str(book.get_setting("shop_name", "")) or _("this shop")
    intro = _("This is everything {shop} keeps of you. Is something wrong, or should it go? Tell us, and we see to it.")
    if not amounts:
        intro += " " + _("What you paid is not in it: whoever made this may not see amounts. Ask for it with them.")
    filled = ((title, tuple(line for line in lines if line[1])) for title, lines in sections)
    day = format_long_day(book.clock.today())
    return Paper(
        _("What we keep of {name}").format(name=name or _("you")), DOT.join((shop, day)), intro.format(shop=shop),
        tuple(Section(title, lines) for title, lines in filled if lines),
    )


def _identity(record: CustomerRecord) -> Lines:
    first = (record.honorific, record.given_name, record.additional_names)
    name = " ".join(filter(None, (*first, record.prefix, record.family_name, record.suffix)))
    yield _("Name"), name or record.display_name
    yield from _fields(record, "who", "shop")
    yield from ((key, str(value)) for key, value in record.extra.items())


def _fields(record: CustomerRecord, *parts: str) -> Lines:
    """The fields of these parts of the card, each under its own label."""
    for field in fields_of(CustomerRecord):
        if field.part in parts and field.label:
            value = getattr(record, field.name)
            if field.kind in ("day", "partial_day"):
                value = _partial(value)
            elif field.kind == "flag":
                value = _("yes") if value else ""
            yield translated(field.label), value_label("customer", field.column, value)


def _reach(record: CustomerRecord) -> Lines:
    for phone in record.phones:
        yield _("Phone"), DOT.join(filter(None, (phone.value, contact_label(phone.label))))
    for mail in record.emails:
        yield _("E-mail"), DOT.join(filter(None, (mail.value, contact_label(mail.label))))
    for handle in record.handles:
        yield handle.label or _("Other"), handle.value
    for home in record.addresses:
        label = contact_label(home.label)
        parts = (f"{home.street} {home.number}", f"{home.postcode} {home.place}", home.region, home.country, label)
        yield _("Address"), ", ".join(" ".join(part.split()) for part in parts if part.strip())
    yield from _fields(record, "reach")


def _near(record: CustomerRecord) -> Lines:
    for near in record.relations:
        yield relation_label(near.kind), DOT.join(filter(None, (near.name, _partial(near.birthday))))
    for day in record.dates:
        yield date_label(day.what), _partial(day.on)


def _profile(book: Notebook, record: CustomerRecord) -> Lines:
    fields = {field.key: field for field in profile_fields(book)}
    for key, value in record.profile.items():
        field = fields.get(key)
        yield (field.label if field else key), show_value(field.kind if field else "text", value)
    for key in record.profile_refused:
        yield (fields[key].label if key in fields else key), _("would rather not say")


def _lines(record: CustomerRecord) -> Lines:
    for warning in record.warnings:
        yield (_("About your health") if warning.health else _("Mind")), warning.text
    yield from ((_("Not about"), text) for text in record.avoid)
    yield from ((_("Wish"), text) for text in record.wishes)
    yield _("Note"), record.note


def _moment(item: InteractionRecord) -> tuple[str, str]:
    minutes = _("{n} minutes").format(n=item.minutes) if item.minutes else ""
    parts = (kind_label(item.kind), ", ".join(item.treatments), item.recipe, ", ".join(item.products), item.note,
             _money(item.amount), minutes, item.staff, state_label(item.state))
    return _at(item.at), DOT.join(filter(None, parts))


def _money(amount: str | None) -> str:
    return format_money(int(amount.replace(".", ""))) if amount else ""


def _talk(record: CustomerRecord) -> Lines:
    for point in record.talk_points:
        yield _at(point.made_on), DOT.join(filter(None, (point.text, point.outcome, point.staff)))


def _follow_ups(record: CustomerRecord) -> Lines:
    for item in record.follow_ups:
        done = _("done {day}").format(day=_at(item.closed_on)) if item.closed_on else ""
        yield _at(item.due), DOT.join(filter(None, (item.what, item.staff, done)))


def _consents(book: Notebook, customer_id: int) -> Lines:
    for line in reversed(consent_query.history(book, customer_id)):
        what = f"{purpose_label(line.purpose)} ({channel_label(line.channel)}): {state_label(line.state)}"
        shown = f"“{line.wording}”" if line.wording else ""
        yield _moment_text(line.at, line.timed), DOT.join(filter(None, (what, way_label(line.how), line.staff, shown)))


def _kept(book: Notebook, customer_id: int, rows: dict[str, Rows], amounts: bool) -> Iterator[tuple[str, Lines]]:
    """Part of the dossier that the program keeps beside the card: drafts, sources, the access log, the journal."""
    yield _("Half typed, not saved yet"), _drafts(book, rows.get("draft", []))
    yield _("Where it came from"), _sources(book, customer_id, rows.get("source_record", []))
    yield _("What follows from it"), _derived(rows.get("customer_fact", []))
    yield _("How other cards name you"), _mentions(book, customer_id)
    yield _("Who looked at your health facts, or took all of this out"), _looks(book, customer_id)
    yield _("What was changed on your card"), _changes(book, customer_id, amounts)


def _drafts(book: Notebook, rows: Rows) -> Lines:
    yield from ((_instant(book, row["updated_at"]), row["payload"]) for row in rows)


def _sources(book: Notebook, customer_id: int, rows: Rows) -> Lines:
    """The files, and of each value that came from one which it was, and whether somebody changed it here since."""
    for row in rows:
        read = _("read {day}").format(day=_instant(book, row["read_at"])) if row["read_at"] else ""
        yield _("File"), DOT.join(filter(None, (row["source"], row["key"], read)))
    found = origins(read_customer(book, customer_id), matching_store.readings(book, customer_id), region_of(book))
    for one in found:
        changed = _("changed here since") if one.touched else ""
        yield one.value, DOT.join(filter(None, (one.source, _instant(book, one.read_at), changed)))


def _derived(rows: Rows) -> Lines:
    for row in rows:
        if row["visit_count"]:
            yield _("Visits"), str(row["visit_count"])
            yield _("First and last visit"), DOT.join((_at(row["first_visit"]), _at(row["last_visit"])))
            if row["rhythm_days"]:
                yield _("Usually comes every"), _("{n} days").format(n=round(row["rhythm_days"]))
            yield _("Expected on"), _at(row["expected_on"])
            yield _("Seen as staying away from"), _at(row["absent_from"])


def _mentions(book: Notebook, customer_id: int) -> Lines:
    yield from (
        (relation_label(mention["kind"]), mention["name"]) for mention in dossier_query.mentions(book, customer_id)
    )


def _looks(book: Notebook, customer_id: int) -> Lines:
    words = {"health": _("looked at health facts"), "dossier": _("took out a dossier")}
    for look in access_log.looks(book, customer_id):
        what = words.get(look.what, _("took out the card"))
        yield _instant(book, look.at), DOT.join(filter(None, (what, look.staff)))


def _changes(book: Notebook, customer_id: int, amounts: bool) -> Lines:
    for change in reversed(change_history.changes(book, customer_id, limit=_ALL, amounts=amounts)):
        details = [f"{what}: {before or '–'} → {now or '–'}" for what, before, now in change.details]
        yield _at(change.at), DOT.join(filter(None, (change.what, change.staff, *details)))


def _partial(text: str | None) -> str:
    """A day with or without a year; other text stays."""
    try:
        day = PartialDate.parse(text or "")
    except ValueError:
        return text or ""
    return format_month_day(day.month, day.day) if day.year is None else format_day(day.occurrence(day.year))


def _at(text: str | None) -> str:
    """A stored day or moment, to the minute when it has one."""
    if not text:
        return ""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return _moment_text(found, "T" in text)


def _instant(book: Notebook, text: str) -> str:
    """A stored instant in the shop's time."""
    return _moment_text(wall_time(text, book.zone), timed=True)


def _moment_text(at: datetime, timed: bool) -> str:
    day = format_day(date(at.year, at.month, at.day))
    return f"{day} {at:%H:%M}" if timed else day
