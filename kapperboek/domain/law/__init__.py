"""Privacy: consent, health facts, and the recovery key."""
