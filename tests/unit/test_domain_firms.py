"""Firms are known by a word in their name, and most people are not taken for one."""

from __future__ import annotations

import pytest

from kapperboek.domain.people.firms import looks_like_firm


@pytest.mark.parametrize(
    "name",
    ["Bloemenhuis Bakker BV", "Bakker B.V.", "Jansen VOF", "Philips N.V.", "Stichting De Brug", "Hotel Wientjes",
     "Kapsalon Noor", "Bos & Zn", "Bos & Zn.", "De Vries & Zonen", "Zorgcentrum De Linde", "Smit Holding"],
)
def test_a_firm_is_noticed(name: str) -> None:
    assert looks_like_firm(name)


@pytest.mark.parametrize(
    "name", ["Bep Bakker", "Nova de Vries", "Marieke van der Veen", "M. Janssen", "Yara Demir", "Bo"]
)
def test_a_person_is_not(name: str) -> None:
    assert not looks_like_firm(name)
