"""Profile fields, what an owner wants to know of customers: those to start with, their values, and what to ask next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kapperboek.domain.errors import UserError
from kapperboek.domain.people.names import fold
from kapperboek.domain.time.dates import PartialDate, parse_typed
from kapperboek.i18n import _, format_day, format_month_day, language

if TYPE_CHECKING:
    from kapperboek.domain.records import ProfileFieldRecord

ASK_AGAIN_DAYS = 14
"""After "not now" a question rests so long; there are others."""

# The most useful first: what makes a conversation, then what makes the work better.
_USEFUL = ("family", "job", "hobby", "holiday", "coffee", "style", "colour", "products")
_STARTERS = 3  # the first are equally useful: who comes next gets another, so that not everybody is asked the same
_NEVER_ASKED = frozenset({"labels"})
WORKING_AGE = 16


class Field(NamedTuple):
    """A profile field, as far as asking about it goes."""

    key: str
    label: str
    active: bool


def starting_fields() -> list[ProfileFieldRecord]:
    """The fields a new notebook begins with, in the user's language; the owner may change them all."""
    from kapperboek.domain.records import ProfileFieldRecord

    coffee = [_("coffee"), _("cappuccino"), _("tea"), _("water"), _("nothing")]
    return [
        ProfileFieldRecord("family", _("Family"), "text"),
        ProfileFieldRecord("job", _("Job"), "text"),
        ProfileFieldRecord("hobby", _("Hobby"), "tags"),
        ProfileFieldRecord("holiday", _("Holiday"), "text"),
        ProfileFieldRecord("coffee", _("Coffee"), "choice", coffee),
        ProfileFieldRecord("style", _("Favourite style"), "text"),
        ProfileFieldRecord("colour", _("Favourite colour"), "text"),
        ProfileFieldRecord("products", _("Favourite products"), "tags"),
        ProfileFieldRecord("labels", _("Labels"), "tags"),
    ]


def parse_value(kind: str, typed: str, choices: Sequence[str] = ()) -> object:
    """Parse a typed profile value to keep: text, number, ``YYYY-MM-DD``/``--MM-DD`` or list of tags; None when empty.

    UserError when it doesn't fit the kind.
    """
    text = typed.strip()
    if not text:
        return None
    if kind == "tags":
        return _tags(text) or None
    if kind == "number":
        return _number(text)
    if kind == "date":
        day = parse_typed(text)
        if day is None:
            raise UserError("not-a-day", _("This isn't a day. Type it as 23-11-1985 or 23 November."))
        return day.text()
    if kind == "choice" and choices:
        for choice in choices:
            if fold(choice) == fold(text):
                return choice
        raise UserError("not-a-choice", _("Choose one of: {choices}.").format(choices=", ".join(choices)))
    return text


def _tags(text: str) -> list[str]:
    """Tags as typed, separated by commas or semicolons, each once however it is capitalised."""
    tags: dict[str, str] = {}
    for tag in text.replace(";", ",").split(","):
        if tag := " ".join(tag.split()):
            tags.setdefault(fold(tag), tag)
    return list(tags.values())


def _number(text: str) -> int | float:
    """A number with a comma or a point before the decimals, and marks between thousands."""
    plain = "".join(text.split())
    last = max(plain.rfind(","), plain.rfind("."))
    whole, decimals = (plain[:last], plain[last + 1 :]) if last >= 0 else (plain, "")
    if decimals and len(decimals) == 3 and whole.lstrip("-") not in ("", "0"):
        whole, decimals = whole + decimals, ""  # 1.500 is fifteen hundred
    whole = whole.replace(".", "").replace(",", "")
    digits = whole.removeprefix("-")
    if not (digits or decimals) or not (digits + decimals).isdecimal() or len(digits + decimals) > 15:
        raise UserError("not-a-number", _("This isn't a number."))
    return float(f"{whole or 0}.{decimals}") if decimals else int(whole)


def show_value(kind: str, value: object) -> str:
    """The value in words; whatever an imported notebook put there is shown rather than hidden."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if isinstance(value, float):
        plain = f"{value:.15g}"
        return plain.replace(".", ",") if language() == "nl" else plain
    if kind == "date" and isinstance(value, str):
        return _show_day(value)
    return str(value)


def _show_day(text: str) -> str:
    try:
        day = PartialDate.parse(text)
    except ValueError:
        return text
    return format_month_day(day.month, day.day) if day.year is None else format_day(day.occurrence(day.year))


def next_question(
    known: Collection[str],
    refused: Collection[str],
    asked_on: Mapping[str, date],
    today: date,
    fields: Iterable[Field],
    turn: int = 0,
) -> str | None:
    """The key of the one thing to ask now, the most useful first; None when there is nothing to ask.

    ``known`` is also what the card tells elsewhere (``told_elsewhere``). ``turn``, a number of the customer's
    own, chooses among equals.

    ``refused`` is never asked again. ``asked_on`` says when each field was last asked: after one question
    today there is no second, and what was put off rests ASK_AGAIN_DAYS.
    """
    if today in asked_on.values():
        return None
    rank = {key: place for place, key in enumerate(_USEFUL)}
    keys = [field.key for field in fields if field.active and field.key not in _NEVER_ASKED]
    resting = {key for key, day in asked_on.items() if day > today - timedelta(days=ASK_AGAIN_DAYS)}
    open_keys = [key for key in keys if key not in known and key not in refused and key not in resting]
    open_keys.sort(key=lambda key: rank.get(key, len(rank)))
    starters = [key for key in open_keys if key in _USEFUL[:_STARTERS]]
    return starters[turn % len(starters)] if starters else next(iter(open_keys), None)


def told_elsewhere(*, firm: bool, has_family: bool, has_firm: bool, age: int | None) -> frozenset[str]:
    """Profile fields that need not be asked, because the card says it or because it makes no sense.

    A firm is asked nothing of what is asked of people, only the fields an owner made; a child has no work.
    """
    if firm:
        return frozenset(_USEFUL)
    told = {"family"} if has_family else set()
    if has_firm or (age is not None and age < WORKING_AGE):
        told.add("job")
    return frozenset(told)


def question_text(key: str, label: str, name: str) -> str:
    """The question as it can be put to the customer called ``name``."""
    questions = {
        "family": _("Who is at home with {name}?"),
        "job": _("What work does {name} do?"),
        "hobby": _("What does {name} like to do in free time?"),
        "holiday": _("Where does {name} like to go on holiday?"),
        "coffee": _("What does {name} like to drink?"),
        "style": _("Which style does {name} like best?"),
        "colour": _("Which colour does {name} like best?"),
        "products": _("Which products does {name} use at home?"),
    }
    text = questions.get(key, _("{label} of {name}?"))
    return text.format(name=name, label=label)
