"""Repair of JSON that is damaged, or says something else than belongs there, into what does with the words that can be
read of it. What is as it should be is given back as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

_UNREADABLE = "/unreadable"  # among what a card carries of other programs
_BETWEEN = re.compile(r'(?<!\\)"\s*[^"]?\s*"|(?<!\\)"\s*,\s*|\s*,\s*"')  # a quote or the comma may be damaged too
_LEFT = re.compile(r'^[\s\[\]{}"]+|[\s\[\]{}]*(?<!\\)"?[\s\[\]{}]*$')
_ENDS = re.compile(r'^.?"|(?<!\\)".?$', re.DOTALL)


def words(value: object) -> object:
    """A list of words."""
    if holds(value, is_words):
        return value
    known = _known(value)
    if known is None:
        return "[]" if value == "null" else _as_json(_pieces(str(value)))
    items = known if isinstance(known, list) else [known]
    return _as_json([one if isinstance(one, str) else _as_json(one) for one in items])


def mapping(value: object) -> object:
    """Names and their values, or nothing at all."""
    if value == "" or holds(value, is_mapping):
        return value
    known = _known(value)
    return _as_json(known if isinstance(known, dict) else {_UNREADABLE: str(value)})


def anything(value: object) -> object:
    """Any JSON: what looks like a list stays one, all else that cannot be read becomes a text."""
    if holds(value, lambda _known: True):
        return value
    known, text = _known(value), str(value).strip()
    if known is not None:
        return _as_json(known)
    return _as_json(_pieces(text) if text.startswith("[") or text.endswith("]") else text.strip('"'))


def is_words(known: object) -> bool:
    """Tell whether parsed JSON is a list with nothing but texts."""
    return isinstance(known, list) and all(isinstance(one, str) for one in known)


def is_mapping(known: object) -> bool:
    """Tell whether parsed JSON is an object."""
    return isinstance(known, dict)


def holds(value: object, fits: Callable[[object], bool]) -> bool:
    """Tell whether a value is JSON, and of something that fits."""
    try:
        return fits(json.loads(str(value)))
    except (ValueError, RecursionError):
        return False


def _known(value: object) -> object:
    """Content of the JSON, a stray control character allowed; None when it says nothing."""
    try:
        return json.loads(str(value), strict=False)
    except (ValueError, RecursionError):
        return None


def _pieces(text: str) -> list[str]:
    """The words of a list that is broken somewhere."""
    parts = (_LEFT.sub("", part) for part in _BETWEEN.split(_ENDS.sub("", text.strip())))
    return [str(_known(f'"{part}"') or part) for part in parts if part]


def _as_json(known: object) -> str:
    return json.dumps(known, ensure_ascii=False).encode("utf-8", "replace").decode()
