"""First start: it asks three things, the shop's name, yours, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kapperboek.i18n import _, language
from kapperboek.ui.start.full_page import Cover
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Choice, Field, LineEdit
from kapperboek.ui.widgets.text_labels import Label

EMPTY, IMPORT, DEMO = "empty", "import", "demo"


class FirstStartPage(Cover):
    """``begun(shop, name, how)``: how is empty, import or demo. ``spoken(language)``: everything in that language."""

    begun = Signal(str, str, str)
    spoken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Welcome"),
            _("Kapperboek keeps who your customers are, what happened, and what to talk about next time."),
            width=560,
            parent=parent,
        )
        other, words = ("en", "English") if language() == "nl" else ("nl", "Nederlands")
        self.language = Button(words, kind="quiet", size="small")
        self.language.clicked.connect(lambda: self.spoken.emit(other))
        self.brand.addWidget(self.language)
        self.shop = LineEdit(placeholder=_("Salon Sanne"))
        self.name = LineEdit(placeholder=_("Sanne"))
        self.shop_field = Field(_("Name of your shop"), self.shop)
        self.name_field = Field(_("Your first name"), self.name, required=True)
        self.how = Choice(
            (
                (EMPTY, _("Begin empty")),
                (IMPORT, _("Import my customers")),
                (DEMO, _("Look around in a demo salon")),
            ),
            EMPTY,
            name=_("How do you want to begin?"),
        )
        self.how.changed.connect(self._explain)
        for how in (EMPTY, IMPORT, DEMO):
            self.how.button(how).installEventFilter(self)
        self.explained = Label("", size=13.5, token="soft", wrap=True)
        self.begin = Button(_("Begin"), kind="primary", size="large", icon="arrow-right", hint="↵")
        self.begin.clicked.connect(self._begin)
        for line in (self.shop, self.name):
            line.returnPressed.connect(self._begin)
        for part in (self.shop_field, self.name_field, Field(_("How do you want to begin?"), self.how)):
            self.box.addWidget(part)
        self.box.addWidget(self.explained)
        self.box.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self.finish()
        self.setFocusProxy(self.shop)
        self._explain(EMPTY)

    def take_over(self, before: FirstStartPage) -> None:
        """Take over what was typed and chosen before, in the other language."""
        self.shop.setText(before.shop.text())
        self.name.setText(before.name.text())
        self.how.set_value(before.how.value())
        self._explain(self.how.value() or EMPTY)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the choice chooses and begins, as it says on the button to begin."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in enter:
            if isinstance(watched, Button):
                watched.click()
            self._begin()
            return True
        return super().eventFilter(watched, event)

    def _explain(self, how: object) -> None:
        self.explained.setText(
            {
                EMPTY: _("A first name is enough for a card; the rest comes by itself."),
                IMPORT: _(
                    "From a phone (vCard), a spreadsheet, Outlook, Google or Thunderbird. "
                    "You see first what it becomes."
                ),
                DEMO: _(
                    "Made-up customers in a notebook of its own. "
                    "Your own notebook stays empty until you begin it."
                ),
            }[str(how)]
        )
        self.name_field.show_error("")

    def _begin(self) -> None:
        how = str(self.how.value() or EMPTY)
        if how != DEMO and not self.name.text().strip():
            self.name_field.show_error(_("Your first name is needed: it stands beside what you note."))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.busy(_("Making the demo salon…") if how == DEMO else _("Making the notebook…"))
        self.begun.emit(self.shop.text().strip(), self.name.text().strip(), how)

    def busy(self, text: str) -> None:
        """While the notebook is made; an empty text makes the button ready again."""
        self.begin.setEnabled(not text)
        self.language.setEnabled(not text)
        self.begin.setText(text or _("Begin"))
