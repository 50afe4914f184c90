"""Settings that the owner decides, as the window and the settings page are given them."""

from __future__ import annotations

from typing import NamedTuple

from kapperboek.domain.staff_rights import USUAL


class StaffView(NamedTuple):
    """Somebody who works or worked here; ``role`` is owner or staff."""

    id: int
    name: str
    initials: str
    active: bool
    version: int
    role: str = "owner"
    has_pin: bool = False


class TreatmentView(NamedTuple):
    id: int
    name: str
    minutes: int | None
    price_cents: int | None
    active: bool
    version: int


class ProfileFieldView(NamedTuple):
    id: int
    key: str
    label: str
    kind: str
    choices: tuple[str, ...]
    active: bool
    version: int


class ShopView(NamedTuple):
    """The shop's settings; ``text_scale`` in percent, ``theme`` light, dark or system.

    ``discreet_after`` and ``lock_after`` are in minutes (0: never); ``staff_may``: what who is no owner may do beside
    the work itself (see ``domain.staff_rights``); ``closed_weekdays`` (0 is Monday) and ``closed_dates`` as
    ``domain.time.closing_days`` has them.
    """

    name: str
    timezone: str
    region: str
    currency: str
    language: str
    theme: str
    text_scale: int
    promise_days: int
    discreet_after: int
    lock_after: int = 0
    staff_may: tuple[str, ...] = USUAL
    closed_weekdays: tuple[int, ...] = ()
    closed_dates: tuple[str, ...] = ()


AtStart = tuple[ShopView, tuple[StaffView, ...], bool]  # what a window needs; the last: whether there is a passphrase
