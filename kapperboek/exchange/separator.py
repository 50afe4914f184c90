"""Separator between the values of one cell: Google's, and ours."""

SEPARATOR = ":::"
