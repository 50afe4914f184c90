"""Keeping the notebook safe while the window is open: copies, the file, changes elsewhere, closing."""
