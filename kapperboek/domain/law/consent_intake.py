"""Lines of the consent register from elsewhere: a file, a copy, another notebook.

What is said elsewhere ends no withdrawal that is known here, and is believed of no day that cannot be. A withdrawal
always counts: one without a good day from the moment it is read, and one of the same day as a permission.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from kapperboek.domain.labels import channel_label, purpose_label
from kapperboek.domain.law import consent
from kapperboek.domain.records import ConsentRecord
from kapperboek.domain.time.clock import instant
from kapperboek.i18n import _


def taken(
    lines: Sequence[ConsentRecord], known: Sequence[ConsentRecord], now: datetime, zone: ZoneInfo
) -> tuple[list[ConsentRecord], list[str]]:
    """Consents of ``lines`` to write behind those ``known``, in order, and a sentence for each that is not as it was.

    ``now`` is UTC; a card's lines stand in the order they were written.
    """
    found: list[ConsentRecord] = []
    said: list[str] = []
    for line in lines:
        if consent.is_sound(line.at, now, zone):
            found.append(line)
            continue
        if line.state == "withdrawn":
            found.append(replace(line, at=instant(now)))
            text = _("the withdrawal of {what} has no day that can be (“{day}”); it counts from today.")
        else:
            text = _("the permission for {what} has no day that can be (“{day}”) and was left out.")
        said.append(text.format(what=_what(line), day=line.at[:30]))
    return [*found, *_withdrawn_again([*known, *found], found, now, zone)], said


def _withdrawn_again(
    every: Sequence[ConsentRecord], new: Sequence[ConsentRecord], now: datetime, zone: ZoneInfo
) -> list[ConsentRecord]:
    """Withdrawals said once more, because a line that names an earlier day came to stand behind them."""
    last = {consent.question(line.purpose, line.channel): line for line in every}
    found = []
    for asked, line in last.items():
        if line.state != "given" or not any(line is one for one in new):
            continue
        later = [
            one for one in every
            if one.state == "withdrawn" and consent.question(one.purpose, one.channel) == asked
            and _is_later(one, line, zone)
        ]
        if later:
            again = max(later, key=lambda one: _day(one, zone))
            how = _("as was said on {day}").format(day=_day(again, zone)[:10])
            found.append(replace(again, at=instant(now), how=how, staff="", wording=""))
    return found


def _is_later(no: ConsentRecord, yes: ConsentRecord, zone: ZoneInfo) -> bool:
    """Tell whether a withdrawal holds against a permission, by when they were said.

    Of one day, unless the hours are known, it does.
    """
    both = [consent.moment_of(line.at, zone) for line in (no, yes) if len(line.at) > len("2026-11-22")]
    if len(both) == 2 and both[0] is not None and both[1] is not None:
        return both[0] > both[1]
    return _day(no, zone) >= _day(yes, zone)


def _day(line: ConsentRecord, zone: ZoneInfo) -> str:
    moment = consent.moment_of(line.at, zone)
    return "" if moment is None else moment.date().isoformat()


def _what(line: ConsentRecord) -> str:
    return f"{purpose_label(line.purpose)} ({channel_label(line.channel)})"
