"""Guessing a PIN is slow, whatever becomes of the clock, the program or the number of programs meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from kapperboek.domain.errors import UserError
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services.keeping import locking
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.write.unit_of_work import unit_of_work
from tests.conftest import KEY, NOW

UP = 5_000.0  # seconds the computer is on


def tried(book: Notebook, pin: str, up: float = UP, **off: int) -> str:
    """What became of it, so long after the computer started, on a clock that is so far off."""
    book.clock = FixedClock(NOW + timedelta(**off), up=up)
    try:
        locking.try_pin(book, 1, pin)
    except UserError as error:
        return error.code
    return "in"


def test_wrong_pins_have_to_wait_longer_and_longer(book: Notebook) -> None:
    locking.set_pin(book, 1, "4711")
    assert [tried(book, "0001") for _try in range(4)] == ["wrong-pin"] * 3 + ["pin-wait"]
    assert tried(book, "4711", UP + 29) == "pin-wait", "also the right one waits"
    assert tried(book, "0002", UP + 31) == "wrong-pin"
    assert tried(book, "4711", UP + 31 + 59) == "pin-wait", "twice as long"
    assert tried(book, "4711", UP + 31 + 61) == "in"
    assert [tried(book, "0003", UP + 99) for _try in range(4)] == ["wrong-pin"] * 3 + ["pin-wait"], "it begins anew"


def test_no_clock_and_no_start_shortens_a_wait(book: Notebook) -> None:
    """A clock that went back more than 15 minutes meant no wait at all: 12 guesses in 10 seconds."""
    locking.set_pin(book, 1, "4711")
    for _try in range(3):
        tried(book, "0001")
    for off in ({"minutes": -16}, {"days": -400}, {"hours": 1}, {"days": 400}):
        assert tried(book, "4711", **off) == "pin-wait"
    path = book.path
    book.close()
    with open_notebook(path, key=KEY) as again:
        assert tried(again, "4711") == "pin-wait"
        assert tried(again, "4711", up=10) == "pin-wait", "the computer was started anew"
        assert tried(again, "4711", up=41) == "in", "and nobody waits longer for that than was due"


def test_what_another_program_wrote_there_shuts_nobody_out(book: Notebook) -> None:
    locking.set_pin(book, 1, "4711")
    for _try in range(3):
        tried(book, "0001")
    with unit_of_work(book, "Iets") as uow:
        uow.execute("UPDATE staff SET pin_after = '2026-11-22T09:00:30+00:00'")
    assert [tried(book, "4711"), tried(book, "4711", UP + 31)] == ["pin-wait", "in"]


def test_tries_side_by_side_are_all_counted(book: Notebook) -> None:
    """20 guesses over as many connections were all answered, and one was counted."""
    locking.set_pin(book, 1, "4711")

    def guess(_number: int) -> str:
        with open_notebook(book.path, key=KEY) as another:
            return tried(another, "0001")

    with ThreadPoolExecutor(8) as guessers:
        answers = list(guessers.map(guess, range(8)))
    assert sorted(answers) == ["pin-wait"] * 5 + ["wrong-pin"] * 3
