"""Tally of an import: what comes of one file, counted; added + updated + unchanged + failed = read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kapperboek.domain.errors import Cancelled, UserError
from kapperboek.domain.views.list_views import Double, FileReport, MaybeForgotten
from kapperboek.exchange.table.column_choice import ColumnChoice

# These are about the notebook or the user, not about one record of a file.
_STOPPING = frozenset({"disk-full", "disk-trouble", "in-use", "read-only", "damaged"})
_REMARKS_KEPT = 200


def stops_everything(error: UserError) -> bool:
    """Tell whether after this error going on with the next record makes no sense."""
    return isinstance(error, Cancelled) or error.code in _STOPPING


def _as_text(name: str) -> str:
    """A file name that is no text on this disk, with a replacement character for each byte that is none."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class Tally:
    """The counts of one file while it is being read."""

    def __init__(self, path: Path, columns: Mapping[int, str] | None = None) -> None:
        self.file = _as_text(path.name)
        self.stem = _as_text(path.stem)
        self.format = ""
        self.added = self.updated = self.unchanged = self.possible_duplicates = 0
        self.choice = ColumnChoice(columns)
        self.doubles: list[Double] = []
        self.forgotten: list[MaybeForgotten] = []
        self._failed: list[tuple[int, int | None, str, str]] = []
        self._remarks: list[str] = []

    def fail(self, record: int, line: int | None, reason: str, text: str = "") -> None:
        """A record that was not taken; ``record`` 0 is the file itself."""
        self._failed.append((record, line, reason, text))

    def remark(self, text: str) -> None:
        """Add a remark, something worth knowing about a record that was taken."""
        if len(self._remarks) < _REMARKS_KEPT:
            self._remarks.append(text)

    def report(self) -> FileReport:
        """The counts as the user gets to see them."""
        taken = self.added + self.updated + self.unchanged
        return FileReport(
            file=self.file,
            format=self.format,
            read=taken + len(self._failed),
            added=self.added,
            updated=self.updated,
            unchanged=self.unchanged,
            possible_duplicates=self.possible_duplicates,
            failed=tuple(self._failed),
            remarks=tuple(self._remarks),
            columns=tuple(self.choice.columns),
            doubles=tuple(self.doubles),
            forgotten=tuple(self.forgotten),
        )
