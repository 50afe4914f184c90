"""A notebook with two of every kind of row, and its golden document.

``notebook.json`` is that notebook as it was exported before the first release. It never changes: every later version
must read it and find the same words. The people in it are invented.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kapperboek.domain.time.clock import FixedClock
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.journal import change_history
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import access_log
from kapperboek.storage.write import draft_store, setting_store
from kapperboek.storage.write.unit_of_work import unit_of_work

DOCUMENT = Path(__file__).resolve().parent / "notebook.json"
KEY = bytes(range(32))
NOW = datetime(2026, 11, 22, 9, 0)
CREATED = "2026-11-22T08:00:00Z"


def make(path: Path) -> Path:
    """The notebook of Tine, who is called Tineke; gives where it is."""
    with open_notebook(path, key=KEY, clock=FixedClock(NOW), create=True) as book:
        fill(book)
        # one file, without a log beside it
        book.connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    return path


def fill(book: Notebook) -> None:
    """Two of every kind of row, an edit, an undo and a draft."""
    from kapperboek.storage.write import tables as t

    with unit_of_work(book, "Begonnen") as uow:
        setting_store.put(uow, "name", "Salon Goudhaar")
        setting_store.put(uow, "timezone", "Europe/Amsterdam")
        uow.add(t.Staff(name="Odette", initials="OD"))
        uow.add(t.Treatment(name="Knippen", minutes=30, price_cents=3250))
        uow.add(t.ProfileField(key="hobby", label="Hobby", kind="tags"))
        uow.add(t.Household(name="Familie Zonneveld"))
        uow.add(t.Breach(discovered_at=CREATED, what="Tablet kwijtgeraakt", reported_at=CREATED))
    with unit_of_work(book, "Tine toegevoegd", staff_id=1) as uow:
        uow.add(
            t.Customer(
                uid="0c0ffee0", number="7", given_name="Tine", prefix="in 't", family_name="Zonneveld",
                sort_key="zonneveld tine", full_name="Tine in 't Zonneveld", household_id=1,
                regular_staff_id=1,
                customer_since="2019-03-02",
                note="Schrijft ë, ß en 🙂\nop twee regels", created_at=CREATED,
            )
        )
        uow.add(t.ContactPoint(customer_id=1, kind="phone", value="06 11223344", canonical="+31611223344"))
        uow.add(
            t.AddressRow(
                customer_id=1, street="Wilgenlaan", number="3 hs", postcode="8011 ZZ", place="Zwolle"
            )
        )
        uow.add(t.ImportantDateRow(customer_id=1, what="birthday", year=None, month_day="02-29"))
        uow.add(t.RelationRow(customer_id=1, kind="pet", name="Bor", year=2020, month_day="05-01"))
        uow.add(t.ProfileValue(customer_id=1, field_id=1, value='["moestuin", "schaatsen"]'))
        uow.add(t.CardLineRow(customer_id=1, kind="warning", text="Bellen na vijf uur", staff_id=1))
        uow.add(t.SensitiveFact(customer_id=1, text="Allergisch voor PPD", staff_id=1))
        uow.add(
            t.ConsentRow(
                customer_id=1, purpose="birthday", channel="post", state="given", at="2025-01-05",
                wording="Mogen we je een kaartje sturen?",
            )
        )
        uow.add(t.DueDecision(customer_id=1, kind="birthday", ref="1", hidden_until="2027-01-01"))
        uow.add(t.SourceRecordRow(customer_id=1, source="telefoon.vcf", key="urn:1", digest="ab" * 16))
    with unit_of_work(book, "Bezoek van Tine bewaard", staff_id=1) as uow:
        for day in ("2026-09-01", "2026-10-13"):
            uow.add(
                t.InteractionRow(
                    customer_id=1, at=f"{day}T10:00", kind="visit", staff_id=1, minutes=85, amount_cents=9650,
                    treatments='["Knippen"]', recipe="7/1 40 g + 7/03 20 g",
                    note="Vertelde over Terschelling",
                )
            )
        uow.add(
            t.TalkPointRow(
                customer_id=1, text="Hoe was het eiland?", made_on="2026-10-13", staff_id=1, origin_id=2
            )
        )
        uow.add(
            t.FollowUpRow(
                customer_id=1,
                what="Nabellen",
                due="2026-11-20",
                staff_id=1,
                kind="promise",
                made_on="2026-11-15",
            )
        )
    with unit_of_work(book, "Kaart aangepast", staff_id=1) as uow:
        customer = uow.get(t.Customer, 1)
        assert customer is not None
        customer.nickname = "Tineke"
    with unit_of_work(book, "Vergissing") as uow:
        uow.add(t.Customer(uid="1c0ffee1", number="8", given_name="Niemand", created_at=CREATED))
    change_history.undo(book)
    access_log.add(book, 1, "health", staff_id=1)
    draft_store.save(book, "d1", "visit", 1, '{"note": "half getypt"}')
