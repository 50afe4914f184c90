"""Consent, from the lines of the consent register: what may be sent to whom, now and on any day gone by.

Lines are only ever added; of those about a purpose and a channel the one written last holds, whatever days they name:
clocks go wrong, the order of writing does not. "No advertising" outranks whatever was
given, before or after it was said: a greeting or a reminder comes from a shop too. Nobody writes to the dead. Keeping
health facts is no message, and goes by its own consent alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kapperboek.domain.errors import UserError
from kapperboek.domain.labels import channel_label, purpose_label
from kapperboek.i18n import _

PURPOSES = ("birthday", "news", "offers", "reminders", "health")
CHANNELS = ("post", "phone", "email", "sms", "whatsapp")
IN_PERSON = "person"  # the channel of what is only said at the chair: health
STATES = ("given", "withdrawn")
UNASKED = "unasked"  # the state of a line that takes back the only one there was
_FIRST_YEAR = 1900  # nothing was said before


class ConsentLine(NamedTuple):
    """One line of the register, as it is judged: ``day`` is the shop's."""

    purpose: str
    channel: str
    state: str
    day: date


def current(lines: Iterable[ConsentLine], on: date | None = None) -> dict[tuple[str, str], ConsentLine]:
    """The line that holds for each purpose and channel, at the end of that day (None: of all days).

    ``lines`` stand in the order they were written. Health is one question whatever the channel it was answered on.
    """
    return {question(line.purpose, line.channel): line for line in lines if on is None or line.day <= on}


def question(purpose: str, channel: str) -> tuple[str, str]:
    """Question that a line of the consent register answers: purpose and channel (empty for health)."""
    return purpose, "" if purpose == "health" else channel


def moment_of(at: str, zone: ZoneInfo) -> datetime | None:
    """A day (from a document) or an instant, as the shop's time; None for what is neither."""
    try:
        found = datetime.fromisoformat(at)
        return found.astimezone(zone).replace(tzinfo=None) if found.tzinfo else found
    except (ValueError, OverflowError):
        return None


def is_sound(at: str, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a consent can have been said then: on a day that there is, and not after ``now`` (UTC)."""
    moment = moment_of(at, zone)
    return moment is not None and moment.year >= _FIRST_YEAR and moment <= now.astimezone(zone).replace(tzinfo=None)


def given(lines: Iterable[ConsentLine], on: date | None = None) -> frozenset[tuple[str, str]]:
    """Consents given and not withdrawn, as (purpose, channel), whatever may outrank them."""
    return frozenset((line.purpose, line.channel) for line in current(lines, on).values() if line.state == "given")


def allowed(
    lines: Iterable[ConsentLine], *, no_advertising: bool, deceased: bool = False, on: date | None = None
) -> dict[str, list[str]]:
    """Channels that are permitted for each purpose, both in our order; what is not permitted is not there."""
    silent = no_advertising or deceased
    pairs = {pair for pair in given(lines, on) if pair[0] == "health" or not silent}
    found: dict[str, list[str]] = {}
    for purpose in PURPOSES:
        channels = [channel for channel in (*CHANNELS, IN_PERSON) if (purpose, channel) in pairs]
        if channels:
            found[purpose] = channels
    return found


def check(purpose: str, channel: str, state: str, how: str) -> None:
    """Check a consent: UserError "purpose", "channel", "state" or "how" for what the register does not hold."""
    channels = (*CHANNELS, IN_PERSON) if purpose == "health" else CHANNELS
    for field, word, words in (
        ("purpose", purpose, PURPOSES), ("channel", channel, channels), ("state", state, STATES),
    ):
        if word not in words:
            raise UserError(field, _("Choose one of: {choices}.").format(choices=", ".join(words)))
    if not how.strip():
        raise UserError("how", _("Note how it was said: at the desk, by letter, on the phone."))


def wording(purpose: str, channel: str) -> str:
    """The words to ask it in: what is kept in the register as what was shown."""
    if purpose == "health":
        return _("May we keep what you tell about your health, to work safely? You can have it removed at any time.")
    return _("May we send you this: {purpose}, by {channel}? You can always say stop.").format(
        purpose=purpose_label(purpose), channel=channel_label(channel)
    )
