"""The price list: what several treatments together take and cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kapperboek.domain.people.names import fold
from kapperboek.domain.views.settings_view import TreatmentView


class Together(NamedTuple):
    """Sums of what the list says; None when it says nothing of any of them. Minutes, whole cents, and the treatments
    that stand without minutes or without a price in the list, or not in it at all.
    """

    minutes: int | None
    cents: int | None
    without_minutes: tuple[str, ...] = ()
    without_price: tuple[str, ...] = ()


def same_name(one: str) -> str:
    """Key that the names of one treatment share, whatever their capitals, accents and spaces."""
    return " ".join(fold(one).split())


def together(chosen: Iterable[str], offered: Sequence[TreatmentView]) -> Together:
    """Total minutes and price (in cents) of these treatments.

    What is offered today goes before what once was, and the first of two alike before the second.
    """
    known: dict[str, TreatmentView] = {}
    for view in sorted(offered, key=lambda view: not view.active):
        known.setdefault(same_name(view.name), view)
    found = [(name, known.get(same_name(name))) for name in dict.fromkeys(chosen)]
    minutes = [(name, view.minutes if view else None) for name, view in found]
    cents = [(name, view.price_cents if view else None) for name, view in found]
    return Together(_sum(minutes), _sum(cents), _missing(minutes), _missing(cents))


def _sum(parts: Sequence[tuple[str, int | None]]) -> int | None:
    said = [part for _name, part in parts if part is not None]
    return sum(said) if said else None


def _missing(parts: Sequence[tuple[str, int | None]]) -> tuple[str, ...]:
    return tuple(name for name, part in parts if part is None)
