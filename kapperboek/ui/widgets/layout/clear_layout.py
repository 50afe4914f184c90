"""Empty a layout: what stood in it goes, to be made anew."""

from __future__ import annotations


def forget_children(layout: object) -> None:
    """Take everything out of a box layout."""
    take = layout.takeAt  # type: ignore[attr-defined]
    while (item := take(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            forget_children(inner)
