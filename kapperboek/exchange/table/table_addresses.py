"""The addresses of a row, from one cell or many: postcode and place joined, several in one cell, additions apart."""

from __future__ import annotations

import re

from kapperboek.domain.people.names import words
from kapperboek.domain.records import Address
from kapperboek.exchange.person_questions import address_text, split_house_number
from kapperboek.exchange.separator import SEPARATOR

_WHOLE = re.compile(
    r"(?P<street>.*?)[,\n]?\s*(?P<postcode>\b\d{4}\s?[A-Z]{2})\b[,\s–-]*(?P<place>[^\d\n,]*)"
    r"(?:[\n,]\s*(?P<country>[^\d\n,]+))?$",
    re.DOTALL,
)
_POSTCODE_LAST = re.compile(
    r"(?P<street>(?:\d+e\s)?[^,\n\d]+\d+(?:[ -]?(?:bis|hs|[a-zA-Z]|[IVX]{1,4}|\d{1,3})(?![^\W_])){0,2})"
    r"(?:,\s*|\n|\s+)(?P<place>[^\W\d_][^\d,\n]*?)"
    r"(?:,?\s+(?P<region>[A-Z]{2}))?[,\s]+(?P<postcode>\d{4}\s?[A-Z]{2})(?:[,\s]+(?P<country>[^\d\n,]+))?"
)
_CODE_FIRST = re.compile(
    r"(?P<code>\d{4}\s?[A-Za-z]{2}\b|[A-Z]{1,2}-\d{4,5}|\d{4,5})[\s,/–-]*(?P<place>[^\d].*)?", re.DOTALL
)
_CODE_LAST = re.compile(r"(?P<place>[^\d]+?)[\s,/–-]*(?P<code>\d{4}\s?[A-Za-z]{2}|\d{4,5})")
_CODE_FIRST_DUTCH = re.compile(r"\d{4}\s?[A-Za-z]{2}[\s,/–-]+[^\d]{2,}")
_LONGEST = 200
_ADDITION = re.compile(r"bis|ter|hs|huis|rd|zw|[a-z]|[ivx]{1,4}|\d{1,2}", re.IGNORECASE)
_ENDS_IN_NUMBER = re.compile(r".*\d")
_BARS = re.compile(rf"\s*(?:\||{SEPARATOR})\s*")


def addresses_of(got: dict[str, str], label: str, divided: bool, own: bool) -> list[Address]:
    """The addresses that the cells of a row make, by the parts they are; ``divided``: the number has its own column."""
    if not any(value for name, value in got.items() if name != "address_type"):
        return []
    if own or not any("|" in value or SEPARATOR in value for value in got.values()):
        return [_address(got, label, divided, own)]
    pieces = {name: _BARS.split(value) for name, value in got.items()}
    found = []
    for place in range(max(map(len, pieces.values()))):
        one = {name: parts[place] if place < len(parts) else "" for name, parts in pieces.items()}
        if any(one.values()):
            found.append(_address(one, label, divided, own))
    return found


def _address(got: dict[str, str], label: str, divided: bool, own: bool) -> Address:
    lines = [got.get(name, "") for name in ("street", "street2", "street3", "pobox")]
    if not own and _ADDITION.fullmatch(lines[1]) and _ENDS_IN_NUMBER.fullmatch(lines[0]):
        lines[:2] = [f"{lines[0]} {lines[1]}", ""]
    number = " ".join(filter(None, (got.get("house", ""), got.get("house_addition", ""))))
    address = Address(
        "\n".join(filter(None, lines)), number, got.get("postcode", ""), got.get("place", ""),
        got.get("country", ""), got.get("region", ""),
        (got.get("address_type", "").lstrip("* ") or label),
    )
    address.label = address.label.lower() if address.label.lower() in ("home", "work", "other") else address.label
    if not own and not address.postcode and _CODE_FIRST_DUTCH.fullmatch(address.place):
        got, address.place = {**got, "postcode_place": address.place}, ""  # both in the column of the place
    if not own and not address.place and _CODE_FIRST_DUTCH.fullmatch(address.postcode):
        got, address.postcode = {**got, "postcode_place": address.postcode}, ""
    if got.get("postcode_place"):
        _postcode_and_place(address, got["postcode_place"])
    if got.get("address"):
        _whole_address(address, got["address"])
    if not (divided or address.number):
        address.street, address.number = split_house_number(address.street, address.postcode)
    return address


def _postcode_and_place(address: Address, text: str) -> None:
    """Split ``2511CV 's-Gravenhage`` in postcode and place, whichever stands first."""
    found = (_CODE_FIRST.fullmatch(text) or _CODE_LAST.fullmatch(text)) if len(text) < _LONGEST else None
    code, place = (found["code"], found["place"] or "") if found else ("", text)
    address.postcode = address.postcode or code
    address.place = address.place or " ".join(place.split())


def _whole_address(address: Address, text: str) -> None:
    """Split an address, ``Dorpsstraat 12, 3811 AB Amersfoort``, in its parts.

    What the other columns already say is not said twice.
    """
    text = re.sub(r"[ \t]{2,}", ", ", text)  # Mailchimp has two blanks between the parts
    known = set(words(address_text(address)))
    if set(words(text)) <= known:
        return
    short = len(text) < _LONGEST
    found = (_POSTCODE_LAST.fullmatch(text) or _WHOLE.match(text)) if short else None
    street = found["street"].strip(" ,\n-–") if found else ""
    if found and _same_code(address, found) and not (address.street and street):
        address.street, address.postcode = address.street or street, address.postcode or found["postcode"]
        address.place = address.place or found["place"].strip()
        address.country = address.country or (found["country"] or "").strip()
        address.region = address.region or (found.groupdict().get("region") or "")
    else:
        address.street = f"{text}\n{address.street}" if address.street else text


def _same_code(address: Address, found: re.Match[str]) -> bool:
    """Tell whether the postcode in the text is that of the column of postcodes, or there is none."""
    return address.postcode.replace(" ", "").upper() in ("", found["postcode"].replace(" ", ""))
