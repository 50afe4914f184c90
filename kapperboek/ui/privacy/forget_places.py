"""Mentions of somebody elsewhere, in the dialog that forgets them: each has a button; lit, what stands there goes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.privacy_views import NamedPlace
from kapperboek.i18n import _, ngettext
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.text_labels import Heading, Label
from kapperboek.ui.widgets.wrapping_button import WrappingButton

AT_ONCE = 60  # to look at one by one; of more what can hardly be somebody else goes


class ForgetPlaces(QWidget):
    """Buttons of the places, empty until ``show_places``; ``chosen`` gives the keys of those that go."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._rest: list[str] = []
        self.buttons: dict[str, WrappingButton] = {}
        self._lines = vbox(self, gap=6)
        self.hide()

    def show_places(self, places: tuple[NamedPlace, ...]) -> None:
        """Show the places, but those that go whatever is chosen."""
        asked = [place for place in places if not place.by_itself]
        self._rest = [place.key for place in asked[AT_ONCE:] if place.sure]
        if not asked:
            return
        self._lines.addWidget(Heading(_("Where the name, a number or an address stands as well"), 2))
        hint = _("What is lit goes: “…” comes in its place. What is not lit stays as it is; press to change that.")
        self._lines.addWidget(Label(hint, wrap=True, token="soft"))
        for place in asked[:AT_ONCE]:
            button = WrappingButton(self._words(place), kind="choice")
            button.setChecked(place.sure)
            self.buttons[place.key] = button
            self._lines.addWidget(button)
        if more := len(asked[AT_ONCE:]):
            text = ngettext(
                "And {n} more place: it goes if it can hardly be somebody else.",
                "And {n} more places: those go that can hardly be somebody else.", more,
            )
            self._lines.addWidget(Notice(text.format(n=more)))
        self.show()

    def chosen(self) -> list[str]:
        """Keys of the places that go."""
        return [key for key, button in self.buttons.items() if button.isChecked()] + self._rest

    def _words(self, place: NamedPlace) -> str:
        whose = self._context.private(place.name) or (f"#{place.number}" if place.number else "")
        text = self._context.private(place.text)
        return " · ".join(part for part in (whose, place.what, f"“{text}”" if text else "") if part)
