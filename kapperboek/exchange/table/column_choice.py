"""Choice of columns: what each column of a table became, and what somebody wants it to become instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kapperboek.domain.views.list_views import ColumnView
from kapperboek.exchange.table.columns import SINGLE
from kapperboek.exchange.table.headings import ADDRESS_TARGETS, FURTHER, Column, Meaning, Row, meaning
from kapperboek.i18n import _, translated

IN_NOTE = "note_with_heading"
SKIP = "skip"
_EXAMPLE_AT_MOST = 80


class ColumnChoice:
    """Choice of columns, handed to a reader.

    It applies ``wanted`` (number of the column → one of ``fields``) and leaves in ``columns`` what became of each.

    Columns are numbered through all tables of a file, in reading order, from 0.
    """

    def __init__(self, wanted: Mapping[int, str] | None = None) -> None:
        self.wanted = dict(wanted or {})
        self.columns: list[ColumnView] = []

    def settle(self, columns: list[Column], rows: Sequence[Row]) -> list[Column]:
        """The columns of the next table as they shall be read; ``rows`` are those below the heading."""
        start = len(self.columns)
        chosen = {
            column.place: self.wanted[start + n] for n, column in enumerate(columns) if start + n in self.wanted
        }
        settled = _settled(columns, chosen)
        for column in settled:
            example = _example(column, rows)
            sure = "chosen" if column.place in chosen else _confidence(column, example)
            field = SKIP if column.meaning == Meaning(SKIP) else _field(column)
            self.columns.append(
                ColumnView(len(self.columns), column.heading, example, field, _words(column), sure)
            )
        return settled


def _settled(columns: list[Column], chosen: Mapping[int, str]) -> list[Column]:
    taken = {field for field in chosen.values() if field in SINGLE}
    result = []
    for column in columns:
        field = chosen.get(column.place)
        if field is not None:
            column = column._replace(meaning=_meaning(field, columns))
        elif column.meaning and column.meaning.target in taken:
            column = column._replace(meaning=None)  # there can be only one, and somebody said which
        result.append(column)
    return result


def _meaning(field: str, columns: Sequence[Column]) -> Meaning | None:
    """A field as the readers know it; a part of an address joins the first address that is there."""
    if field == IN_NOTE:
        return None
    target, _mark, label = field.partition(":")
    if target in ADDRESS_TARGETS:
        there = (column.meaning for column in columns if column.meaning and column.meaning.target in ADDRESS_TARGETS)
        return next((Meaning(target, one.label, one.number) for one in there if one.target != target), Meaning(target))
    return Meaning(target, label)


def _example(column: Column, rows: Sequence[Row]) -> str:
    for row in rows:
        value = " ".join(row[column.place].split()) if column.place < len(row) else ""
        if value:
            return value[:_EXAMPLE_AT_MOST] + ("…" if len(value) > _EXAMPLE_AT_MOST else "")
    return ""


def _confidence(column: Column, example: str) -> str:
    """sure: the heading says so; likely: the content does, or the columns beside it; choose: nobody knows."""
    if not example:
        return "empty"
    if column.meaning is None:
        return "choose"
    return "sure" if column.heading and meaning(column.heading) == column.meaning else "likely"


def _field(column: Column) -> str:
    """The field somebody could have chosen to get this meaning; empty when there is none."""
    if column.meaning is None:
        return IN_NOTE
    target, label, _number = column.meaning
    offered = dict(column_fields())
    return next((field for field in (f"{target}:{label}", target) if field in offered), "")


def _words(column: Column) -> str:
    field, found = _field(column), column.meaning
    if field or found is None:
        return dict(column_fields()).get(field, "")
    if found.target == "profile":
        return _("Detail: {label}").format(label=found.label)
    if found.target == "display":
        return _("Full name")
    if found.target.endswith("_type"):
        return _("Kind of the column beside it")
    return _("Further detail")


def column_fields() -> tuple[tuple[str, str], ...]:
    """Fields that a column can be, as (field, words), in the order people look for them."""
    return (
        (IN_NOTE, _("In the note")), (SKIP, _("Leave out")),
        ("display", _("Full name")), ("given", _("First name")), ("prefix", _("Surname prefix")),
        ("family", _("Last name")), ("initials", _("Initials")), ("nickname", _("Nickname")),
        ("honorific", _("Salutation")), ("number", _("Customer number")),
        ("phone:mobile", _("Mobile number")), ("phone", _("Phone")), ("email", _("E-mail")),
        ("handle", _("Website")), ("birthday", _("Date of birth")),
        ("street", _("Street, perhaps with number")), ("house", _("House number")), ("postcode", _("Postcode")),
        ("place", _("Town")), ("country", _("Country")), ("address", _("Whole address")),
        ("organisation", _("Company")), ("department", _("Department")), ("job", _("Job")),
        ("last_visit", _("Last visit")), ("since", _("Customer since")), ("staff", _("Regular stylist")),
        ("warnings", _("Warnings")), ("avoid", _("Avoid")), ("wishes", _("Wishes")),
        ("no_advertising", _("No advertising")), ("labels", _("Labels")), ("relation:partner", _("Partner")),
        ("relation:child", _("Child")), *((field.name, translated(field.heading)) for field in FURTHER),
        ("note", _("Notes")),
    )
