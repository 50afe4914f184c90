"""Drafts bar: half-typed work found at the start, offered in one quiet line above the page: whose and how much."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from kapperboek.domain import staff_rights
from kapperboek.domain.views.list_views import DraftView
from kapperboek.i18n import _
from kapperboek.ui.core.asked_today import mark_of
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.draft_restore import KINDS, typed_name
from kapperboek.ui.widgets.banner import Banner
from kapperboek.ui.widgets.buttons import Button

LONGEST_NAME = 36  # letters that fit in one line


class DraftsBar(Banner):
    """One draft: go on, later (not again today), or throw away. Several: a list of them, or later."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        kinds = ((_("Go on typing"), "plain"), (_("Later"), "quiet"), (_("Throw away"), "quiet"))
        buttons = [Button(words, kind=kind, size="small") for words, kind in kinds]
        super().__init__("pencil", "", buttons, parent=parent)
        self.buttons = buttons
        self.go_on, self.later, self.throw_away = buttons
        self.context = context
        self._drafts: list[DraftView] = []
        self.go_on.clicked.connect(self._choose)
        self.later.clicked.connect(self._put_off)
        self.throw_away.clicked.connect(lambda: self._drop(self.offered()[0]))
        context.discreet_changed.connect(self._show)
        context.staff_changed.connect(self._show)
        self.hide()

    def offer(self, drafts: tuple[DraftView, ...]) -> None:
        """Show these, but for what was put off today; Enter goes on, unless the keyboard is in use already."""
        put_off = self.context.put_off
        self._drafts = [one for one in drafts if one.kind in KINDS and mark(one) not in put_off]
        self._show()
        focus = QApplication.focusWidget()
        if self.offered() and (focus is None or not focus.focusPolicy() & Qt.FocusPolicy.TabFocus):
            self.go_on.setFocus(Qt.FocusReason.TabFocusReason)

    def offered(self) -> list[DraftView]:
        """Those for who is working now: a data leak only for who sees the settings."""
        settings = self.context.may(staff_rights.SETTINGS)
        return [draft for draft in self._drafts if settings or draft.kind != "breach"]

    def _show(self, *_changed: object) -> None:
        offered = self.offered()
        self.setVisible(bool(offered))
        several = len(offered) > 1
        self.throw_away.setVisible(not several)
        self.go_on.setText(_("Choose…") if several else _("Go on typing"))
        self.go_on.setAccessibleName(self.go_on.text())
        self.go_on.updateGeometry()
        if several:
            self.words.setText(_("{n} things half typed").format(n=len(offered)))
        elif offered:
            self.words.setText(title(offered[0], self.context.discreet))

    def _choose(self) -> None:
        if len(offered := self.offered()) == 1:
            self._go_on_with(offered[0])
        elif offered:
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.go_on.mapToGlobal(self.go_on.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Each of several, to go on with or to throw away."""
        menu = QMenu(self)
        away = QMenu(_("Throw away"), menu)
        for draft in self.offered():
            words = title(draft, self.context.discreet).replace("&", "&&")
            menu.addAction(words).triggered.connect(self._doing(self._go_on_with, draft))
            away.addAction(words).triggered.connect(self._doing(self._drop, draft))
        menu.addSeparator()
        menu.addMenu(away)
        return menu

    def _doing(self, do: Callable[[DraftView], None], draft: DraftView) -> Callable[[], None]:
        return lambda: do(draft)

    def _put_off(self) -> None:
        """Put these drafts off: nobody is asked about them again today; opening the same form still goes on with it."""
        self.context.put_off.add(*map(mark, self.offered()))
        offered = self.offered()
        self._drafts = [draft for draft in self._drafts if draft not in offered]
        self._show()

    def _go_on_with(self, draft: DraftView) -> None:
        self._drafts.remove(draft)
        self._show()
        if draft.kind == "card":  # typed on the card itself, which puts it back when it is shown
            self.context.open_customer(draft.customer_id)
        else:
            self.context.open_dialog(draft.kind, customer_id=draft.customer_id, draft=draft)

    def _drop(self, draft: DraftView) -> None:
        self._drafts.remove(draft)
        self.context.drafts.drop(draft.id)
        self._put_off()


def mark(draft: DraftView) -> str:
    """Mark by which a draft is put off; typed in again, it is another."""
    return mark_of(draft.id, draft.updated_at)


def title(draft: DraftView, discreet: bool) -> str:
    """Title of a draft, with whose it is: "Half getypt bezoek van Marieke"; without the name when ``discreet``."""
    name = "" if discreet else draft.customer_name or typed_name(draft.payload)
    if len(name) > LONGEST_NAME:
        name = name[:LONGEST_NAME].rstrip() + "…"
    words = {
        "visit": (_("Half-typed visit"), _("Half-typed visit of {name}")),
        "customer": (_("Half-typed card"), _("Half-typed card of {name}")),
        "follow_up": (_("Half-typed follow-up"), _("Half-typed follow-up for {name}")),
        "appointment": (_("Half-typed appointment"), _("Half-typed appointment of {name}")),
        "breach": (_("Half-typed data leak"), _("Half-typed data leak")),
    }.get(draft.kind, (_("Half-typed note"), _("Half-typed note about {name}")))
    return words[1].format(name=name) if name else words[0]
