"""Key derivation: from what a person types to the key of the file, and what the file itself tells about its key.

The salt stands in the first 16 bytes of the file, so there is no companion to lose. One byte of it says how much work
Argon2id does for this file, and four check that: so the figures can be raised later, and every file, copied alone
though it be, goes on saying its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kapperboek.domain.law import recovery_key
from kapperboek.storage.file import refusals

KEY_BYTES = 32
SALT_BYTES = 16
PAGE_BYTES = 4096
_OTHERS = (
    b"SQLite format 3\x00",
    b"PK\x03\x04",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
)  # how files begin that are none of ours; of the others the rest may be noise too


class Cost(NamedTuple):
    """Work that Argon2id does for one guess."""

    rounds: int
    memory_kib: int
    lanes: int


# Only ever added to: a salt says the place in this list. A file gets the last when its next key is made.
COSTS = (Cost(4, 96 * 1024, 1),)
_COST_AT, _CHECK_BYTES = 11, 4  # random bytes, the byte that says the cost, and what shows that it does
_RESERVED, _IV = 80, 16  # SQLCipher 4: every page ends in its IV, its HMAC-SHA512 and nothing else
_HMAC_SALT_MASK, _HMAC_KEY_ROUNDS = 0x3A, 2


def prepare() -> None:
    """Import what deriving a key takes, while nobody waits for it yet."""
    from argon2 import low_level

    assert low_level


def derive(passphrase: str, salt: bytes) -> bytes:
    """The 32-byte key for a passphrase, by Argon2id (a third of a second or more, on purpose).

    A recovery key, or 64 hexadecimal digits, is a key already. Raises CannotOpen when a recovery key has a mistake,
    and "newer-version" for a file with more work than this program knows of.
    """
    raw = recovery_key.parse(passphrase)
    if raw is not None:
        return raw
    # One passphrase has several spellings in Unicode; which one arrives depends on the keyboard.
    import unicodedata

    from argon2.low_level import Type, hash_secret_raw

    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8")
    return hash_secret_raw(secret, salt, *cost_of(salt), KEY_BYTES, Type.ID)


def cost_of(salt: bytes) -> Cost:
    """The work that is done for a file with this salt. A salt without a mark is from before there were marks.

    Raises CannotOpen "newer-version".
    """
    place = salt[_COST_AT] if is_whole(salt) else 0
    if place < len(COSTS):
        return COSTS[place]
    raise refusals.newer_version()


def is_whole(salt: bytes) -> bool:
    """Tell a salt that is as it was made: its mark fits."""
    return len(salt) == SALT_BYTES and salt == _marked(salt[:_COST_AT], salt[_COST_AT])


def _marked(random: bytes, place: int) -> bytes:
    import hashlib

    said = random + bytes([place])
    return said + hashlib.sha256(said).digest()[:_CHECK_BYTES]


def read_salt(path: Path) -> bytes | None:
    """The first 16 bytes of the file; None when it is absent, too short or plain SQLite, which this program never
    makes. OSError when it cannot be read."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        salt = file.read(SALT_BYTES)
    return salt if len(salt) == SALT_BYTES and salt != _OTHERS[0] else None


def new_salt() -> bytes:
    """A random salt for a new notebook, which says today's cost. It stands first in the file, so it may look neither
    like another format's mark nor like damage."""
    while True:
        salt = _marked(os.urandom(_COST_AT), len(COSTS) - 1)
        if not salt.startswith(_OTHERS) and not is_spoilt(salt):
            return salt


def is_spoilt(salt: bytes) -> bool:
    """Tell a salt that chance would never make: bytes that repeat, or all of them letters."""
    return len(set(salt)) <= SALT_BYTES // 2 or salt.isascii()


def looks_encrypted(path: Path) -> bool:
    """Tell a file that can be an encrypted notebook: whole pages of noise.

    Cut-off files and other formats are not. Raises OSError.
    """
    with path.open("rb") as file:
        first, second = file.read(PAGE_BYTES), file.read(PAGE_BYTES)
    noise = second or first
    return len(first) == PAGE_BYTES and len(set(noise)) > 200 and not first.startswith(_OTHERS)


def key_fits(path: Path, key: bytes, salt: bytes | None = None) -> bool:
    """Test a key on any page but the first: where it fits, it is right, and the file's beginning is damaged.

    ``salt`` is by default the file's own. Raises OSError.

    Counts the authentication code of pages as SQLCipher 4 does, because SQLCipher itself gives one answer
    for both.
    """
    salt = salt or read_salt(path)
    if salt is None:
        return False
    seal_key = page_key(key, salt)
    with path.open("rb") as file:
        return any(is_authentic(page, number, seal_key) for number in _sample(path) if (page := _page(file, number)))


def page_key(key: bytes, salt: bytes) -> bytes:
    """The key of the seals of pages."""
    import hashlib

    mask = bytes(byte ^ _HMAC_SALT_MASK for byte in salt)
    return hashlib.pbkdf2_hmac("sha512", key, mask, _HMAC_KEY_ROUNDS, KEY_BYTES)


def opener(
    path: Path, key: bytes | str | None, salts: Iterable[bytes | None], kept: Iterable[tuple[bytes, bytes]]
) -> tuple[bytes, bytes] | None:
    """The salt and the raw key that fit a file whose own salt may be damaged: ``key`` with that or one of ``salts``,
    else one of the keys ``kept`` with their salts. OSError.
    """
    for salt in dict.fromkeys([read_salt(path), *salts]):
        if salt is None or not key:
            continue
        raw = derive(key, salt) if isinstance(key, str) else key
        if key_fits(path, raw, salt):
            return salt, raw
    return next(((salt, raw) for salt, raw in kept if key_fits(path, raw, salt)), None)


def _sample(path: Path) -> list[int]:
    """Some pages from all over the file, but for the first."""
    count = path.stat().st_size // PAGE_BYTES
    return sorted({*range(2, min(10, count + 1)), *(2 + part * (count - 2) // 40 for part in range(40) if count > 2)})


def _page(file: BinaryIO, number: int) -> bytes:
    """A whole page; empty when there is none or the disk cannot read it."""
    try:
        file.seek((number - 1) * PAGE_BYTES)
        page = file.read(PAGE_BYTES)
    except OSError:
        return b""
    return page if len(page) == PAGE_BYTES else b""


def is_authentic(page: bytes, number: int, seal_key: bytes) -> bool:
    """Verify the authentication code of a page: it is as it was written, and the one with that number."""
    import hmac

    begin, end = SALT_BYTES if number == 1 else 0, PAGE_BYTES - _RESERVED + _IV  # the salt is not part of a page
    code = hmac.digest(seal_key, page[begin:end] + number.to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(code, page[end : end + len(code)])
