"""Dossier of one person: everything we hold on them, as a document to carry, and as words to read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kapperboek.domain.staff_rights import EXPORT
from kapperboek.domain.time.clock import instant
from kapperboek.domain.views.printed_document import Paper
from kapperboek.exchange.document.notebook_document import to_json
from kapperboek.exchange.files import replacing_text
from kapperboek.services.importing import amount_redaction
from kapperboek.services.permissions import require
from kapperboek.services.privacy import dossier_words, health_facts
from kapperboek.services.privacy.consents import allowed
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.privacy import dossier_query
from kapperboek.storage.records.record_reader import read_customer
from kapperboek.storage.recovery import second_copies
from kapperboek.storage.write.row_lookup import standing_still

VERSION = 1


def document(book: Notebook, customer_id: int) -> dict[str, Any]:
    """The card as in the notebook document, and beside it every row, change, look and mention there is. NotFound."""
    with standing_still(book):
        return {
            "kapperboek_dossier": VERSION,
            "made_at": instant(book.clock.now()),
            "shop": str(book.get_setting("shop_name", "")),
            "customer": to_json(read_customer(book, customer_id)),
            "allowed": allowed(book, customer_id),
            "journal": dossier_query.journal_of(book, customer_id),
            "mentioned_on_other_cards": dossier_query.mentions(book, customer_id),
            "rows": dossier_query.rows_of(book, customer_id),
        }


def write_json(book: Notebook, customer_id: int, path: Path, *, by: int = 0) -> Path:
    """Write the document; that it went out is written down first. ``left_out`` in it says what ``by`` may not see.
    NotFound; UserError when it cannot be written.
    """
    require(book, by, EXPORT)
    found = document(book, customer_id)
    if not amount_redaction.seen(book, by):
        found = {**amount_redaction.left_out(found), "left_out": ["amounts"]}
    health_facts.looked(book, customer_id, "dossier", by=by)
    second_copies.writes_into(book, path.parent)
    with replacing_text(path) as file:
        json.dump(found, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return path


def paper(book: Notebook, customer_id: int, *, by: int = 0) -> Paper:
    """Dossier in words, to print; that it went out is written down first. NotFound, UserError "owner-only"."""
    require(book, by, EXPORT)
    with standing_still(book):
        found = dossier_words.paper(book, customer_id, amount_redaction.seen(book, by))
    health_facts.looked(book, customer_id, "dossier", by=by)
    return found
