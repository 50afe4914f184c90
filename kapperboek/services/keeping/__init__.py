"""Keeping the notebook: opening it, its key and PINs, copies, repair, and where its file is."""
