"""What people and machines do to a folder while the program has a notebook in it open."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

NOBODY = 65534
NAME, PUT_BACK, OLDER = "zaak.kapperboek", "weg.kapperboek", "ouder"


class Change(NamedTuple):
    """``do`` is done while the program stands still (False: there was nothing to do it to), ``put_right`` when it has
    ended."""

    do: Callable[[Path], bool]
    put_right: Callable[[Path], object]
    needs_nobody: bool = False  # whoever manages the computer may write everywhere
    only_saving: bool = False  # of what is done with the notebook open; elsewhere it would be another story
    is_copy: bool = False  # what was taken along is looked at too


def away(folder: Path) -> Path:
    """Where what is taken out of the folder is put."""
    return folder.with_name(f"{folder.name}-weg")


def take_notebook(folder: Path) -> bool:
    """The notebook is dragged somewhere else."""
    if not (folder / NAME).exists():
        return False
    (folder / NAME).rename(away(folder))
    return True


def bring_notebook(folder: Path) -> None:
    """And put back; by another name when something new stands in its place."""
    if away(folder).exists():
        away(folder).rename(folder / (PUT_BACK if (folder / NAME).exists() else NAME))


def take_folder(folder: Path) -> bool:
    """The disk the folder is on is disconnected."""
    folder.rename(away(folder))
    return True


def bring_folder(folder: Path) -> None:
    """And connected again; what was made in its place meanwhile is found beside what was there."""
    if away(folder).exists():
        if folder.exists():
            shutil.copytree(away(folder), folder, dirs_exist_ok=True)
            shutil.rmtree(away(folder))
        else:
            away(folder).rename(folder)


def bring_alone(folder: Path) -> None:
    """And put back without what stayed behind: the file itself must say it all."""
    if away(folder).exists() and not (folder / NAME).exists():
        for end in ("-wal", "-shm"):
            (folder / f"{NAME}{end}").unlink(missing_ok=True)
    bring_notebook(folder)


def replace_notebook(folder: Path) -> bool:
    """A sync program puts an older state in its place, the one the day began with."""
    older = folder / OLDER
    if not older.exists() or not (folder / NAME).exists():
        return False
    older.rename(folder / NAME)
    return True


def take_what_was_kept(folder: Path) -> None:
    """What was kept of the open one is the notebook; who was told of nothing has confirmed nothing."""
    kept = sorted(folder.glob("zaak-kept-*.kapperboek"))
    if kept:
        kept[0].rename(folder / NAME)


def copy_notebook(folder: Path) -> bool:
    """Somebody copies the file, and nothing else, to a stick."""
    if not (folder / NAME).exists():
        return False
    shutil.copy(folder / NAME, away(folder))
    return True


def _everything(folder: Path) -> list[Path]:
    return [folder, *folder.rglob("*")]


def write_protect(folder: Path) -> bool:
    """Nothing in the folder may be made, moved or changed by whoever does not have it open already."""
    for path in _everything(folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return True


def unprotect(folder: Path) -> None:
    for path in _everything(folder):
        path.chmod(0o755 if path.is_dir() else 0o644)


def give_away(folder: Path) -> None:
    """The folder is that of somebody without special rights."""
    if os.geteuid() == 0:
        folder.parent.chmod(0o755)
        for path in _everything(folder):
            os.chown(path, NOBODY, -1)


def be_nobody() -> None:
    """From here on this process is somebody without special rights."""
    if os.geteuid() == 0:
        os.seteuid(NOBODY)


KINDS = {
    "replaced while open": Change(replace_notebook, take_what_was_kept, only_saving=True),
    "moved while open": Change(take_notebook, bring_alone, only_saving=True),
    "copied while open": Change(copy_notebook, lambda _folder: None, only_saving=True, is_copy=True),
    "the folder write-protected": Change(write_protect, unprotect, needs_nobody=True),
    "the notebook taken away": Change(take_notebook, bring_notebook),
    "the folder gone, as with a stick": Change(take_folder, bring_folder),
}
