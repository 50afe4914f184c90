"""Base of the dialogs of a contact moment: one to be noted, or one that was noted, to be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.card_view import Moment
from kapperboek.domain.views.list_views import DraftView
from kapperboek.domain.views.saved import Saved
from kapperboek.services.moments import moments
from kapperboek.ui.core.context import Context
from kapperboek.ui.forms.draft_dialog import DraftedSheet
from kapperboek.ui.forms.draft_restore import changed_in


class MomentDialog(DraftedSheet):
    """Dialog of a contact moment; with ``moment`` of one that was noted. The form is bound by the names of Moment."""

    asks_itself = False  # for the moment, when only its id is known

    def __init__(
        self, context: Context, customer_id: int, draft: DraftView | None, moment: Moment | None, *, title: str,
        kind: str, width: int, moment_id: int = 0,
    ) -> None:
        self.moment, self.moment_id = moment, moment.id if moment else moment_id
        key = f"-{self.moment_id}" if self.moment_id else ""
        super().__init__(context, title, draft=draft, key=key, kind=kind, customer_id=customer_id, width=width)

    @classmethod
    def open_for(
        cls, context: Context, *, customer_id: int = 0, draft: DraftView | None = None, moment: Moment | None = None,
        **kw: Any,
    ) -> None:
        """Note one with this customer; with ``moment``, or a draft that changes one, look at it to change it."""

        def show(moment: Moment | None) -> None:
            dialog = cls(context, draft.customer_id if draft else customer_id, draft, moment, **kw)
            dialog.open(dialog.first())
            dialog.begin_again()

        noted = 0 if moment is not None or cls.asks_itself else changed_in(draft)
        if noted:  # gone meanwhile, what was typed about it is noted anew
            context.jobs.run(moments.moment, noted, done=show, failed=lambda _gone: show(None))
        else:
            show(moment)

    def first(self) -> QWidget:
        """Control where typing begins."""
        raise AssertionError("every one begins somewhere else")

    def noted(self) -> tuple[Callable[..., Saved], dict[str, Any]]:
        """Use case that notes a new one, and what it is given: the form as typed."""
        raise AssertionError("every one is noted in its own way")

    def put_back(self, said: dict[str, Any]) -> None:
        super().put_back({"by_hand": ()} | said)  # an older draft says nothing of that

    def save(self) -> None:
        """Note what was typed; of one that was noted before only what was changed."""
        if not self.fields.check():
            self.relayout()
            return
        self.tell("")
        self.busy(True)
        if self.moment_id:
            self.write(moments.edit_moment, self.moment_id, self.fields.changes(), version=self.version)
        else:
            noted, said = self.noted()
            self.write(noted, **said)
