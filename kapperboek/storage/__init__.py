"""The notebook file: the only room that knows SQL."""
