"""Reading a large JSON document piece by piece with the standard decoder.

ijson was considered: ten times as slow without its C library, and one dependency more for the one file we
write ourselves. Only what is being decoded stands in memory.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from kapperboek.domain.errors import UserError
from kapperboek.exchange.files import Progress
from kapperboek.exchange.text_decoding import encoding_of
from kapperboek.i18n import _

_CHUNK = 1 << 20
_BLANK = " \t\r\n"
HALF_PAIR = re.compile(r"\\u[dD][89a-fA-F]")  # an escape that may be half of a letter


class DocumentStream:
    """One JSON object, whose members come one after the other, and one of whose members is a long list."""

    def __init__(self, file: BinaryIO, size: int, name: str, progress: Progress | None) -> None:
        self.file, self.size, self.name, self.progress = file, size, name, progress
        first = file.read(_CHUNK)
        encoding, _guess = encoding_of(first[:65536].rsplit(b"\n", 1)[0])
        self.read_bytes = len(first)
        self.decoder = codecs.getincrementaldecoder(encoding)("replace")
        self.text = self.decoder.decode(first).removeprefix("\ufeff")
        self.place = 0
        self.line = 1
        self.json = json.JSONDecoder(parse_constant=self._no_constant)

    def members(self, listed: str) -> Iterator[tuple[str, object]]:
        """Members of the object, whose JSON may break off: UserError "wrong-document" then.

        At the one called ``listed`` take its items() before going on.
        """
        self._expect("{")
        if self._next() == "}":
            return
        while True:
            key = self._value()
            if not isinstance(key, str):
                raise self._broken()
            self._expect(":")
            if key == listed:
                if self._next() != "[":
                    raise self._broken()
                yield key, None
            else:
                yield key, self._value()
            if self._next() != ",":
                break
            self._take()
        self._expect("}")

    def items(self) -> Iterator[tuple[int, object]]:
        """Items of the list that stands here, each with its line. UserError "wrong-document" for broken JSON."""
        self._expect("[")
        if self._next() == "]":
            self._take()
            return
        while True:
            self._next()
            line = self.line
            yield line, self._value()
            if self._next() != ",":
                break
            self._take()
        self._expect("]")

    def _value(self) -> object:
        """The value that begins here; more is read until it is whole."""
        self._next()
        wanted = _CHUNK
        while True:
            try:
                value, end = self.json.raw_decode(self.text, self.place)
            except RecursionError as error:
                raise self._broken() from error
            except ValueError as error:
                if not self._more(wanted):
                    raise self._broken() from error
                wanted *= 2  # so that a very long value is not begun again a thousand times
                continue
            if end == len(self.text) and self._more(wanted):
                continue  # a number may go on in the next piece
            if HALF_PAIR.search(self.text, self.place, end):
                value = _whole_letters(value)
            self.line += self.text.count("\n", self.place, end)
            self.place = end
            return value

    def _next(self) -> str:
        """The next character that is not blank, which stays."""
        while True:
            start = self.place
            while self.place < len(self.text) and self.text[self.place] in _BLANK:
                self.place += 1
            self.line += self.text.count("\n", start, self.place)
            if self.place < len(self.text):
                return self.text[self.place]
            if not self._more(_CHUNK):
                raise self._broken()

    def _take(self) -> None:
        self.place += 1

    def _expect(self, character: str) -> None:
        if self._next() != character:
            raise self._broken()
        self._take()

    def _more(self, wanted: int) -> bool:
        data = self.file.read(wanted)
        if not data:
            return False
        self.read_bytes += len(data)
        self.text = self.text[self.place :] + self.decoder.decode(data)
        self.place = 0
        if self.progress:
            self.progress(min(self.read_bytes, self.size), self.size)
        return True

    def _no_constant(self, name: str) -> object:
        raise ValueError(name)  # NaN and Infinity are not JSON

    def _broken(self) -> UserError:
        return UserError(
            "wrong-document",
            _("{name} is damaged near line {line}: it breaks off or is not JSON there.").format(
                name=self.name, line=self.line
            ),
        )


def _whole_letters(value: object) -> object:
    """The same, with a replacement character for half a surrogate pair, which nobody can keep or print."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole_letters(one) for one in value]
    if isinstance(value, dict):
        return {_whole_letters(key): _whole_letters(one) for key, one in value.items()}
    return value
