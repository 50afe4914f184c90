"""Telephone numbers however they are typed."""

from __future__ import annotations

import subprocess
import sys

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapperboek.domain.people import phones

MARIEKE = "+31612345678"


@pytest.mark.parametrize(
    "typed",
    [
        "0612345678",
        "06 12 34 56 78",
        "06-12345678",
        "(06) 12 34 56 78",
        "612345678",
        "+31 6 12345678",
        "+31 (0)6 12345678",
        "0031612345678",
        "0031 (0)6-12345678",
        "31612345678",
        "06\u00a012345678",
        "06.12.34.56.78",
        "tel:+31612345678",
        "٠٦١٢٣٤٥٦٧٨",
    ],
)
def test_one_number_however_typed(typed: str) -> None:
    assert phones.canonical(typed) == MARIEKE


@pytest.mark.parametrize(
    "typed", ["", "bel na zes uur", "bel mij op 0612345678", "BusinessPhone", "+", "12", "😀"]
)
def test_what_is_no_number(typed: str) -> None:
    assert phones.canonical(typed) == ""


def test_other_countries_and_extensions() -> None:
    assert phones.canonical("+32 470 12 34 56") == "+32470123456"
    assert phones.canonical("0470 12 34 56", "BE") == "+32470123456"
    assert phones.canonical("tel:+1-555-555-5555;ext=5555") == "+15555555555;ext=5555"
    assert phones.canonical("038 424 50 00, tst. 12") == "+31384245000;ext=12"
    assert phones.national_digits("+32 470 12 34 56", "BE") == "0470123456"
    assert phones.national_digits("038 424 50 00, tst. 12") == "0384245000"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+31 6 12", "0612"),
        ("0031612", "0612"),
        ("06-12", "0612"),
        ("234567", "234567"),
        ("06", "06"),
        ("+32 47", "003247"),
        ("+31", "0"),
        ("(038) 12", "03812"),
        ("mar j", ""),
        ("06 mar", ""),
        ("+", ""),
        ("", ""),
    ],
)
def test_part_of_a_number_in_the_search_box(typed: str, digits: str) -> None:
    assert phones.search_digits(typed) == digits


@given(st.from_regex(r"\A(6[1-58]|38|318|20)[0-9]{7}\Z"))
def test_every_writing_is_found_by_every_other(rest: str) -> None:
    rest = rest[:9].ljust(9, "1")
    for writing in (f"0{rest}", f"+31{rest}", f"0031 {rest}", f"+31 (0){rest}"):
        assert phones.canonical(writing) == f"+31{rest}"
        assert phones.search_digits(writing) == f"0{rest}"
        assert phones.national_digits(writing) == f"0{rest}"
        assert phones.digits(phones.pretty(writing)) == f"0{rest}"


@given(st.text(max_size=30))
def test_nothing_typed_breaks_it(text: str) -> None:
    number = phones.canonical(text)
    assert number == "" or phones.canonical(number) == number
    assert phones.search_digits(text).isascii()
    phones.pretty(text)


def test_as_people_read_it() -> None:
    assert phones.pretty("0612345678") == "06 12 34 56 78"
    assert phones.pretty("0381234567") == "038 123 45 67"
    assert phones.pretty("0318-521105") == "0318 52 11 05"
    assert phones.pretty("+32470123456") == "+32 470 12 34 56"
    assert phones.pretty(" bel na zes uur ") == "bel na zes uur"


@pytest.mark.parametrize("written", ["0{}", "+31{}", "0031{}", "+31 (0){}", "+31-{}"])
def test_the_quick_way_says_what_phonenumbers_says(written: str) -> None:
    for start in range(100, 1000):
        typed = written.format(f"{start}123456")
        parsed = phonenumbers.parse(typed, "NL")
        assert phonenumbers.is_possible_number(parsed)
        assert phones.canonical(typed) == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def test_the_usual_writings_need_no_heavy_import() -> None:
    code = (
        "import sys; from kapperboek.domain.people import phones;"
        "assert phones.canonical('06-12345678') and phones.pretty('+31 38 1234567');"
        "assert 'phonenumbers' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
