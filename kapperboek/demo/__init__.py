"""A believable salon of any size, from a seed: for trying out, for pictures and for measuring.

Everybody is invented. The same seed on the same day gives the same records, whatever the machine; another day gives
the same people, moved along with the calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice

from kapperboek.demo import story
from kapperboek.demo.made_up_people import People
from kapperboek.domain.people.names import initials
from kapperboek.domain.people.profile import starting_fields
from kapperboek.domain.records import CustomerRecord, DocumentRecord, ShopRecord, StaffRecord, TreatmentRecord
from kapperboek.i18n import _
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_reader import write_document_head
from kapperboek.storage.records.record_writer import RecordWriter
from kapperboek.storage.write import row_lookup
from kapperboek.storage.write.unit_of_work import unit_of_work

USUAL_MOMENTS = 10.0
Progress = Callable[[str, float], None]
_AT_ONCE = 5000  # customers in one unit of work


def fill(
    book: Notebook,
    customers: int = 300,
    seed: int = 1,
    progress: Progress | None = None,
    moments: float = USUAL_MOMENTS,
    owner: str = "",
) -> tuple[int, int]:
    """Fill a notebook without customers; how many customers and contact moments there are then. ``owner``: what the
    owner is called, instead of Sanne.

    ``moments`` is about how many contact moments each customer has; 0 makes people without any past, which is much
    faster. Progress is told as (what, part done from 0 to 1).
    """
    today = book.clock.today()
    named = staff_names(owner)
    everybody = (_done_by(named, record) for record in records(customers, seed, today, moments))
    done = 0
    while done < customers:
        with unit_of_work(book, _("Demo salon filled"), source="demo") as uow:
            if not done:
                write_document_head(uow, head(owner))
            writer = RecordWriter(uow)
            for record in islice(everybody, _AT_ONCE):
                writer.add(record)
                done += 1
            writer.flush()
        if progress is not None:
            progress(_("Demo salon filled"), done / customers)
    return row_lookup.customer_count(book), row_lookup.moment_count(book)


def records(customers: int, seed: int, today: date, moments: float = USUAL_MOMENTS) -> Iterator[CustomerRecord]:
    """The people of the demo salon, those of the story first, each with a number of their own."""
    known = story.people(today)[:customers]
    taken = {record.number for record in known if record.number}
    free = (number for number in map(str, range(1, customers + len(taken) + 1)) if number not in taken)
    invented = People(seed, today, moments)
    for place in range(customers):
        record = known[place] if place < len(known) else invented.next()
        record.number = record.number or next(free)
        yield record


def staff_names(owner: str) -> dict[str, str]:
    """New names of the staff: Sanne is called as whoever looks around, unless a colleague of hers is called so."""
    name = owner.strip()
    return {"Sanne": name} if name and name not in ("Sanne", "Noor", "Yara") else {}


def _done_by(named: dict[str, str], record: CustomerRecord) -> CustomerRecord:
    record.regular_staff = named.get(record.regular_staff, record.regular_staff)
    for moment in record.interactions:
        moment.staff = named.get(moment.staff, moment.staff)
    for point in record.talk_points:
        point.staff = named.get(point.staff, point.staff)
        point.closed_by = named.get(point.closed_by or "", point.closed_by)
    for follow in record.follow_ups:
        follow.staff = named.get(follow.staff, follow.staff)
    return record


def head(owner: str = "") -> DocumentRecord:
    """The shop, its staff, what it offers and what it asks."""
    told = story.document()
    named = staff_names(owner)
    staff = [StaffRecord(**one) for one in told["staff"]]
    for one in staff:
        if one.name in named:
            one.name = named[one.name]
            one.initials = initials(one.name)
    return DocumentRecord(
        shop=ShopRecord(**told["shop"]),
        staff=staff,
        treatments=[TreatmentRecord(**one) for one in told["treatments"]],
        profile_fields=starting_fields(),
    )
