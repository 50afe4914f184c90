"""Possible duplicates in an imported list: by name, with the reason, and the way to both cards; and the forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from kapperboek.domain.views.list_views import Double, FileReport, MaybeForgotten
from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.customers.customers_labels import thousands
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import CardFrame
from kapperboek.ui.widgets.lists.action_list import ActionList
from kapperboek.ui.widgets.lists.action_rows import Action, Row
from kapperboek.ui.widgets.text_labels import Label

FORGOTTEN_SHOWN = 200


class DoublesCard(CardFrame):
    """Card of the possible duplicates; ``wished`` carries the customer whose card somebody wants to see."""

    wished = Signal(int)

    def __init__(self, files: Sequence[FileReport], dry_run: bool, discreet: bool) -> None:
        total = sum(file.possible_duplicates for file in files)
        super().__init__(_("Perhaps double"), icon="customers", remark=thousands(total))
        self.body.setContentsMargins(theme.px(12), theme.px(16), theme.px(12), theme.px(10))
        self.head.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        doubles = [double for file in files for double in file.doubles]
        words = _("Nobody is joined by likeness alone: everybody here gets a card of their own.")
        if len(doubles) < total:
            words += " " + _("These are the first {n}.").format(n=thousands(len(doubles)))
        remark = Label(words, size=13.5, token="soft", wrap=True)
        remark.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        self.list = ActionList(_("Perhaps double"), grows=True)
        self.list.set_rows([_row(double, dry_run, discreet) for double in doubles])
        self.list.opened.connect(self._open)
        self.list.acted.connect(lambda action, double: self._open(double, action))
        self.body.addWidget(remark)
        self.body.addWidget(self.list)
        self._dry_run = dry_run

    def _open(self, double: Double, action: str = "") -> None:
        """Open the other card, that is the one somebody knows; or after the import the new one."""
        there = double.other_known or not self._dry_run
        if action == "own" or (not there and not self._dry_run):
            self.wished.emit(double.customer_id)
        elif there:
            self.wished.emit(double.other_id)


class ForgottenCard(CardFrame):
    """People of an imported list who may have been forgotten on purpose.

    ``wished`` carries whose card, after the import; ``left_out`` whether they are to be left out, before it.
    """

    wished = Signal(int)
    left_out = Signal(bool)

    def __init__(self, files: Sequence[FileReport], dry_run: bool, discreet: bool) -> None:
        people = [one for file in files for one in file.forgotten]
        title = _("Maybe somebody you have forgotten")
        super().__init__(title, icon="alert", remark=thousands(len(people)))
        self.body.setContentsMargins(theme.px(12), theme.px(16), theme.px(12), theme.px(10))
        self.head.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        words = _("They get a card all the same. If it is them, leave them out, or forget them again.")
        self.leave = Button(_("Leave these out"), kind="choice", size="small")
        self.leave.setChecked(not any(one.customer_id for one in people))
        self.leave.clicked.connect(self.left_out)
        remark = Label(words, size=13.5, token="soft", wrap=True)
        remark.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        self.list = ActionList(title, grows=True)
        self.list.set_rows([_forgotten_row(one, dry_run, discreet) for one in people[:FORGOTTEN_SHOWN]])
        self.list.opened.connect(lambda one: self._open(one, dry_run))
        self.list.acted.connect(lambda _action, one: self._open(one, dry_run))
        self.body.addWidget(remark)
        self.body.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.list)
        self.leave.setVisible(dry_run)

    def _open(self, one: MaybeForgotten, dry_run: bool) -> None:
        if one.customer_id and not dry_run:
            self.wished.emit(one.customer_id)


def _forgotten_row(one: MaybeForgotten, dry_run: bool, discreet: bool) -> Row:
    reasons = "" if discreet else _("known by {what}").format(what=", ".join(one.reasons))
    lines = tuple(line for line in ((reasons, "soft"),) if line[0])
    open_it = Action("own", "user", _("Open the new card"), "N", _("Open the new card"))
    return Row(one.name, one, lines=lines, actions=() if dry_run or not one.customer_id else (open_it,))


def _row(double: Double, dry_run: bool, discreet: bool) -> Row:
    other = f"{double.other_name} · #{double.other_number}" if double.other_number else double.other_name
    like = _("looks like {name}").format(name=other)
    if not double.other_known:
        like = _("looks like {name}, also in this list").format(name=double.other_name)
    actions = []
    if not dry_run:
        actions.append(Action("own", "user", _("Open the new card"), "N", _("Open the new card")))
    if not dry_run or double.other_known:
        actions.append(Action("other", "customers", _("Open the other card"), "A", _("Open the other card")))
    reasons = "" if discreet else " · ".join(double.reasons)
    lines = tuple(line for line in ((like, "ink"), (reasons, "soft")) if line[0])
    return Row(double.name, double, lines=lines, actions=tuple(actions))
