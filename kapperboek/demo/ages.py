"""Ages, and what suits them: a boy of twelve drinks no cappuccino, and brings no grandchildren along."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kapperboek.demo.demo_words import words
from kapperboek.domain.records import CustomerRecord

EVER = 200


@cache
def _spans() -> dict[str, tuple[int, int]]:
    """The first and last age at which a text is said; of most any age will do."""
    return {text: (span["from"], span.get("to", EVER)) for span in words("ages") for text in span["texts"]}


def fits(text: str, age: int) -> bool:
    """Tell whether a text can be said of somebody so old."""
    first, last = _spans().get(text, (0, EVER))
    return first <= age <= last


def suit(record: CustomerRecord, age: int) -> None:
    """Put what suits somebody so old in place of what does not; the rest, and every throw of the dice, stays."""
    profile = record.profile
    if "labels" in profile and not fits(str(profile["labels"][0]), age):  # type: ignore[index]
        del profile["labels"]
    for key, kind in (("coffee", "coffee"), ("job", "jobs")):
        if key in profile:
            profile[key] = _instead(str(profile[key]), words(kind), age)
    if "hobby" in profile:
        profile["hobby"] = [one for one in profile["hobby"] if fits(str(one), age)] or ["lezen"]  # type: ignore[attr-defined]
    record.warnings = [one for one in record.warnings if fits(one.text, age)]
    record.avoid = [one for one in record.avoid if fits(one, age)]
    for item in record.interactions:
        notes = words("call_notes" if item.kind in ("call", "message") else "visit_notes")
        item.note = _instead(item.note, notes, age)
    for point in record.talk_points:
        point.text = _instead(point.text, words("talk"), age)


def _instead(text: str, choices: Sequence[str], age: int) -> str:
    """The text, or the next of its kind that suits."""
    if fits(text, age):
        return text
    first = choices.index(text) if text in choices else 0
    around = (*choices[first:], *choices[:first])
    return next((one for one in around if fits(one, age) and "{" not in one), "")
