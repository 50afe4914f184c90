"""Form binding: the table of a form's fields, in which each is named once.

From it follow filling the form from a record and reading it, what of it is a draft and how that is put back, what was
changed since the form was opened, what is checked before saving, and beside which field a mistake is explained.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from kapperboek.domain.errors import UserError
from kapperboek.ui.widgets.day_edit import PartialDayEdit
from kapperboek.ui.widgets.form_fields import Field, Select
from kapperboek.ui.widgets.tag_edit import TagEdit

Control = TypeVar("Control", bound=QWidget)


class Kind(NamedTuple):
    """Kind of control: how it is read and filled, its signal that somebody changed it, and what a draft keeps of it."""

    read: Callable[[Any], Any]
    fill: Callable[[Any, Any], object]
    changed: str = "changed"
    collect: Callable[[Any], Any] | None = None  # its value, when None

    def kept(self, control: QWidget) -> Any:
        """Collect for the draft: the value, or what the control itself collects."""
        collect = self.collect if self.collect is not None else getattr(type(control), "collect", self.read)
        return collect(control)

    def put_back(self, control: QWidget, said: Any) -> None:
        """Put back what was kept."""
        getattr(type(control), "put_back", self.fill)(control, said)


_KINDS: dict[type, Kind] = {
    QLineEdit: Kind(lambda line: line.text().strip(), QLineEdit.setText, "textEdited", QLineEdit.text),
    QPlainTextEdit: Kind(QPlainTextEdit.toPlainText, QPlainTextEdit.setPlainText, "textChanged"),
    QAbstractButton: Kind(QAbstractButton.isChecked, QAbstractButton.setChecked, "clicked"),
    Select: Kind(Select.value, Select.set_value, "activated"),
    TagEdit: Kind(TagEdit.values, TagEdit.set_values),
    # a day that is none stands in the record as its words, which ``check`` refuses
    PartialDayEdit: Kind(lambda day: day.value() or day.text() or None, PartialDayEdit.set_value),
    # Any other has ``value`` and ``changed``; ``set_value`` unless it is typed anew each time; ``collect`` and
    # ``put_back`` where its draft is something else than its value; ``check``, which says beside it what is wrong.
    QWidget: Kind(lambda control: control.value(), lambda control, value: _set_value(control, value)),
}


def _set_value(control: Any, value: Any) -> None:
    if hasattr(control, "set_value"):
        control.set_value(value)


class _Bound(NamedTuple):
    """Field of a form: its name in the record, its key in the draft, and what it is typed in."""

    name: str
    key: str
    control: QWidget
    kind: Kind


class _Explained(NamedTuple):
    """Labelled field beneath which is said what is wrong with it: that it is empty, or is not understood."""

    field: Field
    needs: str
    mistake: str

    def check(self, bound: _Bound) -> bool:
        wrong = bool(self.mistake) and bound.control.wrong()  # type: ignore[attr-defined]
        empty = not wrong and not bound.kind.read(bound.control)
        self.field.show_error(self.mistake if wrong else self.needs if empty else "")
        return not self.field.has_error()


class FormBinding(QObject):
    """Table of the fields of one form; ``changed`` when somebody typed or chose something in one of them."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._fields: list[_Bound] = []
        self._explained: dict[str, _Explained] = {}
        self._light: set[str] = set()
        self._opened: dict[str, Any] = {}
        self._before: dict[str, Any] | None = None

    # --- the table --------------------------------------------------------------------------------------------

    def add(self, name: str, control: Control, *, key: str | None = None, light: bool = False) -> Control:
        """Bind a control to the field of this name; empty when it is of the draft only.

        ``key`` is the name in the draft where that is another one; empty where the control collects several, a dict.
        ``light``: chosen alone, with nothing else typed, it is no draft.
        """
        key = name if key is None else key
        self._fields.append(_Bound(name, key, control, _kind_of(control)))
        self.follow(control)
        if light:
            self._light.add(key)
        return control

    def field(
        self, name: str, label: str, control: QWidget, *, key: str | None = None, light: bool = False,
        required: bool = False, needs: str = "", mistake: str = "",
    ) -> Field:
        """Bind a control, and make the labelled field around it.

        ``required``: a use case may refuse it, naming the field, and that is said beneath it. ``needs``: it is, and
        this is said when it is empty, before anything is saved. ``mistake``: said when the control is ``wrong``.
        """
        self.add(name, control, key=key, light=light)
        made = Field(label, control, required=required or bool(needs))
        if required or needs or mistake:
            self._explained[name] = _Explained(made, needs, mistake)
        return made

    def follow(self, *controls: QWidget) -> None:
        """Emit ``changed`` when somebody changes one of these, whether they are fields or not."""
        for control in controls:
            getattr(control, _kind_of(control).changed).connect(lambda *_what: self.changed.emit())

    # --- the record -------------------------------------------------------------------------------------------

    def fill(self, record: Any) -> None:
        """Show a record in the fields that it has, by their names."""
        for bound in self._fields:
            if bound.name and hasattr(record, bound.name):
                bound.kind.fill(bound.control, getattr(record, bound.name))

    def values(self) -> dict[str, Any]:
        """Values of all fields as typed, by their names; UserError where one cannot be read (see ``check``)."""
        return {bound.name: bound.kind.read(bound.control) for bound in self._fields if bound.name}

    def changes(self) -> dict[str, Any]:
        """Values that are another than when the form was opened."""
        return {name: value for name, value in self.values().items() if value != self._opened.get(name)}

    def begin(self) -> None:
        """Remember how the form stands now: what is another later was typed."""
        self._opened, self._before = self.values(), self._said()

    def reset(self) -> None:
        """Put the form back as it was opened."""
        self.put_back(self._before or {})

    # --- the draft --------------------------------------------------------------------------------------------

    def collect(self) -> dict[str, Any] | None:
        """Collect what stands in the form for the draft; None when nothing was typed since it was opened."""
        said = self._said()
        return None if self._before is None or self._typed(said) == self._typed(self._before) else said

    def put_back(self, said: dict[str, Any]) -> None:
        """Put back what ``collect`` gave; what the draft does not speak of stays as it is."""
        known = said.keys()
        for bound in self._fields:
            if not bound.key:
                bound.kind.put_back(bound.control, said)
            elif bound.key in known:
                bound.kind.put_back(bound.control, said[bound.key])

    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for bound in self._fields:
            kept = bound.kind.kept(bound.control)
            said |= {bound.key: kept} if bound.key else kept
        return said

    def _typed(self, said: dict[str, Any]) -> dict[str, Any]:
        """Leave out of a draft what does not count as typed: light choices, and white space."""
        heavy = {key: value for key, value in said.items() if key not in self._light}
        return {key: value.strip() if isinstance(value, str) else value for key, value in heavy.items()}

    # --- mistakes ---------------------------------------------------------------------------------------------

    def check(self) -> bool:
        """Check all fields: what is wrong is said beside each, and the first one gets the keyboard."""
        wrong = self.first_wrong()
        if wrong is not None:
            getattr(wrong, "control", wrong).setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong is None

    def first_wrong(self) -> QWidget | None:
        """Check all fields, and give the first one that is wrong."""
        for bound in self._fields:
            if isinstance(bound.control, TagEdit):
                bound.control.commit()  # which may fill in another field
        wrong = [bound.control for bound in self._fields if not self._is_right(bound)]
        return wrong[0] if wrong else None

    def _is_right(self, bound: _Bound) -> bool:
        if (explained := self._explained.get(bound.name)) is not None:
            return explained.check(bound)
        check: Callable[[], bool] | None = getattr(bound.control, "check", None)
        return check is None or check()

    def explain(self, error: UserError) -> Field | None:
        """Explain a mistake beneath the field it names, and go there; None when it names none of those."""
        if error.code not in self._explained:
            return None
        field = self._explained[error.code].field
        field.show_error(error.message)
        field.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return field


def _kind_of(control: QWidget) -> Kind:
    return next(_KINDS[base] for base in type(control).__mro__ if base in _KINDS)
