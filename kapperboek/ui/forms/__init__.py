"""Dialogs that keep what is half typed."""
