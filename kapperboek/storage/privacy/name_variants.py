"""Variants of a name as it may be written in a text: in other orders and with other signs than on the card, the first
letter for the first name; with their telephone numbers and e-mail addresses.

Wider than ``name_mentions``, which takes out by itself what can be nobody else; what is found by this a person looks
at before it goes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from kapperboek.domain.people import matching, names
from kapperboek.domain.records import CustomerRecord
from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import erasure_marks, name_mentions
from kapperboek.storage.privacy.name_mentions import GONE

_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
_GAP = r"[\W_]{0,3}"  # a blank, a comma, "_", a sign of no width, or nothing: #ZwaanhildKroostermans
_BETWEEN = r"(?:[^\W_]+[\W_]{1,3}){0,3}?"  # other first names, "van der"
_DIGITS_TOLD = 9  # of a telephone number, without the zero or the country
_SHORTEST = 3  # letters by which rows are found


class Sought(NamedTuple):
    """Patterns to look for: ``sure`` for what can hardly be anybody else, ``unsure`` for what may be.

    A row without one of ``needles`` (patterns of LIKE) holds neither.
    """

    sure: tuple[re.Pattern[str], ...]
    unsure: tuple[re.Pattern[str], ...]
    apart: tuple[tuple[str, str], ...]  # first and family names, which may stand apart in half-typed work
    needles: tuple[str, ...]

    def found(self, text: str) -> tuple[str, bool] | None:
        """Find somebody in a text: the words around the place, and whether that is sure; None when there is none."""
        plain = unicodedata.normalize("NFC", text)
        for patterns, sure in ((self.sure, True), (self.unsure, False)):
            for pattern in patterns:
                if hit := pattern.search(plain):
                    return _around(plain, *hit.span()), sure
        return None

    def out_of(self, text: str) -> str:
        """The text with "…" in its place; the very same text when none is in it."""
        left = whole = unicodedata.normalize("NFC", text)
        for pattern in (*self.sure, *self.unsure):
            left = pattern.sub(GONE, left)
        return text if left == whole else left

    def out_of_all(self, value: Any) -> Any:
        """Value without what was found, as ``out_of`` does, of every text in lists and by keys, and of those keys."""
        return name_mentions.in_every_text(value, self.out_of, self.out_of)

    def out_of_column(self, text: str) -> str:
        """Text, which may be JSON, without what was found, as ``out_of_all`` does."""
        if text[:1] not in ("[", "{", '"'):
            return self.out_of(text)
        try:
            known = json.loads(text)
            left = self.out_of_all(known)
        except (ValueError, RecursionError):
            return self.out_of(text)
        return text if left == known else name_mentions.as_json(left)

    def apart_in(self, text: str) -> bool:
        """Tell whether a first name and its family name both stand in the text somewhere."""
        said = set(names.words(text))
        return any({*names.words(given), *names.words(family)} <= said for given, family in self.apart)


def of(book: Notebook, ids: Sequence[int]) -> Sought:
    """Patterns for all the ways in which these cards may be written, as they are and were."""
    region = str(book.get_setting("region", "NL"))
    sure: dict[str, None] = {}
    unsure: dict[str, None] = {}
    reach: set[str] = set()
    needles: set[str] = set()
    apart: dict[tuple[str, str], None] = {}
    for record in (one for id in ids for one in erasure_marks.known_records(book, id)):
        for given, family in _called(record):
            apart[given, family] = None
            _add_name(sure, unsure, given, record.prefix, family)
            needles.add(_needle(family) or _needle(given))
        card = matching.keys(record, region)
        for number in card.phones:
            tail = number.partition(";")[0].removeprefix("+")[-_DIGITS_TOLD:]
            reach.add(_phone(tail))
            needles.add("%".join(tail))
        for mail in card.mails:
            reach.add(rf"(?<![\w.+-]){re.escape(mail)}(?![\w-])")
            needles.add(re.sub(r"([%_\\])", r"\\\1", mail))
    if _is_shared(book, ids, apart):  # somebody who stays is called so: it may be either of them
        unsure, sure = {**sure, **unsure}, {}
    near = _compiled([*unsure, *sorted(reach)])
    return Sought(_compiled(sure), near, tuple(apart), tuple(f"%{one}%" for one in sorted(needles)))


def _called(record: CustomerRecord) -> Iterator[tuple[str, str]]:
    """First names and family name; a card without both is called so by nobody else's text alone."""
    given, family = record.given_name, record.family_name
    if not given and not family and record.display_name:
        given, _prefix, family = names.split_full_name(record.display_name)
    if not family.strip():
        return
    for called in dict.fromkeys((given, *given.split()[:1], record.nickname)):
        if called.strip():
            yield called.strip(), family.strip()


def _add_name(sure: dict[str, None], unsure: dict[str, None], given: str, prefix: str, family: str) -> None:
    first, last = _written(given), _written(family)
    before = rf"(?:{_written(prefix)}{_GAP})?" if prefix else ""
    whole = _AFTER + r"(?!-[^\W_])"
    for name in (f"{first}{_GAP}{_BETWEEN}{last}", f"{last}{_GAP}{before}{first}"):
        sure[rf"{_BEFORE}(?<![^\W_]-){name}{whole}"] = None
        unsure[rf"{_BEFORE}{name}{_AFTER}"] = None
    initials = rf"{re.escape(given[:1])}[.\s_]{{1,2}}(?:[^\W_][.\s_]{{1,2}}){{0,3}}"
    unsure[rf"{_BEFORE}{initials}{_BETWEEN if prefix else ''}{last}{_AFTER}"] = None


def _written(name: str) -> str:
    """The words of a name with any signs between them, and any apostrophe."""
    parts = re.split(r"[\W_]+", unicodedata.normalize("NFC", name).strip())
    return r"[\W_]{1,3}".join(re.escape(part) for part in parts if part)


def _phone(tail: str) -> str:
    digits = r"[\s\-./()]{0,3}".join(tail)
    return rf"(?<!\d)(?:(?:\+|00)\d{{1,3}}[\s\-./()]{{0,3}})?(?:\(?0\)?[\s\-./()]{{0,2}})?{digits}(?!\d)"


def _needle(name: str) -> str:
    """The longest run of plain letters, which is written so however the rest is; empty when it is too short."""
    runs = re.findall(r"[A-Za-z]+", unicodedata.normalize("NFC", name))
    longest = max(runs, key=len, default="")
    return longest if len(longest) >= _SHORTEST else ""


def _is_shared(book: Notebook, ids: Sequence[int], apart: Iterable[tuple[str, str]]) -> bool:
    these = members(ids)
    for given, family in apart:
        sql = (
            f"SELECT 1 FROM customer WHERE id NOT IN {MEMBERS} AND lower(family_name) = lower(?)"
            " AND (lower(given_name) = lower(?) OR lower(nickname) = lower(?)) LIMIT 1"
        )
        if book.value(sql, (these, family, given, given)):
            return True
    return False


def _compiled(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in dict.fromkeys(patterns))


def _around(text: str, start: int, end: int) -> str:
    first, last = max(0, start - 30), min(len(text), end + 30)
    words = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"
