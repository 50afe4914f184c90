"""Tables that are lists of something else: visits, appointments, a calendar; and addresses copied out of a mail."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kapperboek.domain.errors import UserError
from kapperboek.domain.people.names import words
from kapperboek.exchange.table.headings import Column, Row
from kapperboek.i18n import _

_NAMED_EMAIL = re.compile(
    r"\s*(?P<name>[^<>@]*?)\s*<?(?:mailto:)?(?P<mail>[^\s@,;<>\"]+@[^\s@,;<>\"]+)>?\s*", re.IGNORECASE
)
_LONGEST = 300
_COLUMNS = 1000


def named_email(text: str) -> re.Match[str] | None:
    """An e-mail address as a mail program shows it, with or without a ``name`` before the ``mail``; None for others."""
    return _NAMED_EMAIL.fullmatch(text) if "@" in text and len(text) < _LONGEST else None


_WHAT = ("subject", "onderwerp", "betreff", "objet", "summary", "titel", "title", "event name")
_BEGINS = (
    "start date", "begindatum", "startdatum", "beginnt am", "debut", "date de debut", "start", "begin", "start time",
    "starttijd", "begintijd",
)
_ENDS = (
    "end date", "einddatum", "endet am", "fin", "date de fin", "end", "einde", "eind", "end time", "eindtijd",
    "all day event", "duration", "location",
)
_DONE = frozenset(("treatments", "amount", "minutes", "recipe", "products", "visit_kind", "visit_staff", "visit_state"))
_ABOUT_ONE = frozenset(("birthday", "street", "address", "postcode", "place", "given", "last_visit", "since"))


def refuse_other_lists(name: str, rows: Sequence[Row]) -> None:
    """Refuse a calendar that was saved as a table: UserError ``calendar-table``."""
    for row in rows:
        said = {" ".join(words(cell)) for cell in row}
        if said & set(_WHAT) and said & set(_BEGINS) and said & set(_ENDS):
            text = _(
                "{name} is a calendar (agenda) saved as a table, not a list of customers. Export it from the calendar "
                "program as iCalendar (.ics) and import that: then the appointments come in."
            )
            raise UserError("calendar-table", text.format(name=name))


def lists_visits(columns: Sequence[Column]) -> bool:
    """Tell whether the rows are visits or appointments: a day, what was done, and of the customer only who."""
    said = {column.meaning.target for column in columns if column.meaning}
    days = said & {"date", "time"}
    done = said & _DONE
    return bool(days and done) and not said & _ABOUT_ONE and (len(done) > 1 or "time" in said or "email" not in said)


def list_of_visits(name: str) -> UserError:
    """Error for a list of visits or appointments, to be raised."""
    text = _(
        "{name} is a list of visits or appointments, not of customers; nothing of it was read. Import the list of "
        "customers first. Visits come in with the workbook (.xlsx) that has both sheets, customers and visits, "
        "appointments from a calendar (.ics)."
    )
    return UserError("list-of-visits", text.format(name=name))


def refuse_wide(name: str, rows: Sequence[Row]) -> None:
    """Refuse a table with so many columns that it is not of people: UserError ``too-many-columns``."""
    if any(len(row) > _COLUMNS and sum(map(bool, map(str.strip, row))) > _COLUMNS for row in rows):
        text = _(
            "{name} has more than {limit} columns; no list of customers has. Take out what is not about the customers, "
            "or turn rows and columns round, and import it again."
        )
        raise UserError("too-many-columns", text.format(name=name, limit=_COLUMNS))


def apart_addresses(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Split one line of nothing but e-mail addresses, copied out of a mail, in one address a row."""
    if len(rows) != 1 or len(rows[0][1]) < 2 or not all(named_email(cell) for cell in rows[0][1] if cell):
        return rows
    line, cells = rows[0]
    return [(line, [cell]) for cell in cells if cell.strip()]
