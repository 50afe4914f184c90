"""Subjects of a change: the talk points, promises and visits it was about, so that somebody who wants one thing back
takes back that one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from kapperboek.i18n import _, format_weekday
from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write import journaled_tables

SUBJECTS_AT_MOST = 4  # of one change
_ROWS_AT_MOST = 200  # looked at of one change; of an import the number of cards says more
_WORDS_AT_MOST = 120


def about(book: Notebook, change_id: int) -> tuple[str, ...]:
    """The words of what a change wrote: of a talk point its text, of a visit its day and what was done."""
    rows = book.rows(
        "SELECT table_name, row_key, before, customer_id FROM change_row"
        f" WHERE change_id = ? AND seq <= {_ROWS_AT_MOST} AND table_name IN {MEMBERS} ORDER BY seq",
        (change_id, members(_SAYS)),
    )
    seen: dict[tuple[str, str], tuple[str | None, int | None]] = {}
    for table, key, before, customer_id in rows:
        seen.setdefault((table, key), (before, customer_id))
    found = (
        _SAYS[table](_row(book, table, key, before, customer_id))
        for (table, key), (before, customer_id) in seen.items()
    )
    return tuple(_some(words for words in found if words))


def _some(found: Iterable[str]) -> list[str]:
    words = list(dict.fromkeys(found))
    return [*words[:SUBJECTS_AT_MOST], "…"] if len(words) > SUBJECTS_AT_MOST else words


def _row(book: Notebook, table: str, key: str, before: str | None, customer_id: int | None) -> dict[str, Any]:
    """The row with the words it had before the change, else as it is, else as it was when it was removed."""
    names = journaled_tables.columns(book, table)
    present = book.row(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", (json.loads(key),))
    if present is None:
        removed = book.value(
            "SELECT before FROM change_row WHERE customer_id = ? AND table_name = ? AND row_key = ?"
            " AND op = 'delete' ORDER BY change_id DESC LIMIT 1",
            (customer_id, table, key),
        )
        return {**json.loads(removed or "{}"), **json.loads(before or "{}")}
    return {**dict(zip(names, present, strict=True)), **json.loads(before or "{}")}


def _quoted(sentence: str, text: object) -> str:
    plain = " ".join(str(text or "").split())
    cut = f"{plain[:_WORDS_AT_MOST]}…" if len(plain) > _WORDS_AT_MOST else plain
    return sentence.format(text=cut) if cut else ""


def _moment(row: dict[str, Any]) -> str:
    at = str(row.get("at", ""))
    if not at:
        return ""
    treatments = ", ".join(map(str, json.loads(row.get("treatments") or "[]")))
    about = _quoted("{text}", treatments or row.get("note") or row.get("recipe"))
    when = f"{format_weekday(date.fromisoformat(at[:10]))} {at[11:16]}".strip()
    return " · ".join(part for part in (when, about) if part)


def _follow_up(row: dict[str, Any]) -> str:
    sentence = _("promise: “{text}”") if row.get("kind") == "promise" else _("follow up: “{text}”")
    return _quoted(sentence, row.get("what"))


_SAYS: dict[str, Callable[[dict[str, Any]], str]] = {
    "interaction": _moment,
    "talk_point": lambda row: _quoted(_("talk about: “{text}”"), row.get("text")),
    "follow_up": _follow_up,
    "card_line": lambda row: _quoted("“{text}”", row.get("text")),
    "contact_point": lambda row: _quoted("{text}", row.get("value")),
    "relation": lambda row: _quoted("{text}", row.get("name")),
}
