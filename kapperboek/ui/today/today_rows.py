"""Rows of the Today page: the words, badge and actions of each line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kapperboek.domain.people.names import numbered
from kapperboek.domain.views.today_view import Today, TodayLine
from kapperboek.i18n import _, ngettext
from kapperboek.ui.today.appointment_actions import appointment_actions
from kapperboek.ui.widgets.lists.action_rows import Action, Row

MOST = 30  # rows of one card; what a person goes through with coffee
PLACES = {
    "appointment": "chair", "unsettled": "follow", "promise": "follow", "follow_up": "follow", "talk_point": "follow",
    "birthday": "birthdays", "anniversary": "birthdays", "absent": "absent",
}


HIDDEN = frozenset({"follow", "birthdays", "absent"})  # while somebody looks along: a name there says it all


def columns(today: Today, discreet: bool) -> dict[str, list[Row]]:
    """Rows of each card of the page: chair, follow, birthdays, absent."""
    made: dict[str, list[Row]] = {"chair": [], "follow": [], "birthdays": [], "absent": []}
    questions = {line.customer_id: line.text for line in today.lines if line.kind == "question"}
    left = dict.fromkeys(made, 0)
    for line in today.lines:
        place = PLACES.get(line.kind)
        if place is None or (discreet and place in HIDDEN):
            continue
        if len(made[place]) >= MOST:
            left[place] += 1
        elif line.kind == "appointment":
            made[place].append(_appointment(line, questions.get(line.customer_id, ""), discreet))
        else:
            made[place].append(_row(line, today.date, discreet))
    for place, number in left.items():
        if number:
            made[place].append(Row("", title=ngettext("and {n} more", "and {n} more", number).format(n=number)))
    return made


def _row(line: TodayLine, day: date, discreet: bool) -> Row:
    if line.kind == "unsettled":
        return _unsettled(line, discreet)
    if line.kind in ("promise", "follow_up"):
        return _follow_up(line, day, discreet)
    if line.kind == "talk_point":
        return _talk_point(line, discreet)
    return _absent(line, discreet) if line.kind == "absent" else _birthday(line, discreet)


def asking(lines: Iterable[TodayLine]) -> int:
    """Count the lines under *Follow up*: the number there and in the head of the page."""
    return sum(1 for line in lines if PLACES.get(line.kind) == "follow")


def waiting(lines: Iterable[TodayLine], day: date) -> int:
    """Count the lines that ask for something today or did so before: the number in the badge."""
    return sum(1 for line in lines if line.kind in ("unsettled", "promise", "follow_up") and line.due <= day)


def waiting_words(count: int) -> str:
    """Text of the number in the badge, for a screen reader."""
    return ngettext("{n} today or too late", "{n} today or too late", count).format(n=count)


def _lines(*texts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((text, token) for text, token in texts if text)


def _appointment(line: TodayLine, question: str, discreet: bool) -> Row:
    asked = _("question: {text}").format(text=question) if question else ""
    minutes = _("{n} min").format(n=line.minutes) if line.minutes else ""
    what = ", ".join(part for part in (line.text, minutes if line.staff else "") if part)
    about = " · ".join(part for part in (what, line.why) if part)
    return Row(
        numbered(line.name, line.number, line.namesake),
        line,
        badge=("" if discreet else line.badge, "plum" if line.badge_kind == "birthday" else "green"),
        right=(line.time, _with(line) or minutes),
        lines=() if discreet else _lines((line.warning, "coral"), (about or asked, "soft")),
        question=asked if about and not discreet else "",
        snips=() if discreet else line.talk_points,
        actions=appointment_actions(),
        compact="line",
    )


def _with(line: TodayLine) -> str:
    return _("with {staff}").format(staff=line.staff) if line.staff else ""


def _unsettled(line: TodayLine, discreet: bool) -> Row:
    about = " · ".join(part for part in (line.text, _with(line)) if part)
    came, missed, change, *rest = appointment_actions()
    return Row(
        numbered(line.name, line.number, line.namesake),
        line,
        avatar="",
        due=(line.due_text, "coral"),
        lines=() if discreet else _lines((about, "ink"), (line.why, "soft")),
        actions=(came._replace(text=_("Came")), missed._replace(quiet=False, text=_("Did not come")), change, *rest),
        compact="text",
    )


def _follow_up(line: TodayLine, day: date, discreet: bool) -> Row:
    urgent = line.overdue or (line.kind == "promise" and (line.due - day).days <= 1)
    kind = "coral" if urgent else "petrol" if line.due == day else "plain"
    return Row(
        numbered(line.name, line.number, line.namesake),
        line,
        avatar="",
        due=(line.due_text, kind),
        lines=() if discreet else _lines((line.text, "ink"), (_who(line), "soft")),
        actions=(
            Action("call", "phone", _("Call"), "B", _("Call")),
            Action("done", "check", _("Done"), "K", _("Done")),
            Action("tomorrow", "snooze", _("Again tomorrow"), "M"),
            Action("later", "calendar", _("Another day"), "D"),
        ),
        compact="text",
    )


def _who(line: TodayLine) -> str:
    return " · ".join(part for part in (line.why, line.staff) if part)


def _talk_point(line: TodayLine, discreet: bool) -> Row:
    return Row(
        numbered(line.name, line.number, line.namesake),
        line,
        avatar="",
        lines=() if discreet else _lines((line.why, "soft")),
        snips=() if discreet else (line.text,),
        actions=(
            Action("call", "phone", _("Call"), "B", _("Call")),
            Action("hide", "cross", _("Not this one"), "N"),
        ),
        compact="text",
    )


def _birthday(line: TodayLine, discreet: bool) -> Row:
    plum = line.kind == "birthday"
    near = line.why if not plum or line.ref < 0 else ""  # whose daughter; the own year of birth is in the age
    return Row(
        numbered(line.name, line.number, line.namesake),
        line,
        avatar="plum" if plum else "petrol",
        due=(line.due_text, "plum" if plum else "plain"),
        badge=(line.badge, "plain"),
        lines=() if discreet else _lines((" · ".join(part for part in (line.text, near) if part), "soft")),
        actions=(
            Action("call", "phone", _("Call"), "B"),
            Action("hide", "check", _("Congratulated"), "K"),
        ),
        compact="line",
    )


def _absent(line: TodayLine, discreet: bool) -> Row:
    return Row(
        numbered(line.name, line.number, line.namesake),
        line,
        lines=() if discreet else _lines((", ".join(part for part in (line.badge, line.due_text) if part), "soft")),
        actions=(
            Action("call", "phone", _("Call"), "B"),
            Action("follow_up", "follow-up", _("Follow-up"), "O", quiet=True),
            Action("hide", "snooze", _("Not now: four weeks later"), "N"),
        ),
        compact="line",
    )
