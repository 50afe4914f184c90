"""PySide as the window boots it says the same as by itself, and has run less."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

# What PySide tells somebody who made a mistake, and who asks for help; the last line is run at once by itself.
TOLD = """
import sys
from PySide6.QtCore import QPoint, QRect
from PySide6.support.signature import get_signature
run = "create_signature" in vars(sys.modules["PySide6.support.signature.layout"])
try:
    QRect("a", 1.5)
except TypeError as error:
    print(error)
print(QPoint.__doc__, get_signature(QRect.moveTo))
from PySide6.support.signature.lib.pyi_generator import Formatter
print(Formatter.__name__, run)
"""


def told(before: str) -> list[str]:
    """The lines a process of its own prints."""
    command = [sys.executable, "-c", before + TOLD]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_it_says_the_same_as_by_itself() -> None:
    ours, by_itself = told("import kapperboek.ui\n"), told("")
    assert "Supported signatures:" in ours
    assert ours[:-1] == by_itself[:-1]
    assert (ours[-1], by_itself[-1]) == ("Formatter False", "Formatter True")
