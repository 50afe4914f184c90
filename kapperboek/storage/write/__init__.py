"""Writing: the unit of work, the tables, settings, drafts and PINs, and what is refused (conflicts, no owner)."""
