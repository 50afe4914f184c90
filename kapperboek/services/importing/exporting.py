"""Export: everything out again, in the formats that came in; nobody is locked in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kapperboek.domain.errors import UsageError
from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.staff_rights import EXPORT
from kapperboek.domain.time.clock import instant
from kapperboek.exchange.calendar.ical import write_ical
from kapperboek.exchange.document.notebook_document import to_json, write_document
from kapperboek.exchange.sheet.xlsx_write import write_xlsx
from kapperboek.exchange.vcard.vcard import write_vcards
from kapperboek.i18n import _
from kapperboek.services.importing import amount_redaction
from kapperboek.services.permissions import require
from kapperboek.services.privacy import health_facts
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_reader import read_customer, read_customers, read_document_head
from kapperboek.storage.recovery import second_copies
from kapperboek.storage.write.row_lookup import customer_count, standing_still

Progress = Callable[[str, float], None]

FORMATS = (".json", ".vcf", ".csv", ".xlsx", ".ics")
_TELL_EVERY = 250  # customers


def export_file(
    book: Notebook, path: Path, *, customer_id: int = 0, progress: Progress | None = None, by: int = 0
) -> int:
    """Write the notebook, or one customer, in the format of the suffix; gives how many customers went out.

    Amounts are in it when ``by`` may see them. The file appears whole or not at all. UsageError for a suffix we don't
    write; UserError when it cannot be written, or "owner-only".
    """
    require(book, by, EXPORT)
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        text = _("Choose a name that ends in one of: {suffixes}.").format(suffixes=" ".join(FORMATS))
        raise UsageError("unknown-format", text)
    if suffix == ".json" and customer_id:  # somebody's health facts go out with it
        health_facts.looked(book, customer_id, "document", by=by)
    elif suffix == ".json":
        health_facts.all_looked(book, by=by)
    second_copies.writes_into(book, path.parent)
    with standing_still(book):
        records = map(amount_redaction.blinder(book, by), _records(book, customer_id, path.name, progress))
        return _write(book, path, suffix, records, by)


def _write(book: Notebook, path: Path, suffix: str, records: Iterator[CustomerRecord], by: int) -> int:
    if suffix == ".json":
        now = instant(book.clock.now())
        head = read_document_head(book)
        return write_document(
            path, head if amount_redaction.seen(book, by) else amount_redaction.without_prices(head), now, records
        )
    if suffix == ".vcf":
        return write_vcards(path, records)
    if suffix == ".csv":
        from kapperboek.exchange.sheet.csv_files import write_csv

        return write_csv(path, records)
    if suffix == ".xlsx":
        return write_xlsx(path, records)

    return write_ical(path, records, book.zone.key)


def _records(book: Notebook, customer_id: int, name: str, progress: Progress | None) -> Iterator[CustomerRecord]:
    if customer_id:
        yield read_customer(book, customer_id)
        return
    total = max(1, customer_count(book))
    for number, (_id, record) in enumerate(read_customers(book), 1):
        if progress is not None and number % _TELL_EVERY == 0:
            progress(name, number / total)
        yield record
    if progress is not None:
        progress(name, 1.0)


def document_of(book: Notebook, customer_id: int) -> dict[str, Any]:
    """One customer as in the notebook document. NotFound."""
    return to_json(read_customer(book, customer_id))
