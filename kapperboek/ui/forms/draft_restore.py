"""Restore a draft: half-typed work on its way back into a form.

It stands in the notebook, where another program can have written anything: what does not fit is left where it is,
and is no reason to show a bug.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from kapperboek.domain.views.list_views import DraftView

KINDS = ("visit", "contact", "follow_up", "customer", "appointment", "card", "health", "breach")
# What a form says of something that it did not write: not JSON, another shape, a number where a word should be.
_STRANGE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)


def typed_name(payload: str) -> str:
    """The name on a card that is half typed, of somebody who has none in the notebook yet; empty when there is none."""
    try:
        record = json.loads(payload)["record"]
        parts = [str(record.get(part) or "") for part in ("given_name", "prefix", "family_name")]
        others = (str(record.get(part) or "") for part in ("display_name", "organisation", "initials"))
    except _STRANGE:
        return ""
    name = " ".join(part.strip() for part in parts if part.strip())
    return name or next((other for other in others if other.strip()), "")


def changed_in(draft: DraftView | None) -> int:
    """Id of what a draft changes, which is in its key; 0 when it is of something new."""
    parts = draft.id.split("-") if draft else []
    return int(parts[2]) if len(parts) == 3 and parts[2].isdecimal() else 0


def fits(put_back: Callable[[Any], None], payload: str) -> bool:
    """Put a draft back as far as it goes; True when all of it fits."""
    try:
        put_back(json.loads(payload))
    except _STRANGE:
        return False
    return True


def as_text(payload: str) -> str:
    """Words of a draft, each on a line of its own, to be read by a person."""
    try:
        return "\n".join(_words_in(json.loads(payload)))
    except _STRANGE:
        return payload


def _words_in(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _words_in(one)
