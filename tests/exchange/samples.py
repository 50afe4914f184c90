"""Holding a customer against a sample of truth.json, and customers out of thin air for round trips."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from kapperboek.domain.people.names import full_name
from kapperboek.domain.records import (
    Address,
    CustomerRecord,
    DateRecord,
    Email,
    Phone,
    Rejected,
    RelationRecord,
    SourceRecord,
    WarningRecord,
)


def shown_name(c: CustomerRecord) -> str:
    return full_name(
        c.given_name,
        c.prefix,
        c.family_name,
        organisation=c.organisation,
        nickname=c.nickname,
        display=c.display_name,
    )


def fallback_name(c: CustomerRecord) -> str:
    return shown_name(c) or (c.emails[0].value if c.emails else "")


def digits(text: str) -> str:
    return re.sub(r"\D", "", text) or text


def hold(c: CustomerRecord, sample: dict[str, Any]) -> None:
    """Every value the sample asserts is exactly there."""
    family = f"{c.prefix} {c.family_name}".strip()
    said: dict[str, object] = {
        "name": shown_name(c), "given": c.given_name, "additional": c.additional_names, "suffix": c.suffix,
        "nickname": c.nickname,
        "family": c.family_name if "tussenvoegsel" in sample else family, "tussenvoegsel": c.prefix,
        "prefix": c.honorific,
        "emails": [email.value for email in c.emails], "birthday": c.birthday, "note_text": c.note,
        "title": c.profile.get("job"),
        "categories": c.profile.get("labels"), "groups": c.profile.get("labels"),
        "custom": [c.profile.get(f"custom_{n}") for n in "1234"],
        "name_fallback": fallback_name(c), "nr": int(c.number) if c.number.isdigit() else None,
    }
    for key, value in said.items():
        if key in sample:
            assert value == sample[key], key
    _hold_lists(c, sample)


def _hold_lists(c: CustomerRecord, sample: dict[str, Any]) -> None:
    if "phones" in sample:
        right = [sample["phones"], sample.get("phones_also_right", sample["phones"])]
        assert [digits(p.value) for p in c.phones] in [[digits(text) for text in texts] for texts in right]
    if "note_starts" in sample:
        assert c.note.startswith(sample["note_starts"])
    if "org" in sample:
        assert c.organisation == sample["org"][0]
        if len(sample["org"]) > 1:
            assert c.department == ", ".join(sample["org"][1:])
    if "anniversary" in sample:
        assert DateRecord("wedding", sample["anniversary"]) in c.dates
    if "last_visit" in sample:
        assert sample["last_visit"] in [visit.at for visit in c.interactions]
    if "house" in sample:
        assert c.addresses[0].number == sample["house"]
    if "firm" in sample:
        assert c.organisation and not c.family_name
    if "address" in sample:
        a = c.addresses[0]
        got = {
            "street": a.street,
            "city": a.place,
            "region": a.region,
            "code": a.postcode,
            "country": a.country,
        }
        assert {key: got[key] for key in sample["address"]} == sample["address"]
    for url in sample.get("urls", []):
        assert url in [handle.value for handle in c.handles]
    for kind, name in sample.get("related", []):
        assert (kind.lower(), name) in [(relation.kind.lower(), relation.name) for relation in c.relations]
    for number, label in sample.get("phone_labels", {}).items():
        assert label in [phone.label for phone in c.phones if phone.value == number]


def taken(items: Iterable[SourceRecord | Rejected]) -> list[CustomerRecord]:
    return [item.customer for item in items if isinstance(item, SourceRecord)]


def refused(items: Iterable[SourceRecord | Rejected]) -> list[Rejected]:
    return [item for item in items if isinstance(item, Rejected)]


_LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs", "Co", "Cn"), exclude_characters=" "
)
_AWKWARD = st.sampled_from(
    [
        "van",
        "'t",
        "<b>x</b>",
        "=1+1",
        "@home",
        "-2",
        "+31612345678",
        "a,b;c",
        "x:y",
        'zei "nee"',
        "\\n",
        "\\",
        "🎂é",
        "مرحبا",
        "e\u0301",
        "'=q",
    ]
)
word = st.one_of(st.text(_LETTERS, min_size=1, max_size=8), _AWKWARD).filter(lambda text: ":::" not in text)
phrase = st.lists(word, min_size=1, max_size=4).map(" ".join)
maybe = st.one_of(st.just(""), phrase)
day = st.one_of(
    st.dates().map(lambda d: d.isoformat()).filter(lambda d: d[:4] not in ("1604", "0001", "0000")),
    st.just("--02-29"),
    st.just("--11-03"),
)
note = st.one_of(st.just(""), st.lists(phrase, min_size=1, max_size=3).map("\n".join))
label = st.one_of(st.sampled_from(["", "mobile", "home", "work", "fax", "work fax"]), word)
address_part = st.sampled_from(["", "Dorpsstraat", "Lange Jansstraat", "1e van der Kunstraat", "Plein 1944", "a;b,c"])


def customers(details: bool = True) -> st.SearchStrategy[CustomerRecord]:
    """Customers with everything that every format can carry; with a given name, so that nobody is nobody."""
    return st.builds(
        CustomerRecord, uid=st.uuids().map(str), number=st.from_regex(r"[1-9][0-9]{0,4}", fullmatch=True),
        honorific=maybe, given_name=phrase,
        additional_names=maybe, prefix=st.sampled_from(["", "van", "van der", "in 't", "de la", "El"]),
        family_name=phrase, suffix=maybe,
        nickname=maybe, initials=maybe, organisation=maybe, department=maybe, birthday=st.none() | day,
        deceased=st.booleans(),
        no_advertising=st.booleans(), preferred_channel=st.sampled_from(["", "whatsapp"]),
        regular_staff=maybe, household=maybe,
        phones=st.lists(st.builds(Phone, phrase, label), max_size=3), emails=st.lists(st.builds(Email, word,
        label), max_size=3),
        addresses=st.lists(st.builds(Address, street=address_part.filter(bool), number=st.sampled_from(["",
        "12", "88 hs", "1a"]),
                                     postcode=st.sampled_from(["", "3811 AB", "10115"]), place=maybe,
                                     country=maybe), max_size=2),
        dates=st.lists(st.builds(DateRecord, st.one_of(st.just("wedding"), word), day), max_size=2,
        unique_by=lambda d: (d.what, d.on)),
        relations=st.lists(st.builds(RelationRecord, st.sampled_from(["child", "partner", "hond"]), phrase,
        st.none() | day), max_size=2,
                           unique_by=lambda r: (r.kind, r.name)),
        profile=st.dictionaries(st.sampled_from(["hobby", "job", "labels", "kids"]), st.one_of(phrase,
        st.lists(word, min_size=1, max_size=3)), max_size=3)
        if details else st.just({}),
        warnings=st.just([]), wishes=st.lists(phrase, max_size=2), note=note,
    )


def warning(text: str, health: bool = False) -> WarningRecord:
    return WarningRecord(text, health)
