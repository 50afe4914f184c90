"""A document to be printed: headings, and below each lines of what it is and what it says. Plain text only."""

from __future__ import annotations

from typing import NamedTuple


class Section(NamedTuple):
    """Section of a printed document; ``lines`` are (what it is, what it says), the first may be empty."""

    title: str
    lines: tuple[tuple[str, str], ...]


class Paper(NamedTuple):
    title: str
    subtitle: str
    intro: str
    sections: tuple[Section, ...]
