"""Properties of a vCard and what they mean for a customer: one small function per property.

Text of a person that has no place of its own goes to the end of the note as ``Name: value``; what only
programs understand (pictures, keys, revision stamps) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kapperboek.domain.records import Address, CustomerRecord, DateRecord, Email, Phone, RelationRecord
from kapperboek.exchange.date_parsing import record_day
from kapperboek.exchange.person_questions import add_number, number_of_handle, split_house_number
from kapperboek.exchange.table.table_phones import phones_in
from kapperboek.exchange.vcard.vcard_lines import NOT_LABELS, Head, read_parts, read_text
from kapperboek.exchange.vcard.vcard_vocabulary import ANDROID_RELATIONS, LEFT_OUT, SKIPPED, apple_label
from kapperboek.i18n import _

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!//)", re.IGNORECASE)


@dataclass(slots=True)
class Card:
    """A card being read: the customer so far, and what can only be placed when all lines are known."""

    customer: CustomerRecord
    full_name: str = ""
    named: bool = False  # a usable N line was there
    key: str = ""
    group: bool = False  # a mailing list, not a person
    notes: list[str] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)  # group → the owner's own word
    waiting: list[tuple[str, Phone | Email | Address | DateRecord | RelationRecord]] = field(default_factory=list)
    leftovers: list[tuple[str, str]] = field(default_factory=list)  # heading, text: for the end of the note
    remarks: list[str] = field(default_factory=list)
    postal_labels: list[tuple[str, str]] = field(default_factory=list)
    alternatives: set[tuple[str, str]] = field(default_factory=set)
    own: dict[str, str] = field(default_factory=dict)  # X-KAPPERBOEK- properties, kept until the end
    no_days: list[tuple[str, str]] = field(default_factory=list)  # group and text of a date that is none
    dates_of_death: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # names of properties that have no place here


Handler = Callable[[Card, Head, str], None]


def _name(card: Card, head: Head, value: str) -> None:
    parts = read_parts(head, value)
    if not any(parts) or card.named:
        return
    if head.quoted_printable or "\\" in value:
        parts = [" ".join(part.split()) for part in parts]  # a name of two lines is one name
    if ";" in parts[0] and not any(parts[1:]):  # all of it escaped into the first part
        parts = [part.strip() for part in parts[0].split(";")]
    card.named = True
    customer = card.customer
    parts += [""] * (5 - len(parts))
    (
        customer.family_name,
        customer.given_name,
        customer.additional_names,
        customer.honorific,
        customer.suffix,
    ) = parts[:5]
    for part in parts[5:]:
        if part:
            card.leftovers.append((_("Name"), part))


def _full_name(card: Card, head: Head, value: str) -> None:
    text = " ".join(read_text(head, value).split())
    if not card.full_name:
        card.full_name = text
    elif text != card.full_name:
        card.leftovers.append((_("Name"), text))


def _phone(card: Card, head: Head, value: str) -> None:
    text = read_text(head, value).strip()
    if text[:4].lower() == "tel:":
        text = text[4:]
    for said in phones_in(text, dutch=False, own=text.count(",") + text.count("/") == 0) if text else ():
        phone = Phone(said, head.label)
        card.customer.phones.append(phone)
        if head.group:
            card.waiting.append((head.group, phone))


def _email(card: Card, head: Head, value: str) -> None:
    text = read_text(head, value).strip()
    if text[:7].lower() == "mailto:":
        text = text[7:]
    if text:
        email = Email(text, head.label)
        card.customer.emails.append(email)
        if head.group:
            card.waiting.append((head.group, email))


def _address(card: Card, head: Head, value: str) -> None:
    parts = read_parts(head, value)
    if not any(parts):
        return
    box, extended, street, place, region, postcode, country = (parts + [""] * 7)[:7]
    lines = [line for line in (street, extended, box) if line]
    address = Address("\n".join(lines), "", postcode, place, country, region, head.label)
    if "X-KAPPERBOEK-NUMBER" in head.parameters:
        number = head.parameters["X-KAPPERBOEK-NUMBER"]
        address.number = number
        address.street = street.removesuffix(number).removesuffix(" ") if number else address.street
    else:
        address.street, address.number = split_house_number(address.street, postcode)
    card.customer.addresses.append(address)
    if head.group:
        card.waiting.append((head.group, address))
    for part in parts[7:]:
        if part:
            card.leftovers.append((_("Address"), part))


def _postal_label(card: Card, head: Head, value: str) -> None:
    text = read_text(head, value).strip()
    if text:
        card.postal_labels.append((head.label, text))


def _organisation(card: Card, head: Head, value: str) -> None:
    first, *further = read_parts(head, value)
    units = ", ".join(filter(None, further))
    customer = card.customer
    if not customer.organisation and not customer.department:
        customer.organisation, customer.department = first, units
    elif (first, units) != (customer.organisation, customer.department) and (first or units):
        others = customer.profile.setdefault("organisations", [])
        text = ", ".join(filter(None, (first, units)))
        if isinstance(others, list) and text not in others:
            others.append(text)


def _birthday(card: Card, head: Head, value: str) -> None:
    text = read_text(head, value).strip()
    if not text:
        return
    day = record_day(text)
    if day and head.parameters.get("X-APPLE-OMIT-YEAR") == day[:4]:
        day = "--" + day[5:]
    customer = card.customer
    if day and not customer.birthday:
        customer.birthday = day
    elif not day or day != customer.birthday:
        card.leftovers.append((_("Birthday"), text))
        if not day:
            card.remarks.append(_("“{text}” is not a day that exists; it is kept in the note.").format(text=text[:60]))


def add_date(card: Card, head: Head, value: str, what: str) -> None:
    text = read_text(head, value).strip()
    day = record_day(text)
    if day:
        record = DateRecord(what, day)
        if head.group or record not in card.customer.dates:
            card.customer.dates.append(record)
        if head.group:
            card.waiting.append((head.group, record))
    elif text:
        if head.group:
            card.no_days.append((head.group, text))
        else:
            card.leftovers.append((what if what not in ("", "wedding") else _("Date"), text))
        card.remarks.append(_("“{text}” is not a day that exists; it is kept in the note.").format(text=text[:60]))


def anniversary(card: Card, head: Head, value: str) -> None:
    add_date(card, head, value, "wedding")


def _other_date(card: Card, head: Head, value: str) -> None:
    add_date(card, head, value, "")


def relation_of(kind: str) -> Handler:
    def handle(card: Card, head: Head, value: str) -> None:
        text = read_text(head, value).strip()
        if not text:
            return
        types = [word for word in head.types if word not in NOT_LABELS]
        known = head.parameters
        record = RelationRecord(
            kind or (types[0] if types else ""),
            text,
            known.get("X-BIRTHDAY") or None,
            known.get("X-CARD") or None,
        )
        if head.group or record not in card.customer.relations:
            card.customer.relations.append(record)
        if head.group:
            card.waiting.append((head.group, record))

    return handle


def handle_of(kind: str) -> Handler:
    def handle(card: Card, head: Head, value: str) -> None:
        text = read_text(head, value).strip()
        if not text:
            return
        service = head.parameters.get("X-SERVICE-TYPE", "")
        label = kind or (service or head.label).lower()
        if head.name in ("IMPP", "X-SOCIALPROFILE") and (scheme := _SCHEME.match(text)):
            label, text = label or scheme[0][:-1].lower(), text[scheme.end() :]
        record = Phone(text, label)
        if number := number_of_handle(label, text):
            add_number(card.customer, number, label)
        if head.group or record not in card.customer.handles:
            card.customer.handles.append(record)
        if head.group:
            card.waiting.append((head.group, record))

    return handle


def _nickname(card: Card, head: Head, value: str) -> None:
    text = read_text(head, value).strip()
    if text and text != card.customer.nickname:
        card.customer.nickname = f"{card.customer.nickname}, {text}" if card.customer.nickname else text


def _note(card: Card, head: Head, value: str) -> None:
    text = read_text(head, value)
    if text.strip():
        card.notes.append(text)


def _job(card: Card, head: Head, value: str) -> None:
    text = read_text(head, value).strip()
    if text and text not in card.jobs:
        card.jobs.append(text)


def _categories(card: Card, head: Head, value: str) -> None:
    labels = card.customer.profile.setdefault("labels", [])
    for part in read_text(head, value).replace(";", ",").split(","):
        if isinstance(labels, list) and part.strip() and part.strip() not in labels:
            labels.append(part.strip())
    if not labels:
        del card.customer.profile["labels"]


def _department(card: Card, head: Head, value: str) -> None:
    text = read_text(head, value).strip()
    if not card.customer.department:
        card.customer.department = text
    elif text:
        card.leftovers.append((_("Department"), text))


def _office(card: Card, head: Head, value: str) -> None:
    text = read_text(head, value).strip()
    if text:
        card.customer.addresses.append(Address(street=text, label="office"))


def _gender(card: Card, head: Head, value: str) -> None:
    text = read_text(head, value).strip()
    if text and "gender" not in card.customer.profile:
        card.customer.profile["gender"] = text


def _custom(card: Card, head: Head, value: str) -> None:
    text = read_text(head, value)
    if text.strip():
        card.customer.profile[f"custom_{head.name[-1]}"] = text


def further_phone(card: Card, head: Head, value: str) -> None:
    if read_text(head, value).strip() not in [phone.value for phone in card.customer.phones]:
        _phone(card, head, value)


def further_email(card: Card, head: Head, value: str) -> None:
    if read_text(head, value).strip().lower() not in [mail.value.lower() for mail in card.customer.emails]:
        _email(card, head._replace(label=""), value)


def _android(card: Card, head: Head, value: str) -> None:
    """Android's fields beyond the standard: ``vnd.android.cursor.item/contact_event;2010-06-14;1;;;``."""
    kind, text, code, own, *_rest = (*read_parts(head, value), "", "", "", "")
    text_head = head._replace(quoted_printable=False)
    if kind.endswith("/nickname"):
        _nickname(card, text_head, text)
    elif kind.endswith("/contact_event"):
        if code == "3":
            _birthday(card, text_head, text)
        else:
            add_date(card, text_head, text, "wedding" if code == "1" else own)
    elif kind.endswith("/relation"):
        relation_of(own or ANDROID_RELATIONS.get(code, ""))(card, text_head, text)
    elif text:
        card.leftovers.append((own or kind.rpartition("/")[2].replace("_", " ").capitalize(), text))


def _uid(card: Card, head: Head, value: str) -> None:
    card.key = read_text(head, value).strip()


def _kind(card: Card, head: Head, value: str) -> None:
    card.group = value.strip().lower() == "group"


def _group_label(card: Card, head: Head, value: str) -> None:
    card.labels[head.group] = apple_label(read_text(head, value).strip())


def death(card: Card, head: Head, value: str) -> None:
    if text := read_text(head, value).strip():
        card.dates_of_death.append(text)


def _agent(card: Card, head: Head, value: str) -> None:
    """A card inside the card: its name is that of an assistant, its other lines are kept as text."""
    text = read_text(head, value).strip()
    pairs = [line.partition(":")[::2] for line in text.splitlines() if ":" in line]
    said = [(name.partition(";")[0].upper(), words.strip(" ;")) for name, words in pairs if words.strip(" ;")]
    name = next((words for key, words in said if key == "FN"), "") or next(
        (" ".join(reversed(words.split(";")[:2])).strip() for key, words in said if key == "N"), "")
    if not name:
        card.leftovers += [(_("Assistant"), text)] if text else []
        return
    card.customer.relations.append(RelationRecord("assistant", name))
    further = [words for key, words in said if key in ("TEL", "EMAIL", "NOTE", "ORG", "TITLE")]
    card.leftovers += [(_("Assistant"), ", ".join(further))] if further else []


def _left_out(card: Card, head: Head, value: str) -> None:
    """A picture, a sound, a key: there is no place for it, which is told."""
    if value.strip():
        card.left_out.append(head.name.removeprefix("X-"))


def skip(card: Card, head: Head, value: str) -> None:
    """Skip a property that only programs understand."""


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(SKIPPED.split(), skip),
    **dict.fromkeys(LEFT_OUT.split(), _left_out), "AGENT": _agent, "DEATHDATE": death,
    "PHONE": further_phone, "MAIL": further_email,
    "N": _name, "FN": _full_name, "TEL": _phone, "EMAIL": _email, "ADR": _address, "LABEL": _postal_label,
    "ORG": _organisation,
    "BDAY": _birthday, "NICKNAME": _nickname, "NOTE": _note, "TITLE": _job, "ROLE": _job,
    "CATEGORIES": _categories, "UID": _uid,
    "KIND": _kind, "X-ADDRESSBOOKSERVER-KIND": _kind, "X-ABLABEL": _group_label, "GENDER": _gender, "X-GENDER": _gender,
    "URL": handle_of(""),
    "IMPP": handle_of(""), "X-SOCIALPROFILE": handle_of(""), "X-ABDATE": _other_date,
    "X-ABRELATEDNAMES": relation_of(""),
    "RELATED": relation_of(""), "X-MS-TEL": further_phone, "X-KADDRESSBOOK-X-DEPARTMENT": _department,
    "X-DEPARTMENT": _department, "X-NICKNAME": _nickname, "X-ANDROID-CUSTOM": _android,
    "X-SKYPE-USERNAME": handle_of("skype"),
    "X-KADDRESSBOOK-X-PROFESSION": _job, "X-KADDRESSBOOK-X-OFFICE": _office,
    "X-KADDRESSBOOK-BLOGFEED": handle_of("blog"),
    "X-KADDRESSBOOK-X-IMADDRESS": handle_of("im"), "X-MS-IMADDRESS": handle_of("im"),
    "X-EVOLUTION-BLOG-URL": handle_of("blog"),
    **{f"X-CUSTOM{n}": _custom for n in "1234"},
    **{f"X-{service.upper()}": handle_of(service) for service in (
        "aim icq jabber msn skype yahoo gtalk google-talk qq gadugadu groupwise twitter facebook instagram "
        "linkedin whatsapp telegram"
        " signal matrix".split())},
    **dict.fromkeys("ANNIVERSARY X-ANNIVERSARY X-MS-ANNIVERSARY X-EVOLUTION-ANNIVERSARY "
    "X-KADDRESSBOOK-X-ANNIVERSARY".split(), anniversary),
    **{name.format(kind): relation_of(kind.lower())
       for name in ("X-{}", "X-MS-{}", "X-EVOLUTION-{}", "X-KADDRESSBOOK-X-{}SNAME")
       for kind in ("SPOUSE", "ASSISTANT", "MANAGER", "CHILD", "PARTNER")},
}
"""What to do with a property, by its name in capitals."""
