"""An agenda into the notebook: appointments to the cards of who comes, birthdays to the cards of whose they are.

What is counted are the entries of the calendar, so that the report fits the file: one that comes back every week, or is
about two people, counts once.

Somebody is known by exactly the name on the card, or by the telephone number when the name does not contradict it; when
more than one fits, a person must choose, so the entry is reported with who they are. For a name that is nobody's a new
card is made, because an appointment that isn't anybody's would not show up in Today; but only when it reads as a
person's full name or has a number with it, so that "Lunch" doesn't become a customer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kapperboek.domain.errors import UserError
from kapperboek.domain.names import PREFIXES, split_full_name, words
from kapperboek.domain.phones import canonical
from kapperboek.domain.records import AgendaRecord, CustomerRecord, InteractionRecord, Phone
from kapperboek.i18n import _
from kapperboek.services.import_tally import Tally, stops_everything
from kapperboek.services.writing import region_of

if TYPE_CHECKING:
    from kapperboek.storage.tables import InteractionRow
    from kapperboek.storage.unit_of_work import UnitOfWork

_PARTS = re.compile(r"\s*[+,&/]\s*")


class Agenda:
    """Takes the entries of one calendar, one by one."""

    def __init__(self, uow: UnitOfWork, tally: Tally) -> None:
        from kapperboek.storage.lookup import moments_from_calendars, names
        from kapperboek.storage.record_writer import RecordWriter

        self.uow, self.tally = uow, tally
        self.writer = RecordWriter(uow)
        self.region = region_of(uow.book)
        self.moments = moments_from_calendars(uow.book)
        self.names: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self.shown: dict[int, str] = {}
        self._entry: AgendaRecord | None = None  # what is being counted: the parts of one entry of the calendar
        self._outcomes: set[str] = set()
        self._refusals: dict[str, str] = {}
        for customer_id, number, name in names(uow.book):
            self._know(customer_id, number, name)

    def take(self, entry: AgendaRecord) -> None:
        """Take one entry; one that cannot be placed is reported."""
        if self._entry and entry.record != self._entry.record:
            self._count()
        self._entry = entry
        try:
            self._outcomes.add(self._birthday(entry) if entry.kind == "birthday" else self._appointment(entry))
        except UserError as error:
            if stops_everything(error):
                raise
            self._refusals.setdefault(error.message, f"{entry.name} {entry.title} {entry.at}")

    def finish(self) -> None:
        """Write what is still kept back."""
        self._count()
        self.writer.flush()

    def _count(self) -> None:
        """Count the entry as the most that came of it; what of it could not be placed is reported."""
        outcome = next((name for name in ("added", "updated", "unchanged") if name in self._outcomes), "")
        if outcome:
            setattr(self.tally, outcome, getattr(self.tally, outcome) + 1)
            for reason in self._refusals:
                self.tally.remark(reason)
        elif self._entry:
            reasons, text = " ".join(self._refusals), next(iter(self._refusals.values()), "")
            self.tally.fail(self._entry.record, self._entry.line, reasons, text)
        self._entry = None
        self._outcomes.clear()
        self._refusals.clear()

    def _know(self, customer_id: int, number: str, name: str) -> None:
        self.names[tuple(words(name))].append(customer_id)
        self.shown[customer_id] = f"{name} ({number})" if number else name

    # ---- appointments ------------------------------------------------------------------------------------------

    def _appointment(self, entry: AgendaRecord) -> str:
        if moment_id := self.moments.get(entry.key):
            return self._appointment_again(entry, moment_id)
        if entry.cancelled:
            self.tally.remark(
                _("{name}, {at}: cancelled, and was not in the notebook.").format(
                    name=entry.name, at=entry.at.replace("T", " ")
                )
            )
            return "unchanged"
        if customer_id := self._whose(entry):
            self._write_appointment(customer_id, entry)
            return "updated"
        record = self._new_card(entry)
        record.interactions.append(_as_moment(entry))
        self._add(record)
        self.moments.setdefault(entry.key, -1)
        return "added"

    def _appointment_again(self, entry: AgendaRecord, moment_id: int) -> str:
        """An entry that was read before: moved, cancelled, or as it was. What became a visit stays one."""
        from kapperboek.services.moments import moved
        from kapperboek.storage.tables import InteractionRow

        row = self.uow.get(InteractionRow, moment_id) if moment_id > 0 else None
        if row is None or row.kind != "appointment" or not _differs(row, entry):
            return "unchanged"
        if entry.cancelled:
            row.state = "cancelled"
        else:
            row = moved(self.uow, row, entry.at)
            row.minutes = entry.minutes
        self.uow.touch(row.customer_id)
        return "updated"

    def _write_appointment(self, customer_id: int, entry: AgendaRecord) -> None:
        from kapperboek.storage.record_rows import moment, names
        from kapperboek.storage.tables import InteractionRow

        planned = _as_moment(entry)
        row = InteractionRow(
            id=self.uow.next_id("interaction"),
            customer_id=customer_id,
            at=moment(planned.at),
            kind="appointment",
            minutes=planned.minutes,
            treatments=names(planned.treatments),
            note=planned.note,
            source_key=planned.source_key,
        )
        self.uow.add(row)
        self.moments[entry.key] = row.id or 0

    # ---- birthdays ---------------------------------------------------------------------------------------------

    def _birthday(self, entry: AgendaRecord) -> str:
        customer_id = self._whose(entry)
        if customer_id:
            return "updated" if self._fill_birthday(customer_id, entry) else "unchanged"
        record = self._new_card(entry)
        record.birthday = entry.at
        self._add(record)
        return "added"

    def _fill_birthday(self, customer_id: int, entry: AgendaRecord) -> bool:
        """Fill an empty birthday, or add the year to one. UserError when the card has another day."""
        from kapperboek.storage.lookup import find_rows
        from kapperboek.storage.record_rows import year_and_day
        from kapperboek.storage.tables import ImportantDateRow

        year, month_day = year_and_day(entry.at)
        rows = find_rows(self.uow, ImportantDateRow, customer_id=customer_id, what="birthday")
        if not rows:
            self.uow.add(ImportantDateRow(customer_id=customer_id, what="birthday", year=year, month_day=month_day))
            self.uow.touch(customer_id)
            return True
        if rows[0].month_day != month_day or (year and rows[0].year and rows[0].year != year):
            text = _("{name} has another birthday on the card. Look which one is right.")
            raise UserError("other-birthday", text.format(name=self.shown[customer_id]))
        if year and rows[0].year is None:
            rows[0].year = year
            self.uow.touch(customer_id)
            return True
        return False

    # ---- whose -------------------------------------------------------------------------------------------------

    def _whose(self, entry: AgendaRecord) -> int:
        """The one customer it is about, 0 when nobody is known by that name. UserError when several are."""
        named = self.names.get(tuple(words(entry.name)), [])
        reached = self._reached_at(entry)
        both = [one for one in named if one in reached]
        found = both or named or [one for one in reached if self._fits(one, entry.name)]
        if len(found) > 1:
            people = ", ".join(self.shown[one] for one in found[:5])
            raise UserError("ambiguous", _("Who is meant? It may be {people}.").format(people=people))
        return found[0] if found else 0

    def _reached_at(self, entry: AgendaRecord) -> list[int]:
        from kapperboek.storage.lookup import ids_by_phone

        number = canonical(entry.phone, self.region) if entry.phone else ""
        return ids_by_phone(self.uow.book, number) if number else []

    def _fits(self, customer_id: int, name: str) -> bool:
        """Whether every word of a shorter name is in the name on the card: "Annelies" for Annelies van der Meer."""
        return set(words(name)) <= set(words(self.shown[customer_id]))

    def _new_card(self, entry: AgendaRecord) -> CustomerRecord:
        if not entry.phone and not reads_as_person(entry.name):
            text = _("Nobody is called “{name}”. Make the card first, or write the full name in the agenda.")
            raise UserError("nobody", text.format(name=entry.name))
        given, prefix, family = split_full_name(entry.name)
        record = CustomerRecord(given_name=given, prefix=prefix, family_name=family)
        if entry.phone:
            record.phones.append(Phone(entry.phone))
        return record

    def _add(self, record: CustomerRecord) -> None:
        from kapperboek.storage.record_writer import shown_names

        customer_id = self.writer.add(record)
        self.writer.flush()
        self._know(customer_id, "", shown_names(record)[0])


def reads_as_person(name: str) -> bool:
    """A first and a family name, each beginning with a capital (or in a script that has none), and no digits."""
    parts = [part for part in name.split() if part.lower().replace("’", "'") not in PREFIXES]
    starts = [next((c for c in part if c.isalpha()), "") for part in parts]
    return len(parts) >= 2 and all(starts) and not any(map(str.isdigit, name)) and not any(map(str.islower, starts))


def _as_moment(entry: AgendaRecord) -> InteractionRecord:
    treatments = [part for part in _PARTS.split(entry.title.strip()) if part]
    return InteractionRecord(
        "appointment",
        entry.at,
        minutes=entry.minutes,
        treatments=treatments,
        note=entry.note,
        source_key=entry.key,
    )


def _differs(row: InteractionRow, entry: AgendaRecord) -> bool:
    if entry.cancelled:
        return row.state != "cancelled"
    return row.at != entry.at or row.minutes != entry.minutes
