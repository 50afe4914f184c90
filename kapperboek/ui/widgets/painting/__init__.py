"""Painted words, chips and avatars, shared by widgets and delegates."""
