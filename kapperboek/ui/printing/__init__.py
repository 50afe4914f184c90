"""Paper, and the system's own dialogs for files and printers."""
