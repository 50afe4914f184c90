"""Import of agendas: entries of other calendars become appointments and birthdays, each of the customer it is about.

Whose it is is decided in ``calendar_people``, what was read before is known to ``calendar_entries``. For a name that is
nobody's a new card is made, because an appointment that isn't anybody's would not show up in Today; but only when it
reads as a person's full name or has a number with it, so that "Lunch" doesn't become a customer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kapperboek.domain.errors import UserError
from kapperboek.domain.people.names import split_full_name
from kapperboek.domain.records import AgendaRecord, CustomerRecord, Email, Phone, SeriesRecord
from kapperboek.exchange.calendar.ical_versions import NEVER, changed_at, is_older
from kapperboek.exchange.table.table_names import HONORIFICS
from kapperboek.i18n import _
from kapperboek.services.importing.calendar_entries import Entries, Reading, as_moment, mark_of, moment_of_key
from kapperboek.services.importing.calendar_people import CalendarPeople
from kapperboek.services.importing.import_people import Known
from kapperboek.services.importing.import_tally import Tally, stops_everything
from kapperboek.services.moments.moments import moved
from kapperboek.storage.records.record_rows import listed, moment, names, year_and_day
from kapperboek.storage.records.record_writer import RecordWriter, shown_names
from kapperboek.storage.write.row_lookup import appointments_at, changed_by_hand, find_rows, id_of_uid
from kapperboek.storage.write.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from kapperboek.storage.write.tables import InteractionRow

__all__ = ["Agenda"]


class Agenda:
    """Takes the entries of one calendar, one by one."""

    def __init__(self, uow: UnitOfWork, tally: Tally, known: Known) -> None:
        self.uow, self.tally, self.known = uow, tally, known
        self.writer = RecordWriter(uow)
        self.entries = Entries(uow)
        self.people = CalendarPeople(uow.book)
        self._entry: AgendaRecord | SeriesRecord | None = None  # what is being counted: the parts of one entry
        self._series: SeriesRecord | None = None
        self._old_series = False
        self._outcomes: set[str] = set()
        self._refusals: dict[str, str] = {}

    def take(self, entry: AgendaRecord | SeriesRecord) -> None:
        """Take one entry; one that cannot be placed is reported."""
        if self._entry and entry.record != self._entry.record:
            self._count()
        self._entry = entry
        try:
            self._outcomes.add(self._take(entry))
        except UserError as error:
            if stops_everything(error):
                raise
            said = f"{entry.summary} {entry.at}" if isinstance(entry, AgendaRecord) else entry.key
            self._refusals.setdefault(error.message, said)

    def finish(self) -> None:
        """Finish the import: write what is still kept back."""
        self._count()
        self.writer.flush()

    def _take(self, entry: AgendaRecord | SeriesRecord) -> str:
        if isinstance(entry, SeriesRecord):
            return self._begin_series(entry)
        if entry.remark:
            self.tally.remark(entry.remark)
        if entry.kind == "older":
            return self._older(entry)
        if entry.kind == "birthday":
            return self._birthday(entry)
        if self._old_series:
            return "unchanged"
        return self._appointment(entry)

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
        self._entry = self._series = None
        self._old_series = False
        self._outcomes.clear()
        self._refusals.clear()

    def _say(self, text: str, entry: AgendaRecord) -> str:
        """Tell something of an entry that changes nothing."""
        self.tally.remark(text.format(name=entry.name, at=entry.at.replace("T", " ")))
        return "unchanged"

    def _older(self, entry: AgendaRecord) -> str:
        return self._say(_("{name}, {at}: an older version; the newer one counts."), entry)

    # ---- series ------------------------------------------------------------------------------------------------

    def _begin_series(self, series: SeriesRecord) -> str:
        """Call off the moments of a series read before that are no longer in it; what became a visit stays."""
        self._series = series
        before = self.entries.read.get(series.key)
        if before and is_older(series.version, before.version):
            self._old_series = True
            text = _("A series of appointments is older in this file than what was read before; it was left as it is.")
            self.tally.remark(text)
            return "unchanged"
        gone = sorted(self.entries.series.get(series.key, set()) - set(series.keys))
        gone = [key for key in gone if series.first <= moment_of_key(key)[:8] <= series.last]
        return self._call_off(gone, series.version)

    def _call_off(self, keys: list[str], version: str) -> str:
        outcome = ""
        for key in keys:
            row = self._planned(key)
            if row is not None and not row.state:
                row.state = "cancelled"
                self.uow.touch(row.customer_id)
                reading = self.entries.read.get(key, Reading(at=row.at))
                self.entries.remember(row.customer_id, key, reading._replace(version=version, cancelled="cancelled"))
                outcome = "updated"
        return outcome

    def _planned(self, key: str) -> InteractionRow | None:
        from kapperboek.storage.write.tables import InteractionRow

        moment_id = self.entries.moments.get(key, 0)
        row = self.uow.get(InteractionRow, moment_id) if moment_id > 0 else None
        return row if row is not None and row.kind == "appointment" else None

    # ---- appointments ------------------------------------------------------------------------------------------

    def _appointment(self, entry: AgendaRecord) -> str:
        once_series = entry.key in self.entries.series and entry.key not in self.entries.moments
        before = None if once_series else self.entries.read.get(entry.key)
        if before and is_older(entry.version, before.version) and not entry.own:
            return self._older(entry) if before[1:] != Reading.of(entry)[1:] else "unchanged"
        owner, moment_id = (0, 0) if entry.key in self.entries.moments else self.entries.own(entry.key)
        if moment_id:
            self.entries.moments[entry.key] = moment_id
        if before or entry.key in self.entries.moments:
            return self._ours(entry, before) if entry.own else self._again(entry, before)
        if entry.cancelled:
            return self._cancelled_unseen(entry)
        return self._new(entry, owner or self.people.whose(entry))

    def _ours(self, entry: AgendaRecord, before: Reading | None) -> str:
        """Take an entry from a calendar that we wrote, here or in another notebook: the newest change counts."""
        row = self._planned(entry.key)
        if row is not None:
            now, minutes = Reading.of(entry), "" if row.minutes is None else str(row.minutes)
            stands = Reading("", row.at, minutes, "cancelled" if row.state else "", now.name)
            if stands[1:4] == now[1:4]:
                return "unchanged"
            here = changed_at(changed_by_hand(self.uow.book, row.id or 0)) or (before.version[8:] if before else "")
            if entry.version[8:] > max(here, NEVER):
                return self._again(entry, before or stands)
        return self._say(_("{name}, {at}: is otherwise in the notebook by now, and stays so."), entry)

    def _cancelled_unseen(self, entry: AgendaRecord) -> str:
        planned = sorted(self.entries.series.get(entry.key, set()))
        if outcome := self._call_off(planned, entry.version):
            return outcome
        return self._say(_("{name}, {at}: cancelled, and was not in the notebook."), entry)

    def _new(self, entry: AgendaRecord, customer_id: int) -> str:
        single = sorted(self.entries.series.get(entry.key, set()))  # of a series only this one is left
        called_off = self._call_off(single, entry.version)
        if customer_id and self._stands_there(customer_id, entry):
            self._remember(customer_id, entry)
            return called_off or self._say(_("{name}, {at}: this appointment was in the notebook already."), entry)
        if customer_id:
            self._write_appointment(customer_id, entry)
            self._remember(customer_id, entry)
            return "updated"
        record = self._new_card(entry)
        record.interactions.append(as_moment(entry))
        customer_id = self._add(record, entry)
        self.entries.moments.setdefault(entry.key, -1)
        self._remember(customer_id, entry)
        return "added"

    def _stands_there(self, customer_id: int, entry: AgendaRecord) -> bool:
        """Tell whether the very same appointment is planned already, under another key or by hand."""
        planned = as_moment(entry)
        same = (planned.minutes, tuple(planned.treatments))
        return same in appointments_at(self.uow.book, customer_id, planned.at)

    def _remember(self, customer_id: int, entry: AgendaRecord) -> None:
        self.entries.remember(customer_id, entry.key, Reading.of(entry))
        if self._series is not None:
            self.entries.remember(customer_id, self._series.key, Reading(self._series.version))

    def _again(self, entry: AgendaRecord, before: Reading | None) -> str:
        """An entry that was read before: moved, cancelled, for somebody else, or as it was. What became a visit stays
        one, and what was changed in the notebook only changes with the calendar.
        """
        row, now = self._planned(entry.key), Reading.of(entry)
        if row is None or (before and before[1:] == now[1:]):
            if before:
                self._remember(0, entry)  # as an entry that is known: only its version may be new
            return "unchanged"
        if before and before.name != now.name and (other := self.people.whose(entry)) not in (0, row.customer_id):
            self.uow.delete(row)
            self._write_appointment(other, entry)
            self._remember(other, entry)
            return "updated"
        changed = self._follow(row, entry, before, now)
        self._remember(row.customer_id, entry)
        return "updated" if changed else "unchanged"

    def _follow(self, row: InteractionRow, entry: AgendaRecord, before: Reading | None, now: Reading) -> bool:
        """Take over what changed in the calendar; whether anything did."""
        planned, standing = as_moment(entry), (row.at, row.minutes, row.state, row.treatments, row.note)
        if entry.cancelled:
            row.state = row.state or "cancelled"
        else:
            if before and before.cancelled:
                row.state = ""
            if before is None or before.at != now.at:
                row = moved(self.uow, row, entry.at)
            if before is None or before.minutes != now.minutes:
                row.minutes = entry.minutes
            if before and before.text != now.text and before.text == mark_of(listed(row.treatments), row.note):
                row.treatments, row.note = names(planned.treatments), planned.note
        self.uow.touch(row.customer_id)
        if not row.source_key:
            row.source_key = entry.key
        return standing != (row.at, row.minutes, row.state, row.treatments, row.note)

    def _write_appointment(self, customer_id: int, entry: AgendaRecord) -> None:
        from kapperboek.storage.write.tables import InteractionRow

        planned = as_moment(entry)
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
        self.entries.moments[entry.key] = row.id or 0

    # ---- birthdays ---------------------------------------------------------------------------------------------

    def _birthday(self, entry: AgendaRecord) -> str:
        customer_id = id_of_uid(self.uow.book, entry.key.removeprefix("birthday-")) if entry.own else 0
        customer_id = customer_id or self.people.whose(entry)
        if customer_id:
            return "updated" if self._fill_birthday(customer_id, entry) else "unchanged"
        record = self._new_card(entry)
        record.birthday = entry.at
        self._add(record, entry)
        return "added"

    def _fill_birthday(self, customer_id: int, entry: AgendaRecord) -> bool:
        """Fill an empty birthday, or add the year to one. UserError when the card has another day."""
        from kapperboek.storage.write.tables import ImportantDateRow

        year, month_day = year_and_day(entry.at)
        rows = find_rows(self.uow, ImportantDateRow, customer_id=customer_id, what="birthday")
        if not rows:
            self.uow.add(ImportantDateRow(customer_id=customer_id, what="birthday", year=year, month_day=month_day))
            self.uow.touch(customer_id)
            return True
        if rows[0].month_day != month_day or (year and rows[0].year and rows[0].year != year):
            text = _("{name} has another birthday on the card. Look which one is right.")
            raise UserError("other-birthday", text.format(name=self.people.shown[customer_id]))
        if year and rows[0].year is None:
            rows[0].year = year
            self.uow.touch(customer_id)
            return True
        return False

    # ---- cards -------------------------------------------------------------------------------------------------

    def _new_card(self, entry: AgendaRecord) -> CustomerRecord:
        name, mail = self.people.stranger(entry)
        title, _blank, rest = name.partition(" ")
        titled = bool(rest) and title.lower() in HONORIFICS
        given, prefix, family = split_full_name(rest if titled else name)
        record = CustomerRecord(
            honorific=title if titled else "", given_name=given, prefix=prefix, family_name=family
        )
        if entry.phone:
            record.phones.append(Phone(entry.phone))
        if mail:
            record.emails.append(Email(mail))
        return record

    def _add(self, record: CustomerRecord, entry: AgendaRecord) -> int:
        uid = entry.key.removeprefix("birthday-") if entry.own and entry.kind == "birthday" else ""
        maybe = self.known.maybe_forgotten(replace(record, uid=uid), entry.record, self.tally)
        customer_id = self.writer.add(record)
        if maybe is not None:
            self.tally.forgotten.append(maybe._replace(customer_id=customer_id))
        self.writer.flush()
        full = shown_names(record)[0]
        self.people.know(customer_id, "", full, record.given_name, record.prefix, record.family_name, "")
        return customer_id
