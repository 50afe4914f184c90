"""Edit conflict: somebody else saved first; both texts beside each other, and who edits chooses which one stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kapperboek.domain.errors import ChangedMeanwhile
from kapperboek.i18n import _
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import CardFrame
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.text_labels import Label


class MeanwhilePanel(CardFrame):
    """Panel of an edit conflict: ``mine`` is called to write ours over theirs, ``theirs`` to let theirs be."""

    def __init__(self, error: ChangedMeanwhile, mine: Callable[[], None], theirs: Callable[[], None]) -> None:
        super().__init__(_("Changed meanwhile"), icon="alert", ground="coral_tint")
        self.body.addWidget(Label(error.message, wrap=True))
        both = SideBySide((_text(_("Stands on the card now"), error.theirs), 1), (_text(_("You typed"), error.ours), 1))
        self.body.addWidget(both)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        self.keep_mine = Button(_("Keep mine"))
        self.keep_theirs = Button(_("Keep theirs"))
        self.keep_mine.clicked.connect(mine)
        self.keep_theirs.clicked.connect(theirs)
        flow.addWidget(self.keep_theirs)
        flow.addWidget(self.keep_mine)
        self.body.addWidget(flow_policy(buttons))


def _text(title: str, text: str) -> CardFrame:
    frame = CardFrame(title)
    frame.body.addWidget(Label(text[:3000] or "–", wrap=True))
    return frame
