"""What somebody is to a customer and which day it is, as people say it; an owner's own word stays as it is."""

from __future__ import annotations

from kapperboek.i18n import _


def relation_label(kind: str) -> str:
    """What somebody is to the customer: ``zoon``, ``partner``."""
    labels = {
        "child": _("child"),
        "son": _("son"),
        "daughter": _("daughter"),
        "partner": _("partner"),
        "husband": _("husband"),
        "wife": _("wife"),
        "spouse": _("partner"),
        "parent": _("parent"),
        "mother": _("mother"),
        "father": _("father"),
        "sister": _("sister"),
        "brother": _("brother"),
        "friend": _("friend"),
        "pet": _("pet"),
        "dog": _("dog"),
        "cat": _("cat"),
    }
    return labels.get(kind.lower(), kind)


def date_label(what: str) -> str:
    """A day to remember: ``trouwdag``."""
    labels = {"wedding": _("Wedding day"), "anniversary": _("Anniversary")}
    return labels.get(what.lower(), what)
