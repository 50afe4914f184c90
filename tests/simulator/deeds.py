"""What people in the salon do in a step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tests.simulator.model import Card, Content, Line
from tests.simulator.world import Broken

if TYPE_CHECKING:
    from tests.simulator.program import Answer, Running
    from tests.simulator.world import World

CHANNELS = (("offers", "email"), ("news", "post"), ("birthday", "phone"), ("reminders", "whatsapp"))
ENDINGS = ("json", "vcf", "csv")


def one(world: World) -> None:
    """Something ordinary; with nothing open that is opening it."""
    if not world.programs:
        world.open()
        return
    letter = world.chance.choice(sorted(world.programs))
    do = world.chance.choices([*WEIGHTS], [*WEIGHTS.values()])[0]
    world.tally(do.__name__.replace("_", " ").strip())
    do(world, letter)
    if world.may_be and letter in world.programs:
        world.recover(letter)
        return
    if letter in world.programs and world.chance.random() < 0.7:  # as the window does within seconds
        world.settle(letter)
    if letter not in world.programs:
        return
    if world.chance.random() < 0.15:
        world.compare(world.programs[letter])


def _somebody(world: World) -> str:
    return world.chance.choice([*world.model.now]) if world.model.now else ""


def _save(world: World, letter: str, name: str, card: Card, what: str, *args: object) -> Answer:
    after = {**world.model.now, name: card}
    return world.attempt(world.programs[letter], f"{letter} {what} {name}", what, name, *args, after=after)


def new_customer(world: World, letter: str) -> None:
    name, phone = world.word(), world.phone()
    _save(world, letter, name, Card(phone), "new", phone)


def visit(world: World, letter: str) -> None:
    if name := _somebody(world):
        card, at, note = world.model.now[name], _at(world), f"Vertelde van {world.word(1)}"
        point = f"Hoe was {world.word(2)}?" if world.chance.random() < 0.6 else ""
        card = card.with_moment("visit", at, note)
        card = card.with_points((*card.points, (point, "open", ""))) if point else card
        _save(world, letter, name, card, "visit", at, note, point)


def call(world: World, letter: str) -> None:
    """In which an open talk point is discussed, when somebody has one."""
    now = world.model.now
    waiting = [(name, text) for name, card in now.items() for text, how, _ in card.points if how == "open"]
    if waiting:
        name, text = world.chance.choice(waiting)
        card, at, note, answer = world.model.now[name], _at(world), f"Belde over {world.word(1)}", world.word(2)
        points = [(text, "discussed", answer) if one[0] == text else one for one in card.points]
        card = card.with_moment("call", at, note).with_points(points)
        _save(world, letter, name, card, "call", at, note, text, answer)


def talk_point(world: World, letter: str) -> None:
    if name := _somebody(world):
        card, text = world.model.now[name], f"Vraag naar {world.word(1)}"
        _save(world, letter, name, card.with_points((*card.points, (text, "open", ""))), "point", text)


def edit(world: World, letter: str) -> None:
    if name := _somebody(world):
        note = f"Houdt van {world.word(1)}"
        _save(world, letter, name, world.model.now[name]._replace(note=note), "note", note)


def consent(world: World, letter: str) -> None:
    if name := _somebody(world):
        state = world.chance.choice(("given", "given", "withdrawn"))
        asked = world.model.now[name].given if state == "withdrawn" else ()
        purpose, channel = world.chance.choice(asked or CHANNELS)
        card = world.model.now[name].with_lines(Line(purpose, channel, state, _at(world)))
        after = {**world.model.now, name: card}
        what = f"{letter} consent {name} {purpose} {channel} {state}"
        world.attempt(world.programs[letter], what, "consent", name, purpose, channel, state, after=after)


def undo(world: World, letter: str) -> None:
    """The last change, or an older one that nothing stands upon; it may be an undo itself."""
    found = world.model.undoable()
    if found:
        change = found[0] if world.chance.random() < 0.6 else world.chance.choice(found)
        what = f"{letter} undo {change.number} of {', '.join(change.before)}"
        after = world.model.undone(change, _at(world))
        answer = world.attempt(world.programs[letter], what, "undo", change.number, after=after)
        if answer.how == "done":
            world.model.changes = [one for one in world.model.changes if one.number != change.number]


def forget(world: World, letter: str) -> None:
    if name := _somebody(world):
        answer = world.attempt(
            world.programs[letter], f"{letter} forget {name}", "forget", name, after=world.model.forget(name), steps=40
        )
        if answer.how == "done":
            world.model.forgot(name)
        elif world.may_be:
            world.to_forget = name


# ---- lists in and out


def bring_list(world: World, letter: str) -> None:
    """A list of people nobody knew, in some format."""
    people = {world.word(n): Card(world.phone(n)) for n in range(1, world.chance.randint(2, 5))}
    ending = world.chance.choice(ENDINGS)
    path = world.room / "stick" / f"lijst-{world.step_number}.{ending}"
    path.write_text({"json": _document, "vcf": _cards, "csv": _table}[ending](people), "utf-8")
    world.attempt(
        world.programs[letter], f"{letter} import {path.name}: {', '.join(people)}", "bring", path,
        after={**world.model.now, **people}, steps=20,
    )


def _document(people: Content) -> str:
    cards = [{"given_name": name, "phones": [{"value": card.phone, "label": ""}]} for name, card in people.items()]
    return json.dumps({"kapperboek": 1, "customers": cards})


def _cards(people: Content) -> str:
    return "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nN:;{name};;;\nTEL:{card.phone}\nEND:VCARD\n"
        for name, card in people.items()
    )


def _table(people: Content) -> str:
    return "Voornaam;Telefoon\n" + "".join(f"{name};{card.phone}\n" for name, card in people.items())


def export(world: World, letter: str) -> None:
    path = world.room / "stick" / f"alles-{world.step_number}.{world.chance.choice(ENDINGS)}"
    answer = world.attempt(
        world.programs[letter], f"{letter} export {path.name}", "export", path, after=world.model.now, steps=6
    )
    if answer.how == "done":
        world.exports[path] = {*world.model.now}


def bring_export(world: World, letter: str) -> None:
    """An old export of our own: fills in, takes nothing away, and brings back nobody who was forgotten in silence."""
    if world.exports:
        path = world.chance.choice(sorted(world.exports))
        running = world.programs[letter]
        answer = running.ask("bring", path)
        number, remarks = world.must(answer, f"import of {path.name}")  # type: ignore[misc]
        world.tell(f"{letter} import {path.name}: {number}")
        found = world.content(running)
        back = world.model.forgotten & {name.removesuffix(" (again)") for name in found}
        if back and not remarks:
            raise Broken(f"forgotten, and back by an import without a word: {', '.join(sorted(back))}")
        if back:
            world.must(running.ask("undo", number), "undoing that import")
            world.model.changes = []
            world.compare(running)
            return
        _adopt(world, found, number, {*world.exports[path]})


def _adopt(world: World, found: Content, number: int, may_be_new: set[str]) -> None:
    """What came in on top of what there was; nothing of that is gone."""
    for name, card in world.model.now.items():
        if name not in found or not found[name].holds(card, world.model.said(name)):
            raise Broken(f"of {name} something is gone: {card} became {found.get(name)}")
    strange = {name.removesuffix(" (again)") for name in found} - {*world.model.now} - may_be_new
    if strange:
        raise Broken(f"nobody brought {strange}")
    if found != world.model.now:
        world.model.confirm(found, number)


def bring_back(world: World, letter: str) -> None:
    """One card out of a copy."""
    copies = sorted(world.places.copies.glob("*.kapperboek"))
    if not copies:
        return
    copy = world.chance.choice(copies)
    known = world.look_into(copy)
    if not known:
        return
    name = world.chance.choice(sorted(known))
    running: Running = world.programs[letter]
    answer = running.ask("bring_back", copy, name)
    world.tell(f"{letter} bring back {name} out of {copy.name}: {answer.how} {answer.code}")
    if answer.how == "bug":
        raise Broken(f"bringing back: {answer.value}")
    if name in world.model.forgotten and answer.how == "done":
        raise Broken(f"{name} was forgotten, and is back out of a copy")
    if answer.how == "done":
        _adopt(world, world.content(running), answer.value, {name})
    elif answer.code != ("forgotten" if name in world.model.forgotten else "nothing-new"):
        raise Broken(f"bringing back {name}: {answer.code} {answer.value}")


# ---- the day's routine


def look_after(world: World, letter: str) -> None:
    world.attempt(world.programs[letter], f"{letter} copy of the day", "look_after", after=world.model.now, steps=60)


def close(world: World, letter: str) -> None:
    if world.chance.random() < 0.25:
        world.kill(letter)
        world.tell(f"{letter} is killed")
    else:
        world.close(letter)


def second_program(world: World, _letter: str) -> None:
    if "B" not in world.programs and "A" in world.programs:
        world.open("B")


def put_back(world: World, _letter: str) -> None:
    """A copy in the notebook's place, by way of the program; of those there are once the copy at closing is made, which
    may thin others."""
    if not any(world.places.copies.glob("*.kapperboek")):
        return
    world.close_all()
    copies: list[Path] = sorted(world.places.copies.glob("*.kapperboek"))
    world.restore(world.chance.choice(copies))
    world.open()


def _at(world: World) -> str:
    return world.clock.isoformat(timespec="minutes")


WEIGHTS = {
    new_customer: 14, visit: 12, call: 5, talk_point: 4, edit: 6, consent: 9, undo: 12, forget: 5, bring_list: 4,
    export: 4, bring_export: 3, bring_back: 2, look_after: 8, close: 8, second_program: 4, put_back: 2,
}
