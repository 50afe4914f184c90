"""Derived tables, which can always be made again: facts of each customer and the search index."""
