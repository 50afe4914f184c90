"""Checks of a new field of a customer, run by ``tests/test_recipes.py`` in a copy of the tree that has one.

The field is called ``pronouns`` there, and "Aanspreekvorm" in Dutch. Not collected by itself: here nobody has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.views.list_views import FileReport
from kapperboek.services import journal
from kapperboek.services.customers import customers
from kapperboek.services.importing import exporting, importing
from kapperboek.services.keeping import notebooks
from kapperboek.services.privacy import dossier
from kapperboek.storage.file.notebook import Notebook
from kapperboek.ui.app.program import Program
from tests.conftest import KEY
from tests.ui.card_tools import CONTROL, Hands, everything_said

ELS: dict[str, Any] = {"given_name": "Els", "family_name": "Bakker", "pronouns": "die/diens"}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Notebook]:
    with notebooks.create(tmp_path / "a.kapperboek", key=KEY) as made:
        yield made


def take(book: Notebook, path: Path) -> FileReport:
    (report,) = importing.import_files(book, [path]).files
    return report


def els(book: Notebook) -> tuple[Any, int, int]:
    """Her record, its version, her id."""
    (found,) = customers.find(book, "Els Bakker").results
    return *customers.identity(book, found.customer_id), found.customer_id


def test_it_is_kept_changed_told_of_and_found(book: Notebook) -> None:
    customers.new_customer(book, CustomerRecord(**ELS))
    record, version, customer_id = els(book)
    assert record.pronouns == "die/diens"
    assert customers.open_card(book, customer_id).pronouns == "die/diens"
    customers.edit_customer(book, customer_id, replace(record, pronouns="hen/hun"), version=version)
    changes = journal.changes(book, customer_id)
    assert ("Aanspreekvorm", "die/diens", "hen/hun") in [tuple(one) for change in changes for one in change.details]
    assert [one.customer_id for one in customers.find(book, "hen hun").results] == [customer_id]
    told = [line for section in dossier.paper(book, customer_id, by=0).sections for line in section.lines]
    assert ("Aanspreekvorm", "hen/hun") in told


@pytest.mark.parametrize("ending", ["json", "vcf", "csv", "xlsx"])
def test_it_goes_out_and_comes_in_and_fills_what_is_empty(book: Notebook, tmp_path: Path, ending: str) -> None:
    customers.new_customer(book, CustomerRecord(**ELS))
    exporting.export_file(book, tmp_path / f"klanten.{ending}", by=0)
    with notebooks.create(tmp_path / "b.kapperboek", key=KEY) as other:
        customers.new_customer(other, replace(els(book)[0], pronouns=""))
        take(other, tmp_path / f"klanten.{ending}")
        assert els(other)[0].pronouns == "die/diens"


def test_it_is_typed_in_the_window_and_stands_on_the_card(program: Program, qtbot: QtBot) -> None:
    hands = Hands(program, qtbot)
    program.context.new_customer("Els Bakker")
    dialog = hands.sheet()
    qtbot.waitUntil(dialog.save_button.isEnabled)
    dialog.form.more_button.click()
    (line,) = [line for line in dialog.findChildren(QLineEdit) if line.accessibleName() == "Aanspreekvorm"]
    line.setFocus()
    hands.write("die/diens")
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.settle()
    assert "die/diens" in everything_said(program)
