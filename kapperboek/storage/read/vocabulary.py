"""Vocabulary of the names there are: what a word sounds like, and what a typing mistake may have meant.

Corrections are looked for among words, not among people: a hundred thousand people share some ten thousand words.
"""

from __future__ import annotations

from kapperboek.domain.people.matching import correct
from kapperboek.domain.people.phonetics import sound
from kapperboek.storage.file.notebook import Notebook

MOST = 12  # alternatives for one word


def alike(book: Notebook, word: str) -> list[str]:
    """Words of names that sound like this one, but are another."""
    rows = book.rows("SELECT word FROM search_word WHERE sound = ? AND word <> ? LIMIT ?", (sound(word), word, MOST))
    return [row[0] for row in rows]


def meant(book: Notebook, word: str) -> list[str]:
    """Words of names that this one may be a slip of the finger for, the likeliest first."""
    return correct(word, words(book), MOST)


def words(book: Notebook) -> list[str]:
    """All words of names. Kept with the notebook; words are only added, so their number tells whether it is true."""
    moment = (book.writes, book.data_version())
    kept: tuple[tuple[int, int], list[str]] | None = book.cache.get("vocabulary")
    if kept is not None and kept[0] == moment:
        return kept[1]
    if kept is None or len(kept[1]) != book.value("SELECT count(*) FROM search_word"):
        kept = (moment, [row[0] for row in book.connection.execute("SELECT word FROM search_word")])
    book.cache["vocabulary"] = (moment, kept[1])
    return kept[1]
