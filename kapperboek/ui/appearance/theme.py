"""Theme: colours, sizes and fonts, the look of look/mock.css, with every text dark enough to read (4.5 : 1).

One factor scales everything: ask ``px(n)`` for a length and ``font(n)`` for a font. Colours are asked by
the name of their token at the moment of painting, so that a change of theme needs no more than a repaint.
Colour means something: yellow (note) only *praat over*, plum only birthdays, coral only warnings and
overdue, green good or certain, petrol what you can do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from kapperboek.domain import word_cache
from kapperboek.ui.appearance.colours import DARK, LIGHT

FAMILIES = ["Inter"]
MONO = ["DejaVu Sans Mono", "Liberation Mono", "Consolas", "Menlo", "monospace"]

_tokens = LIGHT
_scale = 1.0
_clear: list[Callable[[], None]] = []
KEPT = 2000  # answers of each function: measured words above all, which buttons and chips ask for at every layout

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


def kept(fn: Callable[Asked, Made]) -> Callable[Asked, Made]:
    """A decorator: what a function made for the present look is given again, until another look is applied."""
    made = lru_cache(maxsize=KEPT)(fn)
    _clear.append(made.cache_clear)
    return cast("Callable[Asked, Made]", made)


def kept_words(fn: Callable[Asked, Made]) -> Callable[Asked, Made]:
    """The same for a function of people's words, which are forgotten when the window locks too."""
    made = word_cache.keep(KEPT)(fn)
    _clear.append(made.cache_clear)
    return cast("Callable[Asked, Made]", made)


def is_dark() -> bool:
    """Tell whether the dark colours are in use."""
    return _tokens is DARK


def scale() -> float:
    """The one factor of everything: 1.0 to 2.0."""
    return _scale


def color(token: str) -> QColor:
    """The colour of a token, as it is now."""
    return QColor(_color(token))


@kept
def _color(token: str) -> QColor:
    text = _tokens[token]
    found = QColor(text[:7])
    if len(text) == 9:
        found.setAlpha(int(text[7:], 16))
    return found


@kept
def px(length: float) -> int:
    """A length of the drawings (at 100 %) in logical pixels now."""
    return round(length * _scale)


@kept
def font(size: float = 15, weight: int = 400, mono: bool = False) -> QFont:
    """A font of ``size`` pixels at 100 %; weights 400 text, 500 label, 600 strong, 700 title.

    Everybody is given the same one, so copy it before changing it.
    """
    made = QFont()
    made.setFamilies(MONO if mono else FAMILIES)
    made.setPixelSize(max(1, round(size * _scale)))
    made.setWeight(QFont.Weight(weight))
    return made


@kept
def metrics(size: float = 15, weight: int = 400, mono: bool = False) -> QFontMetricsF:
    """Metrics of the letters of that font, width and height, in logical pixels."""
    return QFontMetricsF(font(size, weight, mono))


@kept_words
def width(text: str, size: float = 15, weight: int = 400) -> float:
    """Width of these words in that font, in logical pixels now."""
    return metrics(size, weight).horizontalAdvance(text)


def tip(text: str) -> str:
    """Words for a tooltip. Qt takes what looks like it for HTML, and would show a picture that a name asks for."""
    return text[:1000].replace("<", "‹")


def apply(app: QApplication, theme: str = "system", text_scale: int = 100) -> None:
    """Use ``theme`` (light, dark, system) and ``text_scale`` percent (100–200) from now on, everywhere."""
    global _tokens, _scale, FAMILIES
    dark = theme == "dark" or (theme == "system" and _system_is_dark())
    _tokens = DARK if dark else LIGHT
    _scale = min(200, max(100, text_scale)) / 100
    for clear in _clear:
        clear()
    own = QGuiApplication.font().families()
    FAMILIES = ["Inter", *(name for name in own if name != "Inter")]
    app.setPalette(_palette())
    app.setFont(font())
    app.setStyleSheet(stylesheet())


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for token, roles in {
        "paper": (role.Window, role.AlternateBase),
        "card": (role.Base, role.Button, role.ToolTipBase),
        "ink": (role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.HighlightedText),
        "hint": (role.PlaceholderText,),
        "petrol_tint": (role.Highlight,),
        "petrol": (role.Link, role.Accent),
        "line": (role.Mid, role.Midlight, role.Light, role.Dark),
    }.items():
        for one in roles:
            palette.setColor(one, color(token))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, color("faint"))
    return palette


def stylesheet() -> str:
    """Style sheet for Qt's own controls; everything else paints itself. Kept small: it is parsed at start-up."""
    text = _SHEET
    for token, value in _tokens.items():
        text = text.replace(f"@{token};", f"{value};")
    for length in (1, 2, 4, 5, 6, 8, 9, 10, 12, 14, 20, 24, 34, 40, 44):
        text = text.replace(f"${length}$", f"{max(1, px(length))}px")
    return text


_SHEET = """
QLineEdit,QPlainTextEdit,QTextEdit,QComboBox,QAbstractSpinBox{background:@card;color:@ink;
border:$1$ solid @edge;margin:$1$;border-radius:$10$;padding:$6$ $10$;min-height:$24$;
selection-background-color:@petrol;selection-color:@on_petrol;}
QPlainTextEdit{padding:$9$ $10$;}
GuideText{border-color:@line;padding:$6$ $14$;}
QLineEdit[talk="true"],QPlainTextEdit[talk="true"]{background:@note;color:@ink;border-color:@note_edge;
placeholder-text-color:@note_hint;}
QLineEdit:focus,QPlainTextEdit:focus,QTextEdit:focus,QComboBox:focus,QAbstractSpinBox:focus,
QLineEdit[talk="true"]:focus,QPlainTextEdit[talk="true"]:focus{border:$2$ solid @petrol;margin:0;}
QLineEdit[wrong="true"],QPlainTextEdit[wrong="true"],QComboBox[wrong="true"]{border:$2$ solid @coral;margin:0;}
QLineEdit[bare="true"]{background:transparent;border:0;margin:0;padding:0;}
QLineEdit:disabled,QPlainTextEdit:disabled,QComboBox:disabled{color:@faint;background:@paper;}
QComboBox::drop-down{border:0;width:$24$;}
QAbstractItemView{background:@card;alternate-background-color:@paper;color:@ink;border:1px solid @edge;outline:0;
padding:$4$;selection-background-color:@petrol_tint;selection-color:@ink;}
ChapterList{background:transparent;border:0;padding:0;}
ChapterList::item{padding:$5$ $10$;border-radius:$8$;}
ChapterList::item:selected{background:@petrol_tint;color:@petrol;}
ActionList,CustomerList,HistoryList,ResultList,LeftTable{background:transparent;border:0;padding:0;}
QMenu{background:@card;color:@ink;border:1px solid @line;border-radius:$10$;padding:$6$;}
QMenu::item{padding:$9$ $20$ $9$ $14$;border-radius:$8$;}
QMenu::item:selected{background:@petrol_tint;color:@petrol;}
QMenu::item:disabled{color:@soft;}
QMenu::separator{height:1px;background:@line;margin:$4$ $8$;}
QMenu::icon{padding-left:$10$;}
QToolTip{background:@ink;color:@paper;border:0;padding:$5$ $8$;}
QScrollArea{background:transparent;border:0;}
QScrollArea>QWidget>QWidget{background:transparent;}
QScrollBar:vertical{background:transparent;width:$12$;margin:0;}
QScrollBar:horizontal{background:transparent;height:$12$;margin:0;}
QScrollBar::handle{background:@line;border-radius:$4$;margin:$2$;min-height:$34$;min-width:$34$;}
QScrollBar::handle:hover{background:@faint;}
QScrollBar::add-line,QScrollBar::sub-line{width:0;height:0;}
QScrollBar::add-page,QScrollBar::sub-page{background:transparent;}
QHeaderView{border:0;}
QHeaderView::section{background:@card;color:@soft;border:0;border-bottom:1px solid @line;padding:$8$ $4$;}
QProgressBar{background:@line;border:0;border-radius:$4$;max-height:$8$;min-height:$8$;}
QProgressBar::chunk{background:@petrol;border-radius:$4$;}
"""
