"""Language, theme and text size follow the settings, and the theme the computer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from kapperboek import i18n
from kapperboek.ui import theme

if TYPE_CHECKING:
    from kapperboek.domain.views.settings import ShopView
    from kapperboek.ui.app import Program


class Looks(QObject):
    """The language asked for at the start outranks the settings."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        program.context.shop_changed.connect(self._follow)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_theme_changed)

    def _follow(self, shop: ShopView) -> None:
        """Something of it may have been changed in the settings."""
        program = self._program
        language = program.lang or shop.language
        look = (language, shop.theme, shop.text_scale)
        before = (i18n.language(), program.memory.theme, program.memory.text_scale)
        program.memory = program.memory._replace(
            language=shop.language, theme=shop.theme, text_scale=shop.text_scale, shop=shop.name
        )
        if look == before:
            return
        i18n.set_language(language)
        theme.apply(program.app, shop.theme, shop.text_scale)
        program.make_anew()
        if language != before[0]:
            program.qt_words.speak(language)
            program.context.language_changed.emit()
        if look[1:] != before[1:]:
            program.context.theme_changed.emit()

    def _system_theme_changed(self, _scheme: object) -> None:
        program = self._program
        if program.memory.theme == "system":
            theme.apply(program.app, "system", program.memory.text_scale)
            program.make_anew()
            program.context.theme_changed.emit()
