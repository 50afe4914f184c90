"""What is true about relationships: pure Python, without files, windows or SQL."""
