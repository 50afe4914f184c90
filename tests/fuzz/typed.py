"""What is typed, scanned or handed over as text: the search box, the recovery key, days, amounts, numbers."""

from __future__ import annotations

from pathlib import Path

from kapperboek.domain.law import recovery_key
from kapperboek.domain.people import phones
from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.time import dates
from kapperboek.services import amount_parsing, attention
from kapperboek.services import settings as shop_settings
from kapperboek.services.customers import customers
from kapperboek.storage.file import key_derivation
from tests.conftest import KEY
from tests.fuzz.importers import book_in, somebody
from tests.fuzz.target import Choices, Target

FTS = (
    b'"', b"*", b"(", b")", b"^", b":", b"-", b"+", b"{", b"}", b"NEAR(", b" AND ", b" OR ", b" NOT ",
    b"name:", b"%", b"_",
    b"' OR 1=1 --", b"; DROP TABLE customer", b"\x00", b"\xcc\x88", b"van der", b"06", b"+31", b"@", b"#12",
    b"\xef\xbc\x90",
    b"\xd9\xa0", b"\xe2\x82\x82", b"\xc2\xb2", b"23-11", b"Tine", b"vries",
    b"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac",
)


class Search(Target):
    """The search box, up to the card that Enter makes of what nobody fits; also a barcode, with what ends it."""

    name = "search"
    tokens = FTS

    def __init__(self, room: Path) -> None:
        super().__init__(room)
        self.book = book_in(room, self.clock)
        for name in ("Tine", "Bo", "Marieke", "Jan Willem"):
            record = somebody()
            record.given_name, record.number = name, ""
            customers.new_customer(self.book, record)

    def seeds(self) -> list[bytes]:
        typed = ("tine", "vries tine", "06 1234", "thee", "tien@voorbeeld", "de 't Veld", "#12", "23-11-1985", "jansn")
        return [text.encode() for text in typed] + [b"4006381333931\r\n", b"https://x.nl/?a=1&b=<b>\n"]

    def run(self, data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        assert customers.find(self.book, text).total >= 0
        record = customers.record_from_text(text)
        assert isinstance(record, CustomerRecord)
        customers.may_exist(self.book, record)
        for ask in (customers.card_by_number, attention.caller):
            refused_at_most(ask, self.book, text)

    def close(self) -> None:
        self.book.close()


class Recovery(Target):
    """The recovery key as it is typed from paper or scanned; never what somebody chose for a passphrase."""

    name = "recovery"
    tokens = (
        b"-", b" ", b"\n", b"0", b"F", b"f", b"\xef\xbc\xa1", b"\xc2\xa0", b"\xc5\xbf", b"\xef\xac\x80", b"\xd9\xa1",
    )

    def seeds(self) -> list[bytes]:
        groups = recovery_key.groups(KEY)
        return ["-".join(groups).encode(), " ".join(groups).lower().encode(), KEY.hex().encode(), b"geheim woord"]

    def run(self, data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        for part in text.split("-"):
            recovery_key.is_right(part)
        key = recovery_key.parse(text)
        if key is not None:
            assert len(key) == key_derivation.KEY_BYTES and recovery_key.parse("".join(recovery_key.groups(key))) == key
            assert key_derivation.derive(text, bytes(16)) == key


class Typed(Target):
    """The small fields: a day, an amount, a telephone number, a name for a field of the card."""

    name = "typed"
    tokens = (
        b"23-11-1985", b"29 feb", b"over 6 weken", b"morgen", b"vr", b"9999999999999999999999", b"1e9", b"-0",
        b",5", b".",
        b"\xe2\x82\xac", b"1.234,56", b"+31", b"0031", b"tst 12", b"\xd9\xa3", b"\xc2\xbd", b"31-12-9999", b"--02-30",
    )

    def seeds(self) -> list[bytes]:
        typed = ("23-11-1985", "23 november", "over 3 weken", "96,50", "06 12345678", "+1 (212) 555-0100", "hobby")
        return [bytes([place % 3]) + text.encode() for place, text in enumerate(typed)]

    def run(self, data: bytes) -> None:
        choices = Choices(data)
        region = ("NL", "BE", "XX")[choices.number(3)]
        text = choices.bytes(len(data)).decode("utf-8", "replace")
        today = self.clock.today()
        dates.parse_typed(text)
        dates.parse_typed_day(text, today)
        dates.is_whole_day(text)
        amount = amount_parsing.parse_amount(text)
        if amount is not None:
            amount_parsing.amount_text(amount)
        for ask in (phones.canonical, phones.national_digits, phones.search_digits, phones.pretty):
            ask(text, region)
        shop_settings.free_key(text, {"field"})


def refused_at_most(ask: object, *arguments: object) -> None:
    """Call it; a refusal in words is an answer too."""
    from kapperboek.domain.errors import UserError

    try:
        ask(*arguments)  # type: ignore[operator]
    except UserError as refused:
        assert refused.message.strip()


TARGETS: tuple[type[Target], ...] = (Search, Recovery, Typed)
