"""What another program writes is seen on the page it concerns, and no other page is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from pytestqt.qtbot import QtBot

from kapperboek.services.moments import talk
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.recovery import withdrawals
from kapperboek.ui.app.program import Program
from kapperboek.ui.keeping.elsewhere_watch import Elsewhere
from tests.conftest import KEY
from tests.second_program import add_point, forget, second_program
from tests.ui.card_tools import MARIEKE, Hands, Statements

OTHER = 2


@pytest.fixture
def elsewhere(program: Program, qtbot: QtBot) -> Elsewhere:
    qtbot.waitUntil(lambda: program.elsewhere is not None)
    assert program.elsewhere is not None
    return program.elsewhere


def of_the_journal(said: Iterable[str]) -> list[str]:
    """Those statements that read the journal or a card; the watch of the file asks its own meanwhile."""
    return [statement for statement in said if "change_row" in statement or "customer" in statement]


def test_a_change_elsewhere_refreshes_the_page_it_concerns(
    program: Program, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    hands = Hands(program, qtbot)
    page = hands.open_card(MARIEKE)
    with Statements(hands) as of_the_card:
        page.refresh()
    with Statements(hands) as quiet:
        elsewhere.look()
    assert not of_the_journal(quiet), "as long as nobody else writes"

    def asked(what: Callable[..., None], *args: object) -> bool:
        """Whether the card is asked for after this was done there."""
        with Statements(hands) as said:
            there(what, *args)
            elsewhere.look()
        return of_the_card[0] in said

    with second_program(program.path) as there:
        assert asked(add_point, MARIEKE, "Hoe was Rome?")
        assert page.card is not None and "Hoe was Rome?" in {point.text for point in page.card.talk_points}
        assert not asked(add_point, OTHER, "Nieuwe hond?")
        hands.ask(talk.add_point, MARIEKE, "hier getypt")  # ours, and told when it was saved
        assert not asked(add_point, OTHER, "Hoe heet hij?")
        assert asked(forget, OTHER), "the journal does not say whose card that was on"
        assert not asked(add_point, OTHER + 1, "Nog iets?")


def test_what_the_worker_settles_by_itself_refreshes_the_page_too(
    program: Program, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    """An older state was put in its place: what was withdrawn since is written behind the window."""
    hands = Hands(program, qtbot)
    page = hands.open_card(MARIEKE)
    assert page.card is not None and not page.card.no_advertising
    uid = hands.ask(lambda book: book.value("SELECT uid FROM customer WHERE id = ?", (MARIEKE,)))
    known = withdrawals.Withdrawn({}, frozenset({uid}))
    hands.program.jobs.work(withdrawals.say_again, known)
    hands.settle()
    elsewhere.look()
    hands.settle()
    assert page.card.no_advertising


def test_a_row_of_the_journal_that_cannot_be_read_is_passed_by(
    program: Program, elsewhere: Elsewhere, qtbot: QtBot
) -> None:
    hands = Hands(program, qtbot)
    told: list[object] = []
    program.context.error_wished.connect(told.append)
    program.context.crash_wished.connect(told.append)
    with second_program(program.path) as there:
        there(add_point, MARIEKE, "Hoe was Rome?")
        with open_notebook(program.path, key=KEY) as book:
            book.rows("UPDATE change_row SET before = '{' WHERE change_id = (SELECT max(id) FROM change)")
        elsewhere.look()
        hands.settle()
    with Statements(hands) as quiet:
        elsewhere.look()
    assert told == [] and not of_the_journal(quiet), "it is not read again and again"


def test_nothing_is_asked_behind_the_lock(program: Program, elsewhere: Elsewhere, qtbot: QtBot) -> None:
    hands = Hands(program, qtbot)
    program.context.lock_wished.emit()
    hands.settle()
    with Statements(hands) as said:
        elsewhere.look()
    assert said == []
