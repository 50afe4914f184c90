"""The one vocabulary: every key that a form, an importer or a table may put in a row has words in both languages, and
the Dutch ones are Dutch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kapperboek import i18n
from kapperboek.domain import field_labels, labels
from kapperboek.domain.law.consent import CHANNELS, IN_PERSON, PURPOSES, STATES, UNASKED
from kapperboek.domain.people import phases
from kapperboek.domain.records import CONTACT_KINDS
from kapperboek.exchange.table.heading_words import LABELS
from kapperboek.exchange.table.table_rows import PHONE_KINDS
from kapperboek.exchange.vcard.vcard_vocabulary import ANDROID_RELATIONS, RELATION_WORDS
from kapperboek.exchange.vcard.vcard_write import PHONE_TYPES
from kapperboek.services.moments.moment_rows import kind_saved
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write import journaled_tables
from kapperboek.ui.customer_form import customer_more
from kapperboek.ui.moments import contact_dialog

SAME = {"partner", "whatsapp", "fax", "post", "e-mail", "sms", "open", "mailing"}
"""Dutch and English alike."""

UNTOLD = {
    "id", "version", "uid", "key", "position", "customer_id", "field_id", "origin_id", "closed_in_id",
    "closed_by_id", "other_uid", "source", "source_key", "digest", "marks", "ref", "canonical", "sort_key",
    "full_name", "extra", "made_on", "read_at", "created_at", "asked_on", "checked_on", "closed_on", "closed_at",
    "role", "pin", "pin_failures", "pin_after", "text", "wording", "purpose", "channel", "how", "discovered_at",
    "happened_on", "reported_at", "whose", "consequences", "measures",
}
"""Columns that follow from others, or of which the sentence of the change tells; ``text`` is that of a health fact."""

TABLE: tuple[tuple[Callable[[str], str], set[str]], ...] = (
    (labels.relation_label, {*labels.RELATIONS, *ANDROID_RELATIONS.values(), *RELATION_WORDS, "sibling"}),
    (labels.date_label, {*labels.DATES, "birthday"}),
    (labels.channel_label, {*CHANNELS, IN_PERSON, *filter(None, customer_more.CHANNELS), "letter", "call", "mobile"}),
    (labels.contact_label, {*labels.CONTACT_LABELS, *LABELS, *PHONE_KINDS.values(), *PHONE_TYPES, "car"}),
    (labels.way_label, {*labels.WAYS}),
    (labels.state_label, {"open", "discussed", "dropped", "done", "cancelled", "missed", "known", "refused", "later"}),
    (labels.state_label, {*STATES, UNASKED}),
    (labels.purpose_label, {*PURPOSES}),
    (labels.phase_label, {*phases.PHASES}),
    (labels.kind_label, {*CONTACT_KINDS, *contact_dialog.KINDS}),
    (labels.line_label, {"warning", "avoid", "wish"}),
)


@pytest.mark.parametrize(("label", "key"), [(label, key) for label, keys in TABLE for key in sorted(keys)])
def test_every_key_has_words_in_both_languages(label: Callable[[str], str], key: str) -> None:
    dutch = label(key)
    i18n.set_language("en")
    english = label(key)
    assert english
    assert dutch.lower() not in {english.lower(), key} or dutch.lower() in SAME, (dutch, english)


@pytest.mark.parametrize("kind", sorted({*CONTACT_KINDS} - {"visit", "appointment"}))
def test_every_kind_of_contact_has_a_sentence_for_when_it_is_saved(kind: str) -> None:
    assert "{name}" in kind_saved(kind)


def test_every_field_and_table_that_people_fill_has_a_name(book: Notebook) -> None:
    """What has no name is not told of a change; those are listed here, so that a new field is not forgotten."""
    tables = {table: journaled_tables.columns(book, table) for table in journaled_tables.JOURNALED}
    assert {name for table in tables for name in tables[table] if not field_labels.field_label(table, name)} == UNTOLD
    assert {table for table in tables if labels.table_label(table) == table} == set()


def test_what_the_journal_tells_is_in_the_same_words() -> None:
    said: list[tuple[Any, ...]] = [
        ("customer", "preferred_channel", "call", "telefoon"), ("customer", "phase_by_hand", "lost", "verloren"),
        ("relation", "kind", "dog", "hond"), ("interaction", "kind", "complaint", "Klacht"),
        ("contact_point", "label", "mobile", "mobiel"), ("important_date", "what", "wedding", "Trouwdag"),
        ("talk_point", "state", "dropped", labels.state_label("dropped")), ("talk_point", "text", "dog", "dog"),
    ]
    for table, column, value, words in said:
        assert labels.value_label(table, column, value) == words


def test_an_owners_own_word_stays() -> None:
    assert labels.relation_label("peettante") == "peettante"
    assert labels.date_label("opening winkel") == "opening winkel"
    assert (labels.date_label("wedding"), labels.date_key("trouwdag ")) == ("Trouwdag", "wedding")
    assert labels.date_key("opening winkel") == "opening winkel"


def test_who_never_came_is_no_prospect() -> None:
    assert labels.phase_label("prospect") == "nog niet geweest"
