"""Location of a notebook: in a folder that a program synchronises to other computers, or on a network drive.

Neither is refused: many a shop has nothing else. But files are swapped there while they are open, and a log beside the
file needs locks and shared memory that a network folder may not have.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

SYNCHRONISED, NETWORK = "synchronised", "network"

# How the folders of such programs are called, or what they lay in them.
_NAMED = re.compile(
    r"(Dropbox|OneDrive|Google ?Drive|Nextcloud|ownCloud|iCloud ?Drive|pCloud ?Drive|MEGAsync|Seafile|Tresorit|kDrive"
    r"|Proton ?Drive|Syncthing|Resilio Sync|Insync|STACK|Box Sync)(?![a-z]).*", re.IGNORECASE,
)
_MARKS = {
    ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".stfolder": "Syncthing", ".tmp.drivedownload": "Google Drive",
    ".nextcloudsync.log": "Nextcloud", ".owncloudsync.log": "ownCloud", ".csync_journal.db": "ownCloud",
}
_OWN = {"Mobile Documents": "iCloud Drive", "com~apple~CloudDocs": "iCloud Drive", "CloudStorage": "CloudStorage"}
_DATABASE = re.compile(r"\._?sync_[0-9a-f]+\.db")  # Nextcloud's and ownCloud's
_FAR = re.compile(
    r"nfs\d?|cifs|smb\w*|smbfs|afs|ceph|glusterfs|ncpfs|davfs2?|9p|vboxsf"
    r"|fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|kio-fuse|s3fs|glusterfs|onedriver|google-drive-ocamlfuse|curlftpfs)"
)
MOUNTS = Path("/proc/self/mounts")


class Place(NamedTuple):
    """``kind`` is synchronised or network; ``name`` is the program, or the kind of disk."""

    kind: str
    name: str


def of(path: Path, mounts: Path = MOUNTS) -> Place | None:
    """Place a file lies in, synchronised or network; None on a disk of one's own, as far as can be told."""
    real = path.resolve()
    if kind := _far_disk(real, mounts):
        return Place(NETWORK, kind)
    name = next((found for folder in real.parents if (found := _program_of(folder))), "")
    return Place(SYNCHRONISED, name) if name else None


def _program_of(folder: Path) -> str:
    if named := _NAMED.fullmatch(folder.name):
        return named[1]
    if folder.name in _OWN:
        return _OWN[folder.name]
    try:
        inside = {one.name for one in folder.iterdir() if one.name.startswith(".")}
    except OSError:
        return ""
    if any(_DATABASE.fullmatch(name) for name in inside):
        return "Nextcloud"
    return next((program for mark, program in _MARKS.items() if mark in inside), "")


def _far_disk(path: Path, mounts: Path) -> str:
    """The kind of network disk a file is on; empty when it is none, or the system does not tell."""
    if str(path).startswith("\\\\"):
        return "Windows"
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    disks = [(Path(_plain(parts[1])), parts[2]) for line in lines if len(parts := line.split(" ")) > 2]
    holding = [(len(place.parts), kind) for place, kind in disks if place == path or place in path.parents]
    kind = max(holding, key=lambda one: one[0])[1] if holding else ""
    return kind.removeprefix("fuse.") if _FAR.fullmatch(kind) else ""


def _plain(text: str) -> str:
    """A name as the list of disks writes it, with spaces as octal digits."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)
