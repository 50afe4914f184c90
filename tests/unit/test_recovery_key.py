"""The recovery key on paper: what is typed back is the key, and every slip is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapperboek.domain.errors import CannotOpen
from kapperboek.domain.law import recovery_key

KEYS = st.binary(min_size=32, max_size=32)


@given(KEYS)
def test_what_is_printed_is_read_back(key: bytes) -> None:
    printed = recovery_key.groups(key)
    assert len(printed) == 16 and all(len(group) == 5 for group in printed)
    assert recovery_key.parse(" ".join(printed)) == key
    assert recovery_key.parse("-".join(printed).lower() + "\n") == key
    assert recovery_key.parse(key.hex()) == key


@given(KEYS, st.integers(0, 79), st.sampled_from("0123456789ABCDEF"))
def test_every_wrong_sign_is_noticed_in_its_group(key: bytes, place: int, sign: str) -> None:
    text = "".join(recovery_key.groups(key))
    if text[place] == sign:
        return
    with pytest.raises(CannotOpen) as refused:
        recovery_key.parse(text[:place] + sign + text[place + 1 :])
    assert refused.value.code == "wrong-key" and str(place // 5 + 1) in refused.value.message


def test_two_signs_that_changed_places_are_noticed() -> None:
    text = "".join(recovery_key.groups(bytes(range(32))))
    for place in range(79):
        swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        if swapped != text and {text[place], text[place + 1]} != {"0", "F"}:
            with pytest.raises(CannotOpen):
                recovery_key.parse(swapped)


@pytest.mark.parametrize("text", ["", "een lange zin met een paard", "ABCDE 12345", "0" * 63, "ß" * 80])
def test_anything_else_is_a_passphrase(text: str) -> None:
    assert recovery_key.parse(text) is None
