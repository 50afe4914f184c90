"""Decoding of bytes to text when nobody says in which encoding they were written.

charset-normalizer was considered: on short customer lists it often answers with an encoding of another
continent, while the files a Dutch shop has are UTF-8, UTF-16 (Outlook, "Unicode text"), Windows-1252 or,
seldom, Shift_JIS.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
_TOLERANT = "windows-1252-tolerant"
_MAC_ACCENT = re.compile(rb"(?<=[a-z])[\x87-\x8a\x8c-\x90\x9d\x9f]")
_WINDOWS_ACCENT = re.compile(rb"(?<=[A-Za-z])[\xc0-\xff]|[\xc0-\xff](?=[A-Za-z])")
_KANA_KANJI = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_HIGH_WORDS = re.compile(rb"[\xa8\xb8\xc0-\xff]{3,}")
_WORDS = re.compile(rb"[A-Za-z\x80-\xff]{3,}")
_CYRILLIC = "windows-1251"
_DUTCH = re.compile("[éèëêïöüäáàâçñóúíîôûøåæßÉÈËÏÖÜÄÅØ€‘’“”–—…]")


def decode(data: bytes) -> tuple[str, str, bool]:
    """The text, the encoding it was read in, and whether that was a guess (then say so to the user)."""
    encoding, guessed = encoding_of(data)
    if encoding == _TOLERANT:  # lists are also glued together from several files: each line for itself
        return "".join(map(_utf8_or_windows, data.splitlines(keepends=True))), encoding, True
    try:
        return data.decode(encoding), encoding, guessed
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), encoding, True


def _utf8_or_windows(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode(_TOLERANT)


def encoding_of(data: bytes) -> tuple[str, bool]:
    """The encoding of these bytes, and whether it is a guess."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, False
    wide = _utf16_without_mark(data[:_SAMPLE])
    if wide:
        return wide, True
    try:
        data.decode("utf-8")
        return "utf-8", False
    except UnicodeDecodeError:
        pass
    if _looks_japanese(data):
        return "shift_jis", True
    if _looks_cyrillic(data):
        return _CYRILLIC, True
    return ("mac_roman" if _looks_like_old_mac(data) else _TOLERANT), True


def _utf16_without_mark(sample: bytes) -> str:
    """UTF-16 that has no mark: mostly western text has a zero in every other byte. Empty when it is not."""
    pairs = len(sample) // 2
    if pairs < 4:
        return ""
    low = sample[0::2].count(0)
    high = sample[1::2].count(0)
    if high > pairs * 0.4 and low < pairs * 0.1:
        return "utf-16-le"
    if low > pairs * 0.4 and high < pairs * 0.1:
        return "utf-16-be"
    return ""


def _looks_japanese(data: bytes) -> bool:
    """Tell whether the text is Japanese: Shift_JIS reads all of it as mostly kana and kanji.

    Windows-1252 would show few Dutch accents in it.
    """
    try:
        text = data.decode("shift_jis")
    except UnicodeDecodeError:
        return False
    japanese = len(_KANA_KANJI.findall(text))
    if japanese < 4 or japanese <= 2 * len(_HALF_WIDTH.findall(text)):
        return False
    western = data.decode(_TOLERANT)
    return japanese > len(_DUTCH.findall(western))


def _looks_cyrillic(data: bytes) -> bool:
    """Tell whether the text is Cyrillic: most words with such letters are nothing but accents in Windows-1252.

    No language there is so written.
    """
    accented = [word for word in _WORDS.findall(data) if not word.isascii()]
    return bool(accented) and sum(map(len, _HIGH_WORDS.findall(data))) > 0.7 * sum(map(len, accented))


def _looks_like_old_mac(data: bytes) -> bool:
    """Tell whether the text is of an old Mac, read as Windows-1252: ``RenŽe``.

    Lower-case words go on there with what Windows-1252 has as capitals and odd signs.
    """
    return len(_MAC_ACCENT.findall(data)) > len(_WINDOWS_ACCENT.findall(data))


def decode_line(raw: bytes, charset: str = "") -> str:
    """Decode one line of a file whose lines may differ in encoding: declared, UTF-8, or a guess. Never fails."""
    if charset:
        try:
            return raw.decode(charset)
        except (LookupError, ValueError):  # unknown, or not true
            pass
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _looks_japanese(raw):
        return raw.decode("shift_jis")
    return raw.decode(_CYRILLIC if _looks_cyrillic(raw) else _TOLERANT, "replace")


def _tolerant_decode(data: Buffer, errors: str = "strict", /) -> tuple[str, int]:
    """Windows-1252, its five holes read as the control characters of Latin-1: no byte is lost."""
    return codecs.charmap_decode(bytes(data), errors, _TABLE)


_TABLE = "".join(bytes([n]).decode("windows-1252", "ignore") or chr(n) for n in range(256))


class _TolerantDecoder(codecs.IncrementalDecoder):
    """The same piece by piece: every byte stands for itself."""

    def decode(self, data: Buffer, final: bool = False) -> str:
        return _tolerant_decode(data)[0]


def _find_codec(name: str) -> codecs.CodecInfo | None:
    if name.replace("_", "-") != "windows-1252-tolerant":
        return None
    base = codecs.lookup("windows-1252")
    return codecs.CodecInfo(
        base.encode, _tolerant_decode, incrementaldecoder=_TolerantDecoder, name="windows-1252-tolerant"
    )


codecs.register(_find_codec)
