"""Does a bit of everything once, before anything is forked: what the program does late and once, a year's many programs
would all do again. And makes the notebook that every year begins with.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from tests.simulator.program import Hands, Places

NOW = datetime(2026, 1, 5, 9, 0)


def up(folder: Path, new: Path) -> None:
    """Nothing is open any more when this returns."""
    room = folder / "warm"
    room.mkdir()
    hands, path = Hands(Places(room, room, room)), room / "salon.kapperboek"
    hands.begin(path, NOW)
    hands.close()
    shutil.copy(path, new)
    hands.open(path, NOW)
    hands.new("Tine", "06 12345678")
    hands.visit("Tine", "2026-01-05T09:00", "Nieuw", "Waarom?")
    hands.call("Tine", "2026-01-05T10:00", "Belde", "Waarom?", "Daarom")
    hands.undo(hands.note("Tine", "Aardig"))
    hands.consent("Tine", "news", "post", "given")
    for ending in ("json", "vcf", "csv"):
        hands.export(room / f"lijst.{ending}")
        hands.bring(room / f"lijst.{ending}")
    hands.look_after()
    hands.content()
    hands.check()
    hands.forget("Tine")
    hands.settle()
    hands.copy_at_closing()
    hands.close()
    hands.restore(room / "salon-2026-01-05.kapperboek", path, NOW)
    shutil.rmtree(room)
