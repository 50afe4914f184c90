"""Import of people: the customer a record of a file is, known for certain, or somebody new.

Nobody is ever joined on likeness alone. A record is somebody we know when it has the uid of a card, when its source
gave it a key that we have seen, when a notebook document calls it by its number, or when the very same record was
read before. Everybody else is new, and when they look like somebody they are counted, to be merged by a person.

A key holds within its source. The UID of a vCard is meant to be unique in the world, so all vCards are one source. A
number in a list holds within lists of that name: "klanten 2026-11.csv" and "Klanten (1).xlsx" are the same list of
another day. Because two shops may both have a "klanten.csv", a key in a list does not count when the first name, or
family name and birthday, contradict it. A renamed file is recognised all the same, by its records.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import fields
from functools import cache
from itertools import compress
from operator import attrgetter
from typing import Any

from kapperboek.domain.errors import UserError
from kapperboek.domain.law.health_words import is_about_health
from kapperboek.domain.people import matching
from kapperboek.domain.people.record_policies import Marks, marks
from kapperboek.domain.records import CustomerRecord, SourceRecord
from kapperboek.domain.views.list_views import Double, MaybeForgotten
from kapperboek.i18n import _, ngettext
from kapperboek.services.importing import import_remarks
from kapperboek.services.importing.import_tally import Tally, stops_everything
from kapperboek.services.row_checks import region_of
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy.erasure_list import Likeness
from kapperboek.storage.read import matching_store
from kapperboek.storage.records.record_reader import read_customer
from kapperboek.storage.records.record_update import update
from kapperboek.storage.records.record_writer import RecordWriter
from kapperboek.storage.write.row_lookup import called, customer_count, id_of_number, id_of_uid, last_customer
from kapperboek.storage.write.unit_of_work import UnitOfWork

_NOT_A_NAME = re.compile(r"[\W\d_]+")
_DOUBLES_NAMED = 200  # of one file, for a person to look at
_BETWEEN = "\0"
_COMPARED = 50  # people with the same name or number that a new one is compared with, at most


def source_of(format: str, stem: str) -> str:
    """The source that keys of such a file belong to."""
    if format in ("vcard", "document", "ical"):
        return format
    name = _NOT_A_NAME.sub(" ", stem).strip().lower()
    return f"{'ldif' if format == 'ldif' else 'list'}:{name}"


def digest_of(record: CustomerRecord) -> str:
    """A fingerprint of everything in a record. Empty fields are left out, so that later versions, which know more
    fields, give the same.
    """
    pieces = _filled(record)
    text = _BETWEEN.join(pieces)
    if text.count(_BETWEEN) >= len(pieces):  # what is to stand between them stands in one of them
        text = repr(pieces)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _filled(record: Any) -> list[str]:
    """The names of the fields that hold something, and what they hold, as text one after the other."""
    names, get = _fields_of(record.__class__)
    values = get(record)
    pieces = [" ".join(compress(names, values))]
    for value in compress(values, values):
        if value.__class__ is list and value[0].__class__ is not str:
            pieces.append(str(len(value)))
            for one in value:
                pieces += _filled(one)
        else:
            pieces.append(value if value.__class__ is str else repr(value))
    return pieces


@cache
def _fields_of(kind: Any) -> tuple[tuple[str, ...], Any]:
    names = tuple(field.name for field in fields(kind))
    return names, attrgetter(*names)


class Known:
    """Memory of what this run has read so far, over all its files; the notebook itself is asked for the rest."""

    def __init__(self, book: Notebook, *, leaves_forgotten: bool = False) -> None:
        self.book = book
        self.region = region_of(book)
        self.anybody_before = customer_count(book) > 0
        self.last_before = last_customer(book)
        self.digests: dict[str, int] = {}
        self.keys: dict[tuple[str, str], int] = {}
        self.uids: dict[str, int] = {}
        self.forgotten = Likeness(book)
        self.leaves_forgotten = leaves_forgotten
        self._alike: dict[object, list[tuple[int, matching.Keys]]] = {}

    def remember(self, customer_id: int, source: str, item: SourceRecord, digest: str) -> None:
        """Remember a record that was read, as this customer."""
        self.digests[digest] = customer_id
        if item.key:
            self.keys.setdefault((source, item.key), customer_id)
        if item.customer.uid:
            self.uids[item.customer.uid] = customer_id

    def maybe_forgotten(self, record: CustomerRecord, place: int, tally: Tally) -> MaybeForgotten | None:
        """That a new card may be somebody who was forgotten, if so. When those are to be left out it is noted, and
        UserError "forgotten" raised."""
        reasons = self.forgotten.reasons(record, matching.keys(record, self.region))
        maybe = MaybeForgotten(_shown(record), 0, place, tuple(reasons)) if reasons else None
        if maybe is not None and self.leaves_forgotten:
            if all(maybe.name != one.name for one in tally.forgotten):  # a calendar has them many times
                tally.forgotten.append(maybe)
            raise UserError("forgotten", _("Left out, as maybe somebody you have forgotten."))
        return maybe

    def meet(self, customer_id: int, card: matching.Keys) -> tuple[int, matching.Keys] | None:
        """A new card, to compare later ones with; somebody met before who may be the same person, if any."""
        mine, found = (customer_id, card), None
        for mark in dict.fromkeys(_marks(card)):  # a double name may sound the same twice
            alike = self._alike.get(mark)
            if alike is None:
                self._alike[mark] = [mine]
                continue
            found = found or next((one for one in alike if matching.may_be_one(card, one[1])), None)
            if len(alike) < _COMPARED:
                alike.append(mine)
        return found or self._in_notebook(card)

    def _in_notebook(self, card: matching.Keys) -> tuple[int, matching.Keys] | None:
        if not self.anybody_before:
            return None

        found = matching_store.candidates(self.book, card, limit=_COMPARED)
        return next((one for one in found if matching.may_be_one(card, one[1])), None)


def _marks(card: matching.Keys) -> list[object]:
    """Marks for finding doubles, of which two cards of one person have at least one in common: a number, an address, a
    birthday, the sound of the name.
    """
    marks: list[object] = [*card.phones, *card.mails]
    called = [matching.sound(name) for name in (*card.given[:1], card.nickname) if name] or [card.initials[:1]]
    marks += [(family, given) for family in card.sounds for given in called]
    if not card.sounds:
        marks.append((card.organisation or called[0], card.birthday))
    if card.birthday and not card.birthday.startswith("-"):
        marks.append(("born", card.birthday))
    if card.address:
        marks.append(("lives", card.address))
    return marks


class People:
    """Import of the people of one file, record by record."""

    def __init__(self, uow: UnitOfWork, tally: Tally, known: Known) -> None:
        self.uow, self.tally, self.known = uow, tally, known
        self.source = source_of(tally.format, tally.stem)
        self.writer = RecordWriter(uow)
        self._alike: list[tuple[int, int, list[str]]] = []
        self._keys: set[str] = set()  # met in this very file
        self._left_out: Counter[str] = Counter()
        self._about_health = 0  # warnings that are, and stand where everybody reads them

    def take(self, item: SourceRecord) -> None:
        """Add, update or recognise somebody; a record that cannot be taken is reported."""
        before = self.tally.unchanged
        try:
            self._take(item)
        except UserError as error:
            if stops_everything(error):
                raise
            self.tally.fail(item.record, item.line, error.message, _shown(item.customer))
            return
        self._left_out.update(item.left_out)
        new = self.tally.unchanged == before
        if new:
            warnings = item.customer.warnings
            self._about_health += sum(not line.health and is_about_health(line.text) for line in warnings)
        for remark in (*item.remarks, *(import_remarks.on_reach(item.customer, self.known.region) if new else ())):
            self.tally.remark(_("Record {n}: {remark}").format(n=item.record, remark=remark))

    def finish(self) -> None:
        """Write what is still kept back, and tell whose number was taken already and who may be double."""
        self.writer.flush()
        self._name_doubles()
        for name, n in self._left_out.items():
            text = ngettext("{what} was left out of {n} card.", "{what} was left out of {n} cards.", n)
            self.tally.remark(text.format(what=name, n=n))
        if n := self._about_health:
            text = ngettext(
                "{n} warning is about health and everybody can read it: put it under Health on the card.",
                "{n} warnings are about health and everybody can read them: put them under Health on the card.", n,
            )
            self.tally.remark(text.format(n=n))
        for other in self.writer.renumbered:
            text = _("Number {wanted} belonged to somebody else already; this customer got number {number}.")
            self.tally.remark(text.format(wanted=other.wanted, number=other.number))

    def _name_doubles(self) -> None:
        names = called(self.uow.book, [one for pair in self._alike for one in pair[:2]])
        for mine, other, reasons in self._alike:
            (name, _own), (other_name, number) = names[mine], names[other]
            before = other <= self.known.last_before
            self.tally.doubles.append(Double(name, mine, other_name, number, other, before, tuple(reasons)))

    def _take(self, item: SourceRecord) -> None:
        digest = digest_of(item.customer)
        if customer_id := self._read_before(digest):
            self.tally.unchanged += 1
        elif customer_id := self._known_by_name(item):
            said = self._said_before(customer_id, item)
            changed = update(self.writer, customer_id, item.customer, said)
            self.tally.updated += changed
            self.tally.unchanged += not changed
            if changed or (said and said != marks(item.customer, self.known.region)):
                self.writer.read_from(customer_id, item.customer, self.source, item.key, digest)
            self._tell_what_stayed(item)
        else:
            customer_id = self._add(item, digest)
        for name, doubt in self.writer.doubted:
            self.tally.remark(_("Record {n}: {remark}").format(n=item.record, remark=f"{name}: {doubt}"))
        self.writer.doubted.clear()
        self.known.remember(customer_id, self.source, item, digest)
        if item.key:
            self._keys.add(item.key)

    def _said_before(self, customer_id: int, item: SourceRecord) -> Marks:
        """Marks of what this source gave of this customer before; none when it has one key for several people."""
        if not self.known.anybody_before or item.key in self._keys:
            return {}
        return matching_store.source_marks(self.uow.book, customer_id, self.source, item.key)

    def _tell_what_stayed(self, item: SourceRecord) -> None:
        """A card keeps its name and birthday; that the file has others must not go by unseen."""
        text = _("Record {n}: the card of {name} keeps “{kept}”; the file has “{other}”.")
        for name, kept, other in self.writer.contradicted:
            self.tally.remark(text.format(n=item.record, name=name, kept=kept, other=other))
        self.writer.contradicted.clear()
        text = _(
            "Record {n}: the card of {name} was changed here since; where the file says otherwise it stays as it is."
        )
        for name in self.writer.kept:
            self.tally.remark(text.format(n=item.record, name=name))
        self.writer.kept.clear()
        text = _("Record {n}: the file no longer has “{what}” of {name}; it stays on the card.")
        for name, what in self.writer.gone:
            self.tally.remark(text.format(n=item.record, what=what, name=name))
        self.writer.gone.clear()

    def _add(self, item: SourceRecord, digest: str) -> int:
        card = matching.keys(item.customer, self.known.region)
        maybe = self.known.maybe_forgotten(item.customer, item.record, self.tally)
        customer_id = self.writer.add(item.customer, source=self.source, key=item.key, digest=digest)
        self.tally.added += 1
        if maybe is not None:
            self.tally.forgotten.append(maybe._replace(customer_id=customer_id))
        if alike := self.known.meet(customer_id, card):
            self.tally.possible_duplicates += 1
            if len(self._alike) < _DOUBLES_NAMED:
                self._alike.append((customer_id, alike[0], matching.likeness(card, alike[1])[1]))
        return customer_id

    def _read_before(self, digest: str) -> int:
        """Customer that the very same record became when it was read before, 0 when it is new."""
        if customer_id := self.known.digests.get(digest):
            return customer_id
        if not self.known.anybody_before:
            return 0

        return matching_store.source_lookup(self.uow.book, "", "", digest)

    def _known_by_name(self, item: SourceRecord) -> int:
        """Customer with this uid, this key of the source, or in a notebook document this number; 0 when nobody."""
        if item.customer.uid and (found := self._by_uid(item.customer.uid)):
            return found
        if item.key and (found := self._by_key(item.key)):
            twice = item.key in self._keys  # some programs give everybody the same one
            return found if self._may_be(found, item.customer, always=twice) else 0
        if self.source == "document" and not item.customer.uid and item.customer.number:
            return self._by_number(item.customer)
        return 0

    def _by_uid(self, uid: str) -> int:
        found = self.known.uids.get(uid)
        return found or (id_of_uid(self.uow.book, uid) if self.known.anybody_before else 0)

    def _by_key(self, key: str) -> int:
        found = self.known.keys.get((self.source, key))
        if found or not self.known.anybody_before:
            return found or 0

        return matching_store.source_lookup(self.uow.book, self.source, key, "")

    def _by_number(self, record: CustomerRecord) -> int:
        self.writer.flush()
        found = id_of_number(self.uow.book, record.number.strip())
        return found if found and self._may_be(found, record, always=True) else 0

    def _may_be(self, customer_id: int, record: CustomerRecord, *, always: bool = False) -> bool:
        """A key in a list says who somebody is, unless the cards themselves say that they are two people."""
        if not (always or self.source.startswith(("list:", "ldif:"))):
            return True

        self.writer.flush()
        mine = matching.keys(record, self.known.region)
        theirs = matching.keys(read_customer(self.uow.book, customer_id), self.known.region)
        return not matching.two_people(mine, theirs)


def _shown(record: CustomerRecord) -> str:
    """Enough of a record to know which one it was."""
    reach = [*(phone.value for phone in record.phones[:1]), *(mail.value for mail in record.emails[:1])]
    name = (record.display_name, record.given_name, record.prefix, record.family_name, record.organisation)
    return " ".join(part for part in (*name, *reach) if part)
