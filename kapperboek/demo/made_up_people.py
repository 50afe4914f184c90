"""Made-up customers, one after another: who they are and how to reach them. Their history is in ``histories``."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from kapperboek.demo.ages import suit
from kapperboek.demo.demo_words import Chooser, words
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

_MALE = 0.32
_FAMILY = 0.22  # of the customers bring a family along
_FIRM = 0.01


class Home(NamedTuple):
    """Home that a household shares: family name, address and landline."""

    prefix: str
    family: str
    address: Address | None
    landline: str


class People(Chooser):
    """Customers from a seed: the same seed, day and number give the same people in the same order."""

    def __init__(self, seed: int, today: date, moments: float) -> None:
        super().__init__(Random(seed))
        self.today = today
        self.history = History(self.rng, today, moments)
        self._waiting: list[CustomerRecord] = []  # the rest of a family
        self._households: set[str] = set()
        self._families = list(map(split_family, words("family_names")))

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
            uid=self._uid(), organisation=self.word("firms") + " " + self.word("name_starts")
        )
        record.phones = [Phone(self._landline(self.word("places")["phone"]), "work")]
        record.addresses = [self._address()]
        return record

    def _person(self, home: Home, year: int, male: bool) -> CustomerRecord:
        rng = self.rng
        generation = 0 if year < 1955 else 1 if year < 1985 else 2 if year < 2005 else 3
        given = self.pick(words("men" if male else "women")[generation])
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
                dict.fromkeys(self.word("hobbies") for _n in range(1 + int(rng.random() * 2)))
            )
        if rng.random() < 0.4 and age > 20:
            record.profile["job"] = "gepensioneerd" if age > 67 else self.word("jobs")
        if rng.random() < 0.3:
            record.profile["coffee"] = self.word("coffee")
        if rng.random() < 0.15:
            record.profile["holiday"] = self.word("holidays")
        if rng.random() < 0.12:
            record.profile["style"] = self.word("styles")
        if rng.random() < 0.25:
            record.profile["labels"] = [self.word("labels")]
        if rng.random() < 0.07:
            record.warnings = [WarningRecord(**self.word("warnings"))]
        if rng.random() < 0.03:
            record.avoid = [self.word("avoid")]
        if rng.random() < 0.05:
            record.wishes = [self.word("wishes")]
        if rng.random() < 0.02:
            record.profile_refused = ["family"]
        if rng.random() < 0.3:
            record.preferred_channel = self.pick(("whatsapp", "phone", "email", "sms"))
        if rng.random() < 0.3:
            at = (self.today - timedelta(days=int(rng.random() * 900))).isoformat()
            record.consents = [ConsentRecord("birthday", self.pick(("post", "email")), "given", at, "aan de balie")]

    def _home(self, must: bool = False) -> Home:
        prefix, family = self._family_name()
        address = self._address() if must or self.rng.random() < 0.75 else None
        landline = self._landline(_phone_area(address.place)) if address and self.rng.random() < 0.2 else ""
        return Home(prefix, family, address, landline)

    def _family_name(self) -> tuple[str, str]:
        """Family name: half the country shares a hundred names; the other half has names of its own."""
        draw = self.rng.random()
        if draw < 0.55:
            return self._families[int(len(self._families) * (draw / 0.55) ** 1.8)]
        name = self.word("name_starts") + self.word("name_ends")
        if draw > 0.97:
            name += "-" + self.pick(self._families)[1]
        return self.word("prefixes"), name

    def _address(self) -> Address:
        area = self.word("places")
        letters = "ABCDEGHJKLMNPRSTVWXZ"
        postcode = f"{area['postcode']}{1 + int(self.rng.random() * 9)} {self.pick(letters)}{self.pick(letters)}"
        number = str(1 + int(self.rng.random() ** 2 * 180)) + ("a" if self.rng.random() < 0.05 else "")
        return Address(self.word("streets"), number, postcode, area["place"], "NL")

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
        return f"{name}@{self.pick(_MAIL_HOMES)}"

    def _uid(self) -> str:
        text = f"{self.rng.getrandbits(128):032x}"
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:]}"


_MAIL_HOMES = ("voorbeeld.nl", "mail.example", "post.example", "thuis.example")


def _phone_area(place: str) -> str:
    return next(str(one["phone"]) for one in words("places") if one["place"] == place)
