"""Settings: language, theme (light or dark) and text size."""

from __future__ import annotations

from kapperboek.domain.views.settings_view import ShopView
from kapperboek.i18n import _
from kapperboek.ui.core.context import Context
from kapperboek.ui.settings.settings_rows import SettingRow
from kapperboek.ui.settings.settings_shop import ShopSettings
from kapperboek.ui.widgets.form_fields import Choice

SCALES = (100, 115, 130, 150, 175, 200)


class LooksSection(ShopSettings):
    """Settings of language, theme and text size; a choice is to be seen at once."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.language = Choice([("nl", "Nederlands"), ("en", "English")], name=_("Language"))
        themes = [("light", _("light")), ("dark", _("dark")), ("system", _("as the computer"))]
        self.theme = Choice(themes, name=_("Light or dark"))
        self.scale = Choice([(n, f"{n} %") for n in SCALES], name=_("Text size"))
        self.rows = {
            "language": SettingRow(_("Language"), "", self.language, 300),
            "theme": SettingRow(_("Light or dark"), "", self.theme, 300),
            "text_scale": SettingRow(_("Text size"), _("Everything grows along."), self.scale, 300),
        }
        self.card(_("Language and looks"), "today", list(self.rows.values()))
        for name, choice in (("language", self.language), ("theme", self.theme), ("text_scale", self.scale)):
            choice.changed.connect(lambda value, key=name: self._change(key, value))
        self.show_shop(context.shop)  # made anew after a change, it says at once what was chosen
        context.save_failed.connect(self.refresh)

    def _change(self, name: str, value: object) -> None:
        """Say that it is being done: the whole window is made anew, which takes a moment."""
        self.rows[name].set_remark(_("One moment: the window is made anew…"))
        self.keep(self.rows[name], **{name: value})

    def show_shop(self, shop: ShopView) -> None:
        for row, remark in zip(self.rows.values(), ("", "", _("Everything grows along.")), strict=True):
            row.set_remark(remark)
        self.language.set_value(shop.language)
        self.theme.set_value(shop.theme)
        self.scale.set_value(shop.text_scale)
