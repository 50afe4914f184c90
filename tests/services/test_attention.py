"""Who needs a word, and who is calling: on the demo salon, whose people are known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kapperboek.domain.care.attention_rules import Facts, lines
from kapperboek.domain.errors import NotFound
from kapperboek.services import attention

if TYPE_CHECKING:
    from kapperboek.storage.file.notebook import Notebook

TODAY = date(2026, 11, 22)


def test_the_complaint_comes_first_and_everybody_is_ranked(salon: Notebook) -> None:
    found = attention.attention(salon)
    assert (found[0].name, found[0].kind) == ("Piet Janssen", "complaint")
    assert [line.score for line in found] == sorted((line.score for line in found), reverse=True)
    assert "Els Visser" in {line.name for line in found if line.kind == "absent"}
    everybody = attention.attention(salon, everybody=True)
    returned = "SELECT count(*) FROM customer c JOIN customer_fact f ON f.customer_id = c.id"
    assert len(everybody) == salon.value(f"{returned} WHERE f.visit_count >= 2 AND c.deceased = 0")


def test_an_appointment_silences_and_silence_after_a_first_visit_counts() -> None:
    away = Facts("1", "Els", 9, date(2026, 9, 6), 35.0, date(2026, 10, 29), False)
    once = Facts("2", "Noa", 1, date(2026, 6, 1), None, None, False)
    less = Facts("3", "Rob", 8, date(2026, 11, 20), 30.0, date(2027, 1, 4), False, (50, 50, 50, 50, 20, 20, 20))
    kinds = [line.kind for line in lines([away, once, less], TODAY)]
    assert kinds == ["absent", "spending_less", "not_back_after_first"]
    assert lines([away._replace(appointment=True), once._replace(appointment=True)], TODAY) == []


@pytest.mark.parametrize("typed", ["038-1234567", "+31 38 123 45 67", "0031381234567"])
def test_a_caller_is_known_however_the_number_is_written(salon: Notebook, typed: str) -> None:
    assert attention.caller(salon, typed)[0][2] == "Geert in 't Veld"


def test_a_stranger_calls(salon: Notebook) -> None:
    with pytest.raises(NotFound):
        attention.caller(salon, "0201112233")
