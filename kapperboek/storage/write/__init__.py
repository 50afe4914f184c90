"""Writing: the unit of work, the tables, and records becoming rows."""
