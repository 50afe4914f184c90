"""Every way into the program, by name."""

from __future__ import annotations

from tests.fuzz import crafted, importers, program, typed, window
from tests.fuzz.target import Target

TARGETS: dict[str, type[Target]] = {
    kind.name: kind for room in (importers, typed, crafted, window, program) for kind in room.TARGETS
}
