"""What can be read, and what scales."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kapperboek.ui.appearance import icons, theme
from kapperboek.ui.appearance.svg_path import parse_path
from kapperboek.ui.widgets.painting import paint

# Every text colour with every ground it is written on.
PAIRS = (
    ("ink", "paper"), ("ink", "card"), ("ink", "petrol_tint"), ("ink", "hover"), ("ink", "mark"),
    ("soft", "paper"), ("soft", "card"), ("soft", "petrol_tint"), ("soft", "hover"),
    ("petrol", "paper"), ("petrol", "card"), ("petrol", "petrol_tint"), ("petrol", "hover"),
    ("on_petrol", "petrol"), ("on_petrol", "petrol_hover"),
    ("coral", "paper"), ("coral", "card"), ("coral", "coral_tint"), ("coral", "petrol_tint"),
    ("coral", "hover"),
    ("on_coral", "coral"),
    ("note_ink", "note"), ("note_soft", "note"), ("ink", "note"), ("coral", "note"),
    ("plum", "card"), ("plum", "paper"), ("plum", "plum_tint"),
    ("green", "card"), ("green", "paper"), ("green", "green_tint"), ("green", "note"), ("petrol", "note"),
    ("hint", "paper"), ("hint", "card"), ("note_hint", "note"), ("paper", "ink"), ("coral", "hover"),
)
# The edges by which a field is seen, and the ring of what has the keyboard, with what is at both sides: 3 : 1.
EDGES = (
    ("edge", "card"), ("edge", "paper"), ("edge", "hover"),
    ("note_edge", "note"), ("note_edge", "card"), ("note_edge", "paper"),
    ("petrol", "card"), ("petrol", "paper"), ("petrol", "note"), ("petrol", "petrol_tint"), ("on_petrol", "petrol"),
    ("coral", "card"), ("coral", "paper"), ("coral", "note"),
)


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(tokens: dict[str, str]) -> None:
    weak = {
        pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2)
        for pair in PAIRS
        if contrast(tokens[pair[0]], tokens[pair[1]]) < 4.5
    }
    assert not weak


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_field_and_ring_can_be_seen(tokens: dict[str, str]) -> None:
    weak = {
        pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2)
        for pair in EDGES
        if contrast(tokens[pair[0]], tokens[pair[1]]) < 3
    }
    assert not weak


def test_the_colours_of_chips_are_among_those_that_are_held_against_each_other() -> None:
    assert {(ink, ground) for ink, ground, _border in paint.CHIPS.values()} <= set(PAIRS)


def test_both_themes_have_the_same_tokens() -> None:
    assert theme.LIGHT.keys() == theme.DARK.keys()


def test_the_contrast_formula_knows_black_on_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.fixture
def app(qapp: QApplication) -> Any:
    yield qapp
    theme.apply(qapp, "light", 100)


def test_one_factor_scales_everything(app: QApplication) -> None:
    theme.apply(app, "light", 100)
    assert (theme.px(40), theme.font(15).pixelSize()) == (40, 15)
    theme.apply(app, "light", 200)
    assert (theme.px(40), theme.font(15).pixelSize()) == (80, 30)
    assert "border-radius:20px" in theme.stylesheet()


@pytest.mark.parametrize(("asked", "got"), [(50, 1.0), (100, 1.0), (150, 1.5), (400, 2.0)])
def test_text_size_stays_between_100_and_200_percent(app: QApplication, asked: int, got: float) -> None:
    theme.apply(app, "light", asked)
    assert theme.scale() == got


def test_light_and_dark(app: QApplication) -> None:
    theme.apply(app, "dark", 100)
    assert theme.is_dark() and theme.color("paper") == QColor(theme.DARK["paper"])
    theme.apply(app, "light", 100)
    assert not theme.is_dark() and theme.color("paper") == QColor(theme.LIGHT["paper"])


def test_a_colour_asked_for_can_be_changed_without_harm(app: QApplication) -> None:
    theme.color("ink").setAlpha(3)
    assert theme.color("ink").alpha() == 255


def test_the_stylesheet_leaves_no_token_and_no_length_open(app: QApplication) -> None:
    assert "@" not in theme.stylesheet() and "$" not in theme.stylesheet()


def test_every_icon_draws_something(app: QApplication, qtbot: QtBot) -> None:
    for file in icons.FOLDER.glob("*.svg"):
        image = icons.pixmap(file.stem, "ink", 24).toImage()
        seen = any(
            image.pixelColor(x, y).alpha() > 100 for x in range(image.width()) for y in range(image.height())
        )
        assert seen, file.stem


def test_an_arc_ends_where_it_should(app: QApplication) -> None:
    path = parse_path("M2 10a8 8 0 1 1 16 0")
    end = path.currentPosition()
    assert (round(end.x(), 6), round(end.y(), 6)) == (18, 10)
    assert path.boundingRect().top() == pytest.approx(2, abs=0.01)
