"""Backups and what they are for: made and thinned, put back whole or one card, and the rescue of a damaged file."""
