"""Lines and values of the cards in a .vcf file, from its bytes.

The order matters on real files: split into cards, unfold bytes, then decode, then undo quoted-printable,
and only then the backslashes. vobject decodes first and stops at the first surprise; so this is our own
(see vcard.py).
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from kapperboek.domain.word_cache import keep
from kapperboek.exchange.files import Progress
from kapperboek.exchange.text_decoding import decode_line, encoding_of

_CHUNK = 1 << 19
_END = re.compile(rb"^[ \t]*END[ \t]*:[ \t]*VCARD[ \t]*\r*(?:\n|\Z)", re.IGNORECASE | re.MULTILINE)
_BEGIN = re.compile(rb"^(?:\xef\xbb\xbf)?[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*\r*(?:\n|\Z)", re.IGNORECASE | re.MULTILINE)
_USUAL_END = re.compile(rb"\nEND:VCARD[ \t]*\r*(?:\n|\Z)")  # ten times as fast, and what nearly all files have
_BEGIN_WITHIN = re.compile(rb"\nbegin", re.IGNORECASE)
_AGENT = re.compile(rb"AGENT[^\r\n]*\r*\n\s*\Z", re.IGNORECASE)
_LINE_END = re.compile(rb"\r+\n")
_QUOTED_PRINTABLE = re.compile(rb"^[^:\n]*QUOTED-PRINTABLE[^:\n]*:", re.IGNORECASE)
_ESCAPE = re.compile(r'\\([nN,;:\\"])')
_SEMICOLON = re.compile(r"(?<!\\)((?:\\\\)*);")
NOT_LABELS = frozenset(
    "internet pref voice msg postal parcel intl dom text x400 quoted-printable base64 8bit 7bit b q inline".split()
)
_CHARSET = re.compile(
    r"utf-?(?:7|8|16|32)|us-ascii|(?:iso|windows|cp|koi8|euc|gb|big)-?[\w-]{1,12}|shift[_-]jis", re.IGNORECASE
)
_LANGUAGE = re.compile(r"[a-z]{2,3}-[A-Z]{2}")
_HALF_A_LETTER = re.compile(rb"=[C-F][0-9A-F](?:=[89AB][0-9A-F])*=\n[ \t]=[89AB]", re.IGNORECASE)
_SOFT_BREAK = re.compile(rb"=\n(.)", re.DOTALL)
_OWN_TYPES = {"cell": ("mobile",), "homefax": ("home", "fax"), "workfax": ("work", "fax"), "home2": ("home",),
    "work2": ("work",)}
"""How phones and Roundcube name several types in one word."""
_PARAMETER = re.compile(r';((?:[^";]|"[^"]*(?:"|$))*+)')


class RawCard(NamedTuple):
    """The bytes of one card with the line it starts on; ``whole`` is False when its end is missing."""

    line: int
    data: bytes
    whole: bool
    inside: bool  # False: lines that stand outside of any card


class Head(NamedTuple):
    """Head of a line, before the colon: group, property name in capitals, types in lower case, other parameters.

    ``label`` is our word for the types of a number or address: ``mobile``, ``work``, ``work fax``…
    """

    group: str
    name: str
    types: tuple[str, ...]
    parameters: dict[str, str]
    quoted_printable: bool
    charset: str
    label: str


def split_cards(file: BinaryIO, size: int, progress: Progress | None = None) -> Iterator[RawCard]:
    """The cards of an opened file one after the other, read in pieces."""
    line, done, rest, searched = 1, 0, b"", 0
    pattern = _END
    held: list[RawCard] = []  # an outer card waiting for the end of the AGENT card inside it
    for chunk in _at_least(_utf8_chunks(file), lambda: len(rest)):  # noqa: B023 - as it is by then
        done += len(chunk)
        if not rest and line == 1 and b"\nEND:VCARD" in chunk:
            pattern = _USUAL_END
        rest = rest + chunk if rest else chunk
        start = 0
        for end in pattern.finditer(rest, searched):
            if end.end() == len(rest):
                break  # the line may go on in the next piece
            segment = rest[start : end.end()]
            yield from _cards_of(segment, line, held)
            line += segment.count(b"\n")
            start = end.end()
        rest = rest[start:]
        searched = max(0, rest.rfind(b"\n"))
        if progress:
            progress(min(done, size), size)
    yield from _cards_of(rest, line, held)
    for outer in held:
        yield outer._replace(whole=False)


def _at_least(chunks: Iterator[bytes], size: Callable[[], int]) -> Iterator[bytes]:
    """The same bytes in pieces of at least that size: a card that never ends is not gone through again and again."""
    held: list[bytes] = []
    for chunk in chunks:
        held.append(chunk)
        if sum(map(len, held)) >= size():
            yield b"".join(held)
            held.clear()
    if held:
        yield b"".join(held)


def _utf8_chunks(file: BinaryIO) -> Iterator[bytes]:
    """Pieces of the file: as they are, or rewritten to UTF-8 when the file is UTF-16; old Mac line ends
    made new.
    """
    first = file.read(_CHUNK).removeprefix(codecs.BOM_UTF8)
    encoding, _guess = encoding_of(first[:4096])
    wide = encoding if encoding.startswith(("utf-16", "utf-32")) else ""
    decoder = codecs.getincrementaldecoder(wide)("replace") if wide else None
    old_mac = b"\r" in first and b"\n" not in first
    chunk = first
    while chunk:
        piece = decoder.decode(chunk).encode("utf-8", "replace") if decoder else chunk
        yield piece.replace(b"\r", b"\n") if old_mac else piece.replace(b"\r\n", b"\n")
        chunk = file.read(_CHUNK)


def _cards_of(segment: bytes, line: int, held: list[RawCard]) -> Iterator[RawCard]:
    """The card that ends with this segment, and any unfinished ones before it."""
    usual = segment.startswith(b"BEGIN:VCARD\n") and segment.endswith(b"\nEND:VCARD\n")
    if usual and not held and not _BEGIN_WITHIN.search(segment):
        yield RawCard(line, segment, True, True)
        return
    begins = [match.start() for match in _BEGIN.finditer(segment)]
    ended = bool(_END.search(segment[-200:]))
    if len(begins) == 1 and begins[0] == 0 and not held:
        yield RawCard(line, segment, ended, True)
        return
    if not begins and held and ended:
        outer = held.pop()
        yield outer._replace(data=outer.data + segment, whole=True)
        return
    head = segment[: begins[0]] if begins else segment
    if head.strip():
        yield RawCard(line, head, False, False)
    for place, begin in enumerate(begins):
        last = place == len(begins) - 1
        card = segment[begin:] if last else segment[begin : begins[place + 1]]
        whole = bool(_END.search(card[-200:]))
        line += segment.count(b"\n", begins[place - 1] if place else 0, begin)
        raw = RawCard(line, card, whole, True)
        if not last and not whole and _AGENT.search(card):
            held.append(raw)
        else:
            yield raw


def logical_lines(card: bytes) -> tuple[list[str], bool]:
    """The lines of a card: unfolded as bytes, soft breaks joined, decoded; and whether the alphabet was guessed."""
    if b"\r" in card:
        card = _LINE_END.sub(b"\n", card)
    if b"=\n" in card and re.search(rb"QUOTED-PRINTABLE", card, re.IGNORECASE):
        if _is_folded_too(card):
            card = card.replace(b"=\n ", b"=\n").replace(b"=\n\t", b"=\n")
        return _all_decoded(list(_join_soft_breaks(card.split(b"\n"))))
    if b"\n " in card or b"\n\t" in card:
        card = card.replace(b"\n ", b"").replace(b"\n\t", b"")
    try:
        return card.decode("utf-8").split("\n"), False
    except UnicodeDecodeError:
        return _all_decoded(card.split(b"\n"))


def _is_folded_too(card: bytes) -> bool:
    """Tell whether soft breaks are followed by the blank of a folded line, as ez-vcard and programs built on it do."""
    return (b"ez-vcard" in card or _HALF_A_LETTER.search(card) is not None) and all(
        found[1] in b" \t" for found in _SOFT_BREAK.finditer(card)
    )


def _join_soft_breaks(lines: list[bytes]) -> Iterator[bytes]:
    """Lines with both kinds of continuation undone: a blank at the start, or = at the end of
    quoted-printable.
    """
    current: list[bytes] = []
    soft = quoted = False
    for line in lines:
        if soft and not _END.match(line):
            current.append(line)
        elif current and line[:1] in (b" ", b"\t"):
            current.append(line[1:])
        else:
            if current:
                yield b"".join(current)
            current = [line]
            quoted = bool(_QUOTED_PRINTABLE.match(line))
        soft = quoted and current[-1].endswith(b"=")
        if soft:
            current[-1] = current[-1][:-1]
    yield b"".join(current)


def _all_decoded(lines: list[bytes]) -> tuple[list[str], bool]:
    """Each line by what it says of itself; whether one that is no UTF-8 said nothing."""
    decoded, guessed = [], False
    for raw in lines:
        found = None if raw.isascii() else re.search(rb"CHARSET=\"?([\w-]+)", raw.partition(b":")[0], re.IGNORECASE)
        decoded.append(decode_line(raw, found[1].decode("ascii") if found else ""))
        guessed = guessed or (not found and not raw.isascii() and not _is_utf8(raw))
    return decoded, guessed


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def split_line(line: str) -> tuple[Head, str] | None:
    """A line as its head and its raw value; None when there is no colon."""
    head, colon, value = line.partition(":")
    if '"' in head and head.count('"') % 2:  # this colon stands between quotation marks
        place = len(head)
        while place >= 0 and line.count('"', 0, place) % 2:
            place = line.find(":", line.find('"', place) + 1 or len(line))
        if place >= 0:
            head, value = line[:place], line[place + 1 :]
    return (read_head(head), value) if colon else None


@keep(5000)
def read_head(text: str) -> Head:
    """Parse the head of a line: ``item1.TEL;type=CELL;type=pref`` and, in version 2.1, ``TEL;CELL;PREF``."""
    name, _semicolon, _rest = text.partition(";")
    group, _dot, bare = name.strip().rpartition(".")
    types: list[str] = []
    parameters: dict[str, str] = {}
    for found in _PARAMETER.finditer(text):
        key, equals, value = found[1].strip().partition("=")
        key, value = (key.strip().upper(), value.strip().strip('"')) if equals else ("", key.strip('"'))
        if not equals and _CHARSET.fullmatch(value):  # version 2.1 leaves out what it is
            parameters.setdefault("CHARSET", value)
        elif not equals and _LANGUAGE.fullmatch(value):
            parameters.setdefault("LANGUAGE", value)
        elif equals and not value and not key.startswith("X-KAPPERBOEK-"):  # "TEL;CELL=:"
            types += [key.lower()] if key != "TYPE" else []
        elif key.startswith("X-CUSTOM("):  # Samsung: X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=4D=61)
            types.append(binascii.a2b_qp(value.rstrip(")").rpartition(",")[2]).decode("utf-8", "replace"))
        elif key in ("TYPE", ""):
            types += [kind.removeprefix("type=") for kind in value.lower().replace('"', "").split(",") if kind]
        elif key not in parameters:
            parameters[key] = value
    encoding = parameters.get("ENCODING", "").lower()
    quoted = encoding == "quoted-printable" or "quoted-printable" in types
    charset = parameters.get("CHARSET", "")
    return Head(group.lower(), bare.upper(), tuple(types), parameters, quoted, charset, _label_of(types))


def _label_of(types: list[str]) -> str:
    known = (kind.removeprefix("x-") for kind in types if kind not in NOT_LABELS)
    kinds = [part for kind in known for part in _OWN_TYPES.get(kind, (kind,))]
    if "fax" in kinds:
        kinds = [kind for kind in kinds if kind not in ("fax", "video")] + ["fax"]
    elif "mobile" in kinds:
        kinds = ["mobile"]
    return " ".join(dict.fromkeys(kinds))


def unescape(value: str) -> str:
    r"""Unescape a text: ``\n`` and ``\N`` as line feeds, ``\,`` as a comma and so on; other backslashes stay."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def read_text(head: Head, value: str) -> str:
    """The value as text; commas that nobody escaped are part of it."""
    if head.quoted_printable:
        value = _from_quoted_printable(head, value)
    return unescape(value) if "\\" in value else value


def read_parts(head: Head, value: str) -> list[str]:
    """The parts of a value between semicolons, each as text without blanks around it."""
    if "\\" not in value and not head.quoted_printable:
        return [part.strip() for part in value.split(";")]
    return [read_text(head, part).strip() for part in _SEMICOLON.sub("\\1\0;", value).split("\0;")]


def _from_quoted_printable(head: Head, value: str) -> str:
    raw = binascii.a2b_qp(value.encode("utf-8", "surrogatepass"))
    try:
        text = raw.decode(head.charset or "utf-8")
    except UnicodeDecodeError:
        # a stray byte in declared UTF-8 is replaced; without a declaration the encoding is guessed
        text = raw.decode(head.charset, "replace") if head.charset else decode_line(raw)
    except (LookupError, ValueError):  # a charset nobody knows
        text = decode_line(raw)
    return text.replace("\r\n", "\n").replace("\r", "\n")
