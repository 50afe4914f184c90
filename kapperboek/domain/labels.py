"""Labels: the one vocabulary of what stands in rows as a key (relations, days, channels, kinds of number and of
contact, states, purposes, phases), and of the names of tables; those of fields are in ``domain.field_labels``.

Each as people say it in the language of the window; an owner's own word stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable

from kapperboek.i18n import _

RELATIONS = (
    "child", "daughter", "son", "partner", "husband", "wife", "parent", "mother", "father", "sister", "brother",
    "grandchild", "grandparent", "relative", "friend", "neighbour", "colleague", "pet", "dog", "cat",
)
"""What a form offers, the nearest first; files bring more of them, see ``relation_label``."""

NOT_AT_HOME = ("friend", "neighbour", "colleague", "assistant", "manager", "referred by", "pet", "dog", "cat")
"""Relations that do not say who is at home with somebody."""

DATES = ("wedding", "anniversary")
CONTACT_LABELS = ("mobile", "home", "work", "other")
WAYS = ("at the desk", "on the phone", "in writing", "on a form")
"""How a consent is said, as the register keeps it."""


def relation_label(kind: str) -> str:
    """Label of a relation, what somebody is to the customer: ``zoon``, ``partner``."""
    labels = {
        "child": _("child"), "daughter": _("daughter"), "son": _("son"), "partner": _("partner"),
        "spouse": _("partner"), "husband": _("husband"), "wife": _("wife"), "parent": _("parent"),
        "mother": _("mother"), "father": _("father"), "sister": _("sister"), "brother": _("brother"),
        "sibling": _("brother or sister"), "grandchild": _("grandchild"), "grandparent": _("grandparent"),
        "relative": _("relative"), "friend": _("friend"), "neighbour": _("neighbour"), "colleague": _("colleague"),
        "assistant": _("assistant"), "manager": _("manager"), "referred by": _("referred by"),
        "pet": _("pet"), "dog": _("dog"), "cat": _("cat"),
    }
    return labels.get(kind.lower(), kind)


def date_label(what: str) -> str:
    """A day to remember: ``Trouwdag``."""
    labels = {"wedding": _("Wedding day"), "anniversary": _("Wedding day"), "birthday": _("Birthday")}
    return labels.get(what.lower(), what)


def date_key(typed: str) -> str:
    """Key to keep for the label of a date as a form showed it; an owner's own words as typed."""
    said = typed.strip()
    return next((key for key in DATES if date_label(key).lower() == said.lower()), said)


def channel_label(channel: str) -> str:
    """Label of a channel, as it stands after "by": ``telefoon``, ``WhatsApp``."""
    labels = {
        "post": _("post"), "letter": _("letter"), "phone": _("phone"), "call": _("phone"), "mobile": _("mobile phone"),
        "email": _("e-mail"), "sms": _("text message"), "whatsapp": "WhatsApp", "person": _("in person"),
    }
    return labels.get(channel.lower(), channel)


def contact_label(label: str) -> str:
    """Label of a phone number or address among somebody's: ``mobiel``, ``thuis``, ``werk``."""
    labels = {
        "mobile": _("mobile"), "home": _("home"), "work": _("work"), "other": _("other"), "main": _("main number"),
        "fax": _("fax"), "home fax": _("fax at home"), "work fax": _("fax at work"), "pager": _("pager"),
        "car": _("car phone"),
    }
    return labels.get(label.lower(), label)


def state_label(state: str) -> str:
    """Label of the state of an appointment, a talk point, a follow-up, a question or a consent: ``niet gekomen``."""
    labels = {
        "open": _("open"), "discussed": _("discussed"), "dropped": _("dropped"), "done": _("done"),
        "cancelled": _("cancelled"), "missed": _("did not come"), "known": _("known"),
        "refused": _("would rather not say"), "later": _("not now"), "given": _("given"),
        "withdrawn": _("withdrawn"), "unasked": _("not asked"),
    }
    return labels.get(state, state)


def way_label(how: str) -> str:
    """Label of the way a consent was said: ``aan de balie``."""
    labels = {
        "at the desk": _("at the desk"), "on the phone": _("on the phone"), "in writing": _("in writing"),
        "on a form": _("on a form"),
    }
    return labels.get(how.lower(), how)


def kind_label(kind: str) -> str:
    """The kind of contact as a word at the start of a sentence: "Bezoek"."""
    labels = {
        "visit": _("Visit"),
        "call": _("Phone call"),
        "message": _("Message"),
        "note": _("Note"),
        "purchase": _("Purchase"),
        "complaint": _("Complaint"),
        "question": _("Question"),
        "event": _("Event"),
        "mailing": _("Mailing"),
        "appointment": _("Appointment"),
    }
    return labels.get(kind, kind)


def purpose_label(purpose: str) -> str:
    """A purpose as the window calls it."""
    words = {
        "birthday": _("birthday greeting"),
        "news": _("news"),
        "offers": _("offers"),
        "reminders": _("reminders"),
        "health": _("keeping health facts"),
    }
    return words.get(purpose, purpose)


def phase_label(phase: str) -> str:
    """The phase in the user's language; a word of somebody else's is shown as it is."""
    labels = {
        "prospect": _("no visits yet"),
        "new": _("new"),
        "regular": _("regular"),
        "dormant": _("dormant"),
        "lost": _("lost"),
        "former": _("former"),
    }
    return labels.get(phase, phase)


def line_label(kind: str) -> str:
    """Label of a line on top of a card: ``Waarschuwing``."""
    return {"warning": _("Warning"), "avoid": _("Not about"), "wish": _("Wish")}.get(kind, kind)


def table_label(table: str) -> str:
    """Label of a table, as people call its rows: ``Contactmomenten``."""
    names = {
        "setting": _("Settings"),
        "staff": _("Staff"),
        "treatment": _("Treatments"),
        "profile_field": _("Fields of the card"),
        "household": _("Households"),
        "customer": _("Customers"),
        "contact_point": _("Phones and e-mails"),
        "address": _("Addresses"),
        "important_date": _("Dates"),
        "relation": _("Near ones"),
        "profile_value": _("What we know"),
        "card_line": _("Warnings and wishes"),
        "interaction": _("Contact moments"),
        "talk_point": _("Talk points"),
        "follow_up": _("Follow-ups"),
        "consent": _("Permissions"),
        "sensitive_fact": _("Health facts"),
        "breach": _("Data leaks"),
        "due_decision": _("What was put off on Today"),
        "source_record": _("Where cards came from"),
        "draft": _("Half-typed work"),
        "change": _("History"),
        "change_row": _("History"),
    }
    return names.get(table, table)


_VALUES: dict[str, Callable[[str], str]] = {
    "preferred_channel": channel_label,
    "phase_by_hand": phase_label,
    "contact_point.label": contact_label,
    "address.label": contact_label,
    "relation.kind": relation_label,
    "interaction.kind": kind_label,
    "card_line.kind": line_label,
    "important_date.what": date_label,
    "consent.purpose": purpose_label,
    "consent.channel": channel_label,
    "consent.how": way_label,
    "state": state_label,
}


def value_label(table: str, column: str, value: str) -> str:
    """Label of a value that stands in a column as a key; other words, and an owner's own, as they are."""
    label = _VALUES.get(f"{table}.{column}", _VALUES.get(column))
    return value if label is None else label(value)
