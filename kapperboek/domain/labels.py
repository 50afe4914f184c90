"""The one vocabulary of what stands in rows as a key: relations, days, channels, kinds of number, how something was
said. Each as people say it in the language of the window; an owner's own word stays as it is.
"""

from __future__ import annotations

from kapperboek.i18n import _

RELATIONS = (
    "child", "daughter", "son", "partner", "husband", "wife", "parent", "mother", "father", "sister", "brother",
    "grandchild", "grandparent", "relative", "friend", "neighbour", "colleague", "pet", "dog", "cat",
)  # fmt: skip
"""What a form offers, the nearest first; files bring more of them, see ``relation_label``."""

NOT_AT_HOME = ("friend", "neighbour", "colleague", "assistant", "manager", "referred by", "pet", "dog", "cat")
"""Relations that do not say who is at home with somebody."""

DATES = ("wedding", "anniversary")
CONTACT_LABELS = ("mobile", "home", "work", "other")
WAYS = ("at the desk", "on the phone", "in writing", "on a form")
"""How a consent is said, as the register keeps it."""


def relation_label(kind: str) -> str:
    """What somebody is to the customer: ``zoon``, ``partner``."""
    labels = {
        "child": _("child"), "daughter": _("daughter"), "son": _("son"), "partner": _("partner"),
        "spouse": _("partner"), "husband": _("husband"), "wife": _("wife"), "parent": _("parent"),
        "mother": _("mother"), "father": _("father"), "sister": _("sister"), "brother": _("brother"),
        "sibling": _("brother or sister"), "grandchild": _("grandchild"), "grandparent": _("grandparent"),
        "relative": _("relative"), "friend": _("friend"), "neighbour": _("neighbour"), "colleague": _("colleague"),
        "assistant": _("assistant"), "manager": _("manager"), "referred by": _("referred by"),
        "pet": _("pet"), "dog": _("dog"), "cat": _("cat"),
    }  # fmt: skip
    return labels.get(kind.lower(), kind)


def date_label(what: str) -> str:
    """A day to remember: ``Trouwdag``."""
    labels = {"wedding": _("Wedding day"), "anniversary": _("Wedding day"), "birthday": _("Birthday")}
    return labels.get(what.lower(), what)


def date_key(typed: str) -> str:
    """What is kept for the words in which a form showed a day; an owner's own words as typed."""
    said = typed.strip()
    return next((key for key in DATES if date_label(key).lower() == said.lower()), said)


def channel_label(channel: str) -> str:
    """Along which way somebody is reached, as it stands after "by": ``telefoon``, ``WhatsApp``."""
    labels = {
        "post": _("post"), "letter": _("letter"), "phone": _("phone"), "call": _("phone"), "mobile": _("mobile phone"),
        "email": _("e-mail"), "sms": _("text message"), "whatsapp": "WhatsApp", "person": _("in person"),
    }  # fmt: skip
    return labels.get(channel.lower(), channel)


def contact_label(label: str) -> str:
    """Which of somebody's numbers or addresses it is: ``mobiel``, ``thuis``, ``werk``."""
    labels = {"mobile": _("mobile"), "home": _("home"), "work": _("work"), "fax": _("fax"), "other": _("other")}
    return labels.get(label.lower(), label)


def state_label(state: str) -> str:
    """What became of an appointment that did not take place: ``niet gekomen``."""
    return {"cancelled": _("cancelled"), "missed": _("did not come")}.get(state, state)


def way_label(how: str) -> str:
    """How a consent was said: ``aan de balie``."""
    labels = {
        "at the desk": _("at the desk"), "on the phone": _("on the phone"), "in writing": _("in writing"),
        "on a form": _("on a form"),
    }  # fmt: skip
    return labels.get(how.lower(), how)
