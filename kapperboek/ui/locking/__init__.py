"""Locking: the lock page, PINs, and the lock that comes by itself."""
