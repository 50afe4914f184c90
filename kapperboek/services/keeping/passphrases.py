"""Passphrases: an estimate of how soon one is guessed, and making one that is not.

Judged by zxcvbn, which knows what people take, with Dutch words and the names of the shop beside its own lists. Made of
words drawn by chance from a list of 2,048: each is worth 11 bits, whoever knows the list.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from functools import cache
from typing import Any

from kapperboek.domain.errors import UserError
from kapperboek.i18n import _
from kapperboek.resource_files import resource_folder

WORDS_MADE = 5  # of 11 bits: 55 bits, more than can be guessed with what Argon2 asks for each guess
FEWEST_GUESSES = 1e10  # what zxcvbn calls strong against who has the file, where each guess is slow
_JUDGED = 72  # signs; more takes long to judge and is no less good
_FOLDER = resource_folder() / "words"


def make() -> str:
    """A passphrase nobody has had before."""
    return " ".join(secrets.choice(words()) for _each in range(WORDS_MADE))


@cache
def words() -> tuple[str, ...]:
    """Word list that passphrases are made of."""
    return tuple((_FOLDER / "nl.txt").read_text("ascii").split())


@cache
def guessed() -> tuple[str, ...]:
    """Words that people in a Dutch shop take as a passphrase, and that are tried first for that reason."""
    return tuple((_FOLDER / "guessed-nl.txt").read_text("ascii").split())


def check(passphrase: str, names: Iterable[str] = ()) -> None:
    """UserError "too-weak" when it is guessed too soon, with why and what helps. ``names``: of the shop and staff."""
    known = {part.lower() for name in names for part in (name, name.replace(" ", ""), *name.split()) if part.strip()}
    found = [_judged(text, known) for text in {passphrase, "".join(passphrase.split()) or passphrase}]
    weakest = min(found, key=lambda one: float(one["guesses"]))
    if weakest["guesses"] >= FEWEST_GUESSES:
        return
    said = _("This is guessed soon: {why}. Take five words that have nothing to do with each other, or have it made.")
    raise UserError("too-weak", said.format(why=", ".join(_why(weakest["sequence"], known))))


def _judged(text: str, known: set[str]) -> dict[str, Any]:
    from zxcvbn import zxcvbn

    found: dict[str, Any] = zxcvbn(text[:_JUDGED], [*sorted(known), *guessed(), *words()])
    return found


def _why(parts: list[dict[str, Any]], known: set[str]) -> list[str]:
    """Weaknesses of a passphrase: what is easy about it, each once."""
    said = {
        "names": _("a name of your own shop"),
        "dictionary": _("a word that many people take"),
        "sequence": _("signs in a row, like 1234"),
        "spatial": _("keys beside each other"),
        "repeat": _("the same again and again"),
        "date": _("a year or a day"),
        "bruteforce": _("it is short"),
    }
    kinds = ["names" if part["token"].lower() in known else part["pattern"].replace("regex", "date") for part in parts]
    easy = [kind for kind in dict.fromkeys(kinds) if kind != "bruteforce"] or ["bruteforce"]
    return [said[kind] for kind in easy]
