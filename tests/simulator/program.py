"""One running Kapperboek: a process of its own that does what it is told, as its window would, and can be killed.

Told and answering over a pair of sockets, so that only one at a time does something: what happens depends on the seed
alone. It uses what the window uses: the services. A fault is made between it and the disk (``tests/faults/between``).
"""

from __future__ import annotations

import errno
import os
import pickle
import secrets
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, NoReturn

from kapperboek.domain.errors import UserError
from kapperboek.domain.records import CustomerRecord, Phone
from kapperboek.domain.time.clock import FixedClock
from kapperboek.domain.views.list_views import CustomerFilter
from kapperboek.services import drafts, journal
from kapperboek.services.customers import customers
from kapperboek.services.importing import exporting, importing
from kapperboek.services.inputs import ContactInput, NewPoint, TalkDecision, VisitInput
from kapperboek.services.keeping import maintenance, notebooks, whereabouts
from kapperboek.services.moments import moments, talk
from kapperboek.services.privacy import consents, forgetting
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write import unit_of_work
from kapperboek.system.key_store import KeyStore
from tests.conftest import KEY
from tests.faults import between
from tests.simulator import careless
from tests.simulator.model import Card, Content, Line

FAULTS = {
    "killed before a step": (between.KILL_BEFORE, 0),
    "killed halfway a step": (between.KILL_HALFWAY, 0),
    "the disk full": (between.FULL, errno.ENOSPC),
    "one step fails": (between.FAIL_ONCE, errno.EIO),
}


class Fault(NamedTuple):
    """What goes wrong, at which step of what is asked next."""

    kind: str
    at: int


class Answer(NamedTuple):
    """``done`` with a value, ``refused`` with a sentence, ``died``, or ``bug`` with where."""

    how: str
    value: Any = None
    code: str = ""


class Places(NamedTuple):
    """Where copies go, and where this computer keeps what it knows."""

    room: Path
    copies: Path
    computer: Path


class Running:
    """The hands of the world on one such process."""

    def __init__(self, places: Places, seed: str, others: list[Running]) -> None:
        ours, theirs = socket.socketpair()
        self.number = os.fork()
        if self.number == 0:
            for one in (ours, *(other.line for other in others)):
                one.close()
            _serve(theirs, Hands(places), seed)
        theirs.close()
        self.line = ours
        self._reading, self._writing = ours.makefile("rb"), ours.makefile("wb")
        self.alive = True

    def ask(self, name: str, *args: object, fault: Fault | None = None) -> Answer:
        """Have it do something, and hear what came of it."""
        try:
            pickle.dump((name, args, fault), self._writing)
            self._writing.flush()
            return Answer(*pickle.load(self._reading))
        except (EOFError, ConnectionError, pickle.UnpicklingError):
            self._gone()
            return Answer("died")

    def kill(self) -> None:
        """``kill -9``: nothing is closed, nothing tidied up."""
        if self.alive:
            os.kill(self.number, signal.SIGKILL)
            self._gone()

    def _gone(self) -> None:
        if self.alive:
            self.alive = False
            self.line.close()
            os.waitpid(self.number, 0)


class Hands:
    """What can be asked of it."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.book: Notebook | None = None
        self.keeper = KeyStore(lambda: places.computer)

    @property
    def _open(self) -> Notebook:
        assert self.book is not None
        return self.book

    def _id(self, name: str) -> int:
        found = customers.find(self._open, name).results
        return next(one.customer_id for one in found if one.name == name)

    def be_careless(self, how: str) -> None:
        """Break a promise on purpose: the simulator must notice."""
        careless.CARELESS[how]()

    # ---- the file

    def begin(self, path: Path, now: datetime) -> None:
        """The first start."""
        clock = FixedClock(now)
        self.book = notebooks.create(path, key=KEY, shop_name="Zaak", staff_name="Odette", clock=clock)

    def open(self, path: Path, now: datetime) -> tuple[str, str, Path | None] | None:
        """Open it, and what is said of it then: kind, name, and a newer copy."""
        self.book = notebooks.open_(
            path, key=KEY, keeper=self.keeper, backups=self.places.copies, clock=FixedClock(now)
        )
        said = whereabouts.remark(self.book, self.keeper, self.places.copies)
        return None if said is None else (said.kind, said.name, said.copy)

    def read_it(self) -> None:
        """Whoever sits there has read what was said, and goes on with this file."""
        said = whereabouts.remark(self._open, self.keeper, self.places.copies)
        if said is not None:
            whereabouts.told(self._open, self.keeper, said)

    def now(self, now: datetime) -> None:
        """The clock on the wall says this."""
        if self.book is not None:
            self.book.clock = FixedClock(now)

    def look(self) -> bool:
        """Whether the file is where it was, as the window asks every few seconds."""
        return whereabouts.look(self._open).here

    def settle(self) -> None:
        whereabouts.settle(self._open, self.keeper)

    def secure(self) -> Path | None:
        return whereabouts.secure(self._open, [self.places.copies])

    def look_after(self) -> None:
        maintenance.look_after(self._open, self.places.copies, self.keeper)

    def copy_at_closing(self) -> None:
        maintenance.closing_backup(self._open, self.places.copies, self.keeper)

    def close(self) -> Path | None:
        """Let go of it; where all of it is kept, if the file had no name any more."""
        self._open.close()
        kept, self.book = self._open.file.kept, None
        return kept

    def restore(self, copy: Path, path: Path, now: datetime) -> Path:
        return maintenance.restore(copy, path, key=KEY, now=now, keeper=self.keeper)

    # ---- looking

    def content(self) -> Content:
        """All that the simulator writes, read as an export and a card read it."""
        found: dict[str, Card] = {}
        for id in customers.list_customers(self._open, CustomerFilter()):
            told = exporting.document_of(self._open, id)
            allowed = consents.allowed(self._open, id)
            register = reversed(consents.register(self._open, id).history)
            name = str(told["given_name"])
            while name in found:
                name += " (again)"
            found[name] = Card(
                ", ".join(sorted(phone["value"] for phone in told.get("phones", ()))),
                told.get("note", ""),
                tuple(sorted((one["kind"], one["at"], one.get("note", "")) for one in told.get("interactions", ()))),
                tuple(sorted((one["text"], one.get("state", "open"), one.get("outcome", ""))
                             for one in told.get("talk_points", ()))),
                tuple(sorted((purpose, channel) for purpose, channels in allowed.items() for channel in channels)),
                tuple(Line(one.purpose, one.channel, one.state, one.at.isoformat(timespec="minutes"))
                      for one in register),
            )
        return found

    def check(self) -> list[str]:
        return list(maintenance.check(self._open).problems)

    # ---- what people do

    def new(self, name: str, phone: str) -> int:
        return customers.new_customer(self._open, CustomerRecord(given_name=name, phones=[Phone(phone)])).change_id

    def visit(self, name: str, at: str, note: str, point: str) -> int:
        id = self._id(name)
        drafts.save(self._open, f"visit-{id}", "visit", id, note[:5])
        points = (NewPoint(point),) if point else ()
        visit = VisitInput(id, at, 1, ("Knippen",), note=note, new_points=points)
        return moments.record_visit(self._open, visit, draft_id=f"visit-{id}").change_id

    def call(self, name: str, at: str, note: str, point: str, answer: str) -> int:
        """A call in which a talk point is discussed."""
        id = self._id(name)
        card = customers.open_card(self._open, id)
        (which,) = [one.id for one in card.talk_points if one.text == point]
        talked = (TalkDecision(which, "discussed", answer),)
        return moments.record_contact(self._open, ContactInput(id, "call", at, 1, note=note, talk=talked)).change_id

    def point(self, name: str, text: str) -> int:
        return talk.add_point(self._open, self._id(name), text).change_id

    def note(self, name: str, note: str) -> int:
        id = self._id(name)
        record, version = customers.identity(self._open, id)
        record.note = note
        return customers.edit_customer(self._open, id, record, version=version).change_id

    def consent(self, name: str, purpose: str, channel: str, state: str) -> int:
        id = self._id(name)
        return consents.record_consent(self._open, id, purpose, channel, state, how="aan de balie").change_id

    def undo(self, number: int) -> int:
        return journal.undo(self._open, number).change_id

    def forget(self, name: str) -> int:
        forgetting.forget(self._open, self._id(name))
        return 0

    def export(self, path: Path) -> int:
        exporting.export_file(self._open, path)
        return 0

    def bring(self, path: Path) -> tuple[int, list[str]]:
        """An import; its change, and all that was remarked about it."""
        report = importing.import_files(self._open, [path])
        (file,) = report.files
        likenesses = [f"{one.name} may be somebody forgotten" for one in file.forgotten]
        return report.batch, [*likenesses, *file.remarks, *(reason for _record, _line, reason, _text in file.failed)]

    def bring_back(self, copy: Path, name: str) -> int:
        """One card out of a copy."""
        return maintenance.bring_back(self._open, copy, name).change_id

    def today(self) -> date:
        return self._open.clock.today()


def _serve(line: socket.socket, hands: Hands, seed: str) -> NoReturn:
    """The other side, until nobody asks any more. What the program draws by lot, it draws from the seed too."""
    reading, writing = line.makefile("rb"), line.makefile("wb")
    chance, faults = Random(seed), between.loaded()
    secrets.token_hex = lambda n=32: chance.randbytes(n or 32).hex()
    secrets.randbits = chance.getrandbits
    os.urandom = chance.randbytes
    unit_of_work.THIS_RUN = secrets.token_hex(4)
    try:
        while True:
            name, args, fault = pickle.load(reading)
            if faults is not None:
                faults.between_watch(bytes(hands.places.room), -1)
                if fault is not None:
                    what, number = FAULTS[fault.kind]
                    faults.between_fault(what, fault.at, number)
            answer = _answer(getattr(hands, name), args)
            if faults is not None:
                faults.between_fault(0, 0, 0)
            pickle.dump(answer, writing)
            writing.flush()
    except EOFError:
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(1)


def _answer(do: Callable[..., object], args: tuple[object, ...]) -> tuple[str, object, str]:
    try:
        return "done", do(*args), ""
    except UserError as error:
        return "refused", error.message, error.code
    except Exception:
        return "bug", traceback.format_exc(), ""
