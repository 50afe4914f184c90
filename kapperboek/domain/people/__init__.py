"""People: their names, telephone numbers, what an owner wants to know of them, and who may be the same person."""
