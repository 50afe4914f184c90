"""A bare notebook, without what the first start writes into it, and one way to put people into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kapperboek.domain.time.clock import FixedClock
from kapperboek.storage.derived import full_text
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write import journaled_tables
from kapperboek.storage.write.unit_of_work import unit_of_work, writing
from tests.conftest import KEY

CREATED = "2026-11-22T08:00:00Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "zaak.kapperboek"


@pytest.fixture
def bare(path: Path, clock: FixedClock) -> Iterator[Notebook]:
    """A keyed notebook with nothing in it."""
    with open_notebook(path, key=KEY, clock=clock, create=True) as notebook:
        yield notebook


def add_customer(book: Notebook, name: str = "Els", **more: Any) -> int:
    """One customer with one phone, through the session as a service would."""
    from kapperboek.storage.write.tables import ContactPoint, Customer

    with unit_of_work(book, f"{name} toegevoegd") as uow:
        number = str(uow.next_id("number"))
        customer = Customer(
            uid=f"uid-{number}",
            number=number,
            given_name=name,
            full_name=name,
            sort_key=name.lower(),
            created_at=CREATED,
            **more,
        )
        uow.add(customer)
        assert customer.id is not None
        uow.add(
            ContactPoint(customer_id=customer.id, kind="phone", value="06 12345678", canonical="+31612345678")
        )
        return customer.id


def add_visit(book: Notebook, customer_id: int, at: str = "2026-11-20T10:00", **more: Any) -> int:
    """One visit; gives its id."""
    from kapperboek.storage.write.tables import InteractionRow

    with unit_of_work(book, "Bezoek bewaard") as uow:
        visit = InteractionRow(customer_id=customer_id, at=at, kind="visit", **more)
        uow.add(visit)
        assert visit.id is not None
        return visit.id


def content(book: Notebook, *, versions: bool = False) -> dict[str, list[dict[str, Any]]]:
    """Everything people wrote, and what is derived from it; without the versions, which only go up."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in (*journaled_tables.JOURNALED, "customer_fact"):
        names = [row[0] for row in book.rows(f"SELECT name FROM pragma_table_info('{table}') ORDER BY cid")]
        rows = [
            dict(zip(names, row, strict=True)) for row in book.rows(f"SELECT * FROM {table} ORDER BY 1, 2")
        ]
        for row in rows:
            if not versions:
                row.pop("version", None)
        if rows:
            found[table] = rows
    return found


def rebuild(book: Notebook) -> None:
    """Throw away all that is derived and write it again from the rows."""
    with writing(book):
        full_text.empty(book)
        book.connection.execute("DELETE FROM search_word")
        book.connection.execute("DELETE FROM customer_fact")
        book.refresh_derived(row[0] for row in book.rows("SELECT id FROM customer ORDER BY id"))
