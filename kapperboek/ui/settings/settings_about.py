"""Settings: about the program (version, licence), where the notebook is, and the way to the demo salon."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from kapperboek import __version__
from kapperboek.i18n import _
from kapperboek.ui.core import demo_salon
from kapperboek.ui.core.context import Context
from kapperboek.ui.settings.settings_rows import Section
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.text_labels import Label


class AboutSection(Section):
    """Section about the program: version, licence, and what it never does."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        card = self.card("Kapperboek", "scissors", ())
        for text, token in (
            (_("Version {version}").format(version=__version__), "ink"),
            (_("The notebook that remembers what you would like to ask your customers."), "soft"),
            (_("One program, one encrypted file on this computer. No account, no server, nothing goes "
               "over the network."), "soft"),
            (_("Free software under the MIT licence. The letter is Inter where it is installed; the "
               "window is made with Qt (LGPL)."), "soft"),
            (_("F1 opens the guide, and shows all keys."), "soft"),
        ):
            card.body.addWidget(Label(text, token=token, wrap=True))
        self._add_file()
        self._add_demo()

    def _add_file(self) -> None:
        """Add the path of the notebook, to be selected and copied."""
        card = self.card(_("Your notebook"), "book", ())
        self.file = Label(str(self.context.notebook or ""), wrap=True)
        self.file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(self.file)
        remark = _("Everything stands in this file. Backups, and putting one back: Settings, Backups.")
        card.body.addWidget(Label(remark, token="soft", wrap=True))

    def _add_demo(self) -> None:
        card = self.card(_("Demo salon"), "shop", ())
        path = self.context.notebook
        here = path is not None and demo_salon.is_demo(path)
        words = (
            _("This is the demo salon: all of it is made up. Your own notebook is another file and stays as it is.")
            if here
            else _("Made-up customers to try things out on, in a window of its own. Your notebook stays as it is.")
        )
        card.body.addWidget(Label(words, token="soft", wrap=True))
        self.demo = Button(_("Open the demo salon"), icon="shop")
        self.demo.clicked.connect(self._open_demo)
        card.body.addWidget(self.demo, 0, Qt.AlignmentFlag.AlignLeft)
        if here or path is None:
            self.demo.hide()
        self.told = Label("", token="soft", wrap=True)
        self.told.hide()
        card.body.addWidget(self.told)

    def _open_demo(self) -> None:
        if self.context.notebook is None:
            return
        path = demo_salon.demo_path(self.context.notebook)
        if demo_salon.is_open(path):
            return
        self._tell(_("Making the demo salon…"))
        self.demo.setEnabled(False)
        self.context.jobs.work(
            demo_salon.make_ready, path, self.context.keeper, done=lambda _nothing: self._start(path),
            failed=self._failed, owner=self,
        )

    def _start(self, path: Path) -> None:
        self.demo.setEnabled(True)
        started = demo_salon.open_window(path)
        self._tell(_("The demo salon opens in another window.") if started else _("The window could not be started."))

    def _failed(self, error: Exception) -> None:
        self.demo.setEnabled(True)
        self._tell(getattr(error, "message", "") or _("The window could not be started."))
        if not getattr(error, "message", ""):
            self.context.tell(error)

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.show()
