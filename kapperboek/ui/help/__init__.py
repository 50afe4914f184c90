"""The user guide (F1)."""
