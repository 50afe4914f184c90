"""Follow-ups as rows of a list: the group of each, and its actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from kapperboek.domain.people.names import numbered
from kapperboek.domain.people.phones import pretty
from kapperboek.domain.views.card_view import FollowUpView
from kapperboek.i18n import _, format_weekday
from kapperboek.ui.widgets.lists.action_rows import Action, Row

WEEK = timedelta(days=7)


def group_of(view: FollowUpView, today: date) -> str:
    """Group of a follow-up: late, today, week, later or done. One put off stands where it was put off to."""
    if view.state != "open":
        return "done"
    if view.show_on is not None and view.show_on > today:
        return "week" if view.show_on <= today + WEEK else "later"
    if view.due < today:
        return "late"
    if view.due == today:
        return "today"
    return "week" if view.due <= today + WEEK else "later"


def grouped(views: Iterable[FollowUpView], today: date, discreet: bool) -> list[Row]:
    """The rows with a heading above each group; while somebody looks along no more than names."""
    if discreet:
        whole = [_row(view, group_of(view, today), today) for view in views]
        return [Row(row.name, row.subject, actions=row.actions) for row in whole]
    words = {
        "late": _("Too late"),
        "today": _("Today"),
        "week": _("The coming week"),
        "later": _("Later"),
        "done": _("Done or cancelled"),
    }
    groups: dict[str, list[FollowUpView]] = {name: [] for name in words}
    for view in views:
        groups[group_of(view, today)].append(view)
    rows = []
    for name, found in groups.items():
        if found:
            rows.append(Row("", title=f"{words[name]} · {len(found)}"))
            rows += [_row(view, name, today) for view in found]
    return rows


def _row(view: FollowUpView, group: str, today: date) -> Row:
    urgent = group == "late" or (view.kind == "promise" and (view.due - today).days <= 1)
    urgent = urgent and group != "done"
    kind = "coral" if urgent else "petrol" if group == "today" else "plain"
    if group == "done":
        actions: tuple[Action, ...] = (Action("reopen", "undo", _("Open again"), "O", _("Open again")),)
        badge = _("done") if view.state == "done" else _("cancelled")
    else:
        badge = _("promise") if view.kind == "promise" else ""
        actions = (
            Action("call", "phone", _("Call"), "B", _("Call")),
            Action("done", "check", _("Done"), "K", _("Done")),
            Action("tomorrow", "snooze", _("Again tomorrow"), "M"),
            Action("later", "calendar", _("Another day"), "D"),
            Action("edit", "pencil", _("Change"), "W"),
        )
    return Row(
        numbered(view.name, view.number, view.namesake),
        view,
        avatar="coral" if view.kind == "promise" and group != "done" else "petrol",
        badge=(badge, "coral" if view.kind == "promise" and group != "done" else "plain"),
        due=(view.due_text, kind),
        lines=_lines(view),
        actions=actions,
    )


def _lines(view: FollowUpView) -> tuple[tuple[str, str], ...]:
    made = _("noted {day}").format(day=format_weekday(view.made_on))
    put_off = _("put off to {day}").format(day=format_weekday(view.show_on)) if view.show_on else ""
    parts = [view.staff, made, put_off if view.state == "open" else "", pretty(view.phone) if view.phone else ""]
    return ((view.what, "ink"), (" · ".join(part for part in parts if part), "soft"))
