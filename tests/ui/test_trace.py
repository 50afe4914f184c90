"""The path of one visit saved, from the click to the page in front: few enough functions to read in one go."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from types import FrameType

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import kapperboek
from kapperboek.ui.app.program import Program
from tests.ui.card_tools import CONTROL, MARIEKE, Hands, sheet_open

AT_MOST = 11
CALLS = 7000  # of functions of ours for one save; 5,500 to 6,000 are needed
OURS = str(Path(kapperboek.__file__).parent)
STEPS = {
    ("jobs.py", "run"), ("unit_of_work.py", "__exit__"), ("jobs.py", "_finish"), ("card_page.py", "refresh"),
}
"""Where the path goes to another thread, into the notebook, or has come to its end: how one came there is noted."""
LOOPS = {"_serve_database", "_serve"}  # of the thread itself, there before anybody clicked

BY_ITSELF = "typed_ahead.py"
"""It looks at each event of the window, as many as come while something is waited for."""

MEANWHILE = ("ui/app/program.py", "ui/keeping/")  # what the window does by itself, at times of its own


class Calls:
    """Counts the calls of functions of ours, on every thread that it is set on."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()

    def profile(self, frame: FrameType, event: str, _arg: object) -> None:
        file = frame.f_code.co_filename
        if event == "call" and file.startswith(OURS) and not file.endswith(BY_ITSELF):
            self.count[f"{Path(file).name} {frame.f_code.co_qualname}"] += 1


class Way:
    """Notes, on every thread that it is set on, the functions of ours (file and name) that led to one of the steps."""

    def __init__(self) -> None:
        self.functions: dict[str, None] = {}
        self.told = False

    def profile(self, frame: FrameType, event: str, _arg: object) -> None:
        place = (frame.f_code.co_filename.rpartition("/")[2], frame.f_code.co_name)
        if event == "call" and place in STEPS and not self.told:
            way: list[str] = []
            at: FrameType | None = frame
            while at is not None:
                file, name = at.f_code.co_filename, at.f_code.co_qualname
                if file.startswith(OURS) and at.f_code.co_name not in LOOPS:
                    way.append(f"{Path(file).relative_to(OURS).as_posix()} {name}")
                at = at.f_back
            if not any(step.startswith(MEANWHILE) for step in way):
                self.functions.update(dict.fromkeys(reversed(way)))
            self.told = place[0] == "card_page.py"


def _with_a_visit(program: Program, qtbot: QtBot) -> Hands:
    hands = Hands(program, qtbot)
    hands.open_card()
    program.context.note_visit(MARIEKE)
    hands.sheet()
    hands.settle()
    hands.press(Qt.Key.Key_T, CONTROL)
    hands.write("xq zin")
    return hands


def test_a_visit_saved_until_all_is_quiet_calls_few_functions(program: Program, qtbot: QtBot) -> None:
    hands = _with_a_visit(program, qtbot)
    sheet = hands.sheet()
    calls = Calls()
    hands.ask(lambda _book: sys.setprofile(calls.profile))
    calls.count.clear()
    sys.setprofile(calls.profile)
    try:
        sheet.save_button.click()
        qtbot.waitUntil(lambda: sheet_open() is None)
        hands.settle()
    finally:
        sys.setprofile(None)
        hands.ask(lambda _book: sys.setprofile(None))
    print(calls.count.total(), calls.count.most_common(20))
    assert calls.count.total() <= CALLS


def test_a_visit_saved_comes_to_the_page_in_front_by_a_short_path(program: Program, qtbot: QtBot) -> None:
    hands = _with_a_visit(program, qtbot)
    sheet = hands.sheet()
    path = Way()
    hands.ask(lambda _book: sys.setprofile(path.profile))
    path.functions.clear()  # those that asked for that
    sys.setprofile(path.profile)
    try:
        sheet.save_button.click()
        qtbot.waitUntil(lambda: path.told)
    finally:
        sys.setprofile(None)
        hands.ask(lambda _book: sys.setprofile(None))
    hands.settle()
    print("\n".join(path.functions))
    assert sheet_open() is None and "ui/card/card_page.py CardPage.refresh" in path.functions
    assert len(path.functions) <= AT_MOST, list(path.functions)
    told = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text("utf-8")
    assert [way for way in path.functions if f"`{way.partition(' ')[0]}`" not in told] == [], "docs/architecture.md"
