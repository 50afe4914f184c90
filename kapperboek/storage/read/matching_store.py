"""Matching cards, maybe of the same person, through indexes; how alike they are says
``domain.people.matching``."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kapperboek.domain.people.matching import Keys, keys
from kapperboek.domain.people.phonetics import sound
from kapperboek.domain.people.record_policies import Marks, Reading
from kapperboek.domain.records import Address, CustomerRecord, Email, Phone
from kapperboek.storage.derived import full_text
from kapperboek.storage.derived.full_text import all_of, any_of, beginning, within, word
from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_rows import partial_day

_COLUMNS = (
    "id, given_name, additional_names, prefix, family_name, display_name, nickname, initials, organisation, department"
)


def candidates(book: Notebook, sought: Keys, limit: int = 50) -> list[tuple[int, Keys]]:
    """Customers worth comparing with ``sought``: who shares a number, a mail, the sound of the name, or a firm.

    At most ``limit``, those sharing the rarest things first, each with its comparable form.
    """
    found: dict[int, None] = {}
    reach = [*sorted(sought.phones), *sorted(sought.mails)]
    if reach:
        sql = f"SELECT customer_id FROM contact_point WHERE canonical IN {MEMBERS} AND canonical <> '' LIMIT ?"
        found.update(dict.fromkeys(row[0] for row in book.rows(sql, (members(reach), limit))))
    for table, question in _questions(sought):
        if len(found) >= limit:
            break
        found.update(dict.fromkeys(full_text.find(book, table, question, limit)))
    return keys_of(book, list(found)[:limit])


def _questions(sought: Keys) -> list[tuple[str, str]]:
    """Questions to ask the indexes, the most telling first."""
    called = [sound(name) for name in (*sought.given, sought.nickname) if name]
    asked: list[tuple[str, str]] = []
    if sought.sounds and called:
        asked.append(("search_sound", all_of((any_of(map(word, called)), _all(sought.sounds)))))
    if sought.organisation:
        words = sought.organisation.split()
        if sought.sounds:
            asked.append(("search_name", _all([*words, *sought.family])))
        asked.append(("search_name", _all([*words, *sought.department.split()])))
    if sought.sounds and sought.initials:
        initial = within("given", beginning(sought.initials[0]))
        asked.append(("search_name", all_of((_all(sought.family), initial))))
    if sought.sounds:
        asked.append(("search_sound", _all(sought.sounds)))
    elif called:
        asked.append(("search_sound", _all(called)))
    return asked


def _all(words: Sequence[str]) -> str:
    return all_of(word(each) for each in words if each)


def source_lookup(book: Notebook, source: str, key: str, digest: str) -> int:
    """The customer that a record of a file became: by the source's own key, else by the identical record; 0 if none."""
    if key:
        found = book.value(
            "SELECT customer_id FROM source_record WHERE source = ? AND key = ? AND key <> '' LIMIT 1",
            (source, key),
        )
        if found:
            return int(found)
    return (
        int(book.value("SELECT customer_id FROM source_record WHERE digest = ? LIMIT 1", (digest,)) or 0)
        if digest
        else 0
    )


def source_marks(book: Notebook, customer_id: int, source: str, key: str) -> Marks:
    """Marks of what the source gave of this customer when it was last read; empty when it never was."""
    found = key and book.value(
        "SELECT marks FROM source_record WHERE source = ? AND key = ? AND customer_id = ? ORDER BY id DESC LIMIT 1",
        (source, key, customer_id),
    )
    return dict(json.loads(found)) if found else {}


def readings(book: Notebook, customer_id: int) -> list[Reading]:
    """The last reading of this customer in each source, the newest first."""
    rows = book.rows(
        "SELECT source, read_at, marks FROM source_record WHERE id IN"
        " (SELECT max(id) FROM source_record WHERE customer_id = ? AND marks <> '' GROUP BY source, key)"
        " ORDER BY id DESC",
        (customer_id,),
    )
    return [Reading(source, read_at, json.loads(said)) for source, read_at, said in rows]


def keys_of(book: Notebook, ids: Sequence[int]) -> list[tuple[int, Keys]]:
    """The comparable form of these customers, in their order."""
    if not ids:
        return []
    these = (members(ids),)
    records: dict[int, CustomerRecord] = {}
    for row in book.rows(f"SELECT {_COLUMNS} FROM customer WHERE id IN {MEMBERS}", these):
        names = (
            "given_name",
            "additional_names",
            "prefix",
            "family_name",
            "display_name",
            "nickname",
            "initials",
            "organisation",
            "department",
        )
        records[row[0]] = CustomerRecord(**dict(zip(names, row[1:], strict=True)))
    sql = f"SELECT customer_id, kind, value FROM contact_point WHERE customer_id IN {MEMBERS} ORDER BY position, id"
    for customer_id, kind, value in book.rows(sql, these):
        if kind == "email":
            records[customer_id].emails.append(Email(value))
        elif kind == "phone":
            records[customer_id].phones.append(Phone(value))
    sql = (
        f"SELECT customer_id, postcode, number, place FROM address WHERE customer_id IN {MEMBERS} ORDER BY position, id"
    )
    for customer_id, postcode, number, place in book.rows(sql, these):
        records[customer_id].addresses.append(Address(postcode=postcode, number=number, place=place))
    sql = (
        f"SELECT customer_id, year, month_day FROM important_date WHERE what = 'birthday' AND customer_id IN {MEMBERS}"
    )
    for customer_id, year, month_day in book.rows(sql, these):
        records[customer_id].birthday = partial_day(year, month_day)
    region = str(book.get_setting("region", "NL"))
    return [(customer_id, keys(records[customer_id], region)) for customer_id in ids if customer_id in records]


def firms(book: Notebook, ids: Sequence[int]) -> dict[int, str]:
    """The firm and the department of these customers, where there is one."""
    sql = f"SELECT id, organisation, department FROM customer WHERE organisation <> '' AND id IN {MEMBERS}"
    found = book.rows(sql, (members(ids),))
    return {customer_id: ", ".join(filter(None, firm)) for customer_id, *firm in found}
