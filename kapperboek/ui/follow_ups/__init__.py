"""The page and the dialog of follow-ups."""
