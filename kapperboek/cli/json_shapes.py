"""The JSON documents of design/cli.md: names and shapes are a promise to users."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from kapperboek.domain.views.card_view import Card
from kapperboek.domain.views.list_views import ChangeView, FileReport, ImportReport
from kapperboek.domain.views.search_view import FindResult
from kapperboek.domain.views.today_view import Today, TodayLine

Shape = dict[str, Any]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def find_result(found: FindResult) -> Shape:
    """JSON of a search: ``{query, results, total}``."""
    results = [
        {
            "number": one.number,
            "name": one.name,
            "match": one.match,
            "phones": list(one.phones),
            "emails": list(one.emails),
            "birthday": one.birthday,
            "last_visit": _day(one.last_visit),
        }
        for one in found.results
    ]
    return {"query": found.query, "results": results, "total": found.total}


def line(one: TodayLine) -> Shape:
    """JSON of a line of Today."""
    return {
        "kind": one.kind,
        "number": one.number,
        "name": one.name,
        "text": one.text,
        "why": one.why,
        "due": _day(one.due),
    }


def today(view: Today) -> Shape:
    """JSON of Today: ``{date, lines}``.

    What to talk about with who comes stands behind their appointment, as in the window.
    """
    lines: list[Shape] = []
    for one in view.lines:
        lines.append(line(one))
        lines += [line(one) | {"kind": "talk_point", "text": point} for point in one.talk_points]
    return {"date": _day(view.date), "lines": lines}


def card(document: Shape, view: Card, due: Iterable[TodayLine]) -> Shape:
    """JSON of a card: one customer of the notebook document, with what follows from the facts."""
    return document | {
        "due": [line(one) for one in due],
        "rhythm_days": view.rhythm_days,
        "expected_on": _day(view.expected_on),
        "phase": view.phase,
    }


def changes(found: Iterable[ChangeView]) -> Shape:
    """JSON of the journal: ``{changes}``, newest first."""
    entries = [
        {"change": c.id, "at": c.at, "staff": c.staff, "what": c.what, "source": c.source, "undone": c.undone}
        for c in found
    ]
    return {"changes": entries}


def import_report(report: ImportReport) -> Shape:
    """JSON of an import: ``{batch, files}``; added + updated + unchanged + failed = read."""
    return {"batch": report.batch, "files": [_file(file) for file in report.files]}


def _file(file: FileReport) -> Shape:
    shape: Shape = {
        "file": file.file,
        "format": file.format,
        "read": file.read,
        "added": file.added,
        "updated": file.updated,
        "unchanged": file.unchanged,
        "possible_duplicates": file.possible_duplicates,
        "failed": [{"record": record, "line": at, "reason": reason} for record, at, reason, _text in file.failed],
    }
    if file.forgotten:
        shape["maybe_forgotten"] = [
            {"record": one.record, "name": one.name, "reasons": list(one.reasons)} for one in file.forgotten
        ]
    return shape | {"remarks": list(file.remarks)} if file.remarks else shape
