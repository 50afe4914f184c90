"""State of the draft of one card: half-typed texts, apart from the rows they are typed in.

Those rows are made anew whenever the card changes, hidden in discreet mode and taken away by the lock.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from kapperboek.domain.views.saved import Saved
from kapperboek.ui.core.context import Context

Texts = dict[Any, str]


class Typed(NamedTuple):
    """Text that is being saved: from which ``texts`` under which key; of the next talk point neither."""

    texts: Texts | None
    key: object
    text: str


class HalfTyped(QObject):
    """Half-typed texts of a card: its sections write and show them; ``changed`` when something is to be kept."""

    changed = Signal()
    outdated = Signal()  # somebody else was first: the card must be asked for again

    def __init__(self) -> None:
        super().__init__()
        self.text = ""  # the next talk point
        self.draft_id = ""  # under which it is kept
        self.under_way: list[Typed] = []  # to the notebook: they may come back
        self.not_before = ""  # its day: as a date when it was understood, else as typed
        self.answers: Texts = {}  # by talk point
        self.words: Texts = {}  # other words for a talk point
        self.facts: Texts = {}  # by profile field, also the question for today
        self.lines: Texts = {}  # by kind: warning, avoid, wish
        self.points: Texts = {}  # the talk points as they stand on the card

    def keep(self, texts: Texts, key: object, text: str | None) -> None:
        """Keep a half-typed text under its key; None when there is nothing to keep any more."""
        if text is None:
            texts.pop(key, None)
        else:
            texts[key] = text
        self.changed.emit()

    def saved(self, texts: Texts, key: object, text: str) -> None:
        """Drop a text that is in the notebook now; what was typed after it stays."""
        if texts.get(key) == text:
            self.keep(texts, key, None)

    def save(
        self, context: Context, what: Typed, fn: Callable[..., Saved], *args: Any,
        failed: Callable[[Exception], None] | None = None, owner: QObject | None = None, **how: Any,
    ) -> None:
        """Save a text for good as ``context.save`` does; it goes out of the draft in the same transaction. ``failed``
        is called while ``owner`` is there."""
        draft_id = self.draft_id
        self.under_way.append(what)

        def over() -> None:
            self.under_way = [one for one in self.under_way if one is not what]
            self.changed.emit()

        def saved(_saved: Saved) -> None:
            if what.texts is not None and self.draft_id == draft_id:
                self.saved(what.texts, what.key, what.text)
            over()

        def refused(error: Exception) -> None:
            over()
            if failed is not None and (owner is None or isValid(owner)):
                failed(error)
            else:
                context.tell(error)

        how |= {"done": saved, "failed": refused, "owner": self}
        context.save(fn, *args, draft_id=draft_id, draft_left=self.as_draft(what), **how)

    def as_draft(self, *but: Typed) -> str:
        """Draft of what is half typed, without some of what is being saved; empty when that is all."""
        plain = self.plain(*but)
        return json.dumps(plain, ensure_ascii=False) if plain else ""

    def plain(self, *but: Typed) -> dict[str, Any]:
        """Plain data for the draft; empty when nobody typed anything. ``but``: that is left out."""
        points = [one.text for one in self.under_way if one.texts is None and one not in but]
        text = joined(*points, self.text)
        kept: dict[str, Any] = {"text": text} if text else {}
        if kept and self.not_before:
            kept["not_before"] = self.not_before
        for name in ("answers", "words", "facts", "lines"):
            texts: Texts = getattr(self, name)
            left_out = {one.key for one in but if one.texts is texts and texts.get(one.key) == one.text}
            typed = {
                str(key): text for key, text in texts.items()
                if text.strip() and key not in left_out and not self._untouched(texts, key)
            }
            if typed:
                kept[name] = typed
        return kept

    def has_point(self, point: int) -> bool:
        """Tell whether an answer to this talk point, or other words for it, are half typed."""
        return point in self.answers or point in self.words

    def _untouched(self, texts: Texts, key: object) -> bool:
        return texts is self.words and texts[key] == self.points.get(key)

    def fill(self, said: dict[str, Any]) -> None:
        """Fill from the draft; what was typed since stays, the one before the other where both are in one line."""
        self.text = joined(said.get("text", ""), self.text)
        self.not_before = self.not_before or said.get("not_before", "")
        for texts, name in ((self.answers, "answers"), (self.words, "words")):
            texts.update({int(key): text for key, text in said.get(name, {}).items() if int(key) not in texts})
        for texts, name in ((self.facts, "facts"), (self.lines, "lines")):
            texts.update({key: text for key, text in said.get(name, {}).items() if key not in texts})

    def set_points(self, points: Texts) -> None:
        """Set the talk points of now. Words about one that is gone go where they can be seen: into the next one."""
        left: list[str] = []
        for texts in (self.answers, self.words):
            gone = [key for key in texts if key not in points]
            left += [texts.pop(key) for key in gone if not self._untouched(texts, key)]
        self.points = points
        if any(text.strip() for text in left):
            self.text = joined(self.text, *left)
            self.changed.emit()

    def clear(self) -> None:
        """Clear everything, for another card."""
        self.text = self.not_before = ""
        self.under_way.clear()
        for texts in (self.answers, self.words, self.facts, self.lines, self.points):
            texts.clear()


def joined(*texts: str) -> str:
    """Join several texts in the room of one; as typed when it is one."""
    return " · ".join(text for text in texts if text.strip())
