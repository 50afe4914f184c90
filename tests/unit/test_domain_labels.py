"""The one vocabulary: every key that rows may hold has words in both languages, and the Dutch ones are Dutch."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kapperboek import i18n
from kapperboek.domain import labels, phases
from kapperboek.domain.consent import CHANNELS, IN_PERSON, PURPOSES, purpose_label
from kapperboek.exchange.vcard_words import ANDROID_RELATIONS

SAME = {"partner", "whatsapp", "post"}  # Dutch and English alike

TABLE: tuple[tuple[Callable[[str], str], tuple[str, ...]], ...] = (
    (labels.relation_label, (*labels.RELATIONS, *ANDROID_RELATIONS.values(), "spouse", "sibling")),
    (labels.date_label, (*labels.DATES, "birthday")),
    (labels.channel_label, (*CHANNELS, IN_PERSON, "letter", "call", "mobile", "sms")),
    (labels.contact_label, tuple(key for key in labels.CONTACT_LABELS)),
    (labels.way_label, labels.WAYS),
    (labels.state_label, ("cancelled", "missed")),
    (purpose_label, PURPOSES),
    (phases.label, phases.PHASES),
)


@pytest.mark.parametrize(("label", "key"), [(label, key) for label, keys in TABLE for key in keys])
def test_every_key_has_words_in_both_languages(label: Callable[[str], str], key: str) -> None:
    dutch = label(key)
    i18n.set_language("en")
    english = label(key)
    assert english
    assert dutch.lower() not in {english.lower(), key} or dutch.lower() in SAME | {"e-mail", "sms"}, (dutch, english)


def test_an_owners_own_word_stays() -> None:
    assert labels.relation_label("peettante") == "peettante"
    assert labels.date_label("opening winkel") == "opening winkel"
    assert (labels.date_label("wedding"), labels.date_key("trouwdag ")) == ("Trouwdag", "wedding")
    assert labels.date_key("opening winkel") == "opening winkel"


def test_who_never_came_is_no_prospect() -> None:
    assert phases.label("prospect") == "nog niet geweest"
