"""Erasure: forgetting somebody everywhere, the list of who was forgotten, and retention."""
