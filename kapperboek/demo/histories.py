"""History of a made-up customer: visits in a rhythm of their own, calls, talk points, promises, appointments."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from kapperboek.demo.demo_words import Chooser
from kapperboek.demo.story import document
from kapperboek.domain.care.talk_points import PROMISE_DAYS
from kapperboek.domain.records import CustomerRecord, FollowUpRecord, InteractionRecord, TalkPointRecord

STAFF = ("Sanne", "Noor", "Yara")
_HOURS = tuple(f"{hour:02d}:{minute:02d}" for hour in range(9, 17) for minute in (0, 15, 30, 45))
_PRICE_RISE = 0.03  # a year

# How customers stand, and how many: (share, first and last multiple of their rhythm since the last visit)
_ACTIVE, _ABSENT, _GONE, _ONCE = 0.66, 0.72, 0.86, 0.95  # of all; the rest never came


class Habit(NamedTuple):
    """Habit of a made-up customer: what they have done, how often, and with what."""

    treatments: list[str]
    rhythm: int
    recipe: str


class History(Chooser):
    """History of made-up customers: fills records with what happened, from the same stream of chance as the people."""

    def __init__(self, rng: Random, today: date, moments: float) -> None:
        super().__init__(rng)
        self.today = today
        self.moments = moments  # contact moments a customer has, on average
        self._prices = {one["name"]: (one["minutes"], _cents(one["price"])) for one in document()["treatments"]}
        self._days = [(today - timedelta(days=n)).isoformat() for n in range(5000)]

    def fill(self, record: CustomerRecord, male: bool, age: int) -> None:
        """Give the customer a past, and perhaps an appointment."""
        rng, standing = self.rng, self.rng.random()
        if self.moments <= 0 or standing > _ONCE:
            record.customer_since = self._days[int(rng.random() * 300)] if standing > 0.98 else None
            return
        habit = self._habit(male, age)
        count = 1 if standing > _GONE else max(2, int(rng.gammavariate(2.2, self.moments * 0.5)))
        last = self._last_visit(standing, habit.rhythm)
        staff = self.pick(STAFF)
        record.regular_staff = staff if rng.random() < 0.7 else ""
        days = self._visit_days(last, habit.rhythm, count)
        record.customer_since = self._days[days[-1]]
        for ago in reversed(days):
            self._visit(record, ago, habit, staff if rng.random() < 0.85 else self.pick(STAFF))
        self._other_moments(record, days, staff)
        self._talk(record, days, staff)
        if standing < _ACTIVE and rng.random() < 0.3:
            self._appointment(record, habit, staff)
        record.interactions.sort(key=lambda item: item.at)

    def _habit(self, male: bool, age: int) -> Habit:
        rng = self.rng
        if age < 13:
            return Habit(["Knippen kind"], 56 + int(rng.random() * 28), "")
        if male:
            beard = rng.random() < 0.2
            return Habit(["Knippen heren", "Baard"] if beard else ["Knippen heren"], 21 + int(rng.random() * 28), "")
        draw = rng.random()
        if draw < 0.45:
            return Habit(
                ["Knippen", self.pick(("Kleuren", "Uitgroei", "Highlights"))],
                35 + int(rng.random() * 21),
                self._recipe(),
            )
        if draw < 0.55 and age > 65:
            return Habit(["Watergolf"], 7 + int(rng.random() * 8), "")
        if draw < 0.6:
            return Habit([self.pick(("Balayage", "Permanent"))], 70 + int(rng.random() * 60), self._recipe())
        return Habit([self.pick(("Knippen", "Wassen en knippen"))], 42 + int(rng.random() * 42), "")

    def _recipe(self) -> str:
        rng = self.rng
        mix = f"{self.word('brands')} {self.word('shades')} {20 + 10 * int(rng.random() * 5)} g"
        if rng.random() < 0.4:
            mix += f" + {self.word('shades')} {10 + 10 * int(rng.random() * 2)} g"
        return f"{mix} · {self.pick(('4', '6', '9'))}% 1:1 · {25 + 5 * int(rng.random() * 4)} min"

    def _last_visit(self, standing: float, rhythm: int) -> int:
        """Days since the last visit."""
        rng = self.rng
        if standing < _ACTIVE:
            return 1 + int(rng.random() * rhythm * 1.05)
        if standing < _ABSENT:
            return int(rhythm * (1.35 + rng.random() * 0.45)) + 14
        if standing < _GONE:
            return max(190, 5 * rhythm) + int(rng.random() ** 2 * 900)
        return 5 + int(rng.random() * 700)

    def _visit_days(self, last: int, rhythm: int, count: int) -> list[int]:
        """Number of days ago of each visit, the last one first."""
        days = [last]
        while len(days) < count and days[-1] < 4500:
            days.append(days[-1] + max(3, int(rhythm * (0.8 + self.rng.random() * 0.4))))
        return days

    def _visit(self, record: CustomerRecord, ago: int, habit: Habit, staff: str) -> None:
        rng = self.rng
        minutes = price = 0
        for name in habit.treatments:
            usual = self._prices[name]
            minutes, price = minutes + usual[0], price + usual[1]
        cents = int(price * (1 - _PRICE_RISE) ** (ago // 365)) // 50 * 50
        recipe = habit.recipe
        if recipe and rng.random() < 0.12:
            recipe = self._recipe()
        record.interactions.append(
            InteractionRecord(
                "visit", f"{self._days[ago]}T{self.pick(_HOURS)}", staff, minutes, f"{cents // 100}.{cents % 100:02d}",
                habit.treatments, recipe, [self.word("products")] if rng.random() < 0.1 else [],
                self.word("visit_notes") if rng.random() < 0.35 else "",
            )
        )

    def _other_moments(self, record: CustomerRecord, days: list[int], staff: str) -> None:
        rng = self.rng
        if rng.random() < 0.3:
            ago = self.pick(days)
            self._note(
                record, max(0, ago - 1 - int(rng.random() * 5)), "call", staff, self.word("call_notes")
            )
        if rng.random() < 0.12:
            item = InteractionRecord(
                "purchase",
                f"{self._days[self.pick(days)]}T16:45",
                staff,
                products=[self.word("products")],
            )
            item.amount = f"{9 + int(rng.random() * 20)}.95"
            record.interactions.append(item)
        if rng.random() < 0.06:
            self._note(record, self.pick(days), "message", staff, "Appje: " + self.word("call_notes"))
        if rng.random() < 0.008:
            self._complain(record, days[0], staff)
        elif rng.random() < 0.03:
            made = int(rng.random() * 20)
            due = self.today + timedelta(days=int(rng.random() * 40) - 6)
            item_state = "done" if rng.random() < 0.5 else "open"
            closed = self._days[0] if item_state == "done" else None
            record.follow_ups.append(
                FollowUpRecord(
                    self.word("follow_ups"),
                    due.isoformat(),
                    staff,
                    item_state,
                    made_on=self._days[made],
                    closed_on=closed,
                )
            )

    def _note(self, record: CustomerRecord, ago: int, kind: str, staff: str, text: str) -> None:
        record.interactions.append(InteractionRecord(kind, f"{self._days[ago]}T{self.pick(_HOURS)}", staff, note=text))

    def _complain(self, record: CustomerRecord, ago: int, staff: str) -> None:
        text = self.word("complaints")
        ago = max(0, ago - 1)
        self._note(record, ago, "complaint", staff, text)
        kept = ago > PROMISE_DAYS + 2
        due = (self.today - timedelta(days=ago - PROMISE_DAYS)).isoformat()
        record.follow_ups.append(
            FollowUpRecord(
                f"Klacht beantwoorden: {text}", due, staff, "done" if kept else "open", "promise", self._days[ago],
                closed_on=self._days[ago - 2] if kept else None,
            )
        )

    def _talk(self, record: CustomerRecord, days: list[int], staff: str) -> None:
        rng = self.rng
        if rng.random() < 0.35:
            record.talk_points.append(self._point(days[0], staff))
        if rng.random() < 0.12:
            record.talk_points.append(self._point(days[0], staff))
        if rng.random() < 0.04:
            later = self._point(days[0], staff)
            later.not_before = (self.today + timedelta(days=int(rng.random() * 60) - 20)).isoformat()
            record.talk_points.append(later)
        if len(days) > 1 and rng.random() < 0.3:
            point = self._point(days[1], staff)
            visit = next(item for item in reversed(record.interactions) if item.kind == "visit")
            point.state, point.outcome, point.closed_at, point.closed_by = (
                "discussed",
                self.word("answers"),
                visit.at,
                visit.staff,
            )
            record.talk_points.insert(0, point)

    def _point(self, ago: int, staff: str) -> TalkPointRecord:
        text = self.word("talk")
        if "{" in text:
            text = text.format(holiday=self.word("holidays"))
        return TalkPointRecord(text, self._days[ago], staff)

    def _appointment(self, record: CustomerRecord, habit: Habit, staff: str) -> None:
        away = 1 + int(self.rng.random() * 35)
        if self.rng.random() < 0.01:
            away = 0
        at = f"{(self.today + timedelta(days=away)).isoformat()}T{self.pick(_HOURS)}"
        minutes = sum(self._prices[name][0] for name in habit.treatments)
        record.interactions.append(InteractionRecord("appointment", at, staff, minutes, None, habit.treatments))


def _cents(price: str) -> int:
    return int(price.replace(".", ""))
