"""The notebook document: everything in a notebook as one JSON file."""
