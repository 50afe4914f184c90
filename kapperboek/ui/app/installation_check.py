"""Installation check: translations, icons, help, word lists and packages are there and of use.

For ``kapperboek self-test``, before it opens the window: a program that lost its resources still runs, in English and
without icons, and one that misses a package fails only where that is needed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from kapperboek import demo, i18n
from kapperboek.domain.errors import UserError
from kapperboek.i18n import _
from kapperboek.services.keeping import passphrases
from kapperboek.ui.appearance import icons
from kapperboek.ui.help import help_text

# By the names they are imported by; the window itself proves Qt.
PACKAGES = (
    "argon2", "dateutil", "icalendar", "keyring", "phonenumbers", "platformdirs", "python_calamine", "rapidfuzz",
    "segno", "sqlalchemy", "sqlcipher3", "sqlmodel", "tzdata", "zxcvbn",
    *(("secretstorage",) if sys.platform == "linux" else ()),  # without it keyring keeps silent that it finds no store
)
# Sentences out of several files of a translation, and what they are in Dutch.
KNOWN = {
    "Customers": "Klanten",
    "Everything works.": "Alles werkt.",
    "Appointment": "Afspraak",
    "Birthday": "Verjaardag",
}
FEWEST_CHAPTERS = 5  # of a guide that is whole
DEMO_PEOPLE = 40  # more than the story has, so that its words are needed too
PASSPHRASE_WORDS = 2048  # eleven bits each; fewer would make passphrases weaker than they are said to be


def check() -> list[str]:
    """Look at everything; what is right, in the user's language. Raises AssertionError with the first that is not."""
    looked_at: tuple[tuple[str, Callable[[], str]], ...] = (
        (_("Dutch and English are spoken"), wrong_translations),
        (_("Every icon is drawn"), wrong_icons),
        (_("The guide can be read"), wrong_guide),
        (_("The words for passphrases are there"), wrong_words),
        (_("The demo salon can be made"), wrong_demo),
        (_("Every package is there"), wrong_packages),
    )
    for _said, wrong in looked_at:
        if found := wrong():
            text = _("{what} Install Kapperboek again; this one is in {folder}")
            raise AssertionError(text.format(what=found, folder=Path(i18n.__file__).parent))
    return [said for said, _wrong in looked_at]


def wrong_translations() -> str:
    """Trouble with the translations: each catalogue must really say a few sentences we know. Empty: none."""
    try:
        dutch, english = (i18n.catalogue(language).gettext for language in ("nl", "en"))
    except (OSError, ValueError):
        return _("The Dutch translation is missing or damaged.")
    lost = [text for text, said in KNOWN.items() if dutch(text) != said or english(text) != text]
    return _("The Dutch translation lacks {sentence}.").format(sentence=f"“{lost[0]}”") if lost else ""


def wrong_icons() -> str:
    """Trouble with the icons: which are missing or cannot be drawn. Empty: none."""
    lost = [name for name in icons.NAMES if not is_drawn(name)]
    return _("Icons are missing or damaged: {icons}.").format(icons=", ".join(lost)) if lost else ""


def is_drawn(name: str) -> bool:
    """Check that an icon has a file, and something is to be seen of it. The ring for unknown icons does not count."""
    if not (icons.FOLDER / f"{name}.svg").is_file():
        return False
    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        icons.draw(painter, name, QRectF(image.rect()), QColor(Qt.GlobalColor.black))
    except (ValueError, KeyError, IndexError, OSError):
        return False
    finally:
        painter.end()
    return any(image.pixelColor(x, y).alpha() > 100 for x in range(image.width()) for y in range(image.height()))


def wrong_guide() -> str:
    """Trouble with the user guide: a chapter of it must be there in each language. Empty: none."""
    try:
        counts = {len(help_text.written(language)) for language in i18n.LANGUAGES}
    except (OSError, ValueError):
        return _("The user guide is missing or damaged.")
    return "" if len(counts) == 1 and min(counts) >= FEWEST_CHAPTERS else _("The user guide is not whole.")


def wrong_words() -> str:
    """Trouble with the word lists that passphrases are made of and judged by. Empty: none."""
    try:
        whole = len(set(passphrases.words())) == PASSPHRASE_WORDS and len(passphrases.guessed()) > 0
    except (OSError, ValueError):
        whole = False
    return "" if whole else _("The words that passphrases are made of are missing or damaged.")


def wrong_demo() -> str:
    """Trouble with what the demo salon is made of, its story and its words. Empty: none."""
    try:
        made = list(demo.records(DEMO_PEOPLE, 1, date(2026, 11, 24)))
        whole = len(made) == DEMO_PEOPLE and len(demo.head().staff) > 0
    except (OSError, ValueError, KeyError, TypeError, UserError):
        whole = False
    return "" if whole else _("What the demo salon is made of is missing or damaged.")


def wrong_packages() -> str:
    """Packages missing or not to be loaded here, as somebody installing them would call them. Empty: none."""
    lost = [name for name in PACKAGES if not is_loaded(name)]
    return _("Packages are missing: {packages}.").format(packages=", ".join(lost)) if lost else ""


def is_loaded(name: str) -> bool:
    """Check that a package can be imported."""
    try:
        import_module(name)
    except ImportError:
        return False
    return True
