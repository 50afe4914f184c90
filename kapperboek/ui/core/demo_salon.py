"""The demo salon, a notebook beside somebody's own: in this window at the first start, later in another."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QProcess

from kapperboek import demo
from kapperboek.domain.errors import UserError
from kapperboek.i18n import _, language
from kapperboek.services import drafts, journal, settings
from kapperboek.services.keeping import notebooks, security
from kapperboek.services.keeping.security import KeyKeeper
from kapperboek.ui.core.single_instance import SingleInstance

CUSTOMERS = 300
_MARK = "demo-"


def demo_path(path: Path) -> Path:
    """Path of the demo salon that belongs to this notebook; the demo salon's own is itself."""
    return path if is_demo(path) else path.with_name(f"{_MARK}{path.name}")


def is_demo(path: Path) -> bool:
    """Recognise a demo salon by the name of the notebook at ``path``."""
    return path.name.startswith(_MARK)


def open_or_make(path: Path, keeper: KeyKeeper | None, on: date | None, shop: str = "", name: str = "") -> Any:
    """The demo salon at ``path``, open: the one somebody noted something in, else made anew for today, of the shop and
    owner that were named."""
    return _noted(path, keeper, on) or _new(path, keeper, on, shop, name)


def _noted(path: Path, keeper: KeyKeeper | None, on: date | None) -> Any:
    key = security.kept_key(path, keeper) if keeper is not None else None
    try:
        book = notebooks.open_(path, key=key, on=on)
    except UserError:
        return None  # there is none, or nobody can read it any more
    if drafts.drafts(book) or any(change.staff for change in journal.changes(book)):
        return book
    book.close()
    return None


def _new(path: Path, keeper: KeyKeeper | None, on: date | None, shop: str, name: str) -> Any:
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    title = _("{shop} (demo)").format(shop=shop) if shop else _("Demo salon")
    book = notebooks.create(path, key=None, keeper=keeper, shop_name=title, staff_name="", on=on)
    demo.fill(book, CUSTOMERS, owner=name)
    settings.save_shop(book, settings.shop(book)._replace(name=title))
    return book


def make_ready(_book: object, path: Path, keeper: KeyKeeper | None) -> None:
    """See that there is a demo salon to open in another window; for the worker thread."""
    open_or_make(path, keeper, None).close()


def is_open(path: Path) -> bool:
    """Tell whether a window stands open on the demo salon; it then comes to the front."""
    instance = SingleInstance(path)
    if instance.is_first():
        instance.close()
        return False
    instance.raise_first()
    return True


def open_window(path: Path) -> bool:
    """Start another window on the demo salon; False when it could not be started."""
    arguments = ["--lang", language(), "--notebook", str(path)]
    frozen = getattr(sys, "frozen", False)
    started: Any = QProcess.startDetached(sys.executable, arguments if frozen else ["-m", "kapperboek", *arguments])
    return bool(started[0] if isinstance(started, tuple) else started)
