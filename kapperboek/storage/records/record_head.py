"""Head of a notebook document, written into the notebook: shop, staff, treatments, profile fields."""

from __future__ import annotations

from collections.abc import Callable

from kapperboek.domain.records import DocumentRecord, ShopRecord
from kapperboek.storage.records import record_rows
from kapperboek.storage.write import pins, setting_store
from kapperboek.storage.write.row_lookup import existing
from kapperboek.storage.write.unit_of_work import UnitOfWork

Rows = list[tuple[object, ...]]

# table: its columns as a document gives them; the first is what tells rows apart
_COLUMNS = {
    "staff": ("name", "initials", "active"),
    "treatment": ("name", "minutes", "price_cents", "active"),
    "profile_field": ("key", "label", "kind", "choices", "active"),
}


def write(uow: UnitOfWork, document: DocumentRecord) -> None:
    """Add what the notebook doesn't have yet; what stands in it stays, and a document never renames a shop in use.

    A notebook without customers becomes as the document says, its starting rows and their order included. Who works
    here stays when somebody has a PIN or was made staff: else a document would choose who is owner.
    """
    chosen = uow.book.value("SELECT 1 FROM staff WHERE pin <> '' OR role <> 'owner' LIMIT 1") is not None
    unused = uow.book.value("SELECT 1 FROM customer LIMIT 1") is None
    if unused:
        _write_shop(uow, document.shop)
    if document.extra:
        setting_store.put(uow, "document_extra", {**uow.book.get_setting("document_extra", {}), **document.extra})
    for table, make in _ROWS.items():
        rows = make(document)
        if rows and unused and not (chosen and table == "staff"):
            _make_room(uow, table, rows)
        _add(uow, table, rows)


def _write_shop(uow: UnitOfWork, shop: ShopRecord) -> None:
    for key, value in (
        ("shop_name", shop.name), ("timezone", shop.timezone), ("region", shop.region), ("currency", shop.currency),
    ):
        setting_store.put(uow, key, value)


def _staff(document: DocumentRecord) -> Rows:
    return [(item.name, item.initials, int(item.active)) for item in document.staff]


def _treatments(document: DocumentRecord) -> Rows:
    return [(item.name, item.minutes, record_rows.cents(item.price), int(item.active)) for item in document.treatments]


def _fields(document: DocumentRecord) -> Rows:
    return [
        (item.key, item.label, item.kind, record_rows.packed(item.choices), int(item.active))
        for item in document.profile_fields
    ]


_ROWS: dict[str, Callable[[DocumentRecord], Rows]] = {
    "staff": _staff,
    "treatment": _treatments,
    "profile_field": _fields,
}


def _make_room(uow: UnitOfWork, table: str, rows: Rows) -> None:
    """Take the starting rows away, unless they are the document's already."""
    from kapperboek.storage.write import tables

    order = "id" if table == "staff" else "position, id"
    present = uow.book.rows(f"SELECT id, {', '.join(_COLUMNS[table])} FROM {table} ORDER BY {order}")
    if [row[1:] for row in present] == rows:
        return
    kinds: dict[str, type[tables.Staff | tables.Treatment | tables.ProfileField]]
    kinds = {"staff": tables.Staff, "treatment": tables.Treatment, "profile_field": tables.ProfileField}
    for row in present:
        uow.delete(existing(uow, kinds[table], row[0]))
    uow.session.flush()


def _add(uow: UnitOfWork, table: str, rows: Rows) -> None:
    columns = _COLUMNS[table]
    known = {row[0] for row in uow.book.rows(f"SELECT {columns[0]} FROM {table}")}
    new = [row for row in rows if row[0] not in known]
    if not new:
        return
    first, role = uow.next_id(table, len(new)), pins.role_of_new(uow.book)
    owner = next((place for place, row in enumerate(new) if row[-1]), 0)  # of staff: the first who works here
    columns = ("id", *columns, "role" if table == "staff" else "position")
    uow.bulk_insert(
        table,
        columns,
        [
            (first + place, *row, (role if place == owner else "staff") if table == "staff" else len(known) + place)
            for place, row in enumerate(new)
        ],
    )
