"""Imports of all that writing needs, so that no save waits for them.

SQLModel takes longer to import than the window to open, so opening goes without; the program imports this module and
calls ``load`` in a quiet moment once the first page stands.
"""

from __future__ import annotations

from kapperboek.services import row_checks as row_checks
from kapperboek.services.moments import moments as moments
from kapperboek.storage.derived import customer_facts as customer_facts
from kapperboek.storage.derived import search_index as search_index


def load() -> None:
    """Import the rest, which is heavy."""
    from kapperboek.storage.write import sessions, tables

    assert sessions and tables
