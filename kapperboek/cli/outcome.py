"""Outcome of a command: a document for scripts and lines for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from kapperboek.domain.views.printed_document import Paper


class Outcome(NamedTuple):
    """Outcome of a command: ``data`` for --json, ``lines`` for standard output, ``amiss`` for standard error."""

    data: dict[str, Any]
    lines: list[str]
    amiss: tuple[str, ...] = ()
    exit_code: int = 0
    card: int = 0  # to be shown in the window
    paper: tuple[Paper, Path] | None = None  # to be printed there
