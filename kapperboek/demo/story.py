"""The shop and the people of the design's own Tuesday: always there, in the smallest salon too, as on that day.

They are a notebook document (``resources/demo/story.json``) in which a day may be said from the day it is read:
``today-42``, ``today+1T10:00``, ``year-7-03-02`` (of seven years ago), and for a birthday ``turns 41 today+1``. A
contact moment with ``every`` and ``times`` is the last of a row, so many days apart.
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from functools import cache
from typing import Any

from kapperboek.demo.demo_words import FOLDER
from kapperboek.domain.records import CustomerRecord
from kapperboek.exchange.document.notebook_document import from_json

_DAY = re.compile(r"(?:turns (?P<turning>\d+) )?today(?P<away>[+-]\d+)?(?P<hour>T\d\d:\d\d)?")
_YEAR = re.compile(r"year-(?P<ago>\d+)(?P<rest>-\d\d-\d\d)")


@cache
def document() -> dict[str, Any]:
    """The story as it stands in its file."""
    found: dict[str, Any] = json.loads((FOLDER / "story.json").read_text("utf-8"))
    return found


def people(today: date) -> list[CustomerRecord]:
    """The story's people as they stand on the morning of ``today``; the most important first."""
    found = []
    for place, customer in enumerate(document()["customers"], 1):
        rows = [_moment(one, today) for one in customer.get("interactions", [])]
        told = _dated(customer, today) | {"interactions": [one for row in rows for one in row]}
        record, _unknown = from_json(told)
        record.uid = f"00000000-0000-4000-8000-{place:012d}"
        found.append(record)
    return found


def _moment(told: dict[str, Any], today: date) -> list[object]:
    """A contact moment, or the row it ends, the oldest first."""
    once = {key: value for key, value in told.items() if key not in ("every", "times")}
    apart = timedelta(days=told.get("every", 0))
    return [_dated(once, today - apart * place) for place in reversed(range(told.get("times", 1)))]


def _dated(told: Any, today: date) -> Any:
    """The same with calendar days in place of those that are said from today."""
    if isinstance(told, dict):
        return {key: _dated(value, today) for key, value in told.items()}
    if isinstance(told, list):
        return [_dated(value, today) for value in told]
    if not isinstance(told, str):
        return told
    if found := _DAY.fullmatch(told):
        day = today + timedelta(days=int(found["away"] or 0))
        return _birthday(day, int(found["turning"])) if found["turning"] else day.isoformat() + (found["hour"] or "")
    if found := _YEAR.fullmatch(told):
        return f"{today.year - int(found['ago'])}{found['rest']}"
    return told


def _birthday(day: date, turning: int) -> str:
    """Birthday of who turns so old on that day (29 February becomes the 28th)."""
    return f"{day.year - turning}-{day.month:02d}-{min(day.day, 28) if day.month == 2 else day.day:02d}"
