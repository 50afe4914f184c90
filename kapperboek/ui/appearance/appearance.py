"""Appearance: language, theme and text size follow the settings, and the theme the computer's."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kapperboek import i18n
from kapperboek.domain.views.settings_view import ShopView
from kapperboek.ui.appearance import theme
from kapperboek.ui.appearance.qt_translations import QtWords
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.window_state import WindowMemory


class Looks(QObject):
    """The language asked for at the start, ``asked``, outranks the settings."""

    changed = Signal()  # what stands in the window has the words, colours or lengths of before

    def __init__(
        self, app: QApplication, context: Context, memory: WindowMemory, qt_words: QtWords, asked: str | None
    ) -> None:
        super().__init__(context)
        self._app, self._context, self._memory, self._qt_words = app, context, memory, qt_words
        self.asked = asked
        context.shop_changed.connect(self._follow)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_theme_changed)

    def forget_asked(self) -> None:
        """Forget what the start asked for: what is chosen in the window comes after it."""
        self.asked = None

    def _follow(self, shop: ShopView) -> None:
        """Follow the settings: language, theme or text size may have been changed in them."""
        now = self._memory.now
        language = self.asked or shop.language
        look = (language, shop.theme, shop.text_scale)
        before = (i18n.language(), now.theme, now.text_scale)
        self._memory.change(language=shop.language, theme=shop.theme, text_scale=shop.text_scale, shop=shop.name)
        if look == before:
            return
        i18n.set_language(language)
        theme.apply(self._app, shop.theme, shop.text_scale)
        self.changed.emit()
        if language != before[0]:
            self._qt_words.speak(language)
            self._context.language_changed.emit()
        if look[1:] != before[1:]:
            self._context.theme_changed.emit()

    def _system_theme_changed(self, _scheme: object) -> None:
        now = self._memory.now
        if now.theme == "system":
            theme.apply(self._app, "system", now.text_scale)
            self.changed.emit()
            self._context.theme_changed.emit()
