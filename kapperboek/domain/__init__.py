"""Domain rules of customers and relationships: pure Python, without files, windows or SQL."""
