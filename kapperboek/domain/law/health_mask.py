"""Mask in place of a health fact, until somebody asks for it: a line that there is one.

An allergy may not be overlooked, and may not be read over somebody's shoulder either. So what must be done about it
("no dye with PPD") is a warning that everybody at the chair sees, and what somebody suffers from is a health fact.
"""

from __future__ import annotations

from kapperboek.i18n import ngettext


def mask(count: int) -> str:
    """The line that says there are health facts; empty when there are none."""
    if not count:
        return ""
    return ngettext("Mind: a health fact", "Mind: {n} health facts", count).format(n=count)


def masked(warning: str, count: int) -> str:
    """A line of warnings: what to do or to leave first, then that there are health facts, without their words."""
    return " · ".join(part for part in (warning, mask(count)) if part)
