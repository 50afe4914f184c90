"""Text of the user guide in chapters, as it stands in resources/help; the same text is the manual of the project.

A chapter begins with ``## Title`` and says in a comment for which pages and dialogs it is: ``<!-- page: card -->``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from kapperboek.domain.people.names import fold
from kapperboek.i18n import _, language
from kapperboek.resource_files import resource_folder
from kapperboek.ui.help import shortcuts

FOLDER = resource_folder() / "help"
_CHAPTER = re.compile(r"^## (.+)$", re.MULTILINE)
_PAGES = re.compile(r"^<!-- page: ([a-z_ ]+) -->\n", re.MULTILINE)
_PICTURE = re.compile(r"^!\[.*\n", re.MULTILINE)


class Chapter(NamedTuple):
    """One chapter; ``text`` is Markdown without its title. The chapter of all keys has no pages."""

    title: str
    text: str
    pages: frozenset[str] = frozenset()


def chapters() -> tuple[Chapter, ...]:
    """The guide in the language of the window, and last of all every key there is."""
    return (*written(language()), Chapter(_("All keys"), keys_table(*_all_keys())))


@cache
def written(language: str) -> tuple[Chapter, ...]:
    """The guide as it was written in a language. Raises OSError or ValueError when it cannot be read."""
    parts = _CHAPTER.split((FOLDER / f"{language}.md").read_text("utf-8"))
    return tuple(_chapter(title, text) for title, text in zip(parts[1::2], parts[2::2], strict=True))


def _chapter(title: str, text: str) -> Chapter:
    found = _PAGES.search(text)
    plain = _PICTURE.sub("", _PAGES.sub("", text)).strip()
    return Chapter(title.strip(), plain, frozenset(found[1].split()) if found else frozenset())


def _all_keys() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return (
        (_("Everywhere"), shortcuts.everywhere()),
        (_("Searching"), shortcuts.searching()),
        (_("On a line of Today or Follow-ups"), shortcuts.lines()),
        (_("Cards, lists and dialogs"), shortcuts.pages()),
    )


def keys_of(page: str) -> str:
    """The keys that hold on a page or in a dialog, as Markdown."""
    everywhere, searching, lines, pages = _all_keys()
    if page in ("today", "follow_ups"):
        return keys_table(lines, everywhere)
    return keys_table(searching, everywhere) if page == "search" else keys_table(pages, everywhere)


def keys_table(*groups: tuple[str, tuple[tuple[str, str], ...]]) -> str:
    """Keys with what they do, a table for each group."""
    head = f"| {_('Key')} | {_('What it does')} |\n|---|---|\n"
    tables = (
        f"### {title}\n\n{head}" + "".join(f"| **{key}** | {what} |\n" for key, what in rows) for title, rows in groups
    )
    return "\n".join(tables)


def chapter_of(found: Sequence[Chapter], page: str) -> int:
    """Index of the guide's chapter on a page or dialog; for a settings page it does not name, the settings'; else 0."""
    for name in (page, page.partition("_")[0] if page.startswith("settings_") else ""):
        for place, chapter in enumerate(found):
            if name and name in chapter.pages:
                return place
    return 0


def search(found: Sequence[Chapter], typed: str) -> list[int]:
    """The chapters with all these words, those with them in the title first; all of them when nothing is typed."""
    words = fold(typed).split()
    titles = [fold(chapter.title) for chapter in found]
    texts = [f"{title} {fold(chapter.text)}" for title, chapter in zip(titles, found, strict=True)]
    hits = [place for place, text in enumerate(texts) if all(word in text for word in words)]
    return sorted(hits, key=lambda place: (not all(word in titles[place] for word in words), place))
