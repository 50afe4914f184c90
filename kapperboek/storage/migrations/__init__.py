"""Numbered steps from an empty file to the present schema. A released step never changes; see ``runner``."""
