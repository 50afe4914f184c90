"""The one clock. It is handed in; nothing else asks what time it is.

Instants are aware UTC; days and moments of the shop are in the shop's time zone.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Europe/Amsterdam"  # of a shop that chose none


def instant(now: datetime) -> str:
    """Text of an instant (aware), as it is stored: UTC, ``2026-11-22T08:00:00Z``."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def wall_time(at: str, zone: ZoneInfo) -> datetime:
    """A stored instant as the shop's wall showed it, naive. ValueError for what is none."""
    return datetime.fromisoformat(at).astimezone(zone).replace(tzinfo=None)


class Clock(Protocol):
    """Clock that tells the instant, and what that is in the shop."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""

    def local(self) -> datetime:
        """The present moment on the shop's wall, naive."""

    def today(self) -> date:
        """The day it is in the shop."""

    def uptime(self) -> float:
        """Seconds since the computer started, asleep or not where it tells: nobody can put this forward or back."""


class SystemClock:
    """The computer's clock, read in the shop's time zone; ``on`` replaces the day (``--on``), not the hour."""

    def __init__(self, zone: str = DEFAULT_ZONE, on: date | None = None) -> None:
        self.zone = ZoneInfo(zone)
        self.on = on

    def now(self) -> datetime:
        local = datetime.now(self.zone)
        if self.on is not None:
            local = datetime.combine(self.on, local.time(), self.zone)
        return local.astimezone(UTC)

    def local(self) -> datetime:
        return self.now().astimezone(self.zone).replace(tzinfo=None)

    def today(self) -> date:
        return self.local().date()

    def uptime(self) -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class FixedClock:
    """A clock that stands still, for tests and for measuring."""

    def __init__(self, local: datetime, zone: str = DEFAULT_ZONE, up: float = 1_000_000) -> None:
        self.zone = ZoneInfo(zone)
        self._local, self._up = local, up

    def now(self) -> datetime:
        return self._local.replace(tzinfo=self.zone).astimezone(UTC)

    def local(self) -> datetime:
        return self._local

    def today(self) -> date:
        return self._local.date()

    def uptime(self) -> float:
        return self._up
