"""The recovery key: the notebook's 256-bit key as a person can keep it on paper and type it back.

Sixteen groups of five signs: four hexadecimal digits of the key and a check digit (the Luhn algorithm in base 16,
ISO/IEC 7812 annex B generalised), which notices every wrong sign and nearly every two that changed places, and tells
in which group.
"""

from __future__ import annotations

from kapperboek.domain.errors import CannotOpen
from kapperboek.i18n import _

KEY_BYTES = 32
GROUPS, DIGITS = 16, 4
_HEX = "0123456789ABCDEF"


def groups(key: bytes) -> tuple[str, ...]:
    """The key as groups to print, each with its check digit. ValueError when it has not 32 bytes."""
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    text = key.hex().upper()
    parts = [text[start : start + DIGITS] for start in range(0, len(text), DIGITS)]
    return tuple(part + check_digit(part) for part in parts)


def check_digit(part: str) -> str:
    """Check digit of a group: the sign that makes it right."""
    return _HEX[-_sum(part, double_last=True) % 16]


def parse(text: str) -> bytes | None:
    """The key in what somebody typed: with or without blanks, dashes and capitals; 64 digits without check digits
    are a key too. None when it is something else (a passphrase).

    Raises CannotOpen "wrong-key" when it surely is a recovery key with a mistake in it, and says in which group.
    """
    plain = "".join(text.replace("-", " ").split()).upper()
    if not plain or any(sign not in _HEX for sign in plain):
        return None
    if len(plain) == 2 * KEY_BYTES:
        return bytes.fromhex(plain)
    if len(plain) != GROUPS * (DIGITS + 1):
        return None
    parts = [plain[start : start + DIGITS + 1] for start in range(0, len(plain), DIGITS + 1)]
    wrong = [str(place) for place, part in enumerate(parts, 1) if not is_right(part)]
    if wrong:
        words = _("This recovery key has a mistake in group {groups}. Compare it with the paper and type it again.")
        raise CannotOpen("wrong-key", words.format(groups=", ".join(wrong)))
    return bytes.fromhex("".join(part[:DIGITS] for part in parts))


def is_right(part: str) -> bool:
    """Tell whether a group of a recovery key, of five signs, fits its own check digit."""
    plain = part.strip().upper()
    return len(plain) == DIGITS + 1 and all(sign in _HEX for sign in plain) and _sum(plain, double_last=False) % 16 == 0


def _sum(digits: str, *, double_last: bool) -> int:
    """The Luhn sum in base 16, doubling every other digit from the right."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = _HEX.index(sign)
        if (place % 2 == 0) == double_last:
            value *= 2
            value = value // 16 + value % 16
        total += value
    return total
