"""Made-up customers, one after another: who they are and how to reach them. Their history is in ``histories``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple, TypeVar

from kapperboek.demo import demo_words
from kapperboek.demo.ages import suit
from kapperboek.demo.histories import History
from kapperboek.domain.people.names import fold, split_family
from kapperboek.domain.records import (
    Address,
    ConsentRecord,
    CustomerRecord,
    Email,
    Phone,
    RelationRecord,
    WarningRecord,
)

Item = TypeVar("Item")

_MALE = 0.32
_FAMILY = 0.22  # of the customers bring a family along
_FIRM = 0.01


class Home(NamedTuple):
    """Home that a household shares: family name, address and landline."""

    prefix: str
    family: str
    address: Address | None
    landline: str


class People:
    """Customers from a seed: the same seed, day and number give the same people in the same order."""

    def __init__(self, seed: int, today: date, moments: float) -> None:
        self.rng = Random(seed)
        self.today = today
        self.history = History(self.rng, today, moments)
        self._waiting: list[CustomerRecord] = []  # the rest of a family
        self._households: set[str] = set()

    def next(self) -> CustomerRecord:
        """The next customer, without a number."""
        if not self._waiting:
            self._waiting = self._family() if self.rng.random() < _FAMILY else [self._single()]
            self._waiting.reverse()
        return self._waiting.pop()

    def _single(self) -> CustomerRecord:
        if self.rng.random() < _FIRM:
            return self._firm()
        record = self._person(self._home(), self._year(), self.rng.random() < _MALE)
        if self.rng.random() < 0.012:
            record.deceased = True
            record.interactions = [item for item in record.interactions if item.kind != "appointment"]
        return record

    def _family(self) -> list[CustomerRecord]:
        """Parents and children: one address, often one telephone, not always one name."""
        rng, home = self.rng, self._home(must=True)
        year = 1965 + int(rng.random() * 28)
        parents = [
            self._person(home, year, False),
            self._person(home, year - 2 + int(rng.random() * 5), True),
        ]
        children = [
            self._person(home, min(self.today.year - 3, year + 24 + int(rng.random() * 12)), rng.random() < 0.5)
            for _child in range(1 + int(rng.random() * 2.4))
        ]
        if rng.random() < 0.25:
            parents[0].prefix, parents[0].family_name = self._family_name()
        for child in children:
            child.phones = parents[0].phones[:1]
            child.emails, child.organisation = [], ""
            for parent in parents:
                parent.relations.append(RelationRecord("child", child.given_name, child.birthday, child.uid))
        members = [*parents[: 1 if rng.random() < 0.4 else 2], *children]
        assert home.address is not None
        household = f"{home.family}, {home.address.street} {home.address.number}"
        if household in self._households:  # a household is known by its name
            household += f", {home.address.postcode}"
        self._households.add(household)
        for member in members:
            member.household = household
        return members

    def _firm(self) -> CustomerRecord:
        record = CustomerRecord(
            uid=self._uid(), organisation=self._pick(demo_words.FIRMS) + " " + self._pick(demo_words.NAME_STARTS)
        )
        record.phones = [Phone(self._landline(self._pick(demo_words.PLACES)[2]), "work")]
        record.addresses = [self._address()]
        return record

    def _person(self, home: Home, year: int, male: bool) -> CustomerRecord:
        rng = self.rng
        generation = 0 if year < 1955 else 1 if year < 1985 else 2 if year < 2005 else 3
        given = self._pick(_GIVEN[male][generation])
        record = CustomerRecord(uid=self._uid(), given_name=given, prefix=home.prefix, family_name=home.family)
        record.phones = [Phone(self._mobile(), "mobile")] if rng.random() < 0.9 else []
        if home.landline:
            record.phones.append(Phone(home.landline, "home"))
        if rng.random() < 0.62:
            record.emails = [Email(self._mail(given, home.family, year))]
        record.addresses = [home.address] if home.address else []
        record.birthday = self._birthday(year)
        self._know(record, self.today.year - year)
        self.history.fill(record, male, self.today.year - year)
        suit(record, self.today.year - year)
        return record

    def _know(self, record: CustomerRecord, age: int) -> None:
        """Fill in the profile with what the shop has come to know of somebody; more of some than of others."""
        rng = self.rng
        if rng.random() < 0.45:
            record.profile["hobby"] = list(
                dict.fromkeys(self._pick(demo_words.HOBBIES) for _n in range(1 + int(rng.random() * 2)))
            )
        if rng.random() < 0.4 and age > 20:
            record.profile["job"] = "gepensioneerd" if age > 67 else self._pick(demo_words.JOBS)
        if rng.random() < 0.3:
            record.profile["coffee"] = self._pick(demo_words.COFFEE)
        if rng.random() < 0.15:
            record.profile["holiday"] = self._pick(demo_words.HOLIDAYS)
        if rng.random() < 0.12:
            record.profile["style"] = self._pick(demo_words.STYLES)
        if rng.random() < 0.25:
            record.profile["labels"] = [self._pick(demo_words.LABELS)]
        if rng.random() < 0.07:
            text, health = self._pick(demo_words.WARNINGS)
            record.warnings = [WarningRecord(text, health)]
        if rng.random() < 0.03:
            record.avoid = [self._pick(demo_words.AVOID)]
        if rng.random() < 0.05:
            record.wishes = [self._pick(demo_words.WISHES)]
        if rng.random() < 0.02:
            record.profile_refused = ["family"]
        if rng.random() < 0.3:
            record.preferred_channel = self._pick(("whatsapp", "phone", "email", "sms"))
        if rng.random() < 0.3:
            at = (self.today - timedelta(days=int(rng.random() * 900))).isoformat()
            record.consents = [ConsentRecord("birthday", self._pick(("post", "email")), "given", at, "aan de balie")]

    def _home(self, must: bool = False) -> Home:
        prefix, family = self._family_name()
        address = self._address() if must or self.rng.random() < 0.75 else None
        landline = self._landline(_AREAS.get(address.place, "038")) if address and self.rng.random() < 0.2 else ""
        return Home(prefix, family, address, landline)

    def _family_name(self) -> tuple[str, str]:
        """Family name: half the country shares a hundred names; the other half has names of its own."""
        draw = self.rng.random()
        if draw < 0.55:
            return _FAMILY_NAMES[int(len(_FAMILY_NAMES) * (draw / 0.55) ** 1.8)]
        name = self._pick(demo_words.NAME_STARTS) + self._pick(demo_words.NAME_ENDS)
        if draw > 0.97:
            name += "-" + _FAMILY_NAMES[int(self.rng.random() * len(_FAMILY_NAMES))][1]
        return self._pick(demo_words.PREFIXES), name

    def _address(self) -> Address:
        place, area, _phone = self._pick(demo_words.PLACES)
        letters = "ABCDEGHJKLMNPRSTVWXZ"
        postcode = f"{area}{1 + int(self.rng.random() * 9)} {self._pick(letters)}{self._pick(letters)}"
        number = str(1 + int(self.rng.random() ** 2 * 180)) + ("a" if self.rng.random() < 0.05 else "")
        return Address(self._pick(demo_words.STREETS), number, postcode, place, "NL")

    def _year(self) -> int:
        age = 4 + int(abs(self.rng.random() + self.rng.random() - 0.25) * 52)
        return self.today.year - min(96, age)

    def _birthday(self, year: int) -> str | None:
        draw = self.rng.random()
        if draw > 0.85:
            return None
        day = date(year, 1, 1) + timedelta(days=int(self.rng.random() * 365))
        return f"--{day:%m-%d}" if draw > 0.79 else day.isoformat()

    def _mobile(self) -> str:
        digits = f"{10000000 + int(self.rng.random() * 79999999):08d}"
        style = self.rng.random()
        if style < 0.4:
            return f"06 {digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}"
        if style < 0.7:
            return f"06-{digits}"
        return f"+31 6 {digits}" if style < 0.8 else f"06{digits}"

    def _landline(self, area: str) -> str:
        digits = f"{200000 + int(self.rng.random() * 799999):06d}"
        return f"{area}-{digits}" if len(area) == 4 else f"{area}-{2 + int(self.rng.random() * 8)}{digits}"

    def _mail(self, given: str, family: str, year: int) -> str:
        name = f"{fold(given)}.{fold(family)}".replace(" ", "").replace("'", "")
        if self.rng.random() < 0.4:
            name = f"{fold(given)[:1]}{fold(family)}{year % 100:02d}".replace(" ", "").replace("'", "")
        return f"{name}@{self._pick(_MAIL_HOMES)}"

    def _uid(self) -> str:
        text = f"{self.rng.getrandbits(128):032x}"
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:]}"

    def _pick(self, items: Sequence[Item]) -> Item:
        return items[int(self.rng.random() * len(items))]


_MAIL_HOMES = ("voorbeeld.nl", "mail.example", "post.example", "thuis.example")
_AREAS = {place: phone for place, _postcode, phone in demo_words.PLACES}
_GIVEN = tuple(tuple(line.split() for line in lines) for lines in (demo_words.WOMEN, demo_words.MEN))


def _split(name: str) -> tuple[str, str]:
    return split_family(name)


_FAMILY_NAMES = tuple(map(_split, demo_words.FAMILY_NAMES))
