"""The window stands on the screen whole, with its title bar, at the first start and after the screen became smaller."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect

from kapperboek.ui.window.window_placement import FRAME, place_for

SMALL = QRect(0, 0, 1366, 768)
MIDDLE = QRect(0, 28, 1440, 872)  # with a panel above
LARGE = QRect(0, 0, 1920, 1080)


@pytest.mark.parametrize("screen", [SMALL, MIDDLE, LARGE])
@pytest.mark.parametrize("text", ["", "0,0,1440,900", "-300,-40,1440,900", "900,700,1200,800", "5,5,4000,3000", "1,2"])
def test_the_window_is_on_the_screen_with_its_frame(screen: QRect, text: str) -> None:
    inner, _full = place_for(text, [screen])
    assert screen.contains(inner.marginsAdded(FRAME)), inner


@pytest.mark.parametrize("screen, full", [(SMALL, True), (MIDDLE, True), (LARGE, False)])
def test_the_first_time_it_fills_a_screen_that_is_too_small_for_it(screen: QRect, full: bool) -> None:
    assert place_for("", [screen])[1] == full


def test_what_fits_stays_where_it_was() -> None:
    assert place_for("200,50,1000,700", [SMALL]) == (QRect(200, 50, 1000, 700), False)
    second = QRect(1920, 0, 1280, 1024)
    assert place_for("2000,100,1000,700", [LARGE, second]) == (QRect(2000, 100, 1000, 700), False)
    assert place_for("2000,100,1000,700", [LARGE])[0].right() < LARGE.right()  # that screen is gone
