"""One customer as plain data: the shape of the notebook document, of every import and of every export.

Every reader in ``exchange`` yields these, every writer takes them, ``storage`` reads and writes them, and the
command line prints them. Dates are text: ``YYYY-MM-DD``, or ``--MM-DD`` where the year is unknown; moments are
local shop time ``YYYY-MM-DDTHH:MM``; amounts are decimal text in the shop's currency. Attribute names are the
document's keys; ``record_field`` says the rest of each value, once (``domain.fields``). Not frozen, because readers
fill them piece by piece; nothing keeps one after handing it on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kapperboek.domain.fields import record_field
from kapperboek.domain.time.clock import DEFAULT_ZONE
from kapperboek.i18n import N_

CONTACT_KINDS = (
    "visit", "call", "message", "note", "purchase", "complaint", "question", "event", "mailing", "appointment",
)


@dataclass(slots=True)
class Phone:
    """A number as typed; ``label`` is ``mobile``, ``home``, ``work``, ``fax``… or the owner's own word."""

    value: str = record_field("text", N_("Phone or e-mail"), required=True)
    label: str = record_field("text", N_("Label"))


@dataclass(slots=True)
class Email:
    """An address as typed."""

    value: str = record_field("text", N_("Phone or e-mail"), required=True)
    label: str = record_field("text", N_("Label"))


@dataclass(slots=True)
class Address:
    """A postal address; ``number`` is the house number with its addition (``12a``, ``88 hs``)."""

    street: str = record_field("text", N_("Street"), heading=N_("Street name"))
    number: str = record_field("text", N_("House number"))
    postcode: str = record_field("text", N_("Postcode"))
    place: str = record_field("text", N_("Place"), heading=N_("Town"))
    country: str = record_field("text", N_("Country"))
    region: str = record_field("text", N_("Region"), always=False)
    label: str = record_field("text", N_("Label"), heading=N_("Address type"), always=False)


@dataclass(slots=True)
class DateRecord:
    """A day to remember other than the birthday: ``what`` is ``wedding`` or the owner's own word."""

    what: str = record_field("text", N_("What"), heading=N_("Date type"), required=True)
    on: str = record_field("partial_day", N_("Day"), heading=N_("Date"), required=True)


@dataclass(slots=True)
class RelationRecord:
    """A child, partner, pet…; ``customer`` is the uid of that person's own card, if there is one."""

    kind: str = record_field("text", N_("Kind"), heading=N_("Relation type"), required=True)
    name: str = record_field("text", N_("Name"), heading=N_("Relation"), required=True)
    birthday: str | None = record_field("partial_day", N_("Day"), heading=N_("Relation birthday"))
    customer: str | None = record_field("maybe", heading=N_("Relation id"), column="other_uid", always=False)


@dataclass(slots=True)
class WarningRecord:
    """Warning that must be seen before anything else; ``health`` marks a medical fact."""

    text: str = record_field("text", N_("Text"), required=True)
    health: bool = record_field("flag", N_("About health"), column="")


@dataclass(slots=True)
class InteractionRecord:
    """Contact moment: anything that happened, or (kind ``appointment``) will happen."""

    kind: str = record_field("contact_kind", N_("Kind"), heading=N_("Kind of contact"), required=True)
    at: str = record_field("moment", N_("When"), heading=N_("Date"), required=True)
    staff: str = record_field("staff", N_("Who"), heading=N_("Staff member"), column="staff_id")
    minutes: int | None = record_field("number", N_("Minutes"))
    amount: str | None = record_field("amount", N_("Amount"), column="amount_cents", private=True)
    treatments: list[str] = record_field("texts", N_("Treatments"))
    recipe: str = record_field("text", N_("Recipe"))
    products: list[str] = record_field("texts", N_("Products"))
    note: str = record_field("text", N_("Note"), heading=N_("Notes"))
    # appointments only: "" (planned), "cancelled" or "missed"
    state: str = record_field("text", N_("State"), heading=N_("State of appointment"), always=False)
    # the key of an outside calendar entry, so that reading it again adds nothing
    source_key: str = record_field("text", always=False)
    # Of an appointment that was read from the notebook, for a calendar; no document holds these.
    # the higher the newer
    revision: int = record_field("number", column="", exported=False, default=0, compare=False)
    # when somebody last changed it here, in UTC; empty when nobody did
    changed: str = record_field("text", column="", exported=False, compare=False)


def appointment_key(customer_uid: str, at: str) -> str:
    """Key in a calendar of an appointment that was made here; ``at`` is when it was to be at first."""
    return f"{customer_uid}-{at}"


@dataclass(slots=True)
class TalkPointRecord:
    """A sentence to bring up, and what became of it; ``state`` is open, discussed or dropped."""

    text: str = record_field("text", N_("Text"), required=True)
    made_on: str = record_field("day", default="")
    staff: str = record_field("staff", N_("Who"), column="staff_id")
    not_before: str | None = record_field("day", N_("Not before"))
    state: str = record_field("text", N_("State"), default="open")
    outcome: str = record_field("text", N_("Answer"))
    # local moment; equal to the ``at`` of the visit it was discussed in
    closed_at: str | None = record_field("moment", always=False)
    closed_by: str = record_field("staff", column="closed_by_id", always=False)


@dataclass(slots=True)
class FollowUpRecord:
    """Follow-up, something to do; ``kind`` is ``follow_up`` or ``promise``; ``state`` is open, done or cancelled.

    ``show_on`` is the day it was snoozed to; ``due`` never moves by snoozing.
    """

    what: str = record_field("text", N_("What"), required=True)
    due: str = record_field("day", N_("Due"), required=True)
    staff: str = record_field("staff", N_("Who"), column="staff_id")
    state: str = record_field("text", N_("State"), default="open")
    kind: str = record_field("text", N_("Kind"), always=False, default="follow_up")
    made_on: str = record_field("day", always=False, default="")
    show_on: str | None = record_field("day", N_("Show again on"), always=False)
    closed_on: str | None = record_field("day", always=False)


@dataclass(slots=True)
class ConsentRecord:
    """One line of the consent register; lines are only ever added."""

    purpose: str = record_field("text", required=True)
    channel: str = record_field("text", required=True)
    state: str = record_field("text", N_("State"), required=True)
    at: str = record_field("text", N_("When"), required=True)
    how: str = record_field("text")
    staff: str = record_field("staff", N_("Who"), column="staff_id", always=False)
    wording: str = record_field("text", always=False)


@dataclass(slots=True)
class CustomerRecord:
    """A person or a firm with everything known about them. A first name alone is enough."""

    uid: str = record_field("text", heading=N_("Kapperboek id"), part="who", policy="keep")
    number: str = record_field("text", N_("Customer number"), part="who", policy="keep")
    # "Mr.", "dr."
    honorific: str = record_field("text", N_("Title"), heading=N_("Salutation"), part="name", always=False)
    given_name: str = record_field("text", N_("First name"), part="name", search="given")
    # further given names
    additional_names: str = record_field(
        "text", N_("Further first names"), heading=N_("Further names"), part="name", always=False, search="name"
    )
    # Dutch tussenvoegsel: "van der"
    prefix: str = record_field("text", N_("Prefix"), heading=N_("Surname prefix"), part="name", search="name")
    family_name: str = record_field("text", N_("Family name"), heading=N_("Last name"), part="name", search="name")
    # "Jr."
    suffix: str = record_field("text", N_("Suffix"), part="name", always=False, search="name")
    # the name as a foreign file wrote it, when its parts do not say it all
    display_name: str = record_field(
        "text", N_("Shown as"), heading=N_("Display name"), part="who", always=False, policy="keep", search="name"
    )
    nickname: str = record_field("text", N_("Nickname"), part="who", search="given")
    initials: str = record_field("text", N_("Initials"), part="who", search="name")
    organisation: str = record_field("text", N_("Organisation"), heading=N_("Company"), part="who", search="name")
    department: str = record_field("text", N_("Department"), part="who", search="name")
    customer_since: str | None = record_field("day", N_("Customer since"), part="shop")
    deceased: bool = record_field("flag", N_("Deceased"), part="shop", policy="either")
    no_advertising: bool = record_field("flag", N_("No advertising"), part="shop", policy="either")
    preferred_channel: str = record_field("text", N_("Preferred channel"), part="reach")
    regular_staff: str = record_field("staff", N_("Regular stylist"), column="regular_staff_id", part="shop")
    # only when set by hand
    phase: str = record_field("text", N_("Phase"), column="phase_by_hand", part="shop", always=False)
    # name shared by the members
    household: str = record_field("household", N_("Household"), column="household_id", part="shop", always=False)
    phones: list[Phone] = record_field("records", column="", policy="add")
    emails: list[Email] = record_field("records", column="", policy="add")
    # web address, WhatsApp name… with its label
    handles: list[Phone] = record_field("records", column="", policy="add", always=False)
    addresses: list[Address] = record_field("records", column="", policy="add")
    birthday: str | None = record_field(
        "partial_day", N_("Birthday"), heading=N_("Date of birth"), column="", part="who"
    )
    dates: list[DateRecord] = record_field("records", column="", policy="add")
    relations: list[RelationRecord] = record_field("records", column="", policy="add")
    # field key → text, number, day or list of tags
    profile: dict[str, object] = record_field("values", column="", policy="add")
    # keys the customer would rather not tell
    profile_refused: list[str] = record_field(
        "texts", heading=N_("Rather not tell"), column="", policy="add", always=False
    )
    warnings: list[WarningRecord] = record_field(
        "records", heading=N_("Warnings"), column="", policy="add", private=True
    )
    avoid: list[str] = record_field("texts", heading=N_("Avoid"), column="", policy="add", private=True)
    wishes: list[str] = record_field("texts", heading=N_("Wishes"), column="", policy="add")
    note: str = record_field("text", N_("Note"), heading=N_("Notes"), policy="join", search="notes")
    interactions: list[InteractionRecord] = record_field("records", column="", policy="add", private=True)
    talk_points: list[TalkPointRecord] = record_field("records", column="", policy="add", private=True)
    follow_ups: list[FollowUpRecord] = record_field("records", column="", policy="add", private=True)
    consents: list[ConsentRecord] = record_field("records", column="", policy="add", private=True)
    # keys of a document this version does not know
    extra: dict[str, object] = record_field("values", exported=False)


@dataclass(slots=True)
class StaffRecord:
    name: str = record_field("text", N_("Name"), required=True)
    initials: str = record_field("text", N_("Initials"))
    active: bool = record_field("flag", N_("In use"), always=False, default=True)


@dataclass(slots=True)
class TreatmentRecord:
    """A treatment the shop offers: usual duration in minutes and price as decimal text."""

    name: str = record_field("text", N_("Name"), required=True)
    minutes: int | None = record_field("number", N_("Minutes"))
    price: str | None = record_field("amount", N_("Price"), column="price_cents")
    active: bool = record_field("flag", N_("In use"), always=False, default=True)


@dataclass(slots=True)
class ProfileFieldRecord:
    """An owner-defined field; ``kind`` is text, choice, tags, number or date."""

    key: str = record_field("text", required=True)
    label: str = record_field("text", N_("Label"), required=True)
    kind: str = record_field("text", N_("Kind"), default="text")
    choices: list[str] = record_field("texts", N_("Choices"), always=False)
    active: bool = record_field("flag", N_("In use"), always=False, default=True)


@dataclass(slots=True)
class ShopRecord:
    """The shop itself; ``region`` is the country whose phone numbers and holidays are usual."""

    name: str = record_field("text", column="")
    timezone: str = record_field("text", column="", default=DEFAULT_ZONE)
    region: str = record_field("text", column="", default="NL")
    currency: str = record_field("text", column="", always=False, default="EUR")


TABLES: dict[type, str] = {
    CustomerRecord: "customer", Phone: "contact_point", Address: "address", DateRecord: "important_date",
    RelationRecord: "relation", InteractionRecord: "interaction", TalkPointRecord: "talk_point",
    FollowUpRecord: "follow_up", ConsentRecord: "consent", StaffRecord: "staff", TreatmentRecord: "treatment",
    ProfileFieldRecord: "profile_field",
}
"""The table in which each kind of record has rows of its own."""


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
