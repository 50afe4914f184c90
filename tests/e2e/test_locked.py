"""A file dialog stands open in the real window when it locks by itself: it goes, and nothing is saved with it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from kapperboek.domain.records import CustomerRecord
from kapperboek.services import settings
from kapperboek.services.customers import customers
from kapperboek.services.keeping import notebooks
from tests.conftest import KEY
from tests.e2e.window import Keyboard, Screen, until

# The program as it is, but that its minute has four seconds, and somebody asks for a dossier at once.
STARTER = """
import sys
from kapperboek.bootstrap import main
from kapperboek.ui.app import program
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.card.card_rights import ask_dossier
from kapperboek.ui.locking import idle_lock

class Program(program.Program):
    def _settle(self):
        super()._settle()
        later(self, lambda: ask_dossier(self.context, 1, "Marieke Jansen"), 500)

idle_lock.MINUTE = 4_000
program.Program = Program
sys.exit(main(sys.argv[1:]))
"""


def test_locked_with_a_file_dialog_open(tmp_path: Path) -> None:
    path, home = tmp_path / "salon.kapperboek", tmp_path / "home"
    home.mkdir()
    with notebooks.create(path, key=KEY, shop_name="Salon", staff_name="Sanne") as book:
        customers.new_customer(book, CustomerRecord(given_name="Marieke", family_name="Jansen"))
        settings.save_shop(book, settings.shop(book)._replace(lock_after=1))
    env = {"HOME": str(home), "KAPPERBOEK_PASSPHRASE": KEY.hex(), "XDG_RUNTIME_DIR": str(home)}
    with tempfile.TemporaryDirectory() as folder, Screen(Path(folder)) as screen:
        window = Keyboard(screen, path, env, start=("-c", STARTER))
        until(lambda: len(window.windows()) == 2, "the question for a file stands over the window")
        until(lambda: len(window.windows()) == 1, "it locks, and the question goes")
        window.write(str(home / "stolen.pdf"))
        window.press("Return")
        until(lambda: "Kapperboek" in window.title(), "the window is there, and locked")
        window.kill()
    assert [file.name for file in home.rglob("*.pdf")] == [] and not (home / "stolen.pdf").exists()
