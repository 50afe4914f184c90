"""Half-typed work found at the start, offered in one quiet line above the page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from kapperboek.domain import roles
from kapperboek.domain.views.lists import DraftView
from kapperboek.i18n import _
from kapperboek.ui.context import Context
from kapperboek.ui.half_typed import KINDS
from kapperboek.ui.widgets.banner import Banner
from kapperboek.ui.widgets.buttons import Button


class DraftsBar(Banner):
    """Offers one draft after another: go on, later (not today), or throw away."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        buttons = []
        for text, kind in ((_("Go on typing"), "plain"), (_("Later"), "quiet"), (_("Throw away"), "quiet")):
            buttons.append(Button(text, kind=kind, size="small"))
            buttons[-1].leave_keyboard()
        super().__init__("pencil", "", buttons, parent=parent)
        self._buttons = buttons
        for button, do in zip(buttons, (self._go_on, self._later, self._drop), strict=True):
            button.clicked.connect(do)
        self.context = context
        self._drafts: list[DraftView] = []
        context.discreet_changed.connect(self._show)
        context.staff_changed.connect(self._show)
        self.hide()

    def offer(self, drafts: tuple[DraftView, ...]) -> None:
        """Show the first of these; Enter goes on with it, unless the keyboard is in use already."""
        put_off = self.context.put_off
        self._drafts = [draft for draft in drafts if draft.kind in KINDS and draft.id not in put_off]
        self._show()
        focus = QApplication.focusWidget()
        if self.first() is not None and (focus is None or not focus.focusPolicy() & Qt.FocusPolicy.TabFocus):
            self._buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def first(self) -> DraftView | None:
        """The one that is offered to who is working now: a data leak only to who sees the settings."""
        settings = self.context.may(roles.SETTINGS)
        return next((draft for draft in self._drafts if settings or draft.kind != "breach"), None)

    def _show(self, *_changed: object) -> None:
        draft = self.first()
        self.setVisible(draft is not None)
        if draft is not None:
            self.words.setText(sentence(draft, self.context.discreet))

    def _take(self) -> DraftView | None:
        draft = self.first()
        if draft is not None:
            self._drafts.remove(draft)
            self._show()
        return draft

    def _later(self) -> None:
        draft = self._take()
        if draft is not None:
            self.context.put_off.add(draft.id)

    def _go_on(self) -> None:
        draft = self._take()
        if draft is None:
            return
        if draft.kind == "card":  # typed on the card itself, which puts it back when it is shown
            self.context.open_customer(draft.customer_id)
        else:
            self.context.open_dialog(draft.kind, customer_id=draft.customer_id, draft=draft)

    def _drop(self) -> None:
        draft = self._take()
        if draft is not None:
            self.context.drafts.drop(draft.id)


def sentence(draft: DraftView, discreet: bool) -> str:
    """What is offered, in words: "Half getypt bezoek van Marieke verder afmaken?"."""
    name = "" if discreet else draft.customer_name
    words = {
        "visit": (_("Go on with a half-typed visit?"), _("Go on with the half-typed visit of {name}?")),
        "customer": (_("Go on with a half-typed card?"), _("Go on with the half-typed card of {name}?")),
        "follow_up": (
            _("Go on with a half-typed follow-up?"),
            _("Go on with the half-typed follow-up for {name}?"),
        ),
    }.get(draft.kind, (_("Go on with a half-typed note?"), _("Go on with the half-typed note about {name}?")))
    return words[1].format(name=name) if name else words[0]
