"""Namesakes: two people of one name, told apart in every list by their number; that is nobody's secret."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.namesake_query import namesakes

if TYPE_CHECKING:
    from kapperboek.domain.views.card_view import FollowUpView, HouseholdMember, RelationView
    from kapperboek.domain.views.list_views import CustomerRow
    from kapperboek.domain.views.today_view import TodayLine

Line = TypeVar("Line", "FollowUpView", "CustomerRow", "TodayLine", "HouseholdMember", "RelationView")


def told_apart(book: Notebook, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Mark namesakes: the same lines, of which those of somebody who has a namesake in the notebook say so."""
    kept = tuple(lines)
    twins = namesakes(book, {line.customer_id for line in kept} - {0})
    return tuple(line._replace(namesake=True) if line.customer_id in twins else line for line in kept)
