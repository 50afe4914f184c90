"""Settings page: one subject at a time. Everything is kept when it is changed; there is no Save."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from kapperboek.domain import staff_rights
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services import settings
from kapperboek.ui.appearance import icons, theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.lazy_load import load
from kapperboek.ui.forms.page import Page
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Select
from kapperboek.ui.widgets.frames import scrolling
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.painting import paint
from kapperboek.ui.widgets.text_labels import Heading

WIDE = 760  # width at 100 % from which the subjects stand at the left
HIGH = 640  # height of the window at 100 % from which there is room for all of them; else they are in one box
NAV = 232
FOR_ALL = ("looks", "about")  # what staff may change too
KINDS = frozenset({"setting", "staff", "treatment", "profile_field", "breach", "due_decision"})


class Subject(NamedTuple):
    """Subject of the settings, with the place of its section, imported when it is first looked at."""

    name: str
    icon: str
    words: str
    section: str


def subjects() -> tuple[Subject, ...]:
    """List the subjects of the settings in their order."""
    return (
        Subject("shop", "shop", _("The shop"), "kapperboek.ui.settings.settings_shop:ShopSection"),
        Subject("staff", "customers", _("Staff"), "kapperboek.ui.settings.settings_staff:StaffSection"),
        Subject(
            "treatments", "scissors", _("Treatments"), "kapperboek.ui.settings.settings_treatments:TreatmentSection"
        ),
        Subject("fields", "heart", _("Fields of the card"), "kapperboek.ui.settings.settings_fields:FieldSection"),
        Subject("looks", "today", _("Language and looks"), "kapperboek.ui.settings.settings_looks:LooksSection"),
        Subject("security", "lock", _("Security"), "kapperboek.ui.settings.keeping.settings_security:SecuritySection"),
        Subject("privacy", "shield", _("Privacy"), "kapperboek.ui.settings.keeping.settings_privacy:PrivacySection"),
        Subject("backup", "backup", _("Backups"), "kapperboek.ui.settings.keeping.settings_backup:BackupSection"),
        Subject("files", "file", _("Import and export"), "kapperboek.ui.settings.keeping.settings_files:FilesSection"),
        Subject("about", "info", _("About Kapperboek"), "kapperboek.ui.settings.settings_about:AboutSection"),
    )


class SettingsPage(Page):
    """Page of settings; ``shown(subject=…)`` opens at one subject."""

    name = "settings"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.subject = ""
        self.rights = context.rights()
        self.buttons: dict[str, _SubjectButton] = {}
        self._sections: dict[str, QWidget] = {}
        box = vbox(self, gap=14)
        self.heading = Heading(_("Settings"))
        box.addWidget(self.heading)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(theme.px(18))
        self.nav = self._make_nav()
        self._stack = QStackedWidget()
        names = [(subject.name, subject.words) for subject in subjects() if subject.name in self.buttons]
        self._chosen = Select(names, names[0][0], name=_("Subjects"))
        self._chosen.activated.connect(lambda _place: self.open(str(self._chosen.value())))
        self._chosen.hide()
        self._columns.addWidget(self.nav, 0, Qt.AlignmentFlag.AlignTop)
        self._columns.addWidget(self._chosen)
        self._columns.addWidget(self._stack, 1)
        box.addLayout(self._columns, 1)
        context.shop_changed.connect(lambda _shop: self.refresh())

    def topic(self) -> str:
        """Subject being looked at."""
        return f"settings_{self.subject}" if self.subject else self.name

    def _make_nav(self) -> QWidget:
        nav = QWidget()
        nav.setAccessibleName(_("Subjects"))
        nav.setFixedWidth(theme.px(NAV))
        column = vbox(nav, gap=4)
        for subject in subjects():
            if not self._may_see(subject.name):
                continue
            button = _SubjectButton(subject.words, subject.icon)
            button.stepped.connect(self._step)
            button.clicked.connect(self._opens(subject.name))
            self.buttons[subject.name] = button
            column.addWidget(button)
        return nav

    def _may_see(self, name: str) -> bool:
        """Tell whether a subject may be seen; who may take data out sees the files, from where that is done."""
        rights = self.rights
        return name in FOR_ALL or staff_rights.SETTINGS in rights or (name == "files" and staff_rights.EXPORT in rights)

    def _opens(self, name: str) -> Callable[[], None]:
        return lambda: self.open(name)

    def _step(self, step: int) -> None:
        names = list(self.buttons)
        name = names[(names.index(self.subject) + step) % len(names)]
        self.open(name)
        self.buttons[name].setFocus(Qt.FocusReason.TabFocusReason)

    # --- which subject ------------------------------------------------------------------------------------

    def shown(self, subject: str = "", **_kw: Any) -> None:
        self.open(subject or self.subject or next(iter(self.buttons)))
        chooser = self._chosen if self.nav.isHidden() else self.buttons[self.subject]
        self.setFocusProxy(chooser)
        self.take_keyboard(chooser)

    def state(self) -> dict[str, Any]:
        return {"subject": self.subject}

    def open(self, name: str) -> None:
        """Show this subject."""
        self.subject = name if name in self.buttons else next(iter(self.buttons))
        for each, button in self.buttons.items():
            button.setChecked(each == self.subject)
            button.stop_here(each == self.subject)
        self._chosen.set_value(self.subject)
        self._stack.setCurrentWidget(self.section_area(self.subject))
        self.refresh()

    def section(self, name: str) -> Any:
        """Section of a subject, made when first asked for."""
        self.section_area(name)
        return self._sections[name]

    def section_area(self, name: str) -> QWidget:
        if name not in self._sections:
            subject = next(each for each in subjects() if each.name == name)
            made: QWidget = load(subject.section)(self.context)
            self._sections[name] = made
            inside = QWidget()
            box = vbox(inside, margins=(0, 0, 8, 8))
            box.addWidget(made)
            box.addStretch(1)
            area = scrolling(inside)
            made.setProperty("area", area)
            self._stack.addWidget(area)
        found: QWidget = self._sections[name].property("area")
        return found

    def refresh(self) -> None:
        if self.subject:
            self._sections[self.subject].refresh()  # type: ignore[attr-defined]

    def concerns(self, saved: Saved) -> bool:
        if "setting" in saved.kinds:
            self._shop_may_have_changed()
        return bool(saved.kinds & KINDS) or saved.many

    def _shop_may_have_changed(self) -> None:
        """Ask for the settings of the shop: also when a change was taken back the window must follow."""
        self.ask(settings.shop, done=self._got_shop, key="shop")

    def _got_shop(self, shop: Any) -> None:
        if shop != self.context.shop:
            self.context.set_shop(shop)

    # --- room ---------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.window().size()  # of itself it is never lower than its subjects, which would then be all there is
        wide = self.width() >= theme.px(WIDE) and room.height() >= theme.px(HIGH)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self.nav.setVisible(wide)
        self._chosen.setVisible(not wide)


class _SubjectButton(Button):
    """Button of a subject: stays down; arrow keys go to the next one, Tab from the chosen one into its section."""

    stepped = Signal(int)

    def __init__(self, words: str, icon: str) -> None:
        super().__init__(words, icon=icon, kind="choice")

    def stop_here(self, stop: bool) -> None:
        """Make this button the tab stop of the subjects, or not."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)

    def nextCheckState(self) -> None:
        self.setChecked(True)

    def _tokens(self) -> tuple[str, str, str]:
        if self.isChecked():
            return "petrol", "petrol_tint", ""
        return "soft", "hover" if self.underMouse() else "", ""

    def _paint_content(self, painter: QPainter, rect: QRectF, ink: str) -> None:
        side, x = theme.px(18), theme.px(13)
        painter.drawPixmap(x, round(rect.center().y() - side / 2), icons.pixmap(self.icon_name, ink, 18))
        words = QRectF(rect)
        words.setLeft(x + side + theme.px(10))
        paint.line(painter, words, self._plain_text(), ink, 14, 600)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        step = {key.Key_Down: 1, key.Key_Right: 1, key.Key_Up: -1, key.Key_Left: -1}.get(key(event.key()), 0)
        if step:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)
