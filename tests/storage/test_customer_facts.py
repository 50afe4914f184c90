"""What is derived says what the rows say, whatever happened to them, and ages well."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kapperboek.domain.time.clock import FixedClock
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.derived import customer_facts
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.journal import change_history
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write.unit_of_work import unit_of_work
from tests.conftest import KEY
from tests.storage.conftest import add_customer, add_visit, rebuild


def facts_of(book: Notebook, customer_id: int) -> dict[str, object]:
    row = book.row(
        f"SELECT {', '.join(customer_facts.COLUMNS)} FROM customer_fact WHERE customer_id = ?", (customer_id,)
    )
    assert row is not None
    return dict(zip(customer_facts.COLUMNS, row, strict=True))


def test_somebody_who_never_came(bare: Notebook) -> None:
    known = facts_of(bare, add_customer(bare))
    assert known["phone"] == "06 12345678"
    assert known["visit_count"] == 0
    assert [name for name in ("last_visit", "rhythm_days", "absent_from", "lost_from") if known[name]] == []


def test_visits_give_rhythm_and_the_days_that_follow_from_it(bare: Notebook) -> None:
    customer = add_customer(bare)
    for at in ("2026-08-01T10:00", "2026-09-12T10:00", "2026-10-24T10:00"):
        add_visit(bare, customer, at)
    known = facts_of(bare, customer)
    assert (known["visit_count"], known["first_visit"], known["last_visit"]) == (
        3,
        "2026-08-01",
        "2026-10-24",
    )
    assert known["rhythm_days"] == 42.0
    assert known["expected_on"] == "2026-12-05"
    assert known["absent_from"] == "2026-12-26"
    assert str(known["dormant_from"]) < str(known["lost_from"])


def test_any_contact_resets_absence_but_a_mailing(bare: Notebook) -> None:
    from kapperboek.storage.write.tables import InteractionRow

    customer = add_customer(bare)
    add_visit(bare, customer, "2026-08-01T10:00")
    add_visit(bare, customer, "2026-09-12T10:00")
    for kind, at in (("call", "2026-11-01T12:00"), ("mailing", "2026-11-10T12:00")):
        with unit_of_work(bare, kind) as uow:
            uow.add(InteractionRow(customer_id=customer, at=at, kind=kind))
    known = facts_of(bare, customer)
    assert (known["last_contact"], known["last_visit"]) == ("2026-11-01", "2026-09-12")
    assert str(known["absent_from"]) > "2026-12-01"


def test_appointments_still_tell_when_the_first_has_passed(bare: Notebook, path: Path) -> None:
    from kapperboek.storage.write.tables import InteractionRow

    customer = add_customer(bare)
    moments = [
        ("2026-11-01T10:00", ""),
        ("2026-11-24T10:00", "cancelled"),
        ("2026-11-25T10:00", ""),
        ("2026-12-25T10:00", ""),
    ]
    with unit_of_work(bare, "afspraken") as uow:
        for at, state in moments:
            uow.add(InteractionRow(customer_id=customer, at=at, kind="appointment", state=state))
    known = facts_of(bare, customer)
    assert (known["next_appointment"], known["last_appointment"]) == ("2026-11-25T10:00", "2026-12-25T10:00")
    assert known["visit_count"] == 0
    bare.close()
    with open_notebook(path, key=KEY, clock=FixedClock(datetime(2026, 12, 1, 9, 0))) as later:
        assert str(facts_of(later, customer)["last_appointment"]) >= "2026-12-01"
        assert integrity_check.check(later) == []


def test_what_the_list_shows(bare: Notebook) -> None:
    from kapperboek.storage.write.tables import (
        AddressRow,
        CardLineRow,
        FollowUpRow,
        ProfileField,
        ProfileValue,
        TalkPointRow,
    )

    customer = add_customer(bare)
    with unit_of_work(bare, "van alles") as uow:
        field = ProfileField(key="hobby", label="Hobby", kind="tags")
        uow.add(field)
        assert field.id is not None
        uow.add(ProfileValue(customer_id=customer, field_id=field.id, value='["moestuin", "hond"]'))
        uow.add(CardLineRow(customer_id=customer, kind="warning", text="Tweede", position=2))
        uow.add(CardLineRow(customer_id=customer, kind="warning", text="Eerste", position=1))
        uow.add(AddressRow(customer_id=customer, place="Zwolle"))
        uow.add(TalkPointRow(customer_id=customer, text="Lissabon?", made_on="2026-11-01"))
        uow.add(TalkPointRow(customer_id=customer, text="oud", made_on="2026-11-01", state="dropped"))
        uow.add(
            FollowUpRow(
                customer_id=customer, what="bel", due="2026-11-25", kind="promise", made_on="2026-11-20"
            )
        )
        uow.add(FollowUpRow(customer_id=customer, what="kaart", due="2026-11-25", made_on="2026-11-20"))
    known = facts_of(bare, customer)
    shown = ("tags", "warning", "place", "open_talk_points", "open_promises")
    assert [known[name] for name in shown] == ["moestuin · hond", "Eerste", "Zwolle", 1, 1]
    change_history.undo(bare)
    assert [facts_of(bare, customer)[name] for name in shown] == ["", "", "", 0, 0]


def test_moving_a_visit_to_another_card_refreshes_both(bare: Notebook) -> None:
    from kapperboek.storage.write.tables import InteractionRow

    one, other = add_customer(bare), add_customer(bare, "Piet")
    visit = add_visit(bare, one)
    with unit_of_work(bare, "verplaatst") as uow:
        row = uow.get(InteractionRow, visit)
        assert row is not None
        row.customer_id = other
    assert uow.saved.customers == {one, other}
    assert [facts_of(bare, id)["visit_count"] for id in (one, other)] == [0, 1]
    change_history.undo(bare)
    assert [facts_of(bare, id)["visit_count"] for id in (one, other)] == [1, 0]


def test_rebuilding_gives_the_same(bare: Notebook) -> None:
    for name in ("Els", "Piet", "Kim"):
        add_visit(bare, add_customer(bare, name))
    before = bare.rows("SELECT * FROM customer_fact ORDER BY 1")
    rebuild(bare)
    assert bare.rows("SELECT * FROM customer_fact ORDER BY 1") == before


def test_the_check_notices_facts_that_are_wrong_and_people_who_cannot_be_found(bare: Notebook) -> None:
    customer = add_customer(bare)
    assert integrity_check.check(bare) == []
    bare.connection.execute("UPDATE customer_fact SET visit_count = 7")
    assert len(integrity_check.check(bare)) == 1
    rebuild(bare)
    bare.connection.execute("PRAGMA foreign_keys = OFF")
    bare.connection.execute("DELETE FROM customer WHERE id = ?", (customer,))
    about = integrity_check.check(bare)
    assert (
        len(about) == 4
    )  # phones and facts of nobody, facts too many, somebody who cannot be found any more
