"""The main window: shell, navigation, notices, dropped files, and undo."""
