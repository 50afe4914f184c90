"""Whether a notebook has what this program needs, asked only when a question failed for want of a table or a column:
then it is not our mistake but a file that somebody made or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kapperboek.storage.migrations import runner

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

_COLUMNS = "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'"


def lacks_something(connection: Connection) -> bool:
    """Whether a table or column of the present schema is not there."""
    from sqlcipher3 import dbapi2

    fresh = dbapi2.connect(":memory:", isolation_level=None)
    try:
        runner.migrate(fresh)
        return bool(set(fresh.execute(_COLUMNS)) - set(connection.execute(_COLUMNS)))
    finally:
        fresh.close()
