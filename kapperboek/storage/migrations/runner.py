"""Migration of a notebook to the newest schema, by numbered steps in one transaction.

A step is never changed after a release, not even its line ends: notebooks out there have taken it, and what they hold
must be what a new one holds. The schema of the first release is step 1; what comes later is a step of its own.

Interrupted, it leaves the notebook as it was before: the version number is written in the same transaction. Alembic was
considered and not taken: its batch mode deletes child rows by cascade on SQLite.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from kapperboek.storage.migrations import m0001_initial

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection


class Step(Protocol):
    """A migration module: the version it leads to, and the statements that lead there."""

    @property
    def VERSION(self) -> int: ...

    @property
    def STATEMENTS(self) -> Sequence[str]: ...


STEPS: tuple[Step, ...] = (m0001_initial,)
NEWEST = STEPS[-1].VERSION
VERSION = "PRAGMA user_version"  # the number of the step that a notebook has come to


def migrate(
    connection: Connection, steps: Sequence[Step] | None = None, *, application_id: int | None = None
) -> None:
    """Take every step the notebook has not had, all or none. SQLite's errors come through, with everything undone.

    ``application_id`` marks a new file as ours, in the same transaction.
    """
    # Rebuilding a table would otherwise delete or refuse the rows pointing at it; each step is checked at
    # its end.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        for step in STEPS if steps is None else steps:
            _take(connection, step, application_id)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys = ON")


def _take(connection: Connection, step: Step, application_id: int | None) -> None:
    # Asked inside the transaction: another process may have been first.
    if connection.execute(VERSION).fetchone()[0] >= step.VERSION:
        return
    for statement in step.STATEMENTS:
        connection.execute(statement)
    if application_id is not None:
        connection.execute(f"PRAGMA application_id = {application_id}")
    connection.execute(f"PRAGMA user_version = {step.VERSION}")
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise RuntimeError(f"step {step.VERSION} leaves rows that point at nothing")
