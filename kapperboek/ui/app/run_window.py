"""Run the window on a notebook until it is closed; a second start only brings the first one forward."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kapperboek.domain.errors import CannotOpen
from kapperboek.i18n import _
from kapperboek.ui.app.program import Key, Program, application
from kapperboek.ui.core.single_instance import SingleInstance

if TYPE_CHECKING:
    from kapperboek.services.keeping.security import KeyKeeper
    from kapperboek.ui.locking.lock import Memory


def run(
    path: Path,
    *,
    key: Key,
    on: date | None = None,
    lang: str | None = None,
    exit_after: str | None = None,
    keeper: KeyKeeper,
    backups: Path,
    report: Callable[[BaseException], Path],
    memory: Memory,
    card: int = 0,
) -> int:
    """Open the window on the notebook at ``path`` and stay until it is closed; gives the exit code.

    ``key()`` gives the raw key or passphrase, or None; it is called on the database thread.
    ``exit_after``: "paint" or "today" closes by itself then. Raises CannotOpen when another window has the notebook and
    does not answer.
    """
    app = application()
    instance = SingleInstance(path)
    if not instance.is_first():
        if instance.raise_first():
            return 0
        raise CannotOpen("in-use", _("Kapperboek already has this notebook open, but doesn't answer."))
    try:
        places: Any = {"keeper": keeper, "backups": backups, "report": report}
        program = Program(path, key=key, on=on, lang=lang, exit_after=exit_after, **places)
        instance.raised.connect(program.window.come_forward)
        instance.show_wished.connect(program.show_card)
        program.card, program.give_back_memory = card, memory.give_back_memory
        program.window.painted.connect(memory.keep_to_itself)
        program.standing = instance.listen
        program.leaving.connect(instance.close)
        program.followed.connect(instance.follow)
        program.finished.connect(app.quit)
        program.start()
        return app.exec()
    finally:
        instance.close()
