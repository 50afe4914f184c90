"""Words in the user's language: one catalogue for the window, the command line and the reasons in Today.

The English sentence is the key; ``resources/translations/LANG/*.po`` hold the others, one file per room, and
``dev.py`` compiles them to one ``kapperboek.mo`` per language. Qt's own tr() was considered and not taken: reasons
and error sentences are made below the window, where Qt may not be imported, and two catalogues are one too many.
This module belongs to no room: every room may import it.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

from kapperboek.resource_files import resource_folder

LANGUAGES = ("nl", "en")
TRANSLATIONS = resource_folder() / "translations"


_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"
_clear: list[Callable[[], None]] = []
_KEPT = 4096  # texts: more than the window says

Asked = ParamSpec("Asked")
Said = TypeVar("Said")


def _kept(fn: Callable[Asked, Said]) -> Callable[Asked, Said]:
    """A decorator: what was said in this language is said again, without looking it up."""
    said = lru_cache(maxsize=_KEPT)(fn)
    _clear.append(said.cache_clear)
    return cast("Callable[Asked, Said]", said)


def set_language(language: str) -> None:
    """Use ``nl`` or ``en`` from now on; anything else, or a catalogue that cannot be read, falls back to English."""
    global _current, _language
    if language == _language:
        return
    try:
        _current, _language = catalogue(language), language
    except (OSError, ValueError):
        _current, _language = gettext.NullTranslations(), "en"
    for clear in _clear:
        clear()


def in_language(language: str, text: str) -> str:
    """A text in a language that is not that of the window; English when its catalogue cannot be read."""
    try:
        return catalogue(language).gettext(text)
    except (OSError, ValueError):
        return text


def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language, read from its file; empty for English. OSError; ValueError when it is damaged."""
    if language == "en":
        return gettext.NullTranslations()
    with (TRANSLATIONS / language / "kapperboek.mo").open("rb") as file:
        try:
            return gettext.GNUTranslations(file)
        except Exception as error:  # it takes its file at its word: whatever that leads to, the file is not one
            raise ValueError(f"{file.name}: {error}") from error


def language() -> str:
    """The language in use: ``nl`` or ``en``."""
    return _language


@_kept
def _(text: str) -> str:
    """The text in the user's language. Fill in with ``.format(name=…)`` after translating, never before."""
    return _current.gettext(text) if text else ""


def N_(text: str) -> str:  # gettext's usual name for it
    """The text itself, marked as one to be translated where it is shown: for tables that are made at import."""
    return text


def translated(marked: str) -> str:
    """A text that was marked with ``N_``, in the user's language."""
    return _current.gettext(marked) if marked else ""


@_kept
def ngettext(one: str, many: str, n: int) -> str:
    """The form that fits ``n``; both forms may contain ``{n}``, which the caller fills in with format."""
    return _current.ngettext(one, many, n)


_DAYS = {
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_LONG_DAYS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_LONG_MONTHS = {
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}


def format_day(day: date, today: date | None = None) -> str:
    """A short day: ``11 okt``; with the year when it is not the year of ``today`` (if given)."""
    text = f"{day.day} {_MONTHS[_language][day.month - 1]}"
    return text if today is not None and day.year == today.year else f"{text} {day.year}"


def format_weekday(day: date) -> str:
    """A day with its weekday: ``zo 3 jan``."""
    return f"{_DAYS[_language][day.weekday()]} {day.day} {_MONTHS[_language][day.month - 1]}"


def format_long_day(day: date) -> str:
    """A day in full: ``zondag 22 november 2026``."""
    return f"{_LONG_DAYS[_language][day.weekday()]} {day.day} {_LONG_MONTHS[_language][day.month - 1]} {day.year}"


def format_weekday_in_full(day: date) -> str:
    """A day in full without its year: ``zondag 22 november``."""
    return f"{_LONG_DAYS[_language][day.weekday()]} {format_month_day(day.month, day.day)}"


def format_month(year: int, month: int) -> str:
    """A month in full: ``november 2026``."""
    return f"{_LONG_MONTHS[_language][month - 1]} {year}"


def weekday_names() -> tuple[str, ...]:
    """The short names of the days of a week, Monday first."""
    return _DAYS[_language]


def format_month_day(month: int, day: int) -> str:
    """A day without a year: ``12 juli``."""
    return f"{day} {_LONG_MONTHS[_language][month - 1]}"


def format_money(cents: int, currency: str = "EUR") -> str:
    """An amount as a shop writes it: ``€ 96,50`` (nl), ``€96.50`` (en)."""
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    symbol = {"EUR": "€", "GBP": "£", "USD": "$"}.get(currency, currency)
    whole = f"{cents // 100:,}"
    if _language == "nl":
        return f"{symbol} {sign}{whole.replace(',', '.')},{cents % 100:02d}"
    return f"{sign}{symbol}{whole}.{cents % 100:02d}"
