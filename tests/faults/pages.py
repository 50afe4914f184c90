"""What a keyed file really holds: every page of it and of its log, decrypted without SQLCipher, free ones too.

SQLCipher shows rows; words that were deleted lie on free pages and in the empty parts of others, where only this looks.
The wheel's library has no table of pages (``sqlite_dbpage``), so its format is read here: AES-256-CBC, and the last 80
bytes of a page are its IV and its seal. And written: what is wrong within a page whose seal is right, only somebody
with the key can have made, or memory that fails.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import hmac
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kapperboek.storage.file import key_derivation

HEAD = b"SQLite format 3\0"
PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16
LOG_HEAD, FRAME_HEAD = 32, 24


@cache
def _crypto() -> ctypes.CDLL | None:
    name = ctypes.util.find_library("crypto")
    if name is None:
        return None
    library = ctypes.CDLL(name)
    library.EVP_CIPHER_CTX_new.restype = library.EVP_aes_256_cbc.restype = ctypes.c_void_p
    return library


def missing() -> str:
    """Why nothing can be decrypted here; empty when it can."""
    return "" if _crypto() else "what a file really holds is read with OpenSSL's library, which is not there"


def decrypt(page: bytes, key: bytes, number: int) -> bytes:
    """One page without its last 80 bytes; noise when the key is another. The first lacks the salt at its head."""
    start = SALT if number == 1 else 0
    iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
    return bytes(start) + _aes("Decrypt", key, iv, page[start : PAGE - RESERVED])


def _aes(how: str, key: bytes, iv: bytes, text: bytes) -> bytes:
    library = _crypto()
    assert library is not None
    done, length = ctypes.create_string_buffer(PAGE), ctypes.c_int()
    context = ctypes.c_void_p(library.EVP_CIPHER_CTX_new())
    getattr(library, f"EVP_{how}Init_ex")(context, ctypes.c_void_p(library.EVP_aes_256_cbc()), None, key, iv)
    library.EVP_CIPHER_CTX_set_padding(context, 0)
    getattr(library, f"EVP_{how}Update")(context, done, ctypes.byref(length), text, len(text))
    library.EVP_CIPHER_CTX_free(context)
    return done.raw[: length.value]


def opened(content: bytes | bytearray, key: bytes) -> bytes:
    """The whole file as SQLite sees it once it is decrypted; the last 80 bytes of each page are nothing."""
    content = bytes(content)
    plain = b"".join(
        decrypt(content[place : place + PAGE], key, place // PAGE + 1) + bytes(RESERVED)
        for place in range(0, len(content) - PAGE + 1, PAGE)
    )
    return HEAD + plain[SALT:]


def sealed(plain: bytes | bytearray, key: bytes, salt: bytes) -> bytes:
    """The file again, of what ``opened`` gave and somebody changed."""
    plain, seal_key, found = bytes(plain), key_derivation.page_key(key, salt), []
    for number, place in enumerate(range(0, len(plain) - PAGE + 1, PAGE), 1):
        iv, start = os.urandom(IV), SALT if number == 1 else 0
        secret = _aes("Encrypt", key, iv, plain[place + start : place + PAGE - RESERVED]) + iv
        seal = hmac.new(seal_key, secret + number.to_bytes(4, "little"), hashlib.sha512).digest()
        found.append((salt if number == 1 else b"") + secret + seal)
    return b"".join(found)


def pages(path: Path, key: bytes) -> Iterator[tuple[int, bytes]]:
    """The number and the content of every page in the file, then of every one in its log."""
    content = path.read_bytes()
    for place in range(0, len(content) - PAGE + 1, PAGE):
        number = place // PAGE + 1
        yield number, decrypt(content[place : place + PAGE], key, number)
    log = path.with_name(f"{path.name}-wal")
    frames = log.read_bytes() if log.exists() else b""
    for place in range(LOG_HEAD, len(frames) - FRAME_HEAD - PAGE + 1, FRAME_HEAD + PAGE):
        number = int.from_bytes(frames[place : place + 4], "big")
        yield number, decrypt(frames[place + FRAME_HEAD : place + FRAME_HEAD + PAGE], key, number)


def traces(path: Path, key: bytes, words: tuple[bytes, ...]) -> set[bytes]:
    """Which of these words (in small letters) stand anywhere in the file or its log."""
    found: set[bytes] = set()
    for _number, content in pages(path, key):
        low = content.lower()
        found |= {word for word in words if word in low}
    return found
