"""Layouts and focus: flowing, side by side, scrolling, tab order."""
