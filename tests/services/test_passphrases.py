"""A passphrase that is guessed soon is refused, with why; one that is made is not."""

from __future__ import annotations

from math import log2
from pathlib import Path

import pytest

from kapperboek.domain.errors import UserError
from kapperboek.services.keeping import notebooks, passphrases, security

NAMES = ("Salon Sanne", "Sanne", "Joke van Dam")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("12345678", "veel mensen"), ("aaaaaaaa", "steeds hetzelfde"), ("        ", "steeds hetzelfde"),
        ("wachtwoord", "veel mensen"), ("Wachtwoord!", "veel mensen"), ("welkom2026", "jaartal"),
        ("W3lk0m 2026", "veel mensen"), ("Salon Sanne 2026", "eigen zaak"), ("SalonSanne2026", "eigen zaak"),
        ("jokevandam1", "eigen zaak"), ("kapsalon123", "op een rij"), ("zxcvbnm,./", "naast elkaar"),
        ("ajax ajax ajax ajax", "steeds hetzelfde"), ("9Kq!", "kort"), ("ik hou van jou", "veel mensen"),
    ],
)
def test_what_is_guessed_soon_is_refused_and_why_is_said(typed: str, why: str) -> None:
    with pytest.raises(UserError) as refused:
        security.check_passphrase(typed, typed, NAMES)
    assert refused.value.code == "too-weak" and why in refused.value.message
    assert "vijf woorden" in refused.value.message


@pytest.mark.parametrize(
    "typed", ["paard batterij nietje juist", "vier woorden om te onthouden", "vr7!Kq_mW2zp", "een ñandú bij nacht" * 9]
)
def test_what_is_not_is_taken(typed: str) -> None:
    security.check_passphrase(typed, typed, NAMES)


def test_one_that_is_made_is_of_five_words_of_eleven_bits() -> None:
    known = passphrases.words()
    assert len(known) == len(set(known)) >= 2048 and passphrases.WORDS_MADE * log2(len(known)) >= 55
    assert all(word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 9 for word in known)
    made = {passphrases.make() for _each in range(50)}
    assert len(made) == 50 and all(len(one.split()) == 5 and set(one.split()) <= set(known) for one in made)
    for one in made:
        passphrases.check(one, NAMES)


def test_a_notebook_does_not_begin_with_one_that_is_guessed_soon(tmp_path: Path) -> None:
    path = tmp_path / "zaak.kapperboek"
    with pytest.raises(UserError) as refused:
        notebooks.create(path, key="welkom2026", shop_name="Salon Sanne")
    assert refused.value.code == "too-weak" and not path.exists()
