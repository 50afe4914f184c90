"""The bases of pages, and of dialogs that keep what is half typed."""
