"""A notebook that files are read into, for the tests of ../shared/data/cases-2026-11."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kapperboek.domain.records import Address, CustomerRecord
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services import attention
from kapperboek.services.customers import customers
from kapperboek.services.importing import importing
from kapperboek.services.keeping import notebooks
from kapperboek.storage.records.record_reader import read_customers
from kapperboek.storage.records.record_writer import shown_names
from tests.conftest import KEY
from tests.exchange.conftest import DATA

if TYPE_CHECKING:
    from kapperboek.domain.views.list_views import FileReport
    from kapperboek.storage.file.notebook import Notebook

ROOT = DATA / "cases-2026-11"
here = pytest.mark.skipif(not ROOT.is_dir(), reason="the sample files of ../shared/data are not here")


class Desk:
    """A notebook that files are read into, and what was said of them."""

    def __init__(self, folder: Path) -> None:
        clock = FixedClock(datetime(2026, 12, 1, 9, 0))
        self.folder = folder
        self.book: Notebook = notebooks.create(folder / "a.kapperboek", key=KEY, shop_name="Zuid", clock=clock)
        self.said = ""
        self.report: FileReport | None = None

    def read(self, *names: str) -> Desk:
        """Read these files one after the other."""
        for name in names:
            self.take(ROOT / name)
        return self

    def take(self, path: Path) -> FileReport:
        """Read one file; what was read must add up."""
        report = importing.import_files(self.book, [path]).files[0]
        assert report.added + report.updated + report.unchanged + len(report.failed) == report.read
        self.said = "\n".join([*report.remarks, *(f"{reason} {text}" for _n, _l, reason, text in report.failed)])
        self.report = report
        return report

    def cards(self) -> list[CustomerRecord]:
        return [record for _id, record in read_customers(self.book)]

    def card(self, given: str, family: str = "") -> CustomerRecord:
        """The one customer with that first name, or name of a firm, and that last name if given."""
        found = [c for c in self.cards() if given in (c.given_name, c.organisation, c.display_name)
                 and family in ("", c.family_name)]
        assert len(found) == 1, [(c.given_name, c.family_name, c.organisation) for c in self.cards()]
        return found[0]

    def appointments(self, given: str, state: str = "") -> list[str]:
        """The planned appointments of the customer of that first name: ``12-08 10:00``."""
        return [a.at[5:].replace("T", " ") for a in self.card(given).interactions
                if a.kind == "appointment" and a.state == state]

    def calls(self, number: str) -> str:
        """The name of who calls from that number."""
        found = attention.caller(self.book, number)
        assert len(found) == 1, found
        return found[0][2]

    def finds(self, text: str) -> str:
        """The name that the search box gives first."""
        found = customers.find(self.book, text).results
        return found[0].name if found else ""


def plain(number: str) -> str:
    return "".join(c for c in number if c.isdigit() or c == "+")


def phones(c: CustomerRecord) -> list[str]:
    return [plain(phone.value) for phone in c.phones]


def emails(c: CustomerRecord) -> list[str]:
    return [mail.value for mail in c.emails]


def labels(c: CustomerRecord) -> dict[str, str]:
    return {plain(phone.value): phone.label for phone in c.phones}


def home(c: CustomerRecord, place: int = 0) -> tuple[str, str, str, str]:
    """Street, house number, postcode without blanks, place."""
    a: Address = c.addresses[place]
    return a.street, a.number, a.postcode.replace(" ", ""), a.place


def name(c: CustomerRecord) -> tuple[str, str, str]:
    return c.given_name, c.prefix, c.family_name


def everything(desk: Desk) -> str:
    return "\n".join(map(repr, desk.cards()))


def name_of(c: CustomerRecord) -> str:
    return shown_names(c)[0]
