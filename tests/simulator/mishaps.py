"""What the world does to the file: a sync program, a hand, a stick, another computer."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.simulator.model import Card, Content
from tests.simulator.world import NAME, Broken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.simulator.world import World


def one(world: World) -> None:
    """One of them, while the notebook is open or while it is closed."""
    do: Callable[[World], None] = world.chance.choice(OPEN if world.programs else CLOSED)
    do(world)
    world.tally(do.__name__.replace("_", " "))


# ---- while it is open


def moved_while_open(world: World) -> None:
    """Renamed, or dragged into another folder."""
    folder = world.path.parent
    if world.chance.random() < 0.3:
        folder = world.room / f"map-{world.step_number}"
        folder.mkdir()
    there = folder / f"salon-{world.step_number}.kapperboek"
    world.path.rename(there)
    world.tell(f"a hand moves the open file to {there.name}")
    _go_after(world)


def replaced_while_open(world: World) -> None:
    """A sync program puts an older file in its place."""
    if hand := _some_hand(world):
        _put_in_place(world, hand)
        world.tell(f"a sync program puts {hand.name} in place of the open file")
        _go_after(world, hand)


def deleted_while_open(world: World) -> None:
    if _newest_copy(world) is not None:
        world.path.unlink()
        world.tell("the open file is deleted")
        _go_after(world)


def overwritten_while_open(world: World) -> None:
    """The same file, with older content in it: what it held can only come out of a copy."""
    hand = _some_hand(world)
    newest = _newest_copy(world)
    if not hand or newest is None:
        return
    content = hand.read_bytes()
    if content == world.path.read_bytes():
        return
    for running in world.programs.values():  # as every window does each few seconds (decision 0009, the price)
        world.must(running.ask("look"), "looking")
    world.path.write_bytes(content)
    world.tell(f"a sync program writes {hand.name} over the open file")
    if _log_completes_it(world):
        return
    world.in_place = world.hands[hand]
    world.restore(newest)
    world.open()


def _log_completes_it(world: World) -> bool:
    """Each program saves: it is refused, or all it confirmed is there afterwards; that is so while the log has all that
    the older content lacks. Whether it was."""
    before, saved = world.model.now, False
    for number, letter in enumerate([*world.programs], 1):
        running, name = world.programs.pop(letter), world.word(number)
        answer = running.ask("new", name, world.phone(number))
        if answer.how == "done":
            saved = True
            world.tell(f"{letter} saves {name} all the same")
            world.model.confirm({**world.model.now, name: Card(world.phone(number))}, answer.value)
        else:
            _must_refuse(world, letter, answer)
        world.must(running.ask("close"), "closing an overwritten one")
        running.kill()
    if saved:
        world.may_be = [world.model.now]  # so that it is checked too
        world.open()
    assert saved or world.model.now == before
    return saved


def _newest_copy(world: World) -> Path | None:
    copies = sorted(world.places.copies.glob("*.kapperboek"), key=lambda path: path.stat().st_mtime)
    return copies[-1] if copies else None


def _must_refuse(world: World, letter: str, answer: object) -> None:
    how, code = getattr(answer, "how", ""), getattr(answer, "code", "")
    world.tell(f"{letter} saves: {how} {code}")
    if how != "refused" or code not in ("file-gone", "damaged", "disk-trouble"):
        said = getattr(answer, "value", "")
        raise Broken(f"saved into a file that is not the notebook any more: {how} {code} {said}")


def _go_after(world: World, stranger: Path | None = None) -> None:
    """Each program notices, sees to it that all it confirmed has a name, and goes on with that."""
    if world.chance.random() < 0.3:
        _closed_unaware(world, stranger)
        return
    first: Path | None = None
    for letter, running in world.programs.items():
        if world.chance.random() < 0.6:
            _must_refuse(world, letter, running.ask("new", world.word(), world.phone()))
        if world.must(running.ask("look"), "looking"):
            raise Broken(f"{letter} did not notice")
        kept = world.must(running.ask("secure"), "securing what was confirmed")
        world.tell(f"{letter} has it in {getattr(kept, 'name', kept)}")
        first = first or kept  # type: ignore[assignment]
    for letter in [*world.programs]:
        running = world.programs.pop(letter)
        world.must(running.ask("close"), "closing")
        running.kill()
    assert first is not None
    world.path = first
    world.open()


def _closed_unaware(world: World, stranger: Path | None) -> None:
    """Closed before anybody noticed. What a program only read it lets go, as whoever deleted it wanted; it is told of
    when there is no notebook any more, and then a copy is put back."""
    kept: Path | None = None
    for letter in [*world.programs]:
        running = world.programs.pop(letter)
        kept = world.must(running.ask("close"), "closing") or kept  # type: ignore[assignment]
        running.kill()
        world.tell(f"{letter} closes" + (f"; it is kept in {kept.name}" if kept else ""))
    moved = sorted(world.room.glob(f"*/salon-{world.step_number}.kapperboek"))
    if moved or kept:
        world.path = moved[0] if moved else kept or world.path
    elif stranger is not None:
        world.in_place = world.hands[stranger]
    else:
        newest = _newest_copy(world)
        assert newest is not None
        world.restore(newest)
    world.open()


def killed_while_replaced(world: World) -> None:
    """Killed, and then an older file is put beside the log it left; now and then a copy is put back unseen."""
    if hand := _some_hand(world):
        for letter in [*world.programs]:
            world.kill(letter)
        _put_in_place(world, hand)
        world.tell(f"killed; then {hand.name} is put in its place, beside the log")
        world.in_place = world.hands[hand]
        newest = _newest_copy(world)
        if newest is not None and world.chance.random() < 0.3:
            world.restore(newest)
        world.open()


def copied_while_open(world: World) -> None:
    """The file alone, as it is after a quiet moment."""
    letter = sorted(world.programs)[0]
    world.settle(letter)
    _by_hand(world, world.model.now)


# ---- while it is closed


def older_put_in_place(world: World) -> None:
    if hand := _some_hand(world):
        _put_in_place(world, hand)
        world.tell(f"a sync program puts {hand.name} in its place")
        world.in_place = world.hands[hand]
        world.open()


def copied_by_hand(world: World) -> None:
    """Only when no log was left: else it lacks what stands in that."""
    log = world.path.with_name(f"{world.path.name}-wal")
    if not log.exists() and not world.may_be and world.in_place is None:
        _by_hand(world, world.model.now)


def renamed_while_closed(world: World) -> None:
    """Only the file itself: what lies beside it stays behind under the old name."""
    log = world.path.with_name(f"{world.path.name}-wal")
    if not log.exists():
        there = world.path.with_name(f"salon-{world.step_number}.kapperboek")
        world.path.rename(there)
        world.path = there
        world.tell(f"a hand renames it to {there.name}")


def another_computer(world: World) -> None:
    """Only the .kapperboek files are taken along: the notebook, and its copies."""
    log = world.path.with_name(f"{world.path.name}-wal")
    if log.exists():
        return
    new = world.room / f"computer-{world.step_number}"
    places = world.places._replace(copies=new / "kopie", computer=new / "weet")
    for folder in (new, *places[1:], new / "zaak"):
        folder.mkdir()
    for copy in world.places.copies.glob("*.kapperboek"):
        shutil.copy2(copy, places.copies / copy.name)
    there = new / "zaak" / NAME
    shutil.copy2(world.path, there)
    world.path, world.places, world.model.noted = there, places, None
    world.tell("another computer: only the .kapperboek files are taken along")


# ---- by hand


def _by_hand(world: World, content: Content) -> None:
    path = world.room / "stick" / f"hand-{world.step_number}.copy"
    shutil.copyfile(world.path, path)
    world.hands[path] = content
    world.tell(f"a hand copies the file to {path.name}")


def _some_hand(world: World) -> Path | None:
    return world.chance.choice(sorted(world.hands)) if world.hands else None


def _put_in_place(world: World, hand: Path) -> None:
    """As sync programs do: under another name first."""
    draft = world.path.with_name(".sync.tmp")
    shutil.copyfile(hand, draft)
    draft.replace(world.path)


OPEN = [
    moved_while_open, replaced_while_open, deleted_while_open, overwritten_while_open, killed_while_replaced,
    copied_while_open, copied_while_open, copied_while_open,
]
CLOSED = [older_put_in_place, copied_by_hand, copied_by_hand, renamed_while_closed, another_computer]
