"""What is shown in place of a health fact, until somebody asks for it: that there is one.

An allergy may not be overlooked, and may not be read over somebody's shoulder either.
"""

from __future__ import annotations

from kapperboek.i18n import ngettext


def mask(count: int) -> str:
    """The line that says there are health facts; empty when there are none."""
    if not count:
        return ""
    return ngettext("Mind: a health fact", "Mind: {n} health facts", count).format(n=count)


def masked(warning: str, count: int) -> str:
    """A line of warnings, the health facts first and without their words."""
    return " · ".join(part for part in (mask(count), warning) if part)
