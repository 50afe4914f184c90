"""Whatever a record holds comes out of the notebook as it went in."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kapperboek.domain.errors import NotFound, UserError
from kapperboek.domain.records import (
    CONTACT_KINDS,
    Address,
    ConsentRecord,
    CustomerRecord,
    DateRecord,
    DocumentRecord,
    Email,
    FollowUpRecord,
    InteractionRecord,
    Phone,
    ProfileFieldRecord,
    RelationRecord,
    ShopRecord,
    StaffRecord,
    TalkPointRecord,
    TreatmentRecord,
    WarningRecord,
)
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_reader import (
    read_customer,
    read_customers,
    read_document_head,
    write_document_head,
)
from kapperboek.storage.records.record_update import update
from kapperboek.storage.records.record_writer import RecordWriter
from kapperboek.storage.write.unit_of_work import unit_of_work

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
WORD = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=12)
DATES = st.dates(date(1800, 1, 1), date(2199, 12, 31))
DAY = DATES.map(lambda day: day.isoformat())
SAID = st.dates(date(1900, 1, 1), date(2026, 11, 22)).map(lambda day: day.isoformat())  # no later than the test's day
PARTIAL = st.one_of(DAY, DATES.map(lambda day: f"--{day:%m-%d}"))
MOMENT = st.datetimes(datetime(1800, 1, 1), datetime(2199, 12, 31)).map(lambda at: f"{at.year:04d}-{at:%m-%dT%H:%M}")
MONEY = st.integers(-(10**9), 10**9).map(lambda c: f"{'-' if c < 0 else ''}{abs(c) // 100}.{abs(c) % 100:02d}")
SOMEBODY = st.sampled_from(["", "Sanne", "Noor", "Yara"])
VALUE = st.one_of(WORD, st.lists(WORD, max_size=3), st.integers(-99, 99), st.booleans())

INTERACTION = st.builds(
    InteractionRecord,
    kind=st.sampled_from(CONTACT_KINDS),
    at=MOMENT,
    staff=SOMEBODY,
    minutes=st.none() | st.integers(0, 600),
    amount=st.none() | MONEY,
    treatments=st.lists(WORD, max_size=3),
    recipe=TEXT,
    products=st.lists(WORD, max_size=2),
    note=TEXT,
    state=st.sampled_from(["", "cancelled"]),
    source_key=TEXT,
)
FIELDS: dict[str, st.SearchStrategy[Any]] = dict(  # noqa: C408
    uid=st.just(""),
    number=st.just(""),
    honorific=TEXT,
    given_name=TEXT,
    additional_names=TEXT,
    prefix=TEXT,
    family_name=TEXT,
    suffix=TEXT,
    display_name=TEXT,
    nickname=TEXT,
    initials=TEXT,
    organisation=TEXT,
    department=TEXT,
    customer_since=st.none() | DAY,
    deceased=st.booleans(),
    no_advertising=st.booleans(),
    preferred_channel=TEXT,
    regular_staff=SOMEBODY,
    phase=st.sampled_from(["", "former"]),
    household=st.sampled_from(["", "Familie Jansen"]),
    phones=st.lists(st.builds(Phone, WORD, TEXT), max_size=2),
    emails=st.lists(st.builds(Email, WORD, TEXT), max_size=2),
    handles=st.lists(st.builds(Phone, WORD, TEXT), max_size=2),
    addresses=st.lists(st.builds(Address, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=2),
    birthday=st.none() | PARTIAL,
    dates=st.lists(st.builds(DateRecord, st.sampled_from(["wedding", "examen"]), PARTIAL), max_size=2),
    relations=st.lists(st.builds(RelationRecord, WORD, WORD, st.none() | PARTIAL, st.none() | WORD), max_size=2),
    profile=st.dictionaries(st.sampled_from(["hobby", "job", "eigen"]), VALUE, max_size=3),
    profile_refused=st.sampled_from([[], ["holiday"]]),
    warnings=st.lists(st.builds(WarningRecord, WORD, st.booleans()), max_size=2),
    avoid=st.lists(WORD, max_size=2),
    wishes=st.lists(WORD, max_size=2),
    note=TEXT,
    interactions=st.lists(INTERACTION, max_size=3).map(lambda items: sorted(items, key=lambda item: item.at)),
    talk_points=st.lists(
        st.builds(
            TalkPointRecord,
            WORD,
            DAY,
            SOMEBODY,
            st.none() | DAY,
            st.sampled_from(["open", "discussed"]),
            TEXT,
            st.none() | MOMENT,
            SOMEBODY,
        ),
        max_size=2,
    ),
    follow_ups=st.lists(
        st.builds(
            FollowUpRecord,
            WORD,
            DAY,
            SOMEBODY,
            st.sampled_from(["open", "done"]),
            st.sampled_from(["follow_up", "promise"]),
            DAY,
            st.none() | DAY,
            st.none() | DAY,
        ),
        max_size=2,
    ),
    consents=st.lists(
        st.builds(ConsentRecord, WORD, WORD, st.sampled_from(["given", "withdrawn"]), SAID, TEXT), max_size=2
    ).map(lambda lines: sorted(lines, key=lambda line: line.at)),
    extra=st.dictionaries(WORD, VALUE, max_size=2),
)
CUSTOMER = st.builds(CustomerRecord, **FIELDS)


def write(book: Notebook, *records: CustomerRecord) -> list[int]:
    with unit_of_work(book, "test") as uow:
        writer = RecordWriter(uow)
        ids = [writer.add(record) for record in records]
        writer.flush()
    return ids


@settings(
    max_examples=40,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a record is too large to shrink in a minute
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(CUSTOMER)
def test_every_field_survives(bare: Notebook, record: CustomerRecord) -> None:
    [customer_id] = write(bare, record)
    found = read_customer(bare, customer_id)
    assert found.uid and found.number
    assert replace(found, uid="", number="") == record


def test_no_field_is_forgotten_by_the_test() -> None:
    assert set(FIELDS) == {field.name for field in fields(CustomerRecord)}


def test_head_survives(bare: Notebook) -> None:
    head = DocumentRecord(
        shop=ShopRecord("Salon Sanne", "Europe/Brussels", "BE", "EUR"),
        staff=[StaffRecord("Noor", "NK"), StaffRecord("Sanne", "SB", active=False)],
        treatments=[
            TreatmentRecord("Knippen", 30, "34.50"),
            TreatmentRecord("Gratis advies", None, None, active=False),
        ],
        profile_fields=[
            ProfileFieldRecord("koffie", "Koffie", "choice", ["zwart", "thee"]),
            ProfileFieldRecord("job", "Werk"),
        ],
        extra={"later": {"bedacht": [1, 2]}},
    )
    with unit_of_work(bare, "test") as uow:
        write_document_head(uow, head)
    assert read_document_head(bare) == head


def test_head_of_an_unused_notebook_becomes_the_documents(book: Notebook) -> None:
    """A first start has written usual treatments and fields; an imported notebook must not keep those too."""
    head = DocumentRecord(
        staff=[StaffRecord("Noor", "NK")],
        treatments=[TreatmentRecord("Knippen")],
        profile_fields=[ProfileFieldRecord("x", "X")],
    )
    with unit_of_work(book, "test") as uow:
        write_document_head(uow, head)
    assert read_document_head(book) == head


def test_head_adds_to_a_notebook_in_use(bare: Notebook) -> None:
    write(bare, CustomerRecord(given_name="Els", regular_staff="Sanne"))
    with unit_of_work(bare, "test") as uow:
        write_document_head(uow, DocumentRecord(shop=ShopRecord("Andere zaak"), staff=[StaffRecord("Noor", "NK")]))
    head = read_document_head(bare)
    assert head.shop.name == ""
    assert [person.name for person in head.staff] == ["Sanne", "Noor"]


def test_own_number_is_kept_and_a_taken_one_reported(bare: Notebook) -> None:
    write(bare, CustomerRecord(number="412", given_name="Marieke"))
    with unit_of_work(bare, "test") as uow:
        writer = RecordWriter(uow)
        ids = [
            writer.add(CustomerRecord(number=number, given_name="Els")) for number in ("412", "", "8712345678901", "")
        ]
        writer.flush()
        renumbered = writer.renumbered
    assert [read_customer(bare, one).number for one in ids] == ["413", "414", "8712345678901", "415"]
    assert [(one.customer_id, one.wanted, one.number) for one in renumbered] == [(ids[0], "412", "413")]


def test_a_number_is_never_given_twice_even_after_undo(bare: Notebook) -> None:
    from kapperboek.storage.journal import change_history

    write(bare, CustomerRecord(given_name="Els"))
    change_history.undo(bare, None)
    [customer_id] = write(bare, CustomerRecord(given_name="Thea"))
    assert read_customer(bare, customer_id).number == "2"


def test_a_bad_record_takes_nothing_along(bare: Notebook) -> None:
    with unit_of_work(bare, "test") as uow:
        writer = RecordWriter(uow)
        writer.add(CustomerRecord(given_name="Els"))
        for bad in (
            CustomerRecord(given_name="Bo", birthday="1985-02-31"),
            CustomerRecord(given_name="Bo", interactions=[InteractionRecord("visit", "gisteren")]),
            CustomerRecord(
                given_name="Bo", interactions=[InteractionRecord("visit", "2026-01-01T10:00", amount="veel")]
            ),
        ):
            with pytest.raises(UserError):
                writer.add(bad)
        writer.flush()
    assert [record.given_name for _id, record in read_customers(bare)] == ["Els"]


def test_the_visit_a_talk_point_was_discussed_in_is_found_again(bare: Notebook) -> None:
    record = CustomerRecord(given_name="Els")
    record.interactions = [
        InteractionRecord("call", "2026-01-01T10:00"),
        InteractionRecord("visit", "2026-01-01T10:00"),
    ]
    record.talk_points = [TalkPointRecord("Lissabon?", "2025-12-01", "", None, "discussed", "mooi", "2026-01-01T10:00")]
    write(bare, record)
    assert bare.value("SELECT i.kind FROM talk_point t JOIN interaction i ON i.id = t.closed_in_id") == "visit"


def test_update_fills_and_adds_but_never_takes_away(bare: Notebook) -> None:
    known = CustomerRecord(given_name="Els", phones=[Phone("06-12345678")], profile={"hobby": ["tuin"]}, note="oud")
    known.relations = [RelationRecord("child", "Saar")]
    [customer_id] = write(bare, known)
    news = CustomerRecord(
        given_name="Elsje", family_name="Visser", birthday="1967-02-08", note="nieuw", no_advertising=True
    )
    news.phones = [Phone("+31 6 12345678"), Phone("038-4567890")]
    news.profile = {"hobby": ["tuin", "koor"], "job": "bakker"}
    news.relations = [RelationRecord("child", "Saar", "2020-01-02")]
    with unit_of_work(bare, "test") as uow:
        writer = RecordWriter(uow)
        assert update(writer, customer_id, news)
        assert not update(writer, customer_id, news)
    found = read_customer(bare, customer_id)
    assert (found.given_name, found.family_name, found.birthday) == ("Els", "Visser", "1967-02-08")
    assert [phone.value for phone in found.phones] == ["06-12345678", "038-4567890"]
    assert found.profile == {"hobby": ["tuin", "koor"], "job": "bakker"}
    assert found.relations == [RelationRecord("child", "Saar", "2020-01-02")]
    assert found.note == "oud\n\nnieuw" and found.no_advertising
    assert bare.value("SELECT full_name FROM customer WHERE id = ?", (customer_id,)) == "Els Visser"


def test_reading_goes_on_after_a_chunk(bare: Notebook) -> None:
    ids = write(bare, *(CustomerRecord(given_name=f"Klant {n}") for n in range(25)))
    assert [customer_id for customer_id, _record in read_customers(bare, chunk=10)] == ids
    assert [customer_id for customer_id, _record in read_customers(bare, after_id=ids[9], chunk=10)] == ids[10:]
    with pytest.raises(NotFound):
        read_customer(bare, 10**6)


def test_unicode_of_every_kind_survives(bare: Notebook) -> None:
    name = "'; DROP TABLE customer; -- <b>=1+1</b> 🙂 \u202eabc\u202c e\u0301 हिन्दी"
    [customer_id] = write(bare, CustomerRecord(given_name=name, note="x" * 1_000_000))
    found = read_customer(bare, customer_id)
    assert found.given_name == name and len(found.note) == 1_000_000
