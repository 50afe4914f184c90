"""Labels of the list of customers: contact details, last visit, expected day, next appointment, filters."""

from __future__ import annotations

from datetime import date, timedelta

from kapperboek.domain.care.due_words import expected_text
from kapperboek.domain.labels import phase_label
from kapperboek.domain.people.names import numbered
from kapperboek.domain.time.dates import weeks_phrase
from kapperboek.domain.views.list_views import CustomerFilter, CustomerRow
from kapperboek.i18n import _, format_day, format_weekday, language

SORTS = (
    ("name", False), ("name", True), ("last_visit", True), ("last_visit", False), ("expected", False),
    ("expected", True), ("number", False), ("number", True), ("since", False), ("since", True),
)
ABSENT_CHOICES = (42, 91, 182, 365, 730)  # days: 6 weeks, 3 and 6 months, 1 and 2 years


def thousands(number: int) -> str:
    """Number with its thousands separated: ``1.284`` (nl), ``1,284`` (en)."""
    text = f"{number:,}"
    return text.replace(",", ".") if language() == "nl" else text


def reach_words(row: CustomerRow) -> str:
    """Phone number and town in few words: ``06 12 34 56 78 · Zwolle``."""
    return " · ".join(part for part in (row.phone, row.place) if part)


def last_words(row: CustomerRow, today: date) -> tuple[str, str]:
    """The last visit and how long ago that is."""
    if row.last_visit is None:
        return "", ""
    days = (today - row.last_visit).days
    ago = _("today") if days == 0 else weeks_phrase(days) if days > 0 else ""
    return format_day(row.last_visit, today), ago


def expected_words(row: CustomerRow, today: date) -> tuple[str, str, bool]:
    """The day expected by their own rhythm, how far that is, and whether it asks for attention."""
    if row.expected_on is None or row.deceased or row.phase in ("former", "lost"):
        return "", "", False
    late = row.expected_on < today and not row.next_appointment
    return format_day(row.expected_on, today), expected_text(row.expected_on, today), late


def appointment_words(row: CustomerRow, today: date) -> tuple[str, str]:
    """The next appointment: day and time; "none" when there is none."""
    if not row.next_appointment:
        return "", _("none")
    day = date.fromisoformat(row.next_appointment[:10])
    if day == today:
        words = _("today")
    elif day == today + timedelta(days=1):
        words = _("tomorrow")
    else:
        words = format_weekday(day) if day.year == today.year else format_day(day, today)
    return words, " · ".join(part for part in (row.next_appointment[11:16], row.appointment_staff) if part)


def spoken(row: CustomerRow, today: date, discreet: bool) -> str:
    """Text of a row for a screen reader; no more than the name while somebody looks along."""
    name = numbered(row.name, row.number, row.namesake)
    if discreet:
        return name
    expected = expected_words(row, today)[1]
    day, time = appointment_words(row, today)
    last = last_words(row, today)[0]
    parts = [
        name,
        row.warning,
        row.tags,
        reach_words(row),
        _("deceased") if row.deceased else phase_label(row.phase),
        _("last visit {day}").format(day=last) if last else "",
        _("expected {day}").format(day=expected) if expected else "",
        _("appointment {day} {time}").format(day=day, time=time) if day else "",
        row.staff_initials,
    ]
    return ", ".join(part for part in parts if part)


def sort_words(sort: str, descending: bool) -> str:
    """Label of an order of sorting."""
    return {
        ("name", False): _("Name, A to Z"),
        ("name", True): _("Name, Z to A"),
        ("last_visit", True): _("Last visit, latest first"),
        ("last_visit", False): _("Last visit, longest ago first"),
        ("expected", False): _("Expected, oldest first"),
        ("expected", True): _("Expected, latest first"),
        ("number", False): _("Number, lowest first"),
        ("number", True): _("Number, highest first"),
        ("since", False): _("Customer since, longest first"),
        ("since", True): _("Customer since, newest first"),
    }[sort, descending]


def is_filtered(chosen: CustomerFilter) -> bool:
    """Tell whether a filter leaves anybody out; the order of sorting does not count."""
    return chosen._replace(sort="name", descending=False) != CustomerFilter()
