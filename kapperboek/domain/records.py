"""One customer as plain data: the shape of the notebook document, of every import and of every export.

Every reader in ``exchange`` yields these, every writer takes them, ``storage`` reads and writes them, and the
command line prints them. Dates are text: ``YYYY-MM-DD``, or ``--MM-DD`` where the year is unknown; moments are
local shop time ``YYYY-MM-DDTHH:MM``; amounts are decimal text in the shop's currency. Field names are the
document's keys. Not frozen, because readers fill them piece by piece; nothing keeps one after handing it on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

CONTACT_KINDS = (
    "visit", "call", "message", "note", "purchase", "complaint", "question", "event", "mailing", "appointment",
)


@dataclass(slots=True)
class Phone:
    """A number as typed; ``label`` is ``mobile``, ``home``, ``work``, ``fax``… or the owner's own word."""

    value: str
    label: str = ""


@dataclass(slots=True)
class Email:
    """An address as typed."""

    value: str
    label: str = ""


@dataclass(slots=True)
class Address:
    """A postal address; ``number`` is the house number with its addition (``12a``, ``88 hs``)."""

    street: str = ""
    number: str = ""
    postcode: str = ""
    place: str = ""
    country: str = ""
    region: str = ""
    label: str = ""


@dataclass(slots=True)
class DateRecord:
    """A day to remember other than the birthday: ``what`` is ``wedding`` or the owner's own word."""

    what: str
    on: str


@dataclass(slots=True)
class RelationRecord:
    """A child, partner, pet…; ``customer`` is the uid of that person's own card, if there is one."""

    kind: str
    name: str
    birthday: str | None = None
    customer: str | None = None


@dataclass(slots=True)
class WarningRecord:
    """Warning that must be seen before anything else; ``health`` marks a medical fact."""

    text: str
    health: bool = False


@dataclass(slots=True)
class InteractionRecord:
    """Contact moment: anything that happened, or (kind ``appointment``) will happen."""

    kind: str
    at: str
    staff: str = ""
    minutes: int | None = None
    amount: str | None = None
    treatments: list[str] = field(default_factory=list)
    recipe: str = ""
    products: list[str] = field(default_factory=list)
    note: str = ""
    state: str = ""  # appointments only: "" (planned), "cancelled" or "missed"
    source_key: str = ""  # the key of an outside calendar entry, so that reading it again adds nothing
    # Of an appointment that was read from the notebook, for a calendar; no document holds these.
    revision: int = field(default=0, compare=False)  # the higher the newer
    changed: str = field(default="", compare=False)  # when somebody last changed it here, in UTC; empty when nobody did


def appointment_key(customer_uid: str, at: str) -> str:
    """Key in a calendar of an appointment that was made here; ``at`` is when it was to be at first."""
    return f"{customer_uid}-{at}"


@dataclass(slots=True)
class TalkPointRecord:
    """A sentence to bring up, and what became of it; ``state`` is open, discussed or dropped."""

    text: str
    made_on: str = ""
    staff: str = ""
    not_before: str | None = None
    state: str = "open"
    outcome: str = ""
    closed_at: str | None = None  # local moment; equal to the ``at`` of the visit it was discussed in
    closed_by: str = ""


@dataclass(slots=True)
class FollowUpRecord:
    """Follow-up, something to do; ``kind`` is ``follow_up`` or ``promise``; ``state`` is open, done or cancelled.

    ``show_on`` is the day it was snoozed to; ``due`` never moves by snoozing.
    """

    what: str
    due: str
    staff: str = ""
    state: str = "open"
    kind: str = "follow_up"
    made_on: str = ""
    show_on: str | None = None
    closed_on: str | None = None


@dataclass(slots=True)
class ConsentRecord:
    """One line of the consent register; lines are only ever added."""

    purpose: str
    channel: str
    state: str
    at: str
    how: str = ""
    staff: str = ""  # who noted it
    wording: str = ""  # the words the customer was shown


@dataclass(slots=True)
class CustomerRecord:
    """A person or a firm with everything known about them. A first name alone is enough."""

    uid: str = ""
    number: str = ""
    honorific: str = ""  # "Mr.", "dr."
    given_name: str = ""
    additional_names: str = ""  # further given names
    prefix: str = ""  # Dutch tussenvoegsel: "van der"
    family_name: str = ""
    suffix: str = ""  # "Jr."
    display_name: str = ""  # the name as a foreign file wrote it, when its parts do not say it all
    nickname: str = ""
    initials: str = ""
    organisation: str = ""
    department: str = ""
    customer_since: str | None = None
    deceased: bool = False
    no_advertising: bool = False
    preferred_channel: str = ""
    regular_staff: str = ""
    phase: str = ""  # only when set by hand
    household: str = ""  # name shared by the members
    phones: list[Phone] = field(default_factory=list)
    emails: list[Email] = field(default_factory=list)
    handles: list[Phone] = field(default_factory=list)  # web address, WhatsApp name… with its label
    addresses: list[Address] = field(default_factory=list)
    birthday: str | None = None
    dates: list[DateRecord] = field(default_factory=list)
    relations: list[RelationRecord] = field(default_factory=list)
    profile: dict[str, object] = field(default_factory=dict)  # field key → text, number, day or list of tags
    profile_refused: list[str] = field(default_factory=list)  # keys the customer would rather not tell
    warnings: list[WarningRecord] = field(default_factory=list)
    avoid: list[str] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)
    note: str = ""
    interactions: list[InteractionRecord] = field(default_factory=list)
    talk_points: list[TalkPointRecord] = field(default_factory=list)
    follow_ups: list[FollowUpRecord] = field(default_factory=list)
    consents: list[ConsentRecord] = field(default_factory=list)
    extra: dict[str, object] = field(default_factory=dict)  # keys of a document this version does not know


@dataclass(slots=True)
class StaffRecord:
    name: str
    initials: str = ""
    active: bool = True


@dataclass(slots=True)
class TreatmentRecord:
    """A treatment the shop offers: usual duration in minutes and price as decimal text."""

    name: str
    minutes: int | None = None
    price: str | None = None
    active: bool = True


@dataclass(slots=True)
class ProfileFieldRecord:
    """An owner-defined field; ``kind`` is text, choice, tags, number or date."""

    key: str
    label: str
    kind: str = "text"
    choices: list[str] = field(default_factory=list)
    active: bool = True


@dataclass(slots=True)
class ShopRecord:
    """The shop itself; ``region`` is the country whose phone numbers and holidays are usual."""

    name: str = ""
    timezone: str = "Europe/Amsterdam"
    region: str = "NL"
    currency: str = "EUR"


@dataclass(slots=True)
class DocumentRecord:
    """A whole notebook."""

    shop: ShopRecord = field(default_factory=ShopRecord)
    staff: list[StaffRecord] = field(default_factory=list)
    treatments: list[TreatmentRecord] = field(default_factory=list)
    profile_fields: list[ProfileFieldRecord] = field(default_factory=list)
    customers: list[CustomerRecord] = field(default_factory=list)
    extra: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class AgendaRecord:
    """One calendar entry: an appointment of somebody, or a birthday; ``name`` is the person the title names."""

    key: str
    kind: str  # "appointment", "birthday", or "older" when the file itself has a newer version
    name: str
    at: str  # local shop time for an appointment; full or partial day for a birthday
    minutes: int | None = None
    title: str = ""
    note: str = ""
    phone: str = ""
    cancelled: bool = False
    record: int = 0  # 1-based position of the entry in the file; one entry may give several of these
    line: int | None = None  # where it starts there
    version: str = ""  # the newer the greater (``exchange.calendar.ical_versions``)
    people: list[tuple[str, str]] = field(default_factory=list)  # name and e-mail address of those invited
    own: bool = False  # from a file that Kapperboek wrote
    summary: str = ""  # the title as a whole
    remark: str = ""  # about how it was read


@dataclass(slots=True)
class SeriesRecord:
    """A repeating calendar entry as a whole, before its moments: from ``first`` to ``last`` (``YYYYMMDD``) it has these
    ``keys`` and no others.
    """

    key: str
    keys: list[str]
    first: str
    last: str
    version: str = ""
    record: int = 0
    line: int | None = None


@dataclass(slots=True)
class Rejected:
    """A record of a file that was not taken, and why, in the user's language."""

    record: int  # 1-based position among the file's records
    line: int | None  # 1-based line of the file where it starts, if the format has lines
    reason: str
    text: str = ""  # the start of what stood there, so that nobody has to guess which one it was


@dataclass(slots=True)
class SourceRecord:
    """A customer read from a file, with where it stood and the file's own key for it (vCard UID…), if any."""

    customer: CustomerRecord
    record: int
    line: int | None = None
    key: str = ""
    remarks: list[str] = field(default_factory=list)  # "31 February is not a day; kept in the note"
    left_out: list[str] = field(default_factory=list)  # what has no place here, as the file calls it: PHOTO
