"""Consent dialog: what may be sent and how we know; one press gives or withdraws, and nothing is ever rubbed out."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from kapperboek.domain.labels import WAYS, channel_label, purpose_label, state_label, way_label
from kapperboek.domain.law import consent
from kapperboek.domain.views.privacy_views import ConsentView, Register
from kapperboek.i18n import _, format_day
from kapperboek.services.privacy import consents
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Choice, Field
from kapperboek.ui.widgets.frames import Line, Notice
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.clear_layout import forget_children
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.layout.side_by_side import TurningRow
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Heading, Label

Pair = tuple[str, str]
BESIDE = 620  # width at 100 % from which the buttons stand beside their purpose


def ways() -> list[tuple[object, str]]:
    """Ways in which consent is given: the value kept in the register, and the label on the button."""
    return [(way, way_label(way)) for way in WAYS]


class ConsentDialog(SheetDialog):
    """Dialog with a button for every purpose and channel, pressed where given; below it every line there ever was."""

    def __init__(self, context: Context, customer_id: int) -> None:
        super().__init__(context, _("Permission"), customer_id=customer_id, width=820, cancel_text=_("Close"))
        self.save_button.hide()
        self.outranked = Notice("", parent=self)
        self.body.addWidget(self.outranked)
        self.how = Choice(ways(), ways()[0][0], name=_("How was it said?"))
        self.body.addWidget(Field(_("How was it said?"), self.how))
        self.buttons: dict[Pair, Button] = {}
        self.body.addWidget(self._table())
        self.body.addWidget(Heading(_("What was said, and when"), 2))
        self._list = vbox(gap=6)
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    @classmethod
    def open_for(cls, context: Context, *, customer_id: int, **_kw: Any) -> ConsentDialog:
        """Open the consents of this customer."""
        dialog = cls(context, customer_id)
        dialog.open(dialog.buttons["birthday", "post"])
        dialog._ask()
        return dialog

    def _table(self) -> QWidget:
        table = QWidget()
        rows = vbox(table, gap=6)
        for purpose in consent.PURPOSES:
            label = purpose_label(purpose)
            holder = QWidget()
            flow = FlowLayout(holder)
            for channel in (consent.IN_PERSON,) if purpose == "health" else consent.CHANNELS:
                words = channel_label(channel)
                button = Button(words, kind="choice", size="small", name=f"{label}: {words}")
                button.setToolTip("")
                button.clicked.connect(lambda given, pair=(purpose, channel): self._say(pair, given))
                self.buttons[purpose, channel] = button
                flow.addWidget(button)
            title = Label(label[:1].upper() + label[1:], weight=600, wrap=True)
            rows.addWidget(TurningRow(title, flow_policy(holder), BESIDE, even=True))
        return table

    def _ask(self) -> None:
        jobs = self.context.jobs
        jobs.run(consents.register, self.customer_id, done=self._got, failed=self.tell, key="consents", owner=self)

    def _got(self, register: Register) -> None:
        self.set_head(subtitle=register.name, avatar=register.name)
        text = _("No advertising: nothing is sent, whatever stands below.") if register.no_advertising else ""
        self.outranked.set_text(_("Deceased: nothing is sent any more.") if register.deceased else text)
        health = any(purpose == "health" for purpose, _channel in register.given)
        for pair, button in self.buttons.items():
            button.setChecked(pair in register.given or (pair[0] == "health" and health))
        forget_children(self._list)
        for line in register.history:
            self._list.addWidget(Label(what_was_said(line), weight=600, wrap=True))
            self._list.addWidget(Label(how_we_know(line), size=13.5, token="soft", wrap=True))
            self._list.addWidget(Line())
        if not register.history:
            self._list.addWidget(Label(_("Nothing has been asked yet."), token="soft"))
        self.relayout()

    def _say(self, pair: Pair, given: bool) -> None:
        self.tell("")
        self.context.save(
            consents.record_consent, self.customer_id, *pair, "given" if given else "withdrawn",
            how=str(self.how.value() or ""), done=lambda _saved: self._ask(), failed=self._failed, owner=self,
        )

    def _failed(self, error: Exception) -> None:
        self.tell(error)
        self._ask()


def what_was_said(line: ConsentView) -> str:
    """Text of a consent given or withdrawn: ``Verjaardagsgroet (post): gegeven``."""
    label = purpose_label(line.purpose)
    return f"{label[:1].upper()}{label[1:]} ({channel_label(line.channel)}): {state_label(line.state)}"


def how_we_know(line: ConsentView) -> str:
    """Evidence of a consent in one line: day, way, staff member and wording."""
    day = format_day(line.at.date())
    at = f"{day} {line.at:%H:%M}" if line.timed else day
    shown = f"“{line.wording}”" if line.wording else ""
    return " · ".join(filter(None, (at, way_label(line.how), line.staff, shown)))
