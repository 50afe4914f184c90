"""The notebook's file: its key, its connection, which file is really open, and its log."""
