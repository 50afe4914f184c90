"""Settings: retention periods (how long cards are kept), register of processing, and log of data leaks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kapperboek.domain.views.printed_document import Paper
from kapperboek.domain.views.privacy_views import BreachView
from kapperboek.i18n import _, ngettext
from kapperboek.services.privacy import breaches, processing_register, retention
from kapperboek.services.privacy.retention import Retention
from kapperboek.ui.appearance import theme
from kapperboek.ui.card.card_rights import save_paper
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.file_places import documents
from kapperboek.ui.printing import system_dialogs
from kapperboek.ui.settings.settings_rows import Section, SettingRow
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Select
from kapperboek.ui.widgets.layout.boxes import hbox
from kapperboek.ui.widgets.layout.clear_layout import forget_children
from kapperboek.ui.widgets.layout.side_by_side import in_a_row
from kapperboek.ui.widgets.text_labels import Label


class PrivacySection(Section):
    """Settings of privacy: retention periods, register of processing, data leaks; each one button."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.years: dict[str, Select] = {}
        self.look: dict[str, Button] = {}
        self.kept: dict[str, SettingRow] = {}
        for kind, (what, _remark) in kind_words().items():
            self._add_kind(kind, what)
        self.card(_("Keeping"), "clock", list(self.kept.values()))
        self.register = Button(_("Save as PDF…"), icon="print")
        self.register.clicked.connect(self._ask_register)
        words = _("What you keep, why and how it is protected: filled in from your settings (GDPR, article 30).")
        self.card(_("Register of processing"), "shield", [SettingRow(_("The register"), words, self.register, 0)])
        self.note = Button(_("Write down a data leak…"), icon="alert")
        self.note.clicked.connect(lambda: context.open_dialog("breach"))
        words = _("A lost telephone, a list sent to the wrong address. A serious leak is reported within 72 hours.")
        card = self.card(_("Data leaks"), "alert", [SettingRow(_("Log of data leaks"), words, self.note, 0)])
        self._leaks = QVBoxLayout()
        card.body.addLayout(self._leaks)

    def refresh(self) -> None:
        jobs = self.context.jobs
        jobs.run(retention.overview, done=self._got, key="settings.retention", owner=self)
        by = self.context.staff_id
        jobs.run(breaches.breaches, by=by, done=self._got_leaks, key="settings.breaches", owner=self)

    def _add_kind(self, kind: str, what: str) -> None:
        years = self.years[kind] = Select(name=what)
        years.setMinimumWidth(theme.px(170))
        years.activated.connect(lambda _row: self._keep_years(kind))
        controls: list[QWidget] = [years]
        if kind != retention.JOURNAL:
            look = self.look[kind] = Button(_("Review…"), icon="list", name=_("Review: {what}").format(what=what))
            look.clicked.connect(lambda: self.context.open_dialog("retention", of=kind))
            controls.append(look)
        self.kept[kind] = SettingRow(what, "", in_a_row(*controls), 0)

    def _got(self, state: Retention) -> None:
        words = kind_words()
        for kind, row in self.kept.items():
            choices = [(number, years_words(number)) for number in retention.CHOICES]
            self.years[kind].set_options(choices, state.years[kind])
            parts = [words[kind][1]]
            if found := state.review.get(kind, 0):
                parts.append(ngettext("up for review: {n} card", "up for review: {n} cards", found).format(n=found))
            if kind == retention.CARD and state.marked:
                parts.append(ngettext("{n} will be forgotten", "{n} will be forgotten", state.marked).format(
                    n=state.marked))
            row.set_remark(" · ".join(parts))
            if kind in self.look:
                self.look[kind].setEnabled(bool(found or (kind == retention.CARD and state.marked)))

    def _keep_years(self, kind: str) -> None:
        number = self.years[kind].value()
        if not isinstance(number, int):
            return
        if kind != retention.JOURNAL:
            self.context.save(retention.set_years, number, kind, owner=self)
            return

        def told(changes: int) -> None:
            if changes:  # what goes by itself is said before it is chosen; until then it is as it was
                self.refresh()
                self.context.open_dialog("journal_years", years=number, changes=changes)
            else:
                self.context.save(retention.set_years, number, kind, owner=self)

        self.context.jobs.run(retention.would_forget, number, done=told, key="settings.journal", owner=self)

    def _ask_register(self) -> None:
        start = documents(f"{_('register of processing')}.pdf")

        def chosen(path: Path, _kind: str) -> None:
            self.save_register(path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf"))

        system_dialogs.file_to_save(self.context, _("Register of processing"), start, "PDF (*.pdf)", chosen)

    def save_register(self, path: Path) -> None:
        """Write the register of processing, and say where it is."""

        def got(paper: Paper) -> None:
            save_paper(self.context, paper, path, _("The register is in {file}."))

        self.context.jobs.run(processing_register.register, done=got, owner=self)

    def _got_leaks(self, found: tuple[BreachView, ...]) -> None:
        forget_children(self._leaks)
        for leak in found:
            self._leaks.addWidget(self._leak(leak))

    def _leak(self, leak: BreachView) -> QWidget:
        holder = QWidget()
        row = hbox(holder)
        about = " · ".join(filter(None, (leak.whose, leak.consequences, leak.measures)))
        words = QVBoxLayout()
        words.addWidget(Label(f"{leak.discovered}: {leak.what}", weight=600, wrap=True))
        if about:
            words.addWidget(Label(about, size=13.5, token="soft", wrap=True))
        row.addLayout(words, 1)
        if leak.reported:
            row.addWidget(Label(_("reported"), size=13.5, token="soft"))
        else:
            button = Button(_("Reported"), size="small", name=_("Reported: {what}").format(what=leak.what))
            button.clicked.connect(lambda: self.context.save(breaches.reported, leak.id, owner=self))
            row.addWidget(button)
        return holder


def kind_words() -> dict[str, tuple[str, str]]:
    """Labels of the kinds of data with a retention period, each with the moment from which it counts."""
    return {
        retention.CARD: (_("A card"), _("after the last contact")),
        retention.MOMENT: (_("Visits and other contacts"), _("of who is still a customer")),
        retention.HEALTH: (_("Health facts"), _("after they were noted")),
        retention.JOURNAL: (_("What was changed"), _("after that it cannot be undone; goes by itself")),
    }


def years_words(number: int) -> str:
    """Text of a period: ``7 jaar``, or without an end."""
    return ngettext("{n} year", "{n} years", number).format(n=number) if number else _("without an end")
