"""Identity of a copy: of the notebook that is here, or of another one that happens to open with a key known here.

Told by the first change in it, as copies are everywhere: a random number, the same in all states of one notebook.
"""

from __future__ import annotations

from pathlib import Path

from kapperboek.domain.errors import UserError
from kapperboek.i18n import _
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy.erasure_list import FIRST_CHANGE


def mark(book: Notebook) -> str:
    """Mark that all states of this notebook have in common; empty for one in which nobody is: nobody misses that."""
    if book.value("SELECT 1 FROM customer LIMIT 1") is None:
        return ""
    return str(book.value(FIRST_CHANGE) or "")


def is_another(here: str, copy: Notebook) -> bool:
    """Tell a copy of another notebook than the one with this ``mark``; False where either has none."""
    return bool(here) and str(copy.value(FIRST_CHANGE) or here) != here


def see_same(here: str, copy: Notebook, path: Path) -> None:
    """UserError "another-notebook" when it is."""
    if is_another(here, copy):
        text = _(
            "{file} is no copy of this notebook: it is another notebook, with other customers. Nothing was changed."
        )
        raise UserError("another-notebook", text.format(file=path))
