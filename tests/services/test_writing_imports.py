"""The first save of a day, which waits for no import: the window has all of them ready by then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import KEY, ROOT

# Opens a notebook as the window does, imports what it imports when nobody waits, saves a visit; prints what came anew.
SAVE = f"""
import sys
from datetime import datetime
from pathlib import Path
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services.keeping import notebooks

book = notebooks.open_(Path(sys.argv[1]), key={KEY!r}, clock=FixedClock(datetime(2026, 11, 22, 9)))
somebody, staff = book.value("SELECT id FROM customer LIMIT 1"), book.value("SELECT id FROM staff LIMIT 1")
from kapperboek.services import writing_imports

writing_imports.load()
from kapperboek.services.inputs import NewPoint, VisitInput
from kapperboek.services.moments import moments

before = set(sys.modules)
points = (NewPoint("Texel?"),)
moments.record_visit(book, VisitInput(somebody, "2026-11-22T08:00", staff, note="Kort", new_points=points))
print(*sorted(set(sys.modules) - before))
book.close()
"""


def test_the_first_save_imports_nothing(salon_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "salon.kapperboek"
    path.write_bytes(salon_file.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", SAVE, str(path)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert not done.stdout.split()
