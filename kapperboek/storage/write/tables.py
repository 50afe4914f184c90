"""The tables people's words are written to, as SQLModel classes; for writing only (reading is plain SQL).

They say what the newest migration says, and a test holds the two together. ``treatments``, ``products``,
``choices`` and ``value`` hold JSON text; days and moments are text as in the file. Ids come from
``UnitOfWork.add``. Importing this costs as much as SQLAlchemy does.
"""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class Setting(SQLModel, table=True):
    """Written through ``settings.put``."""

    __tablename__ = "setting"
    key: str = Field(primary_key=True)
    value: str
    version: int = 1


class Staff(SQLModel, table=True):
    """``role``: owner, staff; ``pin`` is an Argon2 hash or empty; before ``pin_after``, an uptime, no try counts."""

    __tablename__ = "staff"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    initials: str = ""
    active: bool = True
    role: str = "owner"
    pin: str = ""
    pin_failures: int = 0
    pin_after: str | None = None
    version: int = 1


class Treatment(SQLModel, table=True):
    __tablename__ = "treatment"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    minutes: int | None = None
    price_cents: int | None = None
    active: bool = True
    position: int = 0
    version: int = 1


class ProfileField(SQLModel, table=True):
    """``kind``: text, choice, tags, number, date."""

    __tablename__ = "profile_field"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    label: str
    kind: str
    choices: str = "[]"
    active: bool = True
    position: int = 0
    version: int = 1


class Household(SQLModel, table=True):
    __tablename__ = "household"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    version: int = 1


class Customer(SQLModel, table=True):
    """``full_name`` and ``sort_key`` are made by domain.people.names; ``extra`` is JSON or empty."""

    __tablename__ = "customer"
    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    number: str = Field(unique=True)
    honorific: str = ""
    given_name: str = ""
    additional_names: str = ""
    prefix: str = ""
    family_name: str = ""
    suffix: str = ""
    display_name: str = ""
    nickname: str = ""
    initials: str = ""
    organisation: str = ""
    department: str = ""
    full_name: str = ""
    sort_key: str = ""
    customer_since: str | None = None
    deceased: bool = False
    no_advertising: bool = False
    preferred_channel: str = ""
    regular_staff_id: int | None = Field(default=None, foreign_key="staff.id")
    household_id: int | None = Field(default=None, foreign_key="household.id")
    phase_by_hand: str = ""
    note: str = ""
    extra: str = ""
    created_at: str
    version: int = 1


class ContactPoint(SQLModel, table=True):
    """``kind``: phone, email, handle."""

    __tablename__ = "contact_point"
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    kind: str
    value: str
    canonical: str = ""
    label: str = ""
    position: int = 0
    version: int = 1


class AddressRow(SQLModel, table=True):
    __tablename__ = "address"
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    street: str = ""
    number: str = ""
    postcode: str = ""
    place: str = ""
    region: str = ""
    country: str = ""
    label: str = ""
    position: int = 0
    version: int = 1


class ImportantDateRow(SQLModel, table=True):
    """``what`` is birthday or another day; ``month_day`` is MM-DD."""

    __tablename__ = "important_date"
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    what: str
    year: int | None = None
    month_day: str
    position: int = 0
    version: int = 1


class RelationRow(SQLModel, table=True):
    __tablename__ = "relation"
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    kind: str
    name: str
    year: int | None = None
    month_day: str | None = None
    other_uid: str = ""
    position: int = 0
    version: int = 1


class ProfileValue(SQLModel, table=True):
    """``state``: known, refused, later."""

    __tablename__ = "profile_value"
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    field_id: int = Field(foreign_key="profile_field.id")
    state: str = "known"
    value: str = "null"
    source: str = ""
    checked_on: str | None = None
    asked_on: str | None = None
    version: int = 1


class CardLineRow(SQLModel, table=True):
    """``kind``: warning, avoid, wish."""

    __tablename__ = "card_line"
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    kind: str
    text: str
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    made_on: str | None = None
    position: int = 0
    version: int = 1


class SensitiveFact(SQLModel, table=True):
    """``kind``: health. Nothing derived from it holds its words, and looking at it goes into ``access_log``."""

    __tablename__ = "sensitive_fact"
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    kind: str = "health"
    text: str
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    made_on: str | None = None
    position: int = 0
    version: int = 1


class InteractionRow(SQLModel, table=True):
    """``at`` is the shop's wall time YYYY-MM-DDTHH:MM; ``kind`` is one of records.CONTACT_KINDS."""

    __tablename__ = "interaction"
    customer_id: int = Field(foreign_key="customer.id", primary_key=True)
    at: str = Field(primary_key=True)
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    minutes: int | None = None
    amount_cents: int | None = None
    treatments: str = "[]"
    recipe: str = ""
    products: str = "[]"
    note: str = ""
    state: str = ""
    source_key: str = ""
    version: int = 1


class TalkPointRow(SQLModel, table=True):
    """``state``: open, discussed, dropped; ``origin_id`` and ``closed_in_id`` are contact moments."""

    __tablename__ = "talk_point"
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    text: str
    made_on: str
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    origin_id: int | None = None
    not_before: str | None = None
    state: str = "open"
    outcome: str = ""
    closed_at: str | None = None
    closed_by_id: int | None = Field(default=None, foreign_key="staff.id")
    closed_in_id: int | None = None
    version: int = 1


class FollowUpRow(SQLModel, table=True):
    """``kind``: follow_up, promise; ``state``: open, done, cancelled."""

    __tablename__ = "follow_up"
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    what: str
    due: str
    show_on: str | None = None
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    kind: str = "follow_up"
    state: str = "open"
    made_on: str
    closed_on: str | None = None
    origin_id: int | None = None
    version: int = 1


class ConsentRow(SQLModel, table=True):
    """Line of the consent register, only ever added to; ``wording`` is what the customer was shown."""

    __tablename__ = "consent"
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    purpose: str
    channel: str
    state: str
    at: str
    how: str = ""
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    wording: str = ""
    version: int = 1


class DueDecision(SQLModel, table=True):
    __tablename__ = "due_decision"
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    kind: str
    ref: str = ""
    hidden_until: str
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    version: int = 1


class SourceRecordRow(SQLModel, table=True):
    __tablename__ = "source_record"
    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    source: str
    key: str = ""
    digest: str
    marks: str = ""
    read_at: str = ""
    version: int = 1


class Breach(SQLModel, table=True):
    """A leak of personal data: what happened, whose data, what may come of it, what was done, and when it was
    reported (None: not)."""

    __tablename__ = "breach"
    id: int | None = Field(default=None, primary_key=True)
    discovered_at: str
    happened_on: str | None = None
    what: str
    whose: str = ""
    consequences: str = ""
    measures: str = ""
    reported_at: str | None = None
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    version: int = 1
