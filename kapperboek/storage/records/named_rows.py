"""Named rows: staff, households and profile fields, which records name in words and rows by id. New names get a row."""

from __future__ import annotations

from kapperboek.domain.people.names import initials
from kapperboek.storage.write import pins
from kapperboek.storage.write.unit_of_work import UnitOfWork


class NamedRows:
    """Looks names up once, and makes a row for those who are new."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self._staff: dict[str, int] = self._known("SELECT name, id FROM staff ORDER BY id DESC")
        self._fields: dict[str, int] = self._known("SELECT key, id FROM profile_field")
        self._households: dict[str, int] = {}

    def staff(self, name: str) -> int | None:
        """The id of a member of staff; None for no name."""
        if not name:
            return None
        if name not in self._staff:
            row = (name, initials(name), pins.role_of_new(self.uow.book))
            self._staff[name] = self._make("staff", ("name", "initials", "role"), row)
        return self._staff[name]

    def household(self, name: str) -> int | None:
        """The id of a household, whose members share the name; None for no name."""
        if not name:
            return None
        if name not in self._households:
            known = self.uow.book.value("SELECT id FROM household WHERE name = ?", (name,))
            self._households[name] = known or self._make("household", ("name",), (name,))
        return self._households[name]

    def field(self, key: str, value: object) -> int:
        """The id of a profile field; a new one is of the kind that fits ``value``."""
        if key not in self._fields:
            kind = "tags" if isinstance(value, list) else "number" if isinstance(value, (int, float)) else "text"
            position = len(self._fields)
            row = (key, key[:1].upper() + key[1:], kind, position)
            self._fields[key] = self._make("profile_field", ("key", "label", "kind", "position"), row)
        return self._fields[key]

    def _known(self, sql: str) -> dict[str, int]:
        return {str(name): int(row_id) for name, row_id in self.uow.book.rows(sql)}

    def _make(self, table: str, columns: tuple[str, ...], row: tuple[object, ...]) -> int:
        row_id = self.uow.next_id(table)
        self.uow.bulk_insert(table, ("id", *columns), [(row_id, *row)])
        return row_id
