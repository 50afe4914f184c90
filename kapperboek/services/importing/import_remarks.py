"""Remarks on what a file says of how to reach somebody: a number or an address that cannot be whole is kept as it is,
and said.
"""

from __future__ import annotations

import re

from kapperboek.domain.people import phones
from kapperboek.domain.records import CustomerRecord
from kapperboek.i18n import _

_MAIL = r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)*\.[^@\s.\d]{2,}\.?"
_DUTCH_LENGTH = 9  # digits after +31 of every number somebody can have at home or in their pocket
# What companies have: 0800 and 0900 have four or seven digits behind that, 14 an area code, 097 is for machines.
_DUTCH_SERVICES = ("800", "900", "906", "909", "14", "97")


def on_reach(record: CustomerRecord, region: str) -> list[str]:
    """A sentence for each telephone number or e-mail address of this customer that misses a part."""
    number = _("“{text}” is not a whole telephone number; it is kept as it is.")
    mail = _("“{text}” is not a whole e-mail address; it is kept as it is.")
    said = [number.format(text=one.value) for one in record.phones if not is_whole_number(one.value, region)]
    return said + [mail.format(text=one.value) for one in record.emails if not is_whole_mail(one.value)]


def is_whole_mail(value: str) -> bool:
    """Check that a mail address is whole: a name, an @ and a domain."""
    return bool(re.fullmatch(_MAIL, value.strip()))


def is_whole_number(value: str, region: str = "NL") -> bool:
    """Check that a telephone number can be dialled as it stands; one with words around it (“after five”) counts."""
    number = phones.canonical(value, region).partition(";")[0]
    if not number:
        return any(map(str.isalpha, value)) and len(phones.digits(value)) > _DUTCH_LENGTH
    if number.startswith("+31"):
        return len(number) == 3 + _DUTCH_LENGTH or number.startswith(_DUTCH_SERVICES, 3)
    return _may_exist(number)


def _may_exist(number: str) -> bool:
    import phonenumbers

    reason = phonenumbers.is_possible_number_with_reason(phonenumbers.parse(number, None))
    return bool(reason == phonenumbers.ValidationResult.IS_POSSIBLE)
