"""Customer records to and from rows: imports, exports and the document."""
