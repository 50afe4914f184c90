"""Lists: customers, follow-ups, the journal, and what the settings page edits."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple


class CustomerFilter(NamedTuple):
    """Filter and order of the list of customers.

    ``sort``: name, last_visit, expected, number, since; ``not_since`` keeps those without a visit since that day.
    """

    text: str = ""
    phases: tuple[str, ...] = ()
    tag: str = ""
    staff_id: int = 0
    not_since: date | None = None
    sort: str = "name"
    descending: bool = False


class CustomerRow(NamedTuple):
    customer_id: int
    number: str
    name: str
    tags: str
    warning: str
    phase: str
    last_visit: date | None
    expected_on: date | None
    next_appointment: str | None
    staff_initials: str
    phone: str
    place: str
    deceased: bool
    namesake: bool = False  # somebody else has this name too
    appointment_staff: str = ""  # initials of whom they come to


class ChangeView(NamedTuple):
    """One entry of the journal, as "who changed what"."""

    id: int
    at: str  # local moment
    staff: str
    what: str
    source: str
    undone: bool
    details: tuple[tuple[str, str, str], ...] = ()  # (what, before, now) for edited columns, in words
    about: tuple[str, ...] = ()  # which talk point, promise, visit…, in its own words
    cards: int = 1  # of how many customers it wrote something
    direction: str = ""  # where it is more than one: what taking it back does: removes, restores, turns-back


class DraftView(NamedTuple):
    id: str
    kind: str
    customer_id: int
    customer_name: str
    payload: str
    updated_at: str


class CopyView(NamedTuple):
    """A backup: when it was made (this computer's time) and its size in bytes."""

    path: Path
    made: datetime
    size: int


class CopyContent(NamedTuple):
    """Content of a backup; ``last`` is when something was last changed in it, in the shop's time.

    ``another``: it is of another notebook than the one that is open.
    """

    path: Path
    customers: int
    moments: int
    last: datetime | None
    another: bool = False


class ColumnView(NamedTuple):
    """Column of a list to import, and what it becomes.

    ``field`` is what somebody could choose (empty: something that cannot be chosen, see ``words``); ``confidence``:
    sure, likely, choose, chosen, or empty when nothing stands in it.
    """

    number: int
    heading: str
    example: str
    field: str
    words: str
    confidence: str


class Double(NamedTuple):
    """Duplicate, perhaps: somebody of a file who may be somebody else. Both stay, until a person says they are one.

    ``other_known``: the other was on a card before this import. In a rehearsal only such a card is there to look at.
    """

    name: str
    customer_id: int
    other_name: str
    other_number: str
    other_id: int
    other_known: bool
    reasons: tuple[str, ...]


class MaybeForgotten(NamedTuple):
    """Forgotten person, perhaps: somebody of a file, the ``record``, and by what they are known.

    Without a card, ``customer_id`` 0, where such people are left out.
    """

    name: str
    customer_id: int
    record: int
    reasons: tuple[str, ...]


class FileReport(NamedTuple):
    """Report of one file of an import: added + updated + unchanged + len(failed) = read.

    ``doubles`` names the first of the possible duplicates; ``forgotten`` everybody who may have been forgotten.
    """

    file: str
    format: str
    read: int
    added: int
    updated: int
    unchanged: int
    possible_duplicates: int
    failed: tuple[tuple[int, int | None, str, str], ...]  # (record, line, reason, text)
    remarks: tuple[str, ...] = ()
    columns: tuple[ColumnView, ...] = ()
    doubles: tuple[Double, ...] = ()
    forgotten: tuple[MaybeForgotten, ...] = ()


class ImportReport(NamedTuple):
    """Report of an import; ``batch`` is the change to undo, 0 if nothing was written."""

    batch: int
    files: tuple[FileReport, ...]
    dry_run: bool = False
