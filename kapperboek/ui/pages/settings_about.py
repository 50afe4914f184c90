"""Settings: which program this is."""

from __future__ import annotations

from kapperboek import __version__
from kapperboek.i18n import _
from kapperboek.ui.context import Context
from kapperboek.ui.pages.settings_rows import Section
from kapperboek.ui.widgets.labels import Label


class AboutSection(Section):
    """Version, licence, and what the program never does."""

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
        ):  # fmt: skip
            card.body.addWidget(Label(text, token=token, wrap=True))
