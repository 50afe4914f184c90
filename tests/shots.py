"""Pictures of every page and dialog, from a demo salon: ``python -m tests.shots [DIR]``.

Without DIR: the few that the documentation shows, into docs/screenshots. With DIR: everything, light and dark,
in both languages, in a large and a small window and at twice the text size. ``--only NAME``: one page or dialog.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kapperboek import i18n
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services import settings
from kapperboek.services.customers import customers
from kapperboek.services.keeping import notebooks
from kapperboek.services.privacy import retention
from kapperboek.system.key_store import KeyStore
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.jobs import Jobs
from kapperboek.ui.core.window_state import Remembered
from kapperboek.ui.widgets.sheet.sheet import open_sheets
from kapperboek.ui.window.main_window import Window
from kapperboek.ui.window.shell import Shell

NOW = datetime(2026, 11, 22, 9, 0)
KEY = bytes(range(32))
ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 20_000  # milliseconds before a picture is given up


LIST = """KLNR;Naam;Tel_1;Mail;GEBDAT;Adres;Postcode;Plaats;Laatste bezoek;Kleur;Mailing;Krt
0412;Jansen, Marieke;0612345678;marieke@salon.example;23-11-85;Dorpsstraat 12;3811 AB;Amersfoort;11-10-26;7/1 40g 6%;J;
0731;M. Janssen;038 424 50 00;;;;;Zwolle;;;N;
0800;Tineke Scholten;06 31 44 02 19;tineke@voorbeeld.example;2-4-91;Stationsweg 88 hs;6711 PR;Ede;4-11-26;;J;
0801;Marjolein van Oudenaarden-Prins;038 421 30 07;;9-1-44;Lange Jansstraat 7;3512 BA;Utrecht;12-9-26;8/0 30g;N;
0802;Bas Timmerman;038 453 11 86;;31-02-50;;;;;;J;
;Totaal;5;;;;;;;;;
"""


class Setting(NamedTuple):
    """How the window stands for a picture."""

    look: str = "light"
    language: str = "nl"
    size: tuple[int, int] = (1440, 900)
    scale: int = 100

    def suffix(self) -> str:
        """What the file's name ends with."""
        big = f"-{self.scale}" if self.scale != 100 else ""
        return f"{self.language}-{self.look}-{self.size[0]}{big}"


EVERY_SETTING = (
    Setting(), Setting("dark"), Setting(language="en"), Setting(size=(1024, 700)),
    Setting("dark", "en", (1024, 700)), Setting(size=(1024, 700), scale=150), Setting(scale=200),
    Setting(size=(1024, 700), scale=200),
)


def make_salon(path: Path) -> None:
    """A notebook with the demo salon, as it is on the Sunday of the drawings."""
    from kapperboek import demo

    i18n.set_language("nl")
    book = notebooks.create(path, key=KEY, shop_name="Salon Sanne", staff_name="Sanne", clock=FixedClock(NOW))
    demo.fill(book, customers=300, seed=1)
    book.close()


class Studio:
    """The real window on the salon, and somebody who waits until it stands still."""

    def __init__(self, path: Path, setting: Setting, book: Any = None) -> None:
        self.app = QApplication.instance() or QApplication([])
        i18n.set_language(setting.language)
        theme.apply(self.app, setting.look, setting.scale)  # type: ignore[arg-type]
        clock = FixedClock(NOW)
        self.path = path
        self.jobs = Jobs()
        self.context = Context(clock, self.jobs)
        self.context.backups = path.parent / "backups"
        self.context.keeper = KeyStore(lambda: path.parent / "keys")
        self.window = Window(Remembered(theme=setting.look, shop="Salon Sanne"))
        self.window.furnish(self.context)
        self.window.serve()  # a toast asks for what takes back
        self.window.setMinimumSize(0, 0)
        self.window.resize(*setting.size)
        self.problems: list[object] = []
        self.context.crash_wished.connect(self.problems.append)
        self.jobs.open(lambda: book or notebooks.open_(path, key=KEY, clock=clock), self._opened, self.problems.append)
        self.window.show()
        self.settle()

    def _opened(self, _nothing: object) -> None:
        self.jobs.run(lambda book: (settings.shop(book), settings.staff(book)), done=self._got)

    def _got(self, both: Any) -> None:
        self.context.shop, self.context.staff = both
        self.context.set_staff(self.context.staff[0].id)
        self.window.show_shell().show_page("today")

    @property
    def shell(self) -> Shell:
        """What stands around the pages."""
        assert self.window.shell is not None, self.problems
        return self.window.shell

    @property
    def page(self) -> Any:
        """The page in front."""
        return self.shell.page()

    def settle(self, wait: int = 150) -> None:
        """Until every answer is there and painted; ``wait`` milliseconds is what timers of pages need."""
        for pause in (0, wait, 0):
            QTest.qWait(pause) if pause else None
            waited = QElapsedTimer()
            waited.start()
            while self.jobs.pending() and waited.elapsed() < PATIENCE:
                self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            self.app.processEvents()
        assert not self.problems, self.problems

    def go(self, page: str, **kw: Any) -> None:
        """Open a page."""
        self.context.open_page(page, **kw)
        self.settle()

    def somebody(self, name: str) -> int:
        """The id of a customer of the salon."""
        found: list[int] = []

        def got(result: Any) -> None:
            found.extend(each.customer_id for each in result.results[:1])

        self.jobs.run(customers.find, name, done=got)
        self.settle(0)
        return found[0]

    def dialog(self, name: str, **kw: Any) -> None:
        """Open a dialog over the page."""
        self.context.open_dialog(name, **kw)
        self.settle()

    def shut_dialogs(self) -> None:
        """Close whatever is open over the page."""
        for sheet in reversed(open_sheets()):
            sheet.close_sheet(False)
        QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))

    def close(self) -> None:
        """Put everything away."""
        self.shut_dialogs()
        self.jobs.close()
        self.window.close_for_good()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


# ---- what there is to see ----


def _customers(studio: Studio) -> None:
    from datetime import timedelta

    from kapperboek.domain.views.list_views import CustomerFilter

    day = studio.context.day - timedelta(weeks=6)
    chosen = CustomerFilter(phases=("regular", "dormant"), not_since=day, sort="expected")
    studio.go("customers", filter=chosen)
    studio.page.list.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(studio.page.list, Qt.Key.Key_Down)
    QTest.keyClick(studio.page.list, Qt.Key.Key_Down)


def _everybody(studio: Studio) -> None:
    from kapperboek.domain.views.list_views import CustomerFilter

    studio.go("customers", filter=CustomerFilter())


def _nobody(studio: Studio) -> None:
    from kapperboek.domain.views.list_views import CustomerFilter

    studio.go("customers", filter=CustomerFilter(phases=("former",), tag="zzz"))


def _import(studio: Studio) -> None:
    path = studio.path.parent / "salonlijst.csv"
    path.write_text(LIST, "utf-8-sig")
    studio.go("importing", paths=[path])


def _imported(studio: Studio) -> None:
    _import(studio)
    studio.page.proceed()
    studio.settle()


def _discreet(studio: Studio) -> None:
    studio.go("card", customer_id=studio.somebody("Marieke Jansen"))
    studio.context.set_discreet(True)


def _search(studio: Studio) -> None:
    studio.go("today")
    studio.shell.search.start()
    QTest.keyClicks(QApplication.focusWidget() or studio.window, "jansen")


def _subject(name: str) -> Callable[[Studio], None]:
    return lambda studio: studio.go("settings", subject=name)


def _sheet(name: str, **kw: Any) -> Callable[[Studio], None]:
    def show(studio: Studio) -> None:
        customer_id = studio.somebody("Marieke Jansen")
        studio.go("card", customer_id=customer_id)
        studio.dialog(name, customer_id=customer_id, **kw)

    return show


def _retention(studio: Studio) -> None:
    studio.go("settings", subject="privacy")
    studio.jobs.run(retention.set_years, 2, "moment")
    studio.settle()
    studio.dialog("retention", of="moment")


def _new(studio: Studio) -> None:
    studio.go("customers")
    studio.dialog("customer", text="M. Janssen, 038 123 45 67")


PAGES: dict[str, Callable[[Studio], None]] = {
    "today": lambda studio: studio.go("today"),
    "customers": _customers,
    "everybody": _everybody,
    "nobody": _nobody,
    "card": lambda studio: studio.go("card", customer_id=studio.somebody("Marieke Jansen")),
    "follow-ups": lambda studio: studio.go("follow_ups"),
    "import-empty": lambda studio: studio.go("importing"),
    "import": _import,
    **{
        f"settings-{name}": _subject(name)
        for name in (
            "shop", "staff", "treatments", "fields", "looks", "security", "privacy", "backup", "files", "about"
        )
    },
    "search": _search,
    "visit": _sheet("visit"),
    "contact": _sheet("contact", kind="complaint"),
    "follow-up": _sheet("follow_up"),
    "appointment": _sheet("appointment"),
    "edit": _sheet("customer"),
    "changes": _sheet("changes"),
    "call": _sheet("call"),
    "new-customer": _new,
    **{name: _sheet(name) for name in ("consent", "health", "forget", "breach", "passphrase", "recovery")},
    "retention": _retention,
    "keys": lambda studio: studio.window.show_help(studio.window.shell),
    "discreet": _discreet,
    "imported": _imported,  # the last: it adds to the salon of the pictures
}
SELECTION = (
    "today",
    "customers",
    "card",
    "follow-ups",
    "import",
    "settings-fields",
    "search",
    "visit",
    "new-customer",
)


@contextmanager
def studio(path: Path, setting: Setting) -> Iterator[Studio]:
    """The window, put away afterwards."""
    opened = Studio(path, setting)
    try:
        yield opened
    finally:
        opened.close()


def photograph(path: Path, setting: Setting, names: list[str], folder: Path, named: Callable[[str], str]) -> list[str]:
    """Take the pictures of one setting; gives the names of those that did not come out, and why."""
    failed = []
    with studio(path, setting) as room:
        for name in names:
            try:
                PAGES[name](room)
                room.settle(400)
                room.window.grab().save(str(folder / f"{named(name)}.png"))
            except Exception as problem:  # the other pictures are worth having
                failed.append(f"{name} ({setting.suffix()}): {problem!r}")
                room.problems.clear()
            room.context.set_discreet(False)
            room.shell.search.leave()
            room.shut_dialogs()
    return failed


def main(arguments: list[str]) -> int:
    """Take the pictures; the exit code is 1 when one did not come out."""
    parser = argparse.ArgumentParser(prog="shots", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--only", action="append", choices=list(PAGES))
    parser.add_argument("--setting", action="append", choices=[each.suffix() for each in EVERY_SETTING])
    chosen = parser.parse_args(arguments)
    folder: Path = chosen.folder or ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    every = chosen.folder is not None
    wanted = [each for each in EVERY_SETTING if not chosen.setting or each.suffix() in chosen.setting]
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "salon.kapperboek"
        make_salon(path)
        for setting in wanted if every else EVERY_SETTING[:2]:
            names = chosen.only or (list(PAGES) if every else list(SELECTION))

            def named(name: str, setting: Setting = setting) -> str:
                plain = f"{name}-{setting.look}-{setting.language}"
                return f"{name}-{setting.suffix()}" if every else plain

            salon = Path(shutil.copy(path, Path(made) / f"{setting.suffix()}.kapperboek"))
            failed += photograph(salon, setting, names, folder, named)
    for line in failed:
        print(line, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
