"""What a keyed file really holds: every page of it and of its log, decrypted without SQLCipher, free ones too.

SQLCipher shows rows; words that were deleted lie on free pages and in the empty parts of others, where only this looks.
The wheel's library has no table of pages (``sqlite_dbpage``), so its format is read here: AES-256-CBC, and the last 80
bytes of a page are its IV and its seal.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
    library = _crypto()
    assert library is not None
    start = SALT if number == 1 else 0
    secret, iv = page[start : PAGE - RESERVED], page[PAGE - RESERVED : PAGE - RESERVED + IV]
    plain, length = ctypes.create_string_buffer(PAGE), ctypes.c_int()
    context = ctypes.c_void_p(library.EVP_CIPHER_CTX_new())
    library.EVP_DecryptInit_ex(context, ctypes.c_void_p(library.EVP_aes_256_cbc()), None, key, iv)
    library.EVP_CIPHER_CTX_set_padding(context, 0)
    library.EVP_DecryptUpdate(context, plain, ctypes.byref(length), secret, len(secret))
    library.EVP_CIPHER_CTX_free(context)
    return bytes(start) + plain.raw[: length.value]


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
