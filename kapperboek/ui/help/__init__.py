"""The user guide (F1), and the list of shortcuts."""
