"""Small questions about a record that several readers ask."""

from __future__ import annotations

import re

from kapperboek.domain.people.names import PREFIXES, full_name
from kapperboek.domain.people.phones import canonical, digits
from kapperboek.domain.records import Address, CustomerRecord, Email, Phone

_DUTCH_POSTCODE = re.compile(r"\d{4}\s?[A-Za-z]{2}", re.ASCII)
_HOUSE_NUMBER = re.compile(
    r"(.*[^\d\s].*?)\s+((?!(?:18|19|20)\d\d\s+\d)\d+(?:\s?[-/]?\s?[A-Za-z0-9]{1,4}"  # "Plein 1945 12" is number 12
    r"(?:[ -]+(?:bis|ter|hs|huis|rd|zw|[A-Za-z]|[IVX]{1,4}))?)?)"
)


def is_somebody(c: CustomerRecord) -> bool:
    """Tell whether there is anything to call or reach this customer by: a record without is nobody."""
    named = c.given_name or c.family_name or c.organisation or c.display_name or c.nickname
    return bool(named or c.phones or c.emails or c.handles or c.additional_names)


_BY_NUMBER = frozenset("whatsapp signal telegram viber facetime imessage sms tel".split())
_LINK = re.compile(
    r"(?:https?://)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=|whatsapp://send/?\?phone=)\+?(\d{8,15})\b.*"
)
_NUMBER = re.compile(r"\+?[\d\s().-]{8,20}")


def number_of_handle(service: str, text: str) -> str:
    """The telephone number somebody is reached at through a service that goes by numbers; empty when it is a name."""
    if link := _LINK.fullmatch(text):
        return f"+{link[1]}"
    plain = text.strip()
    by_number = service.strip().lower() in _BY_NUMBER
    return plain if by_number and _NUMBER.fullmatch(plain) and sum(map(str.isdigit, plain)) > 7 else ""


def add_number(c: CustomerRecord, number: str, label: str) -> None:
    """Add a telephone number, unless it is there already."""
    mine = digits(number)[-9:]
    if all(digits(phone.value)[-9:] != mine for phone in c.phones):
        c.phones.append(Phone(number, label))


def once_each(c: CustomerRecord) -> None:
    """Every number and every e-mail address once, unless two labels say different things of it: mobile and work."""
    by_number: dict[str, list[Phone]] = {}
    phones: list[Phone] = []
    for phone in c.phones:
        known = by_number.setdefault(canonical(phone.value) or phone.value, [])
        same = [one for one in known if _one_label(one, phone)]
        if not same:
            known.append(phone)
            phones.append(phone)
        elif same[0].label.lower() in {"", *_BY_NUMBER}:
            same[0].label = phone.label or same[0].label
    emails: dict[str, Email] = {}
    for email in c.emails:
        first = emails.setdefault(email.value.lower(), email)
        first.label = first.label or email.label
    c.phones, c.emails = phones, list(emails.values())


def _one_label(first: Phone, second: Phone) -> bool:
    """Tell whether two labels can be of one number: equal, or one of them says nothing of where it rings."""
    return first.label == second.label or any(one.label.lower() in {"", *_BY_NUMBER} for one in (first, second))


def take_prefix_of_middle(c: CustomerRecord) -> None:
    """The Dutch prefix out of the middle name, where programs without a place for it have it: ``Adriana|van|Gunten``.
    """
    if c.prefix or not c.family_name or not c.additional_names:
        return
    names = c.additional_names.split()
    end = len(names)
    while end and names[end - 1].lower() in PREFIXES and (names[end - 1].islower() or len(names[end - 1]) > 2):
        end -= 1
    c.additional_names, c.prefix = " ".join(names[:end]), " ".join(names[end:])


def name_of(c: CustomerRecord) -> str:
    """The name to show, without title and suffix; empty when nothing is known."""
    return full_name(
        c.given_name,
        c.prefix,
        c.family_name,
        organisation=c.organisation,
        nickname=c.nickname,
        initials=c.initials,
        display=c.display_name,
    )


def address_text(a: Address) -> str:
    """All parts of an address behind each other, to compare words."""
    return " ".join((a.street, a.number, a.postcode, a.place, a.region, a.country))


def split_house_number(street: str, postcode: str) -> tuple[str, str]:
    """Split ``Dorpsstraat 12a`` in two where a Dutch postcode says that it is one; other addresses stay as written.

    Of several lines the first is divided: what follows is a floor or a building.
    """
    if len(street) < 200 and _DUTCH_POSTCODE.fullmatch(postcode.strip()):
        first, feed, further = street.strip().partition("\n")
        if found := _HOUSE_NUMBER.fullmatch(first.strip()):
            return found[1] + feed + further, found[2]
    return street, ""
