"""Calendar entries that were read before: the contact moment an entry became, and its state when it was last read.

So a change in the notebook is not taken back by reading the same file again, a change in the calendar is followed, and
an older copy of it changes nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from typing import NamedTuple

from kapperboek.domain.records import AgendaRecord, InteractionRecord
from kapperboek.storage.write.row_lookup import id_of_uid, moment_at, moments_from_calendars, source_records, was_at
from kapperboek.storage.write.unit_of_work import UnitOfWork

_SOURCE = "ical"
_OWN_KEY = re.compile(r"(?P<uid>.{1,200})-(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d)\+*")
_MOMENT = re.compile(r"(?P<uid>.*)/(?P<moment>\d{8}T\d{4})", re.DOTALL)
_PARTS = re.compile(r"\s*[+,&/]\s*")


class Reading(NamedTuple):
    """State of a calendar entry when it was read: its version, and what it said."""

    version: str = ""
    at: str = ""
    minutes: str = ""
    cancelled: str = ""
    name: str = ""
    text: str = ""

    @classmethod
    def of(cls, entry: AgendaRecord) -> Reading:
        """Reading of an entry as it stands now."""
        planned = as_moment(entry)
        minutes = "" if entry.minutes is None else str(entry.minutes)
        cancelled = "cancelled" if entry.cancelled else ""
        return cls(
            entry.version, entry.at, minutes, cancelled, _mark(entry.name), mark_of(planned.treatments, planned.note)
        )


def as_moment(entry: AgendaRecord) -> InteractionRecord:
    """The entry as a planned contact moment."""
    treatments = [part for part in _PARTS.split(entry.title.strip()) if part]
    return InteractionRecord(
        "appointment", entry.at, minutes=entry.minutes, treatments=treatments, note=entry.note, source_key=entry.key
    )


def mark_of(treatments: list[str] | tuple[str, ...], note: str) -> str:
    """A fingerprint of what an appointment is for and what is noted with it."""
    return _mark("\0".join((*treatments, note)))


def _mark(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


class Entries:
    """The entries read before, by their keys."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self.moments = moments_from_calendars(uow.book)  # key → contact moment; -1 when it came in this very run
        self.read: dict[str, Reading] = {}
        self._rows: dict[str, int] = {}
        self.series: dict[str, set[str]] = defaultdict(set)
        for row_id, key, digest in source_records(uow.book, _SOURCE):
            self._rows[key] = row_id
            self.read[key] = Reading(*digest.split("|")[:6])
        for key in self.moments.keys() | self.read.keys():
            self._note_series(key)

    def _note_series(self, key: str) -> None:
        if found := _MOMENT.fullmatch(key):
            self.series[found["uid"]].add(key)

    def remember(self, customer_id: int, key: str, reading: Reading) -> None:
        """Note how the entry stands now; what was remembered already is left alone."""
        if self.read.get(key) == reading:
            return
        from kapperboek.storage.write.tables import SourceRecordRow

        row = self.uow.get(SourceRecordRow, self._rows[key]) if key in self._rows else None
        if row is not None:
            row.digest = "|".join(reading)
        else:
            row_id = self.uow.next_id("source_record")
            values = (row_id, customer_id, _SOURCE, key, "|".join(reading))
            self.uow.bulk_insert("source_record", ("id", "customer_id", "source", "key", "digest"), [values])
            self._rows[key] = row_id
        self.read[key] = reading
        self._note_series(key)

    def own(self, key: str) -> tuple[int, int]:
        """Customer and contact moment behind the key of an entry in a calendar that we wrote: the moment is the one at
        that time, 0 when there is none, and -1 when it was there and was moved or removed since.
        """
        found = _OWN_KEY.fullmatch(key)
        customer_id = id_of_uid(self.uow.book, found["uid"]) if found else 0
        if not found or not customer_id:
            return 0, 0
        moment_id = moment_at(self.uow.book, customer_id, found["at"])
        if not moment_id and was_at(self.uow.book, customer_id, found["at"]):
            moment_id = -1
        return customer_id, moment_id


def moment_of_key(key: str) -> str:
    """Moment of its series that a key is of, as ``YYYYMMDDTHHMM``; empty when it is of none."""
    found = _MOMENT.fullmatch(key)
    return found["moment"] if found else ""
