"""The dialog of a card: new or changed, with possible duplicates beside it."""
