"""Kapperboek: the relationship notebook for hairdressers and small shops."""

__version__ = "0.1.0"
