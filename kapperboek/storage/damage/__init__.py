"""Damage: finding it, reading around it, repairing values, and refusing foreign content."""
