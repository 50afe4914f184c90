"""A dossier is complete: every fact that was planted is in the document, and in the words to read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kapperboek.services.privacy import dossier
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import access_log
from kapperboek.storage.read.privacy.dossier_query import rows_of
from kapperboek.storage.write import journaled_tables
from tests.storage.test_erasure import plant

PLANTED = (
    "Qxvzels", "Qxvzloon", "Qxvzroep", "Qxvzfirma", "06 70717273", "qxvzmail@voorbeeld.nl", "Qxvzstraat", "Qxvzstad",
    "qxvzfeest", "Qxvzkind", "qxvzhobby", "Qxvzallergie", "Qxvzwaarschuwing", "qxvzruzie", "qxvzwens", "qxvznotitie",
    "qxvzknip", "qxvzrecept", "qxvzverhaal", "qxvzproduct", "qxvzpraat", "qxvzantwoord", "qxvzbelofte", "qxvzbalie",
    "qxvzwaarde", "qxvztelefoon.vcf",
    "qxvzconcept", "Qxvzoud", "qxvzveranderd", "qxvzgezegd",
)


@pytest.fixture
def els(book: Notebook) -> int:
    return plant(book)


def test_the_document_holds_every_planted_fact(book: Notebook, els: int, tmp_path: Path) -> None:
    path = dossier.write_json(book, els, tmp_path / "els.json", by=1)
    text = path.read_text("utf-8")
    assert [fact for fact in PLANTED if fact not in text] == []
    said = json.loads(text)
    assert said["customer"]["warnings"][0] == {"text": "Qxvzallergie", "health": True}
    assert said["mentioned_on_other_cards"] == [{"kind": "partner", "name": "Qxvzels"}]
    assert said["allowed"] == {"birthday": ["post"], "news": ["post"]}
    assert "Wim" not in text and "blijft" not in text  # the other card is somebody else's
    assert access_log.looks(book, els)[-1][1:] == ("Sanne", "dossier")


def test_every_table_about_customers_is_in_it(book: Notebook, els: int) -> None:
    about = "SELECT 1 FROM {table} WHERE customer_id = ?"
    filled = {table for table in journaled_tables.OF_A_CUSTOMER if book.value(about.format(table=table), (els,))}
    assert filled <= rows_of(book, els).keys() and len(filled) > 10


def test_the_words_to_read_hold_them_too(book: Notebook, els: int) -> None:
    paper = dossier.paper(book, els, by=1)
    text = repr(paper)
    assert [fact for fact in PLANTED if fact not in text] == []
    assert paper.title == "Wat we bewaren van Qxvzels van Qxvzloon"
    assert ("22 nov 2026 09:00", "bekeek gezondheidsgegevens · Sanne") in [
        line for section in paper.sections for line in section.lines
    ]
