"""Translations of Qt's own words (menus of text fields, its file dialog) into the user's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator

from kapperboek.i18n import _


class _Missing(QTranslator):
    """Translator for what Qt says in its file dialog and has no Dutch for itself."""

    def translate(  # None: not known here either
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        words = {
            "&Look in:": _("&Look in:"),
            "Files of &type:": _("Files of &type:"),
            "Folder": _("Folder"),
            "File Folder": _("Folder"),
        }
        keys = {"Return": "Enter", "Del": "Delete"}  # as they stand on the keyboard
        return keys.get(source) if context == "QShortcut" else words.get(source)

    def isEmpty(self) -> bool:
        return False


class QtWords(QObject):
    """Installed before there is anything to open a menu or a dialog with, and again when the language changes."""

    def __init__(self, app: QCoreApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._translators: list[QTranslator] = []

    def stop(self) -> None:
        """Remove the translations: Qt speaks English again."""
        for old in self._translators:
            self._app.removeTranslator(old)
        self._translators = []

    def speak(self, language: str) -> None:
        """Set the language of Qt's own words from now on; English when Qt does not know it."""
        self.stop()
        known, missing = QTranslator(self), _Missing(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._translators = [known, missing] if known.load(f"qtbase_{language}", folder) else [missing]
        for translator in self._translators:
            self._app.installTranslator(translator)
