"""Memory of the upkeep: what the program remembers of copies, keys and older states, in a setting of the notebook."""

from __future__ import annotations

from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.write import setting_store

MEMORY = "upkeep"
BETWEEN = " / "  # several things under one name; no file is called so


def memory(book: Notebook) -> dict[str, str]:
    """Memory of the upkeep by name; a name is absent or empty when there is nothing to remember.

    ``copied_at``, ``copy_trouble``, ``rehearsed_at``, ``rehearsal_trouble``, ``old_keys`` (moments of the shop,
    sentences), and what to say of an older state that was met: ``forgotten_again``, ``withdrawn_again`` (how many),
    ``kept_before``, ``removed_copies`` (files); ``left_named``: where who was forgotten by themselves may be named yet.
    """
    return dict(book.get_setting(MEMORY, {}))


def several(book: Notebook, name: str) -> list[str]:
    """Several things that are remembered under one name."""
    return [one for one in memory(book).get(name, "").split(BETWEEN) if one]


def remember(book: Notebook, **what: str) -> None:
    """Change what is remembered. Raises UserError as any saving does."""
    setting_store.remember(book, MEMORY, {**memory(book), **what})
