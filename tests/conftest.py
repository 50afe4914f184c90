"""What every test may lean on: no screen needed, Dutch words, a fresh notebook, a salon to look around in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytestqt.qtbot import QtBot

import dev
from kapperboek import i18n
from kapperboek.domain.time.clock import FixedClock

if TYPE_CHECKING:
    from kapperboek.domain.records import CustomerRecord
    from kapperboek.storage.file.notebook import Notebook
    from kapperboek.storage.write.unit_of_work import UnitOfWork

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 22, 9, 0)
PATIENCE = 60_000  # ms a test waits for what must come: a computer that is busy with something else is only slow
KEY = bytes(range(32))  # a raw key, so that no test waits for a passphrase to be derived


class PatientBot(QtBot):
    """Waits for what must come as long as that takes, within reason: no test may depend on how fast a machine is."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **kw: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **kw)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    """Hands for a window, more patient than they come."""
    return PatientBot(request)


def pytest_configure() -> None:
    """No screen, nobody's own notebook, and the catalogues as the .po files are now."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in ("KAPPERBOEK_NOTEBOOK", "KAPPERBOEK_PASSPHRASE"):
        os.environ.pop(name, None)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # nobody's own key store
    dev.compile_translations()


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of the tests' own, where keys and settings of the notebooks they make may lie."""
    folder = tmp_path_factory.getbasetemp() / "home"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(folder))
        yield folder


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Every test starts in Dutch and leaves no other language behind."""
    i18n.set_language("nl")
    yield
    i18n.set_language("nl")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with other people's real exports, which stands beside the checkout and is only read."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the real exports in ../shared/data, which are not part of the project")
    return folder


@pytest.fixture
def clock() -> FixedClock:
    """Sunday 22 November 2026, nine in the morning, in Amsterdam."""
    return FixedClock(NOW)


@pytest.fixture
def book(tmp_path: Path, clock: FixedClock) -> Iterator[Notebook]:
    """A fresh keyed notebook as the first start makes it, with one staff member."""
    from kapperboek.services.keeping import notebooks

    path = tmp_path / "salon.kapperboek"
    notebook = notebooks.create(path, key=KEY, shop_name="Salon Sanne", staff_name="Sanne", clock=clock)
    yield notebook
    notebook.close()


@pytest.fixture(scope="session")
def salon_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a small demo salon, made once; tests take a copy (see ``salon``)."""
    from kapperboek import demo
    from kapperboek.services.keeping import notebooks

    i18n.set_language("nl")
    path = tmp_path_factory.mktemp("demo") / "salon.kapperboek"
    clock = FixedClock(NOW)
    notebook = notebooks.create(path, key=KEY, shop_name="Salon Sanne", staff_name="Sanne", clock=clock)
    demo.fill(notebook, customers=300, seed=1)
    notebook.close()
    return path


@pytest.fixture
def salon(salon_file: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Notebook]:
    """A demo salon of 300 customers, for this test to do with as it likes."""
    from kapperboek.services.keeping import notebooks

    path = Path(shutil.copy(salon_file, tmp_path / "demo.kapperboek"))
    notebook = notebooks.open_(path, key=KEY, clock=clock)
    yield notebook
    notebook.close()


def write_all(uow: UnitOfWork, records: Iterable[CustomerRecord]) -> list[int]:
    """Add all of these customers; their ids."""
    from kapperboek.storage.records.record_writer import RecordWriter

    writer = RecordWriter(uow)
    ids = [writer.add(record) for record in records]
    writer.flush()
    return ids
