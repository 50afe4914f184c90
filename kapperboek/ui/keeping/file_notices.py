"""Notices about the file that an owner must have at the start, in a line above the page: it is older than what was last
used here, or it lies where another program or computer can reach it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kapperboek.domain.views.file_health import Remark
from kapperboek.i18n import _
from kapperboek.services.keeping import whereabouts
from kapperboek.ui.core.context import Context
from kapperboek.ui.help.help_dialog import HelpSheet
from kapperboek.ui.start.drafts_bar import DraftsBar
from kapperboek.ui.widgets.banner import Banner, is_taken, put_above
from kapperboek.ui.widgets.buttons import Button

GRAVE = (whereabouts.OLDER, whereabouts.LACKING, whereabouts.LOG)
OTHER_STATE = (whereabouts.OLDER, whereabouts.LACKING)


def offer(context: Context, place: Callable[[], QVBoxLayout | None]) -> None:
    """Ask what there is to say, and say it at the ``place`` above the page. Where it lies can wait for what is half
    typed; the recovery key is asked for again tomorrow."""

    def got(found: Remark | None) -> None:
        above = place()
        if found is not None and above is not None and (found.kind in GRAVE or not is_taken(above, DraftsBar)):
            put_above(above, RemarkBar(context, found))

    context.jobs.work(whereabouts.remark, context.keeper, context.backups, done=got, failed=context.tell)


class RemarkBar(Banner):
    """The words, what can be done, and that it was read."""

    def __init__(self, context: Context, what: Remark, parent: QWidget | None = None) -> None:
        self.help = Button(_("What is best?"), size="small")
        self.put_back = Button(_("Put that back"), size="small")
        grave = what.kind in GRAVE
        self.read = Button(_("Go on with this one") if what.kind in OTHER_STATE else _("All right"), size="small")
        self.read.kind = "quiet"
        buttons = [self.put_back] * (what.copy is not None) + [self.help] * (not grave) + [self.read]
        super().__init__("alert" if grave else "info", words(what), buttons, "coral" if grave else "petrol", parent)
        self.put_back.clicked.connect(lambda: context.restore_wished.emit(what.copy, False))
        self.help.clicked.connect(self._help(context))
        self.read.clicked.connect(self.hide)
        self.read.clicked.connect(lambda: context.jobs.run(whereabouts.told, context.keeper, what, failed=context.tell))

    def _help(self, context: Context) -> Callable[[], None]:
        def show() -> None:
            HelpSheet.open_for(context, "backup")

        return show


def words(what: Remark) -> str:
    """Text of the notice about the file."""
    if what.kind == whereabouts.OLDER and what.copy is not None:
        text = _("This notebook is older than what was last used on this computer. {file} is newer.")
        return text.format(file=what.copy.name)
    if what.kind == whereabouts.OLDER:
        return _("This notebook is older than what was last used on this computer. Look for the newer one.")
    if what.kind == whereabouts.LACKING and what.copy is not None:
        text = _(
            "Somebody went on with this notebook elsewhere, and what was last saved on this computer is not in it. "
            "{file} has that: look there, or save single cards out of it."
        )
        return text.format(file=what.copy.name)
    if what.kind == whereabouts.LACKING:
        return _(
            "Somebody went on with this notebook elsewhere, and what was last saved on this computer is not in it. "
            "Look for a copy that has it."
        )
    if what.kind == whereabouts.LOG:
        text = _(
            "What lay beside this notebook belongs to another state of it, so it was not mixed in; it is kept as "
            "{file}. Look whether your last work is here; if not, put the last backup back."
        )
        return text.format(file=what.name)
    if what.kind == "network":
        return _("This notebook lies on a network disk: use it on one computer at a time.")
    return _("{program} copies this notebook to other computers: use it on one at a time.").format(program=what.name)
