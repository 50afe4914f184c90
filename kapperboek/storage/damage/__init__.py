"""Damage: finding it, reading around it, and saving what can be read."""
