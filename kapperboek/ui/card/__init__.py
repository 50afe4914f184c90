"""The card of one customer."""
