"""Folders of this computer where things are kept: notebook, backups, log and keys."""

from __future__ import annotations

import os
from pathlib import Path

NOTEBOOK = "klanten.kapperboek"


def default_notebook() -> Path:
    """Default notebook: KAPPERBOEK_NOTEBOOK when it is set, else in the user's data folder, made when needed."""
    if chosen := os.environ.get("KAPPERBOEK_NOTEBOOK"):
        return Path(os.path.expanduser(chosen))  # noqa: PTH111 - of nobody known here it stays as it is
    return data_folder() / NOTEBOOK


def data_folder() -> Path:
    """The user's data folder of this program, made (for this user only) when it isn't there."""
    import platformdirs

    folder = Path(platformdirs.user_data_dir("kapperboek", appauthor=False))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def log_folder() -> Path:
    """Folder of the log and of bug reports, made when it is not there."""
    import platformdirs

    folder = Path(platformdirs.user_log_dir("kapperboek", appauthor=False))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def key_folder() -> Path:
    """Folder of the keys that open without asking: apart from notebooks and backups. Made when a key is kept."""
    import platformdirs

    return Path(platformdirs.user_config_dir("kapperboek", appauthor=False)) / "keys"


def backup_folder(notebook: Path) -> Path:
    """Folder of the backups: beside the notebook, so that who finds the one finds the other."""
    return notebook.absolute().parent / "backups"
