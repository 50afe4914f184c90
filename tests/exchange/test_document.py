"""The notebook document: exactly its keys, everything in and out again, and what is wrong said clearly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from kapperboek.domain.errors import UserError
from kapperboek.domain.records import (
    ConsentRecord,
    CustomerRecord,
    DocumentRecord,
    FollowUpRecord,
    InteractionRecord,
    ProfileFieldRecord,
    StaffRecord,
    TalkPointRecord,
    TreatmentRecord,
)
from kapperboek.exchange.document.notebook_document import from_json, read_document, to_json, write_document
from tests.exchange.samples import customers

AT = "2026-11-22T09:00:00Z"
KEYS = (
    "uid number given_name prefix family_name nickname initials organisation department customer_since "
    "deceased no_advertising preferred_channel"
    " regular_staff phones emails addresses birthday dates relations profile warnings avoid wishes note "
    "interactions talk_points follow_ups consents"
).split()


def full() -> CustomerRecord:
    return CustomerRecord(
        uid="u1", given_name="Marieke", interactions=[InteractionRecord("visit", "2026-10-11T10:00",
        amount="96.50"), InteractionRecord("appointment", "2026-12-01T09:00", state="cancelled")],
        talk_points=[TalkPointRecord("Hoe was Lissabon?", "2026-10-11")],
        follow_ups=[FollowUpRecord("Nabellen", "2026-11-20", kind="promise")],
        consents=[ConsentRecord("birthday", "post", "given", "2025-01-05", "aan de balie")],
    )


def test_a_customer_has_the_promised_keys_in_order() -> None:
    data = to_json(CustomerRecord())
    assert list(data) == KEYS
    visit = to_json(full())["interactions"][0]
    assert list(visit) == [
        "kind",
        "at",
        "staff",
        "minutes",
        "amount",
        "treatments",
        "recipe",
        "products",
        "note",
    ]
    assert list(to_json(full())["talk_points"][0]) == [
        "text",
        "made_on",
        "staff",
        "not_before",
        "state",
        "outcome",
    ]


@settings(max_examples=50, deadline=None)
@given(customers())
def test_out_in_out_gives_the_same_bytes(tmp_path_factory: pytest.TempPathFactory, customer: CustomerRecord) -> None:
    folder: Path = tmp_path_factory.mktemp("json")
    staff, fields = (
        [StaffRecord("Sanne", "SB"), StaffRecord("Els", active=False)],
        [ProfileFieldRecord("hobby", "Hobby", "tags")],
    )
    document = DocumentRecord(
        staff=staff,
        profile_fields=fields,
        treatments=[TreatmentRecord("Knippen", 45, "32.50")],
        customers=[customer, full()],
    )
    assert write_document(folder / "a.json", document, AT) == 2
    again, rejected, unknown = read_document(folder / "a.json")
    assert again == document and not rejected and not unknown
    write_document(folder / "b.json", again, AT, customers=iter(again.customers))
    assert (folder / "a.json").read_bytes() == (folder / "b.json").read_bytes()


def test_unknown_keys_are_reported_kept_and_written_back_in_place(tmp_path: Path) -> None:
    data = to_json(full()) | {"shoe/size": 41}
    data["interactions"][1]["mood"] = {"before": "moe"}
    text = json.dumps(
        {
            "kapperboek": 1,
            "exported_at": AT,
            "colour": "petrol",
            "shop": {"name": "S", "logo": None},
            "customers": [data],
        }
    )
    (tmp_path / "a.json").write_text(text, "utf-8")
    document, rejected, unknown = read_document(tmp_path / "a.json")
    assert not rejected and set(unknown) == {
        "customers/shoe~1size",
        "customers/interactions/*/mood",
        "colour",
        "shop/logo",
    }
    write_document(tmp_path / "b.json", document, AT)
    again = json.loads((tmp_path / "b.json").read_text("utf-8"))
    assert again["customers"] == [data] and again["colour"] == "petrol" and again["shop"]["logo"] is None
    document.customers[0].interactions.clear()
    assert to_json(document.customers[0])["kept_aside"] == {"/interactions/1/mood": {"before": "moe"}}
    assert from_json(to_json(document.customers[0]))[0] == document.customers[0]


def test_one_bad_customer_costs_only_itself(tmp_path: Path) -> None:
    good = to_json(full())
    bad = [
        good | {"phones": "06"},
        7,
        good | {"birthday": "1985-02-31"},
        good | {"interactions": [{"kind": "dance", "at": "2026"}]},
        {"phones": [{}]},
    ]
    (tmp_path / "a.json").write_text(json.dumps({"kapperboek": 1, "customers": [*bad, good]}, indent=1), "utf-8")
    document, rejected, _unknown = read_document(tmp_path / "a.json")
    assert [c.uid for c in document.customers] == ["u1"] and [item.record for item in rejected] == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert "phones" in rejected[0].reason and rejected[1].line and rejected[1].line > 2


@pytest.mark.parametrize(("text", "code"), [
    ('{"kapperboek": 1, "customers": [{"uid": "1"}, {"uid"', "wrong-document"),
    ('{"kapperboek": 2, "customers": []}', "newer-version"),
    ('{"customers": []}', "wrong-document"), ("[]", "wrong-document"), ('{"kapperboek": 1, "customers": {}}',
    "wrong-document"),
    ('{"kapperboek": 1, "shop": 3}', "wrong-document"), ('{"kapperboek": true}', "wrong-document"),
    ('{"kapperboek": 1, "x": NaN}', "wrong-document"),
    ('{"kapperboek": 1, "x": ' + "[" * 100_000, "wrong-document"),
])
def test_what_is_no_notebook_is_said(write, text: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        read_document(write(text))
    assert caught.value.code == code


def test_a_document_larger_than_one_piece(tmp_path: Path) -> None:
    people = [
        CustomerRecord(uid=str(n), given_name="Zoë 🎂", note="x" * (3_000_000 if n == 7 else 20_000))
        for n in range(120)
    ]
    write_document(tmp_path / "a.json", DocumentRecord(customers=people), AT)
    seen: list[int] = []
    document, _rejected, _unknown = read_document(
        tmp_path / "a.json", lambda done, size: seen.append(done * 100 // size)
    )
    assert document.customers == people and seen == sorted(seen) and seen[-1] == 100


def test_half_a_letter_costs_nothing_else(tmp_path: Path) -> None:
    customer = CustomerRecord(uid="1", given_name="Jan", note="\ud83d los")
    write_document(tmp_path / "a.json", DocumentRecord(customers=[customer]), AT)
    assert read_document(tmp_path / "a.json")[0].customers[0].note.endswith(" los")
