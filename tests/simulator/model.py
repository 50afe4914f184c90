"""What the simulated salon should hold: plain dicts, beside the real notebook.

It knows what was confirmed, who was forgotten, which states of the notebook were ever confirmed (any copy holds one of
these), and what each change said before, so that taking it back can be foretold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

Moment = tuple[str, str, str]  # kind, at, note
Point = tuple[str, str, str]  # text, state, outcome


class Line(NamedTuple):
    """One of the consent register, to which lines are only ever added."""

    purpose: str
    channel: str
    state: str
    at: str

    @property
    def asked(self) -> tuple[str, str]:
        return self.purpose, self.channel


class Card(NamedTuple):
    """What stands on a card, as far as the simulator writes it; ``given``: purpose and channel that are permitted."""

    phone: str = ""
    note: str = ""
    moments: tuple[Moment, ...] = ()
    points: tuple[Point, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    lines: tuple[Line, ...] = ()

    def with_moment(self, *moment: str) -> Card:
        return self._replace(moments=tuple(sorted((*self.moments, moment))))  # type: ignore[type-var]

    def with_points(self, points: Iterable[Point]) -> Card:
        return self._replace(points=tuple(sorted(points)))

    def with_lines(self, *lines: Line) -> Card:
        """These written behind the others: of each question the last one holds."""
        card = self._replace(lines=(*self.lines, *lines))
        given = (asked for asked, line in card.last_lines().items() if line.state == "given")
        return card._replace(given=tuple(sorted(given)))

    def last_lines(self) -> dict[tuple[str, str], Line]:
        return {line.asked: line for line in self.lines}

    def as_before(self, before: Card, at: str) -> Card:
        """``before`` once the last change on this card is taken back: what that wrote in the register is answered."""
        held = before.last_lines()
        answers = {line.asked: held[line.asked].state if line.asked in held else "unasked"
                   for line in self.lines[len(before.lines):]}
        return before._replace(lines=self.lines).with_lines(*(Line(*one, state, at) for one, state in answers.items()))

    def with_noes_of(self, later: Card) -> Card:
        """An older state of a card met again: who said no since, and not to what is written here, said no here too."""
        last, noes = self.last_lines(), later.last_lines()
        return self.with_lines(*(
            noes[asked] for asked, line in last.items()
            if line.state == "given" and asked in noes and noes[asked].state == "withdrawn"
            and noes[asked] not in self.lines
        ))

    def holds(self, earlier: Card, said: Mapping[Line, int]) -> bool:
        """Whether nothing of what stood here before is gone, and nothing is permitted that was not.

        A card out of an older copy or list brings its lines of the register along. What it permits by those the
        customer did say once, and the notebook did not know it any more only because an older state took its place;
        so that is no permission made up. It holds unless a no that is known here was said after it. ``said``: which
        lines were ever confirmed on this card, in what order: clocks go wrong.
        """
        more, last = self.lines[len(earlier.lines):], self.last_lines()
        return (
            earlier.phone in self.phone and earlier.note in self.note
            and set(earlier.moments) <= set(self.moments)
            and {text for text, *_rest in earlier.points} <= {text for text, *_rest in self.points}
            and self.lines[: len(earlier.lines)] == earlier.lines
            and self == self.with_lines()  # permitted is what the register says, and nothing else
            and all(line in said for line in more if line.state == "given")
            and all(line in said or line.asked in {one.asked for one in self.lines if one.state == "withdrawn"}
                    for line in more if line.state == "withdrawn")
            and not any(
                no.state == "withdrawn" and no.asked == asked and said.get(no, -1) > said[line]
                for asked, line in last.items() if line.state == "given" and line in more for no in self.lines
            )
        )


Content = Mapping[str, Card]  # by given name, which nobody shares


class Change(NamedTuple):
    """One confirmed change: its number in the journal, and the cards as they were before (None: not there)."""

    number: int
    before: dict[str, Card | None]


class Model:
    """``now`` is what the notebook must hold; ``noted`` what it held when that was last noted on this computer, within
    seconds: what a kill and an older file together take of the time after that, nobody can know."""

    def __init__(self) -> None:
        self.now: Content = {}
        self.forgotten: set[str] = set()
        self.states: dict[tuple[tuple[str, Card], ...], int] = {}  # with when it first held
        self.changes: list[Change] = []
        self.confirmed = 0
        self.noted: Content | None = {}  # None: a computer that never saw it, and knows only what copies tell
        self.jump({})

    def confirm(self, after: Content, number: int = 0) -> None:
        """Something was saved: this is what holds now."""
        self.confirmed += 1
        touched = {name for name in {*self.now, *after} if self.now.get(name) != after.get(name)}
        if number and touched:
            self.changes.append(Change(number, {name: self.now.get(name) for name in sorted(touched)}))
        self._set(after)

    def jump(self, after: Content) -> None:
        """Another state holds, with another journal: a copy was put back, or the owner goes on with an older file."""
        self.changes = []
        self._set(after)

    def _set(self, after: Content) -> None:
        self.now = dict(sorted(after.items()))
        self.held(self.now)

    def held(self, content: Content) -> None:
        """The notebook held this, so a copy of it may."""
        self.states.setdefault(frozen(content), len(self.states))

    def without_forgotten(self, content: Content) -> Content:
        """What is left of a state from before they were forgotten."""
        return {name: card for name, card in content.items() if name not in self.forgotten}

    def met_again(self, older: Content, later: Content, since: Content | None = None) -> list[Content]:
        """What an older state may become that is met again where ``later`` was: without who was forgotten, and with the
        noes of that or, where that is an older state itself, of some state since ``since``, which a copy has."""
        found = [later]
        if since is not None:
            first = self.states.get(frozen(since), 0)
            found += [dict(state) for state, number in self.states.items() if number >= first]
        kept = self.without_forgotten(older)
        made = [{name: card.with_noes_of(known.get(name, card)) for name, card in kept.items()} for known in found]
        return [one for place, one in enumerate(made) if one not in made[:place]]

    def was_confirmed(self, content: Content) -> bool:
        """Whether the notebook held this once, perhaps with somebody who was forgotten since."""
        if frozen(content) in self.states:
            return True
        found = frozen(self.without_forgotten(content))
        return any(frozen(self.without_forgotten(dict(state))) == found for state in self.states)

    def said(self, name: str) -> dict[Line, int]:
        """Every line of the register that was ever confirmed on a card, with its place in the order."""
        found: dict[Line, int] = {}
        for state in self.states:
            for line in dict(state).get(name, Card()).lines:
                found.setdefault(line, len(found))
        return found

    def forget(self, name: str) -> Content:
        """What holds without somebody."""
        return {other: card for other, card in self.now.items() if other != name}

    def forgot(self, name: str) -> None:
        """It was confirmed that nothing is left; what that change or another said of them can't be foretold to undo."""
        self.forgotten.add(name)
        self.changes = [change for change in self.changes if name not in change.before]

    def undoable(self) -> list[Change]:
        """Changes after which nothing else was done to the same cards."""
        found, later = [], set[str]()
        for change in reversed(self.changes):
            if change.number > 0 and not later & change.before.keys():
                found.append(change)
            later |= change.before.keys()
        return found

    def undone(self, change: Change, at: str) -> Content:
        """What holds when it is taken back at that moment."""
        before = {name: card for name, card in change.before.items() if card is not None}
        answered = {name: self.now.get(name, card).as_before(card, at) for name, card in before.items()}
        after = {**self.now, **answered}
        return {name: card for name, card in after.items() if change.before.get(name, card) is not None}


def frozen(content: Content) -> tuple[tuple[str, Card], ...]:
    """The same, to be found again in a set."""
    return tuple(sorted(content.items()))


def difference(expected: Content, found: Content) -> str:
    """In words: who is missing, who is there that should not be, and what differs on whose card."""
    said = [f"{name} is not there" for name in expected if name not in found]
    said += [f"{name} should not be there" for name in found if name not in expected]
    for name, card in expected.items():
        for field, one, other in zip(Card._fields, card, found.get(name, card), strict=True):
            if one != other:
                said.append(f"{field} of {name} should be {one!r}, is {other!r}")
    return "; ".join(said)
